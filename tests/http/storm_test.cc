// Everything at once: readers, writers, batches, tokens, resets, reloads, snapshots, tenants that
// come and go, and a server that is stopped in the midst of it. Run under ThreadSanitizer too.
// GRAPHMOCK_STORM_SECONDS in the environment has it last so long instead of a few rounds.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "support/tenant_client.h"

namespace graphmock {
namespace {

using support::RawResponse;
using support::TestServer;

constexpr int kRounds = 12;
constexpr size_t kMostTold = 20;

const std::string kNora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";

// It may be slow, where so much is asked of it at once and under a sanitizer.
app::Options patient_options() {
  auto options = support::shipped_options();
  options.request_time_limit = std::chrono::minutes(5);
  return options;
}

// What all who take part share: how long it lasts, and what went wrong.
class Storm {
 public:
  Storm() {
    const auto* seconds = std::getenv("GRAPHMOCK_STORM_SECONDS");
    if (seconds) until_ = Clock::now() + std::chrono::seconds(std::atoi(seconds));
  }

  bool goes_on(int round) const { return until_ ? Clock::now() < *until_ : round < kRounds; }
  void tell(std::string what) {
    const std::lock_guard lock(mutex_);
    if (problems_.size() < kMostTold) problems_.push_back(std::move(what));
  }
  // One that has this name alone made the change; a second one has overwritten it.
  void count_change(const std::string& name) {
    const std::lock_guard lock(mutex_);
    if (++changes_[name] == 2) problems_.push_back("two updates went from the same ETag: " + name);
  }
  const std::vector<std::string>& problems() const { return problems_; }
  size_t changes() const { return changes_.size(); }

 private:
  using Clock = std::chrono::steady_clock;

  std::optional<Clock::time_point> until_;
  std::mutex mutex_;
  std::vector<std::string> problems_;
  std::map<std::string, int> changes_;
};

// One who takes part, with a connection and a number of its own.
class Part {
 public:
  Part(Storm& its_storm, int its_port, int its_number, const std::string& tenant)
      : port(its_port), number(its_number), storm(its_storm), client_(its_port, tenant) {}

  // Whatever is asked, the server may refuse it but not fail, and what it calls JSON is JSON.
  RawResponse send(const std::string& method, const std::string& target,
                   const std::string& body = "", const support::RequestHeaders& headers = {}) {
    auto answer = client_.send(method, target, body, headers);
    const auto told = [&] {
      return method + " " + target + ": " + answer.head + "\n" + answer.body.substr(0, 500);
    };
    if (answer.status < 200 || answer.status >= 500) storm.tell(told());
    const auto type = answer.header("Content-Type").value_or("");
    if (method != "HEAD" && type.find("json") != std::string::npos && !answer.body.empty()) {
      try {
        base::parse_json(answer.body);
      } catch (const base::JsonError& error) {
        storm.tell(std::string(error.what()) + ": " + told());
      }
    }
    return answer;
  }
  // What has to be done whatever the others do.
  RawResponse expect(int status, const std::string& method, const std::string& target,
                     const std::string& body = "", const support::RequestHeaders& headers = {}) {
    auto answer = send(method, target, body, headers);
    if (answer.status != status) {
      storm.tell(method + " " + target + ": expected " + std::to_string(status) + ", got " +
                 answer.head + "\n" + answer.body.substr(0, 500));
    }
    return answer;
  }

  const int port;
  const int number;
  Storm& storm;

 private:
  support::TenantClient client_;
};

std::string group_named(const std::string& name) {
  return R"({"displayName":")" + name +
         R"(","mailNickname":"g","mailEnabled":false,"securityEnabled":true})";
}

void read(Part& part, int round) {
  static const std::vector<std::string> kTargets = {
      kNora,
      kNora + "?$select=displayName&$expand=manager,memberOf",
      "/v1.0/users?$top=3&$count=true&$orderby=displayName",
      "/v1.0/groups?$expand=members($select=id)",
      "/v1.0/users?$filter=startswith(displayName,'N')%20or%20jobTitle%20eq%20'x'",
      "/v1.0/me/messages?$search=\"storm\"&$top=2",
      "/v1.0/users/delta",
      "/beta/me/drive/root/children",
      "/v1.0/me/photo/$value",
      "/v1.0/me/drive/root:/storm.txt:/content"};
  for (size_t i = 0; i < 3; ++i) {
    const auto& target = kTargets[(static_cast<size_t>(round) * 3 + i) % kTargets.size()];
    const auto answer = part.send("GET", target, "", {{"ConsistencyLevel", "eventual"}});
    if (answer.status == 400) part.storm.tell(target + ": " + answer.body);
  }
}

void write(Part& part, int round) {
  const auto name = "storm-" + std::to_string(part.number) + "-" + std::to_string(round);
  const auto group = part.send("POST", "/v1.0/groups", group_named(name));
  part.send("PATCH", kNora, R"({"jobTitle":")" + name + "\"}");
  part.send("PUT", "/v1.0/me/drive/root:/storm.txt:/content", name,
            {{"Content-Type", "text/plain"}});
  part.send("POST", "/v1.0/me/sendMail",
            R"({"message":{"subject":")" + name + R"(","toRecipients":[]}})");
  if (group.status != 201) return;
  const auto path = "/v1.0/groups/" + base::text_of(base::at_pointer(json_of(group), "/id"));
  part.send("POST", path + "/members/$ref",
            R"({"@odata.id":"https://graph.microsoft.com)" + kNora + "\"}");
  part.send("DELETE", path);
}

// No two may go from one version to the next. Where a reset takes all back, the count begins anew
// under another name, so that it holds through resets as well.
void count(Part& part, int round) {
  const auto list = part.expect(200, "GET", "/v1.0/me/messages?$top=1&$select=id");
  const auto path =
      "/v1.0/me/messages/" + base::text_of(base::at_pointer(json_of(list), "/value/0/id"));
  const auto message = part.expect(200, "GET", path + "?$select=categories");
  const auto etag = message.header("ETag").value_or("(none)");
  const auto old = base::text_of(base::at_pointer(json_of(message), "/categories/0"));
  const auto colon = old.find(':');
  const auto next =
      colon == std::string::npos
          ? std::to_string(part.number) + "." + std::to_string(round) + ":1"
          : old.substr(0, colon + 1) + std::to_string(std::stoi(old.substr(colon + 1)) + 1);
  const auto answer =
      part.send("PATCH", path, R"({"categories":[")" + next + "\"]}", {{"If-Match", etag}});
  if (answer.status == 200) {
    part.storm.count_change(next);
  } else if (answer.status != 412) {
    part.storm.tell("PATCH under If-Match: " + answer.head + "\n" + answer.body);
  }
}

void batch(Part& part, int) {
  const auto answer = part.expect(200, "POST", "/v1.0/$batch", R"({"requests":[
      {"id":"1","method":"PATCH","url":"/me","body":{"jobTitle":"batch"},
       "headers":{"Content-Type":"application/json"}},
      {"id":"2","method":"GET","url":"/users?$top=5&$expand=manager","dependsOn":["1"]},
      {"id":"3","method":"GET","url":"/me/messages?$top=2"},
      {"id":"4","method":"DELETE","url":"/groups/none"}]})");
  if (answer.body.find("\"status\":5") != std::string::npos) part.storm.tell(answer.body);
}

void reset(Part& part, int round) {
  static const std::vector<std::string> kParts = {"", "/entities", "/scenarios", "/requests",
                                                  "/clock"};
  part.expect(204, "POST", "/__admin/reset" + kParts[static_cast<size_t>(round) % kParts.size()]);
  part.expect(204, "PUT", "/__admin/scenarios/storm",
              R"({"rules":[{"consistencyLag":{"reads":2}},
                  {"probability":0.1,"request":{"method":"GET"},"response":{"status":429}}]})");
  part.expect(200, "PUT", "/__admin/clock", R"({"advance":"PT1S"})");
}

void snapshot(Part& part, int round) {
  const auto path = "/__admin/snapshots/s" + std::to_string(round % 3);
  part.send("PUT", path);
  part.send("POST", path + "/restore");
  const auto state = part.expect(200, "GET", "/__admin/state");
  // A conflict where a reload came between.
  const auto put = part.send("PUT", "/__admin/state", state.body);
  if (put.status != 204 && put.status != 409) part.storm.tell(put.head + "\n" + put.body);
  if (round % 4 == 3) part.send("DELETE", path);
}

void watch(Part& part, int) {
  for (const std::string path :
       {"health", "metrics", "tenants", "state/diff", "requests?limit=5", "snapshots", "scenarios",
        "requests/unmatched/near-misses", "permissions", "clock"}) {
    part.expect(200, "GET", "/__admin/" + path);
  }
  part.expect(200, "POST", "/__admin/requests/count", R"({"method":"PATCH"})");
}

void reload(Part& part, int round) {
  if (round % 4 == 1) part.expect(200, "POST", "/__admin/reload");
  part.send("HEAD", kNora);
}

void sign_in(Part& part, int) {
  const support::RequestHeaders form = {{"Content-Type", "application/x-www-form-urlencoded"}};
  part.expect(200, "GET", "/contoso/v2.0/.well-known/openid-configuration");
  part.expect(200, "GET", "/contoso/discovery/v2.0/keys");
  const auto answer = part.expect(200, "POST", "/contoso/oauth2/v2.0/token",
                                  "grant_type=client_credentials&client_id=app&client_secret=s&"
                                  "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default",
                                  form);
  const auto token = base::text_of(base::at_pointer(json_of(answer), "/access_token"));
  part.send("GET", "/v1.0/users?$top=1", "", {{"Authorization", "Bearer " + token}});
  part.expect(200, "POST", "/contoso/oauth2/v2.0/devicecode", "client_id=app&scope=User.Read",
              form);
  part.send("POST", "/contoso/oauth2/v2.0/token", "grant_type=refresh_token&refresh_token=x", form);
}

// Tenants that nobody else knows come into being, and are dropped.
void visit(Part& part, int round) {
  const auto name = "guest-" + std::to_string(part.number) + "-" + std::to_string(round);
  Part guest(part.storm, part.port, part.number, name);
  guest.expect(201, "POST", "/v1.0/groups", group_named(name));
  guest.send("GET", "/v1.0/groups?$filter=displayName%20eq%20'" + name + "'");
  part.send("DELETE", "/__admin/tenants/" + name);
}

struct Role {
  void (*play)(Part& part, int round);
  int players;
  std::string_view tenant;
};

// Nobody restores an older state where changes are counted.
constexpr Role kRoles[] = {
    {read, 3, "storm"},     {write, 3, "storm"}, {batch, 2, "storm"},   {reset, 1, "storm"},
    {snapshot, 2, "storm"}, {watch, 2, "storm"}, {sign_in, 2, "storm"}, {reload, 1, "storm"},
    {visit, 2, "storm"},    {count, 4, "count"}, {batch, 1, "count"},   {watch, 1, "count"},
};

TEST(Storm, IsLivedThrough) {
  Storm storm;
  const TestServer server(patient_options());
  std::vector<std::thread> threads;
  for (const auto& role : kRoles) {
    for (int i = 0; i < role.players; ++i) {
      threads.emplace_back([&, number = static_cast<int>(threads.size())] {
        try {
          Part part(storm, server.port(), number, std::string(role.tenant));
          for (int round = 0; storm.goes_on(round); ++round) role.play(part, round);
        } catch (const std::exception& error) {
          storm.tell("player " + std::to_string(number) + ": " + error.what());
        }
      });
    }
  }
  for (auto& thread : threads) thread.join();
  for (const auto& problem : storm.problems()) ADD_FAILURE() << problem;
  EXPECT_GT(storm.changes(), 0u);
  EXPECT_EQ(server.get("/__admin/health").status, 200);
  EXPECT_EQ(server.get(kNora).status, 200) << "in a tenant that nobody has touched";
}

// Every connection comes to its end, and so does the server.
TEST(Storm, MayBeStoppedInItsMidst) {
  constexpr int kClients = 16;
  constexpr int kAnswersBefore = 200;
  Storm storm;
  auto server = std::make_unique<TestServer>(patient_options());
  std::atomic<int> answers{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kClients; ++i) {
    threads.emplace_back([&, i, port = server->port()] {
      try {
        Part part(storm, port, i, "stopped");
        for (int round = 0;; ++round) {
          (i % 3 == 0 ? write : i % 3 == 1 ? read : batch)(part, round);
          ++answers;
          answers.notify_one();
        }
      } catch (const std::runtime_error&) {
      }
      answers += kAnswersBefore;  // it cannot add more
      answers.notify_one();
    });
  }
  for (int seen = 0; seen < kAnswersBefore; seen = answers) answers.wait(seen);
  server.reset();
  for (auto& thread : threads) thread.join();
  for (const auto& problem : storm.problems()) ADD_FAILURE() << problem;
}

}  // namespace
}  // namespace graphmock
