// Reads a fixture set into the layer that lies below every tenant: a folder whose files' paths are
// the resource paths they fill, or a document, one JSON object whose members are named as those
// files would be ("users/ID/messages"). GET /__admin/state writes such a document.
#pragma once

#include <filesystem>
#include <memory>

#include "base/load_error.h"
#include "model/conform.h"
#include "model/models.h"
#include "store/snapshot.h"

namespace graphmock::store {

// The file of a folder that holds its canned answers, not entities.
inline constexpr std::string_view kOperationsFile = "operations.json";

// A folder or a document's file. Every problem goes to `errors` with file and line; with any, the
// result must not be used. A collection that no model has an address for is given one, in every
// model that declares the type which its entities name.
std::shared_ptr<const Snapshot> load_fixtures(const std::filesystem::path& path,
                                              const model::Models& models, model::EnumRule enums,
                                              base::LoadErrors& errors);

// The canned answers of the set at `path`, as scenario/script_reader takes them, and the file that
// has them; no file when it has none. Of a document they are the member "operations".
struct CannedAnswers {
  std::string file;
  std::string text;
};
CannedAnswers canned_answers(const std::filesystem::path& path, base::LoadErrors& errors);

// The same as load_fixtures() for a document's text, which problems call `name`; the models stay as
// they are, and canned answers are a problem.
std::shared_ptr<const Snapshot> read_fixture_document(const std::string& name, std::string text,
                                                      const model::Models& models,
                                                      model::EnumRule enums,
                                                      base::LoadErrors& errors);

}  // namespace graphmock::store
