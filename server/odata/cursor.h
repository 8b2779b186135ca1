// A place in the text of a query option, for the parsers: they take what they expect or fail with
// the position. Blanks are those of OData, space and tab.
#pragma once

#include <string>
#include <string_view>

#include "odata/expr_parser.h"

namespace graphmock::odata {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  std::string_view rest() const { return text_.substr(position_); }
  size_t position() const { return position_; }
  bool at_end() const { return position_ == text_.size(); }
  // '\0' at the end; `ahead` so many bytes further.
  char peek(size_t ahead = 0) const {
    return ahead < text_.size() - position_ ? text_[position_ + ahead] : '\0';
  }
  // What was taken last; '\0' at the beginning.
  char previous() const { return position_ > 0 ? text_[position_ - 1] : '\0'; }

  void advance(size_t bytes) { position_ += bytes; }
  void go_back(size_t position) { position_ = position; }
  std::string_view take_bytes(size_t bytes);
  bool take(char c);
  // A character that may have blanks before it.
  bool take_behind_blanks(char c);
  // A word of letters in any case, whole.
  bool take_word(std::string_view word);
  bool skip_blanks();  // whether there were any

  // What is here, empty for none.
  std::string_view identifier() const;
  std::string_view qualified_name() const;

  void expect(char c);  // "')'"
  // Behind an expression and blanks. Where a word stands instead, it is a misspelt operator.
  void close(char c);
  void expect_end() const;  // skips blanks in its mind
  [[noreturn]] void fail(std::string expected) const;

  // One level of recursion, for as long as it lives. Fails below kMaxDepth.
  class Level {
   public:
    explicit Level(Cursor& cursor);
    ~Level() { --cursor_.levels_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Cursor& cursor_;
  };

 private:
  std::string_view text_;
  size_t position_ = 0;
  size_t levels_ = 0;
};

}  // namespace graphmock::odata
