// ETags, and the conditions that writes and reads make on them (PRO 8.2.4, 8.2.5).
#include <atomic>
#include <thread>

#include "http/library_world.h"

namespace graphmock {
namespace {

using support::at;

class Condition : public Library {
 protected:
  std::string etag() { return server.get("/v1.0/books/b").header("ETag").value_or(""); }
};

TEST_F(Condition, IfMatchOfTheOwnTagGoesOn) {
  EXPECT_EQ(patch(R"({"year": 2000})", {{"If-Match", etag()}}).status, 200);
  EXPECT_EQ(stored("/year"), "2000");
}

TEST_F(Condition, IfMatchOfAnyGoesOn) {
  EXPECT_EQ(patch(R"({"year": 2000})", {{"If-Match", "*"}}).status, 200);
}

TEST_F(Condition, IfMatchOfOneOfSeveralTagsGoesOn) {
  EXPECT_EQ(patch(R"({"year": 2000})", {{"If-Match", "\"other\", " + etag()}}).status, 200);
}

TEST_F(Condition, IfMatchOfAnotherTagIs412AndChangesNothing) {
  const auto response = patch(R"({"year": 2000})", {{"If-Match", "W/\"stale\""}});
  EXPECT_EQ(response.status, 412);
  EXPECT_EQ(at(response, "/error/code"), R"("PreconditionFailed")");
  EXPECT_EQ(stored("/year"), "1999");
  for (const std::string_view method : {"PUT", "DELETE"}) {
    EXPECT_EQ(
        server.send(method, "/v1.0/books/b", R"({"title": "T"})", {{"If-Match", "W/\"stale\""}})
            .status,
        412)
        << method;
  }
  EXPECT_EQ(
      server.send("PUT", "/v1.0/books/b/title", R"({"value": "T"})", {{"If-Match", "W/\"stale\""}})
          .status,
      412);
}

TEST_F(Condition, ThatCannotBeReadIs400) {
  for (const std::string_view value : {"stale", "W/stale", "\"", "\"a\"b\""}) {
    EXPECT_EQ(patch(R"({"year": 2000})", {{"If-Match", std::string(value)}}).status, 400) << value;
  }
}

TEST_F(Condition, IfNoneMatchOfAnyIs412WhereAnEntityIs) {
  EXPECT_EQ(patch(R"({"year": 2000})", {{"If-None-Match", "*"}}).status, 412);
  EXPECT_EQ(patch(R"({"year": 2000})", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST_F(Condition, IfMatchWithoutAnEntityIs404) {
  EXPECT_EQ(server.send("PATCH", "/v1.0/books/none", R"({"year": 1})", {{"If-Match", "*"}}).status,
            404);
}

TEST_F(Condition, IfMatchWithoutAnEntityIs412OfAnUpsert) {
  EXPECT_EQ(server
                .send("PATCH", "/v1.0/books/none", R"({"title": "T"})",
                      {{"If-Match", "*"}, {"Prefer", "create-if-missing"}})
                .status,
            412);
  EXPECT_EQ(server.get("/v1.0/books/none").status, 404);
}

// A singleton is there before anything is stored of it.
TEST_F(Condition, IfMatchOfWhatNothingIsStoredOfGoesOnWhereItCanBeRead) {
  const auto send = [&](const std::string& method, const std::string& path,
                        const std::string& value) {
    return server.send(method, path, R"({"title": "T", "value": "T"})", {{"If-Match", value}})
        .status;
  };
  EXPECT_EQ(send("PATCH", "/v1.0/favourite", "stale"), 400);
  EXPECT_EQ(send("PUT", "/v1.0/favourite/title", "stale"), 400);
  EXPECT_EQ(
      server.send("PATCH", "/v1.0/favourite", R"({"title": "T"})", {{"If-Match", "\"x\""}}).status,
      200);
  EXPECT_EQ(send("PATCH", "/v1.0/favourite", "\"x\""), 412) << "now it has a tag";
}

TEST(ConditionOfAFile, IfMatchWithoutAFileIs412) {
  const support::TestServer server;
  const std::string file = "/v1.0/me/drive/root:/new.txt:/content";
  for (const std::string value : {"*", "\"x\""}) {
    EXPECT_EQ(server.send("PUT", file, "text", {{"If-Match", value}}).status, 412) << value;
  }
  EXPECT_EQ(server.send("PUT", file, "text", {{"If-Match", "x"}}).status, 400);
  EXPECT_EQ(server.get(file).status, 404);
  EXPECT_EQ(server.send("PUT", file, "text", {{"If-None-Match", "*"}}).status, 201);
  EXPECT_EQ(server.send("PUT", file, "more", {{"If-None-Match", "*"}}).status, 412);
}

TEST_F(Condition, OfAReadIsAnsweredByNotModified) {
  const auto known = server.send("GET", "/v1.0/books/b", "", {{"If-None-Match", etag()}});
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(server.send("GET", "/v1.0/books/b", "", {{"If-None-Match", "W/\"other\""}}).status,
            200);
}

TEST_F(Condition, ATagMovesWithAChangeAndOnlyThen) {
  const auto before = etag();
  patch(R"({"year": 1999})");
  EXPECT_EQ(etag(), before);
  const auto changed = patch(R"({"year": 2000})");
  EXPECT_NE(etag(), before);
  EXPECT_EQ(changed.header("ETag"), etag());
}

// 32 connections count one number up, each reading it with its tag and writing it back under the
// condition that nobody has written since.
TEST_F(Condition, ConcurrentWritersUnderIfMatchLoseNothing) {
  constexpr int kWriters = 32;
  constexpr int kEach = 10;
  patch(R"({"year": 0})");
  std::atomic<int> refused{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (int done = 0; done < kEach;) {
        const auto read = server.get("/v1.0/books/b");
        const auto next = support::json_of(read).at("year").as_int64() + 1;
        const auto body = R"({"year": )" + std::to_string(next) + "}";
        const auto write = server.send("PATCH", "/v1.0/books/b", body,
                                       {{"If-Match", read.header("ETag").value_or("")}});
        if (write.status == 200) {
          ++done;
        } else {
          EXPECT_EQ(write.status, 412) << write.body;
          ++refused;
        }
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(stored("/year"), std::to_string(kWriters * kEach));
  EXPECT_GT(refused.load(), 0) << "nobody was ever in another's way";
}

}  // namespace
}  // namespace graphmock
