// What both peers answer: the users of a file, one JSON text a line, by the key at its beginning.
#pragma once

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <unordered_map>

namespace graphmock::bench {

constexpr std::string_view kPathOfUsers = "/beta/users/";

struct ByView {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
using Answers = std::unordered_map<std::string, std::string, ByView, std::equal_to<>>;

// Lines of "KEY TEXT".
inline Answers answers_of(const char* file) {
  Answers answers;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto end = line.find(' ');
    answers[line.substr(0, end)] = line.substr(end + 1);
  }
  return answers;
}

}  // namespace graphmock::bench
