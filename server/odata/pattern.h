// The regular expressions of matchesPattern (URL 5.1.1.7.1), which are ECMAScript's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace graphmock::odata {

// Compiles each once, since a filter asks for the same one again and again.
class Patterns {
 public:
  Patterns();
  ~Patterns();
  Patterns(const Patterns&) = delete;
  Patterns& operator=(const Patterns&) = delete;

  // Whether a part of the text matches. Throws http::Error: 400 for what is no pattern, 501 for one
  // that takes what no automaton has (looking ahead or behind, back references).
  bool matches(std::string_view text, const std::string& pattern);
  // Throws as matches() does.
  void compile(const std::string& pattern);

 private:
  class Compiled;
  const Compiled& compiled(const std::string& pattern);

  std::map<std::string, std::unique_ptr<Compiled>, std::less<>> compiled_;
};

}  // namespace graphmock::odata
