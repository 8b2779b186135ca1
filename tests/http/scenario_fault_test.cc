// Faults that scenarios inflict, as a client's socket sees them, and what the store has done then.
#include <gtest/gtest.h>

#include <string>

#include "library_world.h"
#include "support/test_name.h"

namespace graphmock {
namespace {

using support::RawClient;

struct End {
  std::string bytes;
  bool is_reset = false;
};

class ScenarioFault : public Library {
 protected:
  void play(std::string_view response, std::string_view phase = "before") {
    ASSERT_EQ(
        server
            .send("PUT", "/__admin/scenarios/fault",
                  R"({"rules": [{"request": {"path": "/books/b"}, "phase": ")" +
                      std::string(phase) + R"(", "response": )" + std::string(response) + "}]}")
            .status,
        204);
  }
  void stop() { server.send("DELETE", "/__admin/scenarios/fault"); }

  // All that comes of a request whose connection would stay open.
  End end_of(const std::string& method = "GET", const std::string& body = "") {
    RawClient client(server.port());
    auto request = method +
                   " /v1.0/books/b HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                   "\r\n";
    if (!body.empty()) {
      request +=
          "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
          "\r\n";
    }
    client.send(request + "\r\n" + body);
    End end;
    end.bytes = client.read_until_close();
    end.is_reset = client.was_reset();
    return end;
  }
};

TEST_F(ScenarioFault, ResetsTheConnection) {
  play(R"({"fault": "CONNECTION_RESET_BY_PEER"})");
  const auto end = end_of();
  EXPECT_TRUE(end.is_reset);
  EXPECT_EQ(end.bytes, "");
}

TEST_F(ScenarioFault, ClosesTheConnectionWithoutAnAnswer) {
  play(R"({"fault": "EMPTY_RESPONSE"})");
  const auto end = end_of();
  EXPECT_FALSE(end.is_reset);
  EXPECT_EQ(end.bytes, "");
}

TEST_F(ScenarioFault, SendsRandomData) {
  play(R"({"fault": "RANDOM_DATA_THEN_CLOSE"})");
  const auto end = end_of();
  EXPECT_FALSE(end.is_reset);
  EXPECT_FALSE(end.bytes.empty());
  EXPECT_EQ(end.bytes.find("HTTP/"), std::string::npos);
  EXPECT_NE(end_of().bytes, end.bytes) << "drawn anew";
  play(R"({"fault": "RANDOM_DATA_THEN_CLOSE"})");
  EXPECT_EQ(end_of().bytes, end.bytes) << "but the same in the same run";
}

TEST_F(ScenarioFault, TruncatesTheRealAnswer) {
  const auto whole = server.get("/v1.0/books/b").body;
  play(R"({"fault": "TRUNCATED_BODY"})");
  const auto end = end_of();
  EXPECT_TRUE(end.bytes.starts_with("HTTP/1.1 200 OK\r\n")) << end.bytes;
  EXPECT_NE(end.bytes.find("Content-Length: " + std::to_string(whole.size())), std::string::npos);
  EXPECT_TRUE(end.bytes.ends_with("\r\n\r\n" + whole.substr(0, whole.size() / 2))) << end.bytes;
}

TEST_F(ScenarioFault, TruncatesAnAnswerOfItsOwn) {
  play(R"({"status": 503, "body": "twelve bytes", "fault": "TRUNCATED_BODY"})");
  const auto end = end_of();
  EXPECT_TRUE(end.bytes.starts_with("HTTP/1.1 503 ")) << end.bytes;
  EXPECT_TRUE(end.bytes.ends_with("\r\n\r\ntwelve")) << end.bytes;
}

TEST_F(ScenarioFault, MalformsAChunk) {
  play(R"({"body": "twelve bytes", "fault": "MALFORMED_RESPONSE_CHUNK"})");
  const auto end = end_of();
  EXPECT_TRUE(end.bytes.starts_with("HTTP/1.1 200 OK\r\n")) << end.bytes;
  EXPECT_NE(end.bytes.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  const auto body = end.bytes.substr(end.bytes.find("\r\n\r\n") + 4);
  EXPECT_TRUE(body.starts_with("6\r\ntwelve\r\n")) << body;
  EXPECT_GT(body.size(), std::string("6\r\ntwelve\r\n").size());
}

struct LossRow {
  std::string_view name;
  std::string_view fault;
};

class Loss : public ScenarioFault, public testing::WithParamInterface<LossRow> {};

TEST_P(Loss, LeavesTheStoreAsItWasBefore) {
  play(R"({"fault": ")" + std::string(GetParam().fault) + "\"}");
  EXPECT_EQ(end_of("PATCH", R"({"title": "Two"})").bytes.find("HTTP/"), std::string::npos);
  stop();
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_P(Loss, ComesAfterTheWriteWhenItSaysSo) {
  play(R"({"fault": ")" + std::string(GetParam().fault) + "\"}", "after");
  EXPECT_EQ(end_of("PATCH", R"({"title": "Two"})").bytes.find("HTTP/"), std::string::npos);
  stop();
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_P(Loss, IsInTheJournalWithoutAnAnswer) {
  play(R"({"fault": ")" + std::string(GetParam().fault) + "\"}");
  end_of("PATCH", R"({"title": "Two"})");
  const auto journal = server.get("/__admin/requests?limit=1").body;
  EXPECT_NE(journal.find(GetParam().fault), std::string::npos) << journal;
}

INSTANTIATE_TEST_SUITE_P(Fault, Loss,
                         testing::Values(LossRow{"Reset", "CONNECTION_RESET_BY_PEER"},
                                         LossRow{"Empty", "EMPTY_RESPONSE"},
                                         LossRow{"Random", "RANDOM_DATA_THEN_CLOSE"}),
                         support::RowName());

class BrokenAnswer : public ScenarioFault, public testing::WithParamInterface<LossRow> {};

TEST_P(BrokenAnswer, IsOfAWriteThatIsStored) {
  for (const auto* phase : {"before", "after"}) {
    play(R"({"fault": ")" + std::string(GetParam().fault) + "\"}", phase);
    const auto end = end_of("PATCH", R"({"title": ")" + std::string(phase) + "\"}");
    EXPECT_TRUE(end.bytes.starts_with("HTTP/1.1 200 OK\r\n")) << end.bytes;
    stop();
    EXPECT_EQ(stored("/title"), '"' + std::string(phase) + '"')
        << "as it is the store's answer that breaks";
  }
}

TEST_P(BrokenAnswer, OfItsOwnIsOfAWriteThatIsNot) {
  play(R"({"status": 500, "fault": ")" + std::string(GetParam().fault) + "\"}");
  EXPECT_TRUE(end_of("PATCH", R"({"title": "Two"})").bytes.starts_with("HTTP/1.1 500 "));
  stop();
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_P(BrokenAnswer, OfItsOwnMayComeAfterTheWrite) {
  play(R"({"status": 500, "fault": ")" + std::string(GetParam().fault) + "\"}", "after");
  EXPECT_TRUE(end_of("PATCH", R"({"title": "Two"})").bytes.starts_with("HTTP/1.1 500 "));
  stop();
  EXPECT_EQ(stored("/title"), R"("Two")");
}

INSTANTIATE_TEST_SUITE_P(Fault, BrokenAnswer,
                         testing::Values(LossRow{"Truncated", "TRUNCATED_BODY"},
                                         LossRow{"Malformed", "MALFORMED_RESPONSE_CHUNK"}),
                         support::RowName());

TEST_F(ScenarioFault, SparesTheNextRequest) {
  ASSERT_EQ(
      server
          .send("PUT", "/__admin/scenarios/fault",
                R"({"rules": [{"calls": {"to": 1}, "response": {"fault": "EMPTY_RESPONSE"}}]})")
          .status,
      204);
  EXPECT_EQ(end_of().bytes, "");
  EXPECT_EQ(server.get("/v1.0/books/b").status, 200);
}

}  // namespace
}  // namespace graphmock
