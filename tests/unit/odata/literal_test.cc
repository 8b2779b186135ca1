#include "odata/literal.h"

#include <gtest/gtest.h>

#include <string>

#include "support/test_name.h"

namespace graphmock::odata {
namespace {

std::string_view name_of(LiteralKind kind) {
  switch (kind) {
    case LiteralKind::Null:
      return "null";
    case LiteralKind::Boolean:
      return "boolean";
    case LiteralKind::Integer:
      return "integer";
    case LiteralKind::Decimal:
      return "decimal";
    case LiteralKind::Double:
      return "double";
    case LiteralKind::String:
      return "string";
    case LiteralKind::Guid:
      return "guid";
    case LiteralKind::Date:
      return "date";
    case LiteralKind::DateTimeOffset:
      return "dateTimeOffset";
    case LiteralKind::TimeOfDay:
      return "timeOfDay";
    case LiteralKind::Duration:
      return "duration";
    case LiteralKind::Binary:
      return "binary";
    case LiteralKind::Enum:
      return "enum";
    case LiteralKind::Geography:
      return "geography";
  }
  return "?";
}

struct Row {
  std::string_view name;
  std::string_view text;
  std::string_view found;  // "kind text", and "| rest" when something is left; empty for none
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.text;
}

class LiteralText : public testing::TestWithParam<Row> {};

TEST_P(LiteralText, IsRecognised) {
  const auto text = GetParam().text;
  std::string found;
  if (const auto match = literal_at(text)) {
    found = std::string(name_of(match->literal.kind)) + " " + match->literal.text;
    if (match->length < text.size()) found += "|" + std::string(text.substr(match->length));
  }
  EXPECT_EQ(found, GetParam().found);
}

constexpr Row kRows[] = {
    {"Null", "null", "null null"},
    {"NullInCapitals", "NULL", ""},
    {"NullInAName", "nullable", ""},
    {"True", "true", "boolean true"},
    {"TrueInAnyCase", "tRUe)", "boolean true|)"},
    {"TrueInAName", "true.false", ""},
    {"Integer", "2012", "integer 2012"},
    {"IntegerThenBlank", "12 eq", "integer 12| eq"},
    {"IntegerThenColon", "0:1", "integer 0|:1"},
    {"Negative", "-5", "integer -5"},
    {"Positive", "+5", "integer +5"},
    {"Greatest", "9223372036854775807", "integer 9223372036854775807"},
    {"Least", "-9223372036854775808", "integer -9223372036854775808"},
    {"TooGreat", "9223372036854775808", "decimal 9223372036854775808"},
    {"Decimal", "3.14", "decimal 3.14"},
    {"DecimalWithoutFraction", "3.", ""},
    {"DecimalWithoutInteger", ".5", ""},
    {"TwoPoints", "1.2.3", ""},
    {"Double", "12e3", "double 12e3"},
    {"DoubleWithSigns", "-0.314E-1", "double -0.314E-1"},
    {"DoubleWithoutExponent", "1e", ""},
    {"Infinity", "INF", "double INF"},
    {"NegativeInfinity", "-INF", "double -INF"},
    {"NotANumber", "NaN", "double NaN"},
    {"InfinityInAName", "INFO", ""},
    {"NumberInAName", "12ab", ""},
    {"Suffix", "1L", ""},
    {"String", "'a b'", "string a b"},
    {"EmptyString", "''", "string "},
    {"DoubledQuotes", "'O''Neil' x", "string O'Neil| x"},
    {"QuotesAlone", "''''", "string '"},
    {"OpenString", "'abc", ""},
    {"OpenStringWithDoubledQuotes", "'abc''", ""},
    {"DurationInPlainQuotes", "'PT1H'", "string PT1H"},
    {"Guid", "01234567-89ab-cdef-0123-456789abcdef", "guid 01234567-89ab-cdef-0123-456789abcdef"},
    {"GuidFromALetter", "abcdef67-89AB-cdef-0123-456789abcdef)",
     "guid abcdef67-89AB-cdef-0123-456789abcdef|)"},
    {"GuidLikeANumber", "12345678-1234-1234-1234-123456789012",
     "guid 12345678-1234-1234-1234-123456789012"},
    {"GuidTooShort", "01234567-89ab-cdef-0123-456789abcde", ""},
    {"GuidTooLong", "01234567-89ab-cdef-0123-456789abcdef0", ""},
    {"Date", "2012-12-03", "date 2012-12-03"},
    {"DateBeforeYear0", "-0044-03-15", "date -0044-03-15"},
    {"DateFarAway", "12012-12-03", "date 12012-12-03"},
    {"DateOfALeapYear", "2000-02-29", "date 2000-02-29"},
    {"DateOfNoLeapYear", "1900-02-29", ""},
    {"Month13", "2012-13-03", ""},
    {"Day0", "2012-12-00", ""},
    {"DateTime", "2012-12-03T07:16:23Z", "dateTimeOffset 2012-12-03T07:16:23Z"},
    {"DateTimeWithoutSeconds", "2012-12-03T07:16Z", "dateTimeOffset 2012-12-03T07:16Z"},
    {"DateTimeWithOffset", "2012-12-03T07:16:23.123+01:00 x",
     "dateTimeOffset 2012-12-03T07:16:23.123+01:00| x"},
    {"DateTimeInLowerCase", "2012-12-03t07:16z", "dateTimeOffset 2012-12-03t07:16z"},
    {"LeapSecond", "1972-06-30T23:59:60Z", "dateTimeOffset 1972-06-30T23:59:60Z"},
    {"DateTimeWithoutZone", "2012-12-03T07:16:23", ""},
    {"Hour24", "2012-12-03T24:00:00Z", ""},
    {"FractionOf12Digits", "07:16:23.123456789012", "timeOfDay 07:16:23.123456789012"},
    {"FractionOf13Digits", "07:16:23.1234567890123", "integer 07|:16:23.1234567890123"},
    {"TimeOfDay", "07:16", "timeOfDay 07:16"},
    {"TimeOfDayThenColon", "07:16:1", "timeOfDay 07:16|:1"},
    {"Duration", "duration'P1DT2H3M4.5S'", "duration duration'P1DT2H3M4.5S'"},
    {"DurationInCapitals", "DURATION'-PT1S'", "duration duration'-PT1S'"},
    {"DurationOfMonths", "duration'P1M'", ""},
    {"DurationInWrongOrder", "duration'PT1S1H'", ""},
    {"DurationOfNothing", "duration'P'", ""},
    {"DurationOfNoTime", "duration'P1DT'", ""},
    {"FractionOfHours", "duration'PT1.5H'", ""},
    {"Binary", "binary'Zm9vYg=='", "binary binary'Zm9vYg=='"},
    {"BinaryWithoutPadding", "binary'Zg'", "binary binary'Zg'"},
    {"BinaryOfNothing", "binary''", "binary binary''"},
    {"BinaryOfOneLetter", "binary'Z'", ""},
    {"BinaryWithBitsLeft", "binary'Zh'", ""},
    {"BinaryOfPlainBase64", "binary'Zm+v'", ""},
    {"Enum", "Sales.Pattern'Yellow'", "enum Sales.Pattern'Yellow'"},
    {"EnumOfSeveral", "a.b.C'Solid,Yellow,-42'", "enum a.b.C'Solid,Yellow,-42'"},
    {"EnumOfNothing", "a.B''", ""},
    {"EnumWithABlank", "a.B'Solid, Yellow'", ""},
    {"EnumWithoutNamespace", "Pattern'Yellow'", ""},
    {"Point", "geography'SRID=0;Point(142.1 64.1)'",
     "geography geography'SRID=0;Point(142.1 64.1)'"},
    {"PointInSpace", "geometry'SRID=12345;point(1 -2 3e1 4)'",
     "geography geometry'SRID=12345;point(1 -2 3e1 4)'"},
    {"PointOfOne", "geography'SRID=0;Point(1)'", ""},
    {"PointOfFive", "geography'SRID=0;Point(1 2 3 4 5)'", ""},
    {"PointWithoutSystem", "geography'Point(1 2)'", ""},
    {"LineString", "geography'SRID=0;LineString(1 1,2 2)'",
     "geography geography'SRID=0;LineString(1 1,2 2)'"},
    {"LineStringOfOne", "geography'SRID=0;LineString(1 1)'", ""},
    {"Polygon", "geometry'SRID=0;Polygon((1 1,2 2,1 1),(0 0,1 1,0 0))'",
     "geography geometry'SRID=0;Polygon((1 1,2 2,1 1),(0 0,1 1,0 0))'"},
    {"MultiPoint", "geography'SRID=0;MultiPoint((1 1),(2 2))'",
     "geography geography'SRID=0;MultiPoint((1 1),(2 2))'"},
    {"MultiPointOfNone", "geography'SRID=0;MultiPoint()'",
     "geography geography'SRID=0;MultiPoint()'"},
    {"MultiLineString", "geography'SRID=0;MultiLineString((1 1,2 2),(3 3,4 4))'",
     "geography geography'SRID=0;MultiLineString((1 1,2 2),(3 3,4 4))'"},
    {"MultiPolygon", "geography'SRID=0;MultiPolygon(((1 1,2 2,1 1)))'",
     "geography geography'SRID=0;MultiPolygon(((1 1,2 2,1 1)))'"},
    {"GeometryCollection",
     "geography'SRID=0;GeometryCollection(Point(1 2),Collection(Point(3 4)))'",
     "geography geography'SRID=0;GeometryCollection(Point(1 2),Collection(Point(3 4)))'"},
    {"Name", "displayName", ""},
    {"Nothing", "", ""},
    {"Operator", "- 1", ""},
};

INSTANTIATE_TEST_SUITE_P(Literal, LiteralText, testing::ValuesIn(kRows), support::RowName());

TEST(Literal, HasShapesOfBoundedDepth) {
  std::string text = "geography'SRID=0;";
  for (int i = 0; i < 100'000; ++i) text += "Collection(";
  EXPECT_FALSE(literal_at(text));
}

TEST(Literal, HasNamesOfAtMost128Characters) {
  EXPECT_EQ(identifier_length(std::string(128, 'a')), 128u);
  EXPECT_EQ(identifier_length(std::string(129, 'a')), 0u);
  std::string letters;
  for (int i = 0; i < 128; ++i) letters += "ß";
  EXPECT_EQ(identifier_length(letters), 256u);
}

}  // namespace
}  // namespace graphmock::odata
