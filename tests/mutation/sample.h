// Something small to break, for the test of mutate.py.
#pragma once

#include <vector>

namespace graphmock::mutation_sample {

// The sum of those that are at least `least`.
int sum_from(const std::vector<int>& numbers, int least);
// Of two that are equal either; no test can tell which.
const int& larger(const int& a, const int& b);
// No test asks.
int forgotten(int number);

}  // namespace graphmock::mutation_sample
