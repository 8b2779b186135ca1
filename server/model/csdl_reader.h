// Reads a CSDL document (OData CSDL XML 4.01) into a Model. The service's own $metadata loads
// unchanged. Of annotations those count that say what is computed, optional or an alternate key.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/load_error.h"
#include "model/model.h"

namespace graphmock::model {

// Every problem goes to `errors` with file and line; with any, the result must not be used.
std::unique_ptr<Model> read_csdl(std::string version, const std::string& file_name,
                                 std::string_view text, base::LoadErrors& errors);

// Null when the file cannot be read.
std::unique_ptr<Model> load_csdl(std::string version, const std::filesystem::path& file,
                                 base::LoadErrors& errors);

}  // namespace graphmock::model
