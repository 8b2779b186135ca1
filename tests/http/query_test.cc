// Query options through HTTP, on the shipped company (SEMANTICS: queries).
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kLaunchGroup = "/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b";

std::string names(const support::RawResponse& response, std::string_view property = "displayName") {
  EXPECT_EQ(response.status, 200) << response.body;
  std::string text;
  const auto body = support::json_of(response);
  const auto* value = base::at_pointer(body, "/value");
  if (!value) return "no value";
  for (const auto& one : value->as_array()) {
    const auto* name = one.as_object().if_contains(property);
    text += (text.empty() ? "" : "|") + (name && name->is_string()
                                             ? std::string(std::string_view(name->get_string()))
                                             : std::string("?"));
  }
  return text;
}

size_t count_of(const support::RawResponse& response) {
  const auto body = support::json_of(response);
  const auto* value = base::at_pointer(body, "/value");
  return value ? value->as_array().size() : 0;
}

void expect_refused(const support::RawResponse& response, std::string_view words) {
  EXPECT_EQ(response.status, 400) << response.body;
  EXPECT_NE(at(response, "/error/message").find(words), std::string::npos) << response.body;
}

TEST(Select, ShowsWhatIsAskedFor) {
  const TestServer server;
  const auto one = server.get("/v1.0/me?$select=displayName,id");
  EXPECT_EQ(at(one, "/displayName"), R"("Nora Lindqvist")");
  EXPECT_EQ(at(one, "/jobTitle"), "(absent)");
  EXPECT_EQ(at(one, "/@odata.context"),
            '"' + server.origin() + "/v1.0/$metadata#users(displayName,id)/$entity\"");
  const auto many = server.get("/v1.0/users?$select=displayName&$top=2");
  EXPECT_EQ(at(many, "/value/0"), R"({"displayName":"Nora Lindqvist"})");
}

TEST(Select, ShowsWhatWasNeverSetAsNull) {
  const TestServer server;
  EXPECT_EQ(at(server.get("/v1.0/me?select=faxNumber"), "/faxNumber"), "null");
}

TEST(Select, GoesIntoComplexProperties) {
  TestServer server;
  server.send("PUT", "/__admin/state/v1.0/users/u",
              R"({"passwordProfile": {"password": "p", "forceChangePasswordNextSignIn": true}})");
  EXPECT_EQ(at(server.get("/v1.0/users/u?$select=passwordProfile/password"), "/passwordProfile"),
            R"({"password":"p"})");
}

TEST(Select, OfAllShowsAll) {
  const TestServer server;
  EXPECT_EQ(at(server.get("/v1.0/me?$select=*"), "/displayName"), R"("Nora Lindqvist")");
}

TEST(Select, OfNothingNamesPropertyAndType) {
  const TestServer server;
  expect_refused(server.get("/v1.0/me/mailFolders?$select=dispalyName"),
                 "'dispalyName' on type 'microsoft.graph.mailFolder'. Did you mean 'displayName'?");
}

TEST(Filter, LeavesWhatMatches) {
  const TestServer server;
  EXPECT_EQ(names(server.get("/v1.0/users?$filter=startswith(displayName,'nora')")),
            "Nora Lindqvist")
      << "among directory objects case does not matter";
  EXPECT_EQ(
      names(server.get("/v1.0/users?$filter=userPrincipalName%20eq%20'ben.carver@contoso.com'")),
      "Ben Carver");
  EXPECT_EQ(names(server.get("/v1.0/users?$filter=displayName%20eq%20'nobody'")), "");
}

TEST(Filter, AsksOfCollectionsAndNavigations) {
  const TestServer server;
  EXPECT_GT(count_of(server.get("/v1.0/groups?$filter=groupTypes/any(c:c%20eq%20'Unified')")), 0u);
  const auto reports =
      names(server.get("/v1.0/users?$filter=manager/displayName%20eq%20'Samir%20Haddad'"));
  EXPECT_NE(reports.find("Nora Lindqvist"), std::string::npos) << reports;
}

TEST(Filter, OfWrongSyntaxSaysWhereAndWhat) {
  const TestServer server;
  const auto response = server.get("/v1.0/users?$filter=displayName%20eqq%20'x'");
  expect_refused(response, "Syntax error at position 12 in 'displayName eqq 'x''");
  EXPECT_NE(at(response, "/error/details/0/message").find('^'), std::string::npos);
}

TEST(Filter, OfAnUnknownPropertyNamesItAndTheType) {
  const TestServer server;
  expect_refused(server.get("/v1.0/me/mailFolders?$filter=oops%20eq%201"),
                 "'oops' on type 'microsoft.graph.mailFolder'");
}

TEST(OrderBy, OrdersNullsFirst) {
  TestServer server;
  for (const std::string_view body : {R"({"id": "b", "displayName": "B"})", R"({"id": "n"})",
                                      R"({"id": "a", "displayName": "a"})"}) {
    server.send("PUT",
                "/__admin/state/v1.0/users/u/contactFolders/" + std::string(body.substr(8, 1)),
                body);
  }
  EXPECT_EQ(names(server.get("/v1.0/users/u/contactFolders?$orderby=displayName"), "id"), "n|a|b");
  EXPECT_EQ(names(server.get("/v1.0/users/u/contactFolders?$orderby=displayName%20desc"), "id"),
            "b|a|n");
}

TEST(OrderBy, OfWhatHasNoOrderIsRefused) {
  const TestServer server;
  expect_refused(server.get("/v1.0/users?$orderby=manager"), "$orderby");
  expect_refused(server.get("/v1.0/users?$orderby=businessPhones"), "$orderby");
}

TEST(Pages, AreFollowedByTheirLinks) {
  const TestServer server;
  std::string all;
  std::string link = "/v1.0/users?$top=7&$select=displayName&$orderby=displayName";
  int pages = 0;
  while (!link.empty() && pages < 10) {
    const auto page = server.get(link);
    all += (pages++ == 0 ? "" : "|") + names(page);
    const auto next = at(page, "/@odata.nextLink");
    if (next == "(absent)") break;
    EXPECT_TRUE(next.starts_with('"' + server.origin() + "/v1.0/users?$top=7&$select=displayName"))
        << next;
    link = next.substr(1 + server.origin().size(), next.size() - 2 - server.origin().size());
  }
  EXPECT_EQ(pages, 4);
  EXPECT_EQ(all, names(server.get("/v1.0/users?$select=displayName&$orderby=displayName")));
}

TEST(Pages, NeitherRepeatNorHideWhatStaysWhileOthersGo) {
  TestServer server;
  const auto first = server.get("/v1.0/users?$top=10");
  const auto last = at(first, "/value/9/id");
  const auto next = at(first, "/@odata.nextLink");
  const auto expected = names(server.get(
      next.substr(1 + server.origin().size(), next.size() - 2 - server.origin().size())));
  server.send("DELETE", "/v1.0/users/" + last.substr(1, last.size() - 2));
  EXPECT_EQ(names(server.get(
                next.substr(1 + server.origin().size(), next.size() - 2 - server.origin().size()))),
            expected);
}

TEST(Pages, OfOutlookHaveTenAndSkip) {
  TestServer server;
  for (int i = 0; i < 3; ++i) server.send("POST", "/v1.0/me/messages", R"({"subject": "x"})");
  const auto first = server.get("/v1.0/me/messages");
  EXPECT_EQ(count_of(first), 10u);
  const auto next = at(first, "/@odata.nextLink");
  EXPECT_TRUE(next.ends_with("&$skip=10\"")) << next;
  EXPECT_EQ(count_of(server.get("/v1.0/me/messages?$skip=10")), 3u);
}

TEST(Pages, AreAsLargeAsTheClientPrefers) {
  const TestServer server;
  EXPECT_EQ(count_of(server.send("GET", "/v1.0/users", "", {{"Prefer", "odata.maxpagesize=3"}})),
            3u);
  EXPECT_EQ(count_of(server.get("/v1.0/users?$top=3&$skip=20")), 3u);
  expect_refused(server.get("/v1.0/users?$top=1000"), "between 1 and 999");
  expect_refused(server.get("/v1.0/users?$top=abc"), "expected a whole number");
  expect_refused(server.get("/v1.0/users?$skiptoken=made-up"), "$skiptoken");
}

TEST(Count, StandsOnTheFirstPageAlone) {
  const TestServer server;
  const auto first =
      server.send("GET", "/v1.0/users?$count=true&$top=5", "", {{"ConsistencyLevel", "eventual"}});
  EXPECT_EQ(at(first, "/@odata.count"), "25");
  const auto next = at(first, "/@odata.nextLink");
  const auto second = server.send(
      "GET", next.substr(1 + server.origin().size(), next.size() - 2 - server.origin().size()), "",
      {{"ConsistencyLevel", "eventual"}});
  EXPECT_EQ(at(second, "/@odata.count"), "(absent)");
}

TEST(Count, AsAPathIsPlainText) {
  const TestServer server;
  const auto response =
      server.send("GET", "/v1.0/users/$count", "", {{"ConsistencyLevel", "eventual"}});
  EXPECT_EQ(response.body, "25");
  EXPECT_EQ(response.header("Content-Type"), "text/plain");
  EXPECT_EQ(server
                .send("GET", "/v1.0/users/$count?$filter=startswith(displayName,'N')", "",
                      {{"ConsistencyLevel", "eventual"}})
                .body,
            "1");
}

struct AdvancedRow {
  std::string_view name;
  std::string_view query;
  std::string_view code;
};

class AdvancedQuery : public testing::TestWithParam<AdvancedRow> {};

TEST_P(AdvancedQuery, OfDirectoryObjectsNeedsItsHeader) {
  const TestServer server;
  const auto& row = GetParam();
  const auto target = "/v1.0/users" + std::string(row.query);
  const auto plain = server.get(target);
  EXPECT_EQ(plain.status, 400) << plain.body;
  EXPECT_EQ(at(plain, "/error/code"), '"' + std::string(row.code) + '"');
  const auto counted = target + (target.find('?') == std::string::npos ? "?" : "&") + "$count=true";
  EXPECT_EQ(server.send("GET", counted, "", {{"ConsistencyLevel", "eventual"}}).status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Query, AdvancedQuery,
    testing::Values(
        AdvancedRow{"Count", "/$count", "Request_BadRequest"},
        AdvancedRow{"Search", "?$search=%22displayName:n%22", "Request_UnsupportedQuery"},
        AdvancedRow{"EndsWith", "?$filter=endswith(mail,'a')", "Request_UnsupportedQuery"},
        AdvancedRow{"NotEqual", "?$filter=mail%20ne%20'a'", "Request_UnsupportedQuery"},
        AdvancedRow{"Not", "?$filter=not(mail%20eq%20'a')", "Request_UnsupportedQuery"},
        AdvancedRow{"FilterWithOrder", "?$filter=mail%20eq%20'a'&$orderby=mail",
                    "Request_UnsupportedQuery"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Count, OfDirectoryObjectsIsLeftOutWithoutItsHeader) {
  const TestServer server;
  const auto response = server.get("/v1.0/users?$count=true");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.count"), "(absent)");
  EXPECT_EQ(at(server.get("/v1.0/me/messages?$count=true"), "/@odata.count"), "10");
}

TEST(Expand, ShowsWhatNavigationsLeadTo) {
  const TestServer server;
  const auto me = server.get("/v1.0/me?$expand=manager");
  EXPECT_EQ(at(me, "/manager/displayName"), R"("Samir Haddad")");
  EXPECT_EQ(at(me, "/manager/@odata.type"), R"("#microsoft.graph.user")");
  const auto group = server.get(std::string(kLaunchGroup) +
                                "?$select=displayName&$expand=members($select=displayName;$top=2)");
  EXPECT_EQ(at(group, "/members/1/id"), "(absent)");
  EXPECT_NE(at(group, "/members/1/displayName"), "(absent)");
  EXPECT_EQ(at(group, "/members/2"), "(absent)");
}

TEST(Expand, TakesItsOwnOptions) {
  const TestServer server;
  const auto group = server.get(
      std::string(kLaunchGroup) +
      "?$expand=members($filter=startswith(displayName,'N');$count=true;$orderby=displayName)");
  EXPECT_EQ(at(group, "/members@odata.count"), "1") << group.body;
  const auto boss = server.get("/v1.0/me?$expand=manager($levels=max;$select=displayName)");
  EXPECT_NE(at(boss, "/manager/manager/displayName"), "(absent)") << boss.body;
  const auto reference = server.get("/v1.0/me?$expand=manager/$ref");
  EXPECT_NE(at(reference, "/manager/@odata.id"), "(absent)") << reference.body;
  EXPECT_EQ(at(reference, "/manager/displayName"), "(absent)");
}

TEST(Expand, CountsWithoutShowing) {
  const TestServer server;
  const auto group = server.get(std::string(kLaunchGroup) + "?$expand=members/$count&$select=id");
  EXPECT_EQ(at(group, "/members@odata.count"), "7");
  EXPECT_EQ(at(group, "/members"), "(absent)");
}

TEST(Filter, ThatDoublesItsTextsWithoutEndIsRefused) {
  const TestServer server;
  std::string query =
      "/v1.0/users?$filter=length(@a1)%20eq%201&@a16='" + std::string(2000, 'x') + "'";
  for (int i = 1; i < 16; ++i) {
    const auto next = "@a" + std::to_string(i + 1);
    query += "&@a" + std::to_string(i) + "=concat(" + next + "," + next + ")";
  }
  EXPECT_EQ(server.get(query).status, 400);
}

TEST(Select, OfWhatIsNotImplementedSaysSo) {
  const TestServer server;
  EXPECT_EQ(server.get("/v1.0/me?$select=businessPhones($filter=$it%20eq%20'1')").status, 501);
  EXPECT_NE(at(server.get("/v1.0/me?$select=microsoft.graph.user"), "/displayName"), "(absent)");
}

TEST(Expand, OfNothingNamesIt) {
  const TestServer server;
  expect_refused(server.get("/v1.0/me/mailFolders?$expand=mesages"), "'mesages'");
  expect_refused(server.get("/v1.0/me/mailFolders?$expand=displayName"), "no navigation property");
}

TEST(Filter, OfDirectoryObjectsKnowsDeclaredAndExtensionProperties) {
  const TestServer server;
  expect_refused(server.get("/v1.0/users?$filter=displayNam%20eq%20'x'"),
                 "'displayNam' on type 'microsoft.graph.user'. Did you mean 'displayName'?");
  expect_refused(server.get("/v1.0/users?$orderby=displayNam"), "'displayNam'");
  expect_refused(server.get(std::string(kLaunchGroup) + "/members?$filter=displayNam%20eq%20'x'"),
                 "'displayNam'");
  for (const auto& collection :
       {std::string("/v1.0/users"), std::string(kLaunchGroup) + "/members"}) {
    EXPECT_EQ(server.get(collection + "?$filter=jobTitle%20eq%20'x'").status, 200) << collection;
    EXPECT_EQ(server.get(collection + "?$filter=extension_b7d8e648_skypeId%20eq%20'x'").status, 200)
        << collection;
  }
}

TEST(Expand, KnowsTheAddressedEntityAndTheRequestsAliases) {
  const TestServer server;
  const std::string group(kLaunchGroup);
  const auto by_name = [&](const std::string& filter) {
    return at(server.get(group + "?$select=id&$expand=members($count=true;$filter=" + filter +
                         ")&@name='Nora%20Lindqvist'&@it=$it"),
              "/members@odata.count");
  };
  EXPECT_EQ(by_name("displayName%20eq%20@name"), "1");
  EXPECT_EQ(by_name("$it/displayName%20eq%20'Launch'"),
            by_name("$it/displayName%20ne%20'Nowhere'%20and%20false"));
  EXPECT_EQ(by_name("startswith($it/displayName,'')"), "7");
  EXPECT_EQ(by_name("displayName%20eq%20$it/displayName"), "0") << "no member is the group";
  EXPECT_EQ(by_name("$it/id%20ne%20$this/id"), "7");
  expect_refused(
      server.get(group + "?$expand=members($filter=$it/nme%20eq%20'x';$select=id)&$select=id"),
      "'nme'");
}

TEST(Expand, OfACastKeepsToItsType) {
  const TestServer server;
  const auto members = server.get(std::string(kLaunchGroup) +
                                  "/members?$expand=microsoft.graph.group/members($select=id)");
  EXPECT_EQ(members.status, 200) << members.body;
  EXPECT_EQ(at(members, "/value/0/members"), "(absent)") << "a user is no group";
}

TEST(Expand, OfAnOpenTypeKnowsItsNavigationsToo) {
  const TestServer server;
  expect_refused(server.get("/v1.0/users?$expand=mangers"), "'mangers'");
}

TEST(Expand, ShowsTwentyDirectoryObjectsAtMost) {
  TestServer server;
  for (int i = 0; i < 25; ++i) {
    const auto user = support::json_of(server.get("/v1.0/users?$select=id&$top=25"));
    const auto& id = user.at("value").at(static_cast<size_t>(i)).at("id").as_string();
    server.send("POST", std::string(kLaunchGroup) + "/members/$ref",
                R"({"@odata.id": "users/)" + std::string(id.data(), id.size()) + "\"}");
  }
  const auto group = support::json_of(server.get(std::string(kLaunchGroup) + "?$expand=members"));
  EXPECT_EQ(group.at("members").as_array().size(), 20u);
}

TEST(SearchOption, FindsWordsOfAProperty) {
  const TestServer server;
  const auto response = server.send("GET", "/v1.0/users?$search=%22displayName:lind%22", "",
                                    {{"ConsistencyLevel", "eventual"}});
  EXPECT_EQ(names(response), "Nora Lindqvist");
  expect_refused(
      server.send("GET", "/v1.0/users?$search=nora", "", {{"ConsistencyLevel", "eventual"}}),
      "property:text");
  EXPECT_GT(count_of(server.get("/v1.0/me/messages?$search=%22pricing%22")), 0u);
  EXPECT_EQ(count_of(server.get("/v1.0/me/messages?$search=%22nowhere-in-it%22")), 0u);
}

TEST(Options, ThatAreUnknownOrRepeatedAreRefused) {
  const TestServer server;
  expect_refused(server.get("/v1.0/users?$frobnicate=1"), "$frobnicate");
  expect_refused(server.get("/v1.0/users?$top=1&$top=2"), "$top");
  EXPECT_EQ(server.get("/v1.0/users?custom=x").status, 200);
  expect_refused(server.get("/v1.0/me?$filter=id%20eq%20'x'"), "$filter");
}

TEST(Options, OfWhatIsAnsweredWholeAreNamed) {
  const TestServer server;
  EXPECT_EQ(server.get("/v1.0/me/passwordProfile?$select=password").status, 501);
}

TEST(CalendarView, KeepsTheEventsOfItsWindow) {
  TestServer server;
  const auto post = [&](std::string_view subject, std::string_view start, std::string_view end) {
    const auto time = [](std::string_view when) {
      return R"({"dateTime": ")" + std::string(when) + R"(", "timeZone": "UTC"})";
    };
    EXPECT_EQ(server
                  .send("POST", "/v1.0/me/events",
                        R"({"subject": ")" + std::string(subject) + R"(", "start": )" +
                            time(start) + R"(, "end": )" + time(end) + "}")
                  .status,
              201);
  };
  post("in", "2031-05-02T10:00:00", "2031-05-02T11:00:00");
  post("over", "2031-05-01T23:00:00", "2031-05-02T01:00:00");
  post("out", "2031-05-03T00:00:00", "2031-05-03T01:00:00");
  EXPECT_EQ(names(server.get("/v1.0/me/calendarView?startDateTime=2031-05-02T00:00:00Z"
                             "&endDateTime=2031-05-03T00:00:00Z"),
                  "subject"),
            "in|over");
  expect_refused(server.get("/v1.0/me/calendarView"), "time window");
  expect_refused(server.get("/v1.0/me/calendarView/$count"), "time window");
  expect_refused(server.get("/v1.0/me/calendarView?startDateTime=soon&endDateTime=2031-01-01"),
                 "startDateTime");
}

}  // namespace
}  // namespace graphmock
