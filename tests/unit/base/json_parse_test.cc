#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "base/json.h"
#include "support/test_name.h"

namespace graphmock::base {
namespace {

std::optional<JsonError> error_of(std::string_view text, JsonSyntax syntax = JsonSyntax::Strict) {
  try {
    parse_json(text, syntax);
    return std::nullopt;
  } catch (const JsonError& error) {
    return error;
  }
}

// "line:column", or nothing when the text is taken.
std::string place_of_error(std::string_view text, JsonSyntax syntax = JsonSyntax::Strict) {
  const auto error = error_of(text, syntax);
  return error ? std::to_string(error->line) + ":" + std::to_string(error->column) : "";
}

std::string reprinted(std::string_view text, JsonSyntax syntax = JsonSyntax::Strict) {
  return to_json(parse_json(text, syntax));
}

struct RefusedRow {
  std::string_view name;
  std::string_view text;
  std::string_view place;  // line:column
};

class JsonRefused : public testing::TestWithParam<RefusedRow> {};

TEST_P(JsonRefused, WithLineAndColumn) {
  EXPECT_EQ(place_of_error(GetParam().text), GetParam().place);
  const auto error = error_of(GetParam().text);
  ASSERT_TRUE(error);
  EXPECT_NE(std::string(error->what()), "");
}

constexpr RefusedRow kRefused[] = {
    {"BareWord", "nothing", "1:1"},
    {"WordCutShort", "tru", "1:4"},
    {"CapitalLiteral", "True", "1:1"},
    {"NotANumber", "NaN", "1:1"},
    {"Infinity", "Infinity", "1:1"},
    {"PlusSign", "+1", "1:1"},
    {"LeadingZero", "01", "1:2"},
    {"NoDigitBeforePoint", ".5", "1:1"},
    {"NoDigitBehindPoint", "[1.]", "1:4"},
    {"NoDigitInExponent", "[1e]", "1:4"},
    {"SignAlone", "[-]", "1:3"},
    {"Hexadecimal", "0x10", "1:2"},
    {"SingleQuotes", "{'a':1}", "1:2"},
    {"KeyWithoutQuotes", "{a:1}", "1:2"},
    {"NoColon", "{\"a\" 1}", "1:6"},
    {"NoComma", "[1 2]", "1:4"},
    {"CommaAlone", "[,]", "1:2"},
    {"MemberWithoutValue", "{\"a\":}", "1:6"},
    {"NumberAsKey", "{1:2}", "1:2"},
    {"TwoValues", "{} {}", "1:4"},
    {"ClosedTwice", "[]]", "1:3"},
    {"WrongBracket", "[1}", "1:3"},
    {"ObjectNeverClosed", "{\"a\":1", "1:7"},
    {"ArrayNeverClosed", "[1,\n2", "2:2"},
    {"StringNeverClosed", "\"abc", "1:5"},
    {"UnknownEscape", "\"\\x\"", "1:3"},
    {"EscapeCutShort", "\"\\u12\"", "1:6"},
    {"LineFeedInString", "\"a\nb\"", "1:3"},
    {"TabInString", "\"a\tb\"", "1:3"},
    {"SecondLine", "{\n  \"a\": tru\n}", "2:8"},
    {"ThirdLine", "{\n\"a\": 1,\n\"b\": ?\n}", "3:6"},
    {"AfterCarriageReturn", "{\r\n\"a\": ?\r\n}", "2:6"},
    {"Comment", "[1, // one\n2]", "1:5"},
    {"BlockComment", "[1 /* one */]", "1:4"},
    {"TrailingCommaInArray", "[1,]", "1:4"},
    {"TrailingCommaInObject", "{\"a\":1,}", "1:8"},
};

INSTANTIATE_TEST_SUITE_P(Json, JsonRefused, testing::ValuesIn(kRefused), support::RowName());

TEST(JsonParse, SaysThatAnEmptyTextHoldsNoValue) {
  for (const std::string_view text : {"", " ", "\n\t\r "}) {
    const auto error = error_of(text);
    ASSERT_TRUE(error) << '"' << text << '"';
    EXPECT_NE(std::string_view(error->what()).find("empty"), std::string_view::npos)
        << error->what();
  }
}

TEST(JsonParse, TakesEveryKindAtTheRoot) {
  EXPECT_TRUE(parse_json("null").is_null());
  EXPECT_TRUE(parse_json(" true ").as_bool());
  EXPECT_FALSE(parse_json("false").as_bool());
  EXPECT_EQ(parse_json("\"text\"").as_string(), "text");
  EXPECT_EQ(parse_json("17").as_int64(), 17);
  EXPECT_TRUE(parse_json("[]").as_array().empty());
  EXPECT_TRUE(parse_json("\r\n\t {} \n").as_object().empty());
}

TEST(JsonParse, KeepsMembersInTheirOrder) {
  EXPECT_EQ(reprinted(R"({"z":1,"a":{"y":2,"b":3},"m":[]})"),
            R"({"z":1,"a":{"y":2,"b":3},"m":[]})");
}

TEST(JsonParse, RelaxedTakesCommentsAndTrailingCommas) {
  constexpr std::string_view kText = R"(// first
{ /* before */ "a": [1, 2, /* last */ ], // behind
  "b": "// no comment, /* nor this */",
}
// end)";
  EXPECT_EQ(reprinted(kText, JsonSyntax::Relaxed),
            R"({"a":[1,2],"b":"// no comment, /* nor this */"})");
}

TEST(JsonParse, RelaxedTakesNothingElse) {
  for (const std::string_view text : {"[1,,2]", "[,1]", "{,}", "{'a':1}", "{a:1}", "[1 2]", "[1] 2",
                                      "/* never closed", "[1] /* never closed", "# comment\n1"}) {
    EXPECT_NE(place_of_error(text, JsonSyntax::Relaxed), "") << text;
  }
}

TEST(JsonParse, RelaxedCountsLinesThroughComments) {
  EXPECT_EQ(place_of_error("// one\n/* two\nthree */\n[1, ?]", JsonSyntax::Relaxed), "4:5");
}

struct DuplicateRow {
  std::string_view name;
  std::string_view text;
  std::string_view key;
  size_t line;
};

class JsonDuplicate : public testing::TestWithParam<DuplicateRow> {};

TEST_P(JsonDuplicate, IsRefusedByNameAndLine) {
  const auto error = error_of(GetParam().text, JsonSyntax::Relaxed);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->line, GetParam().line);
  EXPECT_EQ(std::string(error->what()), "duplicate member '" + std::string(GetParam().key) + "'");
}

constexpr DuplicateRow kDuplicates[] = {
    {"AtTheRoot", "{\"a\":1,\n\"a\":2}", "a", 2},
    {"WithEqualValues", "{\"a\":1,\"a\":1}", "a", 1},
    {"Nested", "{\"a\":{\n\"b\":1,\n\"c\":2,\n\"b\":3}}", "b", 4},
    {"InAnArray", "[{\"a\":1},\n{\"b\":1,\n\"b\":2}]", "b", 3},
    {"ThreeTimes", "{\"a\":1,\n\"a\":2,\n\"a\":3}", "a", 2},
    {"WrittenWithAnEscape", "{\"ab\":1,\n\"\\u0061b\":2}", "ab", 2},
    {"Empty", "{\"\":1,\"\":2}", "", 1},
    {"BehindAComment", "{\"a\":1, // \"a\"\n\n\"a\":2}", "a", 3},
    {"BehindANestedObject", "{\"a\":{\"a\":1},\n\"a\":2}", "a", 2},
};

INSTANTIATE_TEST_SUITE_P(Json, JsonDuplicate, testing::ValuesIn(kDuplicates), support::RowName());

TEST(JsonParse, TakesOneNameInSeveralObjects) {
  EXPECT_EQ(place_of_error(R"({"a":{"a":[{"a":1},{"a":2}]},"A":3})"), "");
}

// A request body must not hold a worker for long, however it is made.
TEST(JsonParse, FindsADuplicateAmongManyMembersInTime) {
  std::string text = "{";
  constexpr int kMembers = 60'000;
  for (int i = 0; i < kMembers; ++i) text += "\"member" + std::to_string(i) + "\":1,";
  text += "\"member" + std::to_string(kMembers - 1) + "\":2}";
  const auto start = std::chrono::steady_clock::now();
  const auto error = error_of(text);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(error);
  EXPECT_LT(seconds.count(), 3.0) << "60,000 members, one of them twice";
}

std::string nested(size_t depth, char open, char close) {
  std::string text;
  for (size_t i = 0; i < depth; ++i) text += open == '{' ? "{\"a\":" : std::string(1, open);
  if (open == '{') text += "1";
  return text + std::string(depth, close);
}

TEST(JsonParse, TakesItsGreatestDepth) {
  EXPECT_EQ(reprinted(nested(kMaxJsonDepth, '[', ']')), nested(kMaxJsonDepth, '[', ']'));
  EXPECT_EQ(reprinted(nested(kMaxJsonDepth, '{', '}')), nested(kMaxJsonDepth, '{', '}'));
}

TEST(JsonParse, RefusesOneLevelMore) {
  EXPECT_EQ(place_of_error(nested(kMaxJsonDepth + 1, '[', ']')),
            "1:" + std::to_string(kMaxJsonDepth + 1));
  EXPECT_NE(place_of_error(nested(kMaxJsonDepth + 1, '{', '}')), "");
}

TEST(JsonParse, RefusesAnAbyssWithoutCrashing) {
  EXPECT_NE(place_of_error(std::string(100'000, '[')), "");
  EXPECT_NE(place_of_error(nested(100'000, '{', '}')), "");
  EXPECT_NE(place_of_error(std::string(100'000, '['), JsonSyntax::Relaxed), "");
}

struct StringRow {
  std::string_view name;
  std::string_view text;  // between the quotes
  std::string_view value;
};

class JsonString : public testing::TestWithParam<StringRow> {};

TEST_P(JsonString, IsRead) {
  const auto value = parse_json("\"" + std::string(GetParam().text) + "\"");
  EXPECT_EQ(std::string_view(value.as_string()), GetParam().value);
  EXPECT_TRUE(is_string(value));
}

using namespace std::string_view_literals;

constexpr StringRow kStrings[] = {
    {"Empty", "", ""},
    {"ShortEscapes", R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
    {"Nul", R"(a\u0000b)", "a\0b"sv},
    {"Control", R"(\u001F)", "\x1F"},
    {"HexDigitsOfEitherCase", R"(\u00e9\u00E9)", "\u00E9\u00E9"},
    {"ThreeByteCharacter", R"(\u20ac)", "\u20AC"},
    {"SurrogatePair", R"(\ud83d\ude00)", "\U0001F600"},
    {"LastCharacter", R"(\uDBFF\uDFFF)", "\U0010FFFF"},
    {"CharactersAsTheyAre", "\u00E9\u20AC\U0001F600", "\u00E9\u20AC\U0001F600"},
    {"Delete", "\x7F", "\x7F"},
};

INSTANTIATE_TEST_SUITE_P(Json, JsonString, testing::ValuesIn(kStrings), support::RowName());

struct BrokenStringRow {
  std::string_view name;
  std::string_view text;
};

class JsonBrokenString : public testing::TestWithParam<BrokenStringRow> {};

TEST_P(JsonBrokenString, IsRefused) {
  const std::string text(GetParam().text);
  EXPECT_NE(place_of_error("\"" + text + "\""), "");
  EXPECT_NE(place_of_error("{\"" + text + "\":1}"), "") << "as a key";
  EXPECT_NE(place_of_error("\"" + text + "\"", JsonSyntax::Relaxed), "");
}

constexpr BrokenStringRow kBrokenStrings[] = {
    {"LeadingSurrogateAlone", R"(\ud83d)"},
    {"LeadingSurrogateBeforeText", R"(\ud83dabcdef)"},
    {"TwoLeadingSurrogates", R"(\ud83d\ud83d)"},
    {"TrailingSurrogateAlone", R"(\ude00)"},
    {"ContinuationByteAlone", "\x80"},
    {"LeadByteAlone", "\xC3"},
    {"SequenceCutShort", "\xE2\x82"},
    {"OverlongSlash", "\xC0\xAF"},
    {"OverlongThreeBytes", "\xE0\x80\xAF"},
    {"SurrogateInUtf8", "\xED\xA0\x80"},
    {"BeyondUnicode", "\xF4\x90\x80\x80"},
    {"ByteFE", "\xFE"},
    {"ByteFF", "\xFF"},
    {"ByteFFBeforeANumber", "\xFF\x31\x32"},
    {"RawNul", "a\0b"sv},
    {"RawControl", "\x01"},
};

INSTANTIATE_TEST_SUITE_P(Json, JsonBrokenString, testing::ValuesIn(kBrokenStrings),
                         support::RowName());

}  // namespace
}  // namespace graphmock::base
