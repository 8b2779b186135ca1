// Where a shipped scenario is played: a server in whose default tenant it is active, with what a
// client does there.
#pragma once

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "support/test_server.h"

namespace graphmock {

inline constexpr std::string_view kMe = "/v1.0/me";
inline constexpr std::string_view kMail = "/v1.0/me/messages";

class Stage {
 public:
  explicit Stage(const std::string& scenario) : name_(scenario) {
    EXPECT_EQ(server.send("PUT", "/__admin/scenarios/" + name_).status, 204);
  }

  support::RawResponse get(std::string_view target) const { return server.get(target); }
  support::RawResponse update(std::string_view title,
                              const support::RequestHeaders& headers = {}) const {
    return server.send("PATCH", kMe, R"({"jobTitle": ")" + std::string(title) + "\"}", headers);
  }
  support::RawResponse write_mail() const {
    return server.send("POST", kMail, R"({"subject": "Launch"})");
  }
  std::string title() const { return support::at(get(kMe), "/jobTitle"); }
  size_t mails() const {
    const auto body = support::json_of(get("/v1.0/me/messages?$top=500"));
    return body.at("value").as_array().size();
  }
  // What is left of an update's answer, or a read's, on a connection of its own.
  std::string rest_of(const std::string& method, std::string_view target,
                      std::string_view body = "") const {
    support::RawClient client(server.port());
    client.send(request(method, target, body));
    return client.read_until_close();
  }
  static std::string request(const std::string& method, std::string_view target,
                             std::string_view body = "") {
    return method + " " + std::string(target) +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  }
  void set_state(const std::string& state) const {
    const auto target = "/__admin/scenarios/" + name_ + "/state";
    EXPECT_EQ(server.send("PUT", target, R"({"state": ")" + state + "\"}").status, 204);
  }

  support::TestServer server;

 private:
  std::string name_;
};

}  // namespace graphmock
