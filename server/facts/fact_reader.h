// Reads a file of facts (docs/facts.md, fixtures/facts.schema.json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/load_error.h"
#include "facts/said.h"

namespace graphmock::facts {

// Every problem goes to `errors` with file and line; with any, the result must not be used.
SaidFile read_facts(const std::string& file_name, std::string_view text, base::LoadErrors& errors);

// What may be said of a type, in the words of the file. For the schema's test.
std::vector<std::string_view> names_of_facts();

}  // namespace graphmock::facts
