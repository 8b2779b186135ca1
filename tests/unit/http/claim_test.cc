#include "http/claim.h"

#include <gtest/gtest.h>

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
