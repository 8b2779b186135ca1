#include "odata/cursor.h"

#include <algorithm>

#include "base/text.h"
#include "odata/literal.h"

namespace graphmock::odata {

std::string_view Cursor::take_bytes(size_t bytes) {
  const auto taken = text_.substr(position_, bytes);
  position_ += taken.size();
  return taken;
}

bool Cursor::take(char c) {
  if (at_end() || text_[position_] != c) return false;
  ++position_;
  return true;
}

bool Cursor::take_behind_blanks(char c) {
  const auto start = position_;
  skip_blanks();
  if (take(c)) return true;
  position_ = start;
  return false;
}

bool Cursor::take_word(std::string_view word) {
  if (!base::equals_ignoring_case(identifier(), word)) return false;
  position_ += word.size();
  return true;
}

bool Cursor::skip_blanks() {
  const auto start = position_;
  while (!at_end() && (text_[position_] == ' ' || text_[position_] == '\t')) ++position_;
  return position_ > start;
}

std::string_view Cursor::identifier() const {
  return rest().substr(0, identifier_length(rest()));
}

std::string_view Cursor::qualified_name() const {
  return rest().substr(0, qualified_name_length(rest()));
}

void Cursor::expect(char c) {
  if (!take(c)) fail(std::string("'") + c + "'");
}

void Cursor::close(char c) {
  const bool has_blanks = skip_blanks();
  if (take(c)) return;
  const std::string expected = std::string("'") + c + "'";
  const bool is_word = has_blanks && is_identifier_start(peek());
  fail(is_word ? "an operator or " + expected : expected);
}

void Cursor::expect_end() const {
  auto place = *this;
  place.skip_blanks();
  if (place.at_end()) return;
  place.fail(is_identifier_character(place.peek()) ? "an operator" : "the end");
}

void Cursor::fail(std::string expected) const {
  throw SyntaxError(position_, std::move(expected));
}

Cursor::Level::Level(Cursor& cursor) : cursor_(cursor) {
  if (cursor.levels_ >= kMaxDepth) {
    cursor.fail("at most " + std::to_string(kMaxDepth) + " levels of nesting");
  }
  ++cursor.levels_;
}

}  // namespace graphmock::odata
