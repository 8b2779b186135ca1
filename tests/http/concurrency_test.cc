// Many clients at once: one tenant that is read, written, reset, snapshot and restored by half of
// them leaves the tenants of the others alone. Run under ThreadSanitizer too.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/tenant_client.h"

namespace graphmock {
namespace {

using support::TestServer;
using Client = support::TenantClient;

constexpr int kClientsOfOneTenant = 32;
constexpr int kClientsOfTheirOwn = 32;
constexpr int kRounds = 30;

std::string group_named(const std::string& name) {
  return R"({"displayName":")" + name +
         R"(","mailNickname":"g","mailEnabled":false,"securityEnabled":true})";
}

// Whatever it does, no answer may be a 500.
void hammer(const TestServer& server, int number, std::atomic<int>& failures) {
  Client client(server.port(), "shared");
  const auto check = [&](const support::RawResponse& response) {
    if (response.status >= 500) ++failures;
  };
  const auto name = "s" + std::to_string(number % 4);
  for (int i = 0; i < kRounds; ++i) {
    switch ((number + i) % 11) {
      case 0:
        check(client.send("POST", "/__admin/reset"));
        break;
      case 1:
        check(client.send("PUT", "/__admin/snapshots/" + name));
        break;
      case 2:
        check(client.send("POST", "/__admin/snapshots/" + name + "/restore"));
        break;
      case 3:
        check(client.send("PUT", "/__admin/scenarios/lag",
                          R"({"rules":[{"consistencyLag":{"reads":2}},
                              {"probability":0.5,"response":{"status":429}}]})"));
        break;
      case 4:
        check(client.send("GET", "/v1.0/users?$top=5"));
        break;
      case 5:
        check(client.send("GET", "/__admin/requests?limit=3"));
        break;
      case 6:
        check(client.send("POST", "/__admin/requests/count", R"({"method":"PATCH"})"));
        break;
      case 7:
        check(client.send("POST", "/__admin/reset/scenarios"));
        break;
      case 8:
        check(client.send("PUT", "/__admin/clock", R"({"advance":"PT1S"})"));
        break;
      case 9: {
        const auto batch = client.send("POST", "/v1.0/$batch", R"({"requests":[
            {"id":"1","method":"PATCH","url":"/me","body":{"jobTitle":"x"},
             "headers":{"Content-Type":"application/json"}},
            {"id":"2","method":"GET","url":"/users?$top=5","dependsOn":["1"]}]})");
        check(batch);
        if (batch.body.find("\"status\":5") != std::string::npos) ++failures;
        break;
      }
      default:
        check(client.send("POST", "/v1.0/groups", group_named("x")));
        check(client.send("PATCH", "/v1.0/me", R"({"jobTitle":"x"})"));
    }
  }
}

// Its own writes, and nothing else, are what it sees.
void live_alone(const TestServer& server, int number, std::atomic<int>& failures) {
  Client client(server.port(), "own-" + std::to_string(number));
  for (int i = 0; i < kRounds; ++i) {
    const auto title = std::to_string(number) + "-" + std::to_string(i);
    const auto patched = client.send("PATCH", "/v1.0/me", R"({"jobTitle":")" + title + "\"}");
    const auto read = client.send("GET", "/v1.0/me?$select=jobTitle");
    if (patched.status != 204 || read.body.find('"' + title + '"') == std::string::npos) {
      ++failures;
    }
    if (i % 5 == 0 && client.send("POST", "/v1.0/groups", group_named(title)).status != 201) {
      ++failures;
    }
  }
}

TEST(Concurrency, OfOneTenantLeavesOthersAlone) {
  TestServer server;
  std::atomic<int> server_errors{0}, disturbances{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kClientsOfOneTenant; ++i) {
    threads.emplace_back([&server, &server_errors, i] { hammer(server, i, server_errors); });
  }
  for (int i = 0; i < kClientsOfTheirOwn; ++i) {
    threads.emplace_back([&server, &disturbances, i] { live_alone(server, i, disturbances); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(server_errors, 0);
  EXPECT_EQ(disturbances, 0);
  for (int i = 0; i < kClientsOfTheirOwn; ++i) {
    Client client(server.port(), "own-" + std::to_string(i));
    const auto made = client.send("GET", "/v1.0/groups?$filter=startswith(displayName,'" +
                                             std::to_string(i) + "-')&$select=displayName");
    size_t count = 0;
    for (auto at = made.body.find("displayName\""); at != std::string::npos;
         at = made.body.find("displayName\"", at + 1)) {
      ++count;
    }
    EXPECT_EQ(count, size_t{(kRounds + 4) / 5}) << made.body;
  }
}

TEST(Concurrency, OfReloadsLetsRequestsFinish) {
  TestServer server;
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&server, &failures, i] {
      Client client(server.port(), "t" + std::to_string(i % 3));
      for (int round = 0; round < 15; ++round) {
        const auto answer = i == 0 ? client.send("POST", "/__admin/reload")
                                   : client.send("GET", "/v1.0/users?$expand=memberOf&$top=3");
        if (answer.status != 200) ++failures;
        if (i == 1) client.send("POST", "/__admin/snapshots/none/restore");
        if (i == 2) client.send("POST", "/__admin/reset/clock");
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace graphmock
