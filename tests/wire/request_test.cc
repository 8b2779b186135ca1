#include <gtest/gtest.h>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::RawClient;

TEST(Request, ReachesTheHandlerAsSent) {
  http::Response seen;
  WireServer server([&seen](const http::Request& request) {
    seen.body = std::string(request.method) + "|" + std::string(request.target.as_sent()) + "|" +
                std::string(request.body);
    for (const auto& [name, value] : request.headers) {
      seen.headers.add(name, value);
    }
    return http::Response();
  });
  support::exchange(
      server.port,
      "PATCH /a%20b?$filter=x%20eq%20'%C3%A9'+1#f HTTP/1.1\r\nHost: test\r\n"
      "X-Padded: \t a  b \t\r\nx-empty:\r\nX-Percent: %41\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_EQ(seen.body, "PATCH|/a%20b?$filter=x%20eq%20'%C3%A9'+1#f|hi");
  http::Fields expected;
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"Host", "test"},
                                                        {"X-Padded", "a  b"},
                                                        {"x-empty", ""},
                                                        {"X-Percent", "%41"},
                                                        {"Content-Length", "2"}}) {
    expected.add(name, value);
  }
  EXPECT_EQ(seen.headers, expected);
}

TEST(Request, WithAMethodThatHttpDoesNotKnowReachesTheHandler) {
  WireServer server;
  EXPECT_EQ(support::exchange(server.port, "FOO /x HTTP/1.1\r\nHost: test\r\n\r\n").body,
            "FOO /x\n");
}

TEST(Request, ForAnAbsoluteUrlReachesTheHandlerAsPathAndQuery) {
  WireServer server;
  EXPECT_EQ(
      support::exchange(server.port, "GET http://test/x?y HTTP/1.1\r\nHost: test\r\n\r\n").body,
      "GET /x?y\n");
  EXPECT_EQ(support::exchange(server.port, "GET HTTP://test HTTP/1.1\r\nHost: test\r\n\r\n").body,
            "GET /\n");
}

TEST(Request, ForTheServerAsAWholeIsOptionsOnly) {
  WireServer server;
  EXPECT_EQ(support::exchange(server.port, "OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n").body,
            "OPTIONS *\n");
  EXPECT_EQ(support::exchange(server.port, "GET * HTTP/1.1\r\nHost: test\r\n\r\n").status, 400);
}

TEST(Request, MayFollowAnEmptyLine) {
  WireServer server;
  RawClient client(server.port);
  client.send(post("/a", "x") + "\r\n" + get("/b"));
  EXPECT_EQ(client.read_response().body, "POST /a\nx");
  EXPECT_EQ(client.read_response().body, "GET /b\n");
}

TEST(Request, MayHaveATargetOf16KiB) {
  WireServer server;
  const std::string target = "/" + std::string(16 * 1024 - 1, 'x');
  EXPECT_EQ(support::exchange(server.port, get(target)).body, "GET " + target + "\n");
}

TEST(Request, MayHaveAHeaderBeyondTheLibrarysLimit) {
  WireServer server;
  EXPECT_EQ(support::exchange(server.port, get("/", "X-Long: " + std::string(40'000, 'x') + "\r\n"))
                .status,
            200);
}

TEST(Request, MayHaveALargeBody) {
  WireServer server;
  const std::string body(8 * 1024 * 1024, 'b');
  EXPECT_TRUE(support::exchange(server.port, post("/", body)).body == "POST /\n" + body);
}

TEST(Request, OfGetMayHaveABody) {
  WireServer server;
  RawClient client(server.port);
  client.send(get("/", "Content-Length: 3\r\n") + "abc" + get("/next"));
  EXPECT_EQ(client.read_response().body, "GET /\nabc");
  EXPECT_EQ(client.read_response().body, "GET /next\n");
}

TEST(Request, MayBeChunked) {
  WireServer server;
  RawClient client(server.port);
  client.send(
      "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "4;name=\"value\"\r\nWiki\r\n6 ;x\r\npedia \r\nB\r\nin \r\nchunks\r\n0;last\r\n"
      "Trailer: dropped\r\nAnother: one\r\n\r\n" +
      get("/next"));
  EXPECT_EQ(client.read_response().body, "POST /\nWikipedia in \r\nchunks");
  EXPECT_EQ(client.read_response().body, "GET /next\n");
}

TEST(Request, MayBeChunkedAndArriveByteByByte) {
  WireServer server;
  RawClient client(server.port);
  const std::string request =
      "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;ext\r\nabc\r\n1\r\nd\r\n0\r\nTrailer: x\r\n\r\n";
  for (const char byte : request) client.send(std::string_view(&byte, 1));
  EXPECT_EQ(client.read_response().body, "POST /\nabcd");
}

TEST(Request, ThatExpectsContinueIsToldToBeforeItsBodyComes) {
  WireServer server;
  RawClient client(server.port);
  client.send("PUT / HTTP/1.1\r\nHost: test\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.read_response().status, 100);
  client.send("body");
  const support::RawResponse response = client.read_response();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "PUT /\nbody");
}

TEST(Request, ThatExpectsContinueIsNotToldToWhenItsBodyIsThere) {
  WireServer server;
  EXPECT_EQ(support::exchange(server.port,
                              "PUT / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                              "Content-Length: 4\r\n\r\nbody")
                .status,
            200);
}

TEST(Request, OfHttp10ExpectsNothing) {
  WireServer server;
  RawClient client(server.port);
  client.send("PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  client.send("body");
  EXPECT_EQ(client.read_response().status, 200);
}

TEST(Request, ThatExpectsContinueAndIsTooLargeIsRefusedInstead) {
  http::ServerOptions options;
  options.max_body_bytes = 100;
  WireServer server(echo, options);
  EXPECT_EQ(support::exchange(server.port,
                              "PUT / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                              "Content-Length: 101\r\n\r\n")
                .status,
            413);
}

}  // namespace
}  // namespace graphmock::wire
