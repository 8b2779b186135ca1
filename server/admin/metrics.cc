#include "admin/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/response_reader.h"

namespace graphmock::admin {
namespace {

// A metric's head and its lines.
class Lines {
 public:
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " +
             std::string(type) + "\n";
  }
  void add(const std::string& labels, const std::string& value, std::string_view suffix = "") {
    text_ += name_ + std::string(suffix) + (labels.empty() ? "" : "{" + labels + "}") + " " +
             value + "\n";
  }
  void one(std::string_view name, std::string_view type, std::string_view help,
           const std::string& value) {
    begin(name, type, help);
    add("", value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

std::string label(std::string_view name, std::string_view value) {
  return std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string seconds(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

// What is kept for clients; of tenants those alone that have most, so that a scrape stays small.
void add_sizes(const tenant::Tenants& tenants, Lines& lines) {
  constexpr size_t kMostTenants = 20;
  std::vector<std::pair<uint64_t, std::string>> largest;
  size_t touched = 0;
  tenants.for_each([&](const std::string& name, const tenant::TenantPtr& tenant, base::Instant) {
    largest.emplace_back(tenant->bytes(), name);
    touched += tenant->is_touched() ? 1 : 0;
  });
  const auto end = largest.begin() + static_cast<ptrdiff_t>(std::min(kMostTenants, largest.size()));
  std::partial_sort(largest.begin(), end, largest.end(), std::greater<>());
  lines.one("graphmock_tenants_touched", "gauge", "Those that were changed or told something.",
            std::to_string(touched));
  lines.one("graphmock_stored_bytes", "gauge", "Kept for clients, in all.",
            std::to_string(tenants.bytes()));
  lines.one("graphmock_stored_bytes_limit", "gauge", "How many may be (--memory-limit).",
            std::to_string(tenants.limits().bytes));
  lines.begin("graphmock_tenant_stored_bytes", "gauge",
              "Kept for a tenant, for the 20 that have most.");
  for (auto one = largest.begin(); one != end; ++one) {
    lines.add(label("tenant", one->second), std::to_string(one->first));
  }
}

// 0 where the system does not say.
uint64_t resident_bytes() {
  uint64_t size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

void Metrics::count(std::string_view method, const http::Response& response,
                    std::chrono::nanoseconds took) {
  const auto found = std::find(kMethods.begin(), kMethods.end() - 1, method);
  const auto status = std::clamp<size_t>(response.status, 0, kStatuses - 1);
  const auto add = [](Counter& to, uint64_t by) { to.fetch_add(by, std::memory_order_relaxed); };
  add(requests_[found - kMethods.begin()][status], 1);
  const auto nanoseconds = static_cast<uint64_t>(took.count());
  add(count_, 1);
  add(nanoseconds_, nanoseconds);
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), nanoseconds / 1000);
  if (bound != kBounds.end()) add(durations_[bound - kBounds.begin()], 1);
  const auto& delivery = response.delivery;
  if (delivery.delay.count() > 0) add(delayed_, 1);
  if (delivery.fault != http::Fault::None) add(faults_[static_cast<size_t>(delivery.fault)], 1);
}

std::string Metrics::text(const tenant::Tenants& tenants) const {
  Lines lines;
  const auto value = [](const Counter& counter) {
    return std::to_string(counter.load(std::memory_order_relaxed));
  };
  lines.begin("graphmock_requests_total", "counter", "Graph requests, by method and status.");
  for (size_t method = 0; method < kMethods.size(); ++method) {
    for (size_t status = 0; status < kStatuses; ++status) {
      if (requests_[method][status].load(std::memory_order_relaxed) == 0) continue;
      lines.add(label("method", kMethods[method]) + "," + label("status", std::to_string(status)),
                value(requests_[method][status]));
    }
  }
  lines.begin("graphmock_request_duration_seconds", "histogram",
              "The time it took to make an answer, scripted delays left out.");
  uint64_t below = 0;
  for (size_t i = 0; i < kBounds.size(); ++i) {
    below += durations_[i].load(std::memory_order_relaxed);
    lines.add(label("le", seconds(double(kBounds[i]) / 1e6)), std::to_string(below), "_bucket");
  }
  lines.add(label("le", "+Inf"), value(count_), "_bucket");
  lines.add("", seconds(double(nanoseconds_.load(std::memory_order_relaxed)) / 1e9), "_sum");
  lines.add("", value(count_), "_count");
  lines.begin("graphmock_faults_total", "counter", "Answers that a scripted fault spoiled.");
  for (size_t i = 1; i < kFaults; ++i) {
    lines.add(label("fault", scenario::name_of(static_cast<http::Fault>(i))), value(faults_[i]));
  }
  lines.one("graphmock_delayed_total", "counter", "Answers that a scenario delayed.",
            value(delayed_));
  lines.one("graphmock_tenants", "gauge", "Tenants there are.", std::to_string(tenants.size()));
  add_sizes(tenants, lines);
  lines.one("graphmock_fixture_entities", "gauge", "Entities of the fixtures.",
            std::to_string(tenants.world()->fixtures->size()));
  lines.one(
      "graphmock_uptime_seconds", "gauge", "Since the start.",
      seconds(std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count()));
  lines.one("process_resident_memory_bytes", "gauge", "Memory of the process.",
            std::to_string(resident_bytes()));
  lines.begin("graphmock_info", "gauge", "The version that runs.");
  lines.add(label("version", GRAPHMOCK_VERSION), "1");
  return lines.take();
}

}  // namespace graphmock::admin
