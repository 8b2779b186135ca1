#include "app/options.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "support/test_name.h"

namespace graphmock::app {
namespace {

// Without what the environment of the test may say.
class OptionsTest : public testing::Test {
 protected:
  OptionsTest() { forget_environment(); }
  ~OptionsTest() override { forget_environment(); }

  static void forget_environment() {
    for (const char* name :
         {"GRAPHMOCK_HOST", "GRAPHMOCK_PORT", "GRAPHMOCK_ALLOW_HOST", "GRAPHMOCK_ADMIN_TOKEN",
          "GRAPHMOCK_TLS_PORT", "GRAPHMOCK_REQUEST_TIME_LIMIT", "GRAPHMOCK_MEMORY_LIMIT",
          "GRAPHMOCK_TLS_DIR", "XDG_DATA_HOME"}) {
      ::unsetenv(name);
    }
  }

  static ParsedOptions parse(const std::vector<std::string>& arguments) {
    std::vector<const char*> argv{"graphmock"};
    for (const auto& argument : arguments) argv.push_back(argument.c_str());
    return parse_options(static_cast<int>(argv.size()), argv.data());
  }
  static Options taken(const std::vector<std::string>& arguments) {
    const auto parsed = parse(arguments);
    EXPECT_LT(parsed.exit_code, 0) << parsed.err;
    return parsed.options;
  }
};

TEST_F(OptionsTest, LimitTheMemoryByArgumentOrEnvironment) {
  EXPECT_EQ(taken({}).limits.bytes, 2'147'483'648u);
  ::setenv("GRAPHMOCK_MEMORY_LIMIT", "5000000", 1);
  EXPECT_EQ(taken({}).limits.bytes, 5'000'000u);
  EXPECT_EQ(taken({"--memory-limit", "8000000000"}).limits.bytes, 8'000'000'000u);
  ::setenv("GRAPHMOCK_MEMORY_LIMIT", "all", 1);
  EXPECT_EQ(parse({}).exit_code, 2);
}

TEST_F(OptionsTest, AreTheDefaultsWithoutArguments) {
  const auto options = taken({});
  EXPECT_EQ(options.command, Command::Serve);
  EXPECT_EQ(options.host, "127.0.0.1");
  EXPECT_EQ(options.port, 8080);
  EXPECT_TRUE(options.port_file.empty());
  EXPECT_EQ(options.fixtures.filename(), "contoso");
  EXPECT_EQ(options.scenarios.filename(), "scenarios");
  EXPECT_EQ(options.metadata.at("v1.0").filename(), "v1.0.xml");
  EXPECT_EQ(options.metadata.at("beta").filename(), "beta.xml");
  EXPECT_TRUE(options.active_scenarios.empty());
  EXPECT_TRUE(options.allowed_hosts.empty());
  EXPECT_EQ(options.admin_token, "");
  EXPECT_EQ(options.auth, Auth::Optional);
  EXPECT_EQ(options.enums, model::EnumRule::Evolvable);
  EXPECT_EQ(options.health_url, "http://127.0.0.1:8080");
}

TEST_F(OptionsTest, AreReadWithAndWithoutTheCommandServe) {
  for (const bool is_named : {true, false}) {
    std::vector<std::string> arguments{
        "--host",     "0.0.0.0",    "--port",     "0",           "--port-file",
        "p",          "--fixtures", "f",          "--scenarios", "s",
        "--scenario", "one",        "--scenario", "two",         "--auth",
        "required",   "--enums",    "strict",     "--seed",      "18446744073709551615"};
    if (is_named) arguments.insert(arguments.begin(), "serve");
    const auto options = taken(arguments);
    EXPECT_EQ(options.command, Command::Serve);
    EXPECT_EQ(options.host, "0.0.0.0");
    EXPECT_EQ(options.port, 0);
    EXPECT_EQ(options.port_file, "p");
    EXPECT_EQ(options.fixtures, "f");
    EXPECT_EQ(options.scenarios, "s");
    EXPECT_EQ(options.active_scenarios, (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(options.auth, Auth::Required);
    EXPECT_EQ(options.enums, model::EnumRule::Strict);
    EXPECT_EQ(options.seed, UINT64_MAX);
  }
}

TEST_F(OptionsTest, TakeAnEqualsSign) {
  EXPECT_EQ(taken({"--port=1234", "--host=h"}).port, 1234);
}

TEST_F(OptionsTest, HaveAModelByVersion) {
  const auto one = taken({"--metadata", "beta=/a/b=c.xml"});
  EXPECT_EQ(one.metadata.at("beta"), "/a/b=c.xml");
  EXPECT_EQ(one.metadata.at("v1.0").filename(), "v1.0.xml") << "the other one stays";
  const auto both = taken({"--metadata", "v1.0=x", "--metadata", "beta=y"});
  EXPECT_EQ(both.metadata.at("v1.0"), "x");
  EXPECT_EQ(both.metadata.at("beta"), "y");
}

TEST_F(OptionsTest, KnowTheOtherCommands) {
  EXPECT_EQ(taken({"check", "--fixtures", "f"}).command, Command::Check);
  EXPECT_EQ(taken({"check", "--fixtures", "f"}).fixtures, "f");
  EXPECT_EQ(taken({"health", "--url", "http://h:1"}).command, Command::Health);
  EXPECT_EQ(taken({"health", "--url", "http://h:1"}).health_url, "http://h:1");
}

TEST_F(OptionsTest, SpeakTlsWhenToldTo) {
  EXPECT_FALSE(taken({}).is_tls);
  const auto options = taken({"--tls"});
  EXPECT_TRUE(options.is_tls);
  EXPECT_EQ(options.tls_port, 8443);
  EXPECT_EQ(options.tls_certificate, "");
  const auto given = taken({"--tls", "--tls-port", "0", "--tls-cert", "c.pem", "--tls-key", "k.pem",
                            "--tls-port-file", "port"});
  EXPECT_EQ(given.tls_port, 0);
  EXPECT_EQ(given.tls_certificate, "c.pem");
  EXPECT_EQ(given.tls_key, "k.pem");
  EXPECT_EQ(given.tls_port_file, "port");
}

TEST_F(OptionsTest, KeepCertificatesInTheHomeDirectoryUnlessToldElsewhere) {
  ::setenv("HOME", "/home/somebody", 1);
  EXPECT_EQ(taken({}).tls_folder, "/home/somebody/.local/share/graphmock/tls");
  ::setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_EQ(taken({"ca"}).tls_folder, "/data/graphmock/tls");
  ::setenv("GRAPHMOCK_TLS_DIR", "/environment", 1);
  EXPECT_EQ(taken({"--tls"}).tls_folder, "/environment");
  EXPECT_EQ(taken({"ca"}).tls_folder, "/environment");
  EXPECT_EQ(taken({"ca", "--tls-dir", "given"}).tls_folder, "given");
}

TEST_F(OptionsTest, WantAFolderForCertificatesWhereThereIsNoHome) {
  ::unsetenv("HOME");
  EXPECT_LT(parse({}).exit_code, 0);
  EXPECT_LT(parse({"--tls", "--tls-dir", "here"}).exit_code, 0);
  for (const auto& arguments : {std::vector<std::string>{"--tls"}, {"ca"}}) {
    const auto parsed = parse(arguments);
    EXPECT_EQ(parsed.exit_code, 2);
    EXPECT_NE(parsed.err.find("--tls-dir"), std::string::npos) << parsed.err;
  }
}

TEST_F(OptionsTest, ComeFromTheEnvironmentWhenTheyAreNotGiven) {
  ::setenv("GRAPHMOCK_HOST", "0.0.0.0", 1);
  ::setenv("GRAPHMOCK_PORT", "9090", 1);
  EXPECT_EQ(taken({}).host, "0.0.0.0");
  EXPECT_EQ(taken({}).port, 9090);
  EXPECT_EQ(taken({"serve"}).port, 9090);
  EXPECT_EQ(taken({"health"}).health_url, "http://127.0.0.1:9090");
}

TEST_F(OptionsTest, BoundTheTimeOfARequest) {
  EXPECT_EQ(taken({}).request_time_limit.count(), 5);
  EXPECT_EQ(taken({"--request-time-limit", "0.25"}).request_time_limit.count(), 0.25);
  ::setenv("GRAPHMOCK_REQUEST_TIME_LIMIT", "60", 1);
  EXPECT_EQ(taken({}).request_time_limit.count(), 60);
  EXPECT_EQ(taken({"--request-time-limit=2"}).request_time_limit.count(), 2);
  for (const std::string wrong : {"0", "-1", "x", "nan", "100000"}) {
    EXPECT_EQ(parse({"--request-time-limit", wrong}).exit_code, 2) << wrong;
  }
}

TEST_F(OptionsTest, ComeFromTheCommandLineWhereTheyAreGiven) {
  ::setenv("GRAPHMOCK_HOST", "0.0.0.0", 1);
  ::setenv("GRAPHMOCK_PORT", "9090", 1);
  for (const std::vector<std::string>& command : {std::vector<std::string>{}, {"serve"}}) {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--port", "1", "--host", "h"});
    EXPECT_EQ(taken(arguments).port, 1) << (command.empty() ? "without a command" : "serve");
    EXPECT_EQ(taken(arguments).host, "h") << (command.empty() ? "without a command" : "serve");
  }
}

TEST_F(OptionsTest, NameHostsFromCommandLineAndEnvironmentAlike) {
  const std::vector<std::string> both{"--allow-host", "a", "--allow-host", "b.c:80"};
  EXPECT_EQ(taken(both).allowed_hosts, (std::vector<std::string>{"a", "b.c:80"}));
  ::setenv("GRAPHMOCK_ALLOW_HOST", "x, y ,,[::1]", 1);
  EXPECT_EQ(taken({}).allowed_hosts, (std::vector<std::string>{"x", "y", "[::1]"}));
  EXPECT_EQ(taken({"--allow-host=a"}).allowed_hosts,
            (std::vector<std::string>{"x", "y", "[::1]", "a"}));
}

TEST_F(OptionsTest, HaveATokenFromTheCommandLineBeforeThatOfTheEnvironment) {
  ::setenv("GRAPHMOCK_ADMIN_TOKEN", "from=environment", 1);
  EXPECT_EQ(taken({}).admin_token, "from=environment");
  EXPECT_EQ(taken({"--admin-token", "given"}).admin_token, "given");
}

TEST_F(OptionsTest, RefuseWhatTheEnvironmentSaysWrong) {
  ::setenv("GRAPHMOCK_ALLOW_HOST", "a b", 1);
  EXPECT_EQ(parse({}).exit_code, 2);
  ::unsetenv("GRAPHMOCK_ALLOW_HOST");
  ::setenv("GRAPHMOCK_ADMIN_TOKEN", "two words", 1);
  EXPECT_EQ(parse({}).exit_code, 2);
}

TEST_F(OptionsTest, RefuseAPortOfTheEnvironmentThatIsNone) {
  ::setenv("GRAPHMOCK_PORT", "many", 1);
  EXPECT_EQ(parse({}).exit_code, 2);
}

TEST_F(OptionsTest, ShowVersionAndHelp) {
  const auto version = parse({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_TRUE(version.out.starts_with("graphmock ")) << version.out;
  const auto help = parse({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const std::string name : {"--host", "--port", "--port-file", "--fixtures", "--scenarios",
                                 "--metadata", "--scenario", "--auth", "--enums", "--seed",
                                 "--allow-host", "--admin-token", "serve", "check", "health"}) {
    EXPECT_NE(help.out.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(parse({"check", "--help"}).exit_code, 0);
}

struct RefusedRow {
  std::string name;
  std::vector<std::string> arguments;
  std::string message;
};

void PrintTo(const RefusedRow& row, std::ostream* out) {
  *out << row.name;
}

class RefusedOptions : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedOptions, EndWithExitCodeTwo) {
  std::vector<const char*> argv{"graphmock"};
  for (const auto& argument : GetParam().arguments) argv.push_back(argument.c_str());
  const auto parsed = parse_options(static_cast<int>(argv.size()), argv.data());
  EXPECT_EQ(parsed.exit_code, 2);
  EXPECT_NE(parsed.err.find(GetParam().message), std::string::npos) << parsed.err;
  EXPECT_EQ(parsed.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    Options, RefusedOptions,
    testing::Values(
        RefusedRow{"UnknownOption", {"--prot", "1"}, "Did you mean '--port'?"},
        RefusedRow{"UnknownOptionWithEquals", {"--fixture=f"}, "Did you mean '--fixtures'?"},
        RefusedRow{"UnknownCommand", {"sevre"}, "sevre"},
        RefusedRow{"PortTooHigh", {"--port", "65536"}, "--port"},
        RefusedRow{"PortBelowZero", {"--port", "-1"}, "--port"},
        RefusedRow{"PortThatIsNone", {"--port", "http"}, "--port"},
        RefusedRow{"NoValue", {"--port"}, "--port"},
        RefusedRow{"AllowHostThatIsAUrl", {"--allow-host", "http://a"}, "'http://a'"},
        RefusedRow{"AllowHostWithoutName", {"--allow-host", ":80"}, "--allow-host"},
        RefusedRow{"EmptyAdminToken", {"--admin-token="}, "--admin-token"},
        RefusedRow{"AdminTokenOfTwoWords", {"--admin-token", "a b"}, "--admin-token"},
        RefusedRow{"MemoryLimitThatIsNone", {"--memory-limit", "much"}, "--memory-limit"},
        RefusedRow{"MemoryLimitWithUnit", {"--memory-limit", "2GB"}, "--memory-limit"},
        RefusedRow{"MemoryLimitTooLow", {"--memory-limit", "999999"}, "--memory-limit"},
        RefusedRow{"MemoryLimitBelowZero", {"--memory-limit", "-1"}, "--memory-limit"},
        RefusedRow{"UnknownAuth", {"--auth", "maybe"}, "--auth"},
        RefusedRow{"UnknownEnums", {"--enums", "loose"}, "--enums"},
        RefusedRow{"SeedThatIsNone", {"--seed", "x"}, "--seed"},
        RefusedRow{"SeedBelowZero", {"--seed", "-1"}, "--seed"},
        RefusedRow{"MetadataWithoutVersion", {"--metadata", "m.xml"}, "'m.xml'"},
        RefusedRow{"MetadataOfUnknownVersion", {"--metadata", "v2.0=m.xml"}, "'v2.0=m.xml'"},
        RefusedRow{"CertificateWithoutKey", {"--tls", "--tls-cert", "c.pem"}, "--tls-key"},
        RefusedRow{"KeyWithoutTls", {"--tls-key", "k.pem", "--tls-cert", "c.pem"}, "--tls"},
        RefusedRow{"TlsPort", {"--tls", "--tls-port", "65536"}, "65536"},
        RefusedRow{"TlsPortFileWithoutTls", {"--tls-port-file", "f"}, "--tls"},
        RefusedRow{"OutElsewhere", {"serve", "--out", "f"}, "--out"},
        RefusedRow{"TwoCommands", {"check", "serve"}, "serve"},
        RefusedRow{"OptionOfAnotherCommand", {"health", "--port", "1"}, "--port"}),
    support::RowName());

}  // namespace
}  // namespace graphmock::app
