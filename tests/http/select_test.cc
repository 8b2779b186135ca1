// $select beyond plain names: options within it, paths, casts, and the context that says so
// (OData URL 5.1.3).
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;

constexpr std::string_view kTypes = R"xml(
<ComplexType Name="place"><Property Name="lat" Type="Edm.Int32"/></ComplexType>
<ComplexType Name="address">
  <Property Name="city" Type="Edm.String"/>
  <Property Name="number" Type="Edm.Int32"/>
  <Property Name="place" Type="graph.place"/>
</ComplexType>
<ComplexType Name="office" BaseType="graph.address">
  <Property Name="room" Type="Edm.String"/>
</ComplexType>
<EntityType Name="directoryObject">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<EntityType Name="person" BaseType="graph.directoryObject">
  <Property Name="name" Type="Edm.String"/>
  <Property Name="nick" Type="Edm.String"/>
  <Property Name="phones" Type="Collection(Edm.String)" Nullable="false"/>
  <Property Name="home" Type="graph.address"/>
  <Property Name="addresses" Type="Collection(graph.address)"/>
  <NavigationProperty Name="boss" Type="graph.directoryObject"/>
  <NavigationProperty Name="team" Type="Collection(graph.directoryObject)"/>
</EntityType>
<EntityType Name="robot" BaseType="graph.directoryObject">
  <Property Name="name" Type="Edm.String"/>
  <Property Name="serial" Type="Edm.String"/>
</EntityType>
<EntityContainer Name="Container">
  <EntitySet Name="directoryObjects" EntityType="graph.directoryObject"/>
  <EntitySet Name="people" EntityType="graph.person"/>
  <EntitySet Name="robots" EntityType="graph.robot"/>
</EntityContainer>
)xml";

class SelectOptions : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(server.send("PUT", "/__admin/state/v1.0/robots/r", R"({"name": "R", "serial": "7"})")
                  .status,
              201);
    ASSERT_EQ(server
                  .send("PUT", "/__admin/state/v1.0/people/p",
                        R"({"name": "P", "phones": ["1", "2", "3"], "nick": "Pp",
                            "home": {"city": "Rome", "number": 1, "place": {"lat": 41}},
                            "addresses": [
                              {"city": "Oslo", "number": 3, "place": {"lat": 59}},
                              {"@odata.type": "#microsoft.graph.office", "city": "Bonn",
                               "number": 1, "room": "12"},
                              {"city": "Bern", "number": 2}],
                            "boss@odata.bind": "robots/r", "team@odata.bind": ["robots/r"]})")
                  .status,
              201);
  }
  support::RawResponse select(const std::string& list) {
    return server.get("/v1.0/people/p?$select=" + list);
  }
  std::string context(const std::string& target) {
    const auto url = at(server.get("/v1.0/" + target), "/@odata.context");
    const auto hash = url.find('#');
    return hash == std::string::npos ? url : url.substr(hash + 1, url.size() - hash - 2);
  }

  support::TestServer server{support::small_world(kTypes)};
};

struct NarrowedRow {
  std::string_view name;
  std::string_view select;
  std::string_view addresses;  // without white space
};

class Narrowed : public SelectOptions, public testing::WithParamInterface<NarrowedRow> {};

TEST_P(Narrowed, CollectionIsShown) {
  const auto response = select(std::string(GetParam().select));
  EXPECT_EQ(at(response, "/addresses"), GetParam().addresses) << response.body;
}

constexpr NarrowedRow kNarrowed[] = {
    {"BySelect", "addresses($select=city)",
     R"([{"city":"Oslo"},{"@odata.type":"#microsoft.graph.office","city":"Bonn"},{"city":"Bern"}])"},
    {"ByTop", "addresses($select=city;$top=1)", R"([{"city":"Oslo"}])"},
    {"BySkip", "addresses($select=city;$skip=2)", R"([{"city":"Bern"}])"},
    {"BySkipBehindTheEnd", "addresses($skip=9)", "[]"},
    {"ByFilter", "addresses($filter=number%20gt%202;$select=city)", R"([{"city":"Oslo"}])"},
    {"ByNestedFilter", "addresses($filter=place/lat%20eq%2059;$select=number)",
     R"([{"number":3}])"},
    {"ByOrder", "addresses($orderby=number%20desc;$select=number;$top=2)",
     R"([{"number":3},{"number":2}])"},
    {"ByOrderWithNull", "addresses($orderby=place/lat,city;$select=city;$top=1)",
     R"([{"city":"Bern"}])"},
    {"ByAllOfIt", "addresses($filter=number%20ne%203;$orderby=city;$skip=1;$top=5;$select=city)",
     R"([{"@odata.type":"#microsoft.graph.office","city":"Bonn"}])"},
    {"ByOptionsBesideAPath", "addresses($top=1),addresses/number",
     R"([{"city":"Oslo","number":3,"place":{"lat":59}}])"},
    {"ByStar", "addresses($select=*;$top=1)", R"([{"city":"Oslo","number":3,"place":{"lat":59}}])"},
    {"ByItsOwner", "addresses($filter=number%20eq%20$it/home/number;$select=number)",
     R"([{"@odata.type":"#microsoft.graph.office","number":1}])"},
    {"ByTwoLevels", "addresses($select=place($select=lat);$top=1)", R"([{"place":{"lat":59}}])"},
};

INSTANTIATE_TEST_SUITE_P(SelectOptions, Narrowed, testing::ValuesIn(kNarrowed), support::RowName());

TEST_F(SelectOptions, CountWhatTheFilterLeaves) {
  const auto response =
      select("addresses($filter=number%20lt%203;$top=1;$count=true;$select=city)");
  EXPECT_EQ(at(response, "/addresses@odata.count"), "2") << response.body;
  EXPECT_EQ(at(response, "/addresses/1"), "(absent)");
}

TEST_F(SelectOptions, HoldForPrimitiveValuesWhereTheyAreNotLookedInto) {
  EXPECT_EQ(at(select("phones($skip=1;$top=1)"), "/phones"), R"(["2"])");
  EXPECT_EQ(select("phones($filter=$it%20eq%20'1')").status, 501);
}

TEST_F(SelectOptions, HoldForSingleComplexValues) {
  EXPECT_EQ(at(select("home($select=city,place)"), "/home"),
            R"({"city":"Rome","place":{"lat":41}})");
}

struct RefusedRow {
  std::string_view name;
  std::string_view select;
  int status;
  std::string_view words;
};

class Refused : public SelectOptions, public testing::WithParamInterface<RefusedRow> {};

TEST_P(Refused, SelectionIsAnError) {
  const auto response = select(std::string(GetParam().select));
  EXPECT_EQ(response.status, GetParam().status) << response.body;
  EXPECT_NE(at(response, "/error/message").find(GetParam().words), std::string::npos)
      << response.body;
}

constexpr RefusedRow kRefused[] = {
    {"AnUnknownNestedName", "addresses($select=town)", 400, "'town' on type"},
    {"AnUnknownNameInAFilter", "addresses($filter=town%20eq%20'x')", 400, "town"},
    {"AnUnknownNameInAnOrder", "addresses($orderby=town)", 400, "town"},
    {"OptionsOfASingleValue", "home($top=1)", 400, "'home' is none"},
    {"OptionsOfAPrimitiveValue", "name($filter=true)", 400, "'name' is none"},
    {"ASelectionOfAPrimitiveValue", "name($select=x)", 400, "'name' is no complex property"},
    {"AnOrderByAComplexValue", "addresses($orderby=place)", 400, "$orderby expression"},
    {"ANameThatItsOwnerLacks", "addresses($filter=city%20eq%20$it/city)", 400, "'city' on type"},
    {"ASearch", "addresses($search=x)", 501, "'$search' within '$select'"},
    {"AComputation", "addresses($compute=number%20add%201%20as%20n)", 501, "'$compute'"},
};

INSTANTIATE_TEST_SUITE_P(SelectOptions, Refused, testing::ValuesIn(kRefused), support::RowName());

TEST_F(SelectOptions, AreRefusedOnAnEmptyCollectionToo) {
  EXPECT_EQ(server.get("/v1.0/people?$filter=name%20eq%20'x'&$select=addresses($top=1;$select=no)")
                .status,
            400);
}

TEST_F(SelectOptions, OfADerivedTypeHoldForItAlone) {
  const auto list =
      server.get("/v1.0/directoryObjects?$select=id,microsoft.graph.robot/name&$orderby=id");
  EXPECT_EQ(at(list, "/value/0"), R"({"@odata.type":"#microsoft.graph.person","id":"p"})")
      << list.body;
  EXPECT_EQ(at(list, "/value/1"),
            R"({"@odata.type":"#microsoft.graph.robot","id":"r","name":"R"})");
}

TEST_F(SelectOptions, OfDirectoryObjectsNeedNoCast) {
  const auto list = server.get("/v1.0/people/p/team?$select=serial,nick");
  EXPECT_EQ(at(list, "/value/0"), R"({"@odata.type":"#microsoft.graph.robot","serial":"7"})")
      << list.body;
  EXPECT_EQ(at(server.get("/v1.0/people/p/boss?$select=serial"), "/serial"), R"("7")");
  EXPECT_EQ(server.get("/v1.0/people/p/team?$select=nothing").status, 400);
}

TEST_F(SelectOptions, OfADerivedComplexTypeHoldForItAlone) {
  EXPECT_EQ(at(select("addresses/microsoft.graph.office/room"), "/addresses"),
            R"([{},{"@odata.type":"#microsoft.graph.office","room":"12"},{}])");
}

TEST_F(SelectOptions, WithStarShowAll) {
  const auto all = select("*");
  EXPECT_EQ(at(all, "/nick"), R"("Pp")");
  EXPECT_EQ(at(all, "/home/place/lat"), "41");
}

TEST_F(SelectOptions, ShowWhatTheEntityLacksAsNull) {
  server.send("PUT", "/__admin/state/v1.0/people/q", R"({"name": "Q"})");
  const auto response = server.get("/v1.0/people/q?$select=nick,addresses($top=1),home/city");
  EXPECT_EQ(at(response, "/nick"), "null");
  EXPECT_EQ(at(response, "/addresses"), "[]");
  EXPECT_EQ(at(response, "/home"), "null");
}

TEST_F(SelectOptions, AreSaidInTheContext) {
  EXPECT_EQ(context("people/p?$select=NAME,home/city"), "people(name,home/city)/$entity");
  EXPECT_EQ(context("people?$select=addresses($select=city,place/lat;$top=1),name"),
            "people(addresses/city,addresses/place/lat,name)");
  EXPECT_EQ(context("people?$select=name,name,boss"), "people(name,boss)");
  EXPECT_EQ(context("directoryObjects?$select=microsoft.graph.person/nick"),
            "directoryObjects(microsoft.graph.person/nick)");
  EXPECT_EQ(context("people?$select=*"), "people(*)");
}

TEST_F(SelectOptions, StandBesideWhatIsExpandedInTheContext) {
  EXPECT_EQ(context("people?$expand=boss"), "people(boss())");
  EXPECT_EQ(context("people/p?$select=name&$expand=team($select=id)"),
            "people(name,team(id))/$entity");
  EXPECT_EQ(context("people/p?$expand=team/$ref"), "people/$entity");
}

}  // namespace
}  // namespace graphmock
