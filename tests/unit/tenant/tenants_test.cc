#include "tenant/tenants.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::tenant {
namespace {

http::Request request(std::string_view target, std::string_view tenant = "") {
  http::Request made;
  made.method = "GET";
  made.target = http::Target::read(target);
  if (!tenant.empty()) made.headers.add("X-Mock-Tenant", tenant);
  return made;
}

struct SelectRow {
  std::string_view name;
  std::string_view target;
  std::string_view header;
  std::string_view selection;  // "name prefix"
};

class SelectTenant : public testing::TestWithParam<SelectRow> {};

TEST_P(SelectTenant, ByHeaderOrPath) {
  const auto asked = request(GetParam().target, GetParam().header);
  EXPECT_EQ(select_tenant(asked).name + " " + std::string(asked.target.prefix()),
            GetParam().selection);
}

constexpr SelectRow kSelections[] = {
    {"Default", "/v1.0/users", "", "default "},
    {"Header", "/v1.0/users", "one", "one "},
    {"Path", "/t/two/v1.0/users", "", "two /t/two"},
    {"HeaderBeforePath", "/t/two/v1.0/users", "one", "one /t/two"},
    {"PathAlone", "/t/two", "", "two /t/two"},
    {"EncodedInThePath", "/t/t%77o/v1.0", "", "two /t/t%77o"},
    {"EmptyName", "/t//v1.0/users", "", " /t/"},
    {"SimilarPath", "/team/v1.0", "", "default "},
    {"PathInAnotherCase", "/T/two/v1.0", "", "default "},
    {"Star", "*", "", "default "},
};

INSTANTIATE_TEST_SUITE_P(Tenant, SelectTenant, testing::ValuesIn(kSelections), support::RowName());

// A world of one note and one scenario, on a clock that stands still.
class Worlds : public testing::Test {
 protected:
  Worlds() : clock_(base::Instant(std::chrono::seconds(1621364590))) {
    auto world = std::make_shared<World>();
    world->models = support::small_models();
    world->fixtures = fixtures(world->models);
    base::LoadErrors errors;
    world->scenarios.scripts.emplace(
        "broken", scenario::read_script("broken", "broken.json",
                                        R"({"rules":[{"response":{"status":503}}]})", {}, errors));
    EXPECT_TRUE(errors.empty());
    world->seed = 11;
    world->clock = &clock_;
    world_ = std::move(world);
  }

  std::shared_ptr<const store::Snapshot> fixtures(const model::Models& models) {
    store::Store empty(std::make_shared<store::Snapshot>());
    store::Store::Write write(empty);
    write.create(
        store::make_entity(models, "notes/1", *models.structured_type("microsoft.graph.note"),
                           base::parse_json(R"({"id":"1","title":"t"})").get_object()),
        "notes");
    return std::make_shared<const store::Snapshot>(write.take());
  }

  static http::Response send(Tenant& tenant, std::string_view method, std::string_view target,
                             std::string_view body = "", std::string_view scenario = "") {
    http::Request made{method, http::Target::read(target), {}, body};
    if (!body.empty()) made.headers.add("Content-Type", "application/json");
    if (!scenario.empty()) made.headers.add("X-Mock-Scenario", scenario);
    return tenant.serve(made, "any");
  }
  static std::string title_of_note(Tenant& tenant) {
    const auto response = send(tenant, "GET", "/v1.0/notes/1");
    if (response.status != 200) return std::to_string(response.status);
    return std::string(base::at_pointer(base::parse_json(response.body), "/title")->as_string());
  }

  base::ManualClock clock_;
  std::shared_ptr<World> world_;
};

using TenantsTest = Worlds;

TEST_F(TenantsTest, ComeIntoBeingOnFirstUse) {
  Tenants tenants(world_);
  const auto one = tenants.get("one");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(tenants.get("one"), one);
  EXPECT_NE(tenants.get("two"), one);
  EXPECT_NE(tenants.get("One"), one) << "names are told apart by case";
  EXPECT_EQ(title_of_note(*one), "t") << "a fork of the fixtures";
}

TEST_F(TenantsTest, HaveNamesOfAFewCharacters) {
  Tenants tenants(world_);
  for (const std::string& name :
       std::vector<std::string>{"a", "A-Z.a_z-0.9", "..", "-", "default", std::string(64, 'x')}) {
    EXPECT_NO_THROW(tenants.get(name)) << name;
  }
}

TEST_F(TenantsTest, RefuseWhatIsNoName) {
  Tenants tenants(world_);
  for (const std::string& name :
       {std::string(), std::string(65, 'x'), std::string("a b"), std::string("a/b"),
        std::string("*"), std::string("é"), std::string("a%20b"), std::string("a\0b", 3)}) {
    try {
      tenants.get(name);
      FAIL() << "taken: " << name;
    } catch (const http::Error& error) {
      EXPECT_EQ(error.status, 400) << name;
    }
    EXPECT_THROW(tenants.replace(name, as_new), http::Error) << name;
  }
}

TEST_F(TenantsTest, SeeNothingOfOneAnother) {
  Tenants tenants(world_);
  const auto one = tenants.get("one");
  const auto two = tenants.get("two");
  EXPECT_EQ(send(*one, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})").status, 200);
  EXPECT_EQ(title_of_note(*one), "changed");
  EXPECT_EQ(title_of_note(*two), "t");
  one->player().activate("broken");
  EXPECT_EQ(title_of_note(*one), "503");
  EXPECT_EQ(title_of_note(*two), "t");
}

TEST_F(TenantsTest, AreAsNewAfterAReset) {
  Tenants tenants(world_);
  {
    const auto one = tenants.get("one");
    send(*one, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
    send(*one, "POST", "/v1.0/notes", "{}");
    one->player().activate("broken");
  }
  tenants.replace("one", as_new);
  const auto one = tenants.get("one");
  EXPECT_EQ(title_of_note(*one), "t");
  EXPECT_FALSE(one->player().standings()[0].is_active);
  EXPECT_EQ(one->ids().next_guid(), base::IdSource(world_->seed).next_guid());
}

TEST_F(TenantsTest, LeaveOthersAloneWhenOneIsReset) {
  Tenants tenants(world_);
  const auto one = tenants.get("one");
  const auto two = tenants.get("two");
  send(*two, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
  tenants.replace("one", as_new);
  tenants.replace("three", as_new);
  EXPECT_NE(tenants.get("one"), one);
  EXPECT_EQ(tenants.get("two"), two);
  EXPECT_EQ(title_of_note(*two), "changed");
}

TEST_F(TenantsTest, AreAllAsNewInAnotherWorld) {
  Tenants tenants(world_);
  const auto one = tenants.get("one");
  send(*one, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
  tenants.move_to(world_);
  EXPECT_NE(tenants.get("one"), one);
  EXPECT_EQ(title_of_note(*tenants.get("one")), "t");
}

TEST_F(TenantsTest, LetRequestsUnderWayFinishInTheOldOne) {
  Tenants tenants(world_);
  const auto old = tenants.get("one");
  send(*old, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
  tenants.replace("one", as_new);
  EXPECT_EQ(title_of_note(*old), "changed");
  EXPECT_EQ(send(*old, "PATCH", "/v1.0/notes/1", R"({"title":"again"})").status, 200);
  EXPECT_EQ(title_of_note(*old), "again");
  EXPECT_EQ(title_of_note(*tenants.get("one")), "t");
}

TEST_F(TenantsTest, AreMadeOnceBySeveralThreads) {
  Tenants tenants(world_);
  std::vector<TenantPtr> got(4);
  std::vector<std::thread> threads;
  for (auto& slot : got) threads.emplace_back([&] { slot = tenants.get("one"); });
  for (auto& thread : threads) thread.join();
  for (const auto& tenant : got) EXPECT_EQ(tenant, got[0]);
}

TEST_F(TenantsTest, StandResetsOfOthersWhileTheyServe) {
  Tenants tenants(world_);
  std::thread resetting([&] {
    for (int i = 0; i < 200; ++i) {
      tenants.replace("one", as_new);
      tenants.move_to(world_);
    }
  });
  for (int i = 0; i < 200; ++i) {
    const auto title = title_of_note(*tenants.get("one"));
    ASSERT_EQ(title, "t");
  }
  resetting.join();
}

// Those that the limit leaves room for, some of them changed, so that they are touched.
void make(Tenants& tenants, const std::vector<std::string>& names) {
  for (const auto& name : names) tenants.get(name);
}

TEST_F(TenantsTest, GoIdleLongestFirstBeyondTheLimit) {
  Tenants tenants(world_, {.tenants = 3});
  make(tenants, {"a", "b", "c"});
  tenants.get("a");
  tenants.get("d");
  EXPECT_EQ(tenants.find("b"), nullptr) << "it was idle longest";
  EXPECT_NE(tenants.find("a"), nullptr) << "it was asked for meanwhile";
  EXPECT_NE(tenants.find("c"), nullptr);
  EXPECT_NE(tenants.find("d"), nullptr);
  EXPECT_EQ(tenants.size(), 3u);
}

TEST_F(TenantsTest, NeverGoUnaskedWhenTheyWereTouched) {
  const std::vector<std::function<void(Tenant&)>> touches = {
      [](Tenant& one) { send(one, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})"); },
      [](Tenant& one) { send(one, "DELETE", "/v1.0/notes/1"); },
      [](Tenant& one) { one.player().activate("broken"); },
      [](Tenant& one) { one.snapshots().put("s", one.take_snapshot()); },
      [](Tenant& one) {
        one.clock().change({{}, {}, true});
      },
      [](Tenant& one) {
        one.clock().change({{}, std::chrono::hours(1), {}});
      },
  };
  for (size_t i = 0; i < touches.size(); ++i) {
    Tenants tenants(world_, {.tenants = 2});
    touches[i](*tenants.get("touched"));
    make(tenants, {"b", "c", "d"});
    EXPECT_NE(tenants.find("touched"), nullptr) << i;
    EXPECT_TRUE(tenants.get("touched")->is_touched()) << i;
  }
}

TEST_F(TenantsTest, AreUntouchedByReadsAndWhatIsRefused) {
  Tenants tenants(world_, {.tenants = 2});
  {
    const auto one = tenants.get("a");
    send(*one, "GET", "/v1.0/notes/1");
    send(*one, "GET", "/v1.0/nothing");
    send(*one, "PATCH", "/v1.0/notes/none", R"({"title":"changed"})");
    send(*one, "PATCH", "/v1.0/notes/1", R"({"title":1})");
    send(*one, "GET", "/v1.0/notes/1", "", "broken");
    one->player().deactivate("broken");
    EXPECT_FALSE(one->is_touched());
  }
  make(tenants, {"b", "c"});
  EXPECT_EQ(tenants.find("a"), nullptr);
}

TEST_F(TenantsTest, AreUntouchedAgainWhenTheyAreAsNew) {
  Tenants tenants(world_, {.tenants = 2});
  make(tenants, {"b"});
  send(*tenants.get("a"), "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
  make(tenants, {"c", "d"});
  EXPECT_NE(tenants.find("a"), nullptr);
  tenants.replace("a", as_new);
  make(tenants, {"c", "d"});
  EXPECT_EQ(tenants.find("a"), nullptr);
}

TEST_F(TenantsTest, StayWhileTheyAreInUse) {
  Tenants tenants(world_, {.tenants = 2});
  auto used = tenants.get("used");
  make(tenants, {"b", "c", "d"});
  EXPECT_EQ(send(*used, "PATCH", "/v1.0/notes/1", R"({"title":"changed"})").status, 200);
  used.reset();
  make(tenants, {"e", "f"});
  EXPECT_EQ(title_of_note(*tenants.get("used")), "changed") << "what was written is not lost";
}

TEST_F(TenantsTest, AreRefusedWhenAllHaveBeenTouched) {
  Tenants tenants(world_, {.tenants = 2});
  for (const std::string name : {"a", "b"}) {
    send(*tenants.get(name), "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
  }
  try {
    tenants.get("one-more");
    FAIL() << "made";
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 503);
    for (const std::string way : {"DELETE /__admin/tenants/NAME", "?idle=PT1H", "?tenant=*"}) {
      EXPECT_NE(error.message.find(way), std::string::npos) << error.message;
    }
  }
  EXPECT_EQ(title_of_note(*tenants.get("a")), "changed");
  EXPECT_EQ(title_of_note(*tenants.get_to_read("one-more")), "t") << "the fixtures answer";
  EXPECT_EQ(tenants.size(), 2u);
  EXPECT_TRUE(tenants.drop("b"));
  EXPECT_NO_THROW(tenants.get("one-more"));
}

TEST_F(TenantsTest, LeaveNoTraceWhereNoneIsMade) {
  Tenants tenants(world_);
  const auto first = send(*tenants.find_or_new("a"), "GET", "/v1.0/notes/1");
  const auto second = send(*tenants.find_or_new("a"), "GET", "/v1.0/notes/1");
  EXPECT_EQ(first.status, 200);
  EXPECT_NE(first.header("request-id"), second.header("request-id"));
  EXPECT_EQ(tenants.size(), 0u);
  EXPECT_THROW(tenants.find_or_new("a b"), http::Error);
  const auto made = tenants.get("a");
  EXPECT_EQ(tenants.find_or_new("a"), made);
}

TEST_F(TenantsTest, AreDroppedByHowLongTheyWereIdle) {
  Tenants tenants(world_);
  make(tenants, {"a", "b"});
  send(*tenants.get("c"), "PATCH", "/v1.0/notes/1", R"({"title":"changed"})");
  clock_.advance(std::chrono::hours(1));
  tenants.get("b");
  tenants.drop_idle(clock_.now() - std::chrono::hours(2));
  EXPECT_EQ(tenants.size(), 3u);
  tenants.drop_idle(clock_.now() - std::chrono::hours(1));
  EXPECT_EQ(tenants.find("a"), nullptr);
  EXPECT_EQ(tenants.find("c"), nullptr) << "touched or not";
  EXPECT_NE(tenants.find("b"), nullptr);
  tenants.drop_all();
  EXPECT_EQ(tenants.size(), 0u);
  make(tenants, {"a", "b"});
  EXPECT_EQ(tenants.size(), 2u);
}

TEST_F(TenantsTest, LoseNothingWhileOthersComeAndGo) {
  Tenants tenants(world_, {.tenants = 4});
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&tenants, thread] {
      for (int i = 0; i < 100; ++i) {
        tenants.get_to_read(std::to_string(thread) + "-" + std::to_string(i));
      }
    });
  }
  send(*tenants.get("kept"), "PATCH", "/v1.0/notes/1", R"({"title":"0"})");
  for (int i = 1; i < 100; ++i) {
    const auto kept = tenants.get("kept");
    ASSERT_EQ(title_of_note(*kept), std::to_string(i - 1));
    send(*kept, "PATCH", "/v1.0/notes/1", R"({"title":")" + std::to_string(i) + "\"}");
  }
  for (auto& thread : threads) thread.join();
}

using TenantTest = Worlds;

TEST_F(TenantTest, AnswersTheSameToTheSameRequests) {
  Tenant first(world_), second(world_);
  for (const std::string_view body : {R"({"title":"a"})", R"({"title":"b"})"}) {
    const auto one = send(first, "POST", "/v1.0/notes", body);
    const auto two = send(second, "POST", "/v1.0/notes", body);
    EXPECT_EQ(one.status, 201);
    EXPECT_EQ(one.body, two.body);
    EXPECT_EQ(one.headers, two.headers);
  }
}

TEST_F(TenantTest, GivesNoEntityTheIdOfARequest) {
  Tenant tenant(world_);
  std::string requests, entities;
  for (int i = 0; i < 5; ++i) {
    const auto response = send(tenant, "POST", "/v1.0/notes", "{}");
    requests += std::string(*response.header("request-id")) + "\n";
    entities += response.body;
  }
  for (const auto id : base::split(requests, '\n')) {
    EXPECT_TRUE(id.empty() || entities.find(id) == std::string::npos) << id;
  }
}

TEST_F(TenantTest, MakesOtherIdsFromAnotherSeed) {
  Tenant first(world_);
  const auto one = send(first, "POST", "/v1.0/notes", "{}");
  world_->seed = 12;
  Tenant second(world_);
  EXPECT_NE(one.body, send(second, "POST", "/v1.0/notes", "{}").body);
}

TEST_F(TenantTest, CreatesTheSameHoweverMuchIsReadBetween) {
  Tenant reading(world_), quiet(world_);
  for (int i = 0; i < 3; ++i) send(reading, "GET", "/v1.0/notes");
  EXPECT_EQ(send(reading, "POST", "/v1.0/notes", "{}").body,
            send(quiet, "POST", "/v1.0/notes", "{}").body);
}

TEST_F(TenantTest, StartsWithTheScenariosThatTheWorldNames) {
  world_->active_scenarios = {"broken"};
  Tenant tenant(world_);
  EXPECT_EQ(title_of_note(tenant), "503");
  Tenants tenants(world_);
  tenants.get("one")->player().deactivate("broken");
  EXPECT_EQ(title_of_note(*tenants.get("one")), "t");
  tenants.replace("one", as_new);
  EXPECT_EQ(title_of_note(*tenants.get("one")), "503");
}

TEST_F(TenantTest, PlaysTheScenarioThatARequestNames) {
  Tenant tenant(world_);
  EXPECT_EQ(send(tenant, "GET", "/v1.0/notes/1", "", "broken").status, 503);
  EXPECT_EQ(title_of_note(tenant), "t");
}

TEST_F(TenantTest, RefusesARequestThatNamesAnUnknownScenario) {
  Tenant tenant(world_);
  const auto response = send(tenant, "PATCH", "/v1.0/notes/1", R"({"title":"x"})", "none");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("'none'"), std::string::npos) << response.body;
  EXPECT_EQ(title_of_note(tenant), "t") << "nothing has happened";
}

TEST_F(TenantTest, AnswersByScenarioWhatTheModelDoesNotHave) {
  base::LoadErrors errors;
  world_->scenarios.scripts.insert_or_assign(
      "extra", scenario::read_script(
                   "extra", "extra.json",
                   R"({"rules":[{"request":{"path":"/nowhere/{id}"},"response":{"body":"here"}}]})",
                   {}, errors));
  Tenant tenant(world_);
  EXPECT_EQ(send(tenant, "GET", "/v1.0/nowhere/1").status, 400);
  tenant.player().activate("extra");
  EXPECT_EQ(send(tenant, "GET", "/v1.0/nowhere/1").body, "here");
  EXPECT_EQ(send(tenant, "GET", "/v1.0/nowhere('1')").body, "here");
}

TEST_F(TenantTest, DelaysAnswersWithoutWaiting) {
  base::LoadErrors errors;
  world_->scenarios.scripts.insert_or_assign(
      "slow", scenario::read_script(
                  "slow", "slow.json",
                  R"({"rules":[{"response":{"fixedDelayMilliseconds":3600000}}]})", {}, errors));
  Tenant tenant(world_);
  const auto response = send(tenant, "GET", "/v1.0/notes/1", "", "slow");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.delivery.delay, std::chrono::hours(1));
}

TEST_F(TenantTest, LosesNoUpdateOfSeveralThreads) {
  Tenant tenant(world_);
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&tenant, t] {
      for (int i = 0; i < 50; ++i) {
        const auto body = "{\"p" + std::to_string(t) + "\":" + std::to_string(i) + "}";
        send(tenant, "PATCH", "/v1.0/notes/1", body);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const auto note = base::parse_json(send(tenant, "GET", "/v1.0/notes/1").body);
  for (int t = 0; t < kThreads; ++t) {
    const auto* value = base::at_pointer(note, "/p" + std::to_string(t));
    ASSERT_NE(value, nullptr) << t;
    EXPECT_EQ(value->as_int64(), 49);
  }
}

// What no handler has foreseen: here an entity whose text is no JSON.
TEST(Failure, HasTheFormOfAnyErrorAndIsRecorded) {
  const base::ManualClock clock{base::Instant(std::chrono::hours(24))};
  auto world = std::make_shared<World>();
  world->models = support::small_models();
  auto broken = std::make_shared<store::Entity>();
  broken->type = world->models.structured_type("microsoft.graph.note")->name;
  broken->text = "{";
  broken->address = "notes/1";
  auto fixtures = std::make_shared<store::Snapshot>();
  const store::EntityPtr entity = broken;
  fixtures->add("notes", {&entity, 1});
  fixtures->finish();
  world->fixtures = fixtures;
  world->clock = &clock;
  Tenant tenant(world);
  http::Request made;
  made.method = "PATCH";
  made.target = http::Target::read("/v1.0/notes/1");
  made.headers.add("Content-Type", "application/json");
  made.body = R"({"title":"t"})";
  const auto response = tenant.serve(made, "any");
  EXPECT_EQ(response.status, 500);
  const auto body = base::parse_json(response.body);
  EXPECT_FALSE(base::text_of(base::at_pointer(body, "/error/code")).empty());
  EXPECT_TRUE(base::text_of(base::at_pointer(body, "/error/message")).starts_with("graphmock"));
  ASSERT_EQ(tenant.journal().size(), 1u);
  EXPECT_EQ(tenant.journal().newest_first().front()->status, 500);
}

}  // namespace
}  // namespace graphmock::tenant
