#include "app/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>

#include "app/host_name.h"
#include "base/text.h"

namespace graphmock::app {
namespace {

namespace fs = std::filesystem;

// Where the shipped fixtures and scenarios are: beside an installed program, or in the source
// tree that it was built from.
fs::path data_folder() {
  std::error_code code;
  const auto program = fs::read_symlink("/proc/self/exe", code);
  for (const fs::path& folder : {program.parent_path().parent_path() / "share" / "graphmock",
                                 fs::path(GRAPHMOCK_DATA_DIR), fs::path(GRAPHMOCK_SOURCE_DIR)}) {
    if (fs::is_directory(folder / "fixtures", code)) return folder;
  }
  return ".";
}

// With less not even a journal can be kept; more no system has.
constexpr uint64_t kLeastMemoryLimit = 1'000'000;
constexpr uint64_t kMostMemoryLimit = uint64_t{1} << 50;

struct RawOptions {
  std::vector<std::string> metadata;
  std::string auth = "optional";
  std::string enums = "evolvable";
  double request_time_limit = 5;
};

void add_load_options(CLI::App& command, Options& options, RawOptions& raw) {
  command
      .add_option("--fixtures", options.fixtures,
                  "The fixture set to load: a folder, or a document such as "
                  "GET /__admin/state answers")
      ->type_name("DIR|FILE")
      ->capture_default_str();
  command.add_option("--scenarios", options.scenarios, "The scenario files to load")
      ->type_name("DIR")
      ->capture_default_str();
  command
      .add_option("--metadata", raw.metadata,
                  "The OData CSDL of v1.0 or beta, repeatable; the real $metadata of "
                  "graph.microsoft.com loads unchanged (default: a smaller one of our own)")
      ->type_name("VERSION=FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option("--facts", options.facts,
                  "What no model says of types and operations, laid over what is shipped, "
                  "repeatable: a file, or a folder of .json files")
      ->type_name("FILE|DIR")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option("--permissions", options.permissions,
                  "The list of which permissions open which requests, for --auth required, in the "
                  "shape of the service's public one")
      ->type_name("FILE")
      ->capture_default_str();
  command
      .add_option("--scenario", options.active_scenarios,
                  "A scenario that is active in every tenant from the start, repeatable")
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option("--enums", raw.enums,
                  "Whether an enumeration that declares unknownFutureValue takes member names "
                  "that it does not declare")
      ->check(CLI::IsMember({"evolvable", "strict"}))
      ->capture_default_str();
}

// Certificates that stay from one start to the next, as clients have to be told to trust them.
fs::path default_tls_folder() {
  for (const auto& [variable, folder] :
       {std::pair{"XDG_DATA_HOME", ""}, std::pair{"HOME", ".local/share"}}) {
    const char* value = std::getenv(variable);
    if (value && *value == '/') return fs::path(value) / folder / "graphmock" / "tls";
  }
  return {};
}

void add_tls_folder(CLI::App& command, Options& options) {
  options.tls_folder = default_tls_folder();
  command
      .add_option("--tls-dir", options.tls_folder,
                  "Where the certificates that the server makes itself are kept")
      ->envname("GRAPHMOCK_TLS_DIR")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->type_name("DIR")
      ->capture_default_str();
}

void add_tls_options(CLI::App& command, Options& options) {
  auto* tls = command.add_flag(
      "--tls", options.is_tls,
      "Speak HTTPS, too, on a port of its own, with a certificate that the server makes itself "
      "unless one is given; `graphmock ca` writes the one that clients have to trust");
  command
      .add_option("--tls-port", options.tls_port,
                  "The port of HTTPS; 0 picks a free one (environment: GRAPHMOCK_TLS_PORT)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->check(CLI::Range(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  command
      .add_option("--tls-port-file", options.tls_port_file,
                  "Write the bound port of HTTPS there once listening")
      ->type_name("FILE")
      ->needs(tls);
  auto* certificate = command.add_option("--tls-cert", options.tls_certificate,
                                         "The certificate to show, in PEM; those that signed it "
                                         "may stand behind it");
  auto* key = command.add_option("--tls-key", options.tls_key, "The key to it, in PEM");
  certificate->type_name("FILE")->needs(tls)->needs(key);
  key->type_name("FILE")->needs(tls)->needs(certificate);
  add_tls_folder(command, options);
}

void add_limits(CLI::App& command, Options& options) {
  command
      .add_option("--memory-limit", options.limits.bytes,
                  "How many bytes are kept for clients, about: what they store, snapshots, "
                  "journals; beyond it writes are a 507, and reads go on (environment: "
                  "GRAPHMOCK_MEMORY_LIMIT)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->check(CLI::Range(kLeastMemoryLimit, kMostMemoryLimit))
      ->type_name("BYTES")
      ->capture_default_str();
}

void add_serve_options(CLI::App& command, Options& options, RawOptions& raw) {
  command.add_option("--host", options.host, "The address to bind (environment: GRAPHMOCK_HOST)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->type_name("ADDRESS")
      ->capture_default_str();
  command
      .add_option("--port", options.port,
                  "The port; 0 picks a free one (environment: GRAPHMOCK_PORT)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->check(CLI::Range(0, 65535))
      ->type_name("PORT")
      ->capture_default_str();
  command
      .add_option("--allow-host", options.allowed_hosts,
                  "A name under which the server may be asked beside localhost and the address it "
                  "is bound to, repeatable (environment: GRAPHMOCK_ALLOW_HOST, comma separated)")
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option("--admin-token", options.admin_token,
                  "What requests to /__admin must carry as a bearer token (environment: "
                  "GRAPHMOCK_ADMIN_TOKEN)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->type_name("TOKEN");
  command.add_option("--port-file", options.port_file, "Write the bound port there once listening")
      ->type_name("FILE");
  command.add_option("--auth", raw.auth, "Whether a bearer token is asked for")
      ->check(CLI::IsMember({"off", "optional", "required"}))
      ->capture_default_str();
  command
      .add_option("--request-time-limit", raw.request_time_limit,
                  "How long one request may take, and about as much work; a batch is one "
                  "(environment: GRAPHMOCK_REQUEST_TIME_LIMIT)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->check(CLI::Validator(
          [](std::string& text) {
            // CLI::Range lets pass what is not a number, since it is neither less nor more.
            double seconds = 0;
            const bool is_one =
                CLI::detail::lexical_cast(text, seconds) && seconds >= 0.001 && seconds <= 86400;
            return is_one ? std::string() : text + " is no number from 0.001 to 86400";
          },
          "0.001 to 86400"))
      ->type_name("SECONDS")
      ->capture_default_str();
  command
      .add_option("--seed", options.seed,
                  "Seed of generated ids and of chance; the same seed and requests give the "
                  "same run")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N")
      ->capture_default_str();
  add_limits(command, options);
  add_tls_options(command, options);
}

void read_metadata(const std::vector<std::string>& given, Options& options) {
  for (const auto& one : given) {
    const auto equals = one.find('=');
    const auto version = one.substr(0, equals);
    if (equals == std::string::npos || (version != "v1.0" && version != "beta")) {
      throw CLI::ValidationError("--metadata", "'" + one + "' is not v1.0=FILE or beta=FILE");
    }
    options.metadata[version] = one.substr(equals + 1);
  }
}

void check_admission(const CLI::App& serve, const Options& options) {
  for (const auto& name : options.allowed_hosts) {
    const auto host = read_host_name(name);
    if (host && !host->text.empty()) continue;
    throw CLI::ValidationError("--allow-host", "'" + name + "' is no host name");
  }
  const auto& token = options.admin_token;
  const bool can_be_sent =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (serve.count("--admin-token") > 0 && (token.empty() || !can_be_sent)) {
    throw CLI::ValidationError("--admin-token",
                               "a token is one or more visible characters of ASCII");
  }
}

// What stands in for an option, or for one that is repeated.
struct Variable {
  const char* name;
  const char* option;
  bool is_list;
};

constexpr std::array kVariables = {
    Variable{"GRAPHMOCK_HOST", "--host=", false},
    Variable{"GRAPHMOCK_PORT", "--port=", false},
    Variable{"GRAPHMOCK_ALLOW_HOST", "--allow-host=", true},
    Variable{"GRAPHMOCK_ADMIN_TOKEN", "--admin-token=", false},
    Variable{"GRAPHMOCK_TLS_PORT", "--tls-port=", false},
    Variable{"GRAPHMOCK_REQUEST_TIME_LIMIT", "--request-time-limit=", false},
    Variable{"GRAPHMOCK_MEMORY_LIMIT", "--memory-limit=", false},
};

std::vector<std::string> arguments_of_environment() {
  std::vector<std::string> arguments;
  for (const auto& variable : kVariables) {
    const char* value = std::getenv(variable.name);
    if (!value || !*value) continue;
    if (!variable.is_list) {
      arguments.push_back(variable.option + std::string(value));
      continue;
    }
    for (const auto one : base::split(value, ',')) {
      const auto name = base::trim(one);
      if (!name.empty()) arguments.push_back(variable.option + std::string(name));
    }
  }
  return arguments;
}

// CLI11 has "--port=x" and the like refused well, but names no neighbour of what it does not know.
std::string with_suggestion(std::string message, const CLI::App& app,
                            const std::vector<std::string>& remaining) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  for (const auto& unknown : remaining) {
    const auto name = unknown.substr(0, unknown.find('='));
    if (!name.starts_with("--")) continue;
    if (const auto near = base::nearest(name, candidates)) {
      message += "\nDid you mean '" + std::string(*near) + "'?";
    }
  }
  return message;
}

// The arguments last to first, as CLI11 takes them, with the command that goes without saying.
std::vector<std::string> with_command(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const std::string first = arguments.empty() ? "" : arguments[0];
  const bool is_for_all = first == "--help" || first == "-h" || first == "--version";
  if (!is_for_all && (first.empty() || first.starts_with('-'))) {
    arguments.insert(arguments.begin(), "serve");
  }
  // What the environment says comes before what the command line says, and is as wrong when it is
  // wrong; CLI11's own way ignores a bad value in some versions and not in others.
  if (!arguments.empty() && arguments[0] == "serve") {
    const auto given = arguments_of_environment();
    arguments.insert(arguments.begin() + 1, given.begin(), given.end());
  }
  std::reverse(arguments.begin(), arguments.end());
  return arguments;
}

}  // namespace

ParsedOptions parse_options(int argc, const char* const* argv) {
  ParsedOptions parsed;
  auto& options = parsed.options;
  RawOptions raw;
  const auto data = data_folder();
  options.fixtures = data / "fixtures" / "contoso";
  options.scenarios = data / "scenarios";
  options.permissions = data / "fixtures" / "permissions.json";
  options.shipped_facts = data / "fixtures" / "facts";
  for (const std::string version : {"v1.0", "beta"}) {
    options.metadata[version] = data / "fixtures" / "metadata" / (version + ".xml");
  }

  CLI::App app{"graphmock: a mock Microsoft Graph server for integration tests", "graphmock"};
  app.set_version_flag("--version", "graphmock " GRAPHMOCK_VERSION);
  app.footer("Without a command graphmock serves. `graphmock COMMAND --help` shows the options.");
  auto* serve = app.add_subcommand("serve", "Start the server (the default)");
  add_load_options(*serve, options, raw);
  add_serve_options(*serve, options, raw);
  auto* check = app.add_subcommand("check",
                                   "Load model, fixtures and scenarios, report every problem, "
                                   "exit 0 or 1");
  add_load_options(*check, options, raw);
  auto* health = app.add_subcommand("health", "Exit 0 when a running server is healthy");
  health
      ->add_option("--url", options.health_url,
                   "The server's address (default: http://127.0.0.1 and GRAPHMOCK_PORT or 8080)")
      ->type_name("URL");
  auto* authority = app.add_subcommand(
      "ca",
      "Write the certificate that clients have to trust where the server makes its own (--tls)");
  authority->add_option("--out", options.authority_file, "Where to (default: standard output)")
      ->type_name("FILE");
  add_tls_folder(*authority, options);
  app.require_subcommand(0, 1);
  try {
    app.parse(with_command(argc, argv));
    read_metadata(raw.metadata, options);
    check_admission(*serve, options);
    const bool makes_certificates = options.is_tls && options.tls_certificate.empty();
    if ((makes_certificates || *authority) && options.tls_folder.empty()) {
      throw CLI::ValidationError("--tls-dir", "there is no home directory to keep certificates in");
    }
  } catch (const CLI::ParseError& error) {
    const auto given = app.get_subcommands();
    std::ostringstream out, err;
    const int code = app.exit(error, out, err);
    const bool is_whole_help = given.empty() && dynamic_cast<const CLI::CallForHelp*>(&error);
    parsed.out = is_whole_help ? app.help("", CLI::AppFormatMode::All) : out.str();
    parsed.err = with_suggestion(err.str(), given.empty() ? app : *given[0], app.remaining(true));
    parsed.exit_code = code == 0 ? 0 : 2;
    return parsed;
  }
  if (*check) options.command = Command::Check;
  if (*health) options.command = Command::Health;
  if (*authority) options.command = Command::Authority;
  options.auth = raw.auth == "required" ? Auth::Required
                 : raw.auth == "off"    ? Auth::Off
                                        : Auth::Optional;
  options.request_time_limit = std::chrono::duration<double>(raw.request_time_limit);
  options.enums = raw.enums == "strict" ? model::EnumRule::Strict : model::EnumRule::Evolvable;
  if (options.health_url.empty()) {
    const char* port = std::getenv("GRAPHMOCK_PORT");
    options.health_url = "http://127.0.0.1:" + std::string(port && *port ? port : "8080");
  }
  return parsed;
}

}  // namespace graphmock::app
