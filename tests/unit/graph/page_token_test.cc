#include "graph/page_token.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "http/error.h"
#include "odata/compare.h"
#include "support/small_service.h"

namespace graphmock::graph {
namespace {

using odata::Literal;
using odata::LiteralKind;

const model::Model& model() {
  static const auto models = support::small_models();
  return *models.version("v1.0");
}

TEST(PageToken, KeepsValuesOfEveryKind) {
  const std::vector<Literal> literals{{LiteralKind::Null, ""},
                                      {LiteralKind::Boolean, "true"},
                                      {LiteralKind::Integer, "-9007199254740993"},
                                      {LiteralKind::Double, "0.1"},
                                      {LiteralKind::Double, "-INF"},
                                      {LiteralKind::String, "it's \"quoted\" \xC3\xA9"},
                                      {LiteralKind::Guid, "32a539a1-39a1-32a5-a139-a532a139a532"},
                                      {LiteralKind::Date, "2031-05-02"},
                                      {LiteralKind::DateTimeOffset, "2031-05-02T10:11:12.5+02:00"},
                                      {LiteralKind::TimeOfDay, "10:11:12.5"},
                                      {LiteralKind::Duration, "duration'-P1DT2H'"},
                                      {LiteralKind::Enum, "microsoft.graph.none'a,b'"}};
  PageToken token;
  token.place = 7;
  for (const auto& literal : literals) token.keys.push_back(odata::value_of(literal, model()));
  const auto read = parse_page_token(to_text(token), literals.size(), model());
  EXPECT_EQ(read.place, 7u);
  EXPECT_TRUE(read.keys[0].is_null());
  for (size_t i = 1; i < literals.size(); ++i) {
    const auto order = odata::compare(read.keys[i], token.keys[i], false);
    EXPECT_TRUE(order && *order == 0) << literals[i].text;
    EXPECT_EQ(read.keys[i].data.index(), token.keys[i].data.index()) << literals[i].text;
  }
}

TEST(PageToken, ThatNobodyGaveIsRefused) {
  const auto made = to_text({{odata::Value{int64_t{1}}}, 7});
  EXPECT_NO_THROW(parse_page_token(made, 1, model()));
  EXPECT_THROW(parse_page_token(made, 0, model()), http::Error) << "of another query";
  EXPECT_THROW(parse_page_token(made.substr(1), 1, model()), http::Error);
  for (const std::string text : {"", "7", "{}", "[]", "[\"7\"]", "[7,1]", "[7,[1]]",
                                 "[7,[99,\"\"]]", "[7,[-1,\"\"]]", "[7,[5,6]]", "[7"}) {
    EXPECT_THROW(parse_page_token(base::base64url_encode(text), 1, model()), http::Error) << text;
  }
  EXPECT_THROW(parse_page_token("*", 1, model()), http::Error);
}

}  // namespace
}  // namespace graphmock::graph
