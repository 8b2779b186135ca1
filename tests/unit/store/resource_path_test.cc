#include "store/resource_path.h"

#include <gtest/gtest.h>

#include "support/state.h"

namespace graphmock::store {
namespace {

// The path of an entity and of a list, each "" where there is none.
struct Row {
  std::string_view address, entity, list;
};

TEST(ResourcePaths, LeadWhereFixturesArePut) {
  support::State state(R"({
    "users": [{"id": "u"}, {"id": "a/b"}],
    "groups": [{"id": "g", "members@odata.bind": ["users/u"]}],
    "users/u/messages": [{"id": "m"}],
    "users/u/messages/m/attachments": [{"@odata.type": "#microsoft.graph.fileAttachment", "id": "f"}],
    "admin": {"note": "n"},
    "admin/settings": {"id": "s"},
    "gadgets": [{"id": "x"}],
    "notes": [{"id": "delta"}],
    "drives": [{"id": "d", "items": [{"id": "i"}]}]
  })");
  ASSERT_EQ(state.problems, std::vector<std::string>{});
  const Row rows[] = {
      {"directoryObjects", "", "directoryObjects"},
      {"directoryObjects/u", "users/u", ""},
      {"directoryObjects/g", "groups/g", ""},
      {"directoryObjects/a%2Fb", "users/a%2Fb", ""},
      {"directoryObjects/none", "", ""},
      {"directoryObjects/g/members", "", "groups/g/members"},
      {"directoryObjects/u/memberOf", "", "users/u/memberOf"},
      {"directoryObjects/u/messages", "", "users/u/messages"},
      {"directoryObjects/u/messages/m", "users/u/messages/m", ""},
      {"directoryObjects/u/messages/m/attachments/f", "users/u/messages/m/attachments/f", ""},
      {"directoryObjects/g/messages", "", ""},
      {"directoryObjects/none/messages", "", ""},
      {"admin", "admin", "admin"},
      {"admin/settings", "admin/settings", "admin/settings"},
      {"gadgets/x", "gadgets/x", ""},
      {"notes/delta", "notes/delta", ""},
      {"drives/d/items/i", "drives/d/items/i", ""},
      {"drives/d/items/i/children", "", "drives/d/items/i/children"},
      {"nothing", "", ""},
      {"nothing/x", "", ""},
      {"", "", ""},
  };
  state.store->look([&](const LayerView& view) {
    ResourcePaths paths(state.models, view);
    for (const auto& row : rows) {
      EXPECT_EQ(paths.of_entity(row.address), row.entity) << row.address;
      EXPECT_EQ(paths.of_list(row.address), row.list) << row.address;
    }
  });
}

TEST(ResourcePaths, QuoteKeysThatWouldMeanSomethingElse) {
  support::State state(
      R"({"users": [{"id": "delta"}, {"id": "o'x"}, {"id": "microsoft.graph.user"}]})");
  state.store->look([&](const LayerView& view) {
    ResourcePaths paths(state.models, view);
    EXPECT_EQ(paths.of_entity("directoryObjects/delta"), "users('delta')");
    EXPECT_EQ(paths.of_entity("directoryObjects/o'x"), "users('o''x')");
    EXPECT_EQ(paths.of_entity("directoryObjects/microsoft.graph.user"),
              "users('microsoft.graph.user')");
    EXPECT_EQ(paths.of_list("directoryObjects/o'x/messages"), "users('o''x')/messages");
  });
}

}  // namespace
}  // namespace graphmock::store
