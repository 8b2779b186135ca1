// A model with one of each thing that the rules of writing speak of, for the tests of those rules:
// books with computed properties, references to authors and chapters of their own.
#pragma once

#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {

inline constexpr std::string_view kLibrary = R"xml(
<EntityType Name="author">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
</EntityType>
<EntityType Name="chapter">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="title" Type="Edm.String"/>
</EntityType>
<ComplexType Name="shelf">
  <Property Name="room" Type="Edm.String"/>
  <Property Name="row" Type="Edm.Int32"/>
</ComplexType>
<ComplexType Name="notes" OpenType="true"/>
<EntityType Name="book">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="title" Type="Edm.String" Nullable="false"/>
  <Property Name="year" Type="Edm.Int32"/>
  <Property Name="isbn" Type="Edm.String">
    <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
  </Property>
  <Property Name="shelf" Type="graph.shelf"/>
  <Property Name="tags" Type="Collection(Edm.String)" Nullable="false"/>
  <Property Name="notes" Type="graph.notes"/>
  <Property Name="changeKey" Type="Edm.String"/>
  <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/>
  <NavigationProperty Name="author" Type="graph.author"/>
  <NavigationProperty Name="editors" Type="Collection(graph.author)"/>
  <NavigationProperty Name="chapters" Type="Collection(graph.chapter)" ContainsTarget="true"/>
</EntityType>
<EntityContainer Name="Container">
  <EntitySet Name="books" EntityType="graph.book"/>
  <EntitySet Name="authors" EntityType="graph.author"/>
  <Singleton Name="favourite" Type="graph.book"/>
</EntityContainer>
)xml";

// One book with a chapter, and thirty authors a0 to a29, the first of whom wrote it.
class Library : public testing::Test {
 protected:
  void SetUp() override {
    std::string authors = R"({"value": [)";
    for (int i = 0; i < 30; ++i) {
      const auto number = std::to_string(i);
      authors +=
          (i == 0 ? "" : ",") + (R"({"id": "a)" + number + R"(", "name": "A)") + number + "\"}";
    }
    ASSERT_EQ(server.send("PUT", "/__admin/state/v1.0/authors", authors + "]}").status, 200);
    ASSERT_EQ(server
                  .send("PUT", "/__admin/state/v1.0/books/b",
                        R"({"title": "One", "year": 1999, "isbn": "1-2", "tags": ["x"],
                            "shelf": {"room": "R", "row": 1}, "changeKey": "k",
                            "lastModifiedDateTime": "2020-01-01T00:00:00Z",
                            "author@odata.bind": "authors/a0",
                            "editors@odata.bind": ["authors/a1"],
                            "chapters": [{"id": "c1", "title": "First"}]})")
                  .status,
              201);
  }
  support::RawResponse patch(std::string_view body, const support::RequestHeaders& headers = {}) {
    return server.send("PATCH", "/v1.0/books/b", body, headers);
  }
  std::string stored(std::string_view pointer, std::string_view path = "/v1.0/books/b") {
    return support::at(server.get(path), pointer);
  }
  std::string ids(std::string_view path) {
    std::string text;
    const auto body = support::json_of(server.get(path));
    for (const auto& one : body.at("value").as_array()) {
      text += (text.empty() ? "" : " ") + std::string(one.at("id").as_string());
    }
    return text;
  }

  support::TestServer server{support::small_world(kLibrary)};
};

}  // namespace graphmock
