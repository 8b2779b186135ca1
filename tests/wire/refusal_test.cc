#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <thread>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::RawClient;

struct Refused {
  const char* name;
  std::string bytes;
  int status;
};

void PrintTo(const Refused& refused, std::ostream* out) {
  *out << refused.name;
}

http::ServerOptions small_limits() {
  http::ServerOptions options;
  options.max_head_bytes = 32 * 1024;
  options.max_body_bytes = 1024;
  return options;
}

std::string with(const std::string& headers, const std::string& body = "") {
  return "POST / HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n" + body;
}

std::string chunked(const std::string& body) {
  return with("Transfer-Encoding: chunked\r\n", body);
}

class Refusal : public testing::TestWithParam<Refused> {};

// The bytes after a refused request must never be taken for another one: that is smuggling.
TEST_P(Refusal, IsSaidAndEndsTheConnection) {
  int handled = 0;
  WireServer server(
      [&handled](const http::Request& request) {
        ++handled;
        return echo(request);
      },
      small_limits());
  RawClient client(server.port);
  client.send(GetParam().bytes + "\r\n" + get("/smuggled"));
  const support::RawResponse response = client.read_response();
  EXPECT_EQ(response.status, GetParam().status) << response.head << response.body;
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_NE(response.body, "");
  EXPECT_EQ(client.read_until_close(), "");
  server.server.stop();
  EXPECT_EQ(handled, 0);
}

INSTANTIATE_TEST_SUITE_P(
    OfLengths, Refusal,
    testing::Values(
        Refused{"LengthAndChunked",
                with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        Refused{"ChunkedAndLength",
                with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
        Refused{"TwoLengths", with("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400},
        Refused{"TwoLengthsInAList", with("Content-Length: 1, 2\r\n", "ab"), 400},
        Refused{"LengthWithASign", with("Content-Length: +1\r\n", "a"), 400},
        Refused{"NegativeLength", with("Content-Length: -1\r\n"), 400},
        Refused{"HexadecimalLength", with("Content-Length: 0x1\r\n", "a"), 400},
        Refused{"LengthWithASuffix", with("Content-Length: 1b\r\n", "a"), 400},
        Refused{"NoLength", with("Content-Length:\r\n"), 400},
        Refused{"OverflowingLength", with("Content-Length: 18446744073709551617\r\n", "a"), 400},
        Refused{"LengthOverTheLimit", with("Content-Length: 1025\r\n"), 413},
        Refused{"HugeLength", with("Content-Length: 18446744073709551615\r\n"), 413}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OfTransferCodings, Refusal,
    testing::Values(
        Refused{"Gzip", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        Refused{"Identity", with("Transfer-Encoding: identity\r\n"), 501},
        Refused{"Misspelt", with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
        Refused{"Twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
                400},
        Refused{"WithAVerticalTab",
                with("Transfer-Encoding: \x0B"
                     "chunked\r\n"),
                400},
        Refused{"InHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Refused{"SizeNotHexadecimal", chunked("x\r\n"), 400},
        Refused{"SizeWithASign", chunked("-1\r\na\r\n"), 400},
        Refused{"SizeWithAPrefix", chunked("0x1\r\na\r\n"), 400},
        Refused{"NoSize", chunked("\r\n"), 400},
        Refused{"OverflowingSize", chunked("10000000000000001\r\na\r\n"), 400},
        Refused{"SizeOverTheLimit", chunked("401\r\n"), 413},
        Refused{"SizesOverTheLimit", chunked("400\r\n" + std::string(1024, 'x') + "\r\n1\r\nx\r\n"),
                413},
        Refused{"SizeLineEndsInLf", chunked("1\na\r\n0\r\n\r\n"), 400},
        Refused{"DataLongerThanItsSize", chunked("1\r\nab\r\n0\r\n\r\n"), 400},
        Refused{"DataEndsInLf", chunked("1\r\na\n0\r\n\r\n"), 400},
        Refused{"NulInAnExtension", chunked(std::string("1;\0\r\na\r\n", 8)), 400},
        Refused{"CrInAnExtension", chunked("1;\rx\r\na\r\n0\r\n\r\n"), 400},
        Refused{"LongExtension", chunked("1;" + std::string(5000, 'x') + "\r\na\r\n"), 400},
        Refused{"TrailerWithoutColon", chunked("0\r\ntrailer\r\n\r\n"), 400},
        Refused{"TrailersOverTheLimit",
                chunked("0\r\nA: " + std::string(33 * 1024, 'x') + "\r\n\r\n"), 400}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OfHeads, Refusal,
    testing::Values(Refused{"NoColon", with("Header\r\n"), 400},
                    Refused{"NoName", with(": x\r\n"), 400},
                    Refused{"SpaceBeforeTheColon", with("Content-Length : 1\r\n", "a"), 400},
                    Refused{"FoldedLine", with("X-A: 1\r\n 2\r\n"), 400},
                    Refused{"FoldedFirstLine", "GET / HTTP/1.1\r\n Host: test\r\n\r\n", 400},
                    Refused{"NulInAValue", with(std::string("X-A: \0\r\n", 8)), 400},
                    Refused{"ControlCharacterInAValue", with("X-A: \x01\r\n"), 400},
                    Refused{"ControlCharacterInAName", with("X\x01: a\r\n"), 400},
                    Refused{"BareCrInAValue", with("X-A: a\rX-B: b\r\n"), 400},
                    Refused{"BareLfInTheHead", "GET / HTTP/1.1\r\nHost: test\nX-A: 1\r\n\r\n", 400},
                    Refused{"OnlyBareLf", "GET / HTTP/1.1\nHost: test\n\n", 400},
                    Refused{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
                    Refused{"TwoHosts", with("Host: other\r\n"), 400},
                    Refused{"HostWithAPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
                    Refused{"UnknownExpectation", with("Expect: a-miracle\r\n"), 417},
                    Refused{"HeadOverTheLimit",
                            with("X-A: " + std::string(33 * 1024, 'x') + "\r\n"), 431},
                    Refused{"HeadOverTheLimitWithoutEnd",
                            "GET / HTTP/1.1\r\nX-A: " + std::string(33 * 1024, 'x'), 431}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OfRequestLines, Refusal,
    testing::Values(Refused{"Http09", "GET /\r\n", 400},
                    Refused{"NoTarget", "GET HTTP/1.1\r\n\r\n", 400},
                    Refused{"TwoSpaces", "GET  / HTTP/1.1\r\nHost: test\r\n\r\n", 400},
                    Refused{"SpaceInTheTarget", "GET /a b HTTP/1.1\r\nHost: test\r\n\r\n", 400},
                    Refused{"NulInTheTarget",
                            std::string("GET /\0 HTTP/1.1\r\nHost: test\r\n\r\n", 31), 400},
                    Refused{"TargetWithoutSlash", "GET users HTTP/1.1\r\nHost: test\r\n\r\n", 400},
                    Refused{"MethodNotAToken", "G(T / HTTP/1.1\r\nHost: test\r\n\r\n", 400},
                    Refused{"Http20", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
                    Refused{"Http12", "GET / HTTP/1.2\r\nHost: test\r\n\r\n", 505},
                    Refused{"NoVersion", "GET / HTTP/x.1\r\nHost: test\r\n\r\n", 400},
                    Refused{"LowerCaseVersion", "GET / http/1.1\r\nHost: test\r\n\r\n", 400},
                    Refused{"LongTarget", get("/" + std::string(16 * 1024, 'x')), 414},
                    Refused{"LongTargetWithoutEnd", "GET /" + std::string(18 * 1024, 'x'), 414},
                    Refused{"TlsHandshake", std::string("\x16\x03\x01\x02\x00\x01\x00", 7), 400}),
    [](const auto& each) { return each.param.name; });

TEST(Refusing, OfATooLargeBodyComesBeforeTheBody) {
  WireServer server(echo, small_limits());
  RawClient client(server.port);
  client.send(with("Content-Length: 999999\r\n"));
  EXPECT_EQ(client.read_response().status, 413);
}

TEST(Refusing, IsReadByAClientThatSendsItsWholeBodyFirst) {
  WireServer server(echo, small_limits());
  const std::string body(8 * 1024 * 1024, 'x');
  RawClient client(server.port);
  EXPECT_TRUE(client.send(post("/", body)));
  EXPECT_EQ(client.read_response().status, 413);
  client.end_sending();
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Refusing, DoesNotKeepTheServerFromServingOthers) {
  WireServer server(echo, one_worker());
  RawClient refused(server.port);
  refused.send("nonsense\r\n\r\n");
  EXPECT_EQ(refused.read_response().status, 400);
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
}

http::ServerOptions little_memory() {
  http::ServerOptions options;
  options.max_held_bytes = 2 * 1024 * 1024;
  return options;
}

TEST(Refusing, OfMoreThanTheServerCanHoldLeavesRoomForOthers) {
  WireServer server([](const http::Request&) { return http::Response(); }, little_memory());
  RawClient client(server.port);
  client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 20000000\r\n\r\n" +
              std::string(6'000'000, 'x'));
  EXPECT_EQ(client.read_response().status, 503);
  const std::string body(700'000, 'x');
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(support::exchange(server.port, post("/", body)).status, 200) << "given back?";
  }
}

TEST(Refusing, OfMoreThanTheServerCanHoldCountsHeadsThatAreNotWhole) {
  WireServer server(echo, little_memory());
  const std::string part = get("/", "X-Long: " + std::string(50'000, 'x')).substr(0, 50'000);
  std::deque<RawClient> clients;
  for (int i = 0; i < 80; ++i) clients.emplace_back(server.port).send(part);
  // Half of them are more than it can hold, and those are told as soon as the server reads them.
  const auto told = [&clients] {
    return std::ranges::count_if(clients, [](const RawClient& c) { return c.has_news(); });
  };
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (told() <= 20 && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
  EXPECT_GT(told(), 20);
  // Those that there was room for are answered when they are whole.
  for (RawClient& client : clients) {
    client.send("\r\n\r\n");
    const int status = client.read_response().status;
    EXPECT_TRUE(status == 200 || status == 503) << status;
  }
  EXPECT_EQ(support::exchange(server.port, part + "\r\n\r\n").status, 200) << "given back?";
}

TEST(Refusing, OfMoreThanTheServerCanHoldBreaksOffAnAnswerThatIsNotRead) {
  constexpr size_t kLarge = 32 * 1024 * 1024;  // more than the kernel takes off the server
  auto options = little_memory();
  options.workers = 1;
  WireServer server(
      [](const http::Request& request) {
        http::Response response;
        response.body = request.target.as_sent() == "/large" ? std::string(kLarge, 'x') : "small";
        return response;
      },
      options);
  RawClient client(server.port);
  client.send(get("/large"));
  EXPECT_NE(client.read_some(), "");
  // The one worker is done with it when it has answered another.
  EXPECT_EQ(support::exchange(server.port, get("/")).body, "small");
  EXPECT_LT(client.read_until_close().size(), kLarge);
}

}  // namespace
}  // namespace graphmock::wire
