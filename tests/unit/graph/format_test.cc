#include "graph/format.h"

#include <gtest/gtest.h>

#include "support/test_name.h"

namespace graphmock::graph {
namespace {

Format asked_for(std::string_view accept, std::string_view format = "") {
  http::Request request;
  if (!accept.empty()) request.headers.add("Accept", accept);
  Call call{.request = request,
            .request_id = "",
            .client_request_id = "",
            .now = {},
            .service_root = "",
            .me = "",
            .app = "",
            .query = {},
            .target = {},
            .error = {}};
  if (!format.empty()) call.query.format = format;
  return format_of(call);
}

struct FormatRow {
  std::string_view name;
  std::string_view accept;
  std::string_view format;  // $format
  MetadataLevel metadata;
  bool numbers_as_strings = false;
};

class AskedFormat : public testing::TestWithParam<FormatRow> {};

TEST_P(AskedFormat, IsRead) {
  const auto format = asked_for(GetParam().accept, GetParam().format);
  EXPECT_EQ(format.metadata, GetParam().metadata);
  EXPECT_EQ(format.numbers_as_strings, GetParam().numbers_as_strings);
}

using enum MetadataLevel;

constexpr FormatRow kFormats[] = {
    {"Nothing", "", "", Minimal},
    {"Json", "application/json", "", Minimal},
    {"Anything", "*/*", "", Minimal},
    {"NumbersAsStrings", "application/json;IEEE754Compatible=true", "", Minimal, true},
    {"NumbersAsNumbers", "application/json;IEEE754Compatible=false", "", Minimal},
    {"InAnotherCase", "Application/JSON;ieee754compatible=TRUE", "", Minimal, true},
    {"WithBlanks", "application/json; odata.metadata=minimal; IEEE754Compatible=true", "", Minimal,
     true},
    {"InALaterRange", "text/plain, application/json;IEEE754Compatible=true;q=0.9", "", Minimal,
     true},
    {"NoMetadata", "application/json;odata.metadata=none", "", None},
    {"FullMetadata", "application/json;odata.metadata=full;charset=utf-8", "", Full},
    {"MetadataWithoutPrefix", "application/json;metadata=full", "", Full},
    {"QuotedMetadata", "application/json;odata.metadata=\"none\"", "", None},
    {"OtherParameters", "application/json;odata.streaming=true;version=7", "", Minimal},
    {"TheMostWanted",
     "application/json;odata.metadata=none;q=0.5, application/json;odata.metadata=full", "", Full},
    {"TheFirstOfEquals", "application/json;metadata=none,application/json;metadata=full", "", None},
    {"TheUnwanted", "application/json;odata.metadata=none;q=0", "", Minimal},
    {"NoJson", "text/html,application/xml;odata.metadata=wrong", "", Minimal},
    {"NoMediaType", "json; =;,;", "", Minimal},
    {"OptionJson", "", "json", Minimal},
    {"OptionNone", "", "application/json;odata.metadata=none", None},
    {"OptionFull", "", "application/json; metadata=full;IEEE754Compatible=true", Full, true},
    {"OptionBeforeHeader", "application/json;odata.metadata=full;IEEE754Compatible=true",
     "application/json;odata.metadata=none", None},
    {"ShortOptionBeforeHeader", "application/json;odata.metadata=full", "JSON", Minimal},
};

INSTANTIATE_TEST_SUITE_P(Format, AskedFormat, testing::ValuesIn(kFormats), support::RowName());

struct WrongRow {
  std::string_view name;
  std::string_view accept;
  std::string_view format;
  std::string_view words;
};

class WrongFormat : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongFormat, IsRefusedAndNamed) {
  try {
    asked_for(GetParam().accept, GetParam().format);
    FAIL();
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_NE(error.message.find(GetParam().words), std::string::npos) << error.message;
  }
}

constexpr WrongRow kWrong[] = {
    {"Metadata", "application/json;odata.metadata=all", "", "'odata.metadata' has the value 'all'"},
    {"MetadataWithoutValue", "application/json;metadata", "", "'none', 'minimal' or 'full'"},
    {"Numbers", "application/json;IEEE754Compatible=yes", "", "'true' or 'false'"},
    {"Streaming", "application/json;odata.streaming=maybe", "", "'true' or 'false'"},
    {"OptionMetadata", "", "application/json;metadata=most", "'metadata' has the value 'most'"},
    {"OptionXml", "application/json", "xml", "'xml' of '$format'"},
    {"OptionAtom", "", "application/atom+xml", "Expected 'json'"},
};

INSTANTIATE_TEST_SUITE_P(Format, WrongFormat, testing::ValuesIn(kWrong), support::RowName());

TEST(Format, IsSaidInTheContentType) {
  EXPECT_EQ(Format().content_type(), kContentType);
  EXPECT_EQ((Format{None, true}).content_type(),
            "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=true;"
            "charset=utf-8");
  EXPECT_EQ((Format{Full, false}).content_type(),
            "application/json;odata.metadata=full;odata.streaming=true;IEEE754Compatible=false;"
            "charset=utf-8");
}

}  // namespace
}  // namespace graphmock::graph
