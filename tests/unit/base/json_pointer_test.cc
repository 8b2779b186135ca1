#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "support/test_name.h"

namespace graphmock::base {
namespace {

TEST(JsonPointer, LeadsToAValue) {
  const auto root = parse_json(R"({"a":{"b":[10,{"c":null}]},"":1,"x/y":2,"m~n":3})");
  ASSERT_NE(at_pointer(root, "/a/b/0"), nullptr);
  EXPECT_EQ(at_pointer(root, "/a/b/0")->as_int64(), 10);
  EXPECT_TRUE(at_pointer(root, "/a/b/1/c")->is_null());
  EXPECT_EQ(at_pointer(root, ""), &root);
  EXPECT_EQ(at_pointer(root, "/")->as_int64(), 1);
  EXPECT_EQ(at_pointer(root, "/x~1y")->as_int64(), 2);
  EXPECT_EQ(at_pointer(root, "/m~0n")->as_int64(), 3);
}

TEST(JsonPointer, LeadsToNothingWhereThereIsNothing) {
  const auto root = parse_json(R"({"a":[1,2],"b":"text"})");
  for (const std::string_view pointer :
       {"/c", "/a/2", "/a/x", "/a/01", "/b/0", "/a/-", "a", "/a/0/0", "/~2"}) {
    EXPECT_EQ(at_pointer(root, pointer), nullptr) << pointer;
  }
}

TEST(JsonPointer, EscapesTheNamesItIsMadeOf) {
  EXPECT_EQ(pointer_child("", "a"), "/a");
  EXPECT_EQ(pointer_child("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(pointer_child("/a", ""), "/a/");
  const auto root = parse_json(R"({"b/c~d":{"@odata.type":7}})");
  EXPECT_EQ(at_pointer(root, pointer_child(pointer_child("", "b/c~d"), "@odata.type"))->as_int64(),
            7);
}

constexpr std::string_view kText = R"(// a comment, line 1
{
  "first": 1,
  /* lines 4
     and 5 */
  "object": {
    "inner": "text",
    "list": [
      null,
      {
        "deep": true,
      },
      12
    ]
  },
  "x/y": 1.5, "same": "line",
  "last":
    false
}
)";

struct LineRow {
  std::string_view name;
  std::string_view pointer;
  size_t line;
};

class JsonLine : public testing::TestWithParam<LineRow> {};

TEST_P(JsonLine, IsFound) {
  EXPECT_EQ(line_of(kText, GetParam().pointer), GetParam().line);
}

constexpr LineRow kLines[] = {
    {"OfTheRoot", "", 2},
    {"OfANumber", "/first", 3},
    {"OfAnObjectBehindComments", "/object", 6},
    {"OfAString", "/object/inner", 7},
    {"OfAnArray", "/object/list", 8},
    {"OfANull", "/object/list/0", 9},
    {"OfAnObjectInAnArray", "/object/list/1", 10},
    {"OfABoolean", "/object/list/1/deep", 11},
    {"OfAnItemBehindAnObject", "/object/list/2", 13},
    {"OfAnEscapedName", "/x~1y", 16},
    {"OfAMemberOnASharedLine", "/same", 16},
    {"OfAValueOnALineOfItsOwn", "/last", 18},
    {"OfTheAncestorOfWhatIsNotThere", "/object/list/9/x", 8},
    {"OfTheAncestorOfAMissingMember", "/object/missing", 6},
    {"OfTheRootWhenNothingIsThere", "/missing/too", 2},
    {"OfAScalarThatHasNoMembers", "/first/x", 3},
};

INSTANTIATE_TEST_SUITE_P(Json, JsonLine, testing::ValuesIn(kLines), support::RowName());

TEST(JsonLines, CountsFromOneInAStrictText) {
  EXPECT_EQ(line_of("[1,\n2]", "/1", JsonSyntax::Strict), 2u);
  EXPECT_EQ(line_of("[1,\n2]", "/0", JsonSyntax::Strict), 1u);
  EXPECT_EQ(line_of("17", ""), 1u);
  EXPECT_EQ(line_of("\n\n17\n", ""), 3u);
}

TEST(JsonLines, IsThatOfANumberAtTheEndOfItsLine) {
  EXPECT_EQ(line_of("{\"a\": 12\n,\"b\": 1e400\n}", "/a"), 1u);
  EXPECT_EQ(line_of("{\"a\": 12\n,\"b\": 1e400\n}", "/b"), 2u);
}

}  // namespace
}  // namespace graphmock::base
