// The same seed, fixtures and requests give the same answers, to the byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::TestServer;

// One client's long session, drawn from the seed: reads, writes, scenarios with chance and states,
// control plane. Ids are taken from answers, as a client would.
class Session {
 public:
  Session(const TestServer& server, uint32_t seed) : client_(server.port()), random_(seed) {}

  std::vector<std::string> run(int count) {
    send("PUT", "/__admin/clock", R"({"now":"2030-01-01T00:00:00Z","frozen":true})");
    send("PUT", "/__admin/scenarios/chance", R"({"rules":[
      {"request":{"method":"GET"},"probability":0.2,"response":{"status":503}},
      {"request":{"method":["POST","PATCH"]},"probability":0.1,"phase":"after",
       "response":{"status":504}},
      {"request":{"path":"/users/**"},"rateLimit":{"limit":20,"windowSeconds":60,"by":["path"]}},
      {"request":{"path":"/groups/**"},"consistencyLag":{"reads":2}}]})");
    for (int i = 0; i < count; ++i) step();
    send("GET", "/__admin/requests?limit=50");
    send("GET", "/__admin/scenarios");
    return std::move(answers_);
  }

 private:
  size_t below(size_t count) { return random_() % count; }

  void step() {
    switch (below(13)) {
      case 0:
        return create("/v1.0/users",
                      R"({"displayName":"U","userPrincipalName":"u)" + std::to_string(below(1000)) +
                          R"(@contoso.com","mailNickname":"u","accountEnabled":true,)"
                          R"("passwordProfile":{"password":"x"}})",
                      users_);
      case 1:
        return create("/v1.0/groups",
                      R"({"displayName":"G","mailNickname":"g","mailEnabled":false,)"
                      R"("securityEnabled":true})",
                      groups_);
      case 2:
        return send("PATCH", user(), R"({"jobTitle":"T)" + std::to_string(below(9)) + "\"}");
      case 3:
        return send("GET", user() + "?$expand=memberOf");
      case 4:
        return send("GET", "/v1.0/users?$top=3&$orderby=displayName&$count=true");
      case 5:
        return send("GET", "/v1.0/groups?$expand=members&$top=5");
      case 6:
        return send("POST", group() + "/members/$ref",
                    R"({"@odata.id":"http://localhost)" + user() + "\"}");
      case 7:
        return send("POST", "/v1.0/me/messages", R"({"subject":"S"})");
      case 8:
        return send("DELETE", user());
      case 9:
        return send("PUT", "/__admin/clock", R"({"advance":"PT7S"})");
      case 10:
        return send("PUT", "/__admin/snapshots/s");
      case 11:
        return send("POST", "/v1.0/$batch", batch());
      default:
        if (below(8) == 0) return send("POST", "/__admin/snapshots/s/restore");
        return send("GET", "/v1.0/me/messages?$filter=startswith(subject,'S')");
    }
  }

  // A group, what it fails with if it does, and a read.
  std::string batch() {
    const std::string body =
        R"({"displayName":"B","mailNickname":"b","mailEnabled":false,"securityEnabled":true})";
    return R"({"requests":[{"id":"1","method":"POST","url":"/groups","body":)" + body +
           R"(,"headers":{"Content-Type":"application/json"}},)"
           R"({"id":"2","method":"DELETE","url":"/me/photo","dependsOn":["1"]},)"
           R"({"id":"3","method":"GET","url":"/users?$top=2"}]})";
  }

  std::string user() { return "/v1.0/users/" + one_of(users_); }
  std::string group() { return "/v1.0/groups/" + one_of(groups_); }
  std::string one_of(const std::vector<std::string>& ids) {
    return ids.empty() ? "none" : ids[below(ids.size())];
  }

  void create(const std::string& target, const std::string& body, std::vector<std::string>& ids) {
    send("POST", target, body);
    const auto& answer = answers_.back();
    const auto at = answer.find(R"("id":")");
    if (answer.starts_with("HTTP/1.1 201") && at != std::string::npos) {
      ids.push_back(answer.substr(at + 6, 36));
    }
  }

  void send(const std::string& method, const std::string& target, const std::string& body = "") {
    client_.send(method + " " + target +
                 " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                 "ConsistencyLevel: eventual\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n" + body);
    const auto answer = client_.read_response(method);
    answers_.push_back(answer.head + answer.body);
  }

  support::RawClient client_;
  std::mt19937 random_;
  std::vector<std::string> users_, groups_;
  std::vector<std::string> answers_;
};

std::vector<std::string> answers_of(uint64_t seed, uint32_t session) {
  auto options = support::shipped_options();
  options.seed = seed;
  TestServer server(options);
  return Session(server, session).run(800);
}

TEST(Determinism, GivesTheSameAnswersToTheSameSession) {
  const auto first = answers_of(1, 5);
  const auto second = answers_of(1, 5);
  ASSERT_EQ(first.size(), second.size());
  for (size_t i = 0; i < first.size(); ++i) ASSERT_EQ(first[i], second[i]) << "answer " << i;
  // Of a session in which things happen.
  for (const std::string status : {"200", "201", "204", "404", "429", "503", "504"}) {
    EXPECT_TRUE(std::any_of(first.begin(), first.end(), [&](const std::string& answer) {
      return answer.starts_with("HTTP/1.1 " + status);
    })) << status;
  }
}

TEST(Determinism, IsOfTheSeed) {
  const auto first = answers_of(1, 5);
  const auto second = answers_of(2, 5);
  EXPECT_NE(first, second);
}

TEST(Determinism, HoldsInEveryTenantAndAfterAReset) {
  TestServer server;
  const auto create = [&](const std::string& tenant) {
    return server
        .send(
            "POST", "/v1.0/groups",
            R"({"displayName":"G","mailNickname":"g","mailEnabled":false,"securityEnabled":true})",
            {{"X-Mock-Tenant", tenant}})
        .body;
  };
  const auto first = create("a");
  EXPECT_EQ(create("b"), first);
  server.send("POST", "/__admin/reset", "", {{"X-Mock-Tenant", "a"}});
  EXPECT_EQ(create("a"), first);
}

}  // namespace
}  // namespace graphmock
