// The grammars of $select, $expand, $orderby and $compute, and of the options within them.
#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <span>

#include "base/text.h"
#include "odata/grammar.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

using Names = std::span<const std::string_view>;
using Path = std::vector<std::string>;

constexpr std::array<std::string_view, 8> kInSelect{"filter", "search", "count",   "orderby",
                                                    "skip",   "top",    "compute", "select"};
constexpr std::array<std::string_view, 11> kInExpand{"filter", "search", "count",   "orderby",
                                                     "skip",   "top",    "compute", "select",
                                                     "expand", "levels", "apply"};
constexpr std::array<std::string_view, 6> kOfReferences{"filter",  "search", "count",
                                                        "orderby", "skip",   "top"};
constexpr std::array<std::string_view, 2> kOfCount{"filter", "search"};
constexpr std::array<std::string_view, 1> kOfStar{"levels"};

std::string one_of(Names names, bool has_aliases) {
  std::string text = has_aliases ? "@name" : "";
  for (const auto name : names) {
    if (!text.empty()) text += name == names.back() ? " or " : ", ";
    text += '$';
    text += name;
  }
  return text;
}

// "@p=value" or "$name=value", with or without the '$'.
void take_nested_option(Cursor& cursor, Names allowed, bool has_aliases, Query& query,
                        std::set<std::string>& given) {
  const auto start = cursor.position();
  const bool is_alias = cursor.take('@');
  if (!is_alias) cursor.take('$');
  const auto word = cursor.identifier();
  const auto name = is_alias ? std::string(word) : base::lower_case(word);
  const bool is_known = is_alias ? has_aliases && !name.empty()
                                 : std::find(allowed.begin(), allowed.end(), name) != allowed.end();
  if (!is_known) throw SyntaxError(start, one_of(allowed, has_aliases));
  const auto key = (is_alias ? "@" : "$") + name;
  if (!given.insert(key).second) throw SyntaxError(start, "'" + key + "' once only");
  cursor.advance(word.size());
  cursor.skip_blanks();
  cursor.expect('=');
  cursor.skip_blanks();
  if (!is_alias) return take_option(cursor, name, query);
  query.aliases[key] = take_expression(cursor);
}

// In parentheses with ';' between them; null when no parenthesis is there.
std::shared_ptr<const Query> take_options(Cursor& cursor, Names allowed, bool has_aliases) {
  if (!cursor.take('(')) return nullptr;
  const Cursor::Level level(cursor);
  auto query = std::make_shared<Query>();
  std::set<std::string> given;
  do {
    cursor.skip_blanks();
    take_nested_option(cursor, allowed, has_aliases, *query, given);
  } while (cursor.take_behind_blanks(';'));
  cursor.close(')');
  return query;
}

// A name, a type or an annotation.
std::string take_segment(Cursor& cursor) {
  const auto start = cursor.position();
  const bool is_annotation = cursor.take('@');
  const auto name = cursor.qualified_name();
  if (name.empty()) cursor.fail("a name");
  cursor.advance(name.size());
  if (is_annotation && cursor.take('#')) {
    if (cursor.identifier().empty()) cursor.fail("a name");
    cursor.advance(cursor.identifier().size());
  }
  return std::string(cursor.text().substr(start, cursor.position() - start));
}

// "(a,b)" behind the name of a function, which tells overloads apart; empty when it is none.
std::string take_parameter_names(Cursor& cursor) {
  const auto start = cursor.position();
  std::string names;
  if (!cursor.take('(')) return names;
  do {
    cursor.skip_blanks();
    const auto name = cursor.identifier();
    if (name.empty()) break;
    names += names.empty() ? "(" : ",";
    names += cursor.take_bytes(name.size());
    if (!cursor.take_behind_blanks(')')) continue;
    return names + ')';
  } while (cursor.take_behind_blanks(','));
  cursor.go_back(start);
  return {};
}

SelectItem take_select_item(Cursor& cursor) {
  SelectItem item;
  if (cursor.take('*')) {
    item.path = {"*"};
    return item;
  }
  do {
    item.path.push_back(take_segment(cursor));
    if (cursor.peek() == '.' && cursor.peek(1) == '*' && item.path.size() == 1) {
      cursor.advance(2);
      item.path[0] += ".*";
      return item;
    }
  } while (cursor.take('/'));
  const auto parameters = take_parameter_names(cursor);
  item.path.back() += parameters;
  if (parameters.empty()) item.options = take_options(cursor, kInSelect, true);
  return item;
}

ExpandItem take_expand_item(Cursor& cursor) {
  ExpandItem item;
  const auto take_suffix = [&](std::string_view suffix) {
    const bool is_there =
        cursor.rest().starts_with(suffix) && !is_identifier_character(cursor.peek(suffix.size()));
    if (is_there) cursor.advance(suffix.size());
    return is_there;
  };
  if (take_suffix("$value")) {
    item.path = {"$value"};
    return item;
  }
  if (cursor.take('*')) {
    item.path = {"*"};
    item.is_reference = take_suffix("/$ref");
    if (!item.is_reference) item.options = take_options(cursor, kOfStar, false);
    return item;
  }
  do {
    item.path.push_back(take_segment(cursor));
    item.is_reference = take_suffix("/$ref");
    item.is_count = !item.is_reference && take_suffix("/$count");
  } while (!item.is_reference && !item.is_count && cursor.take('/'));
  const Names allowed = item.is_reference ? Names(kOfReferences)
                        : item.is_count   ? Names(kOfCount)
                                          : Names(kInExpand);
  item.options = take_options(cursor, allowed, !item.is_reference && !item.is_count);
  return item;
}

OrderItem take_order_item(Cursor& cursor) {
  OrderItem item;
  item.expression = take_expression(cursor);
  const auto start = cursor.position();
  if (!cursor.skip_blanks()) return item;
  item.is_descending = cursor.take_word("desc");
  if (!item.is_descending && !cursor.take_word("asc")) cursor.go_back(start);
  return item;
}

ComputeItem take_compute_item(Cursor& cursor) {
  ComputeItem item;
  item.expression = take_expression(cursor);
  item.name = take_as(cursor);
  return item;
}

// With ',' between them, blanks around it.
template <typename Item>
std::vector<Item> take_items(Cursor& cursor, Item (*take_item)(Cursor&)) {
  std::vector<Item> items;
  do {
    cursor.skip_blanks();
    items.push_back(take_item(cursor));
  } while (cursor.take_behind_blanks(','));
  return items;
}

template <typename Item>
std::vector<Item> parse_items(std::string_view text, Item (*take_item)(Cursor&)) {
  Cursor cursor(text);
  auto items = take_items(cursor, take_item);
  cursor.expect_end();
  return items;
}

template <typename Number>
Number take_number(Cursor& cursor, std::string_view expected) {
  Number number{};
  const auto rest = cursor.rest();
  const auto result = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (result.ec != std::errc() ||
      is_identifier_character(cursor.peek(static_cast<size_t>(result.ptr - rest.data())))) {
    cursor.fail(std::string(expected));
  }
  cursor.advance(static_cast<size_t>(result.ptr - rest.data()));
  return number;
}

int64_t take_levels(Cursor& cursor) {
  if (cursor.take_word("max")) return -1;
  constexpr std::string_view kExpected = "a whole number of at least 1, or max";
  if (cursor.peek() < '1' || cursor.peek() > '9') cursor.fail(std::string(kExpected));
  return take_number<int64_t>(cursor, kExpected);
}

bool take_boolean(Cursor& cursor) {
  if (cursor.take_word("true")) return true;
  if (!cursor.take_word("false")) cursor.fail("true or false");
  return false;
}

}  // namespace

std::string take_as(Cursor& cursor) {
  const bool has_blank = cursor.skip_blanks();
  if (!has_blank || !cursor.take_word("as") || !cursor.skip_blanks())
    cursor.fail("'as' and a name");
  std::string name(cursor.identifier());
  if (name.empty()) cursor.fail("a name");
  cursor.advance(name.size());
  return name;
}

uint64_t take_count_of(Cursor& cursor) {
  return take_number<uint64_t>(cursor, "a whole number of at least 0");
}

std::vector<OrderItem> take_orderby(Cursor& cursor) {
  return take_items(cursor, take_order_item);
}

std::vector<ComputeItem> take_compute(Cursor& cursor) {
  return take_items(cursor, take_compute_item);
}

void take_option(Cursor& cursor, std::string_view name, Query& query) {
  if (name == "filter") {
    query.filter = take_expression(cursor);
  } else if (name == "orderby") {
    query.orderby = take_orderby(cursor);
  } else if (name == "select") {
    query.select = take_items(cursor, take_select_item);
  } else if (name == "expand") {
    query.expand = take_items(cursor, take_expand_item);
  } else if (name == "compute") {
    query.compute = take_compute(cursor);
  } else if (name == "apply") {
    query.apply = take_apply(cursor);
  } else if (name == "search") {
    query.search = take_search(cursor);
  } else if (name == "top") {
    query.top = take_count_of(cursor);
  } else if (name == "skip") {
    query.skip = take_count_of(cursor);
  } else if (name == "count") {
    query.count = take_boolean(cursor);
  } else if (name == "levels") {
    query.levels = take_levels(cursor);
  }
}

std::vector<OrderItem> parse_orderby(std::string_view text) {
  return parse_items(text, take_order_item);
}

std::vector<SelectItem> parse_select(std::string_view text) {
  return parse_items(text, take_select_item);
}

std::vector<ExpandItem> parse_expand(std::string_view text) {
  return parse_items(text, take_expand_item);
}

std::vector<ComputeItem> parse_compute(std::string_view text) {
  return parse_items(text, take_compute_item);
}

}  // namespace graphmock::odata
