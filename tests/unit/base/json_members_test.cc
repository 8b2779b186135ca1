#include "base/json_members.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
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

std::string member(std::string_view object, std::string_view name) {
  return std::string(member_text(object, name).value_or("(none)"));
}

TEST(MemberText, IsTheTextOfTheValue) {
  constexpr std::string_view kObject =
      R"({"id":"1","n":-1.50,"t":true,"z":null,"o":{"id":"2","a":[1,{"x":"}"}]},"a":["]",[]],"last":7})";
  EXPECT_EQ(member(kObject, "id"), R"("1")");
  EXPECT_EQ(member(kObject, "n"), "-1.50");
  EXPECT_EQ(member(kObject, "t"), "true");
  EXPECT_EQ(member(kObject, "z"), "null");
  EXPECT_EQ(member(kObject, "o"), R"({"id":"2","a":[1,{"x":"}"}]})");
  EXPECT_EQ(member(kObject, "a"), R"(["]",[]])");
  EXPECT_EQ(member(kObject, "last"), "7");
}

TEST(MemberText, LooksAtTheObjectsOwnMembersAlone) {
  constexpr std::string_view kObject = R"({"a":{"x":1},"b":"\"x\":2,","c":["x"]})";
  EXPECT_EQ(member(kObject, "x"), "(none)");
  EXPECT_EQ(member("{}", "x"), "(none)");
}

TEST(MemberText, IsNotMisledByQuotesAndBackslashes) {
  constexpr std::string_view kObject = R"({"a":"\\","b":"\\\"","c\"d":1,"e":"\",\"f\":2","f":3})";
  EXPECT_EQ(member(kObject, "a"), R"("\\")");
  EXPECT_EQ(member(kObject, "b"), R"("\\\"")");
  EXPECT_EQ(member(kObject, "f"), "3");
}

TEST(MemberText, OfWhatIsWrittenIsWhatAParserReads) {
  const auto value = parse_json(
      R"({"x\u0000y":"\u0007","é":"ü\n","deep":[[[{"a":"]}"}]]],"e":1e5,"s":"","q":"\"\\\"\\\\"})");
  const auto text = to_json(value);
  for (const auto& one : value.get_object()) {
    if (one.key().find('\0') != std::string_view::npos) continue;
    EXPECT_EQ(member(text, one.key()), to_json(one.value()));
  }
}

TEST(StringIn, UndoesEscapes) {
  EXPECT_EQ(string_in(R"("plain")"), "plain");
  EXPECT_EQ(string_in(R"("a\"b\\c\u00e9")"), "a\"b\\c\u00e9");
  EXPECT_EQ(plain_string(R"("a\"b")"), std::nullopt);
  EXPECT_EQ(plain_string("12"), std::nullopt);
}

}  // namespace
}  // namespace graphmock::base
