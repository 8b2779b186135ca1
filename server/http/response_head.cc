#include "http/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "http/request_head.h"

namespace graphmock::http {
namespace {

struct Reason {
  int status;
  std::string_view text;
};

// The registry of status codes (RFC 9110, 15), and what Graph has beside it.
constexpr Reason kReasons[] = {{200, "OK"},
                               {201, "Created"},
                               {202, "Accepted"},
                               {203, "Non-Authoritative Information"},
                               {204, "No Content"},
                               {205, "Reset Content"},
                               {206, "Partial Content"},
                               {207, "Multi-Status"},
                               {208, "Already Reported"},
                               {226, "IM Used"},
                               {300, "Multiple Choices"},
                               {301, "Moved Permanently"},
                               {302, "Found"},
                               {303, "See Other"},
                               {304, "Not Modified"},
                               {305, "Use Proxy"},
                               {307, "Temporary Redirect"},
                               {308, "Permanent Redirect"},
                               {400, "Bad Request"},
                               {401, "Unauthorized"},
                               {402, "Payment Required"},
                               {403, "Forbidden"},
                               {404, "Not Found"},
                               {405, "Method Not Allowed"},
                               {406, "Not Acceptable"},
                               {407, "Proxy Authentication Required"},
                               {408, "Request Timeout"},
                               {409, "Conflict"},
                               {410, "Gone"},
                               {411, "Length Required"},
                               {412, "Precondition Failed"},
                               {413, "Content Too Large"},
                               {414, "URI Too Long"},
                               {415, "Unsupported Media Type"},
                               {416, "Range Not Satisfiable"},
                               {417, "Expectation Failed"},
                               {418, "I'm a teapot"},
                               {421, "Misdirected Request"},
                               {422, "Unprocessable Content"},
                               {423, "Locked"},
                               {424, "Failed Dependency"},
                               {425, "Too Early"},
                               {426, "Upgrade Required"},
                               {428, "Precondition Required"},
                               {429, "Too Many Requests"},
                               {431, "Request Header Fields Too Large"},
                               {451, "Unavailable For Legal Reasons"},
                               {500, "Internal Server Error"},
                               {501, "Not Implemented"},
                               {502, "Bad Gateway"},
                               {503, "Service Unavailable"},
                               {504, "Gateway Timeout"},
                               {505, "HTTP Version Not Supported"},
                               {506, "Variant Also Negotiates"},
                               {507, "Insufficient Storage"},
                               {508, "Loop Detected"},
                               {509, "Bandwidth Limit Exceeded"},
                               {510, "Not Extended"},
                               {511, "Network Authentication Required"}};

std::string_view reason_of(int status) {
  const auto found = std::ranges::lower_bound(kReasons, status, {}, &Reason::status);
  return found != std::end(kReasons) && found->status == status ? found->text : "Unassigned";
}

void append_number(std::string& out, size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

// A value from a request, echoed in a header, must not begin a new line.
void append_on_one_line(std::string& out, std::string_view value) {
  const auto begin = static_cast<ptrdiff_t>(out.size());
  out += value;
  if (!base::has_control(value)) return;
  std::replace_if(
      out.begin() + begin, out.end(), [](char c) { return base::is_control(c) && c != '\t'; }, ' ');
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

constexpr std::string_view kContentTypeOptions = "X-Content-Type-Options";
constexpr std::string_view kSecurityPolicy = "Content-Security-Policy";
// Of an answer that does not say them itself, as most: in one piece each.
constexpr std::string_view kUsualContentTypeOptions = "X-Content-Type-Options: nosniff\r\n";
constexpr std::string_view kUsualSecurityPolicy =
    "Content-Security-Policy: sandbox; default-src 'none'\r\n";

}  // namespace

void append_response_head(const Response& response, const ResponseFraming& framing,
                          std::string& out) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<size_t>(response.status));
  out.append(" ").append(reason_of(response.status)).append("\r\n");
  const bool is_bodiless = has_no_body(response.status);
  bool has_options = false, has_policy = false;
  for (const auto& [name, value] : response.headers) {
    if (!is_token(name) || is_framing_field(name)) continue;
    has_options = has_options || base::equals_ignoring_case(name, kContentTypeOptions);
    has_policy = has_policy || base::equals_ignoring_case(name, kSecurityPolicy);
    if (is_bodiless && base::equals_ignoring_case(name, "Content-Type")) continue;
    out.append(name).append(": ");
    append_on_one_line(out, value);
    out += "\r\n";
  }
  if (!has_options) out += kUsualContentTypeOptions;
  if (!has_policy) out += kUsualSecurityPolicy;
  if (framing.is_chunked) {
    append_field(out, "Transfer-Encoding", "chunked");
  } else if (!is_bodiless) {
    out += "Content-Length: ";
    append_number(out, response.body.size());
    out += "\r\n";
  }
  append_field(out, "Connection", framing.close ? "close" : "keep-alive");
  if (!framing.close) append_field(out, "Keep-Alive", framing.keep_alive);
  out += "\r\n";
}

}  // namespace graphmock::http
