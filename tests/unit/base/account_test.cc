#include "base/account.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace graphmock::base {
namespace {

TEST(Account, TakesWhatFitsAndNothingOfWhatDoesNot) {
  Account account(100);
  EXPECT_TRUE(account.charge(60));
  EXPECT_FALSE(account.charge(41));
  EXPECT_EQ(account.bytes(), 60u);
  EXPECT_TRUE(account.charge(40));
  EXPECT_FALSE(account.charge(1));
  EXPECT_TRUE(account.charge(0));
  account.give_back(50);
  EXPECT_TRUE(account.charge(50));
  EXPECT_FALSE(account.charge(UINT64_MAX)) << "no sum runs over";
}

TEST(Account, IsPartOfAWhole) {
  const auto whole = std::make_shared<Account>(100);
  Account one(80, whole), two(80, whole);
  EXPECT_TRUE(one.charge(80));
  EXPECT_FALSE(two.charge(21)) << "the whole has no room";
  EXPECT_EQ(two.bytes(), 0u);
  EXPECT_TRUE(two.charge(20));
  EXPECT_FALSE(one.charge(1)) << "it has no room itself";
  EXPECT_EQ(whole->bytes(), 100u);
  one.give_back(80);
  EXPECT_EQ(whole->bytes(), 20u);
}

TEST(Account, IsChargedBeyondItsLimitWhereThatIsSaid) {
  const auto whole = std::make_shared<Account>(100);
  Account account(50, whole);
  account.charge_anyway(200);
  EXPECT_EQ(account.bytes(), 200u);
  EXPECT_EQ(whole->bytes(), 200u);
  EXPECT_FALSE(account.charge(1));
  account.give_back(200);
  EXPECT_TRUE(account.charge(50));
}

TEST(Account, IsNotOverdrawnBySeveralThreads) {
  const auto whole = std::make_shared<Account>(1000);
  std::vector<std::unique_ptr<Account>> accounts;
  for (int i = 0; i < 2; ++i) accounts.push_back(std::make_unique<Account>(700, whole));
  std::atomic<uint64_t> charged{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 1000; ++j) {
        if (accounts[i % 2]->charge(1)) ++charged;
        EXPECT_LE(accounts[i % 2]->bytes(), 700u);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(charged, whole->bytes());
  EXPECT_EQ(whole->bytes(), accounts[0]->bytes() + accounts[1]->bytes());
  EXPECT_LE(whole->bytes(), 1000u);
}

TEST(Account, TellsOnceOfALargeDrop) {
  const auto account = std::make_shared<Account>();
  int told = 0;
  account->on_large_drop([&] { ++told; });
  account->charge_anyway(3 * Account::kLargeDrop);
  account->give_back(Account::kLargeDrop - 1);
  EXPECT_EQ(told, 0);
  account->give_back(1);
  EXPECT_EQ(told, 1);
  account->give_back(Account::kLargeDrop - 1);
  EXPECT_EQ(told, 1) << "from where it was told last";
  for (int i = 0; i < 10; ++i) {
    account->charge_anyway(Account::kLargeDrop - 1);
    account->give_back(Account::kLargeDrop - 1);
  }
  EXPECT_EQ(told, 1) << "what comes and goes is none";
  account->give_back(1);
  EXPECT_EQ(told, 2);
}

TEST(Charge, IsGivenBackOnce) {
  const auto account = std::make_shared<Account>();
  {
    account->charge_anyway(10);
    Charge one(account, 10);
    Charge two = std::move(one);
    EXPECT_EQ(account->bytes(), 10u);
    two.set(4);
    EXPECT_EQ(account->bytes(), 4u);
    EXPECT_TRUE(two.add(3));
    EXPECT_EQ(two.bytes(), 7u);
    two = Charge();
    EXPECT_EQ(account->bytes(), 0u);
  }
  EXPECT_EQ(account->bytes(), 0u);
}

TEST(Charge, GoesWithTheLastPointerToWhatIsCharged) {
  const auto account = std::make_shared<Account>();
  account->charge_anyway(10);
  const auto plain = std::make_shared<const std::string>("text");
  auto one = charged(plain, {account, 10});
  EXPECT_EQ(one.get(), plain.get());
  auto two = one;
  one.reset();
  EXPECT_EQ(account->bytes(), 10u);
  two.reset();
  EXPECT_EQ(account->bytes(), 0u);
}

}  // namespace
}  // namespace graphmock::base
