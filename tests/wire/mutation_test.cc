#include <gtest/gtest.h>

#include <array>
#include <random>

#include "support/raw_client.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using support::RawClient;

// All that comes back when a client sends these bytes and ends.
std::string answer_to(int port, std::string_view bytes) {
  RawClient client(port);
  client.send(bytes);
  client.end_sending();
  return client.read_until_close();
}

int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : -1;
}

class Mutation : public testing::Test {
 protected:
  size_t below(size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random_);
  }
  char any_byte() { return static_cast<char>(below(256)); }
  std::string mutated(std::string bytes);

  std::mt19937 random_{20240917};
};

std::string Mutation::mutated(std::string bytes) {
  static const std::array<std::string, 10> kPieces = {"\r\n",
                                                      "\n",
                                                      "\r",
                                                      std::string(1, '\0'),
                                                      ":",
                                                      " ",
                                                      "Content-Length: 7\r\n",
                                                      "Transfer-Encoding: chunked\r\n",
                                                      "\r\n\r\n",
                                                      "ffffffffffffffff"};
  for (size_t changes = 1 + below(4); changes > 0; --changes) {
    const size_t place = below(bytes.size());
    switch (below(4)) {
      case 0:
        bytes[place] = any_byte();
        break;
      case 1:
        bytes.erase(place, 1 + below(8));
        break;
      case 2:
        bytes.insert(place, kPieces[below(kPieces.size())]);
        break;
      default:
        bytes.insert(place, bytes.substr(below(bytes.size()), 1 + below(40)));
    }
    if (bytes.empty()) bytes = "x";
  }
  return bytes;
}

TEST_F(Mutation, OfRandomBytesIsRefusedOrCutOff) {
  WireServer server;
  for (int i = 0; i < 200; ++i) {
    std::string bytes(1 + below(300), '\0');
    for (char& byte : bytes) byte = any_byte();
    const std::string answer = answer_to(server.port, bytes);
    EXPECT_TRUE(answer.empty() || status_of(answer) >= 400) << answer;
  }
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
}

TEST_F(Mutation, OfRequestsIsAnsweredRefusedOrCutOff) {
  WireServer server;
  const std::array<std::string, 4> requests = {
      get("/v1.0/users?$top=1", "Accept: application/json\r\nConnection: close\r\n"),
      post("/v1.0/users", R"({"displayName":"x"})") + get("/next"),
      "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
      "PUT / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody"};
  int served = 0;
  int refused = 0;
  for (int i = 0; i < 600; ++i) {
    const std::string answer = answer_to(server.port, mutated(requests[below(requests.size())]));
    if (answer.empty()) continue;
    const int status = status_of(answer);
    EXPECT_TRUE(status == 100 || status == 200 || status >= 400) << answer;
    ++(status >= 400 ? refused : served);
  }
  EXPECT_GT(served, 0);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(support::exchange(server.port, get("/")).status, 200);
}

}  // namespace
}  // namespace graphmock::wire
