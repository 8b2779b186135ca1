// Takes a text from left to right, a character or a few digits at a time. For literals; what
// reports errors with their position is the parsers' Cursor.
#pragma once

#include <optional>
#include <string_view>

namespace graphmock::odata {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  size_t position() const { return position_; }
  std::string_view rest() const { return text_.substr(position_); }
  bool at_end() const { return position_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }
  void advance(size_t bytes) { position_ += bytes; }

  bool take(char c) {
    if (at_end() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  bool take_any(std::string_view characters) {
    if (at_end() || characters.find(text_[position_]) == std::string_view::npos) return false;
    ++position_;
    return true;
  }
  // As many as there are.
  std::string_view digits() {
    const auto begin = position_;
    while (!at_end() && peek() >= '0' && peek() <= '9') ++position_;
    return text_.substr(begin, position_ - begin);
  }
  std::optional<int> two_digits(int low, int high) {
    const auto two = rest().substr(0, 2);
    if (two.size() < 2 || two.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    const int value = (two[0] - '0') * 10 + (two[1] - '0');
    if (value < low || value > high) return std::nullopt;
    position_ += 2;
    return value;
  }

 private:
  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace graphmock::odata
