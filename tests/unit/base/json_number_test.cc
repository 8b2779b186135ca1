#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "support/test_name.h"

namespace graphmock::base {
namespace {

class JsonNumber : public testing::TestWithParam<std::string> {};

TEST_P(JsonNumber, KeepsEveryDigit) {
  const auto value = parse_json(GetParam());
  EXPECT_TRUE(is_number(value));
  EXPECT_FALSE(is_string(value));
  EXPECT_EQ(kind_name(value), "number");
  EXPECT_EQ(number_text(value), GetParam());
  EXPECT_EQ(to_json(value), GetParam());
  EXPECT_EQ(to_json(parse_json("{\"n\":[" + GetParam() + "]}")), "{\"n\":[" + GetParam() + "]}");
}

TEST_P(JsonNumber, SurvivesMakeNumber) {
  EXPECT_EQ(to_json(make_number(GetParam())), GetParam());
  EXPECT_TRUE(is_number(make_number(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(
    Json, JsonNumber,
    testing::Values("0", "-0", "1", "-1", "0.0", "-0.0", "0.10", "1.0", "10", "100", "1e2", "1E2",
                    "1e+2", "1E-2", "0e0", "1.50", "3.141592653589793", "0.1",
                    "0.30000000000000004",
                    // Around 2^53, where doubles lose whole numbers.
                    "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993",
                    "9007199254740993.5",
                    // The limits of Edm.Int64 and one beyond each.
                    "9223372036854775807", "-9223372036854775808", "9223372036854775808",
                    "-9223372036854775809", "18446744073709551615", "18446744073709551616",
                    // Edm.Decimal: 28 digits and more.
                    "7922816251426433759354395033.5", "-79228162514264337593543950335",
                    "0.0000000000000000000000000001", "1234567890123456789012345678901234567890",
                    // What no double holds.
                    "1e400", "-1e400", "1e-400", "1.7976931348623157e308", "5e-324",
                    "123456789e300", "0.000001", "1e-7", "1e21", "100000000000000000000000"),
    support::TextName());

TEST(JsonNumbers, AreDoublesWhereADoubleHoldsThem) {
  EXPECT_EQ(number_as_double(parse_json("0.5")), 0.5);
  EXPECT_EQ(number_as_double(parse_json("1e2")), 100.0);
  EXPECT_EQ(number_as_double(parse_json("-7")), -7.0);
  EXPECT_EQ(number_as_double(parse_json("18446744073709551615")), 18446744073709551615.0);
  EXPECT_EQ(number_as_double(parse_json("0.1000000000000000055511151231257827")), 0.1);
}

TEST(JsonNumbers, BeyondAnyDoubleAreNone) {
  EXPECT_EQ(number_as_double(parse_json("1e400")), std::nullopt);
  EXPECT_EQ(number_as_double(parse_json("-1e400")), std::nullopt);
}

TEST(JsonNumbers, OfMakeNumberAreIntegersWhereTheyFit) {
  EXPECT_EQ(make_number("42").as_int64(), 42);
  EXPECT_EQ(make_number("-9223372036854775808").as_int64(), INT64_MIN);
  EXPECT_EQ(number_as_double(make_number("0.5")), 0.5);
}

// Text that looks like a number is text, and stays so.
TEST(JsonNumbers, AreNotStringsOfDigits) {
  const auto value = parse_json("\"1e400\"");
  EXPECT_FALSE(is_number(value));
  EXPECT_TRUE(is_string(value));
  EXPECT_EQ(to_json(value), "\"1e400\"");
}

TEST(JsonNumbers, AreNoOtherKind) {
  for (const std::string_view text : {"null", "true", "\"\"", "[1]", "{\"a\":1}"}) {
    EXPECT_FALSE(is_number(parse_json(text))) << text;
  }
  for (const std::string_view text : {"null", "true", "1", "1e400", "[\"a\"]", "{}"}) {
    EXPECT_FALSE(is_string(parse_json(text))) << text;
  }
}

}  // namespace
}  // namespace graphmock::base
