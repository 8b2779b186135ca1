#include "http/claim.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace graphmock::http {
namespace {

TEST(Claim, IsTakenWithTheTicketOfItsLastParkingOnly) {
  Claim claim;
  const uint32_t first = claim.prepare_to_leave();
  claim.leave();
  EXPECT_EQ(claim.parked(), first);
  EXPECT_TRUE(claim.take(first));
  const uint32_t second = claim.prepare_to_leave();
  claim.leave();
  EXPECT_FALSE(claim.take(first));
  EXPECT_TRUE(claim.take(second));
}

TEST(Claim, CannotBeTakenWhileItIsHeld) {
  Claim claim;
  EXPECT_FALSE(claim.take(0));
  EXPECT_EQ(claim.parked(), std::nullopt);
  const uint32_t ticket = claim.prepare_to_leave();
  EXPECT_EQ(claim.parked(), std::nullopt);
  claim.leave();
  EXPECT_TRUE(claim.take(ticket));
  EXPECT_FALSE(claim.take(ticket));
}

TEST(Claim, IsLeftAgainUnderItsTicket) {
  Claim claim;
  const uint32_t ticket = claim.prepare_to_leave();
  claim.leave();
  ASSERT_TRUE(claim.take(ticket));
  EXPECT_TRUE(claim.leave_again());
  EXPECT_EQ(claim.parked(), ticket);
  EXPECT_TRUE(claim.take(ticket));
}

TEST(Claim, StaysWithTheHolderForWhomSomebodyCame) {
  Claim claim;
  const uint32_t ticket = claim.prepare_to_leave();
  claim.leave();
  ASSERT_TRUE(claim.take(ticket));
  EXPECT_FALSE(claim.take(ticket + 1)) << "that is for another";
  EXPECT_FALSE(claim.take(ticket));
  EXPECT_FALSE(claim.take(ticket));
  EXPECT_FALSE(claim.leave_again());
  EXPECT_EQ(claim.parked(), std::nullopt);
  EXPECT_TRUE(claim.leave_again()) << "nobody came since";
  ASSERT_TRUE(claim.take(ticket));
  EXPECT_FALSE(claim.take(ticket));
  claim.prepare_to_leave();
  claim.leave();
  EXPECT_EQ(claim.parked(), ticket + 1) << "a fresh ticket asks anew";
}

TEST(Claim, BeginsAgainBehindTheLastTicket) {
  Claim claim;
  uint32_t last = claim.prepare_to_leave();
  claim.leave();
  EXPECT_EQ(last, 1u);
  EXPECT_FALSE(claim.take(last | (Claim::kMostTicket + 1))) << "a word's other bits are no ticket";
}

// Of all who come, each either gets it or is gone on for: whoever adds to what is to be done, and
// comes then, finds all of it done in the end.
TEST(Claim, LosesNobodyWhoCame) {
  constexpr int kThreads = 4;
  constexpr int kTurns = 3000;
  Claim claim;
  std::atomic<int> to_do = 0;
  int done = 0;  // the holder's
  const uint32_t ticket = claim.prepare_to_leave();
  claim.leave();
  std::latch begin(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      begin.arrive_and_wait();
      for (int turn = 0; turn < kTurns; ++turn) {
        ++to_do;
        if (!claim.take(ticket)) continue;
        do {
          done += to_do.exchange(0);
        } while (!claim.leave_again());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, kThreads * kTurns);
  EXPECT_EQ(to_do, 0);
}

// Whoever takes it sees all that its last holder wrote, and nobody else writes meanwhile: the
// plain counter would lose counts otherwise, and a thread sanitizer would say so.
TEST(Claim, HasOneHolderAtATime) {
  constexpr int kThreads = 4;
  constexpr int kTurns = 2000;
  Claim claim;
  int count = 0;
  const uint32_t first = claim.prepare_to_leave();
  claim.leave();
  std::vector<std::thread> threads;
  std::latch begin(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      begin.arrive_and_wait();
      for (;;) {
        const std::optional<uint32_t> ticket = claim.parked();
        if (!ticket || !claim.take(*ticket)) {
          std::this_thread::yield();
          continue;
        }
        const bool done = count == kTurns;
        if (!done) ++count;
        claim.prepare_to_leave();
        claim.leave();
        if (done) return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, kTurns);
  EXPECT_EQ(claim.parked(), first + kTurns + kThreads);
}

}  // namespace
}  // namespace graphmock::http
