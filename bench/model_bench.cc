// How long it takes to read both versions' models, and how much memory they take.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "model/csdl_reader.h"
#include "model/models.h"
#include "models.h"
#include "process_memory.h"

namespace graphmock::bench {
namespace {

constexpr int kLoads = 15;

model::Models load(const ModelFiles& files) {
  base::LoadErrors errors;
  model::Models models;
  for (const auto& [version, file] : files) models.add(model::load_csdl(version, file, errors));
  if (!errors.empty()) throw std::runtime_error(errors.front().text());
  return models;
}

// The median time of several loads, and by how much the first made the process grow. It has to run
// before anything else has left memory behind that a load would use again.
void report(const char* name, const ModelFiles& files) {
  const double before = megabytes("self", "VmRSS");
  const auto kept = load(files);
  const double growth = megabytes("self", "VmRSS") - before;
  std::vector<double> times;
  for (int i = 0; i < kLoads; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto models = load(files);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - begin;
    times.push_back(taken.count());
  }
  std::sort(times.begin(), times.end());
  std::printf("both models: %.1f ms, %.1f MB (the %s ones)\n", times[kLoads / 2], growth, name);
  std::fflush(stdout);
}

void load_models(benchmark::State& state, const ModelFiles& files) {
  int64_t bytes = 0;
  for (const auto& [version, file] : files) {
    bytes += static_cast<int64_t>(std::filesystem::file_size(file));
  }
  for (auto _ : state) benchmark::DoNotOptimize(load(files));
  state.SetBytesProcessed(state.iterations() * bytes);
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  using namespace graphmock::bench;
  const auto full = full_models();
  try {
    if (full.empty()) {
      report("shipped", shipped_models());
    } else {
      report("full", full);
    }
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "model_bench: %s\n", error.what());
    return 1;
  }
  benchmark::RegisterBenchmark("load_models/shipped", load_models, shipped_models())
      ->Unit(benchmark::kMillisecond);
  if (!full.empty()) {
    benchmark::RegisterBenchmark("load_models/full", load_models, full)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
