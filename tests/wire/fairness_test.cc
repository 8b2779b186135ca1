// Who waits for whom: requests that take long, those that are urgent, and many of one client.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <latch>
#include <mutex>
#include <thread>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::RawClient;

http::Lane lane_of(const http::Request& request) {
  const std::string target = echo(request).body;
  if (target.find(" /health") != std::string::npos) return http::Lane::Health;
  return target.find(" /control") != std::string::npos ? http::Lane::Control : http::Lane::Ordinary;
}

http::ServerOptions with_lanes(size_t workers) {
  http::ServerOptions options;
  options.workers = workers;
  options.lane_of = lane_of;
  return options;
}

// Requests whose target ends in "/block" are not answered before they are released. The others are
// noted down in the order in which they are carried out.
class Blocking {
 public:
  http::Server::Handler handler() {
    return [this](const http::Request& request) {
      auto answer = echo(request);
      if (answer.body.find("/block\n") == std::string::npos) {
        const std::lock_guard lock(mutex_);
        order_.push_back(answer.body);
      } else {
        ++blocked_;
        blocked_.notify_all();
        released_.wait();
      }
      return answer;
    };
  }
  void wait_for_blocked(int count) const {
    for (int seen = blocked_; seen < count; seen = blocked_) blocked_.wait(seen);
  }
  void release() {
    if (!released_.try_wait()) released_.count_down();
  }
  std::vector<std::string> order() const {
    const std::lock_guard lock(mutex_);
    return order_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> order_;
  std::atomic<int> blocked_{0};
  std::latch released_{1};
};

// A server whose workers are busy until the test releases them, which it does at the latest when
// it ends.
struct BusyServer {
  explicit BusyServer(size_t workers, http::ServerOptions options)
      : server(blocking.handler(), std::move(options)) {
    for (size_t i = 0; i < workers; ++i) block("/block");
  }
  explicit BusyServer(size_t workers) : BusyServer(workers, with_lanes(workers)) {}
  ~BusyServer() { blocking.release(); }

  void block(const std::string& target) {
    clients.emplace_back(server.port).send(get(target));
    blocking.wait_for_blocked(static_cast<int>(clients.size()));
  }
  void expect_all_answered() {
    blocking.release();
    for (RawClient& client : clients) EXPECT_EQ(client.read_response().status, 200);
  }

  Blocking blocking;
  WireServer server;
  std::deque<RawClient> clients;
};

TEST(Fairness, WhatIsUrgentIsAnsweredWhileAllWorkersAreBusy) {
  for (const size_t workers : {1, 2, 3}) {
    BusyServer busy(workers);
    RawClient client(busy.server.port);
    for (int i = 0; i < 3; ++i) {
      client.send(get("/control") + get("/health"));
      EXPECT_EQ(client.read_response().body, "GET /control\n");
      EXPECT_EQ(client.read_response().body, "GET /health\n");
    }
    busy.expect_all_answered();
  }
}

TEST(Fairness, WhatIsUrgentDoesNotWaitBehindWhatWaits) {
  BusyServer busy(1);
  std::deque<RawClient> waiting;
  for (int i = 0; i < 200; ++i) waiting.emplace_back(busy.server.port).send(get("/"));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(support::exchange(busy.server.port, get("/health")).status, 200);
  }
  for (const RawClient& client : waiting) EXPECT_FALSE(client.has_news());
  busy.expect_all_answered();
  for (RawClient& client : waiting) EXPECT_EQ(client.read_response().body, "GET /\n");
}

TEST(Fairness, HealthDoesNotWaitBehindTheControlPlane) {
  BusyServer busy(2);
  busy.block("/control/block");  // by the one in reserve
  RawClient waiting(busy.server.port);
  waiting.send(get("/control"));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(support::exchange(busy.server.port, get("/health")).status, 200);
  }
  EXPECT_FALSE(waiting.has_news());
  busy.expect_all_answered();
  EXPECT_EQ(waiting.read_response().status, 200);
}

TEST(Fairness, WorkersDoWhatIsUrgentFirst) {
  BusyServer busy(1);
  busy.block("/control/block");
  RawClient ordinary(busy.server.port), urgent(busy.server.port);
  ordinary.send(get("/ordinary"));
  EXPECT_EQ(support::exchange(busy.server.port, get("/health")).status, 200);
  urgent.send(get("/control"));
  EXPECT_EQ(support::exchange(busy.server.port, get("/health")).status, 200);
  busy.expect_all_answered();
  EXPECT_EQ(ordinary.read_response().status, 200);
  EXPECT_EQ(urgent.read_response().status, 200);
  EXPECT_EQ(busy.blocking.order().back(), "GET /ordinary\n");
}

TEST(Fairness, WhoComesFirstIsServedFirst) {
  BusyServer busy(1);
  std::deque<RawClient> clients;
  std::vector<std::string> expected;
  for (int i = 0; i < 20; ++i) {
    const auto target = "/" + std::to_string(i);
    // Of the second and third of one client the others are not made to wait.
    clients.emplace_back(busy.server.port).send(get(target) + get("/more") + get("/more"));
    // It is in line when what came behind it is answered.
    EXPECT_EQ(support::exchange(busy.server.port, get("/health")).status, 200);
    expected.push_back("GET " + target + "\n");
  }
  busy.expect_all_answered();
  for (RawClient& client : clients) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.read_response().status, 200);
  }
  auto order = busy.blocking.order();
  std::erase(order, "GET /health\n");
  std::erase(order, "GET /more\n");
  EXPECT_EQ(order, expected);
}

// A client of many connections, each of which asks what takes long again and again.
TEST(Fairness, ManySlowConnectionsDoNotHoldUpAQuickOne) {
  Blocking blocking;
  std::atomic<int> slow_ones = 0;
  const auto blocking_handler = blocking.handler();
  WireServer server(
      [&](const http::Request& request) {
        auto answer = blocking_handler(request);
        if (answer.body != "GET /slow\n") return answer;
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(25);
        while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
        ++slow_ones;
        return answer;
      },
      with_lanes(1));
  std::deque<RawClient> slow;
  for (int i = 0; i < 12; ++i) {
    slow.emplace_back(server.port).send(get("/slow"));
    EXPECT_EQ(slow.back().read_response().status, 200);
  }
  RawClient blocked(server.port);
  blocked.send(get("/block"));
  blocking.wait_for_blocked(1);
  for (RawClient& client : slow) client.send(get("/slow"));
  EXPECT_EQ(support::exchange(server.port, get("/health")).status, 200);
  RawClient quick(server.port);
  quick.send(get("/quick"));
  EXPECT_EQ(support::exchange(server.port, get("/health")).status, 200);
  blocking.release();
  EXPECT_EQ(quick.read_response().body, "GET /quick\n");
  for (RawClient& client : slow) EXPECT_EQ(client.read_response().status, 200);
  auto order = blocking.order();
  std::erase(order, "GET /health\n");
  const auto place = std::ranges::find(order, "GET /quick\n") - order.begin();
  EXPECT_LE(place, 13);
  EXPECT_EQ(slow_ones, 24);
}

TEST(Fairness, SlowRequestsThatAreSentTogetherTakeTurnsWithOthers) {
  Blocking blocking;
  const auto blocking_handler = blocking.handler();
  WireServer server(
      [&](const http::Request& request) {
        auto answer = blocking_handler(request);
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(11);
        while (answer.body == "GET /slow\n" && std::chrono::steady_clock::now() < end) {
          std::this_thread::yield();
        }
        return answer;
      },
      one_worker());
  RawClient other(server.port);
  other.send(get("/known"));
  EXPECT_EQ(other.read_response().status, 200);
  RawClient greedy(server.port);
  greedy.send(get("/block") + get("/slow") + get("/slow") + get("/slow") + get("/slow"));
  blocking.wait_for_blocked(1);
  other.send(get("/other"));
  blocking.release();
  EXPECT_EQ(other.read_response().status, 200);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(greedy.read_response().status, 200);
  const auto order = blocking.order();
  // Behind what was known before, the one that blocked, and, if that was quick, one slow one.
  EXPECT_LE(std::ranges::find(order, "GET /other\n") - order.begin(), 3);
}

TEST(Fairness, AClientThatLeavesWhileItsRequestWaitsMakesRoom) {
  auto options = with_lanes(1);
  options.max_connections = 4;
  BusyServer busy(1, options);
  RawClient half(busy.server.port), health(busy.server.port);
  half.send(get("/half-closed"));
  half.end_sending();
  {
    RawClient leaving(busy.server.port);
    leaving.send(get("/never"));
    health.send(get("/health"));
    EXPECT_EQ(health.read_response().status, 200);
  }
  expect_a_free_place(busy.server.port, "/health");
  busy.expect_all_answered();
  EXPECT_EQ(half.read_response().body, "GET /half-closed\n");
  const auto order = busy.blocking.order();
  EXPECT_EQ(std::ranges::find(order, "GET /never\n"), order.end());
}

// Both requests are there at about the same time; one worker may take both from epoll, and the
// other find nothing and sleep on.
TEST(Fairness, ASlowRequestDoesNotHoldAnotherWhileAWorkerSleeps) {
  std::atomic<int> arrived = 0;
  http::ServerOptions options;
  options.workers = 2;
  WireServer server(
      [&](const http::Request& request) {
        // Each takes as long as it takes the other to be begun, in each round.
        const int round = std::stoi(std::string(echo(request).body.substr(5)));
        ++arrived;
        arrived.notify_all();
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (arrived < 2 * round && std::chrono::steady_clock::now() < give_up) {
          std::this_thread::yield();
        }
        http::Response response;
        response.status = arrived < 2 * round ? 500 : 200;
        return response;
      },
      options);
  RawClient one(server.port), other(server.port);
  for (int round = 1; round <= 300; ++round) {
    const auto request = get("/" + std::to_string(round));
    one.send(request);
    other.send(request);
    ASSERT_EQ(one.read_response().status, 200) << round;
    ASSERT_EQ(other.read_response().status, 200) << round;
  }
}

}  // namespace
}  // namespace graphmock::wire
