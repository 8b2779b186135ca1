// The files that the project ships, and the whole models of the service where they are at hand.
#pragma once

#include <filesystem>
#include <optional>

#include "base/load_error.h"
#include "facts/fact_set.h"
#include "model/models.h"

namespace graphmock::support {

std::filesystem::path project_file(const std::filesystem::path& relative);

// The folder that GRAPHMOCK_SHARED names, else "shared" beside the project: its "data" holds the
// service's own v1.0.csdl.xml and beta.csdl.xml. Nothing when it is not there.
std::optional<std::filesystem::path> full_models_folder();

// Problems go to `errors`; a version that cannot be read is left out.
model::Models load_shipped_models(base::LoadErrors& errors);
// Those that the project ships; what load_shipped_models() gives has them joined already.
const facts::FactSet& shipped_facts();
model::Models load_full_models(const std::filesystem::path& folder, base::LoadErrors& errors);

}  // namespace graphmock::support
