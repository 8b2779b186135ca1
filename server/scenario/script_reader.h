// Reads scenario files, and the operations file of a fixture set, which has the same shape.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/load_error.h"
#include "scenario/script.h"

namespace graphmock::scenario {

using Scripts = std::map<std::string, ScriptPtr, std::less<>>;

// Every problem goes to `errors` with line (of `file`, which is only a name); with any, null.
// A field that this version does not act on is a problem: no rule is half obeyed.
ScriptPtr read_script(std::string name, const std::string& file, std::string_view text,
                      base::LoadErrors& errors);

// All *.json of a folder, by name.
Scripts load_scripts(const std::filesystem::path& folder, base::LoadErrors& errors);

}  // namespace graphmock::scenario
