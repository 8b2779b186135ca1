#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <iostream>

#include "app/app.h"
#include "app/ending.h"
#include "app/https.h"
#include "app/lanes.h"
#include "base/whole_file.h"
#include "http/client.h"
#include "http/tls_context.h"

namespace graphmock::app {
namespace {

constexpr int kBadInput = 2;
constexpr std::chrono::seconds kHealthTimeout{5};

void print(const base::LoadErrors& errors) {
  for (const auto& error : errors) std::cerr << error.text() << '\n';
}

// SIGINT, SIGTERM and SIGHUP wait for us instead of ending the process. Blocked before any thread
// starts, so that no worker receives them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

std::string shown_host(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

// Whether that was done; else what is wrong has been said.
bool write(const std::filesystem::path& file, const std::string& text) {
  const auto why = base::write_whole(file, text);
  if (why) std::cerr << file.string() << ": cannot be written: " << *why << '\n';
  return !why;
}

bool has_terminal() {
  const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal >= 0) ::close(terminal);
  return terminal >= 0;
}

void reload(App& app) {
  try {
    app.reload();
    std::cerr << "fixtures and scenarios are loaded anew; every tenant is as new\n";
  } catch (const base::LoadFailure& failure) {
    print(failure.errors);
    std::cerr << "nothing was changed\n";
  } catch (const std::exception& exception) {
    std::cerr << exception.what() << "; nothing was changed\n";
  }
}

void announce(const Options& options, int port, int tls_port) {
  const auto host = shown_host(options.host);
  if (options.is_tls && options.tls_certificate.empty()) {
    std::cerr << "clients have to trust " << (options.tls_folder / "ca.pem").string() << '\n';
  }
  std::cout << "graphmock listening on http://" << host << ':' << port << '\n';
  if (options.is_tls)
    std::cout << "graphmock listening on https://" << host << ':' << tls_port << '\n';
  std::cout << std::flush;
}

int serve(const Options& options) {
  const auto signals = block_signals();
  // SIGHUP asks to reload, unless it tells that the terminal has been closed: whoever started the
  // server there is done with it.
  const bool had_terminal = has_terminal();
  const base::SystemClock clock;
  const auto key = std::make_shared<const auth::SigningKey>();
  const auto load = [&] { return load_world(options, clock, key); };
  App app(load(), load, options);
  http::ServerOptions server_options;
  server_options.host = options.host;
  server_options.port = options.port;
  server_options.lane_of = lane_of;
  if (options.is_tls) {
    server_options.tls = load_tls(options, clock.now());
    server_options.tls_port = options.tls_port;
  }
  http::Server server(
      server_options, [&app](const http::Request& request) { return app.serve(request); },
      [&app](const http::Error& error) { return app.refuse(error); });
  const int port = server.start();
  for (const auto& [file, bound] :
       {std::pair(options.port_file, port), std::pair(options.tls_port_file, server.tls_port())}) {
    if (!file.empty() && !write(file, std::to_string(bound) + '\n')) return kBadInput;
  }
  announce(options, port, server.tls_port());
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) {
    if (had_terminal && !has_terminal()) break;
    reload(app);
  }
  stop_or_leave(server);
  return 0;
}

int check(const Options& options) {
  const base::SystemClock clock;
  const auto world = load_world(options, clock);
  for (const auto& one : world->doubtful_facts) {
    std::cerr << one.text() << " (a fact that the models contradict)\n";
  }
  std::cout << "no problems: " << world->fixtures->size() << " entities, "
            << world->scenarios.scripts.size() << " scenarios, " << world->fact_count << " facts\n";
  return 0;
}

int write_authority(const Options& options) {
  const auto text = authority_certificate(options, base::SystemClock().now());
  if (options.authority_file.empty()) {
    std::cout << text << std::flush;
    return 0;
  }
  return write(options.authority_file, text) ? 0 : kBadInput;
}

int health(const Options& options) {
  try {
    const int status = http::get(options.health_url + "/__admin/health", kHealthTimeout).status;
    if (status == 200) return 0;
    std::cerr << options.health_url << ": the health check answers " << status << '\n';
  } catch (const std::runtime_error& error) {
    std::cerr << options.health_url << ": " << error.what() << '\n';
  }
  return 1;
}

}  // namespace

int run(const Options& options) {
  if (options.command == Command::Health) return health(options);
  try {
    switch (options.command) {
      case Command::Check:
        return check(options);
      case Command::Authority:
        return write_authority(options);
      default:
        return serve(options);
    }
  } catch (const base::LoadFailure& failure) {
    print(failure.errors);
    return options.command == Command::Check ? 1 : kBadInput;
  } catch (const http::TlsError& error) {
    std::cerr << error.what() << '\n';
    return kBadInput;
  } catch (const http::ListenError& error) {
    std::cerr << error.what() << '\n';
    return kBadInput;
  }
}

}  // namespace graphmock::app
