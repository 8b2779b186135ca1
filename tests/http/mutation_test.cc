// Whatever a client sends, it gets an answer of the right shape and nothing breaks: good requests
// with random bytes changed, from a fixed seed.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <random>

#include "support/test_server.h"

namespace graphmock {
namespace {

constexpr std::string_view kTargets[] = {
    "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532",
    "/v1.0/users('151256d4-9bf8-4cfe-9ad3-56ac31a05a2c')/messages?$select=subject",
    "/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b/members/microsoft.graph.user",
    "/beta/reports/getCredentialUsageSummary(period='D30')",
    "/t/one/v1.0/me/mailFolders/inbox/childFolders",
    "/__admin/state/v1.0/users/u1/messages/m1",
    "/__admin/scenarios/throttle-updates",
};

constexpr std::string_view kBodies[] = {
    R"({"@odata.type": "#microsoft.graph.user", "displayName": "A", "manager@odata.bind": "users/x"})",
    R"({"totalUserCount": 14, "userRegistrationCounts": [{"registrationCount": 1e3, "x": null}]})",
    R"({"value": [{"id": "a", "body": {"content": "\u00e9", "contentType": "html"}}, []]})",
    R"({"rules": [{"request": {"method": "GET", "path": "/a/{b}/**"}, "response": {"status": 200}}]})",
};

constexpr std::string_view kMethods[] = {"GET", "POST", "PATCH", "PUT", "DELETE"};

class Mutator {
 public:
  size_t below(size_t limit) { return random_() % limit; }

  template <size_t size>
  std::string one_of(const std::string_view (&all)[size]) {
    return std::string(all[below(size)]);
  }

  // Changes, drops, doubles or inserts a few bytes, of those that syntax is made of most often.
  std::string mutated(std::string text) {
    static constexpr std::string_view kTelling = "{}[]\":,/'()?&=%$@#.\\0-+eE \t\x01\x7F\xC3\xFF";
    for (size_t changes = below(4); changes > 0 && !text.empty(); --changes) {
      const size_t at = below(text.size());
      const char telling = kTelling[below(kTelling.size())];
      switch (below(4)) {
        case 0:
          text[at] = telling;
          break;
        case 1:
          text.erase(at, 1 + below(5));
          break;
        case 2:
          text.insert(at, text.substr(at, below(20)));
          break;
        default:
          text.insert(at, 1, telling);
      }
    }
    return text;
  }

 private:
  std::mt19937 random_{20260131};
};

TEST(Mutation, EveryRequestGetsAnAnswerOfTheRightShape) {
  const support::TestServer server;
  Mutator mutator;
  size_t refused = 0;
  for (int i = 0; i < 4000; ++i) {
    auto target = mutator.mutated(mutator.one_of(kTargets));
    std::erase_if(target, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    const auto method = mutator.one_of(kMethods);
    const auto body = method == "GET" ? "" : mutator.mutated(mutator.one_of(kBodies));
    const auto response = server.send(method, target, body);
    if (response.status < 400) continue;
    ++refused;
    EXPECT_TRUE(response.status < 500 || response.status == 501)
        << response.status << ' ' << method << ' ' << target << '\n'
        << body;
    EXPECT_NE(support::at(response, "/error/code"), "(absent)") << response.body;
    EXPECT_NE(support::at(response, "/error/message"), R"("")") << method << ' ' << target;
    if (testing::Test::HasFailure()) break;
  }
  EXPECT_GT(refused, 1000u);
  EXPECT_EQ(server.get("/__admin/health").status, 200);
}

TEST(Mutation, EveryBatchGetsAnAnswerOfTheRightShape) {
  constexpr std::string_view kBatches[] = {
      R"({"requests": [{"id": "1", "method": "GET", "url": "/me?$select=id"},
          {"id": "2", "method": "PATCH", "url": "me", "body": {"jobTitle": "x"},
           "headers": {"Content-Type": "application/json", "If-Match": "*"}, "dependsOn": ["1"]}]})",
      R"({"requests": [{"id": "1", "method": "PUT", "url": "/me/photo/$value", "body": "_9j-4A",
          "headers": {"Content-Type": "image/jpeg"}, "dependsOn": []},
          {"id": "2", "method": "GET", "url": "/users/$count"}]})"};
  const support::TestServer server;
  Mutator mutator;
  size_t taken = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto body = mutator.mutated(mutator.one_of(kBatches));
    const auto answer = server.send("POST", "/v1.0/$batch", body);
    if (answer.status == 200) {
      ++taken;
      const auto answered = support::json_of(answer);
      for (const auto& one : answered.at("responses").as_array()) {
        const auto status = one.at("status").as_int64();
        EXPECT_TRUE(status < 500 || status == 501) << status << '\n' << body;
      }
    } else {
      EXPECT_TRUE(answer.status == 400 || answer.status == 501) << answer.status << '\n' << body;
      EXPECT_NE(support::at(answer, "/error/code"), "(absent)") << answer.body;
    }
    if (testing::Test::HasFailure()) break;
  }
  EXPECT_GT(taken, 500u);
  EXPECT_LT(taken, 1500u);
}

}  // namespace
}  // namespace graphmock
