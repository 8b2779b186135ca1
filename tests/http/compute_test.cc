// $compute through HTTP (URL 5.1.10): properties that the entities do not have.
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;

constexpr std::string_view kShop = R"xml(
<EnumType Name="color"><Member Name="red" Value="0"/><Member Name="blue" Value="1"/></EnumType>
<ComplexType Name="size">
  <Property Name="height" Type="Edm.Int32"/>
  <Property Name="volume" Type="Edm.Int64"/>
</ComplexType>
<EntityType Name="thing" OpenType="true">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
  <Property Name="price" Type="Edm.Int32"/>
  <Property Name="stock" Type="Edm.Int64"/>
  <Property Name="made" Type="Edm.DateTimeOffset"/>
  <Property Name="color" Type="graph.color"/>
  <Property Name="size" Type="graph.size"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <NavigationProperty Name="maker" Type="graph.thing"/>
  <NavigationProperty Name="parts" Type="Collection(graph.part)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="part">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="price" Type="Edm.Int32"/>
  <Property Name="quantity" Type="Edm.Int32"/>
</EntityType>
<EntityContainer Name="Container">
  <EntitySet Name="things" EntityType="graph.thing"/>
  <EntitySet Name="parts" EntityType="graph.part"/>
</EntityContainer>
)xml";

class ComputeOption : public testing::Test {
 protected:
  void SetUp() override {
    const auto things = server.send("PUT", "/__admin/state/v1.0/things",
                                    R"({"value": [
          {"id": "a", "name": "Axe", "price": 3, "stock": 9007199254740993, "color": "blue",
           "made": "2020-02-03T04:05:06Z", "size": {"height": 7, "volume": 8}, "tags": ["x", "y"],
           "parts": [{"id": "1", "price": 2, "quantity": 5}, {"id": "2", "price": 4, "quantity": 1},
                     {"id": "3", "price": 1, "quantity": 2}]},
          {"id": "b", "name": "Bell", "price": 5},
          {"id": "c", "name": "Cup", "note": "dynamic"}]})");
    ASSERT_EQ(things.status, 200) << things.body;
  }
  support::RawResponse get(std::string_view address, std::string_view compute,
                           std::string_view options = "") {
    return server.get("/v1.0/" + std::string(address) +
                      "?$compute=" + base::percent_encode(compute) + std::string(options));
  }
  std::string of(std::string_view expression) {
    const auto response = get("things/a", std::string(expression) + " as it", "&$select=it");
    if (response.status != 200) return std::to_string(response.status);
    auto body = support::json_of(response);
    auto& object = body.as_object();
    object.stable_erase(object.find("@odata.context"));
    object.stable_erase(object.find("id"));
    return base::to_json(body);
  }
  void expect_refused(const support::RawResponse& response, std::string_view words) {
    EXPECT_EQ(response.status, 400) << response.body;
    EXPECT_NE(at(response, "/error/message").find(words), std::string::npos) << response.body;
  }
  std::string ids(const support::RawResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    std::string text;
    const auto body = support::json_of(response);
    for (const auto& one : body.at("value").as_array()) text += base::text_of(&one.at("id"));
    return text;
  }

  support::TestServer server{support::small_world(kShop)};
};

TEST_F(ComputeOption, ShowsWhatItComputes) {
  const auto one = get("things/a", "price mul 2 as twice");
  EXPECT_EQ(at(one, "/twice"), "6");
  EXPECT_EQ(at(one, "/name"), R"("Axe")");
  const auto many = get("things", "price mul 2 as twice");
  EXPECT_EQ(at(many, "/value/0/twice"), "6");
  EXPECT_EQ(at(many, "/value/2/twice"), "null");
  EXPECT_EQ(at(many, "/@odata.context"), '"' + server.origin() + "/v1.0/$metadata#things\"");
}

TEST_F(ComputeOption, IsSelectedByNameOrByStar) {
  const auto named = get("things", "price mul 2 as twice,name as n", "&$select=twice&$top=1");
  EXPECT_EQ(at(named, "/value/0"), R"({"id":"a","twice@odata.type":"#Int64","twice":6})");
  EXPECT_EQ(at(named, "/@odata.context"),
            '"' + server.origin() + "/v1.0/$metadata#things(twice)\"");
  EXPECT_EQ(at(get("things/a", "price mul 2 as twice", "&$select=*"), "/twice"), "6");
  EXPECT_EQ(at(get("things/a", "price mul 2 as twice", "&$select=name"), "/twice"), "(absent)");
}

TEST_F(ComputeOption, IsSelectedInPart) {
  EXPECT_EQ(at(get("things/a", "size as s", "&$select=s/height"), "/s"),
            R"({"@odata.type":"#microsoft.graph.size","height":7})");
}

TEST_F(ComputeOption, IsFilteredAndOrderedBy) {
  EXPECT_EQ(ids(get("things", "price mul 2 as twice", "&$filter=twice%20eq%2010")), "b");
  EXPECT_EQ(ids(get("things", "length(name) as l,price as p", "&$orderby=l%20desc,p")), "bca");
  EXPECT_EQ(server.get("/v1.0/things/$count?$compute=price%20as%20p&$filter=p%20gt%203").body, "1");
}

TEST_F(ComputeOption, UsesWhatWasComputedBefore) {
  EXPECT_EQ(at(get("things/a", "price mul 2 as twice,twice add 1 as more"), "/more"), "7");
  expect_refused(get("things/a", "size/wide as s"), "'wide' on type 'microsoft.graph.size'");
}

TEST_F(ComputeOption, StaysOnEveryPage) {
  const auto first = get("things", "price mul 2 as twice", "&$top=2&$orderby=twice%20desc");
  EXPECT_EQ(ids(first), "ba");
  const auto next = at(first, "/@odata.nextLink");
  ASSERT_NE(next, "(absent)");
  const auto second =
      server.get(next.substr(1 + server.origin().size(), next.size() - 2 - server.origin().size()));
  EXPECT_EQ(ids(second), "c");
  EXPECT_EQ(at(second, "/value/0/twice"), "null");
}

TEST_F(ComputeOption, ShowsValuesOfEveryKind) {
  EXPECT_EQ(of("name"), R"({"it":"Axe"})");
  EXPECT_EQ(of("price gt 2"), R"({"it":true})");
  EXPECT_EQ(of("price"), R"({"it@odata.type":"#Int32","it":3})");
  EXPECT_EQ(of("price divby 2"), R"({"it@odata.type":"#Decimal","it":1.5})");
  EXPECT_EQ(of("stock"), R"({"it@odata.type":"#Int64","it":9007199254740993})");
  EXPECT_EQ(of("made"), R"({"it@odata.type":"#DateTimeOffset","it":"2020-02-03T04:05:06Z"})");
  EXPECT_EQ(of("date(made)"), R"({"it@odata.type":"#Date","it":"2020-02-03"})");
  EXPECT_EQ(of("time(made)"), R"({"it@odata.type":"#TimeOfDay","it":"04:05:06"})");
  EXPECT_EQ(of("duration'PT90M'"), R"({"it@odata.type":"#Duration","it":"PT1H30M"})");
  EXPECT_EQ(of("color"), R"({"it@odata.type":"#microsoft.graph.color","it":"blue"})");
  EXPECT_EQ(of("tags"), R"x({"it@odata.type":"#Collection(String)","it":["x","y"]})x");
  EXPECT_EQ(of("size"), R"({"it":{"@odata.type":"#microsoft.graph.size","height":7,"volume":8}})");
  EXPECT_EQ(of("null"), R"({"it":null})");
  EXPECT_EQ(of(R"({"a":price})"), R"({"it":{"a":3}})");
  EXPECT_EQ(of("maker/name"), R"({"it":null})");
}

TEST_F(ComputeOption, WritesLargeNumbersAsStringsWhereAskedFor) {
  const auto response = server.send(
      "GET", "/v1.0/things/a?$compute=stock%20sub%201%20as%20s,price%20as%20p,size%20as%20z", "",
      {{"Accept", "application/json;IEEE754Compatible=true"}});
  EXPECT_EQ(at(response, "/s"), R"("9007199254740992")");
  EXPECT_EQ(at(response, "/p"), "3");
  EXPECT_EQ(at(response, "/z/volume"), R"("8")");
}

TEST_F(ComputeOption, KeepsTheEntityTag) {
  EXPECT_EQ(get("things/a", "price as p").header("ETag"),
            server.get("/v1.0/things/a").header("ETag"));
}

TEST_F(ComputeOption, RefusesNamesThatAreTaken) {
  expect_refused(get("things", "1 as name"), "'name' is the name of a property");
  expect_refused(get("things", "1 as Parts"), "'Parts'");
  expect_refused(get("things", "1 as x,2 as x"), "'x'");
  expect_refused(get("things", "1 as note"), "dynamic property");
}

TEST_F(ComputeOption, RefusesUnknownNames) {
  expect_refused(get("parts", "cost as c"), "'cost' on type 'microsoft.graph.part'");
  expect_refused(get("parts", "price as c", "&$filter=d%20eq%201"), "'d' on type");
  expect_refused(get("parts", "price as c", "&$select=d"), "'d' on type");
}

TEST_F(ComputeOption, RefusesEntities) {
  expect_refused(get("things", "maker as m"), "entity");
  expect_refused(get("things", "parts as m"), "entity");
}

TEST_F(ComputeOption, WorksWithinExpand) {
  const auto response = server.get(
      "/v1.0/things/a?$expand=parts($compute=price%20mul%20quantity%20as%20total;"
      "$filter=total%20gt%202;$orderby=total%20desc;$select=total)");
  EXPECT_EQ(at(response, "/parts"), R"([{"id":"1","total@odata.type":"#Int64","total":10},)"
                                    R"({"id":"2","total@odata.type":"#Int64","total":4}])");
  expect_refused(server.get("/v1.0/things?$expand=parts($compute=cost%20as%20c)"), "'cost'");
}

TEST_F(ComputeOption, WithinExpandKnowsTheAddressedEntity) {
  const auto response = server.get(
      "/v1.0/things/a?$expand=parts($compute=$it/price%20add%20price%20as%20sum,$it/name%20as%20of;"
      "$filter=sum%20gt%204;$select=sum,of)");
  EXPECT_EQ(at(response, "/parts/1/sum"), "7") << response.body;
  EXPECT_EQ(at(response, "/parts/1/of"), R"("Axe")");
}

TEST_F(ComputeOption, StandsBesideTheDefaultProperties) {
  const support::TestServer company;
  const auto response = company.get("/v1.0/me?$compute=concat(displayName,'!')%20as%20loud");
  EXPECT_EQ(at(response, "/loud"), R"("Nora Lindqvist!")");
  EXPECT_EQ(at(response, "/displayName"), R"("Nora Lindqvist")");
}

TEST_F(ComputeOption, LetsDerivedTypesBeSelectedFrom) {
  const support::TestServer company;
  EXPECT_EQ(company.get("/v1.0/directoryObjects?$compute=length(id)%20as%20l&$select=mail,l&$top=1")
                .status,
            200);
}

TEST_F(ComputeOption, OfTheWrongTypesIsRefused) {
  expect_refused(get("parts", "'a' mul 2 as c"), "operand types");
  expect_refused(get("parts", "@p mul 2 as c", "&@p='a'"), "operand types");
}

TEST_F(ComputeOption, OfAWriteIsNamed) {
  const auto response =
      server.send("PATCH", "/v1.0/things/a?$compute=price%20as%20p", R"({"price": 4})");
  EXPECT_EQ(response.status, 501);
}

}  // namespace
}  // namespace graphmock
