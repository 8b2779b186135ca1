#include "fuzz_support.h"

#include <cstdlib>

#include "support/project_data.h"

namespace graphmock::fuzz {

void expect(bool holds) {
  if (!holds) std::abort();
}

const model::Model& shipped_model() {
  static const auto models = [] {
    base::LoadErrors errors;
    auto loaded = support::load_shipped_models(errors);
    expect(errors.empty());
    return loaded;
  }();
  return *models.version("v1.0");
}

}  // namespace graphmock::fuzz
