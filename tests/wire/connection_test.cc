#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <latch>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::RawClient;

TEST(Connection, IsKeptBeyondFiveRequests) {
  WireServer server;
  RawClient client(server.port);
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(client.send(get("/" + std::to_string(i))));
    EXPECT_EQ(client.read_response().body, "GET /" + std::to_string(i) + "\n");
  }
}

TEST(Connection, AnswersThreePipelinedRequestsInOrder) {
  WireServer server;
  RawClient client(server.port);
  client.send(get("/first") + post("/second", "with a body") + get("/third"));
  EXPECT_EQ(client.read_response().body, "GET /first\n");
  EXPECT_EQ(client.read_response().body, "POST /second\nwith a body");
  EXPECT_EQ(client.read_response().body, "GET /third\n");
}

TEST(Connection, AnswersMorePipelinedRequestsThanOneTurnTakes) {
  WireServer server(echo, one_worker());
  RawClient client(server.port);
  constexpr int kRequests = 3000;
  std::string requests;
  for (int i = 0; i < kRequests; ++i) requests += get("/" + std::to_string(i));
  client.send(requests);
  for (int i = 0; i < kRequests; ++i) {
    ASSERT_EQ(client.read_response().body, "GET /" + std::to_string(i) + "\n");
  }
}

TEST(Connection, ThatPipelinesDoesNotKeepOthersOut) {
  std::vector<std::string> order;
  std::latch blocked(1);
  std::latch go_on(1);
  WireServer server(
      [&](const http::Request& request) {
        order.emplace_back(request.target.as_sent());
        if (request.target.as_sent() == "/block") {
          blocked.count_down();
          go_on.wait();
        }
        return echo(request);
      },
      one_worker());
  RawClient other(server.port);
  other.send(get("/known"));
  EXPECT_EQ(other.read_response().status, 200);
  RawClient greedy(server.port);
  std::string requests = get("/block");
  for (int i = 0; i < 500; ++i) requests += get("/more");
  greedy.send(requests);
  blocked.wait();
  other.send(get("/other"));
  go_on.count_down();
  EXPECT_EQ(other.read_response().status, 200);
  server.server.stop();
  const auto place = std::ranges::find(order, "/other") - order.begin();
  EXPECT_LE(place, 1 + 2 * 64);  // the rest of the greedy one's may have come before it
}

// Epoll tells of bytes once: those that come while the connection is served must not be missed.
TEST(Connection, IsAskedAgainWhileItIsAnswered) {
  for (const size_t workers : {1, 4}) {
    http::ServerOptions options;
    options.workers = workers;
    std::latch asked(1);
    std::latch go_on(1);
    WireServer server(
        [&](const http::Request& request) {
          if (request.target.as_sent() == "/first") {
            asked.count_down();
            go_on.wait();
          }
          return echo(request);
        },
        options);
    RawClient client(server.port);
    client.send(get("/known"));
    EXPECT_EQ(client.read_response().status, 200);
    client.send(get("/first"));
    asked.wait();
    client.send(get("/second"));
    // Another has been served since then, and by whom nobody knows.
    if (workers > 1) {
      EXPECT_EQ(support::exchange(server.port, get("/other")).status, 200);
    }
    go_on.count_down();
    EXPECT_EQ(client.read_response().body, "GET /first\n");
    EXPECT_EQ(client.read_response().body, "GET /second\n");
  }
}

TEST(Connection, ThatEndsBehindItsRequestIsClosedWhenItIsAnswered) {
  std::latch blocked(1);
  std::latch go_on(1);
  WireServer server(
      [&](const http::Request& request) {
        if (request.target.as_sent() == "/block") {
          blocked.count_down();
          go_on.wait();
        }
        return echo(request);
      },
      one_worker());
  RawClient client(server.port);
  client.send(get("/known"));
  EXPECT_EQ(client.read_response().status, 200);
  RawClient other(server.port);
  other.send(get("/block"));
  blocked.wait();
  // Request and end are there together when the one worker comes to it.
  client.send(get("/last"));
  client.end_sending();
  go_on.count_down();
  EXPECT_EQ(client.read_response().body, "GET /last\n");
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Connection, ThatEndsWithinARequestIsClosed) {
  WireServer server;
  RawClient client(server.port);
  client.send(get("/known"));
  EXPECT_EQ(client.read_response().status, 200);
  client.send(post("/", "body").substr(0, post("/", "body").size() - 2));
  client.end_sending();
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Connection, ThatSendsMoreThanOneTurnReadsIsReadOn) {
  WireServer server(
      [](const http::Request& request) {
        http::Response response;
        response.body = std::to_string(request.body.size());
        return response;
      },
      one_worker());
  RawClient client(server.port);
  for (int i = 0; i < 3; ++i) {
    client.send(post("/", std::string(20'000'000, 'x')));
    EXPECT_EQ(client.read_response().body, "20000000");
  }
}

TEST(Connection, TakesARequestThatArrivesByteByByte) {
  WireServer server;
  RawClient client(server.port);
  for (const char byte : post("/slow", "body") + get("/next")) {
    ASSERT_TRUE(client.send(std::string_view(&byte, 1)));
  }
  EXPECT_EQ(client.read_response().body, "POST /slow\nbody");
  EXPECT_EQ(client.read_response().body, "GET /next\n");
}

TEST(Connection, IsClosedAfterTheAnswerWhenTheClientAsks) {
  WireServer server;
  RawClient client(server.port);
  client.send(get("/", "Connection: x, Close\r\n"));
  const support::RawResponse response = client.read_response();
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_EQ(response.header("Keep-Alive"), std::nullopt);
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Connection, OfHttp10IsClosedAfterTheAnswer) {
  WireServer server;
  RawClient client(server.port);
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_response().header("Connection"), "close");
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Connection, OfHttp10IsKeptWhenTheClientAsks) {
  WireServer server;
  RawClient client(server.port);
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.read_response().header("Connection"), "keep-alive");
  }
}

TEST(Connection, TellsHowLongItMayBeIdle) {
  http::ServerOptions options;
  options.idle_timeout = std::chrono::seconds(77);
  WireServer server(echo, options);
  EXPECT_EQ(support::exchange(server.port, get("/")).header("Keep-Alive"), "timeout=77");
}

TEST(Connection, StillGetsItsAnswerWhenTheClientHasEndedSending) {
  WireServer server;
  RawClient client(server.port);
  client.send(get("/"));
  client.end_sending();
  EXPECT_EQ(client.read_response().status, 200);
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Connection, ThatIsIdleDoesNotKeepOthersOut) {
  WireServer server(echo, one_worker());
  std::deque<RawClient> idle;
  for (int i = 0; i < 300; ++i) {
    RawClient& client = idle.emplace_back(server.port);
    client.send(i % 2 == 0 ? get("/") : "GET / HT");
    if (i % 2 == 0) {
      ASSERT_EQ(client.read_response().status, 200);
    }
  }
  EXPECT_EQ(support::exchange(server.port, get("/new")).body, "GET /new\n");
  for (size_t i = 1; i < idle.size(); i += 2) {
    idle[i].send("TP/1.1\r\nHost: test\r\n\r\n");
    ASSERT_EQ(idle[i].read_response().status, 200);
  }
}

TEST(Connection, ThatReadsSlowlyDoesNotKeepOthersOut) {
  const std::string large(16 * 1024 * 1024, 'x');
  http::Response answer;
  answer.body = large;
  WireServer server(
      [&answer](const http::Request& request) {
        return request.target.as_sent() == "/large" ? answer : echo(request);
      },
      one_worker());
  RawClient slow(server.port);
  slow.send(get("/large") + get("/after"));
  EXPECT_EQ(support::exchange(server.port, get("/new")).body, "GET /new\n");
  EXPECT_TRUE(slow.read_response().body == large);
  EXPECT_EQ(slow.read_response().body, "GET /after\n");
}

TEST(Connection, BeyondTheMostThatMayBeOpenIsToldSo) {
  http::ServerOptions options;
  options.max_connections = 2;
  WireServer server(echo, options);
  RawClient first(server.port);
  first.send(get("/"));
  ASSERT_EQ(first.read_response().status, 200);
  {
    RawClient second(server.port);
    const std::string request = get("/second", "Connection: close\r\n");
    second.send(request.substr(0, 10));
    RawClient third(server.port);
    // To say so over TLS would take the room that there is none of.
    if (!RawClient::is_over_tls()) {
      EXPECT_EQ(third.read_response().status, 503);
    }
    EXPECT_EQ(third.read_until_close(), "");
    second.send(request.substr(10));
    EXPECT_EQ(second.read_response().status, 200);
    EXPECT_EQ(second.read_until_close(), "");
  }
  // The second's place is free again, soon after its client has seen the end.
  std::string answer;
  for (int i = 0; i < 10'000 && !answer.starts_with("HTTP/1.1 200 OK"); ++i) {
    RawClient again(server.port);
    again.send(get("/", "Connection: close\r\n"));
    answer = again.read_until_close();
  }
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK")) << answer;
  first.send(get("/"));
  EXPECT_EQ(first.read_response().status, 200);
}

}  // namespace
}  // namespace graphmock::wire
