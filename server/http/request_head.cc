#include "http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::http {
namespace {

using base::equals_ignoring_case;

enum CharacterClass : unsigned char { kToken = 1, kFieldValue = 2, kTarget = 4, kHost = 8 };

constexpr std::array<unsigned char, 256> character_classes() {
  std::array<unsigned char, 256> classes{};
  for (size_t c = 0; c < classes.size(); ++c) {
    const bool visible = c > 0x20 && c != 0x7F;
    if (visible || c == ' ' || c == '\t') classes[c] |= kFieldValue;
    if (visible) classes[c] |= kTarget;  // beyond ASCII too: some clients send raw UTF-8
  }
  const auto add = [&classes](std::string_view characters, unsigned char to) {
    for (const char c : characters) classes[static_cast<unsigned char>(c)] |= to;
  };
  constexpr std::string_view kAlphanumeric =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  add(kAlphanumeric, kToken | kHost);
  add("!#$%&'*+-.^_`|~", kToken);
  add("-._~!$&'()*+;=:[]%", kHost);
  return classes;
}

constexpr std::array<unsigned char, 256> kClasses = character_classes();

bool is_made_of(std::string_view text, CharacterClass expected) {
  for (const char c : text) {
    if ((kClasses[static_cast<unsigned char>(c)] & expected) == 0) return false;
  }
  return true;
}

[[noreturn]] void refuse(int status, std::string message) {
  throw Error(status, "", std::move(message));
}

std::string_view take_line(std::string_view& rest) {
  const size_t end = rest.find("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

// A server must take the absolute form, which proxies' clients send (RFC 9112 3.2.2); whoever
// reads the target need not know.
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!base::starts_with_ignoring_case(target, scheme)) continue;
    const size_t path = target.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    if (target[path] == '/') return target.substr(path);
  }
  return target;
}

// Returns the minor version; sets `origin` to the target.
int parse_request_line(std::string_view line, Request& request, std::string_view& origin) {
  const size_t method_end = line.find(' ');
  const size_t target_end = line.rfind(' ');
  if (method_end == std::string_view::npos || target_end == method_end) {
    refuse(400, "The request line must be a method, a target and a version.");
  }
  request.method = line.substr(0, method_end);
  const std::string_view target = line.substr(method_end + 1, target_end - method_end - 1);
  const std::string_view version = line.substr(target_end + 1);
  if (!is_token(request.method)) refuse(400, "The method has characters that none may have.");
  if (target.size() > kMaxTargetBytes) {
    refuse(414, "The URL is longer than " + std::to_string(kMaxTargetBytes) + " bytes.");
  }
  if (!is_made_of(target, kTarget)) {
    refuse(400, "The URL has a space or a control character; percent-encode it.");
  }
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digit(version[5]) ||
      version[6] != '.' || !is_digit(version[7])) {
    refuse(400, "The request line does not end in an HTTP version.");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    refuse(505, "This server speaks HTTP/1.1 and HTTP/1.0.");
  }
  origin = origin_form(target);
  if (!origin.starts_with('/') && !(request.method == "OPTIONS" && target == "*")) {
    refuse(400, "The URL in the request line must begin with '/'.");
  }
  return version[7] - '0';
}

size_t parse_content_length(std::string_view value) {
  size_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc() || end != value.data() + value.size()) {
    refuse(400, "Content-Length is not a number of bytes.");
  }
  return length;
}

// What the fields say about the message itself, gathered in one pass.
struct MessageFields {
  int hosts = 0;
  std::optional<std::string_view> content_length;
  std::optional<std::string_view> transfer_encoding;
  std::optional<std::string_view> expect;
  bool close = false;
  bool keep_alive = false;

  void see(std::string_view name, std::string_view value);
  void see_connection(std::string_view value);
};

void MessageFields::see_connection(std::string_view value) {
  for (const std::string_view option : base::split(value, ',')) {
    close = close || equals_ignoring_case(base::trim(option), "close");
    keep_alive = keep_alive || equals_ignoring_case(base::trim(option), "keep-alive");
  }
}

void MessageFields::see(std::string_view name, std::string_view value) {
  if (equals_ignoring_case(name, "Host")) {
    ++hosts;
    if (!is_made_of(value, kHost)) refuse(400, "The Host header is not a host and a port.");
  } else if (equals_ignoring_case(name, "Content-Length")) {
    if (content_length) refuse(400, "Content-Length is there twice.");
    content_length = value;
  } else if (equals_ignoring_case(name, "Transfer-Encoding")) {
    if (transfer_encoding) refuse(400, "Transfer-Encoding is there twice.");
    transfer_encoding = value;
  } else if (equals_ignoring_case(name, "Expect")) {
    expect = value;
  } else if (equals_ignoring_case(name, "Connection")) {
    see_connection(value);
  }
}

RequestFraming framing_of(const MessageFields& fields, int minor_version) {
  RequestFraming framing;
  if (fields.hosts > 1) refuse(400, "There is more than one Host header.");
  if (fields.hosts == 0 && minor_version > 0) refuse(400, "The Host header is missing.");
  if (fields.transfer_encoding) {
    if (fields.content_length) {
      refuse(400, "Content-Length and Transfer-Encoding exclude each other.");
    }
    if (minor_version == 0) refuse(400, "HTTP/1.0 has no Transfer-Encoding.");
    if (!equals_ignoring_case(*fields.transfer_encoding, "chunked")) {
      refuse(501, "The only transfer coding that this server knows is chunked.");
    }
    framing.chunked = true;
  } else if (fields.content_length) {
    framing.content_length = parse_content_length(*fields.content_length);
  }
  // HTTP/1.0 does not know Expect, so an intermediary may have passed it on unread.
  if (fields.expect && minor_version > 0) {
    if (!equals_ignoring_case(*fields.expect, "100-continue")) {
      refuse(417, "The only expectation that this server meets is 100-continue.");
    }
    framing.expects_continue = true;
  }
  framing.keep_alive = !fields.close && (minor_version > 0 || fields.keep_alive);
  return framing;
}

}  // namespace

bool is_framing_field(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"Connection", "Content-Length", "Keep-Alive",
                                                      "Transfer-Encoding"};
  return std::any_of(kNames.begin(), kNames.end(), [name](std::string_view one) {
    return base::equals_ignoring_case(one, name);
  });
}

bool is_token_character(char c) {
  return (kClasses[static_cast<unsigned char>(c)] & kToken) != 0;
}

bool is_token(std::string_view text) {
  return !text.empty() && is_made_of(text, kToken);
}

std::pair<std::string_view, std::string_view> parse_field_line(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    refuse(400, "A header line begins with a space: folded headers are obsolete.");
  }
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) refuse(400, "A header line has no colon.");
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = line.substr(colon + 1);
  if (!is_token(name)) refuse(400, "A header has a name with characters that none may have.");
  if (base::has_control(value) && !is_made_of(value, kFieldValue)) {
    refuse(400, "The header " + std::string(name) + " has a control character in its value.");
  }
  return {name, base::trim(value)};
}

RequestFraming parse_request_head(std::string_view head, Request& request) {
  request.headers.clear();
  std::string_view target;
  const int minor_version = parse_request_line(take_line(head), request, target);
  MessageFields fields;
  for (std::string_view line = take_line(head); !line.empty(); line = take_line(head)) {
    const auto [name, value] = parse_field_line(line);
    request.headers.add(name, value);
    fields.see(name, value);
  }
  auto framing = framing_of(fields, minor_version);
  framing.target = target;
  return framing;
}

}  // namespace graphmock::http
