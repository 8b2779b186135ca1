// What a write answers is written after it, off its lock: an answer that looks into the store locks
// neither itself out nor anybody else.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

// The tenant has been written to, so that reads take its lock.
class OpenWrite : public testing::Test {
 protected:
  OpenWrite() {
    server_.send("PATCH", kUser, R"({"identities": [{"issuer": "Megan Bowen"}, {"issuer": "x"}]})");
  }

  const std::string kUser = "/v1.0/me";
  TestServer server_;
};

TEST_F(OpenWrite, AnswersWhatLooksIntoTheStore) {
  for (const auto* select :
       {"?$select=identities($filter=issuer%20eq%20$it/manager/displayName)",
        "?$select=identities($filter=$it/manager/displayName%20ne%20issuer;$count=true)",
        "?$select=id,manager"}) {
    const auto answer = server_.send("PATCH", kUser + select, R"({"jobTitle": "Changed"})",
                                     {{"Prefer", "return=representation"}});
    EXPECT_LT(answer.status, 500) << select << answer.body;
    EXPECT_EQ(server_.get("/v1.0/me?$select=id").status, 200);
  }
  EXPECT_EQ(at(server_.get("/v1.0/me?$select=jobTitle"), "/jobTitle"), "\"Changed\"");
}

TEST_F(OpenWrite, OfEveryKindAnswersWhatLooksIntoTheStore) {
  const auto made = server_.send("POST", "/v1.0/me/messages", R"({"subject": "s"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto id = at(made, "/id");
  const auto message = "/v1.0/me/messages/" + id.substr(1, id.size() - 2);
  for (const auto& [method, target, body] :
       {std::tuple{"POST", message + "/copy", R"({"destinationId": "inbox"})"},
        std::tuple{"POST", message + "/createReply", "{}"},
        std::tuple{"PUT", message + "/subject", R"({"value": "t"})"},
        std::tuple{"PATCH", message, R"({"subject": "u"})"}}) {
    EXPECT_LT(server_.send(method, target, body).status, 500) << target;
  }
  EXPECT_EQ(at(server_.get(message), "/subject"), "\"u\"");
}

}  // namespace
}  // namespace graphmock
