#include "base/work_budget.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/json.h"

namespace graphmock::base {
namespace {

using namespace std::chrono_literals;

struct Spent : std::exception {};
void refuse() {
  throw Spent();
}

int times_asked = 0;
int jumps_when_asked = 0;

// Jumps an hour when it has been asked so often.
WorkBudget::Time jumping() {
  return WorkBudget::Time(++times_asked > jumps_when_asked ? 1h : 0h);
}

WorkBudget::Limits limits(uint64_t work, int jumps = 1'000'000'000) {
  times_asked = 0;
  jumps_when_asked = jumps;
  return {work, 1min, jumping};
}

TEST(WorkBudget, IsSpentByMoreThanItHas) {
  for (const uint64_t size : {1u, 10u, 100'000u, 100'001u, 5'000'000u}) {
    const WorkBudget budget(limits(size), refuse);
    for (uint64_t i = 0; i < 10; ++i) EXPECT_NO_THROW(charge(size / 10));
    EXPECT_NO_THROW(charge(size % 10));
    EXPECT_EQ(budget.used(), size);
    EXPECT_THROW(charge(1), Spent) << size;
  }
}

TEST(WorkBudget, IsSpentAtOnceByWhatIsTooMuch) {
  const WorkBudget budget(limits(5'000'000), refuse);
  EXPECT_THROW(charge(50'000'000'000), Spent);
}

TEST(WorkBudget, RefusesWhatWouldEndTooLate) {
  const WorkBudget budget(limits(1'000'000'000'000), refuse);
  EXPECT_NO_THROW(charge(60'000'000'000));  // a minute, which is all the time that there is
  EXPECT_THROW(charge(60'001'000'000), Spent);
}

TEST(WorkBudget, StaysSpent) {
  const WorkBudget budget(limits(10), refuse);
  EXPECT_THROW(charge(11), Spent);
  EXPECT_THROW(charge(1), Spent);
  EXPECT_THROW(charge(0), Spent);
}

TEST(WorkBudget, IsOnlyThatOfWhatIsDoneWhileItLives) {
  charge(1'000'000'000'000);
  {
    const WorkBudget budget(limits(10), refuse);
    EXPECT_THROW(charge(11), Spent);
  }
  EXPECT_NO_THROW(charge(11));
  const WorkBudget next(limits(10), refuse);
  EXPECT_NO_THROW(charge(10));
}

TEST(WorkBudget, IsSharedByWhatIsWithin) {
  const WorkBudget all(limits(100), refuse);
  {
    const WorkBudget part(limits(1'000'000), refuse);
    charge(60);
  }
  EXPECT_EQ(all.used(), 60u);
  const WorkBudget other(limits(1'000'000), refuse);
  EXPECT_THROW(charge(60), Spent);
}

TEST(WorkBudget, IsNotAskedWhilePaused) {
  const WorkBudget budget(limits(10), refuse);
  EXPECT_THROW(charge(11), Spent);
  {
    const WorkBudget::Pause pause;
    EXPECT_NO_THROW(charge(11));
  }
  EXPECT_THROW(charge(1), Spent);
}

TEST(WorkBudget, EndsByTheClockWhateverTheWork) {
  const WorkBudget budget(limits(1'000'000'000, 3), refuse);
  uint64_t done = 0;
  const auto work_on = [&] {
    for (; done < 900'000'000; done += 1000) charge(1000);
  };
  EXPECT_THROW(work_on(), Spent);
  EXPECT_EQ(times_asked, 4) << "once to know when it began";
  EXPECT_LT(done, 4'000'000u);
  EXPECT_THROW(charge(1), Spent) << "though the clock is not asked again";
  EXPECT_EQ(times_asked, 4);
}

TEST(WorkBudget, AsksNoClockForLittle) {
  const WorkBudget budget(limits(1'000'000'000, 0), refuse);
  charge(99'000);
  EXPECT_EQ(times_asked, 0);
}

TEST(WorkBudget, IsTakenByTheJsonParserAndPrinter) {
  const auto text = "[\"" + std::string(100'000, 'x') + "\"]";
  uint64_t of_parsing = 0;
  json::value value;
  {
    const WorkBudget budget(limits(1'000'000'000), refuse);
    value = parse_json(text);
    of_parsing = budget.used();
    to_json(value);
    EXPECT_GT(budget.used(), of_parsing + text.size() / 10);
  }
  EXPECT_GT(of_parsing, text.size());
  const WorkBudget small(limits(1000), refuse);
  EXPECT_THROW(parse_json(text), Spent);
  EXPECT_THROW(to_json(value), Spent);
}

}  // namespace
}  // namespace graphmock::base
