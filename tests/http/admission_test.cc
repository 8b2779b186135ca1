// Who may ask: hosts, origins and the token, of the control plane and of Graph.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::RawResponse;
using support::TestServer;

// With exactly these header lines.
RawResponse ask(const TestServer& server, const std::string& request_line,
                const std::string& headers) {
  return support::exchange(server.port(), request_line + " HTTP/1.1\r\n" + headers + "\r\n");
}

bool has_cors_header(const RawResponse& response) {
  for (const auto& [name, value] : response.headers) {
    if (name.starts_with("Access-Control-")) return true;
  }
  return false;
}

TEST(Admission, OfTheControlPlaneIsByHost) {
  const TestServer server;
  for (const std::string path : {"/__admin/scenarios", "/t/mine/__admin/scenarios"}) {
    EXPECT_EQ(ask(server, "GET " + path, "Host: localhost:8080\r\n").status, 200);
    const auto refused = ask(server, "GET " + path, "Host: rebound.example.com\r\n");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(at(refused, "/error/code"), R"("Forbidden")");
    EXPECT_NE(at(refused, "/error/message").find("--allow-host rebound.example.com"),
              std::string::npos);
    EXPECT_EQ(ask(server, "GET " + path, "Host: graph.microsoft.com\r\n").status, 403);
  }
}

TEST(Admission, ChangesNothingWhenItRefuses) {
  const TestServer server;
  const std::string put = "PUT /__admin/scenarios/throttle-updates";
  EXPECT_EQ(ask(server, put, "Host: rebound.example.com\r\n").status, 403);
  EXPECT_EQ(ask(server, put, "Host: localhost\r\nOrigin: https://example.com\r\n").status, 403);
  EXPECT_EQ(ask(server, put, "Host: localhost\r\nOrigin: null\r\n").status, 403);
  const auto is_active = [&server] {
    return server.get("/__admin/scenarios").body.find(R"("active":true)") != std::string::npos;
  };
  EXPECT_FALSE(is_active());
  EXPECT_EQ(ask(server, put, "Host: localhost\r\nOrigin: http://localhost\r\n").status, 204);
  EXPECT_TRUE(is_active());
}

TEST(Admission, OfTheControlPlaneLeavesPagesNoWay) {
  const TestServer server;
  const std::string preflight = "Access-Control-Request-Method: POST\r\n";
  for (const std::string origin : {"https://example.com", "http://localhost", "null"}) {
    const std::string headers = "Host: localhost\r\nOrigin: " + origin + "\r\n";
    const auto refused = ask(server, "OPTIONS /__admin/reset", headers + preflight);
    EXPECT_GE(refused.status, 400) << origin;
    EXPECT_FALSE(has_cors_header(refused)) << origin;
    EXPECT_FALSE(has_cors_header(ask(server, "GET /__admin/health", headers))) << origin;
  }
}

// Of images, scripts and links no Origin is sent.
TEST(Admission, OfTheControlPlaneIsByWhatABrowserSaysOfThePage) {
  const TestServer server;
  const auto status = [&](const std::string& path, const std::string& site) {
    return ask(server, "GET " + path, "Host: localhost\r\nSec-Fetch-Site: " + site + "\r\n").status;
  };
  for (const std::string path :
       {"/__admin/health", "/__admin/requests", "/t/a/__admin/state", "/__admin/metrics"}) {
    for (const std::string site : {"cross-site", "same-site", "Cross-Site", "", "anything"}) {
      EXPECT_EQ(status(path, site), 403) << path << ' ' << site;
    }
    EXPECT_EQ(status(path, "none"), 200) << path;
    EXPECT_EQ(status(path, "same-origin"), 200) << path;
  }
  EXPECT_EQ(status("/v1.0/me", "cross-site"), 200);
}

TEST(Admission, OfGraphRefusesNamesThatMayHaveBeenRebound) {
  const TestServer server;
  for (const std::string host :
       {"localhost", "graphmock:8080", "192.0.2.7", "[::1]:80", "graph.microsoft.com"}) {
    EXPECT_EQ(ask(server, "GET /v1.0/me", "Host: " + host + "\r\n").status, 200) << host;
  }
  const auto refused = ask(server, "GET /v1.0/me", "Host: rebound.example.com\r\n");
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(at(refused, "/error/message").find("--allow-host"), std::string::npos);
  EXPECT_EQ(support::exchange(server.port(), "GET /v1.0/me HTTP/1.0\r\n\r\n").status, 200);
}

TEST(Admission, IsGivenByAllowHost) {
  auto options = support::shipped_options();
  options.allowed_hosts = {"mock.example.com"};
  const TestServer server(options);
  EXPECT_EQ(ask(server, "GET /v1.0/me", "Host: mock.example.com:8080\r\n").status, 200);
  EXPECT_EQ(ask(server, "GET /__admin/health", "Host: mock.example.com:8080\r\n").status, 200);
  EXPECT_EQ(ask(server, "GET /__admin/health", "Host: example.com\r\n").status, 403);
}

TEST(Admission, RefusesAHostThatIsNone) {
  const TestServer server;
  for (const std::string headers :
       {"Host: a@localhost\r\n", "Host: localhost:x\r\n", "Host: a\r\nHost: b\r\n", "",
        "Host: [::1\r\n", "Host: a,b\r\n", "Host: a\x01\r\n"}) {
    EXPECT_EQ(ask(server, "GET /v1.0/me", headers).status, 400) << headers;
    EXPECT_EQ(ask(server, "GET /__admin/scenarios", headers).status, 400) << headers;
  }
}

TEST(Admission, OfTheControlPlaneIsByTheTokenWhereOneIsSet) {
  auto options = support::shipped_options();
  options.admin_token = "sesame";
  const TestServer server(options);
  const auto refused = server.send("POST", "/__admin/reset");
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(refused.header("WWW-Authenticate").value_or("").starts_with("Bearer"));
  EXPECT_EQ(server.send("POST", "/t/a/__admin/reset", "", {{"Authorization", "Bearer no"}}).status,
            401);
  EXPECT_EQ(server.send("POST", "/__admin/reset", "", {{"Authorization", "Bearer sesame"}}).status,
            204);
  EXPECT_EQ(server.get("/__admin/health").status, 200);
  EXPECT_EQ(server.send("POST", "/__admin/health").status, 401);
  EXPECT_EQ(server.get("/v1.0/me").status, 200);
  support::RawClient client(server.port());
  client.send("HEAD /__admin/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.read_response("HEAD").status, 200);
  client.send("HEAD /__admin/state HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.read_response("HEAD").status, 401);
}

TEST(Head, IsGetWithoutABodyWhereThereIsAGet) {
  const TestServer server;
  for (const std::string target :
       {"/__admin/health", "/__admin/scenarios", "/t/a/__admin/requests", "/__admin/clock",
        "/common/v2.0/.well-known/openid-configuration", "/common/discovery/v2.0/keys"}) {
    const auto get = server.get(target);
    EXPECT_EQ(get.status, 200) << target;
    support::RawClient client(server.port());
    const auto host = "127.0.0.1:" + std::to_string(server.port());
    client.send("HEAD " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    const auto head = client.read_response("HEAD");
    EXPECT_EQ(head.status, 200) << target;
    EXPECT_EQ(head.header("Content-Length"), get.header("Content-Length")) << target;
    EXPECT_EQ(head.header("Content-Type"), get.header("Content-Type")) << target;
    EXPECT_EQ(client.read_until_close(), "") << target;
  }
}

// Opened at the server's own origin it would be a page that may use the control plane.
TEST(StoredBytes, AreNoPageOfOurs) {
  const TestServer server;
  server.send("PUT", "/v1.0/me/photo/$value", "<script>1</script>",
              {{"Content-Type", "text/html"}});
  server.send("PUT", "/v1.0/me/drive/root:/a.svg:/content", "<svg/>",
              {{"Content-Type", "image/svg+xml"}});
  server.send("PATCH", "/v1.0/me", R"({"jobTitle":"<script>1</script>"})");
  server.send("PUT", "/__admin/scenarios/page", R"({"rules":[{"request":{"path":"/groups"},
    "response":{"body":"<p>","headers":{"Content-Type":"text/html"}}}]})");
  for (const std::string target :
       {"/v1.0/me/photo/$value", "/v1.0/me/drive/root:/a.svg:/content", "/v1.0/me/jobTitle/$value",
        "/v1.0/me/jobTitle", "/v1.0/me", "/v1.0/groups", "/v1.0/<script>", "/__admin/state",
        "/__admin/<script>", "/common/oauth2/<script>"}) {
    const auto response = server.get(target);
    EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(response.header("Content-Security-Policy"), "sandbox; default-src 'none'") << target;
  }
  EXPECT_EQ(server.get("/v1.0/me/photo/$value").header("Content-Type"), "text/html");
}

TEST(StoredBytes, AreWhatAScenarioSaysTheyAre) {
  const TestServer server;
  server.send("PUT", "/__admin/scenarios/page", R"({"rules":[{"response":{"body":"<p>",
    "headers":{"Content-Security-Policy":"default-src 'self'"}}}]})");
  EXPECT_EQ(server.get("/v1.0/me").header("Content-Security-Policy"), "default-src 'self'");
}

TEST(Cors, LetsAPageReadGraph) {
  const TestServer server;
  const support::RequestHeaders from_a_page = {{"Origin", "https://example.com"}};
  for (const std::string target : {"/v1.0/me", "/v1.0/users/nobody", "/v1.0/nothing",
                                   "/t/mine/v1.0/me", "/t/no$name/v1.0/me"}) {
    const auto response = server.send("GET", target, "", from_a_page);
    EXPECT_EQ(response.header("Access-Control-Allow-Origin"), "*") << target;
    EXPECT_NE(response.header("Access-Control-Expose-Headers").value_or("").find("request-id"),
              std::string::npos)
        << target;
  }
  EXPECT_FALSE(has_cors_header(server.get("/v1.0/me")));
}

TEST(Cors, AnswersAPreflightBeforeAnyScenario) {
  const TestServer server;
  const auto everything_fails = R"({"rules": [{"response": {"status": 503}}]})";
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/a", everything_fails).status, 204);
  const support::RequestHeaders preflight = {{"Origin", "https://example.com"},
                                             {"Access-Control-Request-Method", "PATCH"},
                                             {"Access-Control-Request-Headers", "authorization"}};
  const auto response = server.send("OPTIONS", "/v1.0/me", "", preflight);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(response.header("Access-Control-Allow-Headers"), "authorization");
  EXPECT_NE(response.header("Access-Control-Allow-Methods").value_or("").find("PATCH"),
            std::string::npos);
  EXPECT_NE(response.header("request-id"), std::nullopt);
  EXPECT_EQ(server.send("PATCH", "/v1.0/me", "{}", preflight).status, 503);
  EXPECT_EQ(at(server.get("/__admin/scenarios"), "/scenarios/0/rules/0/calls"), "1")
      << "the preflight was counted";
}

TEST(Cors, LeavesOptionsThatAreNoPreflightAsTheyAre) {
  const TestServer server;
  const auto bare = server.send("OPTIONS", "/v1.0/me");
  const auto from_a_page = server.send("OPTIONS", "/v1.0/me", "", {{"Origin", "https://x.com"}});
  EXPECT_EQ(bare.status, from_a_page.status);
  EXPECT_NE(bare.status, 200);
}

}  // namespace
}  // namespace graphmock
