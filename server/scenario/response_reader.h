// Reads what a rule answers.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "scenario/fields.h"
#include "scenario/script.h"

namespace graphmock::scenario {

// Texts that "bodyFileName" may name, by their path within the folder of scenarios. They are read
// when the scenarios are, so that no request can reach a file.
using BodyFiles = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

// Problems go to `fields`; with any, what comes back is not to be used.
ScriptedResponse read_response(const boost::json::value& value, const std::string& pointer,
                               const BodyFiles& files, Fields& fields);

// As "fault" has it; empty for none.
std::string_view name_of(http::Fault fault);

}  // namespace graphmock::scenario
