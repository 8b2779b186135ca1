#include "store/session.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "support/plain_entity.h"

namespace graphmock::store {
namespace {

using support::plain_entity;

using namespace std::chrono_literals;
using Names = std::vector<std::string>;
using Written = std::function<void(Store::Write&)>;

// Two users with a message, and a group of one of them.
std::shared_ptr<const Snapshot> fixtures() {
  Store empty(std::make_shared<Snapshot>());
  Store::Write write(empty);
  write.create(plain_entity("users/1", "one"), "users");
  write.create(plain_entity("users/2", "two"), "users");
  write.create(plain_entity("users/1/messages/a", "a"), "users/1/messages");
  write.create(plain_entity("groups/g", "g"), "groups");
  write.add_reference("groups/g/members", "users/1");
  return std::make_shared<const Snapshot>(write.take());
}

std::string text_in(Session& session, std::string_view address) {
  std::string text = "-";
  session.look([&](const LayerView& view) {
    if (const auto found = view.find(address)) text = found->text;
  });
  return text;
}

Names list_in(Session& session, std::string_view list) {
  Names addresses;
  session.look([&](const LayerView& view) {
    view.for_each(list, [&](const EntityPtr& one) {
      addresses.push_back(one->address);
      return true;
    });
  });
  return addresses;
}

class Lagging : public testing::Test {
 protected:
  Lag until(base::Instant time, uint64_t reads = 0) { return {time, reads}; }
  Lag reads(uint64_t count) { return {base::Instant(1ms), count}; }

  void write(const Lag& lag, const Written& what) {
    Session session(store, now);
    session.set_lag(lag);
    Store::Write write(session);
    what(write);
    write.commit();
  }
  void write(const Written& what) { write(Lag(), what); }
  void change(const Lag& lag, const std::string& address, const std::string& text) {
    write(lag, [&](Store::Write& to) { to.replace(plain_entity(address, text)); });
  }
  void add(const Lag& lag, const std::string& address) {
    write(lag, [&](Store::Write& to) {
      to.create(plain_entity(address, "new"), address.substr(0, address.rfind('/')));
    });
  }

  // Each a request of its own. "-" for what is not there.
  std::string read(std::string_view address) {
    Session session(store, now);
    return text_in(session, address);
  }
  Names list(std::string_view name) {
    Session session(store, now);
    return list_in(session, name);
  }

  Store store{fixtures()};
  base::Instant now{24h};
};

TEST_F(Lagging, IsSeenWhenItsTimeHasCome) {
  change(until(now + 2s), "users/1", "changed");
  EXPECT_EQ(read("users/1"), "one");
  now += 1999ms;
  EXPECT_EQ(read("users/1"), "one");
  now += 1ms;
  EXPECT_EQ(read("users/1"), "changed");
}

TEST_F(Lagging, IsSeenAfterAsManyReads) {
  change(reads(2), "users/1", "changed");
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/1"), "changed");
  EXPECT_EQ(read("users/1"), "changed");
}

TEST_F(Lagging, IsSeenWhenBothTimeAndReadsHavePassed) {
  change(until(now + 2s, 1), "users/1", "changed");
  now += 2s;
  EXPECT_EQ(read("users/1"), "one") << "no read yet";
  EXPECT_EQ(read("users/1"), "changed");
  change(until(now + 2s, 1), "users/1", "again");
  EXPECT_EQ(read("users/1"), "changed");
  EXPECT_EQ(read("users/1"), "changed") << "not its time yet";
  now += 2s;
  EXPECT_EQ(read("users/1"), "again");
}

TEST_F(Lagging, WithoutALagIsSeenAtOnce) {
  change(Lag(), "users/1", "changed");
  EXPECT_EQ(read("users/1"), "changed");
}

TEST_F(Lagging, IsSeenByWhoWroteIt) {
  Session session(store, now);
  session.set_lag(reads(1));
  EXPECT_EQ(text_in(session, "users/1"), "one");
  {
    Store::Write write(session);
    write.replace(plain_entity("users/1", "changed"));
    write.commit();
  }
  EXPECT_EQ(text_in(session, "users/1"), "changed");
}

TEST_F(Lagging, IsSeenByEveryWriter) {
  add(reads(9), "users/3");
  write(reads(9), [](Store::Write& to) {
    EXPECT_NE(to.find("users/3"), nullptr);
    to.replace(plain_entity("users/3", "newer"));
  });
  EXPECT_EQ(read("users/3"), "-");
  store.look([](const LayerView& view) { EXPECT_EQ(view.find("users/3")->text, "newer"); });
}

TEST_F(Lagging, CountsAReadOnceHoweverOftenItLooks) {
  change(reads(2), "users/1", "changed");
  {
    Session session(store, now);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(text_in(session, "users/1"), "one");
    EXPECT_EQ(list_in(session, "users").size(), 2u);
  }
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/1"), "changed");
}

TEST_F(Lagging, CountsNoReadOfSomethingElse) {
  change(reads(1), "users/1", "changed");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(read("users/2"), "two");
    EXPECT_EQ(list("groups").size(), 1u);
    EXPECT_EQ(list("users/1/messages").size(), 1u);
  }
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/1"), "changed");
}

TEST_F(Lagging, CountsNoWriteForARead) {
  change(reads(1), "users/1", "changed");
  write([](Store::Write& to) { EXPECT_EQ(to.find("users/1")->text, "changed"); });
  {
    Session session(store, now);
    text_in(session, "users/1");
    Store::Write other(session);
    other.replace(plain_entity("users/2", "other"));
    other.commit();
  }
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/1"), "changed");
}

TEST_F(Lagging, IsANewEntityInItsList) {
  add(reads(2), "users/3");
  EXPECT_EQ(list("users"), (Names{"users/1", "users/2"}));
  EXPECT_EQ(read("users/3"), "-");
  EXPECT_EQ(list("users"), (Names{"users/1", "users/2", "users/3"}));
  EXPECT_EQ(read("users/3"), "new");
}

TEST_F(Lagging, IsADeletedEntity) {
  write(reads(2), [](Store::Write& to) { to.remove("users/1"); });
  EXPECT_EQ(list("users"), (Names{"users/1", "users/2"}));
  EXPECT_EQ(list("groups/g/members"), Names{"users/1"});
  EXPECT_EQ(list("users"), Names{"users/2"});
  EXPECT_EQ(read("users/1/messages/a"), "-") << "with all that it contains";
  EXPECT_EQ(list("groups/g/members"), Names{});
}

TEST_F(Lagging, IsAReferenceAddedOrRemoved) {
  write(reads(1), [](Store::Write& to) { to.add_reference("groups/g/members", "users/2"); });
  EXPECT_EQ(list("groups/g/members"), Names{"users/1"});
  EXPECT_EQ(list("groups/g/members"), (Names{"users/1", "users/2"}));
  write(reads(1), [](Store::Write& to) { to.remove_reference("groups/g/members", "users/1"); });
  EXPECT_EQ(list("users").size(), 2u) << "which is not about the reference";
  EXPECT_EQ(list("groups/g/members"), (Names{"users/1", "users/2"}));
  EXPECT_EQ(list("groups/g/members"), Names{"users/2"});
}

TEST_F(Lagging, LeavesUnrelatedWritesToBeSeenAtOnce) {
  change(reads(9), "users/1", "changed");
  add(reads(9), "users/3");
  change(Lag(), "users/2", "other");
  add(Lag(), "users/4");
  EXPECT_EQ(read("users/2"), "other");
  EXPECT_EQ(list("users"), (Names{"users/1", "users/2", "users/4"}));
}

TEST_F(Lagging, HoldsUpWhatBuildsOnIt) {
  change(reads(1), "users/1", "changed");
  change(Lag(), "users/1", "changed again");
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/1"), "changed again");
}

TEST_F(Lagging, HoldsUpWhatBuildsOnWhatItHoldsUp) {
  change(reads(1), "users/1", "changed");
  write([](Store::Write& to) {
    to.replace(plain_entity("users/1", "again"));
    to.replace(plain_entity("users/2", "other"));
  });
  change(Lag(), "users/2", "other again");
  EXPECT_EQ(read("users/2"), "two");
  EXPECT_EQ(read("users/1"), "one");
  EXPECT_EQ(read("users/2"), "other again");
  EXPECT_EQ(read("users/1"), "again");
}

TEST_F(Lagging, KeepsTheOrderOfWritesWhoseTimesCross) {
  change(until(now + 5s), "users/1", "first");
  change(until(now + 1s), "users/1", "second");
  now += 1s;
  EXPECT_EQ(read("users/1"), "one");
  now += 4s;
  EXPECT_EQ(read("users/1"), "second");
}

TEST_F(Lagging, IsAnEntityThatCameAndWent) {
  add(reads(1), "users/3");
  write(reads(1), [](Store::Write& to) { to.remove("users/3"); });
  EXPECT_EQ(read("users/3"), "-");
  EXPECT_EQ(read("users/3"), "-");
  add(Lag(), "users/3");
  EXPECT_EQ(list("users"), (Names{"users/1", "users/2", "users/3"}));
}

TEST_F(Lagging, IsAReferenceThatCameAndWentAndCame) {
  const Written add_it = [](Store::Write& to) { to.add_reference("groups/g/members", "users/2"); };
  write(until(now + 1s), add_it);
  write(until(now + 2s),
        [](Store::Write& to) { to.remove_reference("groups/g/members", "users/2"); });
  write(add_it);
  now += 3s;
  EXPECT_EQ(list("groups/g/members"), (Names{"users/1", "users/2"}));
}

TEST_F(Lagging, SettlesPartByPart) {
  for (int i = 3; i < 7; ++i) add(until(now + i * 1s), "users/" + std::to_string(i));
  now += 4s;
  EXPECT_EQ(list("users"), (Names{"users/1", "users/2", "users/3", "users/4"}));
  now += 2s;
  EXPECT_EQ(list("users").size(), 6u);
}

TEST_F(Lagging, IsPartOfWhatIsKept) {
  change(reads(2), "users/1", "changed");
  EXPECT_EQ(read("users/1"), "one");
  Store copy(store.shared_fixtures(), store.changes_with_lag());
  Session(copy, now).look([](const LayerView& view) { view.find("users/1"); });
  Session again(copy, now);
  EXPECT_EQ(text_in(again, "users/1"), "changed");
  EXPECT_EQ(read("users/1"), "one") << "whose reads are counted apart";
}

// It would wait for itself otherwise.
TEST(OpenWrite, IsWhatItsSessionLooksThrough) {
  Store store(fixtures());
  Session session(store, base::Instant());
  {
    Store::Write write(session);
    write.create(plain_entity("users/3", "three"), "users");
    EXPECT_EQ(text_in(session, "users/3"), "three");
    EXPECT_EQ(list_in(session, "users"), (Names{"users/1", "users/2", "users/3"}));
  }
  EXPECT_EQ(text_in(session, "users/3"), "-") << "it was not committed";
  Store::Write write(session);
  write.create(plain_entity("users/4", "four"), "users");
  write.commit();
  EXPECT_EQ(text_in(session, "users/4"), "four");
}

TEST(OpenWrite, LetsOthersGoOnOnceItIsCommitted) {
  Store store(fixtures());
  Session session(store, base::Instant());
  Store::Write write(session);
  write.create(plain_entity("users/3", "three"), "users");
  write.commit();
  Session other(store, base::Instant());
  EXPECT_EQ(text_in(other, "users/3"), "three");
  Store::Write next(other);
  next.remove("users/3");
  next.commit();
  EXPECT_EQ(text_in(session, "users/3"), "-");
}

}  // namespace
}  // namespace graphmock::store
