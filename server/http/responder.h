// From a request to the bytes of its answer: calls the handler, and writes what it returned. One a
// worker; it knows no sockets.
#pragma once

#include <cstddef>
#include <string>

#include "http/compression.h"
#include "http/server.h"

namespace graphmock::http {

struct Answer {
  bool close = false;  // the connection, once it is sent
  Delivery delivery;   // its fault has been inflicted on the bytes
};

class Responder {
 public:
  // Both functions must outlive it. Of the options it needs what the client is told in Keep-Alive,
  // and how large a body may be once it is decompressed.
  Responder(const Server::Handler& handler, const Server::Refuse& refuse,
            const ServerOptions& options);

  // `out` is empty before. Whatever the handler throws becomes an answer. Where the body has been
  // compressed, the handler finds it as it was; it is not to be looked at afterwards.
  Answer answer(Request& request, bool keep_alive, std::string& out);
  // Likewise, the answer to bytes that are no request to be served; the connection is to be closed.
  void refuse(const Error& error, std::string& out);

 private:
  Response handled(Request& request, bool& close);
  Response refused(const Error& error) const;
  void write(Response response, bool is_head, bool close, std::string& out) const;

  const Server::Handler& handler_;
  const Server::Refuse& refuse_;
  const std::string keep_alive_;
  const size_t max_body_bytes_;
  Compressor compressor_;
};

}  // namespace graphmock::http
