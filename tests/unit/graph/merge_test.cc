#include "graph/merge.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

const model::Model& small() {
  static const auto model = support::small_model();
  return *model;
}

struct MergeRow {
  std::string_view name;
  std::string_view entity;
  std::string_view changes;
  std::string_view result;
};

class Merge : public testing::TestWithParam<MergeRow> {};

TEST_P(Merge, OfAUser) {
  auto entity = base::parse_json(GetParam().entity).get_object();
  const auto changes = base::parse_json(GetParam().changes).get_object();
  merge(small(), entity, changes, *small().structured_type("microsoft.graph.user"));
  EXPECT_EQ(base::to_json(entity), GetParam().result);
}

constexpr MergeRow kRows[] = {
    {"KeepsWhatTheBodyLacks", R"({"id":"1","displayName":"a","age":1})", R"({"age":2})",
     R"({"id":"1","displayName":"a","age":2})"},
    {"ChangesNothingWithAnEmptyBody", R"({"id":"1","age":1})", "{}", R"({"id":"1","age":1})"},
    {"AddsWhatTheEntityLacks", R"({"id":"1"})", R"({"age":2,"displayName":"a"})",
     R"({"id":"1","age":2,"displayName":"a"})"},
    {"ClearsByNull", R"({"displayName":"a","age":1})", R"({"displayName":null})",
     R"({"displayName":null,"age":1})"},
    {"KeepsEveryDigit", R"({"balance":0.10})", R"({"balance":79228162514264337593543950335.0})",
     R"({"balance":79228162514264337593543950335.0})"},
    {"MergesComplex", R"({"home":{"city":"a","street":"b"}})", R"({"home":{"city":"c"}})",
     R"({"home":{"city":"c","street":"b"}})"},
    {"MergesDeepComplex", R"({"home":{"city":"a","place":{"latitude":1,"labels":["x"]}}})",
     R"({"home":{"place":{"latitude":2}}})",
     R"({"home":{"city":"a","place":{"latitude":2,"labels":["x"]}}})"},
    {"ClearsWithinComplex", R"({"home":{"city":"a","street":"b"}})", R"({"home":{"street":null}})",
     R"({"home":{"city":"a","street":null}})"},
    {"KeepsComplexWithAnEmptyOne", R"({"home":{"city":"a"}})", R"({"home":{}})",
     R"({"home":{"city":"a"}})"},
    {"ClearsComplexByNull", R"({"home":{"city":"a"}})", R"({"home":null})", R"({"home":null})"},
    {"SetsComplexThatIsNull", R"({"home":null})", R"({"home":{"city":"a"}})",
     R"({"home":{"city":"a"}})"},
    {"SetsComplexThatIsNotThere", "{}", R"({"home":{"city":"a"}})", R"({"home":{"city":"a"}})"},
    {"ReplacesComplexOfAnotherType", R"({"home":{"city":"a","street":"b"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7"}})"},
    {"ReplacesComplexThatTurnsBack",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7","city":"a"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.address","street":"b"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.address","street":"b"}})"},
    {"MergesComplexOfTheSameType",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7","city":"a"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"8"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"8","city":"a"}})"},
    {"MergesComplexOfATypeThatItKeeps",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7","city":"a"}})",
     R"({"home":{"room":"8"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"8","city":"a"}})"},
    {"ReplacesCollectionsWhole", R"({"phones":["1","2","3"]})", R"({"phones":["4"]})",
     R"({"phones":["4"]})"},
    {"EmptiesCollections", R"({"phones":["1"]})", R"({"phones":[]})", R"({"phones":[]})"},
    {"ReplacesCollectionsOfComplexWhole",
     R"({"addresses":[{"city":"a","street":"b"},{"city":"c"}]})", R"({"addresses":[{"city":"d"}]})",
     R"({"addresses":[{"city":"d"}]})"},
    {"MakesANullCollectionEmpty", R"({"nicknames":["a"]})", R"({"nicknames":null})",
     R"({"nicknames":[]})"},
    {"MakesANullCollectionOfComplexEmpty", R"({"addresses":[{"city":"a"}]})",
     R"({"addresses":null})", R"({"addresses":[]})"},
    {"MakesANullCollectionWithinComplexEmpty", R"({"home":{"lines":["a"]}})",
     R"({"home":{"lines":null}})", R"({"home":{"lines":[]}})"},
    {"MakesANullCollectionOfADerivedTypeEmpty",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","keys":["a"]}})",
     R"({"home":{"keys":null}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","keys":[]}})"},
    {"MakesANullCollectionOfNewComplexEmpty", R"({"home":null})", R"({"home":{"lines":null}})",
     R"({"home":{"lines":[]}})"},
    {"KeepsDynamicMembersOfOpenComplex", R"({"bag":{"a":1,"b":2}})", R"({"bag":{"b":3,"c":[4]}})",
     R"({"bag":{"a":1,"b":3,"c":[4]}})"},
    {"ReplacesWhatIsNoComplexValue", R"({"bag":{"a":[1]}})", R"({"bag":{"a":{"x":1}}})",
     R"({"bag":{"a":{"x":1}}})"},
};

INSTANTIATE_TEST_SUITE_P(Graph, Merge, testing::ValuesIn(kRows), support::RowName());

// "#graph.officeAddress" and "microsoft.graph.officeAddress" are one type, so that nothing is
// replaced.
TEST(MergeTypes, AreComparedWhateverTheyAreCalled) {
  for (const std::string name :
       {"microsoft.graph.officeAddress", "#graph.officeAddress", "graph.officeAddress"}) {
    auto entity =
        base::parse_json(
            R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7","city":"a"}})")
            .get_object();
    const auto changes =
        base::parse_json(R"({"home":{"@odata.type":")" + name + R"(","room":"8"}})").get_object();
    merge(small(), entity, changes, *small().structured_type("microsoft.graph.user"));
    const boost::json::value merged(entity);
    const auto* city = base::at_pointer(merged, "/home/city");
    ASSERT_NE(city, nullptr) << name;
    EXPECT_EQ(city->as_string(), "a") << name;
    EXPECT_EQ(base::at_pointer(merged, "/home/room")->as_string(), "8") << name;
  }
}

TEST(MergeTypes, OfAnOpenTypeTakeAnything) {
  auto entity = base::parse_json(R"({"id":"1","extra":{"a":1}})").get_object();
  const auto changes = base::parse_json(R"({"extra":[1],"more":true})").get_object();
  merge(small(), entity, changes, *small().structured_type("microsoft.graph.note"));
  EXPECT_EQ(base::to_json(entity), R"({"id":"1","extra":[1],"more":true})");
}

}  // namespace
}  // namespace graphmock::graph
