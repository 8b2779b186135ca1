// What the operations on messages and mail folders do to a mailbox.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

// "Pricing page, final copy" from Sofia to Nora, in the inbox.
const std::string kMail =
    "AAMkAprepfC15zxMrpBxu9szCnQhbw1MWjTy1yHrK-"
    "hpThiHPetNBGAAAAAAplcDvRnPiPountfTgnfYVqj1LVUKAje9SFKV"
    "TsxPbOjLc3gQ20k-jIO-bW5ehAk3WQEOahyJfnV0azzfAAA=";
const std::string kSubject = "Pricing page, final copy";

class Mail : public testing::Test {
 protected:
  support::RawResponse call(const std::string& path, const std::string& body = "") const {
    return server_.send("POST", "/v1.0/me/" + path, body);
  }
  support::RawResponse call_message(const std::string& action, const std::string& body = "") const {
    return call("messages/" + kMail + "/" + action, body);
  }
  support::RawResponse get(const std::string& path) const {
    return server_.get("/v1.0/me/" + path);
  }
  std::string count(const std::string& path) const { return get(path + "/$count").body; }
  // The id that an answer has, without quotes.
  static std::string id_in(const support::RawResponse& response) {
    const auto id = at(response, "/id");
    return id.substr(1, id.size() - 2);
  }
  std::string folder_id(const std::string& name) const {
    return at(get("mailFolders/" + name), "/id");
  }

  TestServer server_;
};

TEST_F(Mail, IsSentAndSaved) {
  const auto response = call(
      "sendMail",
      R"({"message": {"subject": "Hi", "toRecipients": [{"emailAddress": {"address": "a@b.c"}}]}})");
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(count("mailFolders/sentitems/messages"), "2");
  const auto sent = get("mailFolders/sentitems/messages");
  EXPECT_EQ(at(sent, "/value/1/subject"), R"("Hi")");
  EXPECT_EQ(at(sent, "/value/1/isDraft"), "false");
  EXPECT_EQ(at(sent, "/value/1/sentDateTime"), R"("2026-01-31T12:00:00Z")");
  EXPECT_EQ(at(sent, "/value/1/parentFolderId"), folder_id("sentitems"));
  EXPECT_EQ(at(sent, "/value/1/toRecipients/0/emailAddress/address"), R"("a@b.c")");
  EXPECT_EQ(count("messages"), "11");
}

TEST_F(Mail, IsSentAndNotSavedWhereThatIsSaid) {
  for (const std::string name : {"saveToSentItems", "SaveToSentItems"}) {
    EXPECT_EQ(
        call("sendMail", R"({"Message": {"subject": "Hi"}, ")" + name + R"(": false})").status,
        202);
  }
  EXPECT_EQ(count("messages"), "10");
  EXPECT_EQ(call("sendMail", R"({"message": {"subject": "Hi"}, "saveToSentItems": true})").status,
            202);
  EXPECT_EQ(count("messages"), "11");
}

TEST_F(Mail, IsNotSentWhenItsParametersAreWrong) {
  for (const std::string body :
       {"", "{}", R"({"message": null})", R"({"message": "x"})", R"({"message": {"subject": 1}})",
        R"({"message": {}, "saveToSentItems": "maybe"})", R"({"message": {}, "urgent": true})"}) {
    EXPECT_EQ(call("sendMail", body).status, 400) << body;
  }
  EXPECT_EQ(count("messages"), "10");
}

TEST_F(Mail, IsSentWithItsAttachments) {
  const auto draft = id_in(
      call("messages",
           R"({"subject": "A", "attachments": [{"@odata.type": "#microsoft.graph.fileAttachment",
          "name": "a.txt", "contentBytes": "YQ=="}]})"));
  EXPECT_EQ(call("messages/" + draft + "/send").status, 202);
  EXPECT_EQ(at(server_.get("/v1.0/me/mailFolders/sentitems/"
                           "messages?$filter=subject%20eq%20'A'&$expand=attachments"),
               "/value/0/attachments/0/name"),
            R"("a.txt")");
}

TEST_F(Mail, FolderIsNotMovedIntoItself) {
  const auto folder = id_in(call("mailFolders", R"({"displayName": "F"})"));
  const auto inner =
      id_in(call("mailFolders/" + folder + "/childFolders", R"({"displayName": "G"})"));
  for (const auto& destination : {folder, inner}) {
    EXPECT_EQ(
        call("mailFolders/" + folder + "/move", R"({"destinationId": ")" + destination + "\"}")
            .status,
        400);
  }
  EXPECT_EQ(server_.get("/v1.0/me/mailFolders/" + folder).status, 200);
}

TEST_F(Mail, ThatIsADraftIsSent) {
  const auto draft = id_in(call("messages", R"({"subject": "Later"})"));
  const auto response = call("messages/" + draft + "/send");
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(count("mailFolders/drafts/messages"), "1");
  EXPECT_EQ(at(get("mailFolders/sentitems/messages"), "/value/1/subject"), R"("Later")");
  EXPECT_EQ(at(get("mailFolders/sentitems/messages"), "/value/1/isDraft"), "false");
  EXPECT_EQ(count("messages"), "11");
}

TEST_F(Mail, IsMoved) {
  const auto moved = call_message("move", R"({"destinationId": "archive"})");
  EXPECT_EQ(moved.status, 201);
  EXPECT_EQ(at(moved, "/subject"), '"' + kSubject + '"');
  EXPECT_EQ(at(moved, "/parentFolderId"), folder_id("archive"));
  EXPECT_NE(id_in(moved), kMail);
  EXPECT_EQ(get("messages/" + kMail).status, 404);
  EXPECT_EQ(get("mailFolders/archive/messages/" + id_in(moved)).status, 200);
  EXPECT_EQ(get("mailFolders/inbox/messages/" + id_in(moved)).status, 404);
  EXPECT_EQ(count("mailFolders/inbox/messages"), "4");
  EXPECT_EQ(count("messages"), "10");
}

TEST_F(Mail, IsCopied) {
  const auto folder = folder_id("archive");
  const auto copied = call_message("copy", R"({"DestinationId": )" + folder + "}");
  EXPECT_EQ(copied.status, 201);
  EXPECT_EQ(at(copied, "/parentFolderId"), folder);
  EXPECT_NE(id_in(copied), kMail);
  EXPECT_EQ(get("mailFolders/inbox/messages/" + kMail).status, 200);
  EXPECT_EQ(count("mailFolders/archive/messages"), "2");
  EXPECT_EQ(count("messages"), "11");
}

TEST_F(Mail, KeepsItsAttachmentsWhereverItGoes) {
  call_message("attachments", R"({"@odata.type": "#microsoft.graph.fileAttachment", "name": "a"})");
  const auto moved = id_in(call_message("move", R"({"destinationId": "archive"})"));
  EXPECT_EQ(at(get("messages/" + moved + "/attachments"), "/value/0/name"), R"("a")");
}

TEST_F(Mail, GoesToNoFolderThatIsNotThere) {
  for (const std::string action : {"move", "copy"}) {
    const auto nowhere = call_message(action, R"({"destinationId": "none"})");
    EXPECT_EQ(nowhere.status, 404);
    EXPECT_EQ(at(nowhere, "/error/code"), R"("ErrorItemNotFound")");
    for (const std::string body : {"", "{}", R"({"destinationId": null})",
                                   R"({"destinationId": 1})", R"({"destination": "archive"})"}) {
      const auto response = call_message(action, body);
      EXPECT_EQ(response.status, 400) << action << body;
      EXPECT_NE(at(response, "/error/message").find("estination"), std::string::npos);
    }
  }
  EXPECT_EQ(count("mailFolders/inbox/messages"), "5");
}

TEST_F(Mail, FoldersAreMovedAndCopied) {
  const auto folder = id_in(call("mailFolders", R"({"displayName": "F"})"));
  call("mailFolders/" + folder + "/messages", R"({"subject": "In F"})");
  const auto copied = call("mailFolders/" + folder + "/copy", R"({"destinationId": "inbox"})");
  EXPECT_EQ(copied.status, 201);
  EXPECT_EQ(at(copied, "/displayName"), R"("F")");
  EXPECT_EQ(at(copied, "/parentFolderId"), folder_id("inbox"));
  EXPECT_EQ(count("mailFolders/inbox/childFolders"), "2");
  EXPECT_EQ(at(get("mailFolders/" + id_in(copied) + "/messages"), "/value/0/subject"), R"("In F")");
  EXPECT_EQ(server_.send("DELETE", "/v1.0/me/mailFolders/" + id_in(copied)).status, 204);
  EXPECT_EQ(count("mailFolders/" + folder + "/messages"), "1");
  const auto moved = call("mailFolders/" + folder + "/move", R"({"destinationId": "archive"})");
  EXPECT_EQ(moved.status, 201);
  EXPECT_EQ(get("mailFolders/" + folder).status, 404);
  EXPECT_EQ(at(get("mailFolders/archive/childFolders/" + id_in(moved)), "/displayName"), R"("F")");
  EXPECT_EQ(at(get("mailFolders/" + id_in(moved) + "/messages"), "/value/0/subject"), R"("In F")");
}

TEST_F(Mail, IsAnsweredByADraft) {
  const auto reply = call_message("createReply", R"({"comment": "Thanks"})");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(at(reply, "/subject"), "\"RE: " + kSubject + '"');
  EXPECT_EQ(at(reply, "/isDraft"), "true");
  EXPECT_EQ(at(reply, "/toRecipients/0/emailAddress/address"), R"("sofia.marino@contoso.com")");
  EXPECT_EQ(at(reply, "/toRecipients/1"), "(absent)");
  EXPECT_EQ(at(reply, "/conversationId"), at(get("messages/" + kMail), "/conversationId"));
  EXPECT_TRUE(at(reply, "/body/content").starts_with(R"("Thanks\nHi Nora)"));
  EXPECT_EQ(get("mailFolders/drafts/messages/" + id_in(reply)).status, 200);
  // A reply to a reply has one prefix.
  EXPECT_EQ(at(call("messages/" + id_in(reply) + "/createReply"), "/subject"),
            "\"RE: " + kSubject + '"');
}

TEST_F(Mail, IsAnsweredToAllButOneself) {
  const auto mail = id_in(call("messages", R"({"subject": "All",
    "from": {"emailAddress": {"address": "a@b.c"}},
    "toRecipients": [{"emailAddress": {"address": "nora.lindqvist@contoso.com"}},
                     {"emailAddress": {"address": "d@b.c"}}],
    "ccRecipients": [{"emailAddress": {"address": "e@b.c"}}]})"));
  const auto reply = call("messages/" + mail + "/createReplyAll", "{}");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(at(reply, "/toRecipients"), R"([{"emailAddress":{"address":"a@b.c"}},)"
                                        R"({"emailAddress":{"address":"d@b.c"}}])");
  EXPECT_EQ(at(reply, "/ccRecipients"), R"([{"emailAddress":{"address":"e@b.c"}}])");
}

TEST_F(Mail, IsForwardedByADraft) {
  const auto forward = call_message(
      "createForward",
      R"({"toRecipients": [{"emailAddress": {"address": "a@b.c"}}], "comment": "FYI"})");
  EXPECT_EQ(forward.status, 201);
  EXPECT_EQ(at(forward, "/subject"), "\"FW: " + kSubject + '"');
  EXPECT_EQ(at(forward, "/toRecipients"), R"([{"emailAddress":{"address":"a@b.c"}}])");
  EXPECT_TRUE(at(forward, "/body/content").starts_with(R"("FYI\n)"));
  EXPECT_EQ(count("mailFolders/drafts/messages"), "2");
  const auto own = call_message("createForward", R"({"message": {"subject": "Own words"}})");
  EXPECT_EQ(at(own, "/subject"), R"("Own words")");
}

}  // namespace
}  // namespace graphmock
