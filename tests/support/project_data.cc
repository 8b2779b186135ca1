#include "support/project_data.h"

#include <cstdlib>
#include <string>

#include "model/csdl_reader.h"

namespace graphmock::support {
namespace {

namespace fs = std::filesystem;

model::Models load(const fs::path& v1, const fs::path& beta, base::LoadErrors& errors) {
  model::Models models;
  if (auto model = model::load_csdl("v1.0", v1, errors)) models.add(std::move(model));
  if (auto model = model::load_csdl("beta", beta, errors)) models.add(std::move(model));
  for (const auto& model : models.all()) shipped_facts().join(*model);
  return models;
}

}  // namespace

fs::path project_file(const fs::path& relative) {
  return fs::path(GRAPHMOCK_TEST_SOURCE_DIR) / relative;
}

std::optional<fs::path> full_models_folder() {
  const char* named = std::getenv("GRAPHMOCK_SHARED");
  const auto shared = named && *named ? fs::path(named) : project_file("../shared");
  const auto folder = shared / "data";
  std::error_code code;
  if (!fs::exists(folder / "v1.0.csdl.xml", code) || !fs::exists(folder / "beta.csdl.xml", code)) {
    return std::nullopt;
  }
  return folder;
}

const facts::FactSet& shipped_facts() {
  static const auto kFacts = [] {
    base::LoadErrors errors;
    facts::FactSet all;
    all.load(project_file("fixtures/facts"), errors);
    if (!errors.empty()) throw base::LoadFailure(std::move(errors));
    return all;
  }();
  return kFacts;
}

model::Models load_shipped_models(base::LoadErrors& errors) {
  return load(project_file("fixtures/metadata/v1.0.xml"),
              project_file("fixtures/metadata/beta.xml"), errors);
}

model::Models load_full_models(const fs::path& folder, base::LoadErrors& errors) {
  return load(folder / "v1.0.csdl.xml", folder / "beta.csdl.xml", errors);
}

}  // namespace graphmock::support
