// How a SyntaxError is shown to who wrote the text (expr_parser.h).
#include <algorithm>

#include "odata/expr_parser.h"

namespace graphmock::odata {
namespace {

constexpr size_t kShown = 100;  // bytes of a text, about

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

struct Excerpt {
  std::string text;
  size_t caret;  // in characters
};

// The text, or of a long one what is around the position.
Excerpt excerpt(std::string_view text, size_t position) {
  position = std::min(position, text.size());
  size_t begin = 0;
  size_t end = text.size();
  if (text.size() > kShown) {
    begin = position > kShown / 2 ? position - kShown / 2 : 0;
    end = std::min(text.size(), begin + kShown);
    begin = std::min(begin, end - kShown);
    while (begin > 0 && continues_character(text[begin])) --begin;
    while (end < text.size() && continues_character(text[end])) ++end;
  }
  Excerpt shown;
  if (begin > 0) shown.text = "...";
  shown.caret = shown.text.size();
  for (size_t i = begin; i < position; ++i) shown.caret += continues_character(text[i]) ? 0 : 1;
  shown.text += text.substr(begin, end - begin);
  if (end < text.size()) shown.text += "...";
  return shown;
}

}  // namespace

std::string syntax_message(const SyntaxError& error, std::string_view text) {
  return "Syntax error at position " + std::to_string(error.position) + " in '" +
         excerpt(text, error.position).text + "': expected " + error.expected + ".";
}

std::string caret_line(const SyntaxError& error, std::string_view text) {
  const auto shown = excerpt(text, error.position);
  return shown.text + "\n" + std::string(shown.caret, ' ') + "^";
}

}  // namespace graphmock::odata
