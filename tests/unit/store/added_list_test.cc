#include "store/added_list.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace graphmock::store {
namespace {

using Places = std::map<uint64_t, std::string>;

Places places(const AddedList& list, uint64_t from = 0) {
  Places places;
  for (auto one = list.from(from); one != list.end(); ++one) {
    EXPECT_TRUE(places.empty() || places.rbegin()->first < one->place) << "in order";
    places.emplace(one->place, one->entity);
  }
  return places;
}

TEST(AddedList, HasEachOnceAtItsPlace) {
  AddedList list;
  EXPECT_TRUE(list.empty());
  EXPECT_TRUE(list.add(5, "a"));
  EXPECT_TRUE(list.add(7, "b"));
  EXPECT_FALSE(list.add(8, "a")) << "it is there already";
  EXPECT_EQ(places(list), (Places{{5, "a"}, {7, "b"}}));
  EXPECT_EQ(list.place_of("b"), 7u);
  EXPECT_EQ(list.place_of("c"), std::nullopt);
  EXPECT_TRUE(list.take_off("a"));
  EXPECT_FALSE(list.take_off("a"));
  EXPECT_EQ(places(list), (Places{{7, "b"}}));
  EXPECT_EQ(list.size(), 1u);
}

// Beside a map, which is as slow as it likes.
TEST(AddedList, IsAsAMapWouldBeWhateverItsLength) {
  std::mt19937 random(3);
  AddedList list;
  Places expected;
  uint64_t next = 1000;
  for (int round = 0; round < 20'000; ++round) {
    const auto entity = "e/" + std::to_string(random() % 500);
    const auto known = list.place_of(entity);
    // First it grows, then it shrinks.
    if (random() % 10 < (round < 10'000 ? 6u : 3u)) {
      ASSERT_EQ(list.add(next, entity), !known);
      if (!known) expected.emplace(next, entity);
      ++next;
    } else {
      ASSERT_EQ(list.take_off(entity), known.has_value());
      if (known) {
        ASSERT_EQ(expected.erase(*known), 1u);
      }
    }
    ASSERT_EQ(list.size(), expected.size());
    if (round % 50 != 0) continue;
    const auto from = 1000 + random() % (next - 999);
    ASSERT_EQ(places(list, from), Places(expected.lower_bound(from), expected.end()));
    const AddedList copy = list;
    for (const auto& [place, one] : expected) ASSERT_EQ(copy.place_of(one), place);
  }
}

// What was taken off must not have to be passed over again and again.
TEST(AddedList, KeepsFewOfThoseThatWereTakenOff) {
  AddedList list;
  for (uint64_t i = 0; i < 10'000; ++i) list.add(i, "e/" + std::to_string(i));
  for (uint64_t i = 0; i < 9'990; ++i) list.take_off("e/" + std::to_string(i));
  EXPECT_EQ(list.size(), 10u);
  EXPECT_LE(list.holes(), 17u);
  EXPECT_EQ(list.begin()->entity, "e/9990");
}

}  // namespace
}  // namespace graphmock::store
