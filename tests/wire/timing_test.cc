#include <gtest/gtest.h>

#include <chrono>
#include <latch>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using support::RawClient;

// Delays its answer by the number in its target: "/50".
http::Response delayed(const http::Request& request) {
  http::Response response = echo(request);
  response.delivery.delay =
      milliseconds(std::stoi(std::string(request.target.as_sent().substr(1))));
  return response;
}

class RequestTimeout : public testing::TestWithParam<const char*> {};

TEST_P(RequestTimeout, IsToldToAClientThatDoesNotFinishItsRequest) {
  http::ServerOptions options;
  options.request_timeout = milliseconds(30);
  WireServer server(echo, options);
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(GetParam());
  const support::RawResponse response = client.read_response();
  EXPECT_GE(steady_clock::now() - begin, options.request_timeout);
  EXPECT_EQ(response.status, 408);
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_EQ(client.read_until_close(), "");
}

INSTANTIATE_TEST_SUITE_P(
    Timing, RequestTimeout,
    testing::Values("G", "GET / HTTP/1.1\r\nHost: test\r\n",
                    "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\npart",
                    "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\npa"));

TEST(Timing, ARequestThatFollowsAnotherHasItsOwnTimeout) {
  http::ServerOptions options;
  options.request_timeout = milliseconds(30);
  WireServer server(echo, options);
  RawClient client(server.port);
  client.send(get("/") + "GET /half");
  EXPECT_EQ(client.read_response().status, 200);
  EXPECT_EQ(client.read_response().status, 408);
}

TEST(Timing, ARequestThatTricklesInIsNotWaitedForForever) {
  http::ServerOptions options;
  options.request_timeout = milliseconds(50);
  WireServer server(echo, options);
  RawClient client(server.port);
  client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 30000000\r\n\r\n");
  const auto give_up = steady_clock::now() + std::chrono::seconds(20);
  while (!client.has_news() && steady_clock::now() < give_up) client.send("x");
  ASSERT_TRUE(client.has_news());
  EXPECT_EQ(client.read_response().status, 408);
}

TEST(Timing, ARequestBehindADelayedAnswerHasItsWholeTimeoutStill) {
  http::ServerOptions options;
  options.request_timeout = milliseconds(60);
  WireServer server(delayed, options);
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(get("/100") + "GET /half");
  EXPECT_EQ(client.read_response().status, 200);
  EXPECT_EQ(client.read_response().status, 408);
  EXPECT_GE(steady_clock::now() - begin, milliseconds(160));
}

TEST(Timing, AnIdleConnectionIsClosedWithoutAWord) {
  http::ServerOptions options;
  options.idle_timeout = milliseconds(250);
  WireServer server(echo, options);
  RawClient fresh(server.port);
  const auto begin = steady_clock::now();
  EXPECT_EQ(fresh.read_until_close(), "");
  RawClient used(server.port);
  used.send(get("/"));
  EXPECT_EQ(used.read_response().status, 200);
  EXPECT_EQ(used.read_until_close(), "");
  EXPECT_GE(steady_clock::now() - begin, options.idle_timeout);
}

TEST(Timing, AClientThatDoesNotReadItsAnswerIsGivenUp) {
  http::ServerOptions options;
  options.write_timeout = milliseconds(30);
  options.max_connections = 1;
  http::Response large;
  large.body.assign(16 * 1024 * 1024, 'x');  // more than the sockets' buffers hold
  WireServer server(
      [&large](const http::Request& request) {
        return request.target.as_sent() == "/large" ? large : echo(request);
      },
      options);
  RawClient stuck(server.port);
  stuck.send(get("/large"));
  // Its place becomes free, which only its end can bring about.
  expect_a_free_place(server.port);
  EXPECT_LT(stuck.read_until_close().size(), large.body.size());
}

TEST(Timing, ADelayedAnswerDoesNotComeBeforeItsTime) {
  WireServer server(delayed);
  RawClient client(server.port);
  for (const int delay_ms : {1, 20, 60}) {
    const auto begin = steady_clock::now();
    client.send(get("/" + std::to_string(delay_ms)));
    EXPECT_EQ(client.read_response().status, 200);
    EXPECT_GE(steady_clock::now() - begin, milliseconds(delay_ms));
  }
}

TEST(Timing, ADelayOrATimeoutMayBeAsLongAsThereAreNumbers) {
  http::ServerOptions options;
  options.idle_timeout = options.request_timeout = options.write_timeout = milliseconds::max();
  WireServer server(
      [](const http::Request& request) {
        http::Response response = echo(request);
        if (request.target.as_sent() == "/never") response.delivery.delay = milliseconds::max();
        return response;
      },
      options);
  RawClient never(server.port);
  never.send(get("/never"));
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
  EXPECT_FALSE(never.has_news());
}

TEST(Timing, ADelayHoldsNoWorker) {
  constexpr const char* kAnHour = "/3600000";
  WireServer server(delayed, one_worker());
  RawClient waiting(server.port);
  waiting.send(get(kAnHour));
  RawClient another(server.port);
  another.send(get(kAnHour));
  EXPECT_EQ(support::exchange(server.port, get("/0")).body, "GET /0\n");
}

TEST(Timing, DelayedAnswersAreSentWhenEachIsDue) {
  WireServer server(delayed, one_worker());
  RawClient late(server.port);
  late.send(get("/3600000"));
  RawClient early(server.port);
  early.send(get("/10"));
  EXPECT_EQ(early.read_response().body, "GET /10\n");
}

TEST(Timing, AShortDelayIsNotRoundedUpToTheNextLookAtDeadlines) {
  WireServer server(delayed);
  RawClient late(server.port);
  late.send(get("/8000"));
  RawClient client(server.port);
  for (int i = 0; i < 20; ++i) {
    client.send(get("/1"));
    EXPECT_EQ(client.read_response().status, 200);
  }
  EXPECT_FALSE(late.has_news());
}

TEST(Timing, ADelayHoldsTheAnswersBehindIt) {
  WireServer server(delayed);
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(get("/40") + get("/0") + get("/1"));
  EXPECT_EQ(client.read_response().body, "GET /40\n");
  EXPECT_GE(steady_clock::now() - begin, milliseconds(40));
  EXPECT_EQ(client.read_response().body, "GET /0\n");
  EXPECT_EQ(client.read_response().body, "GET /1\n");
}

TEST(Timing, ADelayOutlastsTheIdleTimeout) {
  http::ServerOptions options;
  options.idle_timeout = options.request_timeout = milliseconds(200);
  WireServer server(delayed, options);
  EXPECT_EQ(support::exchange(server.port, get("/500")).status, 200);
}

TEST(Timing, AClientMayLeaveWhileItsAnswerIsDelayed) {
  WireServer server(delayed, one_worker());
  {
    RawClient leaving(server.port);
    leaving.send(get("/20"));
  }
  EXPECT_EQ(support::exchange(server.port, get("/40")).status, 200);
}

// Its answer would come in an hour.
TEST(Timing, AClientThatLeavesWhileItsAnswerIsDelayedMakesRoom) {
  http::ServerOptions options;
  options.max_connections = 1;
  for (const std::string behind : {"", "GET /more HTTP/1.1\r\n"}) {
    std::latch handled(1);
    WireServer server(
        [&handled](const http::Request& request) {
          auto response = delayed(request);
          if (response.delivery.delay > milliseconds(1000)) handled.count_down();
          return response;
        },
        options);
    {
      RawClient leaving(server.port);
      leaving.send(get("/3600000") + behind);
      handled.wait();
    }
    expect_a_free_place(server.port, "/0");
  }
}

TEST(Timing, AClientThatLeavesWhileItsAnswerIsDribbledMakesRoom) {
  http::ServerOptions options;
  options.max_connections = 1;
  std::latch handled(1);
  WireServer server(
      [&handled](const http::Request& request) {
        http::Response response = echo(request);
        if (response.body == "GET /dribbled\n") {
          response.delivery.dribble = {2, std::chrono::hours(2)};
          handled.count_down();
        }
        return response;
      },
      options);
  {
    RawClient leaving(server.port);
    leaving.send(get("/dribbled"));
    handled.wait();
  }
  expect_a_free_place(server.port);
}

TEST(Timing, AClientThatHasNothingMoreToAskStillGetsItsDelayedAnswers) {
  WireServer server(delayed, one_worker());
  RawClient client(server.port);
  client.send(get("/100") + get("/50"));
  client.end_sending();
  EXPECT_EQ(client.read_response().body, "GET /100\n");
  EXPECT_EQ(client.read_response().body, "GET /50\n");
  EXPECT_EQ(client.read_until_close(), "");
}

}  // namespace
}  // namespace graphmock::wire
