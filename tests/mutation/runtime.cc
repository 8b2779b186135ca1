// What a guarded file (mutants.py) asks: which mutant is alive, named by GRAPHMOCK_MUTANT in the
// environment. Of every test it writes down which mutants it came by, and how long it took, to the
// file that GRAPHMOCK_MUTANTS_REACHED names.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <memory>

namespace mutation {
namespace {

constexpr size_t kMostMutants = 100'000;

std::array<std::atomic<bool>, kMostMutants> reached;

int alive() {
  const auto* number = std::getenv("GRAPHMOCK_MUTANT");
  return number ? std::atoi(number) : 0;
}

// What comes before a test, such as what is made for all of its suite, counts as the test's.
class Recorder : public testing::EmptyTestEventListener {
 public:
  explicit Recorder(const char* file) : file_(file) {}

  void OnTestEnd(const testing::TestInfo& test) override {
    file_ << test.test_suite_name() << '.' << test.name() << ' ' << test.result()->elapsed_time()
          << ' ' << (test.result()->Failed() ? "failed" : "passed");
    for (size_t i = 0; i < reached.size(); ++i) {
      if (reached[i].exchange(false, std::memory_order_relaxed)) file_ << ' ' << i;
    }
    file_ << std::endl;
  }

 private:
  std::ofstream file_;
};

const bool is_recorded = [] {
  const auto* file = std::getenv("GRAPHMOCK_MUTANTS_REACHED");
  // gtest owns it.
  if (file) testing::UnitTest::GetInstance()->listeners().Append(new Recorder(file));
  return file != nullptr;
}();

}  // namespace

bool on(int mutant) {
  static const int one = alive();
  if (is_recorded && !reached[static_cast<size_t>(mutant)].load(std::memory_order_relaxed)) {
    reached[static_cast<size_t>(mutant)].store(true, std::memory_order_relaxed);
  }
  return mutant == one;
}

}  // namespace mutation
