#include "sample.h"

#include <algorithm>

namespace graphmock::mutation_sample {

int sum_from(const std::vector<int>& numbers, int least) {
  int sum = 0;
  std::for_each(numbers.begin(), numbers.end(), [&](int number) {
    if (number >= least) sum += number;
  });
  return sum;
}

const int& larger(const int& a, const int& b) {
  return a > b ? a : b;
}

int forgotten(int number) {
  return number + 1;
}

}  // namespace graphmock::mutation_sample
