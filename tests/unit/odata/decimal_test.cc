#include "odata/decimal.h"

#include <gtest/gtest.h>

namespace graphmock::odata {
namespace {

Decimal of(std::string_view text) {
  const auto parsed = Decimal::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Decimal::of(0));
}

std::string text_of(const std::optional<Decimal>& value) {
  return value ? value->to_string() : "none";
}

TEST(Decimal, IsReadAndWritten) {
  struct Row {
    std::string_view text, written;
  };
  for (const auto& [text, written] :
       {Row{"0", "0"}, Row{"-0", "0"}, Row{"007", "7"}, Row{"0.10", "0.1"}, Row{"-12.50", "-12.5"},
        Row{"1.25e2", "125"}, Row{"+3E-3", "0.003"}, Row{"1200", "1200"},
        Row{"0.000001", "0.000001"},
        Row{"79228162514264337593543950335.5", "79228162514264337593543950335.5"}}) {
    EXPECT_EQ(of(text).to_string(), written);
  }
  for (const std::string_view text :
       {"", "-", ".", ".5", "1e", "1e+", "1.2.3", "x", "1x", "INF", "1e9999", "1e99999999999"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
}

TEST(Decimal, ReckonsExactly) {
  EXPECT_EQ(text_of(add(of("0.1"), of("0.2"))), "0.3");
  EXPECT_EQ(text_of(add(of("1e30"), of("1e-30"))),
            "1000000000000000000000000000000.000000000000000000000000000001");
  EXPECT_EQ(text_of(multiply(of("1.1"), of("-1.1"))), "-1.21");
  EXPECT_EQ(text_of(divide(of("1"), of("8"))), "0.125");
  EXPECT_EQ(text_of(divide(of("2.55"), of("2.55"))), "1");
  EXPECT_EQ(text_of(divide(of("2"), of("3"))), "0." + std::string(39, '6') + "7");
  EXPECT_EQ(text_of(divide(of("-1"), of("3"))), "-0." + std::string(40, '3'));
  EXPECT_EQ(text_of(remainder(of("-7.5"), of("2"))), "-1.5");
  EXPECT_EQ(text_of(remainder(of("1e20"), of("0.3"))), "0.1");
}

TEST(Decimal, RoundsWhatHasMoreThanAHundredDigits) {
  const auto long_one = of("1." + std::string(98, '0') + "1");
  EXPECT_EQ(long_one.to_string().size(), 101u);
  EXPECT_EQ(text_of(add(long_one, of("1e-99"))), "1." + std::string(98, '0') + "2");
  EXPECT_EQ(text_of(multiply(long_one, long_one)), "1." + std::string(98, '0') + "2");
}

TEST(Decimal, GoesOutOfRange) {
  EXPECT_FALSE(multiply(of("1e300"), of("1e300")));
  EXPECT_FALSE(divide(of("1e-300"), of("1e300")));
}

TEST(Decimal, RoundsInFourWays) {
  using enum Decimal::Rounding;
  EXPECT_EQ(of("2.5").rounded(HalfAwayFromZero).to_string(), "3");
  EXPECT_EQ(of("-2.5").rounded(HalfAwayFromZero).to_string(), "-3");
  EXPECT_EQ(of("2.49").rounded(HalfAwayFromZero).to_string(), "2");
  EXPECT_EQ(of("-2.1").rounded(Down).to_string(), "-3");
  EXPECT_EQ(of("-2.1").rounded(Up).to_string(), "-2");
  EXPECT_EQ(of("2.1").rounded(Up).to_string(), "3");
  EXPECT_EQ(of("-2.9").rounded(TowardZero).to_string(), "-2");
  EXPECT_EQ(of("1e20").rounded(Up).to_string(), "100000000000000000000");
}

TEST(Decimal, ComparesAndConverts) {
  EXPECT_TRUE(of("1.0") == of("1"));
  EXPECT_TRUE(of("-1") < of("0.0001"));
  EXPECT_TRUE(of("0.30000000000000000000000000001") > of("0.3"));
  EXPECT_EQ(of("9223372036854775807.9").to_int64(), INT64_MAX);
  EXPECT_EQ(of("-9223372036854775808").to_int64(), INT64_MIN);
  EXPECT_EQ(of("9223372036854775808").to_int64(), std::nullopt);
  EXPECT_EQ(of("0.1").to_double(), 0.1);
  EXPECT_EQ(Decimal::of(INT64_MIN).to_string(), "-9223372036854775808");
  EXPECT_EQ(Decimal::of(-5).sign(), -1);
}

}  // namespace
}  // namespace graphmock::odata
