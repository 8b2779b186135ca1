// Whose state a request meets: how a tenant is named, what it keeps to itself, how many there are.
#include <gtest/gtest.h>

#include <string>

#include "library_world.h"
#include "support/test_name.h"

namespace graphmock {
namespace {

using support::at;
using support::RequestHeaders;

// {"tid":"claimed"}, {"tid":""}, {"tid":"no name"}
constexpr std::string_view kClaim = "Bearer eyJhbGciOiJub25lIn0.eyJ0aWQiOiJjbGFpbWVkIn0.";
constexpr std::string_view kNoClaim = "Bearer eyJhbGciOiJub25lIn0.eyJ0aWQiOiIifQ.";
constexpr std::string_view kBadClaim = "Bearer eyJhbGciOiJub25lIn0.eyJ0aWQiOiJubyBuYW1lIn0.";

struct NamedRow {
  std::string_view name;
  std::string_view header, prefix, token;  // empty: none
  std::string_view tenant;                 // that is met
};

class NamedTenant : public testing::TestWithParam<NamedRow> {
 protected:
  // One author a tenant, who has its name.
  static const support::TestServer& server() {
    static const support::TestServer one(support::small_world(kLibrary));
    static const bool is_filled = [] {
      for (const std::string name : {"default", "header", "path", "claimed"}) {
        one.send("PUT", "/__admin/state/v1.0/authors/a", R"({"name": ")" + name + "\"}",
                 {{"X-Mock-Tenant", name}});
      }
      return true;
    }();
    EXPECT_TRUE(is_filled);
    return one;
  }
};

TEST_P(NamedTenant, IsMet) {
  const auto& row = GetParam();
  RequestHeaders headers;
  if (!row.header.empty()) headers.emplace_back("x-mock-tenant", row.header);
  if (!row.token.empty()) headers.emplace_back("Authorization", row.token);
  const auto prefix = std::string(row.prefix);
  const auto answer = server().send("GET", prefix + "/v1.0/authors/a", "", headers);
  EXPECT_EQ(at(answer, "/name"), '"' + std::string(row.tenant) + '"');
  EXPECT_EQ(at(answer, "/@odata.context"),
            '"' + server().origin() + prefix + "/v1.0/$metadata#authors/$entity\"")
      << "links keep the prefix, whatever else names the tenant";
  EXPECT_EQ(
      at(server().send("GET", prefix + "/__admin/state/v1.0/authors/a", "", headers), "/name"),
      '"' + std::string(row.tenant) + '"');
}

constexpr NamedRow kNamed[] = {
    {"Default", "", "", "", "default"},
    {"Header", "header", "", "", "header"},
    {"Path", "", "/t/path", "", "path"},
    {"Claim", "", "", kClaim, "claimed"},
    {"EmptyClaim", "", "", kNoClaim, "default"},
    {"OpaqueToken", "", "", "Bearer x", "default"},
    {"HeaderBeforePath", "header", "/t/path", "", "header"},
    {"HeaderBeforeClaim", "header", "", kClaim, "header"},
    {"PathBeforeClaim", "", "/t/path", kClaim, "path"},
    {"HeaderBeforeAll", "header", "/t/path", kClaim, "header"},
    {"PathOfTheDefault", "", "/t/default", kClaim, "default"},
};

INSTANTIATE_TEST_SUITE_P(Tenant, NamedTenant, testing::ValuesIn(kNamed), support::RowName());

class TenantTest : public Library {
 protected:
  support::RawResponse in(std::string_view tenant, std::string_view method, std::string_view path,
                          std::string_view body = "") {
    return server.send(method, path, body, {{"X-Mock-Tenant", std::string(tenant)}});
  }
};

TEST_F(TenantTest, KeepsItsPrefixInEveryLink) {
  server.send("PUT", "/t/a/__admin/state/v1.0/authors",
              R"({"value": [{"id": "1"}, {"id": "2"}, {"id": "3"}]})");
  const auto page = server.get("/t/a/v1.0/authors?$top=1");
  const auto next = at(page, "/@odata.nextLink");
  const auto origin = server.origin();
  ASSERT_TRUE(next.starts_with('"' + origin + "/t/a/v1.0/authors?")) << next;
  EXPECT_EQ(at(server.get(next.substr(1 + origin.size(), next.size() - 2 - origin.size())),
               "/value/0/id"),
            R"("2")");
  const auto created = server.send("POST", "/t/a/v1.0/authors", R"({"id": "4"})");
  EXPECT_EQ(created.header("Location"), origin + "/t/a/v1.0/authors/4");
}

TEST_F(TenantTest, TakesReferencesThatHaveItsPrefix) {
  const auto to = R"({"@odata.id": ")" + server.origin() + R"(/t/default/v1.0/authors/a9"})";
  EXPECT_EQ(server.send("POST", "/t/default/v1.0/books/b/editors/$ref", to).status, 204);
  EXPECT_EQ(ids("/v1.0/books/b/editors"), "a1 a9");
}

TEST_F(TenantTest, KeepsItsStateToItself) {
  in("a", "PUT", "/__admin/state/v1.0/books/b", R"({"title": "A"})");
  in("a", "PUT", "/__admin/scenarios/down",
     R"({"rules": [{"request": {"method": "GET"}, "response": {"status": 503}}]})");
  in("a", "PUT", "/__admin/clock", R"({"now": "2030-01-01T00:00:00Z"})");
  EXPECT_EQ(in("a", "GET", "/v1.0/books/b").status, 503);
  EXPECT_EQ(in("a", "GET", "/v1.0/books/b").header("Date"), "Tue, 01 Jan 2030 00:00:00 GMT");
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_EQ(server.get("/v1.0/books/b").header("Date"), "Sat, 31 Jan 2026 12:00:00 GMT");
  EXPECT_EQ(in("b", "GET", "/v1.0/books/b").status, 404);
  EXPECT_EQ(in("b", "GET", "/__admin/scenarios").body.find("down"), std::string::npos);
  EXPECT_EQ(in("b", "GET", "/__admin/requests").body.find("503"), std::string::npos);
}

TEST_F(TenantTest, GivesTheSameIdsAsAnyOther) {
  const auto id = [&](std::string_view tenant) {
    return at(in(tenant, "POST", "/v1.0/authors", R"({"name": "x"})"), "/id");
  };
  const auto first = id("a"), second = id("a");
  EXPECT_NE(first, second);
  EXPECT_EQ(id("b"), first);
  EXPECT_EQ(id("b"), second);
}

TEST_F(TenantTest, HasANameOfAFewCharacters) {
  for (const std::string name : {"a", "A-Z.a_z-09", "...", "contoso.onmicrosoft.com"}) {
    EXPECT_EQ(in(name, "GET", "/v1.0/authors").status, 200) << name;
    EXPECT_EQ(server.get("/t/" + name + "/v1.0/authors").status, 200) << name;
  }
  for (const std::string name : {"a b", "a+b", "ä", "a*", "a,b", "a%20b", ""}) {
    const auto refused = in(name, "GET", "/v1.0/authors");
    EXPECT_EQ(refused.status, 400) << name;
    EXPECT_EQ(at(refused, "/error/code"), R"("InvalidName")") << name;
  }
  EXPECT_EQ(server.get("/t/a%20b/v1.0/authors").status, 400);
  EXPECT_EQ(server.get("/t/" + std::string(64, 'x') + "/v1.0/authors").status, 200);
  EXPECT_EQ(server.get("/t/" + std::string(65, 'x') + "/v1.0/authors").status, 400);
  EXPECT_EQ(
      server.send("GET", "/v1.0/authors", "", {{"Authorization", std::string(kBadClaim)}}).status,
      400);
}

TEST_F(TenantTest, HasNothingAtItsPrefixAlone) {
  EXPECT_EQ(server.get("/t/a").status, server.get("/").status);
  EXPECT_EQ(server.get("/t/a/").status, server.get("/").status);
  EXPECT_GE(server.get("/t/a").status, 400);
}

}  // namespace
}  // namespace graphmock
