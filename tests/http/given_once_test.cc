// An id or a tag that was given is never given again, whatever becomes of the state.
#include <set>

#include "http/library_world.h"
#include "store/fixtures.h"
#include "support/temporary_folder.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kGroup =
    R"({"displayName":"G","mailEnabled":false,"mailNickname":"g","securityEnabled":true})";

std::string create(const TestServer& server, const std::string& target = "/v1.0/groups",
                   std::string_view body = kGroup) {
  const auto response = server.send("POST", target, body);
  EXPECT_EQ(response.status, 201) << response.body;
  return at(response, "/id");
}

std::string etag(const TestServer& server, const std::string& target) {
  return server.get(target).header("ETag").value_or("");
}

// As if somebody had written the document.
void forget_counts(std::string& state) {
  const auto counts = state.find(",\n\"@mock.counts\"");
  ASSERT_NE(counts, std::string::npos);
  state.erase(counts, state.rfind("\n}") - counts);
}

TEST(GivenOnce, IdsGoOnWhenAStateIsPutInPlace) {
  const TestServer server;
  std::set<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.insert(create(server));
  const auto state = server.get("/__admin/state").body;
  ASSERT_EQ(server.send("PUT", "/__admin/state", state).status, 204);
  for (int i = 0; i < 3; ++i) ids.insert(create(server));
  EXPECT_EQ(ids.size(), 6u);

  auto options = support::shipped_options();
  const support::TemporaryFolder folder;
  options.fixtures = folder.write("state.json", state);
  const TestServer again(options);
  EXPECT_TRUE(ids.contains(create(again))) << "it goes on as the one that it was";
  EXPECT_EQ(again.send("POST", "/__admin/reset").status, 204);
  create(again);
}

// Of a state that somebody has written, nobody knows what was given before.
TEST(GivenOnce, IdsThatAreThereAreNotDrawn) {
  const TestServer server;
  std::set<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.insert(create(server));
  auto state = server.get("/__admin/state").body;
  forget_counts(state);
  ASSERT_EQ(server.send("PUT", "/__admin/state", state).status, 204);
  for (int i = 0; i < 5; ++i) ids.insert(create(server));
  EXPECT_EQ(ids.size(), 10u);
}

TEST(GivenOnce, NoCopyIsPutOverAnotherMessage) {
  const TestServer server;
  const auto id = create(server, "/v1.0/me/messages", R"({"subject":"First"})");
  const auto path = "/v1.0/me/messages/" + id.substr(1, id.size() - 2);
  const auto copy = [&] {
    const auto response = server.send("POST", path + "/copy", R"({"destinationId":"inbox"})");
    EXPECT_EQ(response.status, 201) << response.body;
    return at(response, "/id");
  };
  std::set<std::string> ids{id, copy()};
  ASSERT_EQ(server.send("PUT", "/__admin/state", server.get("/__admin/state").body).status, 204);
  ids.insert(copy());
  auto state = server.get("/__admin/state").body;
  forget_counts(state);
  ASSERT_EQ(server.send("PUT", "/__admin/state", state).status, 204);
  ids.insert(copy());
  EXPECT_EQ(ids.size(), 4u);
}

TEST(GivenOnce, IdsAreAsManyAsMessagesInOneMillisecond) {
  const TestServer server;
  const auto chat = create(server, "/v1.0/chats", R"({"chatType":"group","members":[]})");
  const auto path = "/v1.0/chats/" + chat.substr(1, chat.size() - 2) + "/messages";
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(create(server, path, R"({"body":{"content":"x"}})"));
  EXPECT_EQ(ids.size(), 1000u);
}

// What came before the snapshot is there, what comes after it comes again.
TEST(GivenOnce, IdsGoOnFromWhereASnapshotHasThem) {
  const TestServer server;
  const auto before = create(server);
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/s").status, 201);
  const auto next = server.send("POST", "/v1.0/groups", kGroup);
  const auto last = create(server);
  EXPECT_EQ(server.send("POST", "/__admin/snapshots/s/restore").status, 204);
  const auto again = server.send("POST", "/v1.0/groups", kGroup);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, next.body);
  EXPECT_EQ(again.header("ETag"), next.header("ETag"));
  EXPECT_EQ(again.header("request-id"), next.header("request-id"));
  EXPECT_EQ(create(server), last);
  EXPECT_NE(before, last);
}

TEST(GivenOnce, TagsDoNotComeBackWithAValue) {
  const TestServer server;
  const auto id = create(server);
  const auto path = "/v1.0/groups/" + id.substr(1, id.size() - 2);
  std::set<std::string> tags{etag(server, path)};
  for (const std::string name : {"A", "B", "A", "G"}) {
    const auto before = etag(server, path);
    EXPECT_LT(server.send("PATCH", path, R"({"displayName":")" + name + "\"}").status, 300);
    EXPECT_TRUE(tags.insert(etag(server, path)).second) << name;
    EXPECT_EQ(server.send("PATCH", path, R"({"displayName":"Z"})", {{"If-Match", before}}).status,
              412);
    const auto after = etag(server, path);
    EXPECT_LT(server.send("PATCH", path, R"({"displayName":")" + name + "\"}").status, 300);
    EXPECT_EQ(etag(server, path), after) << "nothing has changed";
  }
}

// Deleted and made again, or put in place: it is another one.
TEST_F(Library, GivesNoTagAgainToWhatIsMadeAgain) {
  std::set<std::string> tags{etag(server, "/v1.0/books/b")};
  const auto document = server.get("/v1.0/books/b").body;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(server.send("DELETE", "/__admin/state/v1.0/books/b").status, 204);
    EXPECT_LT(server.send("PUT", "/__admin/state/v1.0/books/b", R"({"id":"b","title":"T"})").status,
              300);
    EXPECT_TRUE(tags.insert(etag(server, "/v1.0/books/b")).second) << i;
  }
}

TEST_F(Library, GivesNoTagAgainAfterTheStateIsPutBack) {
  std::set<std::string> tags{etag(server, "/v1.0/books/b")};
  ASSERT_EQ(patch(R"({"year": 1})").status, 200);
  ASSERT_EQ(patch(R"({"year": 1999})").status, 200);
  const auto state = server.get("/__admin/state").body;
  const auto tag = etag(server, "/v1.0/books/b");
  ASSERT_EQ(server.send("PUT", "/__admin/state", state).status, 204);
  EXPECT_EQ(server.get("/__admin/state").body, state);
  EXPECT_EQ(etag(server, "/v1.0/books/b"), tag) << "nothing has changed";
  EXPECT_TRUE(tags.insert(tag).second) << "that of the first";
  for (int year = 1; year < 4; ++year) {
    ASSERT_EQ(patch(R"({"year": )" + std::to_string(year) + "}").status, 200);
    EXPECT_TRUE(tags.insert(etag(server, "/v1.0/books/b")).second) << year;
  }
}

TEST_F(Library, HasOneTagInItsHeadersAndItself) {
  const auto created = server.send("POST", "/v1.0/books", R"({"id":"tagged","title":"T"})");
  ASSERT_EQ(created.status, 201) << created.body;
  std::set<std::string> tags;
  const auto expect_one_tag = [&](const support::RawResponse& response) {
    const auto key = at(response, "/changeKey");
    EXPECT_EQ(response.header("ETag"), "W/" + key);
    EXPECT_TRUE(tags.insert(key).second) << "it has moved";
    EXPECT_EQ(server.get("/v1.0/books/tagged").header("ETag"), "W/" + key);
  };
  expect_one_tag(created);
  for (const std::string year : {"1", "2", "1"}) {
    expect_one_tag(server.send("PATCH", "/v1.0/books/tagged", R"({"year":)" + year + "}"));
  }
  const auto key = at(server.get("/v1.0/books/tagged"), "/changeKey");
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/tagged", R"({"year":7})", {{"If-Match", key}}).status,
            200);
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/tagged", R"({"year":8})", {{"If-Match", key}}).status,
            412);
}

// A tag may hold commas, and what stands in the entity is as good as what stands in the header.
TEST_F(Library, TakesATagThatTheStateHasPutThere) {
  server.send("PUT", "/__admin/state/v1.0/books/b",
              R"({"id":"b","title":"T","changeKey":"{GUID},2"})");
  EXPECT_EQ(patch(R"({"year": 1})", {{"If-Match", R"("x", "{GUID},2")"}}).status, 200);
  EXPECT_EQ(patch(R"({"year": 2})", {{"If-Match", R"("{GUID},2")"}}).status, 412);
  EXPECT_EQ(patch(R"({"year": 2})", {{"If-Match", R"("{GUID},2)"}}).status, 400);
}

TEST_F(Library, RefusesCountsThatAreNone) {
  for (const std::string counts :
       {"1", "{}", R"({"ids":1})", R"({"ids":-1,"versions":0})", R"({"ids":1,"versions":"2"})",
        R"({"ids":1,"versions":4294967296})", R"({"ids":1e300,"versions":0})"}) {
    EXPECT_EQ(server.send("PUT", "/__admin/state", R"({"@mock.counts":)" + counts + "}").status,
              400)
        << counts;
  }
  EXPECT_EQ(
      server.send("PUT", "/__admin/state", R"({"@mock.counts":{"ids":3,"versions":7}})").status,
      204);
  for (const std::string versions : {"1", "[]", R"({"books/b":"1"})", R"({"books/b":-1})"}) {
    EXPECT_EQ(server.send("PUT", "/__admin/state", R"({"@mock.versions":)" + versions + "}").status,
              400)
        << versions;
  }
  EXPECT_EQ(server.get("/__admin/state").body,
            "{\n\"@mock.counts\": {\"ids\":3,\"versions\":7}\n}\n");
}

}  // namespace
}  // namespace graphmock
