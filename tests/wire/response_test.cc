#include <gtest/gtest.h>

#include <stdexcept>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::RawClient;
using support::RawResponse;

http::Response response_of(int status, std::string body = "") {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

size_t count(const RawResponse& response, std::string_view name) {
  size_t found = 0;
  for (const auto& header : response.headers) found += header.first == name ? 1 : 0;
  return found;
}

class WithoutBody : public testing::TestWithParam<int> {};

// A body or a length would be taken for the beginning of the next answer.
TEST_P(WithoutBody, SaysNothingOfABody) {
  http::Response answer = response_of(GetParam(), "must not be sent");
  answer.headers.add("Content-Type", "text/plain");
  answer.headers.add("ETag", "\"1\"");
  WireServer server(always(answer));
  RawClient client(server.port);
  client.send(get("/") + get("/next", "Connection: close\r\n"));
  const RawResponse first = client.read_response();
  EXPECT_EQ(first.status, GetParam());
  EXPECT_EQ(first.header("Content-Length"), std::nullopt);
  EXPECT_EQ(first.header("Content-Type"), std::nullopt);
  EXPECT_EQ(first.header("ETag"), "\"1\"");
  EXPECT_EQ(client.read_response().status, GetParam());
  EXPECT_EQ(client.read_until_close(), "");
}

INSTANTIATE_TEST_SUITE_P(Response, WithoutBody, testing::Values(204, 304),
                         testing::PrintToStringParamName());

TEST(Response, WithAnEmptyBodyHasLengthZeroAndNoType) {
  WireServer server(always(response_of(202)));
  const RawResponse response = support::exchange(server.port, get("/"));
  EXPECT_EQ(response.header("Content-Length"), "0");
  EXPECT_EQ(response.header("Content-Type"), std::nullopt);
}

TEST(Response, ToHeadHasTheLengthButNotTheBody) {
  http::Response answer = response_of(200, "twelve bytes");
  answer.headers.add("Content-Type", "application/json");
  WireServer server(always(answer));
  RawClient client(server.port);
  client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n" + get("/"));
  const RawResponse head = client.read_response("HEAD");
  EXPECT_EQ(head.header("Content-Length"), "12");
  EXPECT_EQ(head.header("Content-Type"), "application/json");
  EXPECT_EQ(head.header("Accept-Ranges"), std::nullopt);
  EXPECT_EQ(client.read_response().body, "twelve bytes");
}

TEST(Response, IsNoPageOfOursUnlessItSaysSo) {
  for (const int status : {200, 204, 302, 404, 500}) {
    WireServer server(always(response_of(status)));
    const RawResponse response = support::exchange(server.port, get("/"));
    EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff") << status;
    EXPECT_EQ(response.header("Content-Security-Policy"), "sandbox; default-src 'none'") << status;
  }
  http::Response answer = response_of(200);
  answer.headers.add("content-security-policy", "default-src 'self'");
  answer.headers.add("x-content-type-options", "sniff");
  WireServer server(always(answer));
  const RawResponse response = support::exchange(server.port, get("/"));
  EXPECT_EQ(response.header("Content-Security-Policy"), "default-src 'self'");
  EXPECT_EQ(count(response, "Content-Security-Policy"), 0u) << "a second one";
  EXPECT_EQ(response.header("X-Content-Type-Options"), "sniff");
}

TEST(Response, ToWhatIsNoRequestIsNoPageEither) {
  WireServer server(always(response_of(200)));
  const RawResponse response = support::exchange(server.port, "<html>\r\n\r\n");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.header("Content-Security-Policy"), "sandbox; default-src 'none'");
}

TEST(Response, CannotBeSplitByAHeaderValue) {
  http::Response answer = response_of(200);
  answer.headers.add("X-Value", "a\r\nX-Injected: 1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
  answer.headers.add("X-Nul", std::string("a\0b", 3));
  answer.headers.add("X-Name\r\nX-Injected", "1");
  answer.headers.add("", "no name");
  WireServer server(always(answer));
  RawClient client(server.port);
  client.send(get("/", "Connection: close\r\n"));
  const RawResponse response = client.read_response();
  EXPECT_EQ(response.header("X-Value"), "a  X-Injected: 1    HTTP/1.1 200 OK");
  EXPECT_EQ(response.header("X-Nul"), "a b");
  EXPECT_EQ(response.header("X-Injected"), std::nullopt);
  EXPECT_EQ(client.read_until_close(), "");
}

TEST(Response, IsFramedByTheServerWhateverTheHandlerSays) {
  http::Response answer = response_of(200, "body");
  answer.headers.add("content-length", "1");
  answer.headers.add("Transfer-Encoding", "chunked");
  answer.headers.add("Connection", "close");
  answer.headers.add("Keep-Alive", "timeout=1");
  WireServer server(always(answer));
  const RawResponse response = support::exchange(server.port, get("/"));
  EXPECT_EQ(count(response, "Content-Length"), 1U);
  EXPECT_EQ(response.header("Content-Length"), "4");
  EXPECT_EQ(response.header("Transfer-Encoding"), std::nullopt);
  EXPECT_EQ(response.header("Connection"), "keep-alive");
  EXPECT_EQ(response.header("Keep-Alive"), "timeout=120");
}

TEST(Response, KeepsHeadersOfTheSameName) {
  http::Response answer = response_of(200);
  answer.headers.add("Set-Cookie", "a=1");
  answer.headers.add("Set-Cookie", "b=2");
  WireServer server(always(answer));
  EXPECT_EQ(count(support::exchange(server.port, get("/")), "Set-Cookie"), 2U);
}

TEST(Response, IsNeitherCompressedWhenItIsSmallNorCutIntoRanges) {
  http::Response answer = response_of(200, std::string(1000, 'x'));
  answer.headers.add("Content-Type", "application/json");
  WireServer server(always(answer));
  const RawResponse response = support::exchange(
      server.port, get("/", "Accept-Encoding: br, gzip, deflate\r\nRange: bytes=0-9\r\n"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Content-Encoding"), std::nullopt);
  EXPECT_EQ(response.body, std::string(1000, 'x'));
}

TEST(Response, IsCompressedWhenItIsLargeAndTheClientTakesGzip) {
  http::Response answer = response_of(200, std::string(100'000, 'x'));
  answer.set_header("Content-Type", "application/json");
  WireServer server(always(answer));
  const RawResponse zipped =
      support::exchange(server.port, get("/", "Accept-Encoding: gzip, deflate, br\r\n"));
  EXPECT_EQ(zipped.header("Content-Encoding"), "gzip");
  EXPECT_EQ(zipped.header("Content-Length"), std::to_string(zipped.body.size()));
  EXPECT_LT(zipped.body.size(), 10'000u);
  EXPECT_EQ(support::exchange(server.port, get("/")).body, answer.body);
}

TEST(Response, NamesItsStatus) {
  WireServer server([](const http::Request& request) {
    return response_of(std::stoi(std::string(request.target.as_sent().substr(1))));
  });
  const auto status_line = [&server](int status) {
    const std::string head = support::exchange(server.port, get("/" + std::to_string(status))).head;
    return head.substr(0, head.find("\r\n"));
  };
  EXPECT_EQ(status_line(200), "HTTP/1.1 200 OK");
  EXPECT_EQ(status_line(429), "HTTP/1.1 429 Too Many Requests");
  EXPECT_EQ(status_line(500), "HTTP/1.1 500 Internal Server Error");
  EXPECT_EQ(status_line(509), "HTTP/1.1 509 Bandwidth Limit Exceeded");
  EXPECT_EQ(status_line(599), "HTTP/1.1 599 Unassigned");
}

struct Misbehaviour {
  const char* name;
  http::Server::Handler handler;
  int status;
};

void PrintTo(const Misbehaviour& misbehaviour, std::ostream* out) {
  *out << misbehaviour.name;
}

class MisbehavingHandler : public testing::TestWithParam<Misbehaviour> {};

TEST_P(MisbehavingHandler, IsAnsweredForAndEndsTheConnection) {
  WireServer server([](const http::Request& request) {
    return request.target.as_sent() == "/good" ? echo(request) : GetParam().handler(request);
  });
  RawClient client(server.port);
  client.send(get("/bad") + get("/good"));
  const RawResponse response = client.read_response();
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_NE(response.body, "");
  EXPECT_EQ(client.read_until_close(), "");
  EXPECT_EQ(support::exchange(server.port, get("/good")).status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Response, MisbehavingHandler,
    testing::Values(Misbehaviour{"ThrowsAnException",
                                 [](const http::Request&) -> http::Response {
                                   throw std::runtime_error("x");
                                 },
                                 500},
                    Misbehaviour{"ThrowsAnError",
                                 [](const http::Request&) -> http::Response {
                                   throw http::Error(418, "", "a teapot");
                                 },
                                 418},
                    Misbehaviour{"ThrowsSomethingElse",
                                 [](const http::Request&) -> http::Response { throw 1; }, 500},
                    Misbehaviour{"AnswersWithAnInterimStatus", always(response_of(101)), 500},
                    Misbehaviour{"AnswersWithNoStatus", always(response_of(-1)), 500}),
    [](const auto& each) { return each.param.name; });

TEST(Response, IsBareWhenRefusingFails) {
  http::Server server({}, echo,
                      [](const http::Error&) -> http::Response { throw std::runtime_error("x"); });
  RawClient client(server.start(), false);
  client.send("nonsense\r\n\r\n");
  const RawResponse response = client.read_response();
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_EQ(response.body, "");
}

}  // namespace
}  // namespace graphmock::wire
