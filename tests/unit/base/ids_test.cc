#include "base/ids.h"

#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace graphmock::base {
namespace {

std::vector<std::string> first_ids(uint64_t seed, int count) {
  IdSource source(seed);
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back(source.next_guid());
  return ids;
}

TEST(IdSource, GivesTheSameSequenceForTheSameSeed) {
  EXPECT_EQ(first_ids(1, 100), first_ids(1, 100));
  EXPECT_EQ(first_ids(0, 3), first_ids(0, 3));
}

TEST(IdSource, GivesAnotherSequenceForAnotherSeed) {
  std::set<std::string> ids;
  size_t count = 0;
  for (const uint64_t seed : {uint64_t{0}, uint64_t{1}, uint64_t{2}, UINT64_MAX}) {
    for (auto& id : first_ids(seed, 1000)) {
      ids.insert(std::move(id));
      ++count;
    }
  }
  EXPECT_EQ(ids.size(), count);
}

TEST(IdSource, GivesGuidsOfVersion4) {
  for (const auto& id : first_ids(42, 500)) {
    ASSERT_EQ(id.size(), 36u);
    for (size_t i = 0; i < id.size(); ++i) {
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        ASSERT_EQ(id[i], '-') << id;
      } else {
        ASSERT_NE(std::string("0123456789abcdef").find(id[i]), std::string::npos) << id;
      }
    }
    ASSERT_EQ(id[14], '4') << id;
    ASSERT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
  }
}

TEST(IdSource, UsesEveryDigitInEveryPlace) {
  std::vector<std::set<char>> seen(36);
  for (const auto& id : first_ids(3, 1000)) {
    for (size_t i = 0; i < id.size(); ++i) seen[i].insert(id[i]);
  }
  for (size_t i = 0; i < seen.size(); ++i) {
    const bool is_fixed = i == 8 || i == 13 || i == 18 || i == 23 || i == 14;
    EXPECT_EQ(seen[i].size(), is_fixed ? 1u : i == 19 ? 4u : 16u) << "at " << i;
  }
}

TEST(IdSource, GivesNoIdTwiceToSeveralThreads) {
  IdSource source(9);
  std::mutex mutex;
  std::set<std::string> all;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      std::vector<std::string> own;
      for (int k = 0; k < 1000; ++k) own.push_back(source.next_guid());
      const std::lock_guard lock(mutex);
      all.insert(own.begin(), own.end());
    });
  }
  for (auto& thread : threads) thread.join();
  const auto expected = first_ids(9, 4000);
  EXPECT_EQ(all, std::set<std::string>(expected.begin(), expected.end()));
}

}  // namespace
}  // namespace graphmock::base
