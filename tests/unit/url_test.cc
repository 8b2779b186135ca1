#include "http/url.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/text.h"
#include "http/error.h"
#include "support/test_name.h"

namespace graphmock::http {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " | ") + part;
  return text;
}

struct PathRow {
  std::string_view name;
  std::string_view target;
  std::string_view segments;  // with " | " between them
};

class UrlPath : public testing::TestWithParam<PathRow> {};

TEST_P(UrlPath, IsSplitAndDecoded) {
  EXPECT_EQ(joined(parse_url(GetParam().target).segments), GetParam().segments);
}

constexpr PathRow kPaths[] = {
    {"Root", "/", ""},
    {"Empty", "", ""},
    {"Plain", "/v1.0/users/ID", "v1.0 | users | ID"},
    {"TrailingSlash", "/v1.0/users/", "v1.0 | users"},
    {"DoubledSlash", "//v1.0//users", "v1.0 | users"},
    {"WithQuery", "/v1.0/users?$top=1/2", "v1.0 | users"},
    {"WithFragment", "/v1.0/users#part/2", "v1.0 | users"},
    {"Space", "/a%20b", "a b"},
    {"PlusStays", "/a+b", "a+b"},
    {"EncodedSlashInAKey", "/users/a%2Fb", "users | a/b"},
    {"EncodedPercentDecodedOnce", "/users/a%252Fb", "users | a%2Fb"},
    {"EncodedQuestionMark", "/users/a%3Fb", "users | a?b"},
    {"Unicode", "/users/%C3%A9", "users | é"},
    {"UnicodeAsItIs", "/users/é", "users | é"},
    {"KeyInParentheses", "/users('ID')/messages", "users('ID') | messages"},
    {"SlashInParentheses", "/find(path='a/b')/x", "find(path='a/b') | x"},
    {"ParenthesisInQuotes", "/find(path='a)/b')/x", "find(path='a)/b') | x"},
    {"DoubledQuoteInParentheses", "/users('o''brien/x')/y", "users('o''brien/x') | y"},
    {"ParenthesisNeverClosed", "/a(b/c", "a(b | c"},
    {"ParenthesisNeverClosedBeforeOneThatIs", "/a('b/c(x/y)/d", "a('b | c(x/y) | d"},
    {"ParenthesisClosedBehindAQuoteAlone", "/a('b)/c'(d/e)/f", "a('b)/c'(d/e) | f"},
    {"ParenthesisClosedAlone", "/a)b/c", "a)b | c"},
    {"AtAndColon", "/users/a@b.c:d,e=f", "users | a@b.c:d,e=f"},
    {"AbsoluteTarget", "http://host:80/v1.0/users", "v1.0 | users"},
    {"AbsoluteTargetWithoutPath", "http://host", ""},
    {"SchemeInAKey", "/users/http://x", "users | http: | x"},
    {"DotSegmentsAreNames", "/a/../b/.", "a | .. | b | ."},
    {"EncodedQuoteIsDecoded", "/users(%27ID%27)", "users('ID')"},
    {"EncodedTabAndLineFeed", "/users/a%09%0Ab", "users | a\t\nb"},
    {"EncodedDelete", "/users/a%7Fb",
     "users | a\x7F"
     "b"},
};

INSTANTIATE_TEST_SUITE_P(Url, UrlPath, testing::ValuesIn(kPaths), support::RowName());

struct QueryRow {
  std::string_view name;
  std::string_view target;
  std::string_view options;  // "name=value | ..."
};

class UrlQuery : public testing::TestWithParam<QueryRow> {};

TEST_P(UrlQuery, IsSplitAndDecoded) {
  std::vector<std::string> options;
  for (const auto& option : parse_url(GetParam().target).query) {
    options.push_back(option.name + "=" + option.value);
  }
  EXPECT_EQ(joined(options), GetParam().options);
}

constexpr QueryRow kQueries[] = {
    {"None", "/a", ""},
    {"EmptyQuery", "/a?", ""},
    {"One", "/a?$top=1", "$top=1"},
    {"InTheirOrder", "/a?b=2&a=1&b=3", "b=2 | a=1 | b=3"},
    {"EmptyOptionsLeftOut", "/a?&b=1&&", "b=1"},
    {"NameAlone", "/a?flag", "flag="},
    {"EqualsInAValue", "/a?$filter=x=y", "$filter=x=y"},
    {"PlusIsASpace", "/a?$filter=a+eq+1", "$filter=a eq 1"},
    {"EncodedPlusIsAPlus", "/a?x=1%2B1", "x=1+1"},
    {"EncodedAmpersandAndEquals", "/a?x=1%262%3D3", "x=1&2=3"},
    {"EncodedName", "/a?%24top=1", "$top=1"},
    {"DecodedOnce", "/a?x=%2525", "x=%25"},
    {"SecondQuestionMark", "/a?x=1?2", "x=1?2"},
    {"FragmentLeftOut", "/a?x=1#y", "x=1"},
    {"SlashInAValue", "/a?x=/b/c", "x=/b/c"},
    {"EncodedControlCharacters", "/a?x=%09%0D%0A%1B", "x=\t\r\n\x1B"},
};

INSTANTIATE_TEST_SUITE_P(Url, UrlQuery, testing::ValuesIn(kQueries), support::RowName());

struct RefusedRow {
  std::string_view name;
  std::string_view target;
};

class UrlRefused : public testing::TestWithParam<RefusedRow> {};

TEST_P(UrlRefused, With400) {
  try {
    parse_url(GetParam().target);
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_EQ(error.code, "BadRequest");
    EXPECT_NE(error.message, "");
  }
}

constexpr RefusedRow kRefused[] = {
    {"PercentAlone", "/a%"},
    {"EscapeCutShort", "/a%2"},
    {"EscapeOfNoHexDigits", "/a%zz/b"},
    {"MalformedInQueryValue", "/a?x=%"},
    {"MalformedInQueryName", "/a?%1=x"},
    {"Nul", "/a%00b"},
    {"NulInQuery", "/a?x=%00"},
    {"NoUtf8", "/a%FFb"},
    {"OverlongUtf8", "/a%C0%AFb"},
    {"SurrogateUtf8", "/a%ED%A0%80"},
    {"NoUtf8InQuery", "/a?x=%E2%82"},
    {"RawByte", "/a\xFF"},
};

INSTANTIATE_TEST_SUITE_P(Url, UrlRefused, testing::ValuesIn(kRefused), support::RowName());

TEST(Url, TakesItsGreatestNumberOfSegments) {
  std::string path;
  for (size_t i = 0; i < kMaxSegments; ++i) path += "/a";
  EXPECT_EQ(parse_url(path).segments.size(), kMaxSegments);
}

TEST(Url, RefusesOneSegmentMore) {
  std::string path;
  for (size_t i = 0; i <= kMaxSegments; ++i) path += "/a";
  try {
    parse_url(path);
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_NE(error.message.find("100"), std::string::npos) << error.message;
  }
}

TEST(Url, StandsAnyBytes) {
  static constexpr std::string_view kPieces = "/?#&=%+()'2Fab\xC3\xA9\xFF:.$";
  std::mt19937 random(3);
  int taken = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string target = "/";
    for (auto length = random() % 20; length > 0; --length) {
      target += kPieces[random() % kPieces.size()];
    }
    try {
      const auto url = parse_url(target);
      for (const auto& segment : url.segments) ASSERT_TRUE(base::is_valid_utf8(segment)) << target;
      for (const auto& option : url.query) ASSERT_TRUE(base::is_valid_utf8(option.value)) << target;
      ++taken;
    } catch (const Error& error) {
      ASSERT_EQ(error.status, 400) << target;
    }
  }
  EXPECT_GT(taken, 100);
}

TEST(Url, SplitsADecodedPathWithoutDecoding) {
  const auto segments = split_segments("/users/a%20b/find(path='x/y')/");
  ASSERT_EQ(segments.size(), 3u);
  EXPECT_EQ(segments[1], "a%20b");
  EXPECT_EQ(segments[2], "find(path='x/y')");
}

// Each is looked at once, not once for every one before it: this one ends in a moment or never.
TEST(Url, SplitsAPathOfParenthesesThatAreNeverClosed) {
  std::string path;
  for (int i = 0; i < 500'000; ++i) path += i % 3 == 0 ? "('/" : "(";
  EXPECT_EQ(split_segments(path).size(), 166'668u);
}

}  // namespace
}  // namespace graphmock::http
