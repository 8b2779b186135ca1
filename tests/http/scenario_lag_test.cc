// Writes that reads see late: what of the service's answers is late, and what is not.
#include <chrono>
#include <string>

#include "library_world.h"
#include "support/test_name.h"

namespace graphmock {
namespace {

using namespace std::chrono_literals;
using support::at;

class Lag : public Library {
 protected:
  void play(const std::string& lag, const std::string& request = "{}") {
    ASSERT_EQ(
        server
            .send("PUT", "/__admin/scenarios/lag",
                  R"({"rules": [{"request": )" + request + R"(, "consistencyLag": )" + lag + "}]}")
            .status,
        204);
  }
  // The status, and of what is there the body: those of errors differ by request.
  std::string seen(std::string_view path) {
    const auto answer = server.get(path);
    return std::to_string(answer.status) + (answer.status == 200 ? " " + answer.body : "");
  }
  int send(std::string_view method, std::string_view path, std::string_view body = "") {
    return server.send(method, path, body).status;
  }
};

struct LateRow {
  std::string_view name;
  std::string_view method, path, body;  // a write
  std::string_view read;                // a path by which it is seen
};

class LateRead : public Lag, public testing::WithParamInterface<LateRow> {};

TEST_P(LateRead, SeesAWriteOneReadLater) {
  const auto& row = GetParam();
  const auto before = seen(row.read);
  play(R"({"reads": 1})");
  const auto written = server.send(row.method, row.path, row.body);
  ASSERT_LT(written.status, 300) << written.body;
  EXPECT_EQ(seen(row.read), before);
  const auto after = seen(row.read);
  EXPECT_NE(after, before);
  EXPECT_EQ(seen(row.read), after);
  server.send("DELETE", "/__admin/scenarios/lag");
  EXPECT_EQ(seen(row.read), after);
}

constexpr std::string_view kZ = R"({"name": "Z"})";
constexpr std::string_view kNew = R"({"id": "new", "name": "Z"})";
constexpr std::string_view kToA9 = R"({"@odata.id": "http://127.0.0.1/v1.0/authors/a9"})";

constexpr LateRow kLateEntities[] = {
    {"Entity", "PATCH", "/v1.0/books/b", R"({"title": "Two"})", "/v1.0/books/b"},
    {"EntityPut", "PUT", "/v1.0/books/b", R"({"title": "Two"})", "/v1.0/books/b"},
    {"PropertyOfAnEntity", "PATCH", "/v1.0/books/b", R"({"title": "Two"})", "/v1.0/books/b/title"},
    {"ValueOfAnEntity", "PATCH", "/v1.0/books/b", R"({"title": "Two"})",
     "/v1.0/books/b/title/$value"},
    {"ComplexProperty", "PATCH", "/v1.0/books/b", R"({"shelf": {"room": "S"}})",
     "/v1.0/books/b/shelf/room"},
    {"EntityInItsList", "PATCH", "/v1.0/authors/a3", kZ, "/v1.0/authors"},
    {"EntityByFilter", "PATCH", "/v1.0/authors/a3", kZ, "/v1.0/authors?$filter=name%20eq%20'Z'"},
    {"EntityByOrder", "PATCH", "/v1.0/authors/a3", kZ, "/v1.0/authors?$top=2&$orderby=name%20desc"},
    {"EntityByApply", "PATCH", "/v1.0/authors/a3", kZ, "/v1.0/authors?$apply=groupby((name))"},
    {"EntityExpanded", "PATCH", "/v1.0/authors/a0", kZ, "/v1.0/books/b?$expand=author"},
    {"EntityExpandedInAList", "PATCH", "/v1.0/authors/a0", kZ, "/v1.0/books?$expand=author"},
    {"EntityBehindANavigation", "PATCH", "/v1.0/authors/a0", kZ, "/v1.0/books/b/author"},
    {"EntityAmongReferences", "PATCH", "/v1.0/authors/a1", kZ, "/v1.0/books/b/editors"},
    {"EntityInAFilterOfAnother", "PATCH", "/v1.0/authors/a0", kZ,
     "/v1.0/books?$filter=author/name%20eq%20'Z'"},
    {"EntityInALambda", "PATCH", "/v1.0/authors/a1", kZ,
     "/v1.0/books?$filter=editors/any(e:e/name%20eq%20'Z')"},
    {"ContainedEntity", "PATCH", "/v1.0/books/b/chapters/c1", R"({"title": "Z"})",
     "/v1.0/books/b/chapters"},
    {"NewEntity", "POST", "/v1.0/authors", kNew, "/v1.0/authors/new"},
    {"NewEntityInItsList", "POST", "/v1.0/authors", kNew, "/v1.0/authors"},
    {"NewEntityCounted", "POST", "/v1.0/authors", kNew, "/v1.0/authors/$count"},
    {"NewEntityCountedBesideAPage", "POST", "/v1.0/authors", kNew,
     "/v1.0/authors?$top=1&$count=true"},
    {"NewEntityByFilter", "POST", "/v1.0/authors", kNew, "/v1.0/authors?$filter=name%20eq%20'Z'"},
    {"NewContainedEntity", "POST", "/v1.0/books/b/chapters", R"({"title": "Z"})",
     "/v1.0/books/b/chapters"},
    {"NewContainedEntityExpanded", "POST", "/v1.0/books/b/chapters", R"({"title": "Z"})",
     "/v1.0/books/b?$expand=chapters"},
    {"DeletedEntity", "DELETE", "/v1.0/books/b", "", "/v1.0/books/b"},
    {"DeletedEntityInItsList", "DELETE", "/v1.0/books/b", "", "/v1.0/books"},
    {"DeletedEntityCounted", "DELETE", "/v1.0/authors/a5", "", "/v1.0/authors/$count"},
    {"PartOfADeletedEntity", "DELETE", "/v1.0/books/b", "", "/v1.0/books/b/chapters/c1"},
    {"DeletedEntityBehindANavigation", "DELETE", "/v1.0/authors/a0", "", "/v1.0/books/b/author"},
    {"DeletedEntityAmongReferences", "DELETE", "/v1.0/authors/a1", "", "/v1.0/books/b/editors"},
};

constexpr LateRow kLateReferences[] = {
    {"ReferenceSet", "PUT", "/v1.0/books/b/author/$ref", kToA9, "/v1.0/books/b/author"},
    {"ReferenceSetAsReference", "PUT", "/v1.0/books/b/author/$ref", kToA9,
     "/v1.0/books/b/author/$ref"},
    {"ReferenceSetExpanded", "PUT", "/v1.0/books/b/author/$ref", kToA9,
     "/v1.0/books/b?$expand=author"},
    {"ReferenceRemoved", "DELETE", "/v1.0/books/b/author/$ref", "", "/v1.0/books/b/author"},
    {"ReferenceAdded", "POST", "/v1.0/books/b/editors/$ref", kToA9, "/v1.0/books/b/editors"},
    {"ReferenceAddedAsReference", "POST", "/v1.0/books/b/editors/$ref", kToA9,
     "/v1.0/books/b/editors/$ref"},
    {"ReferenceAddedCounted", "POST", "/v1.0/books/b/editors/$ref", kToA9,
     "/v1.0/books/b/editors/$count"},
    {"ReferenceAddedExpanded", "POST", "/v1.0/books/b/editors/$ref", kToA9,
     "/v1.0/books/b?$expand=editors"},
    {"ReferenceAddedInALambda", "POST", "/v1.0/books/b/editors/$ref", kToA9,
     "/v1.0/books?$filter=editors/any(e:e/id%20eq%20'a9')"},
    {"ReferenceRemovedFromAList", "DELETE", "/v1.0/books/b/editors/a1/$ref", "",
     "/v1.0/books/b/editors"},
    {"ReferenceRemovedExpanded", "DELETE", "/v1.0/books/b/editors/a1/$ref", "",
     "/v1.0/books/b?$expand=editors"},
};

INSTANTIATE_TEST_SUITE_P(Entity, LateRead, testing::ValuesIn(kLateEntities), support::RowName());
INSTANTIATE_TEST_SUITE_P(Reference, LateRead, testing::ValuesIn(kLateReferences),
                         support::RowName());

TEST_F(Lag, LastsSomeTimeOfTheTenantsClock) {
  play(R"({"milliseconds": 2000})");
  patch(R"({"title": "Two"})");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(stored("/title"), R"("One")");
  server.clock().advance(1999ms);
  EXPECT_EQ(stored("/title"), R"("One")");
  server.clock().advance(1ms);
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, LastsSomeTimeOfAClockThatIsAdvanced) {
  play(R"({"milliseconds": 3600000})");
  patch(R"({"title": "Two"})");
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_LT(send("PUT", "/__admin/clock", R"({"advance": "PT1H"})"), 300);
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, LastsBothTimeAndReads) {
  play(R"({"milliseconds": 2000, "reads": 2})");
  patch(R"({"title": "Two"})");
  server.clock().advance(2s);
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, DoesNotShowInTheWritesOwnAnswer) {
  play(R"({"reads": 9})");
  EXPECT_EQ(at(patch(R"({"title": "Two"})"), "/title"), R"("Two")");
  const auto created = server.send("POST", "/v1.0/authors?$select=name", kNew);
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(at(created, "/name"), R"("Z")");
}

TEST_F(Lag, IsNotThatOfWrites) {
  play(R"({"reads": 9})");
  EXPECT_EQ(send("POST", "/v1.0/books", R"({"id": "new", "title": "New"})"), 201);
  EXPECT_EQ(send("GET", "/v1.0/books/new"), 404);
  EXPECT_EQ(send("PATCH", "/v1.0/books/new", R"({"year": 2001})"), 200);
  EXPECT_EQ(send("PUT", "/v1.0/books/new", R"({"title": "Newer"})"), 200);
  EXPECT_EQ(send("POST", "/v1.0/books", R"({"id": "new", "title": "New"})"), 409);
  EXPECT_EQ(send("POST", "/v1.0/books/new/chapters", R"({"title": "First"})"), 201);
  EXPECT_EQ(send("POST", "/v1.0/books/new/editors/$ref", kToA9), 204);
  EXPECT_EQ(send("PATCH", "/v1.0/books/new/title", R"({"value": "Newest"})"),
            send("PATCH", "/v1.0/books/b/title", R"({"value": "Newest"})"));
  EXPECT_EQ(send("DELETE", "/v1.0/books/new"), 204);
  EXPECT_EQ(send("DELETE", "/v1.0/books/new"), 404);
  EXPECT_EQ(send("PATCH", "/v1.0/books/new", R"({"year": 2001})"), 404);
}

TEST_F(Lag, LeavesConditionsToTheNewest) {
  const auto old = *server.get("/v1.0/books/b").header("ETag");
  play(R"({"reads": 9})");
  const auto written = patch(R"({"title": "Two"})");
  EXPECT_EQ(server.get("/v1.0/books/b").header("ETag"), old);
  EXPECT_EQ(patch(R"({"year": 1})", {{"If-Match", old}}).status, 412);
  EXPECT_EQ(patch(R"({"year": 1})", {{"If-Match", *written.header("ETag")}}).status, 200);
}

TEST_F(Lag, CountsNoRefusedWriteForARead) {
  play(R"({"reads": 1})");
  patch(R"({"title": "Two"})");
  EXPECT_EQ(patch(R"({"year": 1})", {{"If-Match", "\"x\""}}).status, 412);
  EXPECT_EQ(patch(R"({"year": "x"})").status, 400);
  EXPECT_EQ(send("POST", "/v1.0/books", R"({"id": "b", "title": "One more"})"), 409);
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, CountsNoReadOfSomethingElse) {
  play(R"({"reads": 1})");
  patch(R"({"title": "Two"})");
  for (const auto* path : {"/v1.0/authors", "/v1.0/authors/a0", "/v1.0/authors/$count",
                           "/v1.0/books/none", "/v1.0/$metadata"}) {
    server.get(path);
  }
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, CountsNoReadThatAScenarioAnswers) {
  play(R"({"reads": 1})");
  patch(R"({"title": "Two"})");
  EXPECT_EQ(server
                .send("PUT", "/__admin/scenarios/down",
                      R"({"rules": [{"calls": {"to": 2}, "response": {"status": 503}}]})")
                .status,
            204);
  EXPECT_EQ(send("GET", "/v1.0/books/b"), 503);
  EXPECT_EQ(send("GET", "/v1.0/books/b"), 503);
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, IsOfTheWritesThatItsRequestNames) {
  play(R"({"reads": 1})", R"({"method": "PATCH", "path": "/books/{id}"})");
  EXPECT_EQ(send("PATCH", "/v1.0/authors/a0", kZ), 200);
  EXPECT_EQ(stored("/name", "/v1.0/authors/a0"), R"("Z")");
  EXPECT_EQ(send("POST", "/v1.0/authors", kNew), 201);
  EXPECT_EQ(send("GET", "/v1.0/authors/$count"), 200);
  EXPECT_EQ(server.get("/v1.0/authors/$count").body, "31");
  patch(R"({"title": "Two"})");
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Lag, HoldsUpWritesThatBuildOnOneThatLags) {
  play(R"({"reads": 1})", R"({"method": "PATCH"})");
  patch(R"({"title": "Two"})");
  EXPECT_EQ(send("DELETE", "/v1.0/books/b"), 204);
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(send("GET", "/v1.0/books/b"), 404);
}

TEST_F(Lag, IsNoneOfTheControlPlane) {
  play(R"({"reads": 9})");
  patch(R"({"title": "Two"})");
  EXPECT_EQ(stored("/title", "/__admin/state/v1.0/books/b"), R"("Two")");
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_F(Lag, EndsWithTheEntitiesThatAreReset) {
  play(R"({"reads": 1})");
  EXPECT_EQ(send("POST", "/v1.0/authors", kNew), 201);
  EXPECT_EQ(send("POST", "/__admin/reset/entities"), 204);
  EXPECT_EQ(server.get("/v1.0/authors/$count").body, "0");
  EXPECT_EQ(server.get("/v1.0/authors/$count").body, "0");
}

TEST_F(Lag, IsEachTenantsOwn) {
  play(R"({"reads": 1})");
  const support::RequestHeaders other = {{"X-Mock-Tenant", "other"}};
  server.send("PUT", "/__admin/state/v1.0/books/b", R"({"title": "One"})", other);
  patch(R"({"title": "Two"})");
  server.send("PATCH", "/v1.0/books/b", R"({"title": "Three"})", other);
  EXPECT_EQ(at(server.send("GET", "/v1.0/books/b", "", other), "/title"), R"("Three")");
  EXPECT_EQ(stored("/title"), R"("One")") << "nobody has read it here";
}

// The shipped people are found by an index.
TEST(LagOfFixtures, IsThatOfFiltersByAnIndex) {
  const support::TestServer server;
  const std::string nora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
  const auto named = [&](const std::string& name) {
    return at(server.get("/v1.0/users?$filter=displayName%20eq%20'" + name + "'"), "/value/0/id");
  };
  server.send("PUT", "/__admin/scenarios/lag", R"({"rules": [{"consistencyLag": {"reads": 1}}]})");
  EXPECT_EQ(server.send("PATCH", nora, R"({"displayName": "Zed"})").status, 204);
  EXPECT_EQ(named("Zed"), "(absent)");
  EXPECT_EQ(named("Zed"), R"("151256d4-9bf8-4cfe-9ad3-56ac31a05a2c")");
  EXPECT_EQ(server.send("PATCH", nora, R"({"displayName": "Nora"})").status, 204);
  EXPECT_EQ(named("Zed"), R"("151256d4-9bf8-4cfe-9ad3-56ac31a05a2c")");
  EXPECT_EQ(named("Zed"), "(absent)");
}

}  // namespace
}  // namespace graphmock
