#include "app/host_name.h"

#include <gtest/gtest.h>

#include "support/test_name.h"

namespace graphmock::app {
namespace {

struct ReadRow {
  std::string name;
  std::string text;
  HostName host;
};

void PrintTo(const ReadRow& row, std::ostream* out) {
  *out << row.text;
}

class ReadHostName : public testing::TestWithParam<ReadRow> {};

TEST_P(ReadHostName, GivesTheFormInWhichTwoCanBeCompared) {
  const auto host = read_host_name(GetParam().text);
  ASSERT_TRUE(host);
  EXPECT_EQ(host->text, GetParam().host.text);
  EXPECT_EQ(host->is_address, GetParam().host.is_address);
}

INSTANTIATE_TEST_SUITE_P(
    HostName, ReadHostName,
    testing::Values(ReadRow{"Name", "localhost", {"localhost"}},
                    ReadRow{"Port", "localhost:8080", {"localhost"}},
                    ReadRow{"EmptyPort", "localhost:", {"localhost"}},
                    ReadRow{"Case", "Graph.Microsoft.COM", {"graph.microsoft.com"}},
                    ReadRow{"FinalDot", "localhost.:80", {"localhost"}},
                    ReadRow{"Underscore", "my_service:1", {"my_service"}},
                    ReadRow{"Empty", "", {""}}, ReadRow{"PortAlone", ":8080", {""}},
                    ReadRow{"Ipv4", "192.0.2.1:80", {"192.0.2.1", true}},
                    ReadRow{"Ipv4FinalDot", "127.0.0.1.", {"127.0.0.1", true}},
                    ReadRow{"ShortIpv4IsAName", "127.1", {"127.1"}},
                    ReadRow{"NumberIsAName", "2130706433", {"2130706433"}},
                    ReadRow{"NameThatBeginsAsAnAddress", "127.0.0.1.nip.io", {"127.0.0.1.nip.io"}},
                    ReadRow{"Ipv6", "[::1]:8080", {"::1", true}},
                    ReadRow{"Ipv6WithoutPort", "[2001:DB8::0:1]", {"2001:db8::1", true}},
                    ReadRow{"LongIpv6", "[0:0:0:0:0:0:0:1]", {"::1", true}},
                    ReadRow{"Ipv6WithZone", "[fe80::1%25eth0]:80", {"fe80::1", true}},
                    ReadRow{"BareIpv6", "::1", {"::1", true}},
                    ReadRow{"BareWildcard", "::", {"::", true}}),
    support::RowName());

class NoHostName : public testing::TestWithParam<std::string> {};

TEST_P(NoHostName, IsNotRead) {
  EXPECT_EQ(read_host_name(GetParam()), std::nullopt) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(HostName, NoHostName,
                         testing::Values("localhost:http", "localhost:123456", "a:1:2", "[::1",
                                         "[::1]x", "[::1]:x", "[localhost]", "[]", "::1]",
                                         "user@localhost", "a b", "a/b", "a..b", ".a", ".", "..",
                                         "a%00", "a'b", "caf\xC3\xA9", std::string(254, 'a')),
                         support::TextName());

TEST(HostName, IsLoopbackWhereNobodyElseCanHaveIt) {
  for (const auto* text : {"localhost", "x.localhost", "LOCALHOST.", "127.0.0.1", "127.255.0.9",
                           "[::1]", "[0::1]:80"}) {
    EXPECT_TRUE(is_loopback(*read_host_name(text))) << text;
  }
  for (const auto* text : {"localhost.example.com", "mylocalhost", "127.0.0.1.nip.io", "127.1",
                           "128.0.0.1", "0.0.0.0", "[::2]", "[::]", ""}) {
    EXPECT_FALSE(is_loopback(*read_host_name(text))) << text;
  }
}

TEST(HostName, IsAWildcardWhereAServerListensAtAllAddresses) {
  for (const auto* text : {"0.0.0.0", "::", "[::]", "[0::0]"}) {
    EXPECT_TRUE(is_wildcard(*read_host_name(text))) << text;
  }
  for (const auto* text : {"127.0.0.1", "::1", "localhost", ""}) {
    EXPECT_FALSE(is_wildcard(*read_host_name(text))) << text;
  }
}

}  // namespace
}  // namespace graphmock::app
