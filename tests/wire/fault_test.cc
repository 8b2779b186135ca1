#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>

#include "support/raw_client.h"
#include "support/test_name.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using http::Fault;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using support::RawClient;
using support::RawResponse;

constexpr std::array kFaults = {Fault::ConnectionReset, Fault::EmptyResponse, Fault::MalformedChunk,
                                Fault::RandomDataThenClose, Fault::TruncatedBody};

constexpr milliseconds kDelay{40};

http::Response answer_of(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain");
  response.headers.add("ETag", "\"1\"");
  response.body = std::move(body);
  return response;
}

http::Response with(Fault fault, http::Response response = answer_of(200, "twelve bytes"),
                    milliseconds delay = {}) {
  response.delivery.fault = fault;
  response.delivery.delay = delay;
  return response;
}

// A fault's number as target, "/1", has it happen to the answer; anything else is echoed.
http::Response faulty(const http::Request& request) {
  for (const Fault fault : kFaults) {
    if (request.target.as_sent() == "/" + std::to_string(static_cast<int>(fault)))
      return with(fault);
  }
  return echo(request);
}

std::string get_fault(Fault fault, const std::string& headers = "") {
  return get("/" + std::to_string(static_cast<int>(fault)), headers);
}

struct End {
  std::string bytes;
  bool is_reset = false;
};

// What a client sees that sends this, and what of the answers before it is still to be read.
End end_of(const WireServer& server, const std::string& request) {
  RawClient client(server.port);
  client.send(request);
  End end;
  end.bytes = client.read_until_close();
  end.is_reset = client.was_reset();
  return end;
}

TEST(Fault, ResetsTheConnectionWithoutAnAnswer) {
  WireServer server(faulty);
  const End end = end_of(server, get_fault(Fault::ConnectionReset));
  EXPECT_TRUE(end.is_reset);
  EXPECT_EQ(end.bytes, "");
}

TEST(Fault, ClosesTheConnectionInOrderWithoutAnAnswer) {
  WireServer server(faulty);
  const End end = end_of(server, get_fault(Fault::EmptyResponse));
  EXPECT_FALSE(end.is_reset);
  EXPECT_EQ(end.bytes, "");
}

TEST(Fault, SendsRandomDataOfTheSeed) {
  http::Response response = with(Fault::RandomDataThenClose);
  response.delivery.seed = 7;
  WireServer seven(always(response));
  response.delivery.seed = 8;
  WireServer eight(always(response));
  const End end = end_of(seven, get("/"));
  EXPECT_FALSE(end.is_reset);
  EXPECT_FALSE(end.bytes.empty());
  EXPECT_FALSE(end.bytes.starts_with("HTTP"));
  EXPECT_EQ(end_of(seven, get("/")).bytes, end.bytes);
  EXPECT_NE(end_of(eight, get("/")).bytes, end.bytes);
}

TEST(Fault, SendsHalfOfABodyWhoseWholeLengthItSaid) {
  WireServer server(faulty);
  RawClient client(server.port);
  client.send(get_fault(Fault::TruncatedBody));
  const RawResponse head = client.read_response("HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "12");
  EXPECT_EQ(head.header("ETag"), "\"1\"");
  EXPECT_EQ(client.read_until_close(), "twelve");
  EXPECT_FALSE(client.was_reset());
}

TEST(Fault, SendsAGoodChunkThenOneThatIsNone) {
  WireServer server(faulty);
  RawClient client(server.port);
  client.send(get_fault(Fault::MalformedChunk));
  const RawResponse head = client.read_response("HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(head.header("Content-Length"), std::nullopt);
  EXPECT_EQ(head.header("ETag"), "\"1\"");
  const std::string rest = client.read_until_close();
  EXPECT_FALSE(client.was_reset());
  EXPECT_TRUE(rest.starts_with("6\r\ntwelve\r\n")) << rest;
  const std::string next = rest.substr(std::string("6\r\ntwelve\r\n").size(), 1);
  EXPECT_EQ(next.find_first_of("0123456789abcdefABCDEF"), std::string::npos);
  EXPECT_NE(next, "");
}

// An answer that may have no body cannot have one that is malformed or broken off.
struct WithoutBodyRow {
  std::string name;
  Fault fault;
  int status;
  std::string method;
  std::string expected;  // what is sent begins with it
};

void PrintTo(const WithoutBodyRow& row, std::ostream* out) {
  *out << row.name;
}

class FaultWithoutBody : public testing::TestWithParam<WithoutBodyRow> {};

TEST_P(FaultWithoutBody, IsSeenAllTheSame) {
  const WithoutBodyRow& row = GetParam();
  WireServer server(always(with(row.fault, answer_of(row.status, "not of a 204"))));
  const End end = end_of(server, row.method + " / HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_FALSE(end.is_reset);
  EXPECT_TRUE(end.bytes.starts_with(row.expected)) << end.bytes;
  if (row.fault == Fault::TruncatedBody) {
    EXPECT_EQ(end.bytes.find('\n'), std::string::npos) << end.bytes;
  } else {
    const size_t head = end.bytes.find("\r\n\r\n");
    ASSERT_NE(head, std::string::npos) << end.bytes;
    EXPECT_GT(end.bytes.size(), head + 4) << "no malformed chunk";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Fault, FaultWithoutBody,
    testing::Values(
        WithoutBodyRow{"Chunk204", Fault::MalformedChunk, 204, "PATCH", "HTTP/1.1 200 OK\r\n"},
        WithoutBodyRow{"Chunk304", Fault::MalformedChunk, 304, "GET", "HTTP/1.1 200 OK\r\n"},
        WithoutBodyRow{"ChunkHead", Fault::MalformedChunk, 200, "HEAD", "HTTP/1.1 200 OK\r\n"},
        WithoutBodyRow{"Truncated204", Fault::TruncatedBody, 204, "PATCH", "HTTP"},
        WithoutBodyRow{"Truncated304", Fault::TruncatedBody, 304, "GET", "HTTP"},
        WithoutBodyRow{"TruncatedHead", Fault::TruncatedBody, 200, "HEAD", "HTTP"}),
    support::RowName());

struct FaultName {
  std::string operator()(const testing::TestParamInfo<Fault>& info) const {
    switch (info.param) {
      case Fault::ConnectionReset:
        return "ConnectionReset";
      case Fault::EmptyResponse:
        return "EmptyResponse";
      case Fault::MalformedChunk:
        return "MalformedChunk";
      case Fault::RandomDataThenClose:
        return "RandomDataThenClose";
      case Fault::TruncatedBody:
        return "TruncatedBody";
      case Fault::None:
        break;
    }
    return "None";
  }
};

class AnyFault : public testing::TestWithParam<Fault> {
 protected:
  static bool resets() { return GetParam() == Fault::ConnectionReset; }
};

TEST_P(AnyFault, ComesAfterTheAnswersBeforeItAndEndsTheConnection) {
  WireServer server(faulty);
  RawClient client(server.port);
  client.send(get("/one") + post("/two", "b") + get_fault(GetParam()) + get("/never"));
  EXPECT_EQ(client.read_response().body, "GET /one\n");
  EXPECT_EQ(client.read_response().body, "POST /two\nb");
  const std::string rest = client.read_until_close();
  EXPECT_EQ(client.was_reset(), resets());
  EXPECT_EQ(rest.find("never"), std::string::npos) << rest;
}

// More than the sockets' buffers hold has to be read before the end comes.
TEST_P(AnyFault, LosesNothingOfAnAnswerThatIsReadSlowly) {
  const std::string large(16 * 1024 * 1024, 'x');
  WireServer server([&large](const http::Request& request) {
    return request.target.as_sent() == "/large" ? answer_of(200, large) : faulty(request);
  });
  RawClient client(server.port);
  client.send(get("/large") + get_fault(GetParam()));
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
  EXPECT_TRUE(client.read_response().body == large);
  client.read_until_close();
  EXPECT_EQ(client.was_reset(), resets());
}

TEST_P(AnyFault, IsNotHandledBeyondItsRequest) {
  std::atomic<int> handled = 0;
  WireServer server([&handled](const http::Request& request) {
    ++handled;
    return faulty(request);
  });
  end_of(server, get_fault(GetParam()) + get("/never") + get("/never"));
  server.server.stop();
  EXPECT_EQ(handled, 1);
}

class OrderlyFault : public testing::TestWithParam<Fault> {};

TEST_P(OrderlyFault, DoesNotTurnToAResetWhileTheClientIsStillSending) {
  WireServer server(faulty);
  RawClient client(server.port);
  client.send(get_fault(GetParam()) +
              "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 900000\r\n");
  client.send("\r\n" + std::string(800'000, 'x'));
  client.read_until_close();
  EXPECT_FALSE(client.was_reset());
}

TEST_P(AnyFault, HappensToAClientThatHasEndedSending) {
  WireServer server(faulty);
  RawClient client(server.port);
  client.send(get_fault(GetParam()));
  client.end_sending();
  client.read_until_close();
  EXPECT_EQ(client.was_reset(), resets());
}

TEST_P(AnyFault, HappensToClientsOfHttp10) {
  WireServer server(faulty);
  for (const char* headers : {"", "Connection: keep-alive\r\n"}) {
    const End end = end_of(server, "GET /" + std::to_string(static_cast<int>(GetParam())) +
                                       " HTTP/1.0\r\n" + headers + "\r\n");
    EXPECT_EQ(end.is_reset, resets());
    EXPECT_EQ(end.bytes.find("twelve bytes"), std::string::npos) << end.bytes;
  }
}

TEST_P(AnyFault, ComesAfterTheDelayAndHoldsNoWorkerMeanwhile) {
  WireServer server(
      [](const http::Request& request) {
        return request.target.as_sent() == "/other"
                   ? echo(request)
                   : with(GetParam(), answer_of(200, "twelve bytes"), kDelay);
      },
      one_worker());
  RawClient client(server.port);
  const auto begin = steady_clock::now();
  client.send(get("/"));
  EXPECT_EQ(support::exchange(server.port, get("/other")).status, 200);
  client.read_until_close();
  EXPECT_GE(steady_clock::now() - begin, kDelay);
  EXPECT_EQ(client.was_reset(), resets());
}

TEST_P(AnyFault, HappensAtOnceWhenTheServerStops) {
  std::latch handled(1);
  WireServer server([&handled](const http::Request&) {
    handled.count_down();
    return with(GetParam(), answer_of(200, "twelve bytes"), std::chrono::hours(1));
  });
  RawClient client(server.port);
  client.send(get("/"));
  handled.wait();
  server.server.stop();
  client.read_until_close();
  EXPECT_EQ(client.was_reset(), resets());
}

TEST_P(AnyFault, FindsItsClientGone) {
  WireServer server(
      [](const http::Request& request) {
        return request.target.as_sent() == "/"
                   ? with(GetParam(), answer_of(200, "x"), milliseconds(5))
                   : echo(request);
      },
      one_worker());
  for (int i = 0; i < 20; ++i) RawClient(server.port).send(get("/"));
  EXPECT_EQ(support::exchange(server.port, get("/other")).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Fault, AnyFault, testing::ValuesIn(kFaults), FaultName());
INSTANTIATE_TEST_SUITE_P(Fault, OrderlyFault,
                         testing::Values(Fault::EmptyResponse, Fault::MalformedChunk,
                                         Fault::RandomDataThenClose, Fault::TruncatedBody),
                         FaultName());

// A client that does not read its earlier answers cannot put its reset off for ever.
TEST(Fault, ResetsInTheEndWhatDoesNotReadTheAnswersBefore) {
  const std::string large(16 * 1024 * 1024, 'x');
  http::ServerOptions options;
  options.write_timeout = milliseconds(50);
  WireServer server(
      [&large](const http::Request& request) {
        return request.target.as_sent() == "/large" ? answer_of(200, large) : faulty(request);
      },
      options);
  RawClient client(server.port);
  client.send(get("/large") + get_fault(Fault::ConnectionReset));
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
  EXPECT_LT(client.read_until_close().size(), large.size() + 1000);
}

}  // namespace
}  // namespace graphmock::wire
