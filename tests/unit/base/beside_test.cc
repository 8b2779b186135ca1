#include "base/beside.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <thread>

namespace graphmock::base {
namespace {

TEST(Beside, WorksWhileTheCallerDoes) {
  std::promise<std::string> said;
  Beside work([heard = said.get_future()]() mutable { return heard.get() + "!"; });
  said.set_value("now");  // had it been done before, there would be no end of waiting
  EXPECT_EQ(work.take(), "now!");
}

TEST(Beside, ThrowsWhatTheWorkThrew) {
  Beside work([]() -> int { throw std::runtime_error("no"); });
  EXPECT_THROW(work.take(), std::runtime_error);
}

TEST(Beside, IsWaitedForAlsoWhenNobodyTakesIt) {
  bool is_done = false;
  {
    const Beside work([&] { return is_done = true; });
  }
  EXPECT_TRUE(is_done);
}

}  // namespace
}  // namespace graphmock::base
