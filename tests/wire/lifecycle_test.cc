#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <future>
#include <latch>

#include "app/ending.h"
#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::can_connect;
using support::RawClient;

TEST(Server, ServesOnceItHasStarted) {
  WireServer server;
  EXPECT_GT(server.port, 0);
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
}

TEST(Server, DoesNotShareItsPort) {
  WireServer first;
  http::ServerOptions options;
  options.port = first.port;
  http::Server second(options, echo, refusal);
  try {
    second.start();
    FAIL() << "two servers listen on one port";
  } catch (const http::ListenError& error) {
    EXPECT_EQ(std::string(error.what()),
              "cannot listen on 127.0.0.1:" + std::to_string(first.port) +
                  ": the address is in use (is another server running? try --port 0)");
  }
  second.stop();
}

TEST(Server, SaysThatAHostIsUnknown) {
  http::ServerOptions options;
  options.host = "not a host";
  http::Server server(options, echo, refusal);
  try {
    server.start();
    FAIL() << "it listens on a host that cannot be";
  } catch (const http::ListenError& error) {
    EXPECT_EQ(std::string(error.what()),
              "cannot listen on not a host:0: the host name is not known");
  }
}

TEST(Server, SaysThatAnAddressIsNotItsOwn) {
  http::ServerOptions options;
  options.host = "192.0.2.1";
  http::Server server(options, echo, refusal);
  EXPECT_THROW(server.start(), http::ListenError);
}

TEST(Server, CanTakeThePortOfOneThatStopped) {
  auto first = std::make_unique<WireServer>();
  http::ServerOptions options;
  (RawClient::is_over_tls() ? options.tls_port : options.port) = first->port;
  {
    RawClient client(first->port);
    client.send(get("/"));
    EXPECT_EQ(client.read_response().status, 200);
    first.reset();
  }
  WireServer second(echo, options);
  EXPECT_EQ(second.port, std::max(options.port, options.tls_port));
  EXPECT_EQ(support::exchange(second.port, get("/")).status, 200);
}

TEST(Server, StopsWhileConnectionsAreIdleOrHalfSent) {
  WireServer server;
  RawClient fresh(server.port);
  RawClient idle(server.port);
  idle.send(get("/"));
  EXPECT_EQ(idle.read_response().status, 200);
  RawClient half_a_head(server.port);
  half_a_head.send("GET / HT");
  RawClient half_a_body(server.port);
  half_a_body.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbo");
  RawClient refused(server.port);
  refused.send("nonsense\r\n\r\n");
  EXPECT_EQ(refused.read_response().status, 400);
  server.server.stop();
  for (RawClient* client : {&fresh, &idle, &half_a_head, &half_a_body, &refused}) {
    EXPECT_EQ(client->read_until_close(), "");
  }
  EXPECT_FALSE(can_connect(server.port));
}

TEST(Server, FinishesARequestInFlightBeforeItStops) {
  std::latch entered(1);
  std::latch may_finish(1);
  WireServer server([&](const http::Request& request) {
    entered.count_down();
    may_finish.wait();
    return echo(request);
  });
  RawClient client(server.port);
  client.send(get("/in-flight"));
  entered.wait();
  std::future<void> stopped = std::async(std::launch::async, [&server] { server.server.stop(); });
  while (can_connect(server.port)) {
  }
  may_finish.count_down();
  EXPECT_EQ(client.read_response().body, "GET /in-flight\n");
  EXPECT_EQ(client.read_until_close(), "");
  stopped.get();
}

TEST(Server, SendsDelayedAnswersAtOnceWhenItStops) {
  std::latch handled(1);
  WireServer server([&handled](const http::Request& request) {
    http::Response response = echo(request);
    response.delivery.delay = std::chrono::hours(1);
    handled.count_down();
    return response;
  });
  RawClient client(server.port);
  client.send(get("/late"));
  handled.wait();
  server.server.stop();
  EXPECT_EQ(client.read_response().body, "GET /late\n");
  EXPECT_EQ(client.read_until_close(), "");
}

http::ServerOptions little_grace() {
  http::ServerOptions options;
  options.grace = std::chrono::milliseconds(20);
  return options;
}

TEST(Server, DoesNotWaitForeverForAHandlerWhenItStops) {
  std::latch entered(1);
  std::latch may_finish(1);
  WireServer server(
      [&](const http::Request& request) {
        entered.count_down();
        may_finish.wait();
        return echo(request);
      },
      little_grace());
  RawClient client(server.port);
  RawClient idle(server.port);
  client.send(get("/in-flight"));
  entered.wait();
  EXPECT_FALSE(server.server.stop());
  EXPECT_FALSE(can_connect(server.port));
  EXPECT_EQ(idle.read_until_close(), "");
  may_finish.count_down();
  EXPECT_TRUE(server.server.stop());
  EXPECT_EQ(client.read_response().body, "GET /in-flight\n");
}

// What the program does when it is told to end while a request never ends.
[[noreturn]] void end_while_a_request_runs(http::ServerOptions options, bool is_told_again) {
  std::latch entered(1);
  std::latch never(1);
  WireServer server(
      [&](const http::Request& request) {
        entered.count_down();
        never.wait();
        return echo(request);
      },
      std::move(options));
  RawClient client(server.port);
  client.send(get("/"));
  entered.wait();
  if (is_told_again) ::kill(::getpid(), SIGTERM);  // waits for its handler
  app::stop_or_leave(server.server);
  ::_exit(1);
}

void block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

TEST(ServerDeathTest, IsLeftWithARequestThatDoesNotEnd) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT((block_signals(), end_while_a_request_runs(little_grace(), false)),
              testing::ExitedWithCode(0), "is cut off");
}

TEST(ServerDeathTest, IsLeftAtOnceWhenTheProgramIsToldAgain) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  http::ServerOptions options;
  options.grace = std::chrono::hours(1);
  EXPECT_EXIT((block_signals(), end_while_a_request_runs(options, true)),
              testing::ExitedWithCode(128 + SIGTERM), "");
}

TEST(Server, StopsWhileAClientDoesNotReadItsAnswer) {
  http::Response large;
  large.body.assign(16 * 1024 * 1024, 'x');  // more than the sockets' buffers hold
  WireServer server([&large](const http::Request& request) {
    return request.target.as_sent() == "/large" ? large : echo(request);
  });
  RawClient client(server.port);
  client.send(get("/") + get("/large"));
  EXPECT_EQ(client.read_response().status, 200);
  server.server.stop();
  EXPECT_LT(client.read_until_close().size(), large.body.size());
}

TEST(Server, StopsOnceHoweverOftenAndFromWhereverItIsTold) {
  WireServer server;
  std::future<void> other = std::async(std::launch::async, [&server] { server.server.stop(); });
  server.server.stop();
  other.get();
  server.server.stop();
  EXPECT_FALSE(can_connect(server.port));
}

TEST(Server, StopsWithoutEverHavingStarted) {
  http::Server server({}, echo, refusal);
  server.stop();
}

TEST(Server, StopsUnderLoad) {
  WireServer server;
  std::vector<std::future<int>> clients;
  std::latch answered(4);
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::async(std::launch::async, [&server, &answered] {
      RawClient client(server.port);
      std::string stream;
      client.send(get("/"));
      int answers = client.read_response().status == 200 ? 1 : 0;
      answered.count_down();
      try {
        while (client.send(get("/") + get("/"))) {
          answers += client.read_response().status == 200 ? 1 : 0;
          answers += client.read_response().status == 200 ? 1 : 0;
        }
      } catch (const std::runtime_error&) {
        // The connection has ended between two answers.
      }
      return answers;
    }));
  }
  answered.wait();
  server.server.stop();
  for (std::future<int>& client : clients) EXPECT_GE(client.get(), 1);
}

}  // namespace
}  // namespace graphmock::wire
