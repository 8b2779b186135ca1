#include "base/json_members.h"

#include <gtest/gtest.h>

#include <string>

#include "support/test_name.h"

namespace graphmock::base {
namespace {

struct MembersRow {
  std::string_view name;
  std::string_view object;
  std::string_view members;  // each with a blank behind it
};

class JsonMembers : public testing::TestWithParam<MembersRow> {};

TEST_P(JsonMembers, AreFoundOneByOne) {
  std::string found;
  auto rest = GetParam().object.substr(1);
  while (has_member(rest)) {
    const auto member = next_member(rest);
    EXPECT_TRUE(member.text.starts_with("\"" + std::string(member.name) + "\":"));
    found += std::string(member.text) + " ";
  }
  EXPECT_EQ(found, GetParam().members);
}

constexpr MembersRow kObjects[] = {
    {"None", "{}", ""},
    {"One", R"({"a":1})", R"("a":1 )"},
    {"EveryKind", R"({"a":1.5,"b":"x","c":null,"d":[],"e":{}})",
     R"("a":1.5 "b":"x" "c":null "d":[] "e":{} )"},
    {"Nested", R"({"a":{"b":[{"c":1},2]},"d":[[1,2],{"e":"}"}]})",
     R"("a":{"b":[{"c":1},2]} "d":[[1,2],{"e":"}"}] )"},
    {"Quotes", R"({"a":"\"","b":"\\","c":"\\\"}"})", R"("a":"\"" "b":"\\" "c":"\\\"}" )"},
    {"QuotesInside", R"({"a":["\"]",{"b":"\\"}],"c":2})", R"("a":["\"]",{"b":"\\"}] "c":2 )"},
    {"AnEscapedName", R"({"a\"b":1,"@odata.type":"x"})", R"("a\"b":1 "@odata.type":"x" )"},
};

INSTANTIATE_TEST_SUITE_P(Objects, JsonMembers, testing::ValuesIn(kObjects), support::RowName());

}  // namespace
}  // namespace graphmock::base
