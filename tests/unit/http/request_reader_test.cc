#include "http/request_reader.h"

#include <gtest/gtest.h>

#include "http/error.h"

namespace graphmock::http {
namespace {

constexpr RequestLimits kLimits{4096, 4096};

constexpr std::string_view kThreeRequests =
    "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody"
    "\r\n"
    "PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    "2;x\r\nab\r\n3\r\n\r\nc\r\n0\r\nT: 1\r\n\r\n";
constexpr std::string_view kWhatTheySay = "GET /a []POST /b [body]PUT /c [ab\r\nc]";

// Takes what is there and notes it; for chunks as they come from a socket.
void take_all(RequestReader& reader, std::string& taken) {
  Request request;
  while (reader.next(request)) {
    taken.append(request.method).append(" ").append(request.target.as_sent()).append(" [");
    taken.append(request.body).append("]");
    reader.pop();
  }
}

int refused_with(RequestReader& reader) {
  Request request;
  try {
    reader.next(request);
  } catch (const Error& error) {
    return error.status;
  }
  return 0;
}

TEST(RequestReader, CutsRequestsApart) {
  RequestReader reader(kLimits);
  std::string taken;
  reader.append(kThreeRequests);
  take_all(reader, taken);
  EXPECT_EQ(taken, kWhatTheySay);
  EXPECT_TRUE(reader.empty());
}

TEST(RequestReader, TakesTheSameRequestsWhereverTheBytesAreCut) {
  for (size_t first = 0; first < kThreeRequests.size(); ++first) {
    for (size_t second = first; second < kThreeRequests.size(); second += 7) {
      RequestReader reader(kLimits);
      std::string taken;
      for (const std::string_view part :
           {kThreeRequests.substr(0, first), kThreeRequests.substr(first, second - first),
            kThreeRequests.substr(second)}) {
        reader.append(part);
        take_all(reader, taken);
      }
      ASSERT_EQ(taken, kWhatTheySay) << "cut at " << first << " and " << second;
      ASSERT_TRUE(reader.empty());
    }
  }
}

TEST(RequestReader, GivesViewsThatHoldWhenTheBodyCameLater) {
  RequestReader reader(kLimits);
  Request request;
  reader.append("POST /target HTTP/1.1\r\nHost: h\r\nX-A: value\r\nContent-Length: 3000\r\n\r\n");
  EXPECT_FALSE(reader.next(request));
  for (int i = 0; i < 30; ++i) reader.append(std::string(100, 'x'));
  ASSERT_TRUE(reader.next(request));
  EXPECT_EQ(request.target.as_sent(), "/target");
  EXPECT_EQ(request.headers.find("x-a"), "value");
  EXPECT_EQ(request.body, std::string(3000, 'x'));
}

TEST(RequestReader, IsEmptyAfterNothingButAnEmptyLine) {
  RequestReader reader(kLimits);
  Request request;
  reader.append("\r\n");
  EXPECT_FALSE(reader.next(request));
  EXPECT_TRUE(reader.empty());
}

TEST(RequestReader, TakesAHeadAndABodyUpToTheirLimits) {
  const std::string rest = " HTTP/1.1\r\nHost: h\r\nContent-Length: 4096\r\n\r\n";
  const std::string head = "GET /" + std::string(4096 - 5 - rest.size(), 'x') + rest;
  RequestReader reader(kLimits);
  reader.append(head + std::string(4096, 'b'));
  std::string taken;
  take_all(reader, taken);
  EXPECT_TRUE(reader.empty());
  EXPECT_TRUE(taken.ends_with("b]"));

  RequestReader refusing(kLimits);
  refusing.append("X" + head);
  EXPECT_EQ(refused_with(refusing), 431);
}

TEST(RequestReader, RefusesBeforeTheEndIsThere) {
  RequestReader bare_lf(kLimits);
  bare_lf.append("GET / HTTP/1.1\n");
  EXPECT_EQ(refused_with(bare_lf), 400);

  RequestReader too_large(kLimits);
  too_large.append("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4097\r\n\r\n");
  EXPECT_EQ(refused_with(too_large), 413);

  RequestReader tls(kLimits);
  tls.append("\x16");
  EXPECT_EQ(refused_with(tls), 400);
}

TEST(RequestReader, HasAnExpectationOnceAndOnlyWithoutBody) {
  constexpr std::string_view kHead =
      "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
  Request request;
  RequestReader waiting(kLimits);
  waiting.append(kHead);
  EXPECT_FALSE(waiting.next(request));
  EXPECT_TRUE(waiting.take_expectation());
  EXPECT_FALSE(waiting.take_expectation());

  RequestReader sending(kLimits);
  sending.append(std::string(kHead) + "b");
  EXPECT_FALSE(sending.next(request));
  EXPECT_FALSE(sending.take_expectation());
}

TEST(RequestReader, KnowsWhetherTheConnectionIsToBeKept) {
  const auto keeps = [](std::string_view head) {
    RequestReader reader(kLimits);
    Request request;
    reader.append(head);
    EXPECT_TRUE(reader.next(request));
    return reader.keep_alive();
  };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: a\r\nConnection: CLOSE, b\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: closed\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n"));
}

TEST(RequestReader, GivesTheMemoryOfALargeRequestBack) {
  RequestReader reader({1000, 1'000'000});
  Request request;
  reader.append("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 500000\r\n\r\n" +
                std::string(500'000, 'x'));
  ASSERT_TRUE(reader.next(request));
  EXPECT_GE(reader.held_bytes(), 500'000u);
  reader.pop();
  EXPECT_LT(reader.held_bytes(), 10'000u);
}

}  // namespace
}  // namespace graphmock::http
