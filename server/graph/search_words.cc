#include "graph/search_words.h"

#include "odata/text_case.h"

namespace graphmock::graph {
namespace {

enum class Kind { Blank, Symbol, Digit, Lower, Upper, Other };

// Characters beyond ASCII belong to words: no case is told of them.
Kind kind_of(char c) {
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return Kind::Blank;
  if (c >= '0' && c <= '9') return Kind::Digit;
  if (c >= 'a' && c <= 'z') return Kind::Lower;
  if (c >= 'A' && c <= 'Z') return Kind::Upper;
  return static_cast<unsigned char>(c) >= 0x80 ? Kind::Other : Kind::Symbol;
}

bool is_of_word(Kind kind) {
  return kind != Kind::Blank && kind != Kind::Symbol;
}

// A word ends where digits meet letters and where a small letter meets a capital one.
bool splits(Kind before, Kind after) {
  if ((before == Kind::Digit) != (after == Kind::Digit)) return true;
  return before == Kind::Lower && after == Kind::Upper;
}

std::vector<std::string> words_of(std::string_view text, bool with_joined) {
  std::vector<std::string> words;
  std::string word, joined;
  bool has_symbol = false;  // between the words of `joined`
  const auto end_word = [&] {
    if (word.empty()) return;
    joined += word;
    words.push_back(odata::to_lower(word));
    word.clear();
  };
  const auto end_joined = [&] {
    end_word();
    if (with_joined && has_symbol && joined.size() > words.back().size()) {
      words.push_back(odata::to_lower(joined));
    }
    joined.clear();
    has_symbol = false;
  };
  auto before = Kind::Blank;
  for (const char c : text) {
    const auto kind = kind_of(c);
    if (kind == Kind::Blank) {
      end_joined();
    } else if (kind == Kind::Symbol) {
      end_word();
      has_symbol |= !joined.empty();
    } else {
      if (is_of_word(before) && splits(before, kind)) end_word();
      word += c;
    }
    before = kind;
  }
  end_joined();
  return words;
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
  return words_of(text, true);
}

std::vector<std::string> plain_words(std::string_view text) {
  return words_of(text, false);
}

}  // namespace graphmock::graph
