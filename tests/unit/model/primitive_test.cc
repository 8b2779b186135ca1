#include "model/primitive.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "support/test_name.h"

namespace graphmock::model {
namespace {

struct TypeRow {
  std::string name;
  Primitive primitive;
  std::vector<std::string> taken;    // JSON texts
  std::vector<std::string> refused;  // JSON texts
};

void PrintTo(const TypeRow& row, std::ostream* out) {
  *out << row.name;
}

class PrimitiveType : public testing::TestWithParam<TypeRow> {};

TEST_P(PrimitiveType, TakesWhatIsOfIt) {
  for (const auto& text : GetParam().taken) {
    EXPECT_TRUE(is_of(GetParam().primitive, base::parse_json(text))) << text;
  }
}

TEST_P(PrimitiveType, RefusesWhatIsNot) {
  for (const auto& text : GetParam().refused) {
    EXPECT_FALSE(is_of(GetParam().primitive, base::parse_json(text))) << text;
  }
}

TEST_P(PrimitiveType, IsFoundByItsName) {
  const auto name = std::string("Edm.") + GetParam().name.substr(0, GetParam().name.find('_'));
  EXPECT_EQ(primitive_named(name), GetParam().primitive);
  EXPECT_EQ(name_of(GetParam().primitive), name);
  EXPECT_NE(example_of(GetParam().primitive), "");
}

std::vector<TypeRow> whole_number_rows() {
  // Whole numbers are JSON numbers without fraction or exponent; Int64 may be a string.
  const std::vector<std::string> kinds{"null", "true", "[1]", "{}", "1.5", "1.0", "1e2", "\"x\""};
  const auto refused = [&](std::vector<std::string> own) {
    own.insert(own.end(), kinds.begin(), kinds.end());
    return own;
  };
  return {
      {"Byte", Primitive::Byte, {"0", "255"}, refused({"-1", "256", "\"7\""})},
      {"SByte", Primitive::SByte, {"-128", "0", "127"}, refused({"-129", "128", "\"7\""})},
      {"Int16", Primitive::Int16, {"-32768", "32767"}, refused({"-32769", "32768", "\"7\""})},
      {"Int32",
       Primitive::Int32,
       {"-2147483648", "0", "-0", "2147483647"},
       refused({"-2147483649", "2147483648", "\"7\"", "1e400"})},
      {"Int64",
       Primitive::Int64,
       {"0", "9007199254740993", "-9223372036854775808", "9223372036854775807", "\"17\"", "\"-17\"",
        "\"9223372036854775807\"", "\"-9223372036854775808\""},
       refused({"9223372036854775808", "-9223372036854775809", "\"9223372036854775808\"", "\"\"",
                "\"1.0\"", "\" 1\"", "\"1 \"", "\"0x1\"", "\"1e2\"", "1e400"})},
  };
}

std::vector<TypeRow> number_rows() {
  return {
      {"Decimal",
       Primitive::Decimal,
       {"0", "-1.50", "1e2", "1e400", "79228162514264337593543950335",
        "0.0000000000000000000000000001", "\"12.50\"", "\"-3\"", "\"1E-7\"", "\"0.5\""},
       {"null", "true", "\"\"", "\"x\"", "\"1.2.3\"", "\"1e\"", "\".\"", "\"-\"", "\" 1\"",
        "\"1,5\"", "\"NaN\"", "[]"}},
      {"Double",
       Primitive::Double,
       {"0", "-1", "3.25", "1e2", "1.7976931348623157e308", "5e-324", "1e-400", "\"INF\"",
        "\"-INF\"", "\"NaN\""},
       {"null", "1e400", "-1e400", "\"1.5\"", "\"inf\"", "\"Infinity\"", "\"+INF\"", "\"nan\"",
        "true", "[1]"}},
      {"Single",
       Primitive::Single,
       {"0", "3.4028234663852886e38", "-1.5", "\"INF\"", "\"-INF\"", "\"NaN\""},
       {"3.5e38", "-3.5e38", "1e400", "\"1.5\"", "false", "null"}},
  };
}

std::vector<TypeRow> text_rows() {
  return {
      {"String",
       Primitive::String,
       {"\"\"", "\"text\"", "\"1\""},
       {"1", "1e400", "true", "null", "[]", "{}"}},
      {"Boolean", Primitive::Boolean, {"true", "false"}, {"0", "1", "\"true\"", "null", "[]"}},
      {"Guid",
       Primitive::Guid,
       {"\"01234567-89ab-cdef-0123-456789abcdef\"", "\"01234567-89AB-CDEF-0123-456789ABCDEF\"",
        "\"00000000-0000-0000-0000-000000000000\""},
       {"\"\"", "\"0123456789abcdef0123456789abcdef\"",
        "\"{01234567-89ab-cdef-0123-456789abcdef}\"", "\"01234567-89ab-cdef-0123-456789abcde\"",
        "\"01234567-89ab-cdef-0123-456789abcdef0\"", "\"01234567-89ab-cdef-0123-456789abcdeg\"",
        "\"012345678-9ab-cdef-0123-456789abcdef\"", "\"-1234567-89ab-cdef-0123-456789abcdef\"",
        "\"01234567_89ab_cdef_0123_456789abcdef\"", "1", "null"}},
      {"Binary",
       Primitive::Binary,
       {"\"\"", "\"AA==\"", "\"AAE=\"", "\"AAEC\"", "\"+/+/\"", "\"-_-_\"", "\"AA\"", "\"AAE\""},
       {"\"A\"", "\"A===\"", "\"AAAAA\"", "\"=\"", "\"A=A=\"", "\"AA=A\"", "\"a b\"", "\"é\"",
        "\"AA.A\"", "1", "null", "[]"}},
      {"Stream", Primitive::Stream, {"\"\"", "\"AA==\"", "\"a?\""}, {"1", "null"}},
      {"Geography",
       Primitive::Geography,
       {R"({"type":"Point","coordinates":[1,2]})"},
       {"\"POINT(1 2)\"", "[1,2]", "1", "null"}},
      {"Untyped", Primitive::Untyped, {"1", "\"x\"", "[]", "{}", "true"}, {}},
  };
}

std::vector<TypeRow> time_rows() {
  return {
      {"Date",
       Primitive::Date,
       {"\"2026-01-31\"", "\"2024-02-29\"", "\"2000-02-29\"", "\"0001-01-01\"", "\"9999-12-31\"",
        "\"2026-04-30\""},
       {"\"2026-02-29\"", "\"1900-02-29\"", "\"2100-02-29\"", "\"2026-02-30\"", "\"2026-04-31\"",
        "\"2026-13-01\"", "\"2026-00-10\"", "\"2026-01-00\"", "\"2026-01-32\"", "\"26-01-31\"",
        "\"2026-1-31\"", "\"2026-01-31T00:00:00Z\"", "\"2026/01/31\"", "\"\"", "\" 2026-01-31\"",
        "\"2026-01-31 \"", "\"20260131\"", "20260131", "null"}},
      {"TimeOfDay",
       Primitive::TimeOfDay,
       {"\"00:00\"", "\"23:59:59\"", "\"08:30:00\"", "\"08:30:00.0000000\"",
        "\"08:30:00.123456789012\""},
       {"\"24:00:00\"", "\"08:60:00\"", "\"08:30:60\"", "\"8:30:00\"", "\"08:30:00.\"",
        "\"08:30:00.1234567890123\"", "\"08:30:00Z\"", "\"08\"", "\"\"", "830", "null"}},
      {"DateTimeOffset",
       Primitive::DateTimeOffset,
       {"\"2026-01-31T12:00:00Z\"", "\"2026-01-31T12:00Z\"", "\"2026-01-31T12:00:00.1234567Z\"",
        "\"2026-01-31T12:00:00+02:00\"", "\"2026-01-31T12:00:00-08:30\"",
        "\"2026-01-31T12:00:00+14:00\"", "\"2024-02-29T00:00:00Z\"", "\"2026-01-31t12:00:00z\"",
        "\"0001-01-01T00:00:00Z\""},
       {"\"2026-01-31T12:00:00\"", "\"2026-01-31\"", "\"2026-01-31 12:00:00Z\"",
        "\"2026-02-29T12:00:00Z\"", "\"2026-01-31T24:00:00Z\"", "\"2026-01-31T12:60:00Z\"",
        "\"2026-01-31T12:00:61Z\"", "\"2026-01-31T12:00:00+0200\"", "\"2026-01-31T12:00:00+15:00\"",
        "\"2026-01-31T12:00:00+02\"", "\"2026-01-31T12:00:00.Z\"", "\"2026-01-31T12:00:00ZZ\"",
        "\"2026-01-31T12Z\"", "\"yesterday\"", "\"\"", "1769860800", "null"}},
      {"Duration",
       Primitive::Duration,
       {"\"P1D\"", "\"PT1H\"", "\"PT1M\"", "\"PT1S\"", "\"P1DT12H30M5S\"", "\"PT0.5S\"", "\"-P1D\"",
        "\"-PT1H30M\"", "\"PT0S\"", "\"P10000D\"", "\"P1Y\"", "\"P2W\"", "\"P1Y2M3DT4H\"",
        "\"P1M\""},
       {"\"P\"",     "\"PT\"",       "\"P1DT\"",   "\"1D\"",      "\"P1H\"",   "\"PT1D\"",
        "\"P1D1D\"", "\"PT1M1H\"",   "\"PT1S1M\"", "\"PT1.S\"",   "\"PT.5S\"", "\"PT1.5H\"",
        "\"P1.5D\"", "\"P-1D\"",     "\"P1\"",     "\"PT1HT1M\"", "\"p1d\"",   "\"P1D \"",
        "\"\"",      "\"one hour\"", "3600",       "null"}},
  };
}

INSTANTIATE_TEST_SUITE_P(WholeNumbers, PrimitiveType, testing::ValuesIn(whole_number_rows()),
                         support::RowName());
INSTANTIATE_TEST_SUITE_P(Numbers, PrimitiveType, testing::ValuesIn(number_rows()),
                         support::RowName());
INSTANTIATE_TEST_SUITE_P(Texts, PrimitiveType, testing::ValuesIn(text_rows()), support::RowName());
INSTANTIATE_TEST_SUITE_P(Times, PrimitiveType, testing::ValuesIn(time_rows()), support::RowName());

TEST(PrimitiveNames, OfAbstractTypesMeanAnything) {
  EXPECT_EQ(primitive_named("Edm.PrimitiveType"), Primitive::Untyped);
  EXPECT_EQ(primitive_named("Edm.ComplexType"), Primitive::Untyped);
}

TEST(PrimitiveNames, OfGeographyAndGeometryAreOneType) {
  EXPECT_EQ(primitive_named("Edm.GeographyPoint"), Primitive::Geography);
  EXPECT_EQ(primitive_named("Edm.GeometryCollection"), Primitive::Geography);
}

TEST(PrimitiveNames, AreThoseOfODataOnly) {
  for (const std::string_view name :
       {"Edm.Text", "String", "edm.String", "Edm.", "", "Edm.int32"}) {
    EXPECT_EQ(primitive_named(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace graphmock::model
