// How long queries take over many users of 1 KB each, beside a read of one of them by its id in the
// same run. In the process, without sockets.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "app/app.h"
#include "base/json.h"
#include "many_users.h"
#include "process_memory.h"

namespace graphmock::bench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::string_view kOrigin = "http://localhost";

class Queries {
 public:
  explicit Queries(size_t count) : app_(world_of_users(count, clock_), nullptr) {}

  std::string get(const std::string& target) {
    http::Request request;
    request.method = "GET";
    request.target = http::Target::read(target);
    request.headers.add("Host", "localhost");
    request.headers.add("ConsistencyLevel", "eventual");
    auto response = app_.serve(request);
    if (response.status != 200) {
      std::fprintf(stderr, "%s answers %d: %s\n", target.c_str(), response.status,
                   response.body.c_str());
      std::exit(1);
    }
    return std::move(response.body);
  }

  // The target of the page so many pages further.
  std::string pages_on(std::string target, int pages) {
    for (int i = 0; i < pages; ++i) {
      const auto page = base::parse_json(get(target));
      target = base::text_of(base::at_pointer(page, "/@odata.nextLink")).substr(kOrigin.size());
    }
    return target;
  }

  double median_ms(const std::string& target, int times) {
    std::vector<double> taken;
    for (int i = 0; i < times; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      get(target);
      taken.push_back(Milliseconds(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(taken.begin(), taken.begin() + times / 2, taken.end());
    return taken[static_cast<size_t>(times / 2)];
  }

 private:
  base::SystemClock clock_;
  app::App app_;
};

void report(size_t count) {
  Queries queries(count);
  std::printf("%zu users, %.0f MB\n", count, megabytes("self", "VmRSS"));
  const auto some = std::to_string(count / 2);
  const double by_id = queries.median_ms("/v1.0/users/" + id_of(count / 2), 2000);
  const auto line = [&](const char* what, const std::string& target, int times) {
    const double taken = queries.median_ms(target, times);
    std::printf("  %-58s %10.3f ms %10.1f times\n", what, taken, taken / by_id);
  };
  line("by id", "/v1.0/users/" + id_of(count / 2), 2000);
  const std::string principal = "/v1.0/users?$filter=userPrincipalName%20eq%20'user" + some;
  queries.get(principal + "@contoso.com'");  // the index is built once
  line("$filter=userPrincipalName eq '...'", principal + "@contoso.com'", 2000);
  line("$filter=startswith(displayName,'A') and accountEnabled eq true, $count",
       "/v1.0/"
       "users?$count=true&$filter=startswith(displayName,'A')%20and%20accountEnabled%20eq%20true",
       9);
  line("$filter=contains(displayName,'zz'), which none has, $count",
       "/v1.0/users?$count=true&$filter=contains(displayName,'zz')", 9);
  line("$search=\"displayName:adele\"", "/v1.0/users?$search=%22displayName:adele%22", 9);
  line("/$count", "/v1.0/users/$count", 9);
  for (const std::string options : {"$top=25", "$orderby=displayName&$top=25"}) {
    const auto first = "/v1.0/users?" + options;
    line(options.c_str(), first, 15);
    line("  40 pages further", queries.pages_on(first, 40), 15);
  }
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "query_bench USERS...\n");
    return 2;
  }
  for (int i = 1; i < argc; ++i) graphmock::bench::report(std::strtoull(argv[i], nullptr, 10));
}
