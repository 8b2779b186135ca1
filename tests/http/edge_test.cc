// Where two readers of one thing could disagree, and where bytes become text: at the edge of the
// server, as clients meet it.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

struct FragmentRow {
  std::string name;
  std::string target;
  int status;
};

class RawFragment : public testing::TestWithParam<FragmentRow> {};

// http.client of Python and http of Node send a '#' as it is.
TEST_P(RawFragment, IsNoPartOfTheRequest) {
  const TestServer server;
  EXPECT_EQ(server.get(GetParam().target).status, GetParam().status);
  EXPECT_EQ(server.send("POST", GetParam().target, "a=b").status / 100, 4);
  EXPECT_EQ(server.get("/__admin/health").status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Edge, RawFragment,
    testing::Values(FragmentRow{"BeforeTheTokenService", "/#/oauth2/", 400},
                    FragmentRow{"AroundTheTokenService", "/#x/discovery/keys", 400},
                    FragmentRow{"BehindATenant", "/t/x/#/oauth2/", 400},
                    FragmentRow{"InATenant", "/t/x#/oauth2/token", 400},
                    FragmentRow{"BeforeTheControlPlane", "/#/__admin/state", 400},
                    FragmentRow{"BehindTheControlPlane", "/__admin/health#/x", 200},
                    FragmentRow{"BehindKeys", "/common/discovery/keys#x", 200},
                    FragmentRow{"BehindGraph", "/v1.0/me#/messages", 200},
                    FragmentRow{"OfOptions", "/v1.0/me?$select=id#/messages?$top=x", 200}),
    support::RowName());

TEST(Edge, EncodedTabsAndLineFeedsAreData) {
  const TestServer server;
  server.send("PATCH", "/v1.0/me", R"({"jobTitle": "one\ttwo\nthree"})");
  const auto found = server.get("/v1.0/users?$filter=jobTitle%20eq%20'one%09two%0Athree'");
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(at(found, "/value/0/jobTitle"), R"("one\ttwo\nthree")");
  EXPECT_EQ(server.get("/v1.0/users/a%09%0Ab").status, 404);
}

// A link or a message that repeats what was sent begins no header of its own.
TEST(Edge, NothingThatIsEchoedBeginsAHeader) {
  const TestServer server;
  for (const auto* target : {"/v1.0/users/a%0D%0AX-Evil:%201", "/v1.0/users?$filter=%0D%0AX-Evil:1",
                             "/a%0D%0AX-Evil:1/oauth2/v2.0/authorize", "/__admin/a%0D%0AX-Evil:1",
                             "/v1.0/me/messages?$top=1&x=%0D%0AX-Evil:1"}) {
    for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      EXPECT_FALSE(server.send(method, target, "{}").header("X-Evil")) << method << " " << target;
    }
  }
}

// Bytes as a client may send them in the middle of a header, a URL, a form or a credential.
std::vector<std::string> odd_texts() {
  std::vector<std::string> texts;
  for (int byte = 0x80; byte <= 0xFF; ++byte) texts.push_back({'a', static_cast<char>(byte), 'b'});
  for (const char* text :
       {"\xC3\xA9", "\xE2\x82", "\xF0\x9F\x98\x80", "\xED\xA0\x80", "\xC0\xAF"}) {
    texts.emplace_back(text);
  }
  return texts;
}

std::string escaped(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
    text += escape;
  }
  return text;
}

// Sends bytes to wherever they are echoed or stored.
class OddBytes : public testing::Test {
 protected:
  support::RawResponse send(const std::string& method, const std::string& target,
                            const std::string& headers = "", const std::string& body = "") {
    support::RawClient client(server_.port(), false);
    client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.read_response(method);
  }
  // Every answer is text where it says that it is JSON, and is not the server's own fault.
  void expect_whole(const support::RawResponse& response, const std::string& what) {
    EXPECT_LT(response.status, 500) << what << response.body;
    const auto type = response.header("Content-Type").value_or("");
    if (type.starts_with("application/json")) {
      EXPECT_NO_THROW(base::parse_json(response.body)) << what << response.body;
    }
    for (const auto& [name, value] : response.headers) {
      EXPECT_TRUE(base::is_valid_utf8(value)) << what << name << ": " << value;
    }
  }

  const TestServer server_;
};

TEST_F(OddBytes, InHeadersAreText) {
  const std::string json = "Content-Type: application/json\r\n";
  for (const auto& odd : odd_texts()) {
    for (const auto* name :
         {"client-request-id", "X-Mock-Tenant", "X-Mock-Scenario", "Prefer", "If-Match",
          "If-None-Match", "Authorization", "Accept", "Content-Type", "ConsistencyLevel", "Origin",
          "User-Agent", "X-Anything", "Range", "Content-Encoding"}) {
      const auto header = std::string(name) + ": " + odd + "\r\n";
      expect_whole(send("GET", "/v1.0/me", header), header);
      expect_whole(send("PATCH", "/v1.0/me", header + json, R"({"jobTitle":"x"})"), header);
      expect_whole(send("POST", "/c/oauth2/v2.0/token", header, "grant_type=x"), header);
      expect_whole(send("GET", "/__admin/scenarios", header), header);
    }
  }
}

TEST_F(OddBytes, OfAMediaTypeAreKeptAsText) {
  for (const auto& odd : odd_texts()) {
    const auto type = "Content-Type: text/plain; name=\"" + odd + ".txt\"\r\n";
    const auto put = send("PUT", "/v1.0/me/drive/root:/b.txt:/content", type, "bytes");
    expect_whole(put, type);
    EXPECT_LT(put.status, 300) << type;
    expect_whole(send("PUT", "/v1.0/me/photo/$value", type, "bytes"), type);
    expect_whole(send("GET", "/v1.0/me/photo/$value"), type);
    expect_whole(send("GET", "/v1.0/me/drive/root:/b.txt:"), type);
    expect_whole(send("GET", "/v1.0/me/drive/root/children"), type);
    expect_whole(send("GET", "/__admin/state"), type);
  }
  EXPECT_EQ(send("PUT", "/v1.0/me/drive/root:/b.txt:/content",
                 "Content-Type: text/plain; name=\"f\xFCr.txt\"\r\n", "x")
                .status,
            200);
  EXPECT_EQ(at(send("GET", "/v1.0/me/drive/root:/b.txt:"), "/file/mimeType"),
            R"("text/plain; name=\"für.txt\"")");
}

TEST_F(OddBytes, InTargetsFormsAndCredentialsAreTextOrRefused) {
  auto odd_ones = odd_texts();
  for (int byte = 0; byte < 0x20; ++byte) odd_ones.push_back({'a', static_cast<char>(byte), 'b'});
  for (const auto& odd : odd_ones) {
    const bool is_sent_raw = static_cast<unsigned char>(odd[1]) >= 0x20;
    for (const auto& text : {is_sent_raw ? odd : escaped(odd), escaped(odd)}) {
      for (const auto& target :
           {"/v1.0/users/" + text, "/v1.0/users?$filter=displayName%20eq%20'" + text + "'",
            "/t/" + text + "/v1.0/me", "/" + text + "/oauth2/v2.0/authorize?client_id=" + text,
            "/__admin/state/v1.0/" + text, "/__admin/requests?" + text, "/" + text,
            "/v1.0/me/drive/root:/" + text + ".txt:/content"}) {
        expect_whole(send("GET", target), target);
        expect_whole(send("PUT", target, "Content-Type: text/plain\r\n", "x"), target);
      }
      const auto form = "grant_type=password&username=" + text + "&" + text + "=1";
      expect_whole(send("POST", "/c/oauth2/v2.0/token",
                        "Content-Type: application/x-www-form-urlencoded\r\n", form),
                   form);
      const auto credential = base::base64_encode(text + ":" + text);
      expect_whole(
          send("POST", "/c/oauth2/v2.0/token", "Authorization: Basic " + credential + "\r\n",
               "grant_type=client_credentials"),
          "Basic " + text);
      expect_whole(send("POST", "/v1.0/$batch", "Content-Type: application/json\r\n",
                        R"({"requests":[{"id":"1","method":"GET","url":"/users/)" + escaped(odd) +
                            R"("},{"id":")" + text + R"(","method":"GET","url":"/)" + text +
                            R"(","headers":{"client-request-id":")" + text + R"("}}]})"),
                   "batch of " + text);
    }
  }
  expect_whole(send("GET", "/__admin/state"), "state");
  expect_whole(send("GET", "/__admin/requests?limit=1000"), "journal");
  expect_whole(send("GET", "/__admin/requests/unmatched/near-misses"), "near misses");
}

}  // namespace
}  // namespace graphmock
