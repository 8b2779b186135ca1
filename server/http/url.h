// A request target taken apart: path segments, decoded once after splitting, and query options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

// Throws http::Error (400) for what is no URL: a malformed escape, text that is not UTF-8, control
// characters, too many segments. An absolute target ("http://host/path") is taken by its path.
Url parse_target(std::string_view target);

// Segments of a decoded path such as "users/ID/messages": split at '/', but not within
// parentheses, since keys and parameters may hold one ("getByPath(path='a/b')").
std::vector<std::string_view> split_segments(std::string_view path);

}  // namespace graphmock::http
