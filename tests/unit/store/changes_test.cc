#include "store/changes.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace graphmock::store {
namespace {

using namespace std::chrono_literals;

const base::Instant kNow{24h};

// A new entity at the end of its list.
Layer created(const std::string& address) {
  auto entity = std::make_shared<Entity>();
  entity->address = address;
  Layer layer;
  layer.first_place = Layer::kFirstPlaceOfWrite;
  layer.add_to_list(address.substr(0, address.rfind('/')), address);
  layer.entities.emplace(address, std::move(entity));
  return layer;
}

TEST(Changes, AreSeenAtOnceWithoutALag) {
  Changes changes;
  changes.commit(created("users/1"), {});
  EXPECT_FALSE(changes.has_unseen());
  EXPECT_TRUE(changes.seen().entities.contains("users/1"));
}

TEST(Changes, AreUnseenUntilTheyHaveLagged) {
  Changes changes;
  changes.commit(created("users/1"), {kNow + 1s, 0});
  EXPECT_TRUE(changes.has_unseen());
  EXPECT_FALSE(changes.seen().entities.contains("users/1"));
  EXPECT_TRUE(changes.unseen().entities.contains("users/1"));
  EXPECT_TRUE(Changes(changes).latest().entities.contains("users/1"));
  changes.settle(kNow);
  EXPECT_TRUE(changes.has_unseen());
  changes.settle(kNow + 1s);
  EXPECT_FALSE(changes.has_unseen());
  EXPECT_TRUE(changes.seen().entities.contains("users/1"));
  EXPECT_TRUE(changes.unseen().empty());
}

TEST(Changes, CountReadsOfWhatTheyAreAboutAlone) {
  Changes changes;
  changes.commit(created("users/1"), {kNow, 1});
  changes.count_read({"users/2", "groups"});
  changes.settle(kNow);
  EXPECT_TRUE(changes.has_unseen());
  changes.count_read({"groups", "users/1"});
  changes.settle(kNow);
  EXPECT_FALSE(changes.has_unseen());
}

TEST(Changes, AreSeenEarlyWhenTooManyWait) {
  Changes changes;
  for (size_t i = 0; i < Changes::kMostPending; ++i) {
    changes.commit(created("users/" + std::to_string(i)), {kNow, 1});
  }
  EXPECT_TRUE(changes.seen().empty());
  changes.commit(created("users/last"), {kNow, 1});
  EXPECT_EQ(changes.seen().entities.size(), Changes::kMostPending / 2);
  EXPECT_TRUE(changes.seen().entities.contains("users/0")) << "the oldest";
  EXPECT_TRUE(changes.unseen().entities.contains("users/last"));
  EXPECT_EQ(Changes(changes).latest().entities.size(), Changes::kMostPending + 1);
}

Layer listed(const std::string& list, const std::string& entity) {
  Layer layer;
  layer.first_place = Layer::kFirstPlaceOfWrite;
  layer.add_to_list(list, entity);
  return layer;
}

Layer unlisted(const std::string& list, const std::string& entity) {
  Layer layer;
  layer.lists[list].removed.insert(entity);
  return layer;
}

// Which of the lists it is that both are about, and which of them comes first, is all one.
TEST(Changes, WaitForThoseOfTheSamePlaceInAList) {
  const std::string lists[] = {"groups/1/members", "groups/2/members", "groups/3/members"};
  for (const auto& list : lists) {
    for (const bool is_removed_first : {false, true}) {
      Layer first;
      for (const auto& other : lists) {
        first.merge(is_removed_first ? unlisted(other, "users/1") : listed(other, "users/1"));
      }
      Changes changes;
      changes.commit(std::move(first), {kNow + 1s, 0});
      changes.commit(listed(list, "users/2"), {});
      EXPECT_EQ(changes.seen().lists.size(), 1u) << "of another entity";
      changes.commit(is_removed_first ? listed(list, "users/1") : unlisted(list, "users/1"), {});
      EXPECT_TRUE(changes.seen().lists.at(list).removed.empty());
      EXPECT_EQ(changes.seen().lists.at(list).added.size(), 1u);
      changes.settle(kNow + 1s);
      EXPECT_EQ(changes.seen().lists.size(), 3u);
      EXPECT_FALSE(changes.has_unseen());
    }
  }
}

// Half of them wait behind the other half, each on its own.
TEST(Changes, SettleHoweverManyWait) {
  Changes changes;
  for (size_t i = 0; i < Changes::kMostPending; ++i) {
    const bool is_late = i < Changes::kMostPending / 2;
    changes.commit(created("users/" + std::to_string(i)), {kNow + (is_late ? 1h : 1s), 0});
  }
  changes.settle(kNow + 1s);
  EXPECT_EQ(changes.seen().entities.size(), Changes::kMostPending / 2);
}

TEST(Changes, CountAReadHoweverManyWait) {
  Changes changes;
  Missed missed;
  for (size_t i = 0; i < Changes::kMostPending; ++i) {
    changes.commit(created("users/" + std::to_string(i)), {kNow, 1});
    missed.insert("users/" + std::to_string(i));
  }
  changes.count_read(missed);
  changes.settle(kNow);
  EXPECT_EQ(changes.seen().entities.size(), Changes::kMostPending);
}

}  // namespace
}  // namespace graphmock::store
