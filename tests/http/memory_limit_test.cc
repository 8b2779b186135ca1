// What clients store is kept within a limit: past it writes are refused whole, reads and deletes go
// on, and what is dropped makes room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <string>
#include <thread>

#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::RawResponse;
using support::RequestHeaders;
using support::TestServer;
using testing::HasSubstr;

constexpr uint64_t kLimit = 4'000'000;
constexpr size_t kLarge = 200'000;

app::Options options() {
  auto options = support::shipped_options();
  options.limits.bytes = kLimit;
  return options;
}

RequestHeaders in(const std::string& tenant) {
  return {{"X-Mock-Tenant", tenant}};
}

std::string large_user(int number) {
  const auto name = "u" + std::to_string(number);
  return R"({"accountEnabled":true,"displayName":")" + name + R"(","mailNickname":")" + name +
         R"(","userPrincipalName":")" + name +
         R"(@contoso.com","passwordProfile":{"password":"Abcdef1!"},"aboutMe":")" +
         std::string(kLarge, 'x') + "\"}";
}

class MemoryLimit : public testing::Test {
 protected:
  MemoryLimit() : server_(options()) {}

  RawResponse create(const std::string& tenant, int number) const {
    return server_.send("POST", "/v1.0/users", large_user(number), in(tenant));
  }
  // How many could be stored before one could not.
  int fill(const std::string& tenant, int first = 0) const {
    for (int i = first;; ++i) {
      const auto answer = create(tenant, i);
      if (answer.status == 507) return i - first;
      EXPECT_EQ(answer.status, 201) << answer.body;
      if (answer.status != 201) return -1;
    }
  }
  uint64_t metric(const std::string& name) const {
    const auto text = server_.get("/__admin/metrics").body;
    const auto at = text.find("\n" + name + " ");
    if (at == std::string::npos) return UINT64_MAX;
    uint64_t value = 0;
    const auto begin = text.data() + at + name.size() + 2;
    std::from_chars(begin, text.data() + text.size(), value);
    return value;
  }
  uint64_t stored() const { return metric("graphmock_stored_bytes"); }
  // Freeing is done beside the requests.
  void wait_for_less_than(uint64_t bytes) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (stored() >= bytes && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    EXPECT_LT(stored(), bytes);
  }

  TestServer server_;
};

TEST_F(MemoryLimit, RefusesWhatDoesNotFitInATenantsShare) {
  const auto count = fill("a");
  EXPECT_GE(count, 5);
  EXPECT_LE(stored(), kLimit);
  const auto before = server_.count("/t/a/v1.0/users/$count");
  const auto refused = create("a", 1000);
  EXPECT_EQ(refused.status, 507);
  EXPECT_EQ(at(refused, "/error/code"), R"("InsufficientStorage")");
  EXPECT_THAT(at(refused, "/error/message"), HasSubstr("--memory-limit"));
  EXPECT_EQ(server_.count("/t/a/v1.0/users/$count"), before) << "nothing of it is there";
  EXPECT_EQ(server_.get("/t/a/v1.0/users/u1000@contoso.com").status, 404);
  EXPECT_EQ(server_.get("/t/a/v1.0/users/u0@contoso.com").status, 200) << "reads go on";
  EXPECT_GE(fill("b"), 1) << "another tenant has its own share";
  EXPECT_EQ(fill("c"), 0) << "but all together have no more";
  EXPECT_LE(stored(), kLimit);
  EXPECT_EQ(server_.get("/t/c/v1.0/users").status, 200);
}

TEST_F(MemoryLimit, LeavesDeletesAndMakesRoomByThem) {
  fill("a");
  const std::string user = "/t/a/v1.0/users/u0@contoso.com";
  const auto id = support::json_of(server_.get(user)).at("id").as_string();
  EXPECT_EQ(server_.send("DELETE", user).status, 204);
  EXPECT_EQ(server_.send("DELETE", "/t/a/v1.0/directory/deletedItems/" + std::string(id)).status,
            204);
  EXPECT_EQ(create("a", 1000).status, 201);
  EXPECT_EQ(create("a", 1001).status, 507);
}

TEST_F(MemoryLimit, AnswersByFamily) {
  const auto big = std::string(kLimit, 'x');
  const auto event = server_.send("POST", "/v1.0/me/messages", R"({"subject":")" + big + "\"}");
  EXPECT_EQ(event.status, 507) << event.body;
  EXPECT_EQ(at(event, "/error/code"), R"("ErrorQuotaExceeded")");
  const auto content = server_.send("PUT", "/v1.0/me/drive/root:/b.txt:/content", big,
                                    {{"Content-Type", "text/plain"}});
  EXPECT_EQ(content.status, 507) << content.body;
  EXPECT_EQ(at(content, "/error/code"), R"("quotaLimitReached")");
  EXPECT_EQ(server_.get("/v1.0/me/drive/root:/b.txt").status, 404) << "nothing half stored";
}

TEST_F(MemoryLimit, IsThatOfTheControlPlaneToo) {
  const auto big = std::string(kLimit, 'x');
  for (const std::string target :
       {"/__admin/state/v1.0/users/u1", "/__admin/state/v1.0/groups/g1"}) {
    EXPECT_EQ(server_.send("PUT", target, R"({"displayName":")" + big + "\"}").status, 507);
    EXPECT_EQ(server_.get(target).status, 404);
  }
  const auto state = server_.send("PUT", "/__admin/state",
                                  R"({"users":[{"id":"u1","displayName":")" + big + "\"}]}");
  EXPECT_EQ(state.status, 507) << state.body;
  EXPECT_EQ(at(state, "/error/code"), R"("InsufficientStorage")");
  EXPECT_EQ(server_.get("/v1.0/me").status, 200);
  const auto script = server_.send("PUT", "/__admin/scenarios/mine",
                                   R"({"rules":[{"response":{"body":")" + big + "\"}}]}");
  EXPECT_EQ(script.status, 507) << script.body;
  EXPECT_EQ(server_.get("/v1.0/me").status, 200) << "it is not active";
}

TEST_F(MemoryLimit, CountsSnapshotsWithoutWhatTheyShare) {
  create("a", 0);
  const auto before = stored();
  EXPECT_GT(before, kLarge);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(server_.send("PUT", "/__admin/snapshots/s" + std::to_string(i), "", in("a")).status,
              201);
  }
  EXPECT_LT(stored() - before, 2 * kLarge) << "the user is kept once";
  EXPECT_GT(stored(), before);
  // Each other text of the user that a snapshot knows is one more.
  for (int i = 0; i < 3; ++i) {
    server_.send("PATCH", "/v1.0/users/u0@contoso.com",
                 R"({"aboutMe":")" + std::string(kLarge, char('a' + i)) + "\"}", in("a"));
    server_.send("PUT", "/__admin/snapshots/t" + std::to_string(i), "", in("a"));
  }
  EXPECT_GT(stored(), before + 3 * kLarge);
  int status = 0;
  for (int i = 3; i < 100 && status != 507; ++i) {
    status = server_
                 .send("PATCH", "/v1.0/users/u0@contoso.com",
                       R"({"aboutMe":")" + std::string(kLarge, char('a' + i)) + "\"}", in("a"))
                 .status;
    server_.send("PUT", "/__admin/snapshots/t" + std::to_string(i), "", in("a"));
  }
  EXPECT_EQ(status, 507);
  EXPECT_EQ(server_.send("POST", "/__admin/snapshots/s0/restore", "", in("a")).status, 204);
}

TEST_F(MemoryLimit, IsNotReachedByWritingTheSameOverAndOver) {
  create("a", 0);
  server_.send("PATCH", "/v1.0/users/u0@contoso.com", R"({"jobTitle":"0"})", in("a"));
  const auto before = at(server_.get("/__admin/tenants"), "/tenants/0/bytes");
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(server_
                  .send("PATCH", "/v1.0/users/u0@contoso.com",
                        R"({"jobTitle":")" + std::to_string(i % 10) + "\"}", in("a"))
                  .status,
              204);
  }
  server_.send("DELETE", "/__admin/requests", "", in("a"));
  EXPECT_LE(std::stoul(at(server_.get("/__admin/tenants"), "/tenants/0/bytes")),
            std::stoul(before));
}

TEST_F(MemoryLimit, GetsBackWhatIsDropped) {
  const auto idle = stored();
  for (const std::string way : {"DELETE /__admin/tenants/a", "DELETE /__admin/tenants?tenant=*",
                                "DELETE /__admin/tenants?idle=PT0S", "POST /t/a/__admin/reset",
                                "POST /t/a/__admin/reset/entities", "POST /__admin/reload"}) {
    fill("a");
    EXPECT_GT(stored(), kLimit / 4);
    const auto space = way.find(' ');
    const auto answer = server_.send(way.substr(0, space), way.substr(space + 1));
    EXPECT_LT(answer.status, 300) << way << answer.body;
    wait_for_less_than(idle + kLimit / 8);
    server_.send("DELETE", "/__admin/tenants?tenant=*");
    wait_for_less_than(idle + 1);
  }
}

TEST_F(MemoryLimit, MakesJournalsForgetInsteadOfRefusing) {
  const std::string path = "/v1.0/" + std::string(15'000, 'x');
  for (int i = 0; i < 60; ++i) {
    EXPECT_EQ(server_.get("/t/a" + path).status, 400);
  }
  EXPECT_LE(stored(), kLimit / 4);
  const auto kept = std::stoi(at(server_.get("/t/a/__admin/requests"), "/meta/total"));
  EXPECT_GT(kept, 5);
  EXPECT_LT(kept, 60);
  EXPECT_THAT(server_.get("/t/a/__admin/requests?limit=1").body, HasSubstr("xxxx")) << "the newest";
  EXPECT_EQ(create("a", 0).status, 201);
}

// Who was first does not silence those who come.
TEST_F(MemoryLimit, HasTheJournalsForgetOfTenantsThatAreIdle) {
  const std::string path = "/v1.0/" + std::string(15'000, 'x');
  const auto ask = [&](const std::string& tenant) {
    for (int i = 0; i < 5; ++i) server_.get("/t/" + tenant + path);
  };
  const auto kept = [&](const std::string& tenant) {
    return at(server_.get("/t/" + tenant + "/__admin/requests"), "/meta/total");
  };
  for (int i = 0; i < 40; ++i) {
    ask("x" + std::to_string(i));
    EXPECT_LE(stored(), kLimit / 4);
  }
  EXPECT_EQ(kept("x39"), "5");
  EXPECT_EQ(kept("x0"), "0");
}

TEST_F(MemoryLimit, IsTold) {
  create("a", 0);
  EXPECT_GT(std::stoul(at(server_.get("/__admin/tenants"), "/tenants/0/bytes")), kLarge);
  const auto metrics = server_.get("/__admin/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("\ngraphmock_stored_bytes_limit 4000000\n"));
  EXPECT_THAT(metrics, HasSubstr("\ngraphmock_tenant_stored_bytes{tenant=\"a\"} "));
  EXPECT_THAT(metrics, HasSubstr("\ngraphmock_tenants_touched 1\n"));
}

// Several at a time do not get past it together.
TEST_F(MemoryLimit, HoldsWhenManyWriteAtOnce) {
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([this, i] { fill("t" + std::to_string(i % 2), i * 1000); });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_LE(stored(), kLimit);
}

}  // namespace
}  // namespace graphmock
