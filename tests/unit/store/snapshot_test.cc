#include "store/snapshot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/json_members.h"
#include "store/session.h"
#include "store/store.h"

namespace graphmock::store {
namespace {

using Names = std::vector<std::string>;

NewEntity entity(std::string address, std::string_view type = "user", std::string text = "{}") {
  auto made = std::make_shared<Entity>();
  made->address = std::move(address);
  made->type = type;
  made->text = std::move(text);
  return made;
}

std::string named(const std::string& name) {
  return R"({"name":")" + name + "\"}";
}

void put(Layer& layer, const std::string& list, EntityPtr one) {
  layer.add_to_list(list, one->address);
  layer.entities[one->address] = one;
}

Names addresses(const LayerView& view, std::string_view list, uint64_t from = 0,
                const IsWanted& is_wanted = nullptr) {
  Names found;
  view.for_each(list, from, is_wanted, [&](uint64_t, const EntityPtr& one) {
    found.push_back(one->address);
    return true;
  });
  return found;
}

IsWanted of_type(std::string_view wanted) {
  return [wanted](std::string_view type) { return type == wanted; };
}

class SnapshotTest : public testing::Test {
 protected:
  static Layer company() {
    Layer layer;
    put(layer, "pool", entity("pool/g1", "group", named("Crew")));
    put(layer, "pool", entity("pool/u1", "user", named("Ann")));
    put(layer, "pool", entity("pool/d1", "device", named("Ann")));
    put(layer, "pool", entity("pool/u2", "user", named("B\\u00e9a")));
    put(layer, "pool", entity("pool/g2", "group", named("ann")));
    put(layer, "pool/u1/notes", entity("pool/u1/notes/n", "note"));
    layer.add_to_list("pool/g1/members", "pool/u2");
    layer.add_to_list("pool/g1/members", "pool/u1");
    layer.add_to_list("pool/g1/members", "pool/gone");
    return layer;
  }
  // With so many users behind them that an index is worth while.
  static Layer large_company() {
    auto layer = company();
    for (size_t i = 0; i < Snapshot::kShortestIndexed; ++i) {
      put(layer, "pool", entity("pool/more" + std::to_string(i), "user", named("More")));
    }
    return layer;
  }

  const Snapshot snapshot_{company()};
  const LayerView view_{&snapshot_, {}};
};

TEST_F(SnapshotTest, HasTheEntitiesAndListsOfTheLayer) {
  EXPECT_EQ(snapshot_.size(), 6u);
  EXPECT_EQ(view_.find("pool/u1")->type, "user");
  EXPECT_EQ(view_.find("pool/none"), nullptr);
  EXPECT_EQ(addresses(view_, "pool"),
            (Names{"pool/g1", "pool/u1", "pool/d1", "pool/u2", "pool/g2"}));
  EXPECT_EQ(addresses(view_, "pool/g1/members"), (Names{"pool/u2", "pool/u1"}));
  EXPECT_EQ(addresses(view_, "none"), Names{});
  EXPECT_EQ(view_.lists_within("pool/u1"), Names{"pool/u1/notes"});
  EXPECT_EQ(view_.lists_of("pool/u1"), (Names{"pool", "pool/g1/members"}));
  EXPECT_TRUE(view_.is_listed("pool", "pool/u1"));
  EXPECT_TRUE(view_.is_listed("pool/g1/members", "pool/u1"));
  EXPECT_FALSE(view_.is_listed("pool/g1/members", "pool/g2"));
  EXPECT_FALSE(view_.is_listed("pool", "pool/none"));
}

TEST_F(SnapshotTest, IsLoadedPieceByPiece) {
  Snapshot loading;
  const std::vector<EntityPtr> first{entity("pool/a"), entity("pool/b"), nullptr, entity("pool/c")};
  EXPECT_EQ(loading.add("pool", first), 2u) << "up to the null";
  EXPECT_EQ(loading.add("pool", std::span(first).first(1)), 0u) << "it is there already";
  Layer more;
  put(more, "pool", entity("pool/m", "group"));
  more.add_to_list("pool/m/members", "pool/b");
  more.add_to_list("pool/m/members", "pool/a");
  loading.absorb(std::move(more));
  EXPECT_EQ(loading.add("pool", std::span(first).last(1)), 1u);
  const LayerView view(&loading, {});
  EXPECT_EQ(addresses(view, "pool"), (Names{"pool/a", "pool/b", "pool/m", "pool/c"}));
  EXPECT_EQ(view.lists_of("pool/b"), (Names{"pool", "pool/m/members"}));

  Layer less;
  less.lists["pool/m/members"].removed.insert("pool/b");
  less.add_to_list("pool/m/members", "pool/c");
  loading.absorb(std::move(less));
  loading.finish();
  EXPECT_EQ(addresses(view, "pool/m/members"), (Names{"pool/a", "pool/c"}));
  EXPECT_EQ(view.lists_of("pool/b"), Names{"pool"});
  EXPECT_EQ(view.lists_of("pool/c"), (Names{"pool", "pool/m/members"}));
  EXPECT_EQ(addresses(view, "pool", 0, of_type("group")), Names{"pool/m"});
  EXPECT_EQ(loading.home_place("pool/c"), 3u);
}

// What is referred to from the list that others have their home in is taken off it again.
TEST_F(SnapshotTest, KnowsThePlacesBehindWhatWasTakenOff) {
  Snapshot loading;
  Layer more;
  put(more, "other", entity("other/x"));
  put(more, "pool", entity("pool/a"));
  more.add_to_list("pool", "other/x");
  put(more, "pool", entity("pool/b"));
  put(more, "pool", entity("pool/c"));
  loading.absorb(std::move(more));
  EXPECT_EQ(loading.home_place("pool/b"), 2u);
  Layer less;
  less.lists["pool"].removed.insert("other/x");
  loading.absorb(std::move(less));
  loading.finish();
  EXPECT_EQ(loading.home_place("pool/a"), 0u);
  EXPECT_EQ(loading.home_place("pool/b"), 1u);
  EXPECT_EQ(loading.home_place("pool/c"), 2u);
  EXPECT_EQ(loading.home_place("other/x"), 0u) << "that is in another list";
  const LayerView view(&loading, {});
  EXPECT_EQ(view.lists_of("other/x"), Names{"other"});
  EXPECT_EQ(view.place_of("pool", "pool/c"), 2u);
}

TEST_F(SnapshotTest, TakesAListAsItIsToBe) {
  Snapshot loading(company());
  loading.set_list("pool", {"pool/u2", "pool/g1"});
  loading.set_list("pool/g1/members", {"pool/g2"});
  loading.set_list("pool/u1/memberOf", {"pool/g1"});
  loading.finish();
  const LayerView view(&loading, {});
  EXPECT_EQ(addresses(view, "pool"), (Names{"pool/u2", "pool/g1"}));
  EXPECT_EQ(addresses(view, "pool", 0, of_type("group")), Names{"pool/g1"});
  EXPECT_EQ(view.lists_of("pool/u1"), Names{}) << "it is there, in no list";
  EXPECT_EQ(loading.home_place("pool/g1"), 1u);
  EXPECT_EQ(view.lists_of("pool/g2"), Names{"pool/g1/members"});
  EXPECT_EQ(view.lists_of("pool/g1"), (Names{"pool", "pool/u1/memberOf"}));
}

TEST_F(SnapshotTest, GoesOnFromAPlaceAmongTheWantedTypes) {
  const IsWanted no_device = [](std::string_view type) { return type != "device"; };
  EXPECT_EQ(addresses(view_, "pool", 0, of_type("group")), (Names{"pool/g1", "pool/g2"}));
  EXPECT_EQ(addresses(view_, "pool", 1, of_type("group")), Names{"pool/g2"});
  EXPECT_EQ(addresses(view_, "pool", 1, no_device), (Names{"pool/u1", "pool/u2", "pool/g2"}));
  EXPECT_EQ(addresses(view_, "pool", 0, of_type("note")), Names{});
  EXPECT_EQ(addresses(view_, "pool/u1/notes", 0, of_type("user")), Names{});
  EXPECT_EQ(addresses(view_, "pool", 4), Names{"pool/g2"});
  EXPECT_EQ(addresses(view_, "pool", 5), Names{});
}

TEST_F(SnapshotTest, FindsAnEntityUnderTheTypeThatItWasGivenAbove) {
  Layer above;
  above.entities["pool/u1"] = entity("pool/u1", "member");
  above.has_other_types = true;
  const LayerView view(&snapshot_, {&above});
  EXPECT_EQ(addresses(view, "pool", 0, of_type("member")), Names{"pool/u1"});
  EXPECT_EQ(addresses(view, "pool", 0, of_type("user")), Names{"pool/u2"});
}

TEST_F(SnapshotTest, KnowsThePlacesOfAValueInAnyCaseAndSpelling) {
  const Snapshot large(large_company());
  using Places = std::vector<uint64_t>;
  EXPECT_EQ(large.places_of("pool", "name", "ANN"), (Places{1, 2, 4}));
  EXPECT_EQ(large.places_of("pool", "name", "B\u00e9a"), Places{3});
  EXPECT_EQ(large.places_of("pool", "name", "nobody"), Places{});
  EXPECT_EQ(large.places_of("pool", "mail", "ann"), Places{});
}

TEST_F(SnapshotTest, IndexesLongListsAndNoMoreThanSoManyProperties) {
  const Snapshot large(large_company());
  EXPECT_EQ(snapshot_.places_of("pool", "name", "ann"), std::nullopt);
  EXPECT_EQ(large.places_of("none", "name", "ann"), std::nullopt);
  for (size_t i = 0; i < Snapshot::kMostIndexes; ++i) {
    EXPECT_NE(large.places_of("pool", "name" + std::to_string(i), "ann"), std::nullopt);
  }
  EXPECT_EQ(large.places_of("pool", "name", "ann"), std::nullopt);
  EXPECT_NE(large.places_of("pool", "name0", "ann"), std::nullopt);
}

TEST_F(SnapshotTest, BuildsAnIndexForManyThreadsAtOnce) {
  const Snapshot large(large_company());
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (const std::string name : {"name", "mail", "name"}) {
        const auto places = large.places_of("pool", name, "more");
        right += places && places->size() == (name == "name" ? Snapshot::kShortestIndexed : 0);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 24);
}

using Places = std::map<uint64_t, std::string>;

// Those of the list whose name is the wanted one, by a look at each and by their candidates.
void expect_candidates(const LayerView& view, const std::string& list, const std::string& wanted) {
  Places expected, found;
  const auto note_in = [&](Places& places) {
    return [&](uint64_t place, const EntityPtr& one) {
      const auto name = base::string_in(*base::member_text(one->text, "name"));
      if (name.substr(4) == wanted.substr(4)) {
        EXPECT_TRUE(places.emplace(place, one->address + one->text).second) << "twice";
      }
      return true;
    };
  };
  view.for_each(list, 0, nullptr, note_in(expected));
  ASSERT_TRUE(view.for_each_candidate(list, "name", wanted, note_in(found))) << list;
  ASSERT_EQ(found, expected) << list << " " << wanted;
}

std::shared_ptr<const Snapshot> users(int count) {
  Layer fixtures;
  for (int i = 0; i < count; ++i) {
    put(fixtures, "users",
        entity("users/" + std::to_string(i), "user", named("name" + std::to_string(i % 7))));
    if (i % 9 == 0) fixtures.add_to_list("team/members", "users/" + std::to_string(i));
  }
  return std::make_shared<const Snapshot>(std::move(fixtures));
}

// Over many fixtures, few, and none.
class LayerViewCandidates : public testing::TestWithParam<int> {};

// Whatever is written upon the snapshot, the candidates for a value hold all that have it, once and
// at their places: in the list that they live in and in one that refers to them.
TEST_P(LayerViewCandidates, MissNoneAndRepeatNone) {
  Store store(users(GetParam()));
  std::mt19937 random(7);
  const auto pick = [&](int below) {
    return static_cast<int>(random() % static_cast<uint32_t>(below));
  };
  int next_id = std::max(GetParam(), 1);
  base::Instant now{};
  for (int round = 0; round < 600; ++round, now += std::chrono::seconds(1)) {
    Session session(store, now);
    // What lags lies in a layer of its own.
    if (pick(3) == 0) session.set_lag({now + std::chrono::seconds(20), 0});
    {
      Store::Write write(session);
      const auto address = "users/" + std::to_string(pick(next_id));
      const auto text = named("NAME" + std::to_string(pick(7)));
      const bool is_there = write.find(address) != nullptr;
      const bool is_member = write.view().is_listed("team/members", address);
      if (!is_there || pick(3) == 0) {
        write.create(
            entity(is_there ? "users/" + std::to_string(next_id++) : address, "user", text),
            "users");
      } else if (pick(2) == 0) {
        write.replace(entity(address, "user", text));
      } else if (pick(2) == 0) {
        if (is_member) write.remove_reference("team/members", address);
        if (!is_member) write.add_reference("team/members", address);
      } else {
        write.remove(address);
      }
      for (int value = 0; value < 7; ++value) {
        const auto wanted = "name" + std::to_string(value);
        ASSERT_NO_FATAL_FAILURE(expect_candidates(write.view(), "users", wanted)) << round;
        ASSERT_NO_FATAL_FAILURE(expect_candidates(write.view(), "team/members", wanted)) << round;
      }
      if (pick(5) != 0) write.commit();
    }
    Session reading(store, now);
    reading.look([](const LayerView& view) { expect_candidates(view, "users", "name3"); });
  }
}

INSTANTIATE_TEST_SUITE_P(OverFixtures, LayerViewCandidates, testing::Values(80, 10, 0));

// However much a tenant has made, a look-up visits what has the value, and what is taken out of the
// list or changed leaves nothing behind.
TEST(LayerViewLookUp, VisitsNoMoreOfAThousandThanOfTen) {
  Store store(users(100));
  const auto visited = [&](const std::string& value) {
    int count = 0;
    store.look([&](const LayerView& view) {
      EXPECT_TRUE(view.for_each_candidate("users", "name", value,
                                          [&](uint64_t, const EntityPtr&) { return ++count > 0; }));
    });
    return count;
  };
  const auto made = [](int number) { return "made/" + std::to_string(number); };
  const auto write = [&](int number, bool is_new, const std::string& name) {
    Store::Write writing(store);
    auto one = entity("users/" + made(number).substr(5) + "x", "user", named(name));
    is_new ? writing.create(one, "users") : writing.replace(one);
    writing.commit();
  };
  for (int i = 0; i < 1000; ++i) {
    write(i, true, made(i));
    if (i < 40) continue;  // a few are gone through
    ASSERT_EQ(visited(made(i)), 1);
    ASSERT_EQ(visited("nobody"), 0);
  }
  write(500, false, "Renamed");
  EXPECT_EQ(visited(made(500)), 0);
  EXPECT_EQ(visited("renamed"), 1);
  Store::Write removing(store);
  removing.remove("users/500x");
  removing.commit();
}

}  // namespace
}  // namespace graphmock::store
