// Page sequences (PRO 11.2.6.7): followed by their links they show every entity once, whatever is
// made or deleted meanwhile, and whatever order, filter and family they have.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "support/temporary_folder.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::json_of;
using support::TestServer;

// The path of a page's next link; empty when it has none.
std::string next_of(const TestServer& server, const support::RawResponse& page) {
  const auto link = at(page, "/@odata.nextLink");
  if (link == "(absent)") return {};
  return link.substr(1 + server.origin().size(), link.size() - 2 - server.origin().size());
}

std::vector<std::string> ids_of(const support::RawResponse& page) {
  std::vector<std::string> ids;
  const auto body = json_of(page);
  for (const auto& one : body.at("value").as_array()) {
    const auto& id = one.at("id").as_string();
    ids.emplace_back(id.data(), id.size());
  }
  return ids;
}

struct Sequence {
  std::string_view name, collection, options;
};

class PageSequence : public testing::TestWithParam<Sequence> {
 protected:
  std::string create(int number) {
    const auto suffix = std::to_string(number);
    const bool is_user = GetParam().collection == "users";
    // Every third has no job and every second shares its.
    const auto job =
        number % 3 == 0 ? "" : R"(, "jobTitle": "job)" + std::to_string(number / 2) + "\"";
    const auto body =
        is_user
            ? R"({"displayName": "User )" + suffix + R"(", "mailNickname": "m)" + suffix +
                  R"(", "userPrincipalName": "page)" + suffix +
                  R"(@contoso.com", "accountEnabled": true, "passwordProfile": {"password": "x"})" +
                  job + "}"
            : R"({"subject": "Mail )" + std::to_string(number % 5) + R"(", "importance": "high"})";
    const auto made = server_.send("POST", "/v1.0/" + std::string(GetParam().collection), body);
    EXPECT_EQ(made.status, 201) << made.body;
    const auto id = at(made, "/id");
    return id.substr(1, id.size() - 2);
  }
  void remove(const std::string& id) {
    EXPECT_EQ(
        server_.send("DELETE", "/v1.0/" + std::string(GetParam().collection) + "/" + id).status,
        204);
  }

  TestServer server_;
};

TEST_P(PageSequence, ShowsWhatStaysOnceWhateverComesAndGoes) {
  std::mt19937 random(11);
  int number = 0;
  for (int i = 0; i < 15; ++i) create(number++);
  const auto address =
      "/v1.0/" + std::string(GetParam().collection) + "?" + std::string(GetParam().options);
  std::vector<std::string> all;
  for (auto link = address; !link.empty();) {
    const auto page = server_.get(link);
    ASSERT_EQ(page.status, 200) << page.body;
    for (auto& id : ids_of(page)) all.push_back(id);
    link = next_of(server_, page);
  }
  ASSERT_EQ(std::set(all.begin(), all.end()).size(), all.size());
  ASSERT_GT(all.size(), 15u);

  std::set<std::string> gone;
  std::vector<std::string> seen;
  for (auto link = address; !link.empty();) {
    const auto page = server_.get(link);
    for (auto& id : ids_of(page)) seen.push_back(id);
    link = next_of(server_, page);
    create(number++);
    for (int i = 0; i < 3; ++i) {
      const auto& id = all[random() % all.size()];
      if (gone.insert(id).second) remove(id);
    }
  }
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), seen.size()) << "something is repeated";
  std::vector<std::string> stayed;
  for (const auto& id : all) {
    if (!gone.contains(id)) stayed.push_back(id);
  }
  std::erase_if(seen, [&](const std::string& id) {
    return gone.contains(id) || std::find(all.begin(), all.end(), id) == all.end();
  });
  EXPECT_EQ(seen, stayed);
}

INSTANTIATE_TEST_SUITE_P(
    Collections, PageSequence,
    testing::Values(Sequence{"InTheirOwnOrder", "users", "$top=4&$select=id"},
                    Sequence{"ByName", "users", "$top=4&$select=id&$orderby=displayName"},
                    Sequence{"ByNullsAndEqualsDescending", "users",
                             "$top=4&$select=id&$orderby=jobTitle%20desc,accountEnabled"},
                    Sequence{"Filtered", "users",
                             "$top=3&$select=id&$filter=startswith(displayName,'User')%20or%"
                             "20startswith(displayName,'N')"},
                    Sequence{"LookedUp", "users",
                             "$top=3&$select=id&$filter=usageLocation%20eq%20null"},
                    Sequence{"OfOutlook", "me/messages", "$select=id"},
                    Sequence{"OfOutlookByDate", "me/messages",
                             "$top=3&$select=id&$orderby=subject,createdDateTime%20desc"}),
    support::RowName());

TEST(PageOfOutlook, CountsOnceAndTellsHowFarItIs) {
  const TestServer server;
  const auto first = server.get("/v1.0/me/messages?$count=true&$top=2&$skip=1");
  const auto second = server.get(next_of(server, first));
  EXPECT_NE(at(first, "/@odata.count"), "(absent)");
  EXPECT_EQ(at(second, "/@odata.count"), "(absent)");
  EXPECT_TRUE(next_of(server, first).ends_with("$skip=3")) << next_of(server, first);
  EXPECT_TRUE(next_of(server, second).ends_with("$skip=5")) << next_of(server, second);
}

TEST(PageOfAClosure, LosesNobodyWhenAnotherGoes) {
  const TestServer server;
  const std::string group = "/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b";
  const auto address = group + "/transitiveMembers?$select=id&$top=2";
  std::vector<std::string> all;
  for (auto link = address; !link.empty();) {
    const auto page = server.get(link);
    for (auto& id : ids_of(page)) all.push_back(id);
    link = next_of(server, page);
  }
  const auto first = server.get(address);
  EXPECT_EQ(server.send("DELETE", "/v1.0/users/" + all[0]).status, 204);
  auto seen = ids_of(first);
  for (auto link = next_of(server, first); !link.empty();) {
    const auto page = server.get(link);
    for (auto& id : ids_of(page)) seen.push_back(id);
    link = next_of(server, page);
  }
  EXPECT_EQ(seen, all);
}

TEST(PageInAnOrder, OfLongTextsHasALinkThatCanBeFollowed) {
  const TestServer server;
  for (const std::string last : {"b", "a"}) {
    const auto subject = std::string(20'000, 'x') + last;
    server.send("POST", "/v1.0/me/messages", R"({"subject": ")" + subject + "\"}");
  }
  std::vector<std::string> seen;
  for (std::string link = "/v1.0/me/messages?$orderby=subject%20desc&$top=1&$select=id";
       !link.empty();) {
    const auto page = server.get(link);
    ASSERT_EQ(page.status, 200) << page.body;
    for (auto& id : ids_of(page)) seen.push_back(id);
    link = next_of(server, page);
  }
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), seen.size());
  EXPECT_EQ(seen.size(), std::stoul(server.get("/v1.0/me/messages/$count").body));
}

// A collection so long that values are looked up in an index.
class LongCollection : public testing::Test {
 protected:
  LongCollection() {
    std::string lines;
    for (int i = 0; i < 200; ++i) {
      const auto number = std::to_string(i);
      lines += R"({"id":"00000000-0000-4000-8000-000000000)" + std::string(3 - number.size(), '0') +
               number + R"(","displayName":"User )" + number + R"(","userPrincipalName":"u)" +
               number + R"(@contoso.com","jobTitle":"Job)" + std::to_string(i % 50) + "\"}\n";
    }
    folder_.write("users.jsonl", lines);
    auto options = support::shipped_options();
    options.fixtures = folder_.path();
    server_.emplace(options);
  }
  std::string names(const std::string& filter) const {
    std::string names;
    const auto page = server_->get("/v1.0/users?$select=displayName&$filter=" + filter);
    const auto body = json_of(page);
    for (const auto& one : body.at("value").as_array()) {
      const auto& name = one.at("displayName").as_string();
      names += (names.empty() ? "" : "|") + std::string(name.data(), name.size());
    }
    return names;
  }
  int patch(const std::string& user, const std::string& body) const {
    return server_->send("PATCH", "/v1.0/users/" + user, body).status;
  }

  support::TemporaryFolder folder_;
  std::optional<TestServer> server_;
};

TEST_F(LongCollection, FindsAValueAsItIsNow) {
  EXPECT_EQ(names("jobTitle%20eq%20'job7'"), "User 7|User 57|User 107|User 157");
  EXPECT_EQ(names("jobTitle%20eq%20'job7'%20and%20startswith(displayName,'User%201')"),
            "User 107|User 157");
  EXPECT_EQ(patch("u57@contoso.com", R"({"jobTitle": "Other"})"), 204);
  EXPECT_EQ(patch("u3@contoso.com", R"({"jobTitle": "Job7"})"), 204);
  EXPECT_EQ(server_->send("DELETE", "/v1.0/users/u107@contoso.com").status, 204);
  EXPECT_EQ(names("jobTitle%20eq%20'Job7'"), "User 3|User 7|User 157");
  EXPECT_EQ(names("jobTitle%20eq%20'other'"), "User 57");
  EXPECT_EQ(patch("u57@contoso.com", R"({"userPrincipalName": "U58@contoso.com"})"), 400)
      << "somebody has it";
  EXPECT_EQ(patch("u57@contoso.com", R"({"userPrincipalName": "new@contoso.com"})"), 204);
  EXPECT_EQ(server_->get("/v1.0/users/u57@contoso.com").status, 404);
  EXPECT_EQ(names("userPrincipalName%20eq%20'NEW@contoso.com'"), "User 57");
}

TEST_F(LongCollection, HasItsPagesOfWhatIsLookedUp) {
  auto link = std::string("/v1.0/users?$top=1&$select=displayName&$filter=jobTitle%20eq%20'Job8'");
  std::string all;
  while (!link.empty()) {
    const auto page = server_->get(link);
    all += at(page, "/value/0/displayName");
    link = next_of(*server_, page);
  }
  EXPECT_EQ(all, R"("User 8""User 58""User 108""User 158")");
}

// A collection is gone through some at a time: first 128, then ever more. None is lost between.
TEST(CollectionInBites, IsGoneThroughWhole) {
  const auto number_of = [](int number) { return std::to_string(100'000 + number); };
  const auto world = [] {
    return support::small_world(R"xml(
<EntityType Name="page">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="kind" Type="Edm.String"/>
</EntityType>
<EntityContainer Name="Container"><EntitySet Name="pages" EntityType="graph.page"/></EntityContainer>
)xml");
  };
  constexpr int kCount = 1200;  // more than three bites
  std::string pages = R"({"value":[)";
  for (int i = 0; i < kCount; ++i) {
    pages += (i == 0 ? R"({"id":")" : R"(,{"id":")") + number_of(i) + R"(","kind":"a"})";
  }
  const TestServer server(world());
  ASSERT_EQ(server.send("PUT", "/__admin/state/v1.0/pages", pages + "]}").status, 200);
  const auto expect_all = [&](const std::string& what) {
    std::vector<std::string> expected, ids;
    for (int i = 0; i < kCount; ++i) expected.push_back(number_of(i));
    for (std::string path = "/v1.0/pages?$top=999" + what; !path.empty();) {
      const auto page = server.get(path);
      ASSERT_EQ(page.status, 200) << page.body;
      for (auto& id : ids_of(page)) ids.push_back(std::move(id));
      path = next_of(server, page);
    }
    EXPECT_EQ(ids, expected) << what;
  };
  const auto expect_whole = [&] {
    expect_all("");
    expect_all("&$filter=startswith(kind,'a')");
    expect_all("&$orderby=id");
    EXPECT_EQ(server.get("/v1.0/pages/$count").body, std::to_string(kCount));
  };
  expect_whole();
  // The same as fixtures.
  ASSERT_EQ(server.send("PUT", "/__admin/state", server.get("/__admin/state").body).status, 204);
  expect_whole();
}

}  // namespace
}  // namespace graphmock
