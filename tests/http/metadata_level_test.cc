// How much control information an answer has: none, minimal or full (OData JSON 3.1).
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;

constexpr std::string_view kTypes = R"xml(
<EnumType Name="genre"><Member Name="prose" Value="0"/><Member Name="verse" Value="1"/></EnumType>
<ComplexType Name="shelf">
  <Property Name="room" Type="Edm.String"/>
  <Property Name="height" Type="Edm.Decimal"/>
</ComplexType>
<EntityType Name="author" OpenType="true">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<EntityType Name="chapter">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<EntityType Name="work" Abstract="true">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<EntityType Name="book" BaseType="graph.work">
  <Property Name="year" Type="Edm.Int32"/>
  <Property Name="copies" Type="Edm.Int64"/>
  <Property Name="price" Type="Edm.Double"/>
  <Property Name="printed" Type="Edm.Date"/>
  <Property Name="genre" Type="graph.genre"/>
  <Property Name="tags" Type="Collection(Edm.String)" Nullable="false"/>
  <Property Name="shelf" Type="graph.shelf"/>
  <Property Name="shelves" Type="Collection(graph.shelf)"/>
  <NavigationProperty Name="author" Type="graph.author"/>
  <NavigationProperty Name="chapters" Type="Collection(graph.chapter)" ContainsTarget="true"/>
</EntityType>
<Function Name="best" IsBound="true">
  <Parameter Name="bindingParameter" Type="Collection(graph.author)"/>
  <ReturnType Type="Edm.String"/>
</Function>
<EntityContainer Name="Container">
  <EntitySet Name="works" EntityType="graph.work"/>
  <EntitySet Name="authors" EntityType="graph.author"/>
</EntityContainer>
)xml";

class MetadataLevel : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(server.send("PUT", "/__admin/state/v1.0/authors/o'b", R"({"id": "o'b"})").status,
              201);
    ASSERT_EQ(server
                  .send("PUT", "/__admin/state/v1.0/works/b",
                        R"({"@odata.type": "#microsoft.graph.book", "year": 1999, "copies": 5,
                            "price": 1.5, "printed": "1999-01-02", "genre": "verse", "tags": ["x"],
                            "shelf": {"room": "R", "height": 1.20}, "shelves": [{"room": "S"}],
                            "author@odata.bind": "authors/o'b", "chapters": [{"id": "c 1"}]})")
                  .status,
              201);
  }
  support::RawResponse get(std::string_view target, std::string_view level) {
    return server.send("GET", target, "",
                       {{"Accept", "application/json;odata.metadata=" + std::string(level)}});
  }
  std::string url(std::string_view path) {
    return '"' + server.origin() + "/v1.0/" + std::string(path) + '"';
  }

  support::TestServer server{support::small_world(kTypes)};
};

TEST_F(MetadataLevel, IsSaidInTheContentType) {
  for (const std::string level : {"none", "minimal", "full"}) {
    const auto type = get("/v1.0/works/b", level).header("Content-Type");
    ASSERT_TRUE(type);
    EXPECT_NE(type->find("odata.metadata=" + level + ";"), std::string::npos) << *type;
  }
}

TEST_F(MetadataLevel, OfNoneLeavesThePropertiesAlone) {
  EXPECT_EQ(get("/v1.0/works/b?$select=id,microsoft.graph.book/shelf", "none").body,
            R"({"id":"b","shelf":{"room":"R","height":1.20}})");
  EXPECT_EQ(get("/v1.0/works/b/microsoft.graph.book?$select=id"
                "&$expand=author,chapters($count=true)",
                "none")
                .body,
            R"({"id":"b","author":{"id":"o'b"},"chapters@odata.count":1,)"
            R"("chapters":[{"id":"c 1"}]})");
  EXPECT_EQ(get("/v1.0/works/b/microsoft.graph.book/tags", "none").body, R"({"value":["x"]})");
  EXPECT_EQ(get("/v1.0/authors/best()", "none").body, R"({"value":""})");
}

TEST_F(MetadataLevel, OfNoneKeepsWhatPagesNeed) {
  server.send("POST", "/v1.0/authors", R"({"id": "second"})");
  const auto page = get("/v1.0/authors?$top=1&$count=true", "none");
  EXPECT_EQ(at(page, "/@odata.count"), "2") << page.body;
  EXPECT_NE(at(page, "/@odata.nextLink"), "(absent)");
  EXPECT_EQ(at(page, "/@odata.context"), "(absent)");
}

TEST_F(MetadataLevel, OfNoneLeavesOutTheTypesOfDynamicProperties) {
  server.send("PATCH", "/v1.0/authors/o'b", R"({"born": "1900-01-01", "born@odata.type": "Date"})");
  EXPECT_EQ(at(get("/v1.0/authors/o'b", "none"), "/born"), R"("1900-01-01")");
  EXPECT_EQ(get("/v1.0/authors/o'b", "none").body.find("@odata"), std::string::npos);
}

TEST_F(MetadataLevel, OfFullSaysTypesIdsAndLinks) {
  const auto book = get("/v1.0/works/b", "full");
  EXPECT_EQ(at(book, "/@odata.type"), R"("#microsoft.graph.book")") << book.body;
  EXPECT_EQ(at(book, "/@odata.id"), R"x("works('b')")x");
  EXPECT_EQ(at(book, "/@odata.editLink"), R"x("works('b')/microsoft.graph.book")x");
  EXPECT_EQ(at(book, "/author@odata.navigationLink"),
            url("works('b')/microsoft.graph.book/author"));
  EXPECT_EQ(at(book, "/author@odata.associationLink"),
            url("works('b')/microsoft.graph.book/author/$ref"));
  EXPECT_EQ(at(get("/v1.0/authors", "full"), "/value/0/@odata.id"), R"x("authors('o''b')")x");
}

TEST_F(MetadataLevel, OfFullSaysTheTypesThatJsonDoesNot) {
  const auto book = get("/v1.0/works/b", "full");
  EXPECT_EQ(at(book, "/copies@odata.type"), R"("#Int64")");
  EXPECT_EQ(at(book, "/printed@odata.type"), R"("#Date")");
  EXPECT_EQ(at(book, "/genre@odata.type"), R"("#microsoft.graph.genre")");
  EXPECT_EQ(at(book, "/tags@odata.type"), R"x("#Collection(String)")x");
  EXPECT_EQ(at(book, "/shelf/@odata.type"), R"("#microsoft.graph.shelf")");
  EXPECT_EQ(at(book, "/shelf/height@odata.type"), R"("#Decimal")");
  EXPECT_EQ(at(book, "/shelves@odata.type"), R"x("#Collection(microsoft.graph.shelf)")x");
  EXPECT_EQ(at(book, "/shelves/0/@odata.type"), R"("#microsoft.graph.shelf")");
  for (const std::string name : {"id", "year", "price", "shelf"}) {
    EXPECT_EQ(at(book, "/" + name + "@odata.type"), "(absent)");
  }
}

TEST_F(MetadataLevel, OfFullGoesIntoWhatIsExpanded) {
  const auto book = get("/v1.0/works/b/microsoft.graph.book?$expand=author,chapters", "full");
  EXPECT_EQ(at(book, "/author/@odata.id"), R"x("authors('o''b')")x");
  EXPECT_EQ(at(book, "/chapters/0/@odata.id"),
            R"x("works('b')/microsoft.graph.book/chapters('c%201')")x");
}

TEST_F(MetadataLevel, OfFullLinksOnlyToTheNavigationsThatAreSelected) {
  const auto book = get("/v1.0/works/b?$select=id,microsoft.graph.book/author", "full");
  EXPECT_NE(at(book, "/author@odata.navigationLink"), "(absent)") << book.body;
  EXPECT_EQ(at(book, "/chapters@odata.navigationLink"), "(absent)");
  EXPECT_EQ(get("/v1.0/works/b?$select=microsoft.graph.book/author", "minimal")
                .body.find("navigationLink"),
            std::string::npos);
}

TEST_F(MetadataLevel, HasLinksThatLeadToTheEntity) {
  for (const std::string target : {"works", "works/b/microsoft.graph.book/chapters", "authors",
                                   "works/b/microsoft.graph.book/author/$ref"}) {
    const auto answer = get("/v1.0/" + target, "full");
    auto link = at(answer, target.ends_with("$ref") ? "/@odata.id" : "/value/0/@odata.id");
    ASSERT_GT(link.size(), 2u);
    link = link.substr(1, link.size() - 2);
    if (const auto root = server.origin() + "/v1.0/"; link.starts_with(root)) {
      link.erase(0, root.size());
    }
    EXPECT_EQ(server.get("/v1.0/" + link).status, 200) << link;
  }
}

TEST_F(MetadataLevel, IsAskedForByOptionBeforeHeader) {
  const auto none =
      get("/v1.0/works/b?$select=id&$format=application/json;odata.metadata=none", "full");
  EXPECT_EQ(none.body, R"({"id":"b"})");
  EXPECT_EQ(get("/v1.0/works/b?$select=id&$format=application/json;metadata=none", "full").body,
            R"({"id":"b"})");
  EXPECT_EQ(get("/v1.0/works/b?$format=json", "none").header("Content-Type")->find("none"),
            std::string::npos);
}

TEST_F(MetadataLevel, OfAnotherNameIsRefusedBeforeAnythingIsWritten) {
  EXPECT_EQ(get("/v1.0/works/b", "most").status, 400);
  EXPECT_EQ(server.get("/v1.0/works/b?$format=application/json;odata.metadata=most").status, 400);
  EXPECT_EQ(server.get("/v1.0/works/b?$format=xml").status, 400);
  EXPECT_EQ(server
                .send("POST", "/v1.0/authors", R"({"id": "new"})",
                      {{"Accept", "application/json;odata.metadata=most"}})
                .status,
            400);
  EXPECT_EQ(server.get("/v1.0/authors/new").status, 404);
}

TEST_F(MetadataLevel, HoldsForWhatAWriteAnswers) {
  const auto made = server.send("POST", "/v1.0/authors", R"({"id": "new"})",
                                {{"Accept", "application/json;odata.metadata=none"}});
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body, R"({"id":"new"})");
}

TEST_F(MetadataLevel, OfAMediaTypeThatIsNotGivenIsTheUsualOne) {
  const auto response = server.send("GET", "/v1.0/works/b", "", {{"Accept", "text/html"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.header("Content-Type")->find("application/json"), std::string::npos);
}

}  // namespace
}  // namespace graphmock
