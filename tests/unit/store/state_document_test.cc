#include "store/state_document.h"

#include <gtest/gtest.h>

#include <random>

#include "base/json.h"
#include "store/fixtures.h"
#include "store/state_lists.h"
#include "store/stream.h"
#include "support/project_data.h"
#include "support/state.h"
#include "support/test_name.h"

namespace graphmock::store {
namespace {

namespace json = base::json;
using support::State;

void expect_round_trip(const State& state) {
  const auto document = state.document();
  const State again(document);
  EXPECT_EQ(again.problems, std::vector<std::string>{}) << document;
  EXPECT_EQ(again.contents(), state.contents()) << document;
  EXPECT_EQ(again.document(), document);
}

TEST(StateDocument, OfNothingIsAnEmptyObject) {
  const State state;
  EXPECT_EQ(state.document(), "{\n}\n");
  expect_round_trip(state);
}

TEST(StateDocument, ReadsLikeAFixtureSet) {
  State state;
  state.put("users/u", R"({"displayName": "Una"})");
  state.put("users/v", R"({"@odata.type": "microsoft.graph.user"})");
  state.put("groups/g", R"({"members@odata.bind": ["users/v", "users/u"]})");
  state.put("users/u/messages/m", R"({"subject": "s"})");
  state.put("admin", R"({"note": "n"})");
  EXPECT_EQ(state.document(), R"({
"users": [
{"id":"u","displayName":"Una"},
{"id":"v"}
],
"groups": [
{"id":"g","members@odata.bind":["users/v","users/u"]}
],
"admin": {"note":"n"},
"users/u/messages": [
{"id":"m","subject":"s"}
]
}
)");
  expect_round_trip(state);
}

struct Step {
  std::string_view path, json;
};
struct HardCase {
  std::string name;
  std::vector<Step> steps;
  std::string said;  // in the document
};

void PrintTo(const HardCase& row, std::ostream* out) {
  *out << row.name;
}

class HardStates : public testing::TestWithParam<HardCase> {};

TEST_P(HardStates, LoadAsTheyAre) {
  State state;
  for (const auto& [path, json] : GetParam().steps) EXPECT_TRUE(state.put(path, json));
  EXPECT_NE(state.document().find(GetParam().said), std::string::npos) << state.document();
  expect_round_trip(state);
}

std::vector<HardCase> hard_cases() {
  return {
      {"ManyInOneSet", {{"notes/b", "{}"}, {"notes/a", "{}"}}, "{\"id\":\"b\"},\n{\"id\":\"a\"}"},
      {"KeyWithASlash", {{"users/x/messages/m", "{}"}, {"users('a%2Fb')/messages/m", "{}"}}, ""},
      {"ANumberNoDoubleHolds",
       {{"users/u", R"({"balance": 12345678901234567890.123456789})"}},
       "12345678901234567890.123456789"},
      {"DerivedTypes",
       {{"users/u/messages/m",
         R"({"@odata.type": "#microsoft.graph.eventMessage", "isAllDay": true})"}},
       R"({"@odata.type":"#microsoft.graph.eventMessage","id":"m","isAllDay":true})"},
      {"BelowADerivedType",
       {{"directoryObjects/u", R"({"@odata.type": "#microsoft.graph.user"})"},
        {"directoryObjects/u/microsoft.graph.user/messages/m", "{}"}},
       "\"users/u/messages\""},
      {"AbstractDeclaredTypes",
       {{"users/u/messages/m/attachments/f",
         R"({"@odata.type": "#microsoft.graph.fileAttachment", "contentBytes": "AAEC"})"}},
       R"("users/u/messages/m/attachments")"},
      {"PropertiesOfOneVersion",
       {{"users/u", R"({"oldNote": "o"})"}, {"users/v/gadgets/x", R"({"size": 1})"}},
       R"("oldNote":"o")"},
      {"SetsOfOneVersion", {{"gadgets/x", R"({"size": 3})"}}, R"("gadgets")"},
      {"OpenTypes",
       {{"notes/a", R"({"@mock.x": 1, "x": [1, {"y": null}], "value": [2],
                       "z@odata.type": "#Int64", "z": 1, "mock.asIs": true})"}},
       R"("value":[2])"},
      {"ASingleValuedOpenType",
       {{"admin/settings", R"({"id": "s", "value": [1]})"}},
       R"("admin/settings": {"id":"s","value":[1]})"},
      {"SingletonsWithoutProperties", {{"admin", "{}"}}, R"("admin": {})"},
      {"ValuesThatTheModelHasOtherwise",
       {{"users/u", R"({"age": "old", "nickname": "x", "home": {"planet": 1}})"}},
       R"("@mock.asIs":true)"},
      {"UnknownPropertiesThatAnotherVersionReadsAsEntities",
       {{"users/u", R"({"gadgets": [{"id": "g"}]})"}},
       R"("@mock.asIs":true)"},
      {"KeysThatAreNotThatOfTheAddress",
       {{"notes/a", R"({"id": "b", "title": "t"})"}},
       R"("@mock.key":"a")"},
      {"AbstractEntities",
       {{"users/u/messages/m/attachments/a", R"({"name": "n"})"}},
       R"("@odata.type":"#microsoft.graph.attachment","@mock.asIs":true)"},
      {"EnvelopedEntities",
       {{"users/u", R"({"value": {"displayName": "U"}})"}},
       R"("@mock.isEnveloped":true)"},
      {"EvolvableEnumerations", {{"users/u", R"({"mood": "elated"})"}}, R"("mood":"elated"}
])"},
      {"SecondWays",
       {{"drives/d/items/i", R"({"name": "i"})"},
        {"drives/d/items/i/children/j", R"({"name": "j"})"},
        {"drives/d/root", R"({"id": "i"})"}},
       R"("children@odata.bind":["drives/d/items/j"])"},
      {"ReferencesOfEveryKind",
       {{"users/u", "{}"},
        {"users/v", R"({"manager@odata.bind": "users/u"})"},
        {"groups/h", R"({"members@odata.bind": ["users/v"]})"},
        {"groups/g", R"({"members@odata.bind": ["groups/h", "users/u"],
                         "owners@odata.bind": ["users/v"]})"}},
       R"("manager@odata.bind":"users/u")"},
      {"SingleValuedWithoutTheirOwner",
       {{"users/u/outlook/categories/c", R"({"displayName": "C"})"}},
       R"("users/u/outlook/categories")"},
      {"KeysThatAreNumbers", {{"notes/7", R"({"id": 7})"}}, R"("@mock.key":"7","id":7})"},
  };
}

INSTANTIATE_TEST_SUITE_P(StateDocument, HardStates, testing::ValuesIn(hard_cases()),
                         support::RowName());

class HardKeys : public testing::TestWithParam<std::string> {};

// In a collection of their own, as owners of others, and as targets of references.
TEST_P(HardKeys, LoadAsTheyAre) {
  State state;
  auto writing = std::make_unique<Store::Write>(*state.store);
  auto& write = *writing;
  const auto create = [&](const std::string& list, std::string_view type) {
    const auto address = entity_address(list, GetParam());
    json::object properties{{"id", GetParam()}};
    const auto* found = state.models.structured_type(type);
    write.create(make_entity(state.models, address, *found, properties), list);
    return address;
  };
  const auto user = create("directoryObjects", "microsoft.graph.user");
  const auto message = create(user + "/messages", "microsoft.graph.message");
  create(message + "/attachments", "microsoft.graph.fileAttachment");
  create("notes", "microsoft.graph.note");
  const auto drive = create("drives", "microsoft.graph.drive");
  const auto item = create(drive + "/items", "microsoft.graph.driveItem");
  write.create(
      make_entity(state.models, "directoryObjects/group",
                  *state.models.structured_type("microsoft.graph.group"), {{"id", "group"}}),
      "directoryObjects");
  write.add_reference("directoryObjects/group/members", user);
  write.add_reference(item + "/children", item);
  write.commit();
  writing.reset();
  EXPECT_NE(state.document().find("bind"), std::string::npos) << state.document();
  expect_round_trip(state);
}

INSTANTIATE_TEST_SUITE_P(
    StateDocument, HardKeys,
    testing::Values("a/b", "100%", "%2F", "o'brien", "'quoted'", "f(x)", "a(b", "$value", "$count",
                    "delta", "getByIds", "microsoft.graph.user", "user.name@contoso.com",
                    "ends:", "a:b", "a=b,c='d'", "ä ö", "?query#fragment", "\"\\", " ", ".", "..",
                    "8F3E9F7A-0A5E-4B7C-9E61-1A2B3C4D5E6F", "id='x'", "+", "a&b;c", "t"),
    support::TextName());

// What no URL can name has no reference by "@odata.bind", and yet is kept.
TEST(StateDocument, KeepsKeysThatNoUrlCanHave) {
  State state;
  auto writing = std::make_unique<Store::Write>(*state.store);
  auto& write = *writing;
  const auto make = [&](std::string_view key, std::string_view type) {
    const auto address = entity_address(kDirectoryPool, key);
    write.create(make_entity(state.models, address, *state.models.structured_type(type),
                             {{"id", std::string(key)}}),
                 kDirectoryPool);
    return address;
  };
  const auto user = make(std::string_view("a\0b", 3), "microsoft.graph.user");
  const auto group = make("g", "microsoft.graph.group");
  write.add_reference(group + "/members", user);
  write.commit();
  writing.reset();
  EXPECT_NE(state.document().find(R"("groups/g/members": ["users/a%00b"])"), std::string::npos)
      << state.document();
  expect_round_trip(state);
}

TEST(StateDocument, KeepsTheOrderOfThePoolAmongItsSets) {
  State state;
  state.put("users/u", "{}");
  state.put("groups/g", "{}");
  EXPECT_EQ(state.document().find("@mock.lists"), std::string::npos);
  state.put("users/v", "{}");
  EXPECT_NE(state.document().find(R"("directoryObjects": ["users/u","groups/g","users/v"])"),
            std::string::npos)
      << state.document();
  expect_round_trip(state);
}

TEST(StateDocument, KeepsTheOrderOfInverseReferences) {
  State state;
  state.put("users/u", "{}");
  state.put("groups/g", "{}");
  state.put("groups/h", R"({"members@odata.bind": ["users/u"]})");
  state.refer("directoryObjects/g/members", "directoryObjects/u");
  EXPECT_NE(state.document().find(R"("users/u/memberOf": ["groups/h","groups/g"])"),
            std::string::npos)
      << state.document();
  expect_round_trip(state);
}

// As those of a deleted group, which nobody is a member of.
TEST(StateDocument, KeepsReferencesThatHaveNoInverse) {
  State state;
  state.put("users/u", "{}");
  state.put("groups/g", R"({"members@odata.bind": ["users/u"]})");
  auto writing = std::make_unique<Store::Write>(*state.store);
  auto& write = *writing;
  const auto copy =
      make_entity(state.models, "directoryObjects/copy",
                  *state.models.structured_type("microsoft.graph.group"), {{"id", "copy"}});
  write.copy("directoryObjects/g", copy, kDirectoryPool);
  write.commit();
  writing.reset();
  expect_round_trip(state);
}

TEST(StateDocument, KeepsStreams) {
  State state;
  state.put("drives/d/items/i", R"({"name": "i"})");
  state.stream("drives/d/items/i/content", "text/plain", std::string_view("a\0\n\xff", 4));
  state.stream("drives/d/items/i/$value", "", "");
  EXPECT_NE(
      state.document().find(
          R"("drives/d/items/i/content": {"@odata.mediaContentType":"text/plain","value":"YQAK_w"})"),
      std::string::npos)
      << state.document();
  expect_round_trip(state);
  state.stream("drives/d/items/i/content", "text/\xff", "");
  expect_round_trip(state);
}

TEST(StateDocument, KeepsEntitiesThatNoListHas) {
  State state;
  state.put("users/u/messages/m", "{}");
  state.put("users/u/messages/n", "{}");
  state.unrefer("directoryObjects/u/messages", "directoryObjects/u/messages/m");
  EXPECT_NE(state.document().find(R"("users/u/messages": ["users/u/messages/n"])"),
            std::string::npos)
      << state.document();
  expect_round_trip(state);
}

TEST(StateDocument, KeepsCollectionsThatTheModelLacks) {
  const State state(R"json({
    "counts": [{"@odata.type": "#microsoft.graph.count", "id": "c"}],
    "reports/counts": {"@odata.type": "#Collection(microsoft.graph.count)", "value": []}
  })json");
  EXPECT_EQ(state.problems, std::vector<std::string>{});
  EXPECT_NE(state.document().find(R"({"@odata.type":"#microsoft.graph.count","id":"c"})"),
            std::string::npos);
  expect_round_trip(state);
  State emptied(state.document());
  emptied.remove("counts/c");
  EXPECT_NE(
      emptied.document().find(
          R"json("counts": {"@odata.type":"#Collection(microsoft.graph.count)","value":[)json"),
      std::string::npos)
      << emptied.document();
  expect_round_trip(emptied);
}

TEST(StateDocument, LeavesOutWhatNoAddressLeadsTo) {
  State state;
  state.put("users/u/messages/m", "{}");
  state.put("groups/u", "{}");  // now there is a group in the user's place
  const State again(state.document());
  EXPECT_EQ(again.problems, std::vector<std::string>{});
  EXPECT_EQ(again.document(), state.document());
  EXPECT_EQ(again.store->fixtures().size(), 1u);
}

TEST(StateDocument, OfAnEntityAsDeepAsAnyIsLoaded) {
  State state;
  std::string deep = "1";
  for (size_t i = 0; i < base::kMaxJsonDepth - 1; ++i) deep = "[" + deep + "]";
  state.put("notes/n", R"({"x": )" + deep + "}");
  expect_round_trip(state);
}

TEST(StateDocument, OfContosoLoadsAsTheSameState) {
  base::LoadErrors errors;
  const auto models = support::load_shipped_models(errors);
  const auto first = load_fixtures(support::project_file("fixtures/contoso"), models,
                                   model::EnumRule::Evolvable, errors);
  ASSERT_TRUE(errors.empty());
  const auto document = state_document(models, model::EnumRule::Strict, *first, {});
  EXPECT_EQ(document.find("@mock.asIs"), std::string::npos);
  const auto second =
      read_fixture_document("state", document, models, model::EnumRule::Strict, errors);
  ASSERT_TRUE(errors.empty()) << errors[0].text();
  EXPECT_EQ(second->size(), first->size());
  EXPECT_EQ(state_document(models, model::EnumRule::Strict, *second, {}), document);
}

// Writes of all kinds; seeds are fixed so that a failure comes back.
class RandomState {
 public:
  explicit RandomState(uint32_t seed) : random_(seed) {}

  void step() {
    const auto user = "users/u" + number(4), group = "groups/g" + number(3);
    const auto message = user + "/messages/m" + number(3);
    switch (pick(12)) {
      case 0:
        state.put(user, R"({"displayName": "D)" + number(3) + "\"}");
        break;
      case 1:
        state.put(user, R"({"nick": )" + number(3) + "}");
        break;
      case 2:
        state.put(group, "{}");
        break;
      case 3:
        state.put(message, R"({"subject": ")" + number(2) + "\"}");
        break;
      case 4:
        state.put(user + "/outlook/categories/c" + number(2), "{}");
        break;
      case 5:
        state.put("drives/d/items/i" + number(2) + "/children/j" + number(3), "{}");
        break;
      case 6:
        state.put("directoryObjects/" + std::string(pick(2) ? "u1" : "g1"),
                  pick(2) ? R"({"@odata.type": "#microsoft.graph.user"})"
                          : R"({"@odata.type": "#microsoft.graph.group"})");
        break;
      case 7:
        state.stream("drives/d/items/j" + number(3) + "/content", "a/b", number(2));
        break;
      case 8:
        remove();
        break;
      default:
        relate();
    }
  }

  State state;

 private:
  uint32_t pick(uint32_t count) { return static_cast<uint32_t>(random_()) % count; }
  std::string number(uint32_t count) { return std::to_string(pick(count)); }

  // Some entity, at any depth.
  std::string any() {
    std::vector<std::string> addresses;
    const StateLists lists(state.store->fixtures(), state.store->changes());
    for (const auto& [name, elements] : lists.all()) {
      for (const auto& entity : elements) addresses.push_back(entity->address);
    }
    return addresses.empty() ? "" : addresses[pick(static_cast<uint32_t>(addresses.size()))];
  }

  void remove() {
    const auto address = any();
    if (!address.empty() && pick(3) == 0) state.remove(address);
  }

  void relate() {
    const auto owner = any();
    const auto target = any();
    if (!owner.starts_with(kDirectoryPool) || !target.starts_with(kDirectoryPool)) return;
    static constexpr std::string_view kNavigations[] = {"members", "owners", "memberOf"};
    const auto list = child_address(owner, kNavigations[pick(3)]);
    bool is_listed = false;
    state.store->look([&](const LayerView& view) { is_listed = view.is_listed(list, target); });
    if (!is_listed) {
      state.refer(list, target);
    } else if (pick(2) == 0) {
      state.unrefer(list, target);
    }
  }

  std::mt19937 random_;
};

json::value value_of(const State& state) {
  return base::parse_json(state.document());
}

TEST(StateDocument, OfAnyStateLoadsAsTheSameState) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE(seed);
    RandomState random(seed);
    for (int i = 0; i < 60; ++i) {
      random.step();
      if (i % 6 != 0) continue;
      const auto document = random.state.document();
      const State again(document);
      ASSERT_EQ(again.problems, std::vector<std::string>{}) << document;
      ASSERT_EQ(again.document(), document);
    }
  }
}

TEST(StateDocument, DiffersJustWhereTheDifferenceIsNotEmpty) {
  constexpr std::string_view kNone =
      R"({"created":[],"updated":[],"deleted":[],"references":{"added":[],"removed":[],"reordered":[]}})";
  int same = 0;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    RandomState random(seed);
    for (int i = 0; i < 40; ++i) random.step();
    for (int i = 0; i < 30; ++i) {
      const auto from = random.state.store->changes();
      const auto before = value_of(random.state);
      random.step();
      const bool is_same = value_of(random.state) == before;
      same += is_same;
      ASSERT_EQ(random.state.difference(from) == kNone, is_same)
          << random.state.difference(from) << base::to_json(before) << random.state.document();
    }
  }
  EXPECT_GT(same, 10);
}

}  // namespace
}  // namespace graphmock::store
