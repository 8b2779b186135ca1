#include "odata/expr_parser.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "support/test_name.h"

namespace graphmock::odata {
namespace {

struct Row {
  std::string_view name;
  std::string_view text;
  std::string_view printed;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.text;
}

class Expression : public testing::TestWithParam<Row> {};

TEST_P(Expression, IsPrinted) {
  std::string printed;
  try {
    printed = to_string(*parse_expression(GetParam().text));
  } catch (const SyntaxError& error) {
    FAIL() << syntax_message(error, GetParam().text);
  }
  EXPECT_EQ(printed, GetParam().printed);
  EXPECT_EQ(to_string(*parse_expression(printed)), printed);
}

constexpr Row kRows[] = {
    {"Comparison", "displayName eq 'x'", "displayName eq 'x'"},
    {"UpperCase", "displayName EQ 'x' AND NOT(a Ne 1)", "displayName eq 'x' and not (a ne 1)"},
    {"Blanks", "  a \t eq  1 ", "a eq 1"},
    {"AndBeforeOr", "a or b and c", "a or b and c"},
    {"ParenthesesThatMatter", "(a or b) and c", "(a or b) and c"},
    {"ParenthesesThatDoNot", "(a and b) or (c)", "a and b or c"},
    {"LongChain", "a or b or c or d or e", "a or b or c or d or e"},
    {"ChainInAChain", "a or (b or c)", "a or b or c"},
    {"NotBindsTighterThanEq", "not a eq b", "not a eq b"},
    {"NotOfAComparison", "not(a eq b)", "not (a eq b)"},
    {"NotOfIn", "not a in (1,2)", "not a in (1,2)"},
    {"NotOfNot", "not not a", "not not a"},
    {"Arithmetic", "a add b mul c sub d", "a add b mul c sub d"},
    {"LeftAssociative", "a sub (b sub c)", "a sub (b sub c)"},
    {"LeftAssociativeAnyway", "(a sub b) sub c", "a sub b sub c"},
    {"SumInAProduct", "(a add b) divby (c mod d)", "(a add b) divby (c mod d)"},
    {"RelationalBeforeEquality", "a lt b eq c ge d", "a lt b eq c ge d"},
    {"EqualityInRelational", "(a eq b) lt c", "(a eq b) lt c"},
    {"Negation", "-a add - 3 eq -4", "-a add -(3) eq -4"},
    {"NegationOfASum", "-(a add 1)", "-(a add 1)"},
    {"DoubleNegation", "--1", "--1"},
    {"Has", "style has Sales.Pattern'Yellow,Red'", "style has Sales.Pattern'Yellow,Red'"},
    {"HasAString", "sizes has 'personal' eq true", "sizes has 'personal' eq true"},
    {"In", "id in ('a' , 'b')", "id in ('a','b')"},
    {"InWithoutABlank", "id in('a')", "id in ('a')"},
    {"InNothing", "id in ( )", "id in ()"},
    {"InAnArray", "id in [\"a\",\"b\"]", "id in ('a','b')"},
    {"InAnArrayOfNames", "id in [a,b]", "id in [a,b]"},
    {"InAnExpression", "id in (ids)", "id in ids"},
    {"InAnAlias", "id in @ids", "id in @ids"},
    {"Path", "manager/address/city eq null", "manager/address/city eq null"},
    {"CastInAPath", "manager/microsoft.graph.user/city", "manager/microsoft.graph.user/city"},
    {"CastFirst", "microsoft.graph.user/city eq 'a'", "microsoft.graph.user/city eq 'a'"},
    {"Count", "members/$count gt 2", "members/$count gt 2"},
    {"CountWithOptions", "members/$count($filter=a eq 1;$search=x y) gt 2",
     "members/$count($filter=a eq 1;$search=x AND y) gt 2"},
    {"CountWithSearchFirst", "members/$count( search=\"x\" ; filter = a )",
     "members/$count($filter=a;$search=\"x\")"},
    {"Any", "roles/any(r:r eq 'owner')", "roles/any(r:r eq 'owner')"},
    {"AnyWithBlanks", "roles/Any ( r : r/id eq $it/id )", "roles/any(r:r/id eq $it/id)"},
    {"AnyOfNothing", "roles/any( )", "roles/any()"},
    {"All", "a/all(x:x/b/any(y:y eq x))", "a/all(x:x/b/any(y:y eq x))"},
    {"PropertiesNamedAny", "any/all eq any", "any/all eq any"},
    {"PropertiesNamedLikeOperators", "eq eq and or in in (1)", "eq eq and or in in (1)"},
    {"It", "endswith($it,'.com') and $this/a", "endswith($it,'.com') and $this/a"},
    {"Root", "$root/Employees('A1245')/LastName", "$root/Employees('A1245')/LastName"},
    {"RootWithNamedKey", "$root/Items(a=1,b='x')/c", "$root/Items(a=1,b='x')/c"},
    {"Functions", "StartsWith(toLower(a), 'b')", "startswith(tolower(a),'b')"},
    {"FunctionWithoutArguments", "a lt now( )", "a lt now()"},
    {"FunctionOfThree", "substring(a,1 add 1,2)", "substring(a,1 add 1,2)"},
    {"MatchesPattern", "matchespattern(a,'^A.*e$')", "matchesPattern(a,'^A.*e$')"},
    {"Geo", "geo.distance(a,geography'SRID=0;Point(1 2)') lt 1.5e3",
     "geo.distance(a,geography'SRID=0;Point(1 2)') lt 1.5e3"},
    {"UnknownFunction", "foo(a,'b')", "foo(a,'b')"},
    {"NamedArguments", "ns.f( a = 1 , b=@p,c=d/e )/g", "ns.f(a=1,b=@p,c=d/e)/g"},
    {"BoundFunction", "items/ns.best()/name", "items/ns.best()/name"},
    {"Key", "items(1)/name", "items(1)/name"},
    {"KeyOfAType", "items/ns.type(@k)/name", "items/ns.type(@k)/name"},
    {"FilterSegment", "a/$filter(b gt 3)/$count", "a/$filter(b gt 3)/$count"},
    {"FilterSegmentWithKey", "a/$filter(b gt 3)(id='x')/c", "a/$filter(b gt 3)(id='x')/c"},
    {"Isof", "isof( ns.type ) or IsOf(a,Edm.String)", "isof(ns.type) or isof(a,Edm.String)"},
    {"IsofQuoted", "isof('microsoft.graph.user')", "isof(microsoft.graph.user)"},
    {"CastFunction", "cast(a/b,Collection(Edm.Int32))/$count",
     "cast(a/b,Collection(Edm.Int32))/$count"},
    {"Case", "case( X gt 0 : 1 ,X lt 0:-1,true : 0)", "case(X gt 0 : 1,X lt 0 : -1,true : 0)"},
    {"Alias", "a eq @p and @p/b", "a eq @p and @p/b"},
    {"Annotation", "price/@Measures.Currency#q eq 'EUR'", "price/@Measures.Currency#q eq 'EUR'"},
    {"AnnotationFirst", "@Core.Messages/any(m:m/a)", "@Core.Messages/any(m:m/a)"},
    {"Array", "[ 1 , [ ] ,\"a\\u0041\\n\", true ] eq x", "[1,[],'aA\n',true] eq x"},
    {"Object", "{ \"a b\" : 1, \"@c\":{\"d\\\"\":null} }", "{\"a b\":1,\"@c\":{\"d\\\"\":null}}"},
    {"EmptyObject", "f(a={ })", "f(a={})"},
    {"DoubledQuotes", "a eq 'O''Neil'", "a eq 'O''Neil'"},
    {"LettersOfAllKinds", "größe eq 'ß'", "größe eq 'ß'"},
    {"NoBlankBehindAParenthesis", "(a)eq (b)", "a eq b"},
};

INSTANTIATE_TEST_SUITE_P(ExprParser, Expression, testing::ValuesIn(kRows), support::RowName());

struct ErrorRow {
  std::string_view name;
  std::string_view text;
  size_t position;
  std::string_view expected;
};

void PrintTo(const ErrorRow& row, std::ostream* out) {
  *out << row.text;
}

class WrongExpression : public testing::TestWithParam<ErrorRow> {};

TEST_P(WrongExpression, IsRefusedWithItsPosition) {
  try {
    FAIL() << "read as " << to_string(*parse_expression(GetParam().text));
  } catch (const SyntaxError& error) {
    EXPECT_EQ(error.position, GetParam().position);
    EXPECT_EQ(error.expected, GetParam().expected);
  }
}

constexpr ErrorRow kErrors[] = {
    {"Nothing", "", 0, "an expression"},
    {"Blanks", "  ", 2, "an expression"},
    {"UnknownOperator", "displayName eqq 'x'", 12, "an operator"},
    {"UnknownOperatorInParentheses", "(displayName eqq 'x')", 13, "an operator or ')'"},
    {"NoOperand", "displayName eq ", 15, "an expression"},
    {"NoOperandAtAll", "displayName eq", 14, "an expression"},
    {"OperatorAlone", "a eq eq 1", 8, "an operator"},
    {"NoClosingParenthesis", "(a eq 1", 7, "')'"},
    {"OneTooMany", "(a eq 1))", 8, "the end"},
    {"NoClosingQuote", "a eq 'x", 7, "a closing quote"},
    {"NoClosingDoubleQuote", "[\"a", 3, "a closing double quote"},
    {"WrongEscape", "[\"\\x\"]", 3, "an escape of JSON"},
    {"WrongUnicodeEscape", "[\"\\u00g0\"]", 4, "four hexadecimal digits"},
    {"DoubleQuotesOutsideJson", "a eq \"x\"", 5, "an expression"},
    {"WrongDate", "a lt 2012-13-01", 5, "a number, date, time or GUID"},
    {"WrongNumber", "a lt 12ab", 5, "a number, date, time or GUID"},
    {"WrongDuration", "a lt duration'P1M'", 5, "a duration such as duration'P1DT12H30M'"},
    {"WrongEnum", "a eq ns.E'x y'", 5, "members of an enumeration within quotes"},
    {"OldLiteral", "a eq datetime'2012-12-03T00:00:00'", 5, "a literal of OData 4"},
    {"NoBlankBehindAnOperator", "a eq'x'", 2, "an operator"},
    {"NoNameInAPath", "a/ eq 1", 2, "a name"},
    {"NumberInAPath", "a/1", 2, "a name"},
    {"UnknownSegment", "a/$value", 2, "a name, $count or $filter"},
    {"UnknownVariable", "$that eq 1", 0, "$it, $this or $root"},
    {"RootAlone", "$root eq 1", 5, "'/'"},
    {"LambdaWithoutVariable", "a/any(1)", 6, "the name of a variable"},
    {"LambdaWithoutColon", "a/any(x)", 7, "':'"},
    {"LambdaWithoutPredicate", "a/any(x:)", 8, "an expression"},
    {"AllOfNothing", "a/all()", 6, "the name of a variable"},
    {"ListOfNames", "a in (b,c)", 7, "')'"},
    {"ListOfLiteralsAndNames", "a in (1,c)", 8, "a literal"},
    {"ListOutsideIn", "(1,2) eq a", 2, "')'"},
    {"TooFewArguments", "contains(a)", 0, "contains with 2 arguments"},
    {"TooManyArguments", "1 eq length(a,b)", 5, "length with 1 argument"},
    {"ArgumentsOfSubstring", "substring(a)", 0, "substring with 2 or 3 arguments"},
    {"MixedArguments", "f(a=1,2)", 6, "a name with its value"},
    {"MixedTheOtherWay", "f(1,a=2)", 4, "a value without a name"},
    {"NoArgument", "f(1,)", 4, "an expression"},
    {"CastWithoutType", "cast(a,1)", 7, "the name of a type"},
    {"CaseWithoutValue", "case(a)", 6, "':'"},
    {"CountOptions", "a/$count($top=1)", 9, "$filter or $search"},
    {"CountOptionTwice", "a/$count($filter=b;$filter=c)", 19, "an option that is not there yet"},
    {"ObjectWithoutQuotes", "{a:1}", 1, "a name in double quotes"},
    {"AliasWithoutName", "a eq @", 6, "a name"},
    {"SomethingElse", "a eq ;", 5, "an expression"},
};

INSTANTIATE_TEST_SUITE_P(ExprParser, WrongExpression, testing::ValuesIn(kErrors),
                         support::RowName());

TEST(ExprParser, TellsWhereTheErrorIs) {
  const std::string_view text = "größe eqq 'x'";
  const SyntaxError error(8, "an operator");
  EXPECT_EQ(syntax_message(error, text),
            "Syntax error at position 8 in 'größe eqq 'x'': expected an operator.");
  EXPECT_EQ(caret_line(error, text), "größe eqq 'x'\n      ^");
}

TEST(ExprParser, ShowsThePartOfALongTextThatMatters) {
  const std::string text = std::string(500, 'a') + "!" + std::string(500, 'b');
  const SyntaxError error(500, "the end");
  const auto around = "..." + std::string(50, 'a') + "!" + std::string(49, 'b') + "...";
  EXPECT_EQ(caret_line(error, text), around + "\n" + std::string(53, ' ') + "^");
  EXPECT_EQ(syntax_message(error, text),
            "Syntax error at position 500 in '" + around + "': expected the end.");
}

std::string repeated(std::string_view text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ExprParser, RefusesWhatIsTooDeep) {
  for (const std::string& text :
       {repeated("(", 100'000), repeated("not ", 100'000) + "a", repeated("-", 100'000) + "a",
        repeated("a/any(x:", 100'000), repeated("[", 100'000), repeated("{\"a\":", 100'000),
        repeated("trim(", 100'000), repeated("case(", 100'000), repeated("cast(", 100'000),
        repeated("a/", 100'000) + "a", repeated("1 add ", 100'000) + "1",
        repeated("a eq ", 100'000) + "1", repeated("a in ", 100'000) + "a",
        repeated("a/$count($filter=", 100'000), repeated("f(a=", 100'000),
        repeated("a/$filter(a)", 100'000), repeated("a in (", 100'000)}) {
    EXPECT_THROW(parse_expression(text), SyntaxError) << text.substr(0, 20);
  }
  EXPECT_NO_THROW(parse_expression(repeated("(", 90) + "a" + repeated(")", 90)));
}

TEST(ExprParser, KeepsLongChainsShallow) {
  std::string text = "a eq 1";
  for (int i = 0; i < 20'000; ++i) text += i % 3 == 0 ? " and b eq 'x'" : " or c";
  const auto parsed = parse_expression(text);
  EXPECT_LT(parsed->depth, 40u);
  EXPECT_EQ(to_string(*parsed), text);
}

TEST(ExprParser, NamesWhatStandsWhere) {
  const auto parsed = parse_expression(" a eq b/c");
  EXPECT_EQ(parsed->position, 1u);
  EXPECT_EQ(parsed->operands[1]->position, 6u);
  EXPECT_EQ(parsed->operands[1]->kind, ExprKind::Member);
  EXPECT_EQ(parsed->operands[1]->name, "c");
}

// Whatever a client sends is read or refused, in a time that grows with its length.
TEST(ExprParser, StandsAnyText) {
  std::mt19937 random(7);
  const auto any = [&](size_t below) {
    return std::uniform_int_distribution<size_t>(0, below - 1)(random);
  };
  static constexpr std::string_view kPieces[] = {
      " ",     "(",     ")", "'",  "\"",   "/",          "a",        "$it",  "@p",    ",",
      ";",     ":",     "1", "-",  ".",    "any(",       "x:",       " eq ", " and ", " in ",
      "not ",  "[",     "]", "{",  "}",    "$count",     "$filter(", "ns.t", "\xC3",  "duration'",
      "case(", "cast(", "=", "\\", "null", "2012-12-03", "T10:00Z",  "%",    "\t"};
  size_t parsed = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(kRows[any(std::size(kRows))].text);
    for (auto changes = any(4); changes > 0; --changes) {
      const auto at = any(text.size() + 1);
      const auto piece = kPieces[any(std::size(kPieces))];
      if (any(2) == 0) {
        text.insert(at, piece);
      } else {
        text.replace(at, any(4), piece);
      }
    }
    try {
      const auto printed = to_string(*parse_expression(text));
      ASSERT_EQ(to_string(*parse_expression(printed)), printed) << text;
      ++parsed;
    } catch (const SyntaxError& error) {
      ASSERT_LE(error.position, text.size()) << text;
      caret_line(error, text);
    }
    for (const auto parse : {+[](std::string_view other) { parse_select(other); },
                             +[](std::string_view other) { parse_expand(other); },
                             +[](std::string_view other) { parse_orderby(other); },
                             +[](std::string_view other) { parse_compute(other); },
                             +[](std::string_view other) {
                               const auto search = to_string(*parse_search(other));
                               EXPECT_EQ(to_string(*parse_search(search)), search) << other;
                             }}) {
      try {
        parse(text);
      } catch (const SyntaxError& error) {
        ASSERT_LE(error.position, text.size()) << text;
      }
    }
  }
  EXPECT_GT(parsed, 1000u);
}

}  // namespace
}  // namespace graphmock::odata
