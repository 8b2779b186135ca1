// How long it takes to read both versions' models.
#include <benchmark/benchmark.h>

#include "model/csdl_reader.h"
#include "models.h"

namespace graphmock::bench {
namespace {

void load_models(benchmark::State& state, const ModelFiles& files) {
  int64_t bytes = 0;
  for (const auto& [version, file] : files) {
    bytes += static_cast<int64_t>(std::filesystem::file_size(file));
  }
  for (auto _ : state) {
    base::LoadErrors errors;
    for (const auto& [version, file] : files) {
      benchmark::DoNotOptimize(model::load_csdl(version, file, errors));
    }
    if (!errors.empty()) state.SkipWithError(errors.front().text().c_str());
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  using namespace graphmock::bench;
  benchmark::RegisterBenchmark("load_models/shipped", load_models, shipped_models())
      ->Unit(benchmark::kMillisecond);
  if (const auto full = full_models(); !full.empty()) {
    benchmark::RegisterBenchmark("load_models/full", load_models, full)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
