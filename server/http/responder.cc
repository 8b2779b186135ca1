#include "http/responder.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "http/fault.h"
#include "http/httplib_compat.h"
#include "http/request_head.h"

namespace graphmock::http {
namespace {

// All that the library gets to read: our Request carries the real target, and neither the client's
// headers (slow to parse; Accept-Encoding and Range would be acted on) nor its body are needed.
constexpr std::string_view kGetRequest = "GET / HTTP/1.1\r\n\r\n";
constexpr std::string_view kHeadRequest = "HEAD / HTTP/1.1\r\n\r\n";

bool has_no_body(int status) {
  return status == 204 || status == 304;
}

// A value from a request, echoed in a header, must not begin a new line.
std::string on_one_line(std::string value) {
  std::ranges::replace_if(
      value, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; }, ' ');
  return value;
}

// The library calls every status that it does not know an "Internal Server Error".
void correct_reason(int status, std::string& out) {
  constexpr std::string_view kWrong = "Internal Server Error";
  constexpr size_t kReasonBegin = std::string_view("HTTP/1.1 000 ").size();
  if (status == 500 || out.compare(kReasonBegin, kWrong.size(), kWrong) != 0) return;
  out.replace(kReasonBegin, kWrong.size(),
              status == 509 ? "Bandwidth Limit Exceeded" : "Unassigned");
}

}  // namespace

// The library as a writer of answers: its routing is taken over before it begins.
class Responder::Speaker : public HttplibServer<httplib::Server> {
 public:
  Speaker(const http::Server::Handler& handler, const http::Server::Refuse& refuse,
          std::string keep_alive)
      : handler_(handler), refuse_(refuse), keep_alive_(std::move(keep_alive)) {
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& to) {
      fill(request_ ? handled(*request_) : refused(*error_), to);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler(
        [this](const httplib::Request&, httplib::Response& to) { complete(to); });
  }

  Answer speak(const Request* request, const Error* error, bool close, std::string& out) {
    request_ = request;
    error_ = error;
    answer_ = Answer();
    answer_.close = close;
    MemoryStream stream(request && request->method == "HEAD" ? kHeadRequest : kGetRequest, out);
    bool closed = false;
    // Asked to close it would say so; else it would format a Keep-Alive that complete() replaces.
    process(stream, true, closed);
    correct_reason(status_, out);
    inflict(answer_.delivery.fault, answer_.delivery.seed, out);
    return answer_;
  }

 private:
  Response handled(const Request& request) {
    try {
      Response response = handler_(request);
      if (response.status >= 200 && response.status <= 999) return response;
      return refused(Error(500, "", "The handler answered with a status that cannot be sent."));
    } catch (const Error& error) {
      return refused(error);
    } catch (const std::exception& exception) {
      return refused(Error(500, "", std::string("The server failed: ") + exception.what()));
    } catch (...) {
      return refused(Error(500, "", "The server failed."));
    }
  }

  Response refused(const Error& error) {
    answer_.close = true;
    try {
      return refuse_(error);
    } catch (...) {
      Response bare;
      bare.status = error.status;
      return bare;
    }
  }

  void fill(Response from, httplib::Response& to) {
    answer_.delivery = from.delivery;
    const bool needs_a_body = is_chunked() && has_no_body(from.status);
    to.status = status_ = needs_a_body ? 200 : from.status;
    accept_ranges_ = std::string(from.header("Accept-Ranges").value_or(""));
    for (auto& [name, value] : from.headers) {
      if (!is_token(name) || is_framing_field(name)) continue;
      if (has_no_body(status_) && base::equals_ignoring_case(name, "Content-Type")) continue;
      to.headers.emplace(std::move(name), on_one_line(std::move(value)));
    }
    if (!has_no_body(status_)) to.body = std::move(from.body);
  }

  // Has the last word on the headers, after what the library adds by itself.
  void complete(httplib::Response& to) const {
    to.headers.erase("Connection");
    to.headers.emplace("Connection", answer_.close ? "close" : "keep-alive");
    if (!answer_.close) to.headers.emplace("Keep-Alive", keep_alive_);
    to.headers.erase("Accept-Ranges");  // claimed in every answer to HEAD
    if (!accept_ranges_.empty()) to.headers.emplace("Accept-Ranges", accept_ranges_);
    if (has_no_body(status_) || is_chunked()) to.headers.erase("Content-Length");
    if (is_chunked()) to.headers.emplace("Transfer-Encoding", "chunked");
  }

  bool is_chunked() const { return answer_.delivery.fault == Fault::MalformedChunk; }

  const http::Server::Handler& handler_;
  const http::Server::Refuse& refuse_;
  const std::string keep_alive_;
  // Of the answer under way; one of the two is there.
  const Request* request_ = nullptr;
  const Error* error_ = nullptr;
  Answer answer_;
  int status_ = 0;
  std::string accept_ranges_;  // as the handler has it; empty for none
};

Responder::Responder(const Server::Handler& handler, const Server::Refuse& refuse,
                     std::chrono::milliseconds idle_timeout)
    : speaker_(std::make_unique<Speaker>(
          handler, refuse, "timeout=" + std::to_string(idle_timeout / std::chrono::seconds(1)))) {}

Responder::~Responder() = default;

Answer Responder::answer(const Request& request, bool keep_alive, std::string& out) {
  return speaker_->speak(&request, nullptr, !keep_alive, out);
}

void Responder::refuse(const Error& error, std::string& out) {
  speaker_->speak(nullptr, &error, true, out);
}

}  // namespace graphmock::http
