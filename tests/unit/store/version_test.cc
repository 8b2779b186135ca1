#include "store/version.h"

#include <gtest/gtest.h>

#include "store/store.h"
#include "support/plain_entity.h"

namespace graphmock::store {
namespace {

using support::plain_entity;

EntityPtr find(const Store& store, std::string_view address) {
  EntityPtr found;
  store.look([&](const LayerView& view) { found = view.find(address); });
  return found;
}

void replace(Store& store, std::string_view address, const std::string& text) {
  Store::Write write(store);
  write.replace(plain_entity(std::string(address), text));
  write.commit();
}

std::shared_ptr<const Snapshot> one_note() {
  Layer layer;
  layer.add_to_list("notes", "notes/1");
  layer.put("notes/1", plain_entity("notes/1", R"({"a":1})"));
  return std::make_shared<const Snapshot>(std::move(layer));
}

TEST(Version, MovesWithEveryChangeAndNeverReturns) {
  Store store(one_note());
  const auto loaded = tag_of(*find(store, "notes/1"));
  replace(store, "notes/1", R"({"a":2})");
  const auto second = tag_of(*find(store, "notes/1"));
  replace(store, "notes/1", R"({"a":1})");
  const auto third = tag_of(*find(store, "notes/1"));
  replace(store, "notes/1", R"({"a":2})");
  const auto fourth = tag_of(*find(store, "notes/1"));
  EXPECT_NE(loaded, second);
  EXPECT_NE(loaded, third);
  EXPECT_NE(second, fourth);
}

TEST(Version, IsAnotherAfterRemovalAndReturn) {
  Store store(one_note());
  const auto loaded = tag_of(*find(store, "notes/1"));
  for (int i = 0; i < 2; ++i) {
    Store::Write write(store);
    write.remove("notes/1");
    write.create(plain_entity("notes/1", R"({"a":1})"), "notes");
    write.commit();
    EXPECT_NE(tag_of(*find(store, "notes/1")), loaded);
  }
}

TEST(Version, StaysWhereNothingChanges) {
  Store store(one_note());
  const auto loaded = find(store, "notes/1");
  replace(store, "notes/1", R"({"a":1})");
  EXPECT_EQ(tag_of(*find(store, "notes/1")), tag_of(*loaded));
  replace(store, "notes/1", R"({"a":2})");
  const auto tag = tag_of(*find(store, "notes/1"));
  replace(store, "notes/1", R"({"a":2})");
  EXPECT_EQ(tag_of(*find(store, "notes/1")), tag);
}

TEST(Version, IsTheSameForTheSameWrites) {
  const auto run = [] {
    Store store(one_note());
    replace(store, "notes/1", R"({"a":2})");
    replace(store, "notes/1", R"({"a":3})");
    return tag_of(*find(store, "notes/1"));
  };
  EXPECT_EQ(run(), run());
}

// The same past goes on otherwise: what is other then has another tag.
TEST(Version, GoesOnFromWhereACopyWas) {
  Store store(one_note());
  replace(store, "notes/1", R"({"a":2})");
  Store copy(store.shared_fixtures(), store.changes_with_lag());
  EXPECT_EQ(tag_of(*find(copy, "notes/1")), tag_of(*find(store, "notes/1")));
  replace(store, "notes/1", R"({"a":3})");
  replace(copy, "notes/1", R"({"a":4})");
  EXPECT_NE(tag_of(*find(copy, "notes/1")), tag_of(*find(store, "notes/1")));
  replace(copy, "notes/1", R"({"a":3})");
  EXPECT_NE(tag_of(*find(copy, "notes/1")), tag_of(*find(store, "notes/1")));
}

TEST(Version, IsThatWhichTheEntitySaysItself) {
  Store store(one_note());
  Store::Write write(store);
  const auto tag = version_tag(17, write.version());
  write.replace(plain_entity("notes/1", R"({"changeKey":")" + tag + "\"}"));
  const auto quoted = plain_entity("notes/2", R"({"eTag":"\")" + tag + R"(\""})");
  write.create(quoted, "notes");
  write.create(plain_entity("notes/3", R"({"changeKey":"0123456789abcdef"})"), "notes");
  write.commit();
  EXPECT_EQ(tag_of(*find(store, "notes/1")), tag);
  EXPECT_EQ(tag_of(*find(store, "notes/2")), tag);
  EXPECT_NE(tag_of(*find(store, "notes/3")), "0123456789abcdef") << "of no version of ours";
}

TEST(Store, NeverCreatesOverWhatIsThere) {
  Store store(one_note());
  Store::Write write(store);
  EXPECT_THROW(write.create(plain_entity("notes/1", "{}"), "notes"), std::logic_error);
  write.create(plain_entity("notes/2", "{}"), "notes");
  EXPECT_THROW(write.create(plain_entity("notes/2", "{}"), "notes"), std::logic_error);
  EXPECT_THROW(write.copy("notes/2", plain_entity("notes/1", "{}"), "notes"), std::logic_error);
  EXPECT_EQ(write.find("notes/1")->text, R"({"a":1})");
}

}  // namespace
}  // namespace graphmock::store
