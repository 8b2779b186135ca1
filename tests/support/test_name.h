// Names for the rows of a table of tests: GoogleTest takes letters, digits and underscores alone.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace graphmock::support {

inline std::string test_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += is_plain ? c : '_';
  }
  return name;
}

// For INSTANTIATE_TEST_SUITE_P with rows that have a `name`.
struct RowName {
  template <typename Row>
  std::string operator()(const testing::TestParamInfo<Row>& info) const {
    return test_name(info.param.name);
  }
};

// For rows that are texts themselves; the number keeps names apart.
struct TextName {
  std::string operator()(const testing::TestParamInfo<std::string>& info) const {
    return std::to_string(info.index) + "_" + test_name(info.param);
  }
};

}  // namespace graphmock::support
