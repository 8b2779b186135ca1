// The command line and the environment, read into one plain struct.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/work_budget.h"
#include "model/conform.h"
#include "tenant/limits.h"

namespace graphmock::app {

enum class Command { Serve, Check, Health, Authority };
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
  std::filesystem::path shipped_facts;
  std::vector<std::filesystem::path> facts;  // laid over these, one after the other
  std::filesystem::path permissions;         // the list of which open what
  model::EnumRule enums = model::EnumRule::Evolvable;
  uint64_t seed = 1;
  // Of a request; a request to the control plane may take some times as long.
  std::chrono::duration<double> request_time_limit{5};
  base::WorkBudget::Now steady_now = std::chrono::steady_clock::now;
  tenant::Limits limits;  // of them the command line has the bytes
  std::string health_url;
  bool is_tls = false;
  int tls_port = 8443;  // 0: any free one
  std::filesystem::path tls_port_file;
  std::filesystem::path tls_certificate;  // the user's own; if empty, one is made
  std::filesystem::path tls_key;
  std::filesystem::path tls_folder;      // where what is made is kept
  std::filesystem::path authority_file;  // to write its certificate to; empty: to standard output
};

// What the process is to do now: go on with the options, or print and exit.
struct ParsedOptions {
  Options options;
  int exit_code = -1;    // below 0: go on
  std::string out, err;  // what to print before the exit
};

// Environment variables stand in for options that are not given (GRAPHMOCK_HOST, GRAPHMOCK_PORT,
// GRAPHMOCK_ADMIN_TOKEN, GRAPHMOCK_MEMORY_LIMIT, ...); the names in GRAPHMOCK_ALLOW_HOST come
// beside those that are given.
ParsedOptions parse_options(int argc, const char* const* argv);

}  // namespace graphmock::app
