// The grammar of $search (URL 5.1.8).
#include <algorithm>

#include "odata/grammar.h"

namespace graphmock::odata {
namespace {

bool ends_word(char c) {
  constexpr std::string_view kEnds = " \t()\";";
  return kEnds.find(c) != std::string_view::npos;
}

class SearchParser {
 public:
  explicit SearchParser(Cursor& cursor) : cursor_(cursor) {}

  SearchPtr disjunction() {
    const Cursor::Level level(cursor_);
    std::vector<SearchPtr> operands{conjunction()};
    while (take_operator("OR")) operands.push_back(conjunction());
    return joined(Search::Kind::Or, std::move(operands));
  }

  // The whole in single quotes, as some clients send it.
  SearchPtr quoted() {
    std::string text;
    cursor_.expect('\'');
    while (true) {
      if (cursor_.at_end()) cursor_.fail("a closing quote");
      const bool is_quote = cursor_.take('\'');
      if (is_quote && cursor_.peek() != '\'') break;
      text += cursor_.take_bytes(1);
    }
    return leaf(Search::Kind::Phrase, std::move(text));
  }

 private:
  static SearchPtr leaf(Search::Kind kind, std::string text) {
    return std::make_shared<const Search>(Search{kind, std::move(text), {}});
  }

  static SearchPtr joined(Search::Kind kind, std::vector<SearchPtr> operands) {
    if (operands.size() == 1) return operands[0];
    return std::make_shared<const Search>(Search{kind, "", std::move(operands)});
  }

  std::string_view word() const {
    const auto rest = cursor_.rest();
    const auto end = std::find_if(rest.begin(), rest.end(), ends_word);
    return rest.substr(0, static_cast<size_t>(end - rest.begin()));
  }

  // Whether, behind blanks, an operand begins here.
  bool operand_follows(size_t ahead) const {
    auto place = cursor_;
    place.advance(ahead);
    if (!place.skip_blanks() || place.at_end()) return false;
    return place.peek() != ')' && place.peek() != ';' && place.peek() != '\'';
  }

  // AND, OR and NOT are operators where an operand follows, and words elsewhere.
  bool is_operator(std::string_view name) const {
    return word() == name && operand_follows(name.size());
  }

  bool take_operator(std::string_view name) {
    const auto start = cursor_.position();
    if (cursor_.skip_blanks() && is_operator(name)) {
      cursor_.advance(name.size());
      cursor_.skip_blanks();
      return true;
    }
    cursor_.go_back(start);
    return false;
  }

  SearchPtr conjunction() {
    std::vector<SearchPtr> operands{term()};
    while (true) {
      if (!take_operator("AND")) {
        if (!operand_follows(0)) break;
        const auto start = cursor_.position();
        cursor_.skip_blanks();
        if (is_operator("OR")) {
          cursor_.go_back(start);
          break;
        }
      }
      operands.push_back(term());
    }
    return joined(Search::Kind::And, std::move(operands));
  }

  SearchPtr term() {
    if (cursor_.peek() == '"') return phrase();
    if (cursor_.take('(')) {
      cursor_.skip_blanks();
      auto inner = disjunction();
      cursor_.skip_blanks();
      cursor_.expect(')');
      expect_boundary();
      return inner;
    }
    if (is_operator("NOT")) {
      const Cursor::Level level(cursor_);
      cursor_.advance(3);
      cursor_.skip_blanks();
      return std::make_shared<const Search>(Search{Search::Kind::Not, "", {term()}});
    }
    const auto text = word();
    if (text.empty() || text[0] == '\'') cursor_.fail("a word or a phrase in double quotes");
    cursor_.advance(text.size());
    expect_boundary();
    return leaf(Search::Kind::Word, std::string(text));
  }

  SearchPtr phrase() {
    std::string text;
    cursor_.expect('"');
    while (!cursor_.take('"')) {
      if (cursor_.at_end()) cursor_.fail("a closing double quote");
      const bool is_escape =
          cursor_.peek() == '\\' && (cursor_.peek(1) == '"' || cursor_.peek(1) == '\\');
      if (is_escape) cursor_.advance(1);
      text += cursor_.take_bytes(1);
    }
    if (text.empty()) cursor_.fail("a phrase that is not empty");
    expect_boundary();
    return leaf(Search::Kind::Phrase, std::move(text));
  }

  void expect_boundary() const {
    constexpr std::string_view kMayFollow = " \t);";
    if (cursor_.at_end() || kMayFollow.find(cursor_.peek()) != std::string_view::npos) return;
    cursor_.fail("a blank");
  }

  Cursor& cursor_;
};

void print(const Search& search, Search::Kind around, std::string& text) {
  using Kind = Search::Kind;
  const bool is_keyword = search.text == "AND" || search.text == "OR" || search.text == "NOT";
  if (search.kind == Kind::Word && !is_keyword) {
    text += search.text;
  } else if (search.kind == Kind::Word || search.kind == Kind::Phrase) {
    text += '"';
    for (const char c : search.text) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  } else if (search.kind == Kind::Not) {
    text += "NOT ";
    print(*search.operands[0], Kind::Not, text);
  } else {
    const bool needs_parentheses =
        around == Kind::Not || (around == Kind::And && search.kind == Kind::Or);
    if (needs_parentheses) text += '(';
    for (size_t i = 0; i < search.operands.size(); ++i) {
      if (i > 0) text += search.kind == Kind::And ? " AND " : " OR ";
      print(*search.operands[i], search.kind, text);
    }
    if (needs_parentheses) text += ')';
  }
}

}  // namespace

SearchPtr take_search(Cursor& cursor) {
  SearchParser parser(cursor);
  return cursor.peek() == '\'' ? parser.quoted() : parser.disjunction();
}

SearchPtr parse_search(std::string_view text) {
  Cursor cursor(text);
  cursor.skip_blanks();
  auto search = take_search(cursor);
  cursor.skip_blanks();
  if (!cursor.at_end()) cursor.fail("a word or a phrase in double quotes");
  return search;
}

std::string to_string(const Search& search) {
  std::string text;
  print(search, Search::Kind::Word, text);
  return text;
}

}  // namespace graphmock::odata
