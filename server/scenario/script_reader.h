// Reads scenario files, and the operations file of a fixture set, which has the same shape.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/load_error.h"
#include "scenario/response_reader.h"
#include "scenario/script.h"

namespace graphmock::scenario {

using Scripts = std::map<std::string, ScriptPtr, std::less<>>;

// What a folder of scenarios holds.
struct Library {
  Scripts scripts;  // of its *.json, by name
  BodyFiles files;  // all else in it and below it
};

// Every problem goes to `errors` with line (of `file`, which is only a name); with any, null.
ScriptPtr read_script(std::string name, const std::string& file, std::string_view text,
                      const BodyFiles& files, base::LoadErrors& errors);

// Nothing is followed out of the folder. All of its body files together take 64 MiB at most.
Library load_library(const std::filesystem::path& folder, base::LoadErrors& errors);

// What "request" is in a rule, by itself; nothing, with `errors`, when it is wrong.
std::optional<RequestPattern> read_request_pattern(const std::string& file, std::string_view text,
                                                   base::LoadErrors& errors);

}  // namespace graphmock::scenario
