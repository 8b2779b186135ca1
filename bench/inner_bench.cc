// The inner loops of a request, each alone: how long it takes and how often it allocates.
#include <benchmark/benchmark.h>

#include <boost/json/object.hpp>
#include <filesystem>
#include <fstream>

#include "allocations.h"
#include "base/json.h"
#include "graph/merge.h"
#include "http/request_reader.h"
#include "http/responder.h"
#include "many_users.h"
#include "odata/eval.h"
#include "odata/expr_parser.h"
#include "odata/path.h"
#include "tenant/journal.h"

namespace graphmock::bench {
namespace {

// What the loop it is in allocates at each round.
class Allocations {
 public:
  explicit Allocations(benchmark::State& state) : state_(state), before_(allocations()) {}
  ~Allocations() {
    state_.counters["allocations"] = benchmark::Counter(
        static_cast<double>(allocations() - before_), benchmark::Counter::kAvgIterations);
  }
  Allocations(const Allocations&) = delete;
  Allocations& operator=(const Allocations&) = delete;

 private:
  benchmark::State& state_;
  const uint64_t before_;
};

constexpr size_t kUsers = 10'000;

app::App& app() {
  static base::SystemClock clock;
  static app::App app(world_of_users(kUsers, clock), nullptr);
  return app;
}

const model::Model& model_v1() {
  static base::SystemClock clock;
  static const auto world = world_of_users(1, clock);
  return *world->models.version("v1.0");
}

std::string text_of(const std::string& method, const std::string& target, const std::string& body) {
  auto text = method + " " + target +
              " HTTP/1.1\r\nHost: localhost:8080\r\nX-Mock-Tenant: bench\r\nAccept: */*\r\n";
  if (!body.empty()) {
    text +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return text + "\r\n" + body;
}

// A request from its bytes to those of its answer, sockets left out.
void serve(benchmark::State& state, const std::string& method, const std::string& target,
           const std::string& body = "", const std::string& headers = "") {
  auto text = text_of(method, target, body);
  text.insert(text.find("Accept:"), headers);
  auto& asked = app();
  const http::Server::Handler handler = [&](const auto& request) { return asked.serve(request); };
  const http::Server::Refuse refuse = [&](const auto& error) { return asked.refuse(error); };
  http::Responder responder(handler, refuse, http::ServerOptions());
  http::RequestReader reader({64 * 1024, 1024 * 1024});
  http::Request request;
  std::string out;
  const auto once = [&] {
    out.clear();
    reader.append(text);
    reader.next(request);
    responder.answer(request, true, out);
    reader.pop();
  };
  once();
  if (!out.starts_with("HTTP/1.1 2")) return state.SkipWithError(out.substr(0, 300).c_str());
  const Allocations counted(state);
  for (auto _ : state) once();
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * out.size()));
}

void read_head(benchmark::State& state) {
  const auto text = text_of("GET", "/v1.0/users/" + id_of(7), "");
  http::RequestReader reader({64 * 1024, 1024 * 1024});
  http::Request request;
  const Allocations counted(state);
  for (auto _ : state) {
    reader.append(text);
    benchmark::DoNotOptimize(reader.next(request));
    reader.pop();
  }
}
BENCHMARK(read_head);

void resolve_path(benchmark::State& state, const std::vector<std::string>& segments) {
  const auto& model = model_v1();
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(odata::resolve(model, segments));
}
BENCHMARK_CAPTURE(resolve_path, entity, std::vector<std::string>{"users", "ID"});
BENCHMARK_CAPTURE(resolve_path, deep,
                  std::vector<std::string>{"users", "ID", "mailFolders", "ID", "messages", "ID"});

void parse_filter(benchmark::State& state) {
  const Allocations counted(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(odata::parse_expression(
        "startswith(displayName,'A') and jobTitle eq 'Engineer 7' or accountEnabled eq false"));
  }
}
BENCHMARK(parse_filter);

void merge(benchmark::State& state) {
  const auto& type = *model_v1().structured_type("microsoft.graph.user");
  auto entity = user(7);
  const auto changes = base::parse_json(R"({"jobTitle":"Changed","city":null})").as_object();
  const Allocations counted(state);
  for (auto _ : state) graph::merge(model_v1(), entity, changes, type);
}
BENCHMARK(merge);

void parse_entity(benchmark::State& state) {
  const auto text = base::to_json(user(7));
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(base::parse_json(text));
}
BENCHMARK(parse_entity);

void serialise_entity(benchmark::State& state) {
  const base::json::value entity = user(7);
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(base::to_json(entity));
}
BENCHMARK(serialise_entity);

void record_exchange(benchmark::State& state) {
  tenant::Journal journal;
  const Allocations counted(state);
  for (auto _ : state) {
    auto exchange = std::make_shared<tenant::Exchange>();
    exchange->method = "GET";
    exchange->url = "/v1.0/users/00000007-0000-4000-8000-000000000000";
    exchange->response_body = tenant::KeptBody::of(exchange->url);
    journal.record(std::move(exchange));
  }
}
BENCHMARK(record_exchange);

std::string sdk_headers() {
  std::ifstream file(std::filesystem::path(GRAPHMOCK_BENCH_SOURCE_DIR) / "bench/sdk_headers.txt");
  std::string headers;
  for (std::string line; std::getline(file, line);) headers += line + "\r\n";
  return headers;
}

const std::string kUser = "/v1.0/users/" + id_of(7);
BENCHMARK_CAPTURE(serve, get, "GET", kUser);
BENCHMARK_CAPTURE(serve, get_with_sdk_headers, "GET", kUser, "", sdk_headers());
BENCHMARK_CAPTURE(serve, get_all_properties, "GET", "/beta/users/" + id_of(7));
BENCHMARK_CAPTURE(serve, get_selected, "GET", kUser + "?$select=id,displayName,mail");
BENCHMARK_CAPTURE(serve, patch, "PATCH", kUser, R"({"jobTitle":"Changed"})");
BENCHMARK_CAPTURE(serve, page, "GET", "/v1.0/users?$top=100&$select=id,displayName,mail");
BENCHMARK_CAPTURE(serve, filter, "GET", "/v1.0/users?$filter=mail%20eq%20'user77@contoso.com'");

}  // namespace
}  // namespace graphmock::bench

BENCHMARK_MAIN();
