#include "store/layer_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/plain_entity.h"

namespace graphmock::store {
namespace {

using Addresses = std::vector<std::string>;

EntityPtr named(const std::string& address, const std::string& name) {
  return support::plain_entity(address, R"({"name":")" + name + "\"}");
}

LayerIndex index_of_names(const std::vector<EntityPtr>& entities) {
  LayerIndex index;
  index.make("name", [&](const auto& visit) {
    for (const auto& entity : entities) visit(entity);
  });
  return index;
}

Addresses found(LayerIndex& index, std::string_view name) {
  Addresses addresses;
  for (const auto& entity : index.find("users", "name", name)) addresses.push_back(entity->address);
  return addresses;
}

TEST(LayerIndex, FindsAllOfAValueByTheirAddresses) {
  auto index = index_of_names(
      {named("users/2", "A"), named("users/1", "a"), named("users/3", "A"), named("users/4", "B")});
  EXPECT_EQ(found(index, "A"), (Addresses{"users/1", "users/2", "users/3"}));
  EXPECT_EQ(found(index, "b"), Addresses{"users/4"});
  EXPECT_EQ(found(index, "C"), Addresses{});
}

TEST(LayerIndex, LosesWhatIsTakenAwayWhicheverCameFirst) {
  const std::vector<EntityPtr> entities = {named("users/2", "A"), named("users/1", "A"),
                                           named("users/3", "A")};
  for (const auto& gone : entities) {
    auto index = index_of_names(entities);
    index.change(gone, nullptr);
    Addresses left;
    for (const auto& entity : entities) {
      if (entity != gone) left.push_back(entity->address);
    }
    std::sort(left.begin(), left.end());
    EXPECT_EQ(found(index, "A"), left) << gone->address;
  }
}

TEST(LayerIndex, GivesTheNewestOfAnEntityThatKeepsItsValue) {
  const auto old = named("users/1", "A"), now = named("users/1", "a");
  auto index = index_of_names({old, named("users/2", "A")});
  index.change(old, now);
  EXPECT_EQ(index.find("users", "name", "A").front(), now);
  EXPECT_EQ(found(index, "A"), (Addresses{"users/1", "users/2"}));
}

// Beside a plain map that does the same.
TEST(LayerIndex, IsRightAfterAnyChanges) {
  std::mt19937 random(7);
  LayerIndex index = index_of_names({});
  std::map<std::string, EntityPtr> entities;
  for (int round = 0; round < 4000; ++round) {
    const auto address = "users/" + std::to_string(random() % 20);
    auto& there = entities[address];
    const auto now =
        random() % 4 == 0 ? nullptr : named(address, std::string(1, "abcde"[random() % 5]));
    index.change(there, now);
    there = now;
    for (const std::string name : {"a", "b", "c", "d", "e"}) {
      Addresses expected;
      for (const auto& [one, entity] : entities) {
        if (entity && entity->text == "{\"name\":\"" + name + "\"}") expected.push_back(one);
      }
      ASSERT_EQ(found(index, name), expected) << round;
    }
  }
}

}  // namespace
}  // namespace graphmock::store
