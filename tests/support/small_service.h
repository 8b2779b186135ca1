// A service small enough to read: a few types of each kind, in two versions, for tests that need
// a model and not the real one. small_service.cc is its CSDL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/models.h"

namespace graphmock::support {

// A whole CSDL document around what stands inside of its one schema, microsoft.graph, alias graph.
// The schema's content begins on line 4.
std::string csdl(std::string_view schema_content);

// Fails the test, and gives what could be read, when the text has problems.
std::unique_ptr<model::Model> read_model(const std::string& version, std::string_view csdl_text);

// v1.0 and beta. Beta alone has user.betaNote, address.unit, the type `gadget` and the sets
// `gadgets` and `betaNotes`; v1.0 alone has user.oldNote.
model::Models small_models();
std::unique_ptr<model::Model> small_model();  // v1.0 of these

}  // namespace graphmock::support
