// A whole server without sockets, and a client of it that looks at every answer: what may never be
// answered, whatever was asked, ends the program.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/app.h"
#include "app_script.h"
#include "http/responder.h"

namespace graphmock::fuzz {

// Words of `setup`: "auth" asks everybody for a token, "admin" asks for one at the control plane.
class Client {
 public:
  explicit Client(std::string_view setup);

  // One connection with those bytes on it.
  void send(std::string_view bytes);
  // To be called last: every tenant's state can be read, and put back as it is.
  void check_states();
  // From the answers so far.
  const Given& given() const { return given_; }

 private:
  http::Response serve(const http::Request& request);
  http::Response ask(std::string_view method, std::string_view target, std::string_view body);
  void check(const http::Request& request, const http::Response& response);
  void note(const http::Response& response);
  void read_back(const http::Request& request, const http::Response& response);

  const bool is_auth_required_;
  app::App app_;
  const http::Server::Handler handler_;
  const http::Server::Refuse refuse_;
  http::Responder responder_;
  Given given_;
  bool is_scripted_ = false;  // a scenario may answer anything from then on
};

}  // namespace graphmock::fuzz
