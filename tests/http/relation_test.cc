// What a PATCH says of other entities, and references written as such: "@odata.bind", "@delta",
// "$ref" (PRO 11.4.3, 11.4.6; JSON 15).
#include "http/library_world.h"

namespace graphmock {
namespace {

using support::at;

class Relation : public Library {
 protected:
  support::RawResponse reference(std::string_view method, std::string_view path,
                                 std::string_view id = "") {
    return server.send(method, path,
                       id.empty() ? "" : R"({"@odata.id": ")" + std::string(id) + "\"}");
  }
};

constexpr std::string_view kEditors = "/v1.0/books/b/editors";

TEST_F(Relation, BindSetsASingleReference) {
  EXPECT_EQ(patch(R"--({"author@odata.bind": "https://graph.microsoft.com/v1.0/authors('a5')"})--")
                .status,
            200);
  EXPECT_EQ(stored("/id", "/v1.0/books/b/author"), R"("a5")");
}

TEST_F(Relation, BindAddsToACollection) {
  EXPECT_EQ(patch(R"({"editors@odata.bind": ["authors/a2", "authors/a3"]})").status, 200);
  EXPECT_EQ(ids(kEditors), "a1 a2 a3");
}

TEST_F(Relation, BindTakesTwentyAtMost) {
  std::string targets;
  for (int i = 2; i < 23; ++i) targets += ",\"authors/a" + std::to_string(i) + '"';
  const auto response = patch(R"({"editors@odata.bind": [)" + targets.substr(1) + "]}");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(at(response, "/error/message").find("names 21"), std::string::npos) << response.body;
  EXPECT_EQ(ids(kEditors), "a1");
}

TEST_F(Relation, BindOfWhatIsNotThereIs400AndChangesNothing) {
  const auto response = patch(R"({"year": 1, "editors@odata.bind": ["authors/a2", "authors/no"]})");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(at(response, "/error/message").find("'authors/no'"), std::string::npos);
  EXPECT_EQ(stored("/year"), "1999");
  EXPECT_EQ(ids(kEditors), "a1");
}

TEST_F(Relation, BindOfWhatIsReferredToAlreadyIs400) {
  EXPECT_EQ(patch(R"({"editors@odata.bind": ["authors/a1"]})").status, 400);
}

TEST_F(Relation, BindOfAnotherTypeIs400) {
  EXPECT_EQ(patch(R"({"author@odata.bind": "books/b"})").status, 400);
}

TEST_F(Relation, DeltaAddsAndRemovesReferences) {
  EXPECT_EQ(patch(R"({"editors@delta": [{"@odata.id": "authors/a7"},
                                        {"@removed": {"reason": "deleted"}, "@id": "authors/a1"}]})")
                .status,
            200);
  EXPECT_EQ(ids(kEditors), "a7");
  EXPECT_EQ(server.get("/v1.0/authors/a1").status, 200) << "only the reference goes";
}

TEST_F(Relation, DeltaAddsChangesAndRemovesContainedEntities) {
  EXPECT_EQ(patch(R"({"chapters@delta": [{"id": "c2", "title": "Second"},
                                         {"id": "c1", "title": "Anew"}]})")
                .status,
            200);
  EXPECT_EQ(ids("/v1.0/books/b/chapters"), "c1 c2");
  EXPECT_EQ(stored("/title", "/v1.0/books/b/chapters/c1"), R"("Anew")");
  EXPECT_EQ(patch(R"({"chapters@delta": [{"id": "c1", "@removed": {}}]})").status, 200);
  EXPECT_EQ(ids("/v1.0/books/b/chapters"), "c2");
}

TEST_F(Relation, DeltaAddsAKnownEntityThatItSaysMoreOf) {
  EXPECT_EQ(patch(R"({"editors@delta": [{"id": "a5", "name": "Changed"}]})").status, 200);
  EXPECT_EQ(ids(kEditors), "a1 a5");
  EXPECT_EQ(stored("/name", "/v1.0/authors/a5"), R"("Changed")");
}

TEST_F(Relation, DeltaThatCannotBeAppliedChangesNothing) {
  EXPECT_EQ(patch(R"({"chapters@delta": [{"id": "c2"}, {"id": "no", "@removed": {}}]})").status,
            400);
  EXPECT_EQ(patch(R"({"chapters@delta": [{"id": "c1", "year": 1}]})").status, 400);
  EXPECT_EQ(patch(R"({"chapters@delta": {"id": "c1"}})").status, 400);
  EXPECT_EQ(ids("/v1.0/books/b/chapters"), "c1");
}

TEST_F(Relation, NestedEntitiesAre400OfATypeThatTakesNone) {
  const auto response = patch(R"({"chapters": [{"title": "X"}]})");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(at(response, "/error/message").find("'chapters'"), std::string::npos);
}

TEST_F(Relation, ReferencePostAddsOnce) {
  EXPECT_EQ(reference("POST", "/v1.0/books/b/editors/$ref", "authors/a9").status, 204);
  EXPECT_EQ(ids(kEditors), "a1 a9");
  const auto again = reference("POST", "/v1.0/books/b/editors/$ref", "authors/a9");
  EXPECT_EQ(again.status, 400);
  EXPECT_NE(at(again, "/error/message").find("already exist"), std::string::npos);
}

TEST_F(Relation, ReferenceOfAKnownOwnerHasToLeadSomewhere) {
  EXPECT_EQ(reference("POST", "/v1.0/books/b/editors/$ref", "authors/no").status, 404);
  EXPECT_EQ(reference("POST", "/v1.0/books/b/editors/$ref", "books/b").status, 400);
  EXPECT_EQ(server.send("POST", "/v1.0/books/b/editors/$ref", R"({"id": "a2"})").status, 400);
  EXPECT_EQ(ids(kEditors), "a1");
}

TEST_F(Relation, ReferenceOfAnOwnerThatIsNotThereIsTakenOnTrust) {
  EXPECT_EQ(reference("POST", "/v1.0/books/new/editors/$ref", "authors/other").status, 204);
  EXPECT_EQ(ids("/v1.0/books/new/editors"), "other");
  EXPECT_EQ(reference("DELETE", "/v1.0/books/other/editors/a1/$ref").status, 204);
}

TEST_F(Relation, AReferencePostedToTheCollectionItselfAddsIt) {
  EXPECT_EQ(reference("POST", kEditors, "authors/a8").status, 204);
  EXPECT_EQ(ids(kEditors), "a1 a8");
}

TEST_F(Relation, AKnownEntityNestedInAPostIsReferredTo) {
  const auto response =
      server.send("POST", "/v1.0/books", R"({"id": "n", "title": "N", "author": {"id": "a6"}})");
  EXPECT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(stored("/name", "/v1.0/books/n/author"), R"("A6")");
  EXPECT_EQ(server.send("POST", "/v1.0/books", R"({"title": "M", "author": {"id": "no"}})").status,
            400);
}

TEST_F(Relation, ReferencePutSetsASingleOne) {
  EXPECT_EQ(reference("PUT", "/v1.0/books/b/author/$ref", "authors/a3").status, 204);
  EXPECT_EQ(stored("/id", "/v1.0/books/b/author"), R"("a3")");
}

TEST_F(Relation, ReferenceDeleteRemovesItAlone) {
  EXPECT_EQ(reference("DELETE", "/v1.0/books/b/editors/a1/$ref").status, 204);
  EXPECT_EQ(ids(kEditors), "");
  EXPECT_EQ(server.get("/v1.0/authors/a1").status, 200);
  EXPECT_EQ(reference("DELETE", "/v1.0/books/b/editors/a1/$ref").status, 404);
  EXPECT_EQ(reference("DELETE", "/v1.0/books/b/author/$ref").status, 204);
  EXPECT_EQ(server.get("/v1.0/books/b/author").status, 404);
}

TEST_F(Relation, ReferenceDeleteMayNameItInTheQuery) {
  EXPECT_EQ(server.send("DELETE", "/v1.0/books/b/editors/$ref?$id=authors/a1").status, 204);
  EXPECT_EQ(ids(kEditors), "");
  EXPECT_EQ(server.send("DELETE", "/v1.0/books/b/editors/$ref?$id=authors/a1").status, 404);
  EXPECT_EQ(server.send("DELETE", "/v1.0/books/b/editors/$ref").status, 400);
}

TEST_F(Relation, ReferenceGetListsWhereTheyLead) {
  const auto many = server.get("/v1.0/books/b/editors/$ref");
  EXPECT_EQ(at(many, "/value"), R"([{"@odata.id":")" + server.origin() + R"(/v1.0/authors/a1"}])");
  EXPECT_EQ(at(many, "/@odata.context"),
            '"' + server.origin() + "/v1.0/$metadata#Collection($ref)\"");
  const auto one = server.get("/v1.0/books/b/author/$ref");
  EXPECT_EQ(at(one, "/@odata.id"), '"' + server.origin() + R"(/v1.0/authors/a0")");
}

TEST_F(Relation, ReferencesHaveTheirMethods) {
  const auto response = server.send("PUT", "/v1.0/books/b/editors/$ref", R"({"@odata.id": "x"})");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.header("Allow"), "GET, POST, DELETE");
}

}  // namespace
}  // namespace graphmock
