#include "odata/pattern.h"

#include <re2/re2.h>

#include "base/work_budget.h"
#include "http/error.h"

namespace graphmock::odata {
namespace {

constexpr size_t kMostKept = 64;
constexpr size_t kLongest = 1000;
constexpr int64_t kMostMemory = 1 << 20;

bool has_four_hex_digits(std::string_view text) {
  return text.size() >= 4 && text.find_first_not_of("0123456789abcdefABCDEF") >= 4;
}

// What ECMAScript writes differently from RE2: \u00e4 is \x{00e4}, (?<name> is (?P<name>, \/ is a
// slash, and [^] is any character.
std::string translated(std::string_view pattern) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const auto rest = pattern.substr(i);
    if (rest.starts_with("\\u") && has_four_hex_digits(rest.substr(2))) {
      text += "\\x{" + std::string(rest.substr(2, 4)) + "}";
      i += 5;
    } else if (rest.starts_with("\\") && rest.size() > 1) {
      text += rest.substr(0, 2);
      ++i;
    } else if (rest.starts_with("(?<") && rest.size() > 3 && rest[3] != '=' && rest[3] != '!') {
      text += "(?P<";
      i += 2;
    } else if (rest.starts_with("[^]")) {
      text += "(?s:.)";
      i += 2;
    } else {
      text += pattern[i];
    }
  }
  return text;
}

re2::RE2::Options options() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(kMostMemory);
  return options;
}

}  // namespace

class Patterns::Compiled {
 public:
  explicit Compiled(const std::string& pattern) : expression_(translated(pattern), options()) {}
  const re2::RE2& expression() const { return expression_; }

 private:
  re2::RE2 expression_;
};

Patterns::Patterns() = default;
Patterns::~Patterns() = default;

const Patterns::Compiled& Patterns::compiled(const std::string& pattern) {
  if (const auto known = compiled_.find(pattern); known != compiled_.end()) return *known->second;
  if (pattern.size() > kLongest) {
    throw http::Error(400, "",
                      "The pattern of 'matchesPattern' is longer than " + std::to_string(kLongest) +
                          " characters.");
  }
  constexpr uint64_t kWorkOfByte = 1000;
  base::charge(pattern.size() * kWorkOfByte);
  auto made = std::make_unique<Compiled>(pattern);
  const auto& expression = made->expression();
  switch (expression.error_code()) {
    case re2::RE2::NoError:
      break;
    case re2::RE2::ErrorBadPerlOp:   // (?=a), (?<=a)
    case re2::RE2::ErrorBadEscape:   // \1, \cA
    case re2::RE2::ErrorRepeatSize:  // a{2000}
    case re2::RE2::ErrorPatternTooLarge:
      throw http::not_implemented("the pattern '" + pattern + "' of 'matchesPattern' (" +
                                  expression.error() + ")");
    default:
      throw http::Error(400, "",
                        "'" + pattern + "' is no regular expression for 'matchesPattern': " +
                            expression.error() + ".");
  }
  if (compiled_.size() >= kMostKept) compiled_.clear();
  return *compiled_.emplace(pattern, std::move(made)).first->second;
}

bool Patterns::matches(std::string_view text, const std::string& pattern) {
  const auto& expression = compiled(pattern).expression();
  // An automaton that grows beyond its memory is gone through state by state for each byte.
  base::charge(text.size() * (2 + static_cast<uint64_t>(expression.ProgramSize()) / 2));
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
}

void Patterns::compile(const std::string& pattern) {
  compiled(pattern);
}

}  // namespace graphmock::odata
