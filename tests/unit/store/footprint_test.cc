#include "store/footprint.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "http/error.h"
#include "store/session.h"
#include "support/plain_entity.h"

namespace graphmock::store {
namespace {

using support::plain_entity;

constexpr size_t kLarge = 10'000;

std::string large(char c = 'x') {
  return std::string(kLarge, c);
}

class ChargedStore : public testing::Test {
 protected:
  ChargedStore() : store_(std::make_shared<Snapshot>()) { store_.charge_to(account_); }

  template <typename Change>
  void write(Change change) {
    Store::Write write(store_);
    change(write);
    write.commit();
  }
  bool has(std::string_view address) const {
    bool is_there = false;
    store_.look([&](const LayerView& view) { is_there = view.find(address) != nullptr; });
    return is_there;
  }

  const base::AccountPtr account_ = std::make_shared<base::Account>(5 * kLarge);
  Store store_;
};

TEST_F(ChargedStore, IsChargedForWhatItKeeps) {
  write([](auto& write) { write.create(plain_entity("users/1", large()), "users"); });
  const auto one = account_->bytes();
  EXPECT_GT(one, kLarge);
  EXPECT_LT(one, kLarge + 2'000);
  write([](auto& write) { write.replace(plain_entity("users/1", large('y'))); });
  EXPECT_EQ(account_->bytes(), one) << "the text before is gone";
  write([](auto& write) { write.add_reference("groups/g/members", "users/1"); });
  EXPECT_GT(account_->bytes(), one);
  write([](auto& write) { write.remove("users/1"); });
  EXPECT_LT(account_->bytes(), 2'000u);
  EXPECT_GT(account_->bytes(), 0u) << "that it is gone has to be known";
}

TEST_F(ChargedStore, IsChargedOnceForWhatComesAndGoes) {
  const auto come_and_go = [&] {
    write([](auto& write) { write.create(plain_entity("users/1", large()), "users"); });
    write([](auto& write) { write.remove("users/1"); });
  };
  come_and_go();
  const auto once = account_->bytes();
  for (int i = 0; i < 20; ++i) come_and_go();
  EXPECT_EQ(account_->bytes(), once);
}

TEST_F(ChargedStore, KeepsNothingOfWhatHasNoRoom) {
  for (int i = 0; i < 4; ++i) {
    write([i](auto& write) {
      write.create(plain_entity("users/" + std::to_string(i), large()), "users");
    });
  }
  const auto before = account_->bytes();
  try {
    write([](auto& write) {
      write.create(plain_entity("users/small"), "users");
      write.create(plain_entity("users/5", large()), "users");
    });
    FAIL() << "stored";
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 507);
  }
  EXPECT_EQ(account_->bytes(), before);
  EXPECT_FALSE(has("users/small"));
  write([](auto& write) { write.remove("users/0"); });
  write([](auto& write) { write.create(plain_entity("users/5", large()), "users"); });
  EXPECT_TRUE(has("users/5"));
}

TEST_F(ChargedStore, TakesAwayAndMovesBeyondTheLimit) {
  write([](auto& write) { write.create(plain_entity("users/1", large()), "users"); });
  account_->charge_anyway(5 * kLarge);
  write([](auto& write) { write.remove("users/1"); });
  EXPECT_FALSE(has("users/1"));
  EXPECT_THROW(write([](auto& write) { write.add_reference("a/members", "users/1"); }),
               http::Error);
  write([](auto& write) {
    write.create(plain_entity("deleted/1", large()), "deleted");
    write.store_anyway();
  });
  EXPECT_TRUE(has("deleted/1"));
  account_->give_back(5 * kLarge);
}

TEST_F(ChargedStore, GivesAllBackWithTheLastOneWhoHasIt) {
  const auto account = std::make_shared<base::Account>();
  EntityPtr kept;
  {
    Store store(std::make_shared<Snapshot>());
    store.charge_to(account);
    Store::Write write(store);
    write.create(plain_entity("users/1", large()), "users");
    write.create(plain_entity("users/2", large()), "users");
    write.commit();
    store.look([&](const LayerView& view) { kept = view.find("users/1"); });
  }
  EXPECT_EQ(account->bytes(), bytes_of(*kept));
  kept.reset();
  EXPECT_EQ(account->bytes(), 0u);
}

TEST_F(ChargedStore, IsChargedForWhatNobodySeesYet) {
  {
    Session session(store_, base::Instant());
    session.set_lag({base::Instant(std::chrono::seconds(10)), 0});
    Store::Write write(session);
    write.create(plain_entity("users/1", large()), "users");
    write.commit();
  }
  EXPECT_GT(account_->bytes(), kLarge);
  Session(store_, base::Instant(std::chrono::seconds(20))).look([](const LayerView&) {});
  write([](auto& write) { write.remove("users/1"); });
  EXPECT_LT(account_->bytes(), 2'000u);
}

// Whatever was written, in however many steps: the whole is what it would be in one.
TEST(Footprint, IsThatOfWhatHasBecomeOfIt) {
  std::mt19937 random(7);
  Store store(std::make_shared<Snapshot>());
  const auto account = std::make_shared<base::Account>();
  store.charge_to(account);
  for (int i = 0; i < 300; ++i) {
    Store::Write write(store);
    for (int j = 0; j < 3; ++j) {
      const auto address = "users/" + std::to_string(random() % 20);
      const auto list = "groups/" + std::to_string(random() % 5) + "/members";
      const bool is_there = write.find(address) != nullptr;
      switch (random() % 4) {
        case 0:
          if (!is_there) write.create(plain_entity(address), "users");
          break;
        case 1:
          if (is_there) write.remove(address);
          break;
        case 2:
          if (is_there && !write.view().is_listed(list, address))
            write.add_reference(list, address);
          break;
        default:
          if (is_there && write.view().is_listed(list, address)) {
            write.remove_reference(list, address);
          }
      }
    }
    write.commit();
    const auto changes = store.changes_with_lag();
    ASSERT_EQ(changes.frame(), frame_of(changes.seen())) << i;
  }
}

}  // namespace
}  // namespace graphmock::store
