#include <gtest/gtest.h>

#include <array>
#include <latch>
#include <random>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using http::Fault;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using support::RawClient;
using support::RawResponse;

http::Response dribbled(std::string body, http::Dribble dribble) {
  http::Response response;
  response.body = std::move(body);
  response.delivery.dribble = dribble;
  return response;
}

// Dribbles "/dribble" as given and echoes the rest.
http::Server::Handler dribbling(http::Response response) {
  return [response = std::move(response)](const http::Request& request) {
    return request.target.as_sent() == "/dribble" ? response : echo(request);
  };
}

TEST(Dribble, SendsEachPieceNotBeforeItsTime) {
  constexpr milliseconds kInterval{20};
  const std::string body = "aabbccdd";
  WireServer server(dribbling(dribbled(body, {4, 4 * kInterval})), one_worker());
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(get("/dribble"));
  const RawResponse head = client.read_response("HEAD");
  EXPECT_GE(steady_clock::now() - begin, kInterval) << "the head came before the first piece";
  EXPECT_EQ(head.header("Content-Length"), "8");
  std::string received;
  while (received.size() < body.size()) {
    const std::string some = client.read_some();
    ASSERT_NE(some, "");
    received += some;
    const auto pieces = static_cast<int>((received.size() + 1) / 2);
    EXPECT_GE(steady_clock::now() - begin, pieces * kInterval) << received;
  }
  EXPECT_EQ(received, body);
}

TEST(Dribble, SendsPiecesSeparately) {
  std::string body(30'000, 'x');
  const http::Response slow = dribbled(body, {30'000, hours(1)});
  WireServer server(dribbling(slow), one_worker());
  RawClient client(server.port);
  client.send(get("/dribble"));
  EXPECT_EQ(client.read_response("HEAD").header("Content-Length"), "30000");
  std::string received;
  while (received.size() < 3) received += client.read_some();
  EXPECT_LT(received.size(), body.size());
  EXPECT_EQ(support::exchange(server.port, get("/other")).body, "GET /other\n");
}

TEST(Dribble, HoldsNoWorker) {
  WireServer server(dribbling(dribbled("slow", {4, hours(4)})), one_worker());
  RawClient slow(server.port);
  slow.send(get("/dribble"));
  RawClient another(server.port);
  another.send(get("/dribble"));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(support::exchange(server.port, get("/other")).body, "GET /other\n");
  }
  EXPECT_FALSE(slow.has_news());
}

TEST(Dribble, IsFollowedByTheNextAnswerOfTheConnection) {
  WireServer server(dribbling(dribbled("slow", {4, milliseconds(20)})), one_worker());
  RawClient client(server.port);
  client.send(get("/dribble") + get("/next") + get("/dribble"));
  EXPECT_EQ(client.read_response().body, "slow");
  EXPECT_EQ(client.read_response().body, "GET /next\n");
  EXPECT_EQ(client.read_response().body, "slow");
}

TEST(Dribble, ComesAfterTheDelay) {
  http::Response response = dribbled("slow", {2, milliseconds(20)});
  response.delivery.delay = milliseconds(40);
  WireServer server(dribbling(response));
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(get("/dribble"));
  client.read_response("HEAD");
  EXPECT_GE(steady_clock::now() - begin, milliseconds(50));
  EXPECT_EQ(client.read_some().substr(0, 2), "sl");
}

TEST(Dribble, OutlastsEveryTimeout) {
  http::ServerOptions options;
  options.write_timeout = options.idle_timeout = options.request_timeout = milliseconds(60);
  WireServer server(dribbling(dribbled("abcd", {4, milliseconds(600)})), options);
  EXPECT_EQ(support::exchange(server.port, get("/dribble")).body, "abcd");
}

TEST(Dribble, SendsWhatIsLeftWhenTheServerStops) {
  const std::string body(30'000, 'x');
  WireServer server(dribbling(dribbled(body, {30'000, hours(1)})));
  RawClient client(server.port);
  client.send(get("/dribble"));
  std::string received = client.read_some();
  server.server.stop();
  received += client.read_until_close();
  EXPECT_TRUE(received.ends_with("\r\n\r\n" + body));
}

TEST(Dribble, SendsAllWhenTheServerStopsBeforeTheFirstPiece) {
  std::latch handled(1);
  WireServer server([&handled](const http::Request&) {
    handled.count_down();
    return dribbled("slow", {2, hours(2)});
  });
  RawClient client(server.port);
  client.send(get("/"));
  handled.wait();
  server.server.stop();
  EXPECT_EQ(client.read_response().body, "slow");
}

TEST(Dribble, GoesOnForAClientThatHasEndedSending) {
  WireServer server(dribbling(dribbled("slow", {4, milliseconds(40)})));
  RawClient client(server.port);
  client.send(get("/dribble"));
  client.end_sending();
  EXPECT_EQ(client.read_response().body, "slow");
  EXPECT_EQ(client.read_until_close(), "");
}

// Its place becomes free, which only its end can bring about.
TEST(Dribble, EndsWhenItsClientHasGone) {
  http::ServerOptions options = one_worker();
  options.max_connections = 1;
  WireServer server(dribbling(dribbled(std::string(1'000'000, 'x'), {1'000'000, hours(1)})),
                    options);
  {
    RawClient leaving(server.port);
    leaving.send(get("/dribble"));
    EXPECT_NE(leaving.read_some(), "");
  }
  expect_a_free_place(server.port);
}

TEST(Dribble, OfHttp10EndsWithTheConnection) {
  WireServer server(dribbling(dribbled("slow", {4, milliseconds(20)})));
  RawClient client(server.port);
  client.send("GET /dribble HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_response().body, "slow");
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Dribble, LeavesAnAnswerWithoutBodyAsItIs) {
  http::Response response = dribbled("", {4, hours(1)});
  response.status = 204;
  WireServer server(always(response));
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 204);
  response.status = 200;
  response.body = "for GET alone";
  WireServer other(always(response));
  EXPECT_EQ(support::exchange(other.port, "HEAD / HTTP/1.1\r\nHost: test\r\n\r\n")
                .header("Content-Length"),
            "13");
}

TEST(Dribble, GoesAsFarAsABodyIsTruncated) {
  http::Response response = dribbled("abcdefgh", {4, milliseconds(40)});
  response.delivery.fault = Fault::TruncatedBody;
  WireServer server(dribbling(response), one_worker());
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(get("/dribble") + get("/never"));
  EXPECT_EQ(client.read_response("HEAD").header("Content-Length"), "8");
  EXPECT_EQ(client.read_until_close(), "abcd");
  EXPECT_FALSE(client.was_reset());
  EXPECT_GE(steady_clock::now() - begin, milliseconds(40));
}

TEST(Dribble, GoesWithEveryFault) {
  for (const Fault fault : {Fault::ConnectionReset, Fault::EmptyResponse, Fault::MalformedChunk,
                            Fault::RandomDataThenClose, Fault::TruncatedBody}) {
    http::Response response = dribbled("a body of some bytes", {3, milliseconds(15)});
    response.delivery.seed = 3;
    response.delivery.fault = fault;
    WireServer slow(always(response), one_worker());
    response.delivery.dribble = {};
    WireServer fast(always(response), one_worker());
    RawClient slow_client(slow.port);
    slow_client.send(get("/"));
    RawClient fast_client(fast.port);
    fast_client.send(get("/"));
    EXPECT_EQ(slow_client.read_until_close(), fast_client.read_until_close());
    EXPECT_EQ(slow_client.was_reset(), fast_client.was_reset());
  }
}

// Whatever a scenario asks for, the answer comes whole or the fault does, and others are served.
TEST(Dribble, TakesAnyNumbers) {
  std::mt19937 random(20240918);
  const auto one_of = [&random](auto values) {
    return values[std::uniform_int_distribution<size_t>(0, values.size() - 1)(random)];
  };
  std::vector<http::Response> answers;
  for (int i = 0; i < 60; ++i) {
    http::Response response = dribbled(
        std::string(one_of(std::array<size_t, 5>{0, 1, 2, 1000, 200'000}), 'x'),
        {one_of(std::array<uint32_t, 6>{0, 1, 2, 7, 5000, UINT32_MAX}),
         one_of(std::array<milliseconds, 6>{milliseconds::min(), milliseconds(-1), milliseconds(0),
                                            milliseconds(1), milliseconds(5), milliseconds(13)})});
    response.status = one_of(std::array<int, 3>{200, 204, 500});
    response.delivery.delay = one_of(std::array<milliseconds, 4>{
        milliseconds::min(), milliseconds(0), milliseconds(0), milliseconds(2)});
    response.delivery.fault = one_of(std::array<Fault, 8>{
        Fault::None, Fault::None, Fault::None, Fault::ConnectionReset, Fault::EmptyResponse,
        Fault::MalformedChunk, Fault::RandomDataThenClose, Fault::TruncatedBody});
    answers.push_back(std::move(response));
  }
  WireServer server([&answers](const http::Request& request) {
    if (request.target.as_sent() == "/other") return echo(request);
    return answers.at(std::stoul(std::string(request.target.as_sent().substr(1))));
  });
  for (size_t i = 0; i < answers.size(); ++i) {
    const http::Response& answer = answers[i];
    RawClient client(server.port);
    client.send(get("/" + std::to_string(i)));
    if (answer.delivery.fault != Fault::None) {
      client.read_until_close();
      continue;
    }
    const RawResponse response = client.read_response();
    EXPECT_EQ(response.status, answer.status);
    EXPECT_EQ(response.body.size(), answer.status == 204 ? 0 : answer.body.size());
    client.send(get("/other"));
    EXPECT_EQ(client.read_response().body, "GET /other\n");
  }
}

TEST(Dribble, MayTakeAsLongAsThereAreNumbers) {
  http::Response response = dribbled("never", {UINT32_MAX, milliseconds::max()});
  response.delivery.delay = milliseconds::max();
  WireServer server(dribbling(response));
  RawClient never(server.port);
  never.send(get("/dribble"));
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
  EXPECT_FALSE(never.has_news());
}

}  // namespace
}  // namespace graphmock::wire
