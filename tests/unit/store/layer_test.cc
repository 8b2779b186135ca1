#include <gtest/gtest.h>

#include <algorithm>
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

}  // namespace
}  // namespace graphmock::store
