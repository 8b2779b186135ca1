// Reads a fixture set, a folder whose files' paths are the resource paths they fill, into the
// layer that lies below every tenant.
#pragma once

#include <filesystem>
#include <memory>

#include "base/load_error.h"
#include "model/conform.h"
#include "model/models.h"
#include "store/snapshot.h"

namespace graphmock::store {

// The file that holds a set's canned answers, not entities.
inline constexpr std::string_view kOperationsFile = "operations.json";

// Every problem goes to `errors` with file and line; with any, the result must not be used.
// A collection that no model has an address for is given one, in every model that declares the
// type which its entities name.
std::shared_ptr<const Snapshot> load_fixtures(const std::filesystem::path& folder,
                                              const model::Models& models, model::EnumRule enums,
                                              base::LoadErrors& errors);

}  // namespace graphmock::store
