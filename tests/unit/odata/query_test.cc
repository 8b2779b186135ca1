#include "odata/query.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "http/error.h"
#include "http/url.h"
#include "odata/apply.h"
#include "odata/expr_parser.h"
#include "support/test_name.h"

namespace graphmock::odata {
namespace {

std::string printed(const Query& query, std::string_view separator);

std::string joined(const std::vector<std::string>& path) {
  std::string text;
  for (const auto& segment : path) text += (text.empty() ? "" : "/") + segment;
  return text;
}

std::string in_parentheses(const std::shared_ptr<const Query>& options) {
  return options ? "(" + printed(*options, ";") + ")" : "";
}

std::string printed(const OrderItem& item) {
  return to_string(*item.expression) + (item.is_descending ? " desc" : "");
}

std::string printed(const SelectItem& item) {
  return joined(item.path) + in_parentheses(item.options);
}

std::string printed(const ExpandItem& item) {
  return joined(item.path) + (item.is_reference ? "/$ref" : "") + (item.is_count ? "/$count" : "") +
         in_parentheses(item.options);
}

std::string printed(const ComputeItem& item) {
  return to_string(*item.expression) + " as " + item.name;
}

// What is there, in the order of the alphabet.
std::string printed(const Query& query, std::string_view separator) {
  std::string text;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!text.empty()) text += separator;
    text += std::string(name) + "=" + value;
  };
  const auto add_items = [&](std::string_view name, const auto& items) {
    std::string all;
    for (const auto& item : items) all += (all.empty() ? "" : ",") + printed(item);
    if (!items.empty()) add(name, all);
  };
  const auto add_text = [&](std::string_view name, const std::optional<std::string>& value) {
    if (value) add(name, *value);
  };
  if (query.apply) add("$apply", to_string(*query.apply));
  add_items("$compute", query.compute);
  if (query.count) add("$count", *query.count ? "true" : "false");
  add_text("$deltatoken", query.deltatoken);
  add_items("$expand", query.expand);
  if (query.filter) add("$filter", to_string(*query.filter));
  add_text("$format", query.format);
  add_text("$id", query.id);
  add_text("$index", query.index);
  if (query.levels) add("$levels", *query.levels < 0 ? "max" : std::to_string(*query.levels));
  add_items("$orderby", query.orderby);
  add_text("$schemaversion", query.schemaversion);
  if (query.search) add("$search", to_string(*query.search));
  add_items("$select", query.select);
  if (query.skip) add("$skip", std::to_string(*query.skip));
  add_text("$skiptoken", query.skiptoken);
  if (query.top) add("$top", std::to_string(*query.top));
  for (const auto& [name, value] : query.aliases) add(name, to_string(*value));
  return text;
}

Query parsed(std::string_view text) {
  return parse_query(http::parse_url("/?" + std::string(text)).query);
}

struct Row {
  std::string_view name;
  std::string_view text;
  std::string_view printed;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.text;
}

class QueryText : public testing::TestWithParam<Row> {};

TEST_P(QueryText, IsParsed) {
  try {
    EXPECT_EQ(printed(parsed(GetParam().text), "&"), GetParam().printed);
  } catch (const http::Error& error) {
    FAIL() << error.message;
  }
}

constexpr Row kQueries[] = {
    {"Nothing", "", ""},
    {"Filter", "$filter=a eq 'x'", "$filter=a eq 'x'"},
    {"WithoutDollar", "filter=a&top=2", "$filter=a&$top=2"},
    {"InAnyCase", "$orderBy=a&Top=2&%24skip=3", "$orderby=a&$skip=3&$top=2"},
    {"BlanksAround", "%20$top%20=%20 2 ", "$top=2"},
    {"Custom", "a=1&$top=2&b&!x=y", "$top=2"},
    {"Encoded", "$filter=a%20eq%20'O''Neil%26Sons'", "$filter=a eq 'O''Neil&Sons'"},
    {"PlusIsABlank", "$filter=a+eq+1", "$filter=a eq 1"},
    {"Aliases", "$filter=a eq @p and @q/b&@p='x'&@q={\"b\":true}",
     "$filter=a eq @p and @q/b&@p='x'&@q={\"b\":true}"},
    {"Texts", "$skiptoken=a@b:c?=d!&$deltatoken=x&$id=users('1')&$apply=aggregate(a with sum as b)",
     "$apply=aggregate(a with sum as b)&$deltatoken=x&$id=users('1')&$skiptoken=a@b:c?=d!"},
    {"Format", "$format=application/json;odata.metadata=none",
     "$format=application/json;odata.metadata=none"},
    {"ShortFormat", "$format=JSON", "$format=JSON"},
    {"Index", "$index=-1&$schemaversion=*", "$index=-1&$schemaversion=*"},
    {"Count", "$count=True", "$count=true"},
    {"GreatestTop", "$top=18446744073709551615", "$top=18446744073709551615"},
    // $select
    {"Select", "$select=id, displayName", "$select=id,displayName"},
    {"SelectAll", "$select=*,parentSiteId", "$select=*,parentSiteId"},
    {"SelectPath", "$select=home/ns.place/city,ns.user/mail",
     "$select=home/ns.place/city,ns.user/mail"},
    {"SelectOperations", "$select=ns.*,ns.act,ns.f(a,b)", "$select=ns.*,ns.act,ns.f(a,b)"},
    {"SelectAnnotation", "$select=@Core.Messages($top=5),a/@b.c%23d",
     "$select=@Core.Messages($top=5),a/@b.c#d"},
    {"SelectWithOptions", "$select=a($select=b,c;$filter=d eq 1;top=2)",
     "$select=a($filter=d eq 1;$select=b,c;$top=2)"},
    // $expand
    {"Expand", "$expand=manager,members", "$expand=manager,members"},
    {"ExpandAll", "$expand=*,*/$ref,*($levels=2)", "$expand=*,*/$ref,*($levels=2)"},
    {"ExpandPath", "$expand=ns.eventMessage/event,a/b/ns.c",
     "$expand=ns.eventMessage/event,a/b/ns.c"},
    {"ExpandValue", "$expand=$value,thumbnail", "$expand=$value,thumbnail"},
    {"ExpandReferences", "$expand=members/$ref($filter=a;$top=1)",
     "$expand=members/$ref($filter=a;$top=1)"},
    {"ExpandCount", "$expand=members/$count($search=a b)",
     "$expand=members/$count($search=a AND b)"},
    {"ExpandNested", "$expand=a($expand=b($select=c;levels=max) ; $orderby=d desc,e;$skip=1)",
     "$expand=a($expand=b($levels=max;$select=c);$orderby=d desc,e;$skip=1)"},
    {"ExpandWithAliases", "$expand=a(@m=$this;$filter=@m/b eq c;$count=true)",
     "$expand=a($count=true;$filter=@m/b eq c;@m=$this)"},
    {"ExpandWithCompute", "$expand=a($compute=b mul c as d)", "$expand=a($compute=b mul c as d)"},
    {"ExpandWithSearch", "$expand=a($search=(x OR \"y;)\") AND z),b",
     "$expand=a($search=(x OR \"y;)\") AND z),b"},
    {"SemicolonInAString", "$expand=a($filter=b eq ';)')", "$expand=a($filter=b eq ';)')"},
    // $orderby and $compute
    {"Orderby", "$orderby=a,b desc , c asc", "$orderby=a,b desc,c"},
    {"OrderbyAnExpression", "$orderby=length(a) add 1 DESC", "$orderby=length(a) add 1 desc"},
    {"OrderbyWords", "$orderby=desc desc,asc asc", "$orderby=desc desc,asc"},
    {"Compute", "$compute=a add b as c,case(a:1) AS d", "$compute=a add b as c,case(a : 1) as d"},
};

INSTANTIATE_TEST_SUITE_P(Query, QueryText, testing::ValuesIn(kQueries), support::RowName());

class SearchText : public testing::TestWithParam<Row> {};

TEST_P(SearchText, IsParsed) {
  std::string text;
  try {
    text = to_string(*parse_search(GetParam().text));
  } catch (const SyntaxError& error) {
    FAIL() << syntax_message(error, GetParam().text);
  }
  EXPECT_EQ(text, GetParam().printed);
  EXPECT_EQ(to_string(*parse_search(text)), text);
}

constexpr Row kSearches[] = {
    {"Word", "blue", "blue"},
    {"Words", "blue  green", "blue AND green"},
    {"Phrase", "\"blue green\"", "\"blue green\""},
    {"PropertyOfGraph", "\"displayName:video\" OR \"mail:x\"",
     "\"displayName:video\" OR \"mail:x\""},
    {"PropertyWithoutQuotes", "subject:report", "subject:report"},
    {"EscapesInAPhrase", "\"a\\\"b\\\\c\\d\"", "\"a\\\"b\\\\c\\\\d\""},
    {"Precedence", "a OR b AND NOT c", "a OR b AND NOT c"},
    {"ImplicitAndFirst", "a OR b c OR d", "a OR b AND c OR d"},
    {"Parentheses", "( a OR b ) AND (c)", "(a OR b) AND c"},
    {"ParenthesesBehindNot", "NOT (a AND b)", "NOT (a AND b)"},
    {"NotOfNot", "NOT NOT a", "NOT NOT a"},
    {"NotBetweenWords", "a NOT b", "a AND NOT b"},
    {"LowerCaseIsAWord", "a or b", "a AND or AND b"},
    {"OperatorAlone", "AND", "\"AND\""},
    {"OperatorsAsWords", "AND OR NOT", "\"AND\" OR \"NOT\""},
    {"OperatorAtTheEnd", "a AND", "a AND \"AND\""},
    {"OperatorInParentheses", "(NOT)", "\"NOT\""},
    {"Punctuation", "Daniel's 08/15 #1 $search a,b",
     "Daniel's AND 08/15 AND #1 AND $search AND a,b"},
    {"SingleQuotes", "'gr(een ''b'", "\"gr(een 'b\""},
    {"OtherLetters", "Größe", "Größe"},
};

INSTANTIATE_TEST_SUITE_P(Query, SearchText, testing::ValuesIn(kSearches), support::RowName());

struct ErrorRow {
  std::string_view name;
  std::string_view text;
  std::string_view message;
};

void PrintTo(const ErrorRow& row, std::ostream* out) {
  *out << row.text;
}

class WrongQuery : public testing::TestWithParam<ErrorRow> {};

TEST_P(WrongQuery, IsRefused) {
  try {
    FAIL() << "read as " << printed(parsed(GetParam().text), "&");
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_EQ(error.code, "");
    EXPECT_EQ(error.message, GetParam().message);
  }
}

constexpr ErrorRow kErrors[] = {
    {"Unknown", "$filer=a", "The query option '$filer' is not known. Did you mean '$filter'?"},
    {"UnknownWithNoNeighbour", "$something=a", "The query option '$something' is not known."},
    {"Twice", "$top=1&top=1", "The query option '$top' is given twice."},
    {"AliasTwice", "@p=1&@p=2", "The query option '@p' is given twice."},
    {"AliasOfNoName", "@p.q=1", "'@p.q' is not the name of a parameter alias."},
    {"LevelsOnTheirOwn", "$levels=1", "The query option '$levels' stands within $expand alone."},
    {"Filter", "$filter=displayName eqq 'x'",
     "Syntax error at position 12 in 'displayName eqq 'x'': expected an operator."},
    {"EmptyFilter", "$filter=", "Syntax error at position 0 in '': expected an expression."},
    {"NegativeTop", "$top=-1",
     "Syntax error at position 0 in '-1': expected a whole number of at least 0."},
    {"NoTop", "$top=", "Syntax error at position 0 in '': expected a whole number of at least 0."},
    {"TopWithMore", "$top=1.5", "Syntax error at position 1 in '1.5': expected the end."},
    {"TopOfLetters", "$top=1a",
     "Syntax error at position 0 in '1a': expected a whole number of at least 0."},
    {"TooGreatTop", "$top=18446744073709551616",
     "Syntax error at position 0 in '18446744073709551616': expected a whole number of at least "
     "0."},
    {"Skip", "$skip=x",
     "Syntax error at position 0 in 'x': expected a whole number of at least 0."},
    {"Count", "$count=yes", "Syntax error at position 0 in 'yes': expected true or false."},
    {"EmptySkiptoken", "$skiptoken=", "Syntax error at position 0 in '': expected a value."},
    {"Format", "$format=yaml",
     "Syntax error at position 0 in 'yaml': expected json, xml, atom or a media type."},
    {"Index", "$index=forty", "Syntax error at position 0 in 'forty': expected a whole number."},
    {"Orderby", "$orderby=a,b down",
     "Syntax error at position 4 in 'a,b down': expected an operator."},
    {"OrderbyWithoutItem", "$orderby=a,",
     "Syntax error at position 2 in 'a,': expected an expression."},
    {"Select", "$select=a,,b", "Syntax error at position 2 in 'a,,b': expected a name."},
    {"SelectMoreBehindAll", "$select=*/a",
     "Syntax error at position 1 in '*/a': expected the end."},
    {"SelectWithAnExpand", "$select=a($expand=b)",
     "Syntax error at position 2 in 'a($expand=b)': expected @name, $filter, $search, $count, "
     "$orderby, $skip, $top, $compute or $select."},
    {"ExpandNoName", "$expand=1", "Syntax error at position 0 in '1': expected a name."},
    {"ExpandLevelsOfReferences", "$expand=a/$ref($levels=1)",
     "Syntax error at position 7 in 'a/$ref($levels=1)': expected $filter, $search, $count, "
     "$orderby, $skip or $top."},
    {"ExpandLevelsOfNothing", "$expand=a($levels=0)",
     "Syntax error at position 10 in 'a($levels=0)': expected a whole number of at least 1, or "
     "max."},
    {"ExpandOptionTwice", "$expand=a($top=1;top=2)",
     "Syntax error at position 9 in 'a($top=1;top=2)': expected '$top' once only."},
    {"ExpandWithoutEnd", "$expand=a($top=1",
     "Syntax error at position 8 in 'a($top=1': expected ')'."},
    {"ExpandNestedFilter", "$expand=a($filter=b eqq 1)",
     "Syntax error at position 12 in 'a($filter=b eqq 1)': expected an operator or ')'."},
    {"ComputeWithoutName", "$compute=a add b",
     "Syntax error at position 7 in 'a add b': expected 'as' and a name."},
    {"EmptySearch",
     "$search=", "Syntax error at position 0 in '': expected a word or a phrase in double quotes."},
    {"SearchWithASemicolon", "$search=a;b",
     "Syntax error at position 1 in 'a;b': expected the end."},
    {"SearchWithoutABlank", "$search=\"a\"b",
     "Syntax error at position 3 in '\"a\"b': expected a blank."},
    {"SearchWithoutEnd", "$search=\"a",
     "Syntax error at position 2 in '\"a': expected a closing double quote."},
    {"SearchOfNothing", "$search=\"\"",
     "Syntax error at position 2 in '\"\"': expected a phrase that is not empty."},
    {"Alias", "@p=a eqq", "Syntax error at position 2 in 'a eqq': expected an operator."},
};

INSTANTIATE_TEST_SUITE_P(Query, WrongQuery, testing::ValuesIn(kErrors), support::RowName());

TEST(Query, PointsAtTheError) {
  try {
    parsed("Filter=displayName eqq 'x'");
    FAIL();
  } catch (const http::Error& error) {
    ASSERT_EQ(error.details.size(), 1u);
    EXPECT_EQ(error.details[0].code, "SyntaxError");
    EXPECT_EQ(error.details[0].target, "$filter");
    EXPECT_EQ(error.details[0].message, "displayName eqq 'x'\n            ^");
  }
}

TEST(Query, KeepsTheTextsOfFilterAndOrderby) {
  const auto query = parsed("$filter=a  eq 1&$orderby=b  desc");
  EXPECT_EQ(query.filter_text, "a  eq 1");
  EXPECT_EQ(query.orderby_text, "b  desc");
}

TEST(Query, LeavesTheParametersOfAFunctionAlone) {
  const auto options = http::parse_url("/?Search=(&top=2&$filter=a").query;
  EXPECT_EQ(printed(parse_query(options, {"search"}), "&"), "$filter=a&$top=2");
}

TEST(Query, RefusesWhatIsTooDeep) {
  for (const std::string_view piece : {"$expand=a(", "$select=a(", "$search=(", "$search=NOT "}) {
    const auto equals = piece.find('=') + 1;
    std::string text(piece.substr(0, equals));
    const std::string nested(piece.starts_with("$search") ? piece.substr(equals) : piece);
    text += piece.substr(equals);
    for (int i = 0; i < 100'000; ++i) text += nested;
    EXPECT_THROW(parsed(text), http::Error) << piece;
  }
}

}  // namespace
}  // namespace graphmock::odata
