#include "http/url.h"

#include <algorithm>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::http {
namespace {

// What most texts are made of: nothing to decode, and nothing that could be malformed.
bool is_plain(std::string_view text) {
  return !base::has_control(text) && std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && c != '%';
  });
}

std::string decode(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  auto decoded = base::percent_decode(text);
  if (!decoded) {
    throw Error(400, "BadRequest",
                "The URL holds a malformed escape: expected '%' and two "
                "hexadecimal digits.");
  }
  if (base::has_control(*decoded) || !base::is_valid_utf8(*decoded)) {
    throw Error(400, "BadRequest", "The URL holds bytes that are not UTF-8 text.");
  }
  return *std::move(decoded);
}

// In a query '+' stands for a space, as browsers and SDKs send it; a plus sign comes as %2B.
std::string decode_query(std::string_view text) {
  if (text.find('+') == std::string_view::npos) return decode(text);
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return decode(spaced);
}

std::string_view path_and_query(std::string_view target) {
  const auto scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const auto path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

// Of the one at `open`: the next outside of quotes that begin behind it.
size_t closing_parenthesis(std::string_view path, size_t open) {
  bool is_quoted = false;
  for (size_t i = open + 1; i < path.size(); ++i) {
    if (path[i] == '\'') is_quoted = !is_quoted;
    if (path[i] == ')' && !is_quoted) return i;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> split_segments(std::string_view path) {
  std::vector<std::string_view> segments;
  bool is_odd = false;  // the number of quotes so far
  // By is_odd: no parenthesis that opens from here on is closed. It saves looking again and again.
  bool is_never_closed[2] = {};
  size_t start = 0;
  for (size_t i = 0; i <= path.size(); ++i) {
    if (i == path.size() || path[i] == '/') {
      if (i > start) segments.push_back(path.substr(start, i - start));
      start = i + 1;
    } else if (path[i] == '\'') {
      is_odd = !is_odd;
    } else if (path[i] == '(' && !is_never_closed[is_odd]) {
      // One that is never closed is a character like any other.
      const auto close = closing_parenthesis(path, i);
      is_never_closed[is_odd] = close == std::string_view::npos;
      if (close != std::string_view::npos) i = close;
    }
  }
  return segments;
}

Url parse_target(std::string_view target) {
  target = path_and_query(target);
  target = target.substr(0, target.find('#'));
  const auto question = target.find('?');
  Url url;
  const auto segments = split_segments(target.substr(0, question));
  if (segments.size() > kMaxSegments) {
    throw Error(400, "BadRequest",
                "The URL has more than " + std::to_string(kMaxSegments) + " segments.");
  }
  url.segments.reserve(segments.size());
  for (const auto segment : segments) url.segments.push_back(decode(segment));
  if (question == std::string_view::npos) return url;
  for (const auto option : base::split(target.substr(question + 1), '&')) {
    if (option.empty()) continue;
    const auto equals = option.find('=');
    const auto value = equals == std::string_view::npos ? "" : option.substr(equals + 1);
    url.query.push_back({decode_query(option.substr(0, equals)), decode_query(value)});
  }
  return url;
}

}  // namespace graphmock::http
