#include "http/responder.h"

#include "http/body_memory.h"
#include "http/content_coding.h"
#include "http/fault.h"
#include "http/response_head.h"

namespace graphmock::http {
Responder::Responder(const Server::Handler& handler, const Server::Refuse& refuse,
                     const ServerOptions& options)
    : handler_(handler),
      refuse_(refuse),
      keep_alive_("timeout=" + std::to_string(options.idle_timeout / std::chrono::seconds(1))),
      max_body_bytes_(options.max_body_bytes) {}

Answer Responder::answer(Request& request, bool keep_alive, std::string& out) {
  Answer answer;
  answer.close = !keep_alive;
  auto response = handled(request, answer.close);
  answer.delivery = response.delivery;
  write(std::move(response), request.method == "HEAD", answer.close, out);
  return answer;
}

void Responder::refuse(const Error& error, std::string& out) {
  write(refused(error), false, true, out);
}

Response Responder::handled(Request& request, bool& close) {
  try {
    const auto body = decoded_body(request, max_body_bytes_);
    if (body) request.body = *body;
    auto response = handler_(request);
    if (response.status < 200 || response.status > 999) {
      close = true;
      return refused(Error(500, "", "The handler answered with a status that cannot be sent."));
    }
    compressor_.compress(request, response);
    return response;
  } catch (const Error& error) {
    close = true;
    return refused(error);
  } catch (const std::exception& exception) {
    close = true;
    return refused(Error(500, "", std::string("The server failed: ") + exception.what()));
  } catch (...) {
    close = true;
    return refused(Error(500, "", "The server failed."));
  }
}

Response Responder::refused(const Error& error) const {
  try {
    return refuse_(error);
  } catch (...) {
    Response bare;
    bare.status = error.status;
    return bare;
  }
}

void Responder::write(Response response, bool is_head, bool close, std::string& out) const {
  const auto fault = response.delivery.fault;
  const bool is_chunked = fault == Fault::MalformedChunk;
  if (has_no_body(response.status)) {
    response.body.clear();
    if (is_chunked) response.status = 200;  // a chunk needs a body to stand in
  }
  append_response_head(response, {is_chunked, close, keep_alive_}, out);
  if (!is_head) out += response.body;
  inflict(fault, response.delivery.seed, out);
  keep_body_memory(std::move(response.body));
}

}  // namespace graphmock::http
