#include "store/store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "support/plain_entity.h"

namespace graphmock::store {
namespace {

using support::plain_entity;

using Names = std::vector<std::string>;

// Fixtures of one user with mail, a group, and references between them.
std::shared_ptr<const Snapshot> fixtures() {
  Store empty(std::make_shared<Snapshot>());
  Store::Write write(empty);
  write.create(plain_entity("users/1", "one"), "users");
  write.create(plain_entity("users/2", "two"), "users");
  write.create(plain_entity("users/1/messages/a"), "users/1/messages");
  write.create(plain_entity("users/1/messages/a/attachments/x"), "users/1/messages/a/attachments");
  write.create(plain_entity("groups/g"), "groups");
  write.add_reference("groups/g/members", "users/1");
  write.add_reference("groups/g/members", "users/2");
  write.add_reference("users/1/manager", "users/2");
  return std::make_shared<const Snapshot>(write.take());
}

EntityPtr find(const Store& store, std::string_view address) {
  EntityPtr found;
  store.look([&](const LayerView& view) { found = view.find(address); });
  return found;
}

Names elements(const Store& store, std::string_view list) {
  Names addresses;
  store.look([&](const LayerView& view) {
    view.for_each(list, [&](const EntityPtr& one) {
      addresses.push_back(one->address);
      return true;
    });
  });
  return addresses;
}

Names lists_of(const Store& store, std::string_view address) {
  Names names;
  store.look([&](const LayerView& view) { names = view.lists_of(address); });
  return names;
}

TEST(Store, ShowsItsFixtures) {
  const Store store(fixtures());
  EXPECT_EQ(find(store, "users/1")->text, "one");
  EXPECT_EQ(elements(store, "users"), (Names{"users/1", "users/2"}));
  EXPECT_EQ(elements(store, "groups/g/members"), (Names{"users/1", "users/2"}));
}

TEST(Store, ShowsNothingOfAWriteThatIsNotCommitted) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.create(plain_entity("users/3"), "users");
    write.replace(plain_entity("users/1", "changed"));
    write.remove("users/2");
    EXPECT_NE(write.find("users/3"), nullptr) << "the write itself sees it";
    EXPECT_EQ(write.find("users/1")->text, "changed");
    EXPECT_EQ(write.find("users/2"), nullptr);
  }
  EXPECT_EQ(find(store, "users/3"), nullptr);
  EXPECT_EQ(find(store, "users/1")->text, "one");
  EXPECT_NE(find(store, "users/2"), nullptr);
  EXPECT_EQ(elements(store, "users"), (Names{"users/1", "users/2"}));
  EXPECT_EQ(elements(store, "groups/g/members"), (Names{"users/1", "users/2"}));
}

TEST(Store, ShowsAllOfAWriteThatIsCommitted) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.create(plain_entity("users/3", "three"), "users");
    write.replace(plain_entity("users/1", "changed"));
    write.add_reference("groups/g/members", "users/3");
    write.commit();
  }
  EXPECT_EQ(find(store, "users/3")->text, "three");
  EXPECT_EQ(find(store, "users/1")->text, "changed");
  EXPECT_EQ(elements(store, "users"), (Names{"users/1", "users/2", "users/3"}))
      << "a replaced entity keeps its place";
  EXPECT_EQ(elements(store, "groups/g/members"), (Names{"users/1", "users/2", "users/3"}));
}

TEST(Store, LeavesItsFixturesAsTheyAre) {
  const auto shared = fixtures();
  Store one(shared);
  const Store other(shared);
  Store::Write write(one);
  write.remove("users/1");
  write.create(plain_entity("users/3"), "users");
  write.commit();
  EXPECT_NE(find(other, "users/1"), nullptr);
  EXPECT_EQ(elements(other, "users"), (Names{"users/1", "users/2"}));
  EXPECT_EQ(elements(other, "groups/g/members"), (Names{"users/1", "users/2"}));
}

TEST(Store, RemovesWhatAnEntityContainsWithIt) {
  Store store(fixtures());
  Store::Write write(store);
  write.remove("users/1");
  write.commit();
  EXPECT_EQ(find(store, "users/1/messages/a"), nullptr);
  EXPECT_EQ(find(store, "users/1/messages/a/attachments/x"), nullptr);
  EXPECT_NE(find(store, "users/2"), nullptr) << "what it refers to stays";
}

TEST(Store, RemovesEveryReferenceToAnEntityWithIt) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.remove("users/2");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users"), Names{"users/1"});
  EXPECT_EQ(elements(store, "groups/g/members"), Names{"users/1"});
  EXPECT_EQ(elements(store, "users/1/manager"), Names{});
  EXPECT_EQ(lists_of(store, "users/2"), Names{});
}

TEST(Store, RemovesReferencesToWhatGoesWithAnEntity) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.add_reference("users/2/pinned", "users/1/messages/a");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users/2/pinned"), Names{"users/1/messages/a"});
  {
    Store::Write write(store);
    write.remove("users/1");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users/2/pinned"), Names{});
}

TEST(Store, RemovesTheReferencesThatAnEntityHas) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.remove("groups/g");
    write.create(plain_entity("groups/g"), "groups");
    write.commit();
  }
  EXPECT_EQ(elements(store, "groups/g/members"), Names{}) << "a new group has no members";
  EXPECT_EQ(lists_of(store, "users/2"), (Names{"users", "users/1/manager"}));
}

TEST(Store, TakesAnEntityBackAtTheEndOfItsList) {
  Store store(fixtures());
  for (const std::string text : {"again", "and again"}) {
    Store::Write write(store);
    write.remove("users/1");
    write.create(plain_entity("users/1", text), "users");
    write.commit();
  }
  EXPECT_EQ(find(store, "users/1")->text, "and again");
  EXPECT_EQ(elements(store, "users"), (Names{"users/2", "users/1"}));
  EXPECT_EQ(find(store, "users/1/messages/a"), nullptr);
  EXPECT_EQ(elements(store, "users/1/messages"), Names{});
  EXPECT_EQ(elements(store, "groups/g/members"), Names{"users/2"}) << "its memberships are gone";
}

TEST(Store, TakesAnEntityBackInALaterWrite) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.remove("users/1");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users"), Names{"users/2"});
  {
    Store::Write write(store);
    write.create(plain_entity("users/1", "back"), "users");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users"), (Names{"users/2", "users/1"}));
  {
    Store::Write write(store);
    write.remove("users/1");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users"), Names{"users/2"});
  EXPECT_EQ(find(store, "users/1"), nullptr);
}

TEST(Store, ForgetsWhatOneWriteMadeAndRemoved) {
  Store store(fixtures());
  Store::Write write(store);
  write.create(plain_entity("users/3"), "users");
  write.create(plain_entity("users/3/messages/a"), "users/3/messages");
  write.add_reference("groups/g/members", "users/3");
  write.remove("users/3");
  EXPECT_EQ(write.view().lists_of("users/3"), Names{});
  write.commit();
  EXPECT_EQ(find(store, "users/3"), nullptr);
  EXPECT_EQ(find(store, "users/3/messages/a"), nullptr);
}

NewEntity of_type(std::string address, std::string_view type) {
  static std::map<std::string, model::StructuredType, std::less<>> types;
  auto& declared = types[std::string(type)];
  declared.name = type;
  auto entity = plain_entity(std::move(address));
  entity->type = type;
  entity->declared = &declared;
  return entity;
}

// A user with a folder that is a second way to one of two messages, of which one refers to the
// other.
void write_mailbox(Store::Write& write) {
  write.create(of_type("users/m", "microsoft.graph.user"), "users");
  write.create(plain_entity("users/m/messages/a"), "users/m/messages");
  write.create(plain_entity("users/m/messages/b"), "users/m/messages");
  write.create(plain_entity("users/m/messages/a/attachments/x"), "users/m/messages/a/attachments");
  write.create(of_type("users/m/mailFolders/f", "microsoft.graph.mailFolder"),
               "users/m/mailFolders");
  write.create(of_type("users/m/mailFolders/g", "microsoft.graph.mailFolder"),
               "users/m/mailFolders");
  write.add_reference("users/m/mailFolders/f/messages", "users/m/messages/a");
  write.add_reference("users/m/messages/a/related", "users/m/messages/b");
  write.add_reference("users/m/messages/a/pinnedBy", "groups/g");
}

TEST(Store, CopiesReferencesInsideACopiedSubtreeAsReferencesToTheCopies) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write_mailbox(write);
    write.copy("users/m", of_type("users/c", "microsoft.graph.user"), "users");
    write.commit();
  }
  EXPECT_EQ(elements(store, "users/c/messages"),
            (Names{"users/c/messages/a", "users/c/messages/b"}));
  EXPECT_EQ(elements(store, "users/c/messages/a/attachments"),
            Names{"users/c/messages/a/attachments/x"});
  EXPECT_EQ(elements(store, "users/c/mailFolders/f/messages"), Names{"users/c/messages/a"});
  EXPECT_EQ(elements(store, "users/c/messages/a/related"), Names{"users/c/messages/b"});
  EXPECT_EQ(elements(store, "users/c/messages/a/pinnedBy"), Names{"groups/g"});
  EXPECT_EQ(elements(store, "users/m/mailFolders/f/messages"), Names{"users/m/messages/a"})
      << "the original is as it was";
  EXPECT_EQ(lists_of(store, "users/m/messages/b"),
            (Names{"users/m/messages", "users/m/messages/a/related"}));
}

TEST(Store, CopiesNoSecondWayToWhatStaysWhereItIs) {
  Store store(fixtures());
  Store::Write write(store);
  write_mailbox(write);
  write.copy("users/m/mailFolders/f",
             of_type("users/m/mailFolders/h", "microsoft.graph.mailFolder"), "users/m/mailFolders");
  write.commit();
  EXPECT_EQ(elements(store, "users/m/mailFolders/h/messages"), Names{}) << "that lives once";
  EXPECT_EQ(elements(store, "users/m/mailFolders/f/messages"), Names{"users/m/messages/a"});
}

TEST(Store, MovesWhatAnEntityIsASecondWayToAlong) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write_mailbox(write);
    write.commit();
  }
  {
    Store::Write write(store);
    write.move("users/m/mailFolders/f",
               of_type("users/m/mailFolders/h", "microsoft.graph.mailFolder"),
               "users/m/mailFolders/g/childFolders");
    write.commit();
  }
  EXPECT_EQ(find(store, "users/m/mailFolders/f"), nullptr);
  EXPECT_NE(find(store, "users/m/messages/a"), nullptr) << "it does not go with its old folder";
  EXPECT_EQ(elements(store, "users/m/messages"),
            (Names{"users/m/messages/a", "users/m/messages/b"}));
  EXPECT_EQ(elements(store, "users/m/mailFolders/h/messages"), Names{"users/m/messages/a"});
  EXPECT_EQ(elements(store, "users/m/mailFolders/f/messages"), Names{});
  EXPECT_EQ(elements(store, "users/m/mailFolders/g/childFolders"), Names{"users/m/mailFolders/h"});
}

TEST(Store, ClearsTheReferencesOfAList) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.clear_references("groups/g/members");
    write.add_reference("groups/g/members", "users/2");
    write.commit();
  }
  EXPECT_EQ(elements(store, "groups/g/members"), Names{"users/2"});
  EXPECT_NE(find(store, "users/1"), nullptr) << "the entity itself stays";
}

TEST(Store, RemovesASingleValueThatIsItsOwnList) {
  Store store(fixtures());
  {
    Store::Write write(store);
    write.create(plain_entity("admin", "first"), "admin");
    write.commit();
  }
  EXPECT_EQ(elements(store, "admin"), Names{"admin"});
  {
    Store::Write write(store);
    write.remove("admin");
    write.create(plain_entity("admin", "second"), "admin");
    write.commit();
  }
  EXPECT_EQ(elements(store, "admin"), Names{"admin"});
  EXPECT_EQ(find(store, "admin")->text, "second");
}

TEST(Store, LosesNoWriteOfSeveralThreads) {
  Store store(fixtures());
  constexpr int kThreads = 4;
  constexpr int kWrites = 200;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&store, t] {
      for (int i = 0; i < kWrites; ++i) {
        Store::Write write(store);
        const int count = std::stoi("0" + write.find("users/1")->text.substr(3));
        write.replace(plain_entity("users/1", "one" + std::to_string(count + 1)));
        write.create(plain_entity("users/t" + std::to_string(t) + "-" + std::to_string(i)),
                     "users");
        write.commit();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(find(store, "users/1")->text, "one" + std::to_string(kThreads * kWrites));
  EXPECT_EQ(elements(store, "users").size(), 2u + kThreads * kWrites);
}

// Two entities are always written together, so that no reader may ever see them differ.
TEST(Store, ShowsReadersAllOfAWriteOrNothing) {
  Store store(fixtures());
  std::atomic<bool> is_done{false};
  std::atomic<int> torn{0};
  std::thread reader([&] {
    while (!is_done) {
      store.look([&](const LayerView& view) {
        const auto first = view.find("pair/1");
        const auto second = view.find("pair/2");
        if ((first == nullptr) != (second == nullptr)) ++torn;
        if (first && second && first->text != second->text) ++torn;
      });
    }
  });
  for (int i = 0; i < 2000; ++i) {
    Store::Write write(store);
    write.replace(plain_entity("pair/1", std::to_string(i)));
    write.replace(plain_entity("pair/2", std::to_string(i)));
    write.commit();
  }
  is_done = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST(Store, GivesReadersEntitiesThatOutliveAChange) {
  Store store(fixtures());
  const auto before = find(store, "users/1");
  {
    Store::Write write(store);
    write.remove("users/1");
    write.commit();
  }
  EXPECT_EQ(before->text, "one");
}

}  // namespace
}  // namespace graphmock::store
