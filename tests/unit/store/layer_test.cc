#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "store/layer_view.h"
#include "support/plain_entity.h"

namespace graphmock::store {
namespace {

using support::plain_entity;

void put(Layer& layer, const std::string& list, const std::string& address,
         const std::string& text = "{}") {
  layer.add_to_list(list, address);
  layer.entities[address] = plain_entity(address, text);
}

std::vector<std::string> elements(const LayerView& view, std::string_view list) {
  std::vector<std::string> addresses;
  view.for_each(list, [&](const EntityPtr& one) {
    addresses.push_back(one->address);
    return true;
  });
  return addresses;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

using Names = std::vector<std::string>;

TEST(LayerView, OfNothingHasNothing) {
  const LayerView view(nullptr, {});
  EXPECT_EQ(view.find("users/1"), nullptr);
  EXPECT_EQ(elements(view, "users"), Names{});
  EXPECT_EQ(view.lists_within(""), Names{});
  EXPECT_EQ(view.lists_of("users/1"), Names{});
  EXPECT_FALSE(view.is_listed("users", "users/1"));
}

TEST(LayerView, SeesTheTopmostVersionOfAnEntity) {
  Layer bottom, middle, top;
  put(bottom, "users", "users/1", "bottom");
  put(bottom, "users", "users/2", "bottom");
  middle.entities["users/1"] = plain_entity("users/1", "middle");
  top.entities["users/1"] = plain_entity("users/1", "top");
  const LayerView view(nullptr, {&bottom, &middle, &top});
  EXPECT_EQ(view.find("users/1")->text, "top");
  EXPECT_EQ(view.find("users/2")->text, "bottom");
  EXPECT_EQ(LayerView(nullptr, {&bottom, &middle}).find("users/1")->text, "middle");
}

TEST(LayerView, SeesNoEntityThatALayerAboveRemoved) {
  Layer bottom, top;
  put(bottom, "users", "users/1");
  top.entities["users/1"] = nullptr;
  top.lists["users"].removed.insert("users/1");
  const LayerView view(nullptr, {&bottom, &top});
  EXPECT_EQ(view.find("users/1"), nullptr);
  EXPECT_EQ(elements(view, "users"), Names{});
  EXPECT_FALSE(view.is_listed("users", "users/1"));
}

TEST(LayerView, ListsBottomLayersFirst) {
  Layer bottom, top;
  put(bottom, "users", "users/z");
  put(bottom, "users", "users/a");
  put(top, "users", "users/m");
  EXPECT_EQ(elements(LayerView(nullptr, {&bottom, &top}), "users"),
            (Names{"users/z", "users/a", "users/m"}));
}

TEST(LayerView, ListsAnEntityThatCameBackAtItsNewPlace) {
  Layer bottom, top;
  put(bottom, "users", "users/1", "old");
  put(bottom, "users", "users/2");
  top.lists["users"].removed.insert("users/1");
  put(top, "users", "users/1", "new");
  const LayerView view(nullptr, {&bottom, &top});
  EXPECT_EQ(elements(view, "users"), (Names{"users/2", "users/1"}));
  EXPECT_EQ(view.find("users/1")->text, "new");
  EXPECT_TRUE(view.is_listed("users", "users/1"));
}

TEST(LayerView, StopsWhereTheVisitorSaysSo) {
  Layer layer;
  put(layer, "users", "users/1");
  put(layer, "users", "users/2");
  int visits = 0;
  LayerView(nullptr, {&layer}).for_each("users", [&](const EntityPtr&) { return ++visits < 1; });
  EXPECT_EQ(visits, 1);
}

TEST(LayerView, PassesOverReferencesToNothing) {
  Layer layer;
  layer.add_to_list("groups/1/members", "users/gone");
  put(layer, "users", "users/1");
  layer.add_to_list("groups/1/members", "users/1");
  EXPECT_EQ(elements(LayerView(nullptr, {&layer}), "groups/1/members"), Names{"users/1"});
}

TEST(LayerView, FindsTheListsWithinAnAddressAlone) {
  Layer bottom, top;
  put(bottom, "users", "users/a");
  put(bottom, "users/a/messages", "users/a/messages/1");
  put(bottom, "users/ab/messages", "users/ab/messages/1");
  put(top, "users/a/messages/1/attachments", "users/a/messages/1/attachments/x");
  put(top, "users/a/messages", "users/a/messages/2");
  const LayerView view(nullptr, {&bottom, &top});
  EXPECT_EQ(view.lists_within("users/a"),
            (Names{"users/a/messages", "users/a/messages/1/attachments"}));
  EXPECT_EQ(view.lists_within("users/a/messages"),
            (Names{"users/a/messages", "users/a/messages/1/attachments"}));
  EXPECT_EQ(view.lists_within("users/b"), Names{});
}

TEST(LayerView, FindsTheListsThatHoldAnEntity) {
  Layer bottom, top;
  put(bottom, "users", "users/1");
  bottom.add_to_list("groups/1/members", "users/1");
  bottom.add_to_list("groups/2/members", "users/1");
  top.add_to_list("groups/3/members", "users/1");
  top.lists["groups/2/members"].removed.insert("users/1");
  EXPECT_EQ(sorted(LayerView(nullptr, {&bottom, &top}).lists_of("users/1")),
            (Names{"groups/1/members", "groups/3/members", "users"}));
}

TEST(Layer, TakesOverWhatLayUponIt) {
  Layer base, own, above;
  put(base, "users", "users/1", "base");
  put(base, "users", "users/2", "base");
  put(own, "users", "users/3", "own");
  own.entities["users/2"] = plain_entity("users/2", "own");
  above.entities["users/1"] = nullptr;
  above.lists["users"].removed.insert("users/1");
  above.entities["users/2"] = plain_entity("users/2", "above");
  put(above, "users", "users/4", "above");

  const auto before = elements(LayerView(nullptr, {&base, &own, &above}), "users");
  own.merge(std::move(above));
  const LayerView view(nullptr, {&base, &own});
  EXPECT_EQ(elements(view, "users"), before);
  EXPECT_EQ(before, (Names{"users/2", "users/3", "users/4"}));
  EXPECT_EQ(view.find("users/1"), nullptr);
  EXPECT_EQ(view.find("users/2")->text, "above");
  EXPECT_EQ(view.lists_of("users/4"), Names{"users"});
}

TEST(Layer, ForgetsWhatIsRemovedAgain) {
  Layer own, above;
  put(own, "users", "users/1");
  above.entities["users/1"] = nullptr;
  above.lists["users"].removed.insert("users/1");
  own.merge(std::move(above));
  EXPECT_EQ(LayerView(nullptr, {&own}).find("users/1"), nullptr);
  EXPECT_EQ(elements(LayerView(nullptr, {&own}), "users"), Names{});
  EXPECT_EQ(LayerView(nullptr, {&own}).lists_of("users/1"), Names{});
}

TEST(Layer, KeepsAnOrderThroughRemovalAndReturn) {
  Layer base, own, above;
  put(base, "users", "users/1", "base");
  own.entities["users/1"] = nullptr;
  own.lists["users"].removed.insert("users/1");
  put(above, "users", "users/1", "back");
  own.merge(std::move(above));
  const LayerView view(nullptr, {&base, &own});
  EXPECT_EQ(elements(view, "users"), Names{"users/1"}) << "once, not twice";
  EXPECT_EQ(view.find("users/1")->text, "back");
}

TEST(Layer, IsEmptyUntilSomethingIsPutInIt) {
  Layer layer;
  EXPECT_TRUE(layer.empty());
  layer.merge(Layer{});
  EXPECT_TRUE(layer.empty());
  layer.entities["users/1"] = nullptr;
  EXPECT_FALSE(layer.empty());
}

// All directory objects lie in one list, of which a page wants some types.
TEST(Layer, GoesThroughThoseOfTheWantedTypesAlone) {
  constexpr std::string_view kTypes[] = {"user", "group", "device"};
  std::mt19937 random(11);
  Layer layer;
  std::map<std::string, std::string_view> expected;
  const auto is_group = [](std::string_view type) { return type == "group"; };
  const auto groups = [&](uint64_t from, size_t* visits = nullptr) {
    std::vector<std::string> found;
    layer.for_each_added("pool", from, is_group, [&](const AddedList::One& one) {
      if (visits) ++*visits;
      const auto entity = layer.entities.find(one.entity);
      if (entity->second && is_group(entity->second->type)) found.push_back(one.entity);
      return true;
    });
    return found;
  };
  for (int round = 0; round < 3000; ++round) {
    const auto address = "pool/" + std::to_string(random() % 400);
    const auto type = kTypes[random() % 3];
    const auto one = plain_entity(address);
    one->type = type;
    Layer above;
    above.first_place = Layer::kFirstPlaceOfWrite;
    if (!expected.contains(address)) {
      above.add_to_list("pool", address);
      above.put(address, one);
      expected[address] = type;
    } else if (random() % 3 != 0) {
      above.put(address, one);
      expected[address] = type;
    } else {
      above.take_off_list("pool", address);
      above.put(address, nullptr);
      expected.erase(address);
    }
    layer.merge(std::move(above));
    if (round % 7 != 0) continue;
    std::vector<std::string> wanted;
    for (const auto& [known, its] : expected) {
      if (is_group(its)) wanted.push_back(known);
    }
    size_t visits = 0;
    ASSERT_EQ(sorted(groups(0, &visits)), wanted) << round;
    if (expected.size() > 40) {
      ASSERT_EQ(visits, wanted.size()) << "no others";
    }
  }
  const auto all = groups(0);
  const auto middle = layer.lists["pool"].added.place_of(all[all.size() / 2]);
  EXPECT_EQ(groups(*middle), Names(all.begin() + static_cast<long>(all.size() / 2), all.end()));
  EXPECT_EQ(groups(*middle + 1).size(), all.size() - all.size() / 2 - 1);
}

TEST(LayerView, FindsByItsKeyWhatAListHolds) {
  Layer bottom, top;
  put(bottom, "users/u/messages", "users/u/messages/1");
  put(bottom, "users/u/messages", "users/u/messages/2");
  bottom.add_to_list("users/u/folders/f/messages", "users/u/messages/1");
  top.add_to_list("users/u/folders/f/messages", "users/u/messages/2");
  put(top, "users/u/folders/f/messages", "users/u/folders/f/messages/3");
  const LayerView view(nullptr, {&bottom, &top});
  const auto find = [&](std::string_view key) {
    const auto found =
        view.find_in_list("users/u/folders/f/messages", key, [](std::string_view) { return true; });
    return found ? found->address : std::string();
  };
  EXPECT_EQ(find("/1"), "users/u/messages/1");
  EXPECT_EQ(find("/2"), "users/u/messages/2");
  EXPECT_EQ(find("/3"), "users/u/folders/f/messages/3");
  EXPECT_EQ(find("/4"), "");
  EXPECT_EQ(
      view.find_in_list("users/u/folders/f/messages", "/1", [](std::string_view) { return false; }),
      nullptr);
  top.take_off_list("users/u/folders/f/messages", "users/u/messages/1");
  EXPECT_EQ(find("/1"), "");
}

}  // namespace
}  // namespace graphmock::store
