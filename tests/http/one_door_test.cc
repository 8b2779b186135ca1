// Whoever brings an entity, it comes by one door: what is nested, copied or derived gets and is
// refused what one is that a POST creates. tests/conformance/nested_create_test.cc goes through
// all types for that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using testing::HasSubstr;

class OneDoor : public testing::Test {
 protected:
  static std::string text(const support::RawResponse& response, std::string_view pointer) {
    const auto json = at(response, pointer);
    return json.size() > 1 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
  }
  support::RawResponse post(const std::string& path, std::string_view body) {
    return server_.send("POST", "/v1.0/me/" + path, body);
  }
  std::string id_of(const support::RawResponse& response) {
    EXPECT_EQ(response.status, 201) << response.body;
    return text(response, "/id");
  }
  std::string folder(const std::string& path, const std::string& name,
                     const std::string& more = "") {
    return id_of(post(path, R"({"displayName":")" + name + "\"" + more + "}"));
  }

  support::TestServer server_;
};

TEST_F(OneDoor, NestedFoldersOfOneNameAreRefused) {
  const auto response = post("mailFolders", R"({"displayName":"T","childFolders":[
      {"displayName":"Same"},{"displayName":"same"}]})");
  EXPECT_EQ(response.status, 409) << response.body;
  EXPECT_EQ(text(server_.get("/v1.0/me/mailFolders?$filter=displayName%20eq%20'T'"), "/value"),
            "[]");
}

TEST_F(OneDoor, AFolderHasItsNameAmongItsSiblingsAlone) {
  const auto one = folder("mailFolders", "One");
  const auto inner = folder("mailFolders/" + one + "/childFolders", "Inner");
  EXPECT_EQ(post("mailFolders/" + one + "/childFolders", R"({"displayName":"Inner"})").status, 409);
  // Names of the top level are free below it, and the other way round.
  folder("mailFolders/" + one + "/childFolders", "One");
  folder("mailFolders", "Inner");
  const auto other = folder("mailFolders/" + one + "/childFolders", "Other");
  for (const std::string& path :
       {"mailFolders/" + other, "mailFolders/" + one + "/childFolders/" + other}) {
    EXPECT_EQ(server_.send("PATCH", "/v1.0/me/" + path, R"({"displayName":"Inner"})").status, 409);
    EXPECT_EQ(server_.send("PATCH", "/v1.0/me/" + path, R"({"displayName":"Other"})").status, 200);
  }
}

TEST_F(OneDoor, ANestedMessageHasItsFolderItsTimesAndItsKey) {
  const auto one = folder("mailFolders", "One", R"(,"messages":[{"subject":"Nested"}])");
  const auto messages = server_.get("/v1.0/me/mailFolders/" + one + "/messages");
  EXPECT_EQ(text(messages, "/value/0/parentFolderId"), one);
  EXPECT_EQ(text(messages, "/value/0/createdDateTime"), "2026-01-31T12:00:00Z");
  EXPECT_EQ(text(messages, "/value/0/lastModifiedDateTime"), "2026-01-31T12:00:00Z");
  EXPECT_NE(text(messages, "/value/0/changeKey"), "(absent)");
}

TEST_F(OneDoor, ANestedTaskNeedsItsTitle) {
  const auto response = post("todo/lists", R"({"displayName":"L","tasks":[{"importance":"low"}]})");
  EXPECT_EQ(response.status, 400) << response.body;
  EXPECT_THAT(text(response, "/error/message"), HasSubstr("'title'"));
  EXPECT_EQ(post("todo/lists", R"({"displayName":"L","tasks":[{"title":"T"}]})").status, 201);
}

TEST_F(OneDoor, AThreadHasTheTopicOfItsConversation) {
  const std::string group =
      text(server_.get("/v1.0/groups?$filter=mailEnabled%20eq%20true"), "/value/0/id");
  const auto of_group = [&](const std::string& path, std::string_view body) {
    return server_.send("POST", "/v1.0/groups/" + group + "/" + path, body);
  };
  const auto conversation = of_group(
      "conversations", R"({"topic":"T","threads":[{"posts":[{"body":{"content":"x"}}]}]})");
  EXPECT_EQ(conversation.status, 201) << conversation.body;
  const auto threads = "/v1.0/groups/" + group + "/conversations/" + text(conversation, "/id");
  EXPECT_EQ(text(server_.get(threads + "/threads"), "/value/0/topic"), "T");
  EXPECT_EQ(of_group("threads", R"({"posts":[{"body":{"content":"x"}}]})").status, 400);
}

TEST_F(OneDoor, ANestedEntityOfAKeyThatIsTakenIs409) {
  EXPECT_EQ(post("todo/lists", R"({"displayName":"L","tasks":[{"id":"t","title":"A"},
                                   {"id":"t","title":"B"}]})")
                .status,
            409);
}

TEST_F(OneDoor, ACopyIsRefusedWhereItsNameIsTaken) {
  const auto one = folder("mailFolders", "One");
  const auto two = folder("mailFolders", "Two");
  folder("mailFolders/" + two + "/childFolders", "One");
  const auto to_two = R"({"destinationId":")" + two + "\"}";
  EXPECT_EQ(post("mailFolders/" + one + "/copy", to_two).status, 409);
  EXPECT_EQ(post("mailFolders/" + one + "/move", to_two).status, 409);
  EXPECT_EQ(server_.get("/v1.0/me/mailFolders/" + one).status, 200) << "nothing has happened";
}

// mailSearchFolder derives from mailFolder.
TEST_F(OneDoor, ADerivedTypeIsAsItsBase) {
  const auto found = id_of(post("mailFolders", R"--({
      "@odata.type": "#microsoft.graph.mailSearchFolder", "displayName": "Found",
      "includeNestedFolders": true, "sourceFolderIds": ["inbox"],
      "filterQuery": "contains(subject,'x')", "messages": [{"subject": "Held"}]})--"));
  const auto held = id_of(post("mailFolders/" + found + "/messages", R"({"subject":"Held too"})"));
  EXPECT_EQ(text(server_.get("/v1.0/me/messages/" + held), "/parentFolderId"), found);
  EXPECT_EQ(server_.send("DELETE", "/v1.0/me/mailFolders/" + found).status, 204);
  EXPECT_EQ(server_.get("/v1.0/me/messages/" + held).status, 404) << "it goes with its folder";
}

}  // namespace
}  // namespace graphmock
