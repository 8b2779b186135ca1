// The parts of a URL: path segments, decoded once after splitting, and query options.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/error.h"

namespace graphmock::http {

struct QueryOption {
  std::string name;
  std::string value;
};

struct Url {
  std::vector<std::string> segments;  // decoded; empty ones are left out
  std::vector<QueryOption> query;     // decoded, in their order
};

// The longest path taken, in segments. Deeper ones are refused: nothing of the model is so deep.
inline constexpr size_t kMaxSegments = 100;
Error too_many_segments();

// The two of "/path?query", without a scheme and host before and a fragment behind.
std::pair<std::string_view, std::string_view> path_and_query(std::string_view url);

// Both throw Error (400) for a malformed escape, for bytes that are no UTF-8 and for NUL, which no
// text of Graph holds. Any other character may come escaped: it is data.
std::string decode_segment(std::string_view segment);
// "a=1&b" of a query or a form, where '+' stands for a space.
std::vector<QueryOption> read_options(std::string_view text);

// Of a URL in a body; that of a request is a Target. Throws as those do, and for too many segments.
Url parse_url(std::string_view url);

// Segments of a decoded path such as "users/ID/messages": split at '/', but not within
// parentheses, since keys and parameters may hold one ("getByPath(path='a/b')").
std::vector<std::string_view> split_segments(std::string_view path);

}  // namespace graphmock::http
