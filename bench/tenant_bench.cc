// What tenants cost: to make, to reset with many changes, to keep in snapshots, and in memory.
// Beside a read by id of the same run. In the process, without sockets.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "many_users.h"

namespace graphmock::bench {
namespace {

using Microseconds = std::chrono::duration<double, std::micro>;

constexpr size_t kManyTenants = 5'000;

class Tenants {
 public:
  Tenants(size_t users, size_t changes)
      : app_(world_of_users(users, clock_), nullptr), users_(users), changes_(changes) {}

  void send(std::string_view method, const std::string& target, const std::string& tenant,
            std::string_view body = "") {
    http::Request request;
    request.method = method;
    request.target = http::Target::read(target);
    request.headers.add("Host", "localhost");
    request.headers.add("X-Mock-Tenant", tenant);
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = body;
    const auto response = app_.serve(request);
    if (response.status < 300) return;
    std::fprintf(stderr, "%s answers %d: %s\n", target.c_str(), response.status,
                 response.body.c_str());
    std::exit(1);
  }
  void read(const std::string& tenant) { send("GET", "/v1.0/users/" + id_of(7), tenant); }
  // Other users each time, so that nothing is kept from the last.
  void change_many(const std::string& tenant) {
    for (size_t i = 0; i < changes_; ++i) {
      send("PATCH", "/v1.0/users/" + id_of(i * 97 % users_), tenant, R"({"jobTitle":"Changed"})");
    }
  }

 private:
  base::SystemClock clock_;
  app::App app_;
  const size_t users_;
  const size_t changes_;
};

double microseconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return Microseconds(std::chrono::steady_clock::now() - begin).count();
}

// The median of several, and the slowest; `prepare` is not counted.
void report(const char* what, int times, const std::function<void()>& prepare,
            const std::function<void()>& work) {
  std::vector<double> taken;
  for (int i = 0; i < times; ++i) {
    prepare();
    taken.push_back(microseconds_of(work));
  }
  std::sort(taken.begin(), taken.end());
  std::printf("  %-48s %10.1f us, at most %.1f\n", what, taken[taken.size() / 2], taken.back());
}

void run(size_t users, size_t changes) {
  Tenants tenants(users, changes);
  std::printf("%zu users, %zu changes\n", users, changes);
  const auto nothing = [] {};
  tenants.read("t");
  report("read by id", 2000, nothing, [&] { tenants.read("t"); });
  int number = 0;
  report("first read of a new tenant", 500, nothing,
         [&] { tenants.read("new-" + std::to_string(number++)); });
  const auto change = [&] { tenants.change_many("t"); };
  const auto reset = [&] { tenants.send("POST", "/__admin/reset", "t"); };
  report("reset with the changes", 15, change, reset);
  report("snapshot of the changes", 5, change,
         [&] { tenants.send("PUT", "/__admin/snapshots/s", "t"); });
  report("restoring it", 15, nothing,
         [&] { tenants.send("POST", "/__admin/snapshots/s/restore", "t"); });
  tenants.send("DELETE", "/__admin/tenants/t", "default");
  // Of what is allocated, as memory that was freed before is used again.
  const auto before = ::mallinfo2().uordblks;
  for (size_t i = 0; i < kManyTenants; ++i) tenants.read("many-" + std::to_string(i));
  const double grown = static_cast<double>(::mallinfo2().uordblks - before);
  std::printf("  %zu tenants after a read each: %.1f KB each\n", kManyTenants,
              grown / 1024 / kManyTenants);
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "tenant_bench USERS CHANGES\n");
    return 2;
  }
  graphmock::bench::run(std::strtoull(argv[1], nullptr, 10), std::strtoull(argv[2], nullptr, 10));
}
