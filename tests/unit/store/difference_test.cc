#include "store/difference.h"

#include <gtest/gtest.h>

#include "support/state.h"

namespace graphmock::store {
namespace {

using support::State;

constexpr std::string_view kNone =
    R"({"created":[],"updated":[],"deleted":[],"references":{"added":[],"removed":[],"reordered":[]}})";

State library() {
  return State(R"({
    "users": [{"id": "u", "displayName": "A", "home": {"city": "X", "country": "Y"}}, {"id": "v"}],
    "groups": [{"id": "g", "members@odata.bind": ["users/u", "users/v"]}],
    "users/u/messages": [{"id": "m", "subject": "s"}]
  })");
}

TEST(Difference, OfAStateThatIsAsItWasIsEmpty) {
  auto state = library();
  EXPECT_EQ(state.difference(), kNone);
  state.put("users/u", R"({"displayName": "B"})");
  state.put("users/u", R"({"displayName": "A", "home": {"city": "X", "country": "Y"}})");
  EXPECT_EQ(state.difference(), kNone);
}

TEST(Difference, TellsWhatWasCreatedAndDeleted) {
  auto state = library();
  state.put("users/w", R"({"displayName": "W"})");
  state.put("users/a/messages/n", "{}");
  state.remove("directoryObjects/u/messages/m");
  EXPECT_EQ(
      state.difference(),
      R"({"created":[{"path":"users/a","value":{"@odata.type":"#microsoft.graph.user","id":"a"}},)"
      R"({"path":"users/a/messages/n","value":{"@odata.type":"#microsoft.graph.message","id":"n"}},)"
      R"({"path":"users/w","value":{"@odata.type":"#microsoft.graph.user","id":"w","displayName":"W"}}],)"
      R"("updated":[],"deleted":[{"path":"users/u/messages/m","value":{"@odata.type":"#microsoft.graph.message","id":"m","subject":"s"}}],)"
      R"("references":{"added":[],"removed":[],"reordered":[]}})");
}

TEST(Difference, GoesDownIntoWhatWasUpdated) {
  auto state = library();
  state.put("users/u", R"({"displayName": "B", "age": 1, "home": {"city": "Z", "country": "Y"}})");
  EXPECT_EQ(
      state.difference(),
      R"({"created":[],"updated":[{"path":"users/u","changes":[{"path":"/age","to":1},)"
      R"({"path":"/displayName","from":"A","to":"B"},{"path":"/home/city","from":"X","to":"Z"}]}],)"
      R"("deleted":[],"references":{"added":[],"removed":[],"reordered":[]}})");
}

TEST(Difference, TellsOfAReferenceOnce) {
  auto state = library();
  state.unrefer("directoryObjects/g/members", "directoryObjects/u");
  state.refer("directoryObjects/v/manager", "directoryObjects/u");
  EXPECT_EQ(state.difference(),
            R"({"created":[],"updated":[],"deleted":[],"references":{)"
            R"("added":[{"path":"users/v/manager","target":"users/u"}],)"
            R"("removed":[{"path":"groups/g/members","target":"users/u"}],"reordered":[]}})");
}

TEST(Difference, TellsWhichReferencesWentWithAnEntity) {
  auto state = library();
  state.remove("directoryObjects/v");
  EXPECT_EQ(
      state.difference(),
      R"({"created":[],"updated":[],"deleted":[{"path":"users/v","value":{"@odata.type":"#microsoft.graph.user","id":"v"}}],)"
      R"("references":{"added":[],"removed":[{"path":"groups/g/members","target":"users/v"}],"reordered":[]}})");
}

TEST(Difference, TellsWhichListsHaveAnotherOrder) {
  auto state = library();
  state.unrefer("directoryObjects/g/members", "directoryObjects/v");
  state.refer("directoryObjects/g/members", "directoryObjects/v");
  EXPECT_EQ(state.difference(), kNone) << "the last of a list is the last again";
  state.unrefer("directoryObjects/g/members", "directoryObjects/u");
  state.refer("directoryObjects/g/members", "directoryObjects/u");
  EXPECT_EQ(state.difference(),
            R"({"created":[],"updated":[],"deleted":[],"references":{"added":[],"removed":[],)"
            R"("reordered":[{"path":"groups/g/members"}]}})");
}

TEST(Difference, TellsOfATypeAndAnEnvelopeLikeOfAProperty) {
  auto state = library();
  state.put("directoryObjects/v", R"({"@odata.type": "#microsoft.graph.group"})");
  state.put("users/u/messages/m", R"({"value": {"subject": "s"}})");
  EXPECT_EQ(
      state.difference(),
      R"({"created":[],"updated":[{"path":"groups/v","changes":[)"
      R"({"path":"/@odata.type","from":"#microsoft.graph.user","to":"#microsoft.graph.group"}]},)"
      R"({"path":"users/u/messages/m","changes":[{"path":"/id","from":"m"},)"
      R"({"path":"/subject","from":"s"},{"path":"/value","to":{"id":"m","subject":"s"}}]}],)"
      R"("deleted":[],"references":{"added":[],"removed":[],"reordered":[]}})");
}

TEST(Difference, IsThatOfTwoSetsOfChanges) {
  auto state = library();
  state.put("users/w", "{}");
  const auto from = state.store->changes();
  EXPECT_EQ(state.difference(from), kNone);
  state.put("users/w", R"({"age": 2})");
  state.refer("directoryObjects/g/members", "directoryObjects/w");
  EXPECT_EQ(
      state.difference(from),
      R"({"created":[],"updated":[{"path":"users/w","changes":[{"path":"/age","to":2}]}],)"
      R"("deleted":[],"references":{"added":[{"path":"groups/g/members","target":"users/w"}],)"
      R"("removed":[],"reordered":[]}})");
}

TEST(Difference, ShowsStreamsByTheirBytes) {
  auto state = library();
  state.put("drives/d/items/i", "{}");
  const auto from = state.store->changes();
  state.stream("drives/d/items/i/content", "a/b", "xy");
  EXPECT_EQ(
      state.difference(from),
      R"({"created":[{"path":"drives/d/items/i/content","value":{"@odata.mediaContentType":"a/b","value":"eHk"}}],)"
      R"("updated":[],"deleted":[],"references":{"added":[],"removed":[],"reordered":[]}})");
}

}  // namespace
}  // namespace graphmock::store
