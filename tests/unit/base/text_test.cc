#include "base/text.h"

#include <gtest/gtest.h>

#include "support/test_name.h"

namespace graphmock::base {
namespace {

using namespace std::string_view_literals;

TEST(Text, ComparesWithoutCase) {
  EXPECT_TRUE(equals_ignoring_case("Users", "uSERS"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("users", "user"));
  EXPECT_FALSE(equals_ignoring_case("users", "userz"));
  EXPECT_FALSE(equals_ignoring_case("a[", "A{")) << "only letters have a case";
  EXPECT_FALSE(equals_ignoring_case("É", "é")) << "ASCII only";
}

TEST(Text, OrdersWithoutCase) {
  EXPECT_TRUE(less_ignoring_case("ABC", "abd"));
  EXPECT_FALSE(less_ignoring_case("abd", "ABC"));
  EXPECT_FALSE(less_ignoring_case("abc", "ABC"));
  EXPECT_TRUE(less_ignoring_case("ab", "ABC"));
}

TEST(Text, WritesBase64InEitherAlphabet) {
  EXPECT_EQ(base64_encode("\xFB\xFF\xBF"sv), "+/+/");
  EXPECT_EQ(base64url_encode("\xFB\xFF\xBF"sv), "-_-_");
  EXPECT_EQ(base64_encode("a"), "YQ==");
  EXPECT_EQ(base64_encode("ab"), "YWI=");
  EXPECT_EQ(base64_encode("abc"), "YWJj");
  EXPECT_EQ(base64_encode(""), "");
}

TEST(Text, ReadsBase64OfEitherAlphabet) {
  for (const auto text : {"+/+/", "-_-_", "-/+_"}) EXPECT_EQ(base64_decode(text), "\xFB\xFF\xBF");
  EXPECT_EQ(base64_decode("YQ=="), "a");
  EXPECT_EQ(base64_decode("YQ"), "a");
  EXPECT_EQ(base64_decode("Y"), std::nullopt);
  EXPECT_EQ(base64_decode("Y?=="), std::nullopt);
  EXPECT_EQ(base64url_decode("+/+/"), std::nullopt);
}

TEST(Text, LowersAsciiLettersOnly) {
  EXPECT_EQ(lower_case("AbZ-09_[É"), "abz-09_[É");
}

TEST(Text, KnowsAPrefixInAnyCase) {
  EXPECT_TRUE(starts_with_ignoring_case("bearer token", "Bearer "));
  EXPECT_TRUE(starts_with_ignoring_case("x", ""));
  EXPECT_FALSE(starts_with_ignoring_case("Bear", "Bearer"));
}

TEST(Text, TrimsBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, SplitsAndKeepsEmptyParts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split(",", ','), (Parts{"", ""}));
  EXPECT_EQ(split("abc", ','), (Parts{"abc"}));
}

TEST(PercentDecode, UndoesEscapes) {
  EXPECT_EQ(percent_decode("a%20b%2F%2f"), "a b//");
  EXPECT_EQ(percent_decode("%C3%A9"), "é");
  EXPECT_EQ(percent_decode("%25%32%35"), "%25") << "once only";
  EXPECT_EQ(percent_decode("%00"), "\0"sv);
  EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, LeavesPlusAlone) {
  EXPECT_EQ(percent_decode("a+b"), "a+b");
}

TEST(PercentDecode, RefusesMalformedEscapes) {
  for (const std::string_view text : {"%", "%2", "a%", "a%g1", "%1g", "%%20", "% 20", "%-1"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
}

TEST(PercentEncode, EscapesAllButUnreserved) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a b/é%"), "a%20b%2F%C3%A9%25");
  EXPECT_EQ(percent_encode("$metadata#a/b", "/$"), "$metadata%23a/b");
}

TEST(PercentEncode, IsUndoneByDecoding) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_decode(percent_encode(all, "!$&'()*+,;=:@/")), all);
}

struct Utf8Row {
  std::string_view name;
  std::string_view text;
  bool is_valid;
};

class Utf8 : public testing::TestWithParam<Utf8Row> {};

TEST_P(Utf8, IsTold) {
  EXPECT_EQ(is_valid_utf8(GetParam().text), GetParam().is_valid);
  EXPECT_EQ(is_valid_utf8("abc" + std::string(GetParam().text) + "def"), GetParam().is_valid);
}

// Unicode 15, table 3-7: the ends of every row, and one beyond.
constexpr Utf8Row kUtf8[] = {
    {"Empty", "", true},
    {"Ascii", "a\x7F\0"sv, true},
    {"TwoBytesFirst", "\xC2\x80", true},
    {"TwoBytesLast", "\xDF\xBF", true},
    {"TwoBytesOverlong", "\xC1\xBF", false},
    {"ThreeBytesFirst", "\xE0\xA0\x80", true},
    {"ThreeBytesOverlong", "\xE0\x9F\xBF", false},
    {"BeforeSurrogates", "\xED\x9F\xBF", true},
    {"FirstSurrogate", "\xED\xA0\x80", false},
    {"LastSurrogate", "\xED\xBF\xBF", false},
    {"BehindSurrogates", "\xEE\x80\x80", true},
    {"ThreeBytesLast", "\xEF\xBF\xBF", true},
    {"FourBytesFirst", "\xF0\x90\x80\x80", true},
    {"FourBytesOverlong", "\xF0\x8F\xBF\xBF", false},
    {"FourBytesLast", "\xF4\x8F\xBF\xBF", true},
    {"BeyondUnicode", "\xF4\x90\x80\x80", false},
    {"ByteF5", "\xF5\x80\x80\x80", false},
    {"ContinuationAlone", "\xBF", false},
    {"LeadAlone", "\xC3", false},
    {"ThirdByteMissing", "\xE2\x82", false},
    {"FourthByteMissing", "\xF0\x9F\x98", false},
    {"ThirdByteNoContinuation", "\xE2\x82\x28", false},
    {"ByteFF", "\xFF", false},
};

INSTANTIATE_TEST_SUITE_P(Text, Utf8, testing::ValuesIn(kUtf8), support::RowName());

TEST(Utf8Repair, LeavesValidTextAlone) {
  for (const std::string_view text : {"", "abc", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(replace_invalid_utf8(text), text);
  }
}

TEST(Utf8Repair, PutsAMarkInThePlaceOfEachStrayByte) {
  EXPECT_EQ(replace_invalid_utf8("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(replace_invalid_utf8("\x80\x80"), "\uFFFD\uFFFD");
  EXPECT_EQ(replace_invalid_utf8("a\xE2\x82"), "a\uFFFD\uFFFD") << "cut short at the end";
  EXPECT_EQ(replace_invalid_utf8("\xC3\x28"), "\uFFFD(");
}

TEST_P(Utf8, IsValidOnceRepaired) {
  EXPECT_TRUE(is_valid_utf8(replace_invalid_utf8(GetParam().text)));
}

TEST(Nearest, IsTheNameWithTheFewestEdits) {
  const std::vector<std::string_view> names{"displayName", "givenName", "surname", "mail"};
  EXPECT_EQ(nearest("displayNme", names), "displayName");
  EXPECT_EQ(nearest("DISPLAYNAME", names), "displayName");
  EXPECT_EQ(nearest("givenname", names), "givenName");
  EXPECT_EQ(nearest("mial", names), "mail");
  EXPECT_EQ(nearest("mail", names), "mail");
}

TEST(Nearest, IsNothingWhenNoneIsMeant) {
  EXPECT_EQ(nearest("colour", {"displayName", "mail"}), std::nullopt);
  EXPECT_EQ(nearest("abc", {}), std::nullopt);
  EXPECT_EQ(nearest("", {"abcdef"}), std::nullopt);
}

TEST(Nearest, LooksAtNoVeryLongName) {
  const std::string very_long(100'000, 'a');
  EXPECT_EQ(nearest(very_long, {"aaa"}), std::nullopt);
  EXPECT_EQ(nearest("aaa", {very_long}), std::nullopt);
}

TEST(Nearest, IsTheFirstOfSeveralAsNear) {
  EXPECT_EQ(nearest("cat", {"car", "cap"}), "car");
}

TEST(HasControl, FindsAControlCharacterWhereverItStands) {
  for (const size_t size : {1, 7, 8, 9, 31, 32, 40, 67}) {
    for (size_t at = 0; at < size; ++at) {
      for (int c = 0; c < 256; ++c) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(c);
        ASSERT_EQ(has_control(text), c < 0x20 || c == 0x7F) << c << " at " << at << " of " << size;
      }
    }
  }
  EXPECT_FALSE(has_control(""));
  EXPECT_FALSE(has_control(std::string(17, ' ')));
  EXPECT_FALSE(has_control(std::string(17, '\x80')));
  EXPECT_FALSE(has_control(std::string(17, '\xFF')));
  EXPECT_FALSE(has_control(std::string(17, '~')));
}

// Eight bytes at a time, wherever among them the one that is none stands.
TEST(Utf8Check, FindsAStrayByteAtAnyPlace) {
  for (size_t size = 1; size < 40; ++size) {
    EXPECT_TRUE(is_valid_utf8(std::string(size, 'a')));
    for (size_t at = 0; at < size; ++at) {
      std::string text(size, 'a');
      text[at] = '\x80';
      EXPECT_FALSE(is_valid_utf8(text)) << at << " of " << size;
    }
  }
}

TEST(Latin1, BecomesTheCharactersOfItsBytes) {
  EXPECT_EQ(latin1_to_utf8("f\xFCr \x80\xFF"), "f\xC3\xBCr \xC2\x80\xC3\xBF");
  EXPECT_EQ(latin1_to_utf8(""), "");
}

TEST(Beginning, IsNotCutWithinACharacter) {
  const std::string_view text = "a\xC3\xA9\xF0\x9F\x98\x80z";  // of 1, 2, 4 and 1 bytes
  constexpr size_t kSizes[] = {0, 1, 1, 3, 3, 3, 3, 7, 8, 8};
  for (size_t most = 0; most < std::size(kSizes); ++most) {
    EXPECT_EQ(beginning_of(text, most).size(), kSizes[most]) << most;
  }
}

}  // namespace
}  // namespace graphmock::base
