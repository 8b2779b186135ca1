// Plans of $apply and the rows that they make, over a few small objects.
#include "graph/apply/pipeline.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "graph/value_json.h"
#include "http/error.h"
#include "http/url.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

constexpr std::string_view kTypes = R"xml(
<ComplexType Name="place"><Property Name="city" Type="Edm.String"/>
  <Property Name="zip" Type="Edm.Int32"/></ComplexType>
<EntityType Name="person">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="job" Type="Edm.String"/>
  <Property Name="age" Type="Edm.Int32"/>
  <Property Name="score" Type="Edm.Double"/>
  <Property Name="home" Type="graph.place"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <NavigationProperty Name="boss" Type="graph.person"/>
  <NavigationProperty Name="friends" Type="Collection(graph.person)"/>
</EntityType>
)xml";

const model::Models& people() {
  static const auto models = [] {
    model::Models all;
    all.add(support::read_model("v1.0", support::csdl(kTypes)));
    return all;
  }();
  return models;
}

const model::Model& model_of_people() {
  return *people().all().front();
}

const model::StructuredType& person() {
  return *model_of_people().structured_type("microsoft.graph.person");
}

store::EntityPtr entity(std::string_view id, std::string_view rest) {
  auto made = std::make_shared<store::Entity>();
  made->address = "people/" + std::string(id);
  made->type = person().name;
  made->text = R"({"id":")" + std::string(id) + "\"" + std::string(rest) + "}";
  return made;
}

// Everybody's boss is "z", and everybody's friends are "x" and "z".
class Others : public odata::Source {
 public:
  std::vector<odata::Item> related(const odata::Item&,
                                   const model::NavigationProperty& navigation) override {
    const auto item = [](const store::EntityPtr& one) {
      return odata::Item{nullptr, &person(), one.get(), one->text};
    };
    if (!navigation.is_collection) return {item(boss_)};
    return {item(friend_), item(boss_)};
  }

 private:
  const store::EntityPtr boss_ = entity("z", R"(,"job":"chief","age":50)");
  const store::EntityPtr friend_ = entity("x", R"(,"job":"cook","age":20)");
};

class Rows : public Stage {
 public:
  bool take(Row row) override {
    const Format format;
    const PropertyWriter writer(people(), model_of_people(), format);
    text += (text.empty() ? "" : " ") + (row.entity ? row.entity->key() : std::string());
    if (row.computed.properties.empty()) return true;
    auto object = writer.object(row.computed.properties);
    for (const auto& property : row.computed.properties) {
      const auto type = object.find(std::string(property.name) + "@odata.type");
      if (type != object.end()) object.stable_erase(type);
    }
    text += base::to_json(object);
    return true;
  }
  void end() override { ++ends; }

  std::string text;
  int ends = 0;
};

// What the transformations make of four people, and behind it what a context URL lists.
std::string applied(std::string_view transformations, const Work::Limits& limits = {}) {
  try {
    const auto query =
        odata::parse_query({{"$apply", std::string(transformations)}, {"@two", "2"}});
    const Plan plan(query, model_of_people(), person());
    Others others;
    odata::Evaluator evaluator(model_of_people(), query.aliases, others, {});
    Work work(model_of_people(), person(), others, evaluator, {});
    work.set_limits(limits);
    Rows rows;
    Pipeline pipeline(plan.steps(), work, rows);
    for (const auto& one :
         {entity("a", R"(,"job":"cook","age":30,"score":1,"home":{"city":"Bern"})"),
          entity("b", R"(,"job":"Cook","age":40,"score":1.0,"tags":["u","v"])"),
          entity("c", R"(,"job":null,"age":10,"score":2.5,"tags":["v"])"),
          entity("d", R"(,"job":"cook","home":{"city":"Rome","zip":1})")}) {
      if (!pipeline.take({one, {}})) break;
    }
    pipeline.end();
    EXPECT_EQ(rows.ends, 1);
    return rows.text + (plan.properties().empty() ? "" : " : " + plan.properties());
  } catch (const http::Error& error) {
    return std::to_string(error.status) + " " + error.message;
  }
}

struct Case {
  std::string_view name, transformations, rows;
};

class Applied : public testing::TestWithParam<Case> {};

TEST_P(Applied, MakesTheRows) {
  EXPECT_EQ(applied(GetParam().transformations), GetParam().rows);
}

constexpr Case kCases[] = {
    {"Identity", "identity", "a b c d"},
    {"Filter", "filter(age gt 10)/filter(age lt 40)", "a"},
    {"Top", "top(2)", "a b"},
    {"TopOfNone", "top(0)", ""},
    {"Skip", "skip(3)", "d"},
    {"NullsAreFirst", "orderby(age)", "d c a b"},
    {"OrderIsStable", "orderby(job desc)/top(2)", "a b"},
    {"OrderOfOrders", "orderby(age)/orderby(home/city desc)", "d a c b"},
    {"SkipOfAnOrder", "orderby(age desc)/skip(1)/top(2)", "a c"},
    {"TopCount", "topcount(@two,age)", "a b"},
    {"BottomCount", "bottomcount(1,age)", "d"},
    {"Compute", "top(1)/compute(age add 1 as next,next mul 2 as more)",
     R"(a{"next":31,"more":62} : *,next,more)"},
    {"Groups", "groupby((job))", R"({"job":"cook"} {"job":"Cook"} {"job":null} : job)"},
    {"NumbersOfTwoSpellings", "groupby((score),aggregate($count as n))",
     R"({"score":1,"n":2} {"score":2.5,"n":1} {"score":null,"n":1} : score,n)"},
    {"NestedGroups", "groupby((home/city,home/zip))",
     R"({"home":{"city":"Bern","zip":null}} {"home":{"city":null,"zip":null}} )"
     R"({"home":{"city":"Rome","zip":1}} : home(city,zip))"},
    {"OneGroupTwice", "groupby((job,job))/top(1)", R"({"job":"cook"} : job)"},
    {"GroupByWhatWasAggregated", "groupby((job),aggregate($count as n))/groupby((n))",
     R"({"n":2} {"n":1} : n)"},
    {"Sum", "aggregate(age with sum as s)", R"({"s":80} : s)"},
    {"Average", "aggregate(age with average as s)", R"({"s":26.666666666666668} : s)"},
    {"MinAndMax", "aggregate(age with min as a,job with max as b)", R"({"a":10,"b":"cook"} : a,b)"},
    {"EachEntityOnce",
     "aggregate(boss/age with sum as a,friends/$count as n,friends/age with sum as b)",
     R"({"a":50,"n":2,"b":70} : a,n,b)"},
    {"OfCollections", "aggregate(tags with countdistinct as a,tags/$count as b)",
     R"({"a":2,"b":3} : a,b)"},
    {"CountOfComplexValues", "aggregate(home with countdistinct as a)", R"({"a":2} : a)"},
    {"SequenceWithinGroups", "groupby((job),topcount(1,age)/compute(age as x))",
     R"(a{"x":30} b{"x":40} c{"x":10} : *,x)"},
    {"AggregatesOfAggregates",
     "groupby((job),aggregate(age with sum as s))/aggregate(s with max as m,$count as n)",
     R"({"m":40,"n":3} : m,n)"},
    {"FilterOfAggregates", "groupby((job),aggregate($count as n))/filter(n gt 1 and job ne null)",
     R"({"job":"cook","n":2} : job,n)"},
    {"Concat", "concat(top(1),skip(3))/top(5)", "a d"},
    {"ConcatInItsOrder", "concat(orderby(age desc)/top(2),identity)/top(4)", "b a a b"},
    {"ConcatOfGroups",
     "concat(groupby((job),aggregate(age with sum as s)),aggregate(age with sum as s))",
     R"({"job":"cook","s":30} {"job":"Cook","s":40} {"job":null,"s":10} {"s":80} : s)"},
    {"ConcatOfEntitiesAndGroups", "concat(top(1),groupby((job)))",
     R"(a {"job":"cook"} {"job":"Cook"} {"job":null} : job)"},
    {"ConcatOfUnlikeRows", "concat(top(1),aggregate($count as n))",
     R"(a {"n":4} : @Core.AnyStructure)"},
    {"TopOfGroups", "groupby((job),aggregate($count as n))/top(1)",
     R"({"job":"cook","n":2} : job,n)"},
};
INSTANTIATE_TEST_SUITE_P(Rows, Applied, testing::ValuesIn(kCases), support::RowName());

std::string many_groups() {
  return "groupby((id),aggregate($count as n))";
}

TEST(AppliedRows, AreBounded) {
  EXPECT_EQ(applied(many_groups(), {4, 1 << 20}).substr(0, 3), R"({"i)");
  EXPECT_NE(applied(many_groups(), {3, 1 << 20}).find("more groups and rows"), std::string::npos);
  EXPECT_NE(applied(many_groups(), {100, 2000}).find("more groups and rows"), std::string::npos);
  const std::string_view kManyParts =
      "groupby((id),aggregate($count as a,$count as b,$count as c,$count as d,$count as e))";
  EXPECT_NE(applied(kManyParts, {100, 5000}).find("more groups and rows"), std::string::npos);
  EXPECT_NE(applied("orderby(age)", {3, 1 << 20}).find("more groups"), std::string::npos);
  EXPECT_EQ(applied("orderby(age)/top(3)", {3, 1 << 20}), "d c a")
      << "what is not shown need not be kept";
  EXPECT_NE(applied("concat(identity,identity)", {3, 1 << 20}).find("more groups"),
            std::string::npos);
  EXPECT_NE(applied("aggregate(id with countdistinct as n)", {3, 1 << 20}).find("more groups"),
            std::string::npos);
}

}  // namespace
}  // namespace graphmock::graph
