// The command line and the environment, read into one plain struct.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model/conform.h"

namespace graphmock::app {

enum class Command { Serve, Check, Health };
enum class Auth { Off, Optional, Required };

struct Options {
  Command command = Command::Serve;
  std::string host = "127.0.0.1";
  int port = 8080;  // 0: any free one
  std::filesystem::path port_file;
  std::filesystem::path fixtures;
  std::filesystem::path scenarios;
  std::map<std::string, std::filesystem::path> metadata;  // by version
  std::vector<std::string> active_scenarios;
  std::vector<std::string> allowed_hosts;  // names under which the server may be asked, too
  std::string admin_token;                 // empty: none is asked for
  Auth auth = Auth::Optional;
  model::EnumRule enums = model::EnumRule::Evolvable;
  uint64_t seed = 1;
  std::string health_url;
};

// What the process is to do now: go on with the options, or print and exit.
struct ParsedOptions {
  Options options;
  int exit_code = -1;    // below 0: go on
  std::string out, err;  // what to print before the exit
};

// Environment variables stand in for options that are not given (GRAPHMOCK_HOST, GRAPHMOCK_PORT,
// GRAPHMOCK_ADMIN_TOKEN); the names in GRAPHMOCK_ALLOW_HOST come beside those that are given.
ParsedOptions parse_options(int argc, const char* const* argv);

}  // namespace graphmock::app
