#include "app/admission.h"

#include <gtest/gtest.h>

#include "http/error.h"
#include "support/test_name.h"

namespace graphmock::app {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// A view of all three.
http::Request request_with(std::string_view method, std::string_view target, const Fields& fields) {
  http::Request request;
  request.method = method;
  request.target = http::Target::read(target);
  for (const auto& [name, value] : fields) request.headers.add(name, value);
  return request;
}

// 0 when it is admitted.
template <typename Check>
int status_of(Check check) {
  try {
    check();
  } catch (const http::Error& error) {
    return error.status;
  }
  return 0;
}

int admin_status(const Options& options, const Fields& fields,
                 std::string_view target = "/__admin/reset", std::string_view method = "POST") {
  const auto request = request_with(method, target, fields);
  return status_of([&] { Admission(options).check_admin(request); });
}

int graph_status(const Options& options, const Fields& fields) {
  const auto request = request_with("GET", "/v1.0/me", fields);
  return status_of([&] { Admission(options).check_graph(request); });
}

Options bound_to(std::string host, std::vector<std::string> allowed = {}) {
  Options options;
  options.host = std::move(host);
  options.allowed_hosts = std::move(allowed);
  return options;
}

struct HostRow {
  std::string name;
  Options options;
  std::string host;
  int admin;
  int graph;
};

void PrintTo(const HostRow& row, std::ostream* out) {
  *out << row.host << " of a server bound to " << row.options.host;
}

class AskedAtHost : public testing::TestWithParam<HostRow> {};

TEST_P(AskedAtHost, IsAdmittedOrRefused) {
  const HostRow& row = GetParam();
  EXPECT_EQ(admin_status(row.options, {{"Host", row.host}}), row.admin) << "the control plane";
  EXPECT_EQ(graph_status(row.options, {{"Host", row.host}}), row.graph) << "Graph";
}

const Options kLoopback = bound_to("127.0.0.1");
const Options kEverywhere = bound_to("0.0.0.0");
const Options kAllowing =
    bound_to("127.0.0.1", {"GraphMock", "mock.example.com:8080", "[2001:DB8:0::1]"});

INSTANTIATE_TEST_SUITE_P(
    Admission, AskedAtHost,
    testing::Values(
        HostRow{"Localhost", kLoopback, "localhost:8080", 0, 0},
        HostRow{"LocalhostInAnyCaseWithADot", kLoopback, "LocalHost.:8080", 0, 0},
        HostRow{"BelowLocalhost", kLoopback, "graph.localhost", 0, 0},
        HostRow{"Loopback", kLoopback, "127.0.0.1:8080", 0, 0},
        HostRow{"AnotherLoopback", kLoopback, "127.9.9.9", 0, 0},
        HostRow{"LoopbackOfIpv6", kLoopback, "[::1]:8080", 0, 0},
        HostRow{"LoopbackOfAServerElsewhere", bound_to("192.0.2.1"), "localhost", 0, 0},
        HostRow{"BoundAddress", bound_to("192.0.2.1"), "192.0.2.1:80", 0, 0},
        HostRow{"BoundAddressOfIpv6", bound_to("2001:db8:0::1"), "[2001:DB8::1]:80", 0, 0},
        HostRow{"BoundName", bound_to("mock.example.com"), "MOCK.example.com", 0, 0},
        HostRow{"AnotherAddress", kLoopback, "192.0.2.1:80", 403, 0},
        HostRow{"AnotherAddressOfIpv6", kLoopback, "[2001:db8::1]", 403, 0},
        HostRow{"WildcardThatIsNotBound", kLoopback, "0.0.0.0:8080", 403, 0},
        HostRow{"AnyAddressOfAWildcard", kEverywhere, "192.0.2.1:8080", 0, 0},
        HostRow{"AnyIpv6AddressOfAWildcard", kEverywhere, "[2001:db8::1]", 0, 0},
        HostRow{"AnyAddressOfTheWildcardOfIpv6", bound_to("::"), "192.0.2.1", 0, 0},
        HostRow{"NameOfAWildcard", kEverywhere, "evil.example.com", 403, 403},
        HostRow{"OneLabelOfAWildcard", kEverywhere, "graphmock:8080", 403, 0},
        HostRow{"OneLabel", kLoopback, "graphmock", 403, 0},
        HostRow{"Name", kLoopback, "evil.example.com:8080", 403, 403},
        HostRow{"NameThatBeginsAsLoopback", kLoopback, "127.0.0.1.nip.io", 403, 403},
        HostRow{"NameThatEndsAsLocalhost", kLoopback, "evil-localhost", 403, 0},
        HostRow{"NameBelowWhichIsLocalhost", kLoopback, "localhost.example.com", 403, 403},
        HostRow{"ShortAddress", kLoopback, "127.1", 403, 403},
        HostRow{"Allowed", kAllowing, "graphmock:8080", 0, 0},
        HostRow{"AllowedWithAPort", kAllowing, "mock.example.com", 0, 0},
        HostRow{"AllowedAddress", kAllowing, "[2001:db8::1]", 0, 0},
        HostRow{"BelowAnAllowedOne", kAllowing, "x.mock.example.com", 403, 403},
        HostRow{"AboveAnAllowedOne", kAllowing, "example.com", 403, 403},
        HostRow{"Empty", kLoopback, "", 403, 0},
        HostRow{"Malformed", kLoopback, "local host", 400, 400},
        HostRow{"PortThatIsNone", kLoopback, "localhost:x", 400, 400}),
    support::RowName());

class NameOfTheService : public testing::TestWithParam<std::string> {};

TEST_P(NameOfTheService, IsForGraphNotForTheControlPlane) {
  EXPECT_EQ(graph_status(kLoopback, {{"Host", GetParam()}}), 0);
  EXPECT_EQ(admin_status(kLoopback, {{"Host", GetParam()}}), 403);
}

INSTANTIATE_TEST_SUITE_P(Admission, NameOfTheService,
                         testing::Values("graph.microsoft.com", "Graph.Microsoft.com:443",
                                         "canary.graph.microsoft.com", "graph.microsoft.us",
                                         "dod-graph.microsoft.us",
                                         "microsoftgraph.chinacloudapi.cn", "graph.svc.sovcloud.fr",
                                         "login.microsoftonline.com", "login.microsoftonline.us",
                                         "login.partner.microsoftonline.cn"),
                         support::TextName());

class NearlyANameOfTheService : public testing::TestWithParam<std::string> {};

TEST_P(NearlyANameOfTheService, IsRefused) {
  EXPECT_EQ(graph_status(kLoopback, {{"Host", GetParam()}}), 403);
}

INSTANTIATE_TEST_SUITE_P(Admission, NearlyANameOfTheService,
                         testing::Values("graph.microsoft.com.example.com", "evilmicrosoft.com",
                                         "graph-microsoft.com", "evil.chinacloudapi.cn",
                                         "graph.microsoft.co"),
                         support::TextName());

TEST(Admission, TakesARequestWithoutHost) {
  EXPECT_EQ(admin_status(kLoopback, {}), 0);
  EXPECT_EQ(graph_status(kLoopback, {}), 0);
}

TEST(Admission, SaysHowAHostWouldBeAdmitted) {
  const Fields fields = {{"Host", "Evil.example.com:80"}};
  const auto request = request_with("GET", "/__admin/x", fields);
  try {
    Admission(kLoopback).check_admin(request);
    FAIL() << "it was admitted";
  } catch (const http::Error& error) {
    EXPECT_NE(error.message.find("--allow-host evil.example.com"), std::string::npos)
        << error.message;
  }
}

struct OriginRow {
  std::string name;
  Fields fields;
  int status;
};

void PrintTo(const OriginRow& row, std::ostream* out) {
  *out << row.name;
}

class AskedFromOrigin : public testing::TestWithParam<OriginRow> {};

TEST_P(AskedFromOrigin, IsAdmittedOrRefused) {
  EXPECT_EQ(admin_status(kLoopback, GetParam().fields), GetParam().status);
  EXPECT_EQ(graph_status(kLoopback, GetParam().fields), 0) << "Graph is for any page";
}

INSTANTIATE_TEST_SUITE_P(
    Admission, AskedFromOrigin,
    testing::Values(
        OriginRow{"Own", {{"Host", "localhost:80"}, {"Origin", "http://localhost:80"}}, 0},
        OriginRow{"OwnInAnyCase", {{"Host", "LOCALHOST:80"}, {"origin", "HTTP://localhost:80"}}, 0},
        OriginRow{
            "AnotherPort", {{"Host", "localhost:80"}, {"Origin", "http://localhost:81"}}, 403},
        OriginRow{"NoPort", {{"Host", "localhost:8080"}, {"Origin", "http://localhost"}}, 403},
        OriginRow{"AnotherScheme", {{"Host", "localhost"}, {"Origin", "https://localhost"}}, 403},
        OriginRow{"AnotherLoopback", {{"Host", "localhost"}, {"Origin", "http://127.0.0.1"}}, 403},
        OriginRow{"AnotherHost", {{"Host", "localhost"}, {"Origin", "https://example.com"}}, 403},
        OriginRow{"OwnWithMore", {{"Host", "localhost"}, {"Origin", "http://localhost.x"}}, 403},
        OriginRow{"Null", {{"Host", "localhost"}, {"Origin", "null"}}, 403},
        OriginRow{"Empty", {{"Host", "localhost"}, {"Origin", ""}}, 403},
        OriginRow{"OwnAndAnother",
                  {{"Host", "localhost"}, {"Origin", "http://localhost"}, {"Origin", "http://x"}},
                  403},
        OriginRow{"WithoutHost", {{"Origin", "http://localhost"}}, 403}),
    support::RowName());

struct TokenRow {
  std::string name;
  Fields fields;
  int status;
  std::string target = "/__admin/reset";
  std::string method = "GET";
};

void PrintTo(const TokenRow& row, std::ostream* out) {
  *out << row.name;
}

class AskedWithToken : public testing::TestWithParam<TokenRow> {};

TEST_P(AskedWithToken, IsAdmittedOrRefused) {
  Options options;
  options.admin_token = "sesame";
  const TokenRow& row = GetParam();
  EXPECT_EQ(admin_status(options, row.fields, row.target, row.method), row.status);
  EXPECT_EQ(admin_status(kLoopback, row.fields, row.target, row.method), 0) << "none is asked for";
  EXPECT_EQ(graph_status(options, row.fields), 0) << "it is not Graph's";
}

INSTANTIATE_TEST_SUITE_P(
    Admission, AskedWithToken,
    testing::Values(TokenRow{"Right", {{"Authorization", "Bearer sesame"}}, 0},
                    TokenRow{"SchemeInAnyCase", {{"authorization", "bearer  sesame"}}, 0},
                    TokenRow{"None", {}, 401},
                    TokenRow{"Wrong", {{"Authorization", "Bearer sesamE"}}, 401},
                    TokenRow{"Beginning", {{"Authorization", "Bearer sesam"}}, 401},
                    TokenRow{"Longer", {{"Authorization", "Bearer sesame1"}}, 401},
                    TokenRow{"Empty", {{"Authorization", "Bearer "}}, 401},
                    TokenRow{"WithoutScheme", {{"Authorization", "sesame"}}, 401},
                    TokenRow{"OtherScheme", {{"Authorization", "Basic sesame"}}, 401},
                    TokenRow{"HealthWithoutAny", {}, 0, "/__admin/health"},
                    TokenRow{"HealthWithQuery", {}, 0, "/__admin/health?x=1"},
                    TokenRow{"OtherMethodOnHealth", {}, 401, "/__admin/health", "POST"},
                    TokenRow{"HealthWithFragment", {}, 0, "/__admin/health#/reset"},
                    TokenRow{"BelowHealth", {}, 401, "/__admin/health/../reset"},
                    TokenRow{"HealthInAFragment", {}, 401, "/__admin/reset#/health"},
                    TokenRow{"NearlyHealth", {}, 401, "/__admin/healthy"},
                    TokenRow{"HealthAsAQuery", {}, 401, "/__admin/reset?/__admin/health"},
                    TokenRow{"Console", {}, 401, "/__admin/"}),
    support::RowName());

TEST(Admission, TellsTheSchemeToWhoLacksTheToken) {
  Options options;
  options.admin_token = "sesame";
  const auto request = request_with("GET", "/__admin/x", {});
  try {
    Admission(options).check_admin(request);
    FAIL() << "it was admitted";
  } catch (const http::Error& error) {
    EXPECT_TRUE(error.headers.find("WWW-Authenticate").value_or("").starts_with("Bearer"));
    EXPECT_EQ(error.message.find("sesame"), std::string::npos);
  }
}

}  // namespace
}  // namespace graphmock::app
