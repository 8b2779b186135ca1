#include "http/client.h"

#include <gtest/gtest.h>

#include "http/server.h"

namespace graphmock::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTimeout{10'000};

class Client : public testing::Test {
 protected:
  static Response answer(const Request& request) {
    Response response;
    response.status = request.target.as_sent() == "/gone" ? 410 : 200;
    response.headers.add("X-Target", request.target.as_sent());
    response.body = "body";
    response.delivery.delay = milliseconds(request.target.as_sent() == "/never" ? 3'600'000 : 0);
    return response;
  }

  Server server_{{}, answer, [](const Error&) { return Response(); }};
  const std::string origin_ = "http://127.0.0.1:" + std::to_string(server_.start());
};

TEST_F(Client, GetsWhatTheServerAnswers) {
  const Response response = get(origin_ + "/path?query#fragment", kTimeout);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("x-target"), "/path?query");
  EXPECT_EQ(response.body, "body");
}

TEST_F(Client, AsksForTheRootWithoutAPath) {
  EXPECT_EQ(get(origin_, kTimeout).header("X-Target"), "/");
}

TEST_F(Client, TakesAnyStatusForAnAnswer) {
  EXPECT_EQ(get(origin_ + "/gone", kTimeout).status, 410);
}

TEST_F(Client, SaysThatNobodyAnswers) {
  server_.stop();
  try {
    get(origin_ + "/", kTimeout);
    FAIL() << "an answer came from a server that has stopped";
  } catch (const std::runtime_error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("no answer from " + origin_ + "/: "))
        << error.what();
  }
}

TEST_F(Client, GivesUpAfterItsTimeout) {
  EXPECT_THROW(get(origin_ + "/never", milliseconds(20)), std::runtime_error);
}

class BadUrl : public testing::TestWithParam<const char*> {};

TEST_P(BadUrl, IsRefused) {
  try {
    get(GetParam(), kTimeout);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()),
              std::string("not a URL of the form http://host:port/path: ") + GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(Client, BadUrl,
                         testing::Values("", "localhost:80", "https://localhost/", "http://",
                                         "http://:80/", "http://localhost:/", "http://localhost:x/",
                                         "http://localhost:0/", "http://localhost:65536/"));

}  // namespace
}  // namespace graphmock::http
