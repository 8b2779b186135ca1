// The pairs of models that the benchmarks run with.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

namespace graphmock::bench {

using ModelFiles = std::map<std::string, std::filesystem::path>;  // by version

inline ModelFiles shipped_models() {
  const auto folder = std::filesystem::path(GRAPHMOCK_BENCH_SOURCE_DIR) / "fixtures" / "metadata";
  return {{"v1.0", folder / "v1.0.xml"}, {"beta", folder / "beta.xml"}};
}

// The service's own $metadata as v1.0.csdl.xml and beta.csdl.xml in the folder that
// GRAPHMOCK_FULL_MODELS names, by default ../shared/data; empty when they are not there.
inline ModelFiles full_models() {
  const char* named = std::getenv("GRAPHMOCK_FULL_MODELS");
  const auto folder =
      named ? std::filesystem::path(named)
            : std::filesystem::path(GRAPHMOCK_BENCH_SOURCE_DIR) / ".." / "shared" / "data";
  const ModelFiles files = {{"v1.0", folder / "v1.0.csdl.xml"}, {"beta", folder / "beta.csdl.xml"}};
  for (const auto& [version, file] : files) {
    if (!std::filesystem::exists(file)) return {};
  }
  return files;
}

}  // namespace graphmock::bench
