// Which requests a rule is about, and what of a request it looks at. The control plane searches
// the journal with the same patterns.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "http/url.h"
#include "model/model.h"
#include "scenario/matcher.h"

namespace graphmock::scenario {

// What is empty matches any request but a batch, which only the path "/$batch" means.
struct RequestPattern {
  std::vector<std::string> methods;  // upper case
  std::string version;
  std::optional<std::vector<std::string>> path;        // segments; "{x}" is any text, "**" the rest
  std::string type;                                    // qualified name
  std::string operation;                               // qualified name
  std::vector<std::pair<std::string, Matcher>> query;  // by name, with or without '$'
  std::vector<std::pair<std::string, Matcher>> headers;  // by name
  std::vector<std::pair<std::string, Matcher>> body;     // by JSON pointer; "" is the whole
};

// What of a request the rules look at. It points into the request.
class Facts {
 public:
  explicit Facts(const http::Request& from) : request(&from) {}

  const http::Request* request;
  std::string_view version;
  std::vector<std::string> segments;                      // odata::plain_segments
  const std::vector<http::QueryOption>* query = nullptr;  // null: none
  // What the URL addresses, the nearest first: of a property its type and then its entity's.
  std::vector<const model::StructuredType*> types;
  std::string_view operation;  // qualified name; empty when none is addressed
  std::string app;             // that the token names; may be empty

  // Read when it is asked for first; a body that is no JSON is its text.
  const boost::json::value& body() const;

 private:
  mutable std::optional<boost::json::value> body_;
};

bool matches(const RequestPattern& pattern, const Facts& facts);
// Everything that keeps the request from matching, a sentence each, for people.
std::vector<std::string> mismatches(const RequestPattern& pattern, const Facts& facts);

}  // namespace graphmock::scenario
