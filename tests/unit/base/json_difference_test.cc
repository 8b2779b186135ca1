#include "base/json_difference.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_name.h"

namespace graphmock::base {
namespace {

struct Row {
  std::string name, from, to, changes;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class JsonDifference : public testing::TestWithParam<Row> {};

TEST_P(JsonDifference, NamesEveryChange) {
  std::string changes;
  for_each_change(parse_json(GetParam().from).get_object(), parse_json(GetParam().to).get_object(),
                  [&](const std::string& pointer, const json::value* from, const json::value* to) {
                    changes += pointer + " " + (from ? to_json(*from) : "-") + " " +
                               (to ? to_json(*to) : "-") + "\n";
                  });
  EXPECT_EQ(changes, GetParam().changes);
}

INSTANTIATE_TEST_SUITE_P(
    Base, JsonDifference,
    testing::Values(Row{"Same", R"({"a": 1, "b": {"c": [1]}})", R"({"b": {"c": [1]}, "a": 1})", ""},
                    Row{"Value", R"({"a": 1})", R"({"a": "1"})", "/a 1 \"1\"\n"},
                    Row{"AbsentOnOneSide", R"({"a": null})", R"({"b": 2})", "/a null -\n/b - 2\n"},
                    Row{"WithinObjects", R"({"a": {"b": {"c": 1}, "d": 2}})",
                        R"({"a": {"b": {"c": 3}, "d": 2}})", "/a/b/c 1 3\n"},
                    Row{"ArraysWhole", R"({"a": [1, {"b": 2}]})", R"({"a": [1, {"b": 3}]})",
                        "/a [1,{\"b\":2}] [1,{\"b\":3}]\n"},
                    Row{"ObjectAndValue", R"({"a": {"b": 1}})", R"({"a": null})",
                        "/a {\"b\":1} null\n"},
                    Row{"NamesAreEscaped", R"({"a/b~": 1})", "{}", "/a~1b~0 1 -\n"},
                    Row{"DigitsOfNumbers", R"({"a": 12345678901234567890.1})",
                        R"({"a": 12345678901234567890.2})",
                        "/a 12345678901234567890.1 12345678901234567890.2\n"}),
    support::RowName());

}  // namespace
}  // namespace graphmock::base
