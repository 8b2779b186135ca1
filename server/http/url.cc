#include "http/url.h"

#include <algorithm>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::http {
namespace {

// What most texts are made of: nothing to decode, and nothing that could be malformed.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && c != '%' && c != '\0';
  });
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

Error too_many_segments() {
  return {400, "BadRequest",
          "The URL has more than " + std::to_string(kMaxSegments) + " segments."};
}

std::pair<std::string_view, std::string_view> path_and_query(std::string_view url) {
  const auto scheme = url.find("://");
  if (!url.starts_with('/') && scheme != std::string_view::npos) {
    const auto path = url.find('/', scheme + 3);
    url = path == std::string_view::npos ? std::string_view("/") : url.substr(path);
  }
  url = url.substr(0, url.find('#'));
  const auto question = std::min(url.find('?'), url.size());
  return {url.substr(0, question), url.substr(std::min(question + 1, url.size()))};
}

std::string decode_segment(std::string_view segment) {
  if (is_plain(segment)) return std::string(segment);
  auto decoded = base::percent_decode(segment);
  if (!decoded) {
    throw Error(400, "BadRequest",
                "The URL holds a malformed escape: expected '%' and two "
                "hexadecimal digits.");
  }
  if (!base::is_valid_utf8(*decoded) || decoded->find('\0') != std::string::npos) {
    throw Error(400, "BadRequest", "The URL holds bytes that are not UTF-8 text.");
  }
  return *std::move(decoded);
}

std::vector<QueryOption> read_options(std::string_view text) {
  // As browsers and SDKs send it; a plus sign comes as %2B.
  std::string spaced;
  if (text.find('+') != std::string_view::npos) {
    spaced = text;
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    text = spaced;
  }
  std::vector<QueryOption> options;
  for (const auto option : base::split(text, '&')) {
    if (option.empty()) continue;
    const auto equals = option.find('=');
    const auto value = equals == std::string_view::npos ? "" : option.substr(equals + 1);
    options.push_back({decode_segment(option.substr(0, equals)), decode_segment(value)});
  }
  return options;
}

Url parse_url(std::string_view url) {
  const auto [path, query] = path_and_query(url);
  const auto segments = split_segments(path);
  if (segments.size() > kMaxSegments) throw too_many_segments();
  Url parsed;
  parsed.segments.reserve(segments.size());
  for (const auto segment : segments) parsed.segments.push_back(decode_segment(segment));
  parsed.query = read_options(query);
  return parsed;
}

}  // namespace graphmock::http
