#include "odata/text_case.h"

#include <gtest/gtest.h>

namespace graphmock::odata {
namespace {

TEST(TextCase, GoesBeyondAscii) {
  EXPECT_EQ(to_lower("ABC Äß Ω Ж"), "abc äß ω ж");
  EXPECT_EQ(to_upper("abc äß ω ж"), "ABC Äß Ω Ж");
  EXPECT_EQ(to_lower("日本"), "日本");
}

TEST(TextCase, LeavesBytesThatAreNoCharacter) {
  EXPECT_EQ(to_lower("A\xFF"
                     "Ä\xC3"),
            "a\xFF"
            "ä\xC3");
  EXPECT_EQ(trim_white_space(" \xFF "), "\xFF");
}

TEST(TextCase, TrimsWhiteSpaceOfUnicode) {
  EXPECT_EQ(trim_white_space(" \t\n\u00A0\u2003x y\u3000\u2028"), "x y");
  EXPECT_EQ(trim_white_space(" \u00A0"), "");
  EXPECT_EQ(trim_white_space(""), "");
}

TEST(TextCase, ComparesWithoutCase) {
  EXPECT_EQ(compare_ignoring_case("abc", "ABC"), 0);
  EXPECT_EQ(compare_ignoring_case("grün", "GRÜN"), 0);
  EXPECT_LT(compare_ignoring_case("a", "B"), 0);
  EXPECT_GT(compare_ignoring_case("Ä", "z"), 0);
}

TEST(TextCase, FindsBeginningsWithoutCase) {
  EXPECT_TRUE(starts_with_ignoring_case("Abc", "aB"));
  EXPECT_TRUE(starts_with_ignoring_case("abc", ""));
  EXPECT_FALSE(starts_with_ignoring_case("a", "ab"));
  EXPECT_TRUE(starts_with_ignoring_case("Ünder", "üN"));
  EXPECT_TRUE(starts_with_ignoring_case("\u212Aelvin", "k")) << "the Kelvin sign";
  EXPECT_FALSE(starts_with_ignoring_case("Aé", "aè"));
}

}  // namespace
}  // namespace graphmock::odata
