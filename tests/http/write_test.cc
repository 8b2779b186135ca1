// PUT, property paths, upsert, computed properties, and what a write answers.
#include "http/library_world.h"

namespace graphmock {
namespace {

using support::at;

class Write : public Library {};

TEST_F(Write, PutReplacesTheEntity) {
  const auto response =
      server.send("PUT", "/v1.0/books/b", R"({"title": "Two", "shelf": {"row": 2}})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/title"), R"("Two")");
  EXPECT_EQ(stored("/year"), "(absent)");
  EXPECT_EQ(stored("/shelf"), R"({"row":2})");
  EXPECT_EQ(stored("/id"), R"("b")");
  EXPECT_EQ(stored("/isbn"), R"("1-2")") << "what a client cannot set it cannot take away";
  EXPECT_EQ(ids("/v1.0/books/b/chapters"), "c1") << "contained entities stay";
}

TEST_F(Write, PutOfWhatIsNotThereIs404UnlessTheTypeAllowsIt) {
  EXPECT_EQ(server.send("PUT", "/v1.0/books/none", R"({"title": "T"})").status, 404);
  EXPECT_EQ(server.get("/v1.0/books/none").status, 404);
}

TEST_F(Write, PutChecksAsAPatchDoes) {
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b", R"({"title": 1})").status, 400);
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b", R"({"id": "other"})").status, 400);
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b", R"({"colour": "red"})").status, 400);
  EXPECT_EQ(server.send("PUT", "/v1.0/books", R"({"title": "T"})").status, 405);
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_F(Write, AComputedPropertyMayBeRepeatedButNotChanged) {
  EXPECT_EQ(patch(R"({"isbn": "1-2", "year": 5})").status, 200);
  const auto response = patch(R"({"isbn": "3-4", "year": 6})");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(at(response, "/error/message").find("read-only property 'isbn'"), std::string::npos);
  EXPECT_EQ(stored("/year"), "5");
}

TEST_F(Write, UpsertCreatesWhereThePreferenceSaysSo) {
  const auto response = server.send("PATCH", "/v1.0/books/n", R"({"title": "New"})",
                                    {{"Prefer", "create-if-missing"}});
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(at(response, "/id"), R"("n")");
  EXPECT_EQ(stored("/title", "/v1.0/books/n"), R"("New")");
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/m", R"({"title": "New"})").status, 404);
}

TEST_F(Write, MovesTheDateAndTheTagsOfAChangeAndNothingElse) {
  const auto before = server.get("/v1.0/books/b").body;
  EXPECT_EQ(patch(R"({"year": 1999})").status, 200);
  EXPECT_EQ(server.get("/v1.0/books/b").body, before) << "nothing has changed";
  patch(R"({"year": 2000})");
  EXPECT_EQ(stored("/lastModifiedDateTime"), R"("2026-01-31T12:00:00Z")");
  EXPECT_NE(stored("/changeKey"), R"("k")");
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_F(Write, AnswersAsTheClientPrefers) {
  const auto minimal = patch(R"({"year": 1})", {{"Prefer", "return=minimal"}});
  EXPECT_EQ(minimal.status, 204);
  EXPECT_EQ(minimal.body, "");
  EXPECT_EQ(minimal.header("Preference-Applied"), "return=minimal");
  EXPECT_TRUE(minimal.header("ETag"));
  const auto whole = patch(R"({"year": 2})", {{"Prefer", "return=representation"}});
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("Preference-Applied"), "return=representation");
  const auto post =
      server.send("POST", "/v1.0/books", R"({"title": "P"})", {{"Prefer", "return=minimal"}});
  EXPECT_EQ(post.status, 204);
  EXPECT_TRUE(post.header("Location"));
}

TEST_F(Write, AnswersWhatIsSelectedAndRefusesOptionsOfReads) {
  const auto response = server.send("PATCH", "/v1.0/books/b?$select=year", R"({"year": 4})");
  EXPECT_EQ(at(response, "/year"), "4");
  EXPECT_EQ(at(response, "/title"), "(absent)");
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/b?$select=oops", R"({"year": 5})").status, 400);
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/b?$filter=year%20eq%204", R"({"year": 5})").status,
            400);
  EXPECT_EQ(server.send("POST", "/v1.0/books?$expand=author", R"({"title": "T"})").status, 501);
  EXPECT_EQ(stored("/year"), "4");
}

TEST_F(Write, CarriesContextAndTag) {
  const auto response = patch(R"({"year": 3})");
  EXPECT_EQ(at(response, "/@odata.context"),
            '"' + server.origin() + R"(/v1.0/$metadata#books/$entity")");
  EXPECT_TRUE(response.header("ETag")->starts_with("W/\""));
}

TEST_F(Write, APropertyIsReadByItsPath) {
  const auto title = server.get("/v1.0/books/b/title");
  EXPECT_EQ(at(title, "/value"), R"("One")");
  EXPECT_EQ(at(title, "/@odata.context"),
            '"' + server.origin() + R"(/v1.0/$metadata#books('b')/title")");
  EXPECT_EQ(at(server.get("/v1.0/books/b/shelf"), "/room"), R"("R")");
  EXPECT_EQ(at(server.get("/v1.0/books/b/shelf/row"), "/value"), "1");
  EXPECT_EQ(at(server.get("/v1.0/books/b/tags"), "/value"), R"(["x"])");
  EXPECT_EQ(server.get("/v1.0/books/b/tags/$count").body, "1");
  const auto raw = server.get("/v1.0/books/b/year/$value");
  EXPECT_EQ(raw.body, "1999");
  EXPECT_EQ(raw.header("Content-Type"), "text/plain");
  EXPECT_EQ(server.get("/v1.0/books/none/title").status, 404);
}

TEST_F(Write, APropertyThatIsNullHasNoContent) {
  patch(R"({"year": null})");
  EXPECT_EQ(server.get("/v1.0/books/b/year").status, 204);
}

TEST_F(Write, APropertyIsWrittenByItsPath) {
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b/title", R"({"value": "Two"})").status, 200);
  EXPECT_EQ(stored("/title"), R"("Two")");
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/b/shelf", R"({"row": 9})").status, 200);
  EXPECT_EQ(stored("/shelf"), R"({"room":"R","row":9})");
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b/shelf", R"({"row": 8})").status, 200);
  EXPECT_EQ(stored("/shelf"), R"({"row":8})");
  EXPECT_EQ(
      server.send("PUT", "/v1.0/books/b/year/$value", "2020", {{"Content-Type", "text/plain"}})
          .status,
      204);
  EXPECT_EQ(stored("/year"), "2020");
  EXPECT_EQ(server.send("POST", "/v1.0/books/b/tags", R"({"value": "y"})").status, 201);
  EXPECT_EQ(stored("/tags"), R"(["x","y"])");
  EXPECT_EQ(server.send("DELETE", "/v1.0/books/b/year").status, 204);
  EXPECT_EQ(stored("/year"), "null");
  EXPECT_EQ(stored("/lastModifiedDateTime"), R"("2026-01-31T12:00:00Z")");
}

TEST_F(Write, APropertyIsCheckedAsInABody) {
  const auto wrong = server.send("PUT", "/v1.0/books/b/year", R"({"value": "soon"})");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_NE(at(wrong, "/error/message").find("'year'"), std::string::npos);
  EXPECT_EQ(server.send("DELETE", "/v1.0/books/b/title").status, 400) << "it must not be null";
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b/isbn", R"({"value": "9"})").status, 400);
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b/id", R"({"value": "c"})").status, 400);
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b/title", R"({"text": "c"})").status, 400);
  EXPECT_EQ(server.send("POST", "/v1.0/books/b/title", R"({"value": "c"})").status, 405);
}

TEST_F(Write, NothingIsStoredDeeperThanItCanBeReadAgain) {
  std::string deep = R"({"a":)" + std::string(99, '[') + std::string(99, ']') + "}";
  EXPECT_EQ(server.send("PUT", "/v1.0/books/b/notes", deep).status, 400);
  EXPECT_EQ(server.get("/v1.0/books/b?$select=id").status, 200);
}

TEST_F(Write, ASingletonIsThereBeforeItIsWritten) {
  EXPECT_EQ(server.get("/v1.0/favourite").status, 200);
  EXPECT_EQ(server.send("PATCH", "/v1.0/favourite", R"({"year": 7})").status, 200);
  EXPECT_EQ(stored("/year", "/v1.0/favourite"), "7");
  EXPECT_EQ(server.send("PUT", "/v1.0/favourite/title", R"({"value": "F"})").status, 200);
  EXPECT_EQ(stored("/title", "/v1.0/favourite"), R"("F")");
  EXPECT_EQ(server.send("DELETE", "/v1.0/favourite").status, 405);
}

TEST_F(Write, WhatTheModelRequiresIsNamedWhenAPostLacksIt) {
  const auto response = server.send("POST", "/v1.0/books", R"({"year": "x"})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/details/0/target"), R"("year")");
  EXPECT_EQ(at(response, "/error/details/1/message"),
            R"("A value is required for property 'title' of resource 'microsoft.graph.book'.")");
}

TEST_F(Write, ADeepInsertAnswersAllThatItMade) {
  const auto response =
      server.send("POST", "/v1.0/books",
                  R"({"title": "Deep", "chapters": [{"title": "I"}, {"id": "two", "title": "II"}],
          "author@odata.bind": "authors/a4"})");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(at(response, "/chapters/0/title"), R"("I")");
  EXPECT_EQ(at(response, "/chapters/1/id"), R"("two")");
  const auto path = response.header("Location")->substr(server.origin().size());
  EXPECT_EQ(stored("/title", path + "/chapters/two"), R"("II")");
  EXPECT_EQ(stored("/id", path + "/author"), R"("a4")");
  EXPECT_EQ(stored("/chapters", path), "(absent)") << "a read shows it when it is asked for";
}

TEST_F(Write, APostBelowAnOwnerThatIsNotThereMakesIt) {
  EXPECT_EQ(server.send("POST", "/v1.0/books/new/chapters", R"({"id": "c"})").status, 201);
  EXPECT_EQ(stored("/id", "/v1.0/books/new"), R"("new")");
  EXPECT_EQ(ids("/v1.0/books/new/chapters"), "c");
}

}  // namespace
}  // namespace graphmock
