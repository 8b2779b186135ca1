// Starts the server again and again, and tells how long it takes from exec to the first answer and
// how much memory the process then holds.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "http/client.h"
#include "models.h"
#include "process_memory.h"

namespace graphmock::bench {
namespace {

constexpr int kStarts = 15;
constexpr std::chrono::seconds kTimeout{10};
constexpr const char* kTarget =
    "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532";

struct Start {
  double milliseconds;
  double resident_mb;  // after the first answer
  double peak_mb;
};

// A running server on a free port, stopped when it goes out of scope.
class Server {
 public:
  Server(const std::string& program, const std::vector<std::string>& options) {
    std::vector<std::string> words = {program, "serve", "--port", "0"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    const int failure =
        posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failure == 0) url_ = read_url(ends[0]);
    close(ends[0]);
    if (failure != 0) throw std::runtime_error(program + " cannot be started");
    if (url_.empty()) {
      stop();
      throw std::runtime_error(program + " ended before it listened");
    }
  }
  ~Server() { stop(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  const std::string& url() const { return url_; }

  double megabytes(const std::string& field) const {
    return bench::megabytes(std::to_string(process_), field);
  }

 private:
  // From "graphmock listening on URL\n"; empty when the program ends before.
  static std::string read_url(int from) {
    std::string line;
    for (char next; read(from, &next, 1) == 1 && next != '\n';) line += next;
    const auto url = line.find("http://");
    return url == std::string::npos ? "" : line.substr(url);
  }
  void stop() const {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }

  pid_t process_ = 0;
  std::string url_;
};

Start measure(const std::string& program, const std::vector<std::string>& options) {
  const auto begin = std::chrono::steady_clock::now();
  const Server server(program, options);
  const int status = http::get(server.url() + kTarget, kTimeout).status;
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
  if (status != 200) throw std::runtime_error("the first answer is " + std::to_string(status));
  return {taken.count(), server.megabytes("VmRSS"), server.megabytes("VmHWM")};
}

std::vector<double> sorted(const std::vector<Start>& starts, double Start::*figure) {
  std::vector<double> figures;
  for (const auto& start : starts) figures.push_back(start.*figure);
  std::sort(figures.begin(), figures.end());
  return figures;
}

void report(const char* name, const std::string& program, const std::vector<std::string>& options) {
  std::vector<Start> starts;
  for (int i = 0; i < kStarts; ++i) starts.push_back(measure(program, options));
  const auto times = sorted(starts, &Start::milliseconds);
  std::printf("%-16s %12.1f ms %9.1f ms %9.1f MB %9.1f MB\n", name, times[kStarts / 2],
              times.front(), sorted(starts, &Start::resident_mb)[kStarts / 2],
              sorted(starts, &Start::peak_mb)[kStarts / 2]);
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  using namespace graphmock::bench;
  if (argc != 2) {
    std::fprintf(stderr, "start_bench PROGRAM\n");
    return 2;
  }
  try {
    std::printf("median of %-6d %15s %12s %12s %12s\n", kStarts, "first answer", "fastest",
                "resident", "peak");
    report("shipped models", argv[1], {});
    std::vector<std::string> options;
    for (const auto& [version, file] : full_models()) {
      options.insert(options.end(), {"--metadata", version + "=" + file.string()});
    }
    if (!options.empty()) report("full models", argv[1], options);
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "start_bench: %s\n", error.what());
    return 1;
  }
}
