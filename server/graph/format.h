// What a client asks of the form of an answer: by $format, or else by Accept (PRO 8.2.1, 11.2.12,
// JSON 3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/call.h"

namespace graphmock::graph {

// As the service sends them.
inline constexpr std::string_view kContentType =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    "charset=utf-8";
inline constexpr std::string_view kErrorContentType = "application/json";

// How much control information there is (JSON 3.1).
enum class MetadataLevel : uint8_t { None, Minimal, Full };

struct Format {
  MetadataLevel metadata = MetadataLevel::Minimal;
  bool numbers_as_strings = false;  // IEEE754Compatible: Edm.Int64 and Edm.Decimal

  // The Content-Type that says so.
  std::string content_type() const;
};

// Throws http::Error (400) for a parameter of JSON whose value is none of its own, and for a
// $format that is no JSON. An Accept header without JSON in it is passed over, as the service does.
Format format_of(const Call& call);

}  // namespace graphmock::graph
