// What the operations on directory objects answer and do.
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

const std::string kNora = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
const std::string kBen = "df0e7944-3fb2-4b87-8535-5228187ffd40";
const std::string kLaunch = "f1c22291-521e-4b9b-8211-ec8709c7e18b";
const std::string kEngineering = "c9a97915-2c09-4f42-854e-82fb3887dfe5";
const std::string kVpn = "8bc02100-3812-4b4e-9ce7-7d2ee47442bd";  // holds Engineering
const std::string kSku = "11111111-1111-1111-1111-111111111111";

std::string quoted(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "\"" : ",\"") + text + '"';
  return "[" + list + "]";
}

class DirectoryOperation : public testing::Test {
 protected:
  support::RawResponse post(const std::string& path, const std::string& body = "") const {
    return server_.send("POST", "/v1.0/" + path, body);
  }
  std::string value(const std::string& path, const std::string& body) const {
    const auto response = post(path, body);
    EXPECT_EQ(response.status, 200) << response.body;
    return at(response, "/value");
  }
  static std::string ids_in(const support::RawResponse& response) {
    std::string ids;
    const auto body = support::json_of(response);
    for (const auto& one : body.at("value").as_array()) ids += base::to_json(one.at("id"));
    return ids;
  }

  TestServer server_;
};

TEST_F(DirectoryOperation, GetByIdsGivesThemInTheOrderAskedForOnce) {
  const auto response = post("directoryObjects/getByIds",
                             R"({"ids": )" + quoted({kLaunch, "none", kNora, kLaunch}) + "}");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(ids_in(response), '"' + kLaunch + "\"\"" + kNora + '"');
  EXPECT_EQ(at(response, "/value/0/@odata.type"), R"("#microsoft.graph.group")");
  EXPECT_EQ(at(response, "/value/1/@odata.type"), R"("#microsoft.graph.user")");
  EXPECT_EQ(value("directoryObjects/getByIds", R"({"ids": ["none"]})"), "[]");
  EXPECT_EQ(ids_in(post("users/getByIds", R"({"ids": )" + quoted({kNora}) + "}")),
            '"' + kNora + '"');
}

TEST_F(DirectoryOperation, GetByIdsGivesTheTypesAskedFor) {
  const auto ids = R"({"ids": )" + quoted({kLaunch, kNora}) + R"(, "types": )";
  for (const std::string type : {"user", "User", "microsoft.graph.user"}) {
    EXPECT_EQ(ids_in(post("directoryObjects/getByIds", ids + quoted({type}) + "}")),
              '"' + kNora + '"')
        << type;
  }
  EXPECT_EQ(ids_in(post("directoryObjects/getByIds", ids + quoted({"group", "device"}) + "}")),
            '"' + kLaunch + '"');
  EXPECT_EQ(value("directoryObjects/getByIds", ids + quoted({"device"}) + "}"), "[]");
}

TEST_F(DirectoryOperation, GetByIdsTakesAThousandAtMost) {
  const std::vector<std::string> thousand(1000, kNora);
  EXPECT_EQ(ids_in(post("directoryObjects/getByIds", R"({"ids": )" + quoted(thousand) + "}")),
            '"' + kNora + '"');
  auto more = thousand;
  more.push_back(kLaunch);
  const auto response = post("directoryObjects/getByIds", R"({"ids": )" + quoted(more) + "}");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/code"), R"("Request_BadRequest")");
  EXPECT_EQ(at(response, "/error/message"),
            R"("'ids' has 1001 ids. At most 1000 are taken at once.")");
}

TEST_F(DirectoryOperation, ChecksMembershipThroughGroups) {
  const auto ids = quoted({kVpn, kEngineering, "none"});
  EXPECT_EQ(value("users/" + kBen + "/checkMemberGroups", R"({"groupIds": )" + ids + "}"),
            quoted({kEngineering, kVpn}));
  EXPECT_EQ(value("users/" + kBen + "/checkMemberObjects", R"({"ids": )" + ids + "}"),
            quoted({kEngineering, kVpn}));
  EXPECT_EQ(value("groups/" + kEngineering + "/checkMemberGroups", R"({"groupIds": )" + ids + "}"),
            quoted({kVpn}));
  EXPECT_EQ(value("me/checkMemberGroups", R"({"groupIds": )" + quoted({kEngineering}) + "}"), "[]");
  // What is no longer so is not answered.
  server_.send("DELETE", "/v1.0/groups/" + kVpn + "/members/" + kEngineering + "/$ref");
  EXPECT_EQ(value("users/" + kBen + "/checkMemberGroups", R"({"groupIds": )" + ids + "}"),
            quoted({kEngineering}));
}

TEST_F(DirectoryOperation, ListsMembershipThroughGroups) {
  EXPECT_EQ(
      value("groups/" + kEngineering + "/getMemberGroups", R"({"securityEnabledOnly": false})"),
      quoted({kVpn}));
  const auto all = value("users/" + kBen + "/getMemberGroups", "{}");
  EXPECT_NE(all.find(kVpn), std::string::npos) << "through Engineering";
  EXPECT_NE(all.find(kLaunch), std::string::npos);
  const auto security =
      value("users/" + kBen + "/getMemberGroups", R"({"securityEnabledOnly": true})");
  EXPECT_NE(security.find(kVpn), std::string::npos);
  EXPECT_EQ(security.find(kLaunch), std::string::npos);
}

TEST_F(DirectoryOperation, ListsWhatIsNoGroupOnlyAmongObjects) {
  const auto role = at(server_.get("/v1.0/directoryRoles"), "/value/0/id");
  const auto id = role.substr(1, role.size() - 2);
  server_.send("POST", "/v1.0/directoryRoles/" + id + "/members/$ref",
               R"({"@odata.id": "groups/)" + kVpn + "\"}");
  EXPECT_NE(value("users/" + kBen + "/getMemberObjects", "{}").find(id), std::string::npos);
  EXPECT_EQ(value("users/" + kBen + "/getMemberGroups", "{}").find(id), std::string::npos);
  EXPECT_EQ(value("users/" + kBen + "/checkMemberObjects", R"({"ids": )" + quoted({id}) + "}"),
            quoted({id}));
  EXPECT_EQ(value("users/" + kBen + "/checkMemberGroups", R"({"groupIds": )" + quoted({id}) + "}"),
            "[]");
}

TEST_F(DirectoryOperation, NeedsItsParameters) {
  const std::vector<std::pair<std::string, std::string>> kCalls = {
      {"directoryObjects/getByIds", "ids"},
      {"me/checkMemberGroups", "groupIds"},
      {"me/checkMemberObjects", "ids"}};
  for (const auto& [path, parameter] : kCalls) {
    for (const auto& body : std::vector<std::string>{"", "{}", "{\"" + parameter + "\": null}",
                                                     "{\"" + parameter + "\": \"x\"}",
                                                     "{\"" + parameter + "\": [1]}"}) {
      const auto response = post(path, body);
      EXPECT_EQ(response.status, 400) << path << body;
      EXPECT_EQ(at(response, "/error/code"), R"("Request_BadRequest")") << path << body;
      EXPECT_NE(at(response, "/error/message").find("'" + parameter + "'"), std::string::npos)
          << response.body;
    }
  }
}

TEST_F(DirectoryOperation, RestoresWhatWasDeletedWithAllThatItHad) {
  const auto messages = server_.get("/v1.0/users/" + kBen + "/messages").body;
  EXPECT_EQ(server_.send("DELETE", "/v1.0/users/" + kBen).status, 204);
  EXPECT_EQ(server_.get("/v1.0/users/" + kBen).status, 404);
  const auto deleted = server_.get("/v1.0/directory/deletedItems/" + kBen);
  EXPECT_EQ(at(deleted, "/displayName"), R"("Ben Carver")");
  EXPECT_EQ(at(deleted, "/deletedDateTime"), R"("2026-01-31T12:00:00Z")");
  EXPECT_EQ(server_.count("/v1.0/directory/deletedItems/microsoft.graph.user/$count"), "1");
  EXPECT_EQ(server_.count("/v1.0/directory/deletedItems/microsoft.graph.group/$count"), "0");

  const auto restored = post("directory/deletedItems/" + kBen + "/restore");
  EXPECT_EQ(restored.status, 200);
  EXPECT_EQ(at(restored, "/@odata.type"), R"("#microsoft.graph.user")");
  EXPECT_EQ(at(restored, "/id"), '"' + kBen + '"');
  EXPECT_EQ(at(restored, "/deletedDateTime"), "(absent)");
  EXPECT_EQ(server_.count("/v1.0/directory/deletedItems/$count"), "0");
  EXPECT_EQ(server_.get("/v1.0/users/" + kBen + "/messages").body, messages);
}

TEST_F(DirectoryOperation, RestoresNothingThatIsNotDeleted) {
  const auto response = post("directoryObjects/" + kBen + "/restore");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/message"),
            "\"'" + kBen + "' is not deleted: there is nothing to restore.\"");
  EXPECT_EQ(server_.get("/v1.0/users/" + kBen).status, 200);
}

class License : public DirectoryOperation {
 protected:
  support::RawResponse assign(const std::string& added, const std::string& removed,
                              const std::string& to = "users/" + kBen) const {
    return post(to + "/assignLicense",
                R"({"addLicenses": )" + added + R"(, "removeLicenses": )" + removed + "}");
  }
  std::string licenses() const {
    std::string skus;
    const auto body = support::json_of(server_.get("/v1.0/users/" + kBen + "/assignedLicenses"));
    for (const auto& one : body.at("value").as_array()) skus += base::to_json(one.at("skuId"));
    return skus;
  }
  const std::string added_ = R"([{"skuId": ")" + kSku + R"(", "disabledPlans": []}])";
};

TEST_F(License, IsAddedOnceAndRemoved) {
  const auto before = licenses();
  const auto added = assign(added_, "[]");
  EXPECT_EQ(added.status, 200);
  EXPECT_EQ(at(added, "/id"), '"' + kBen + '"');
  EXPECT_EQ(licenses(), before + '"' + kSku + '"');
  assign(added_, "[]");
  EXPECT_EQ(licenses(), before + '"' + kSku + '"');
  EXPECT_EQ(assign("[]", quoted({kSku})).status, 200);
  EXPECT_EQ(licenses(), before);
}

TEST_F(License, ThatIsNotAssignedIsNotRemoved) {
  const auto before = licenses();
  const auto response =
      assign(R"([{"skuId": "22222222-2222-2222-2222-222222222222"}])", quoted({kSku}));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/code"), R"("Request_BadRequest")");
  EXPECT_EQ(at(response, "/error/message"),
            "\"The license '" + kSku + "' is not assigned and cannot be removed.\"");
  EXPECT_EQ(licenses(), before);
}

TEST_F(License, HasParametersOfTheirTypes) {
  for (const auto& [added, removed, named] :
       std::vector<std::array<std::string, 3>>{{"null", "[]", "'addLicenses'"},
                                               {"{}", "[]", "'addLicenses'"},
                                               {R"([{"skuId": 7}])", "[]", "'skuId'"},
                                               {R"([{"sku": "x"}])", "[]", "'sku'"},
                                               {"[]", R"(["x"])", "'removeLicenses'"}}) {
    const auto response = assign(added, removed);
    EXPECT_EQ(response.status, 400) << added << removed;
    EXPECT_NE(at(response, "/error/message").find(named), std::string::npos) << response.body;
  }
}

TEST_F(License, OfAGroupIsAssignedLater) {
  EXPECT_EQ(assign(added_, "[]", "groups/" + kLaunch).status, 202);
  EXPECT_EQ(at(server_.get("/v1.0/groups/" + kLaunch + "/assignedLicenses"), "/value/0/skuId"),
            '"' + kSku + '"');
}

}  // namespace
}  // namespace graphmock
