// A whole state as a fixture document: one JSON object whose members are named as the files of a
// fixture folder would be. Loaded again (store/fixtures) it gives the same state, lists in their
// order; what the fixture format has no words for, it says by the annotations of
// store/stored_form. Entities that no address leads to any more are left out.
#pragma once

#include <string>

#include "model/conform.h"
#include "model/models.h"
#include "store/layer.h"
#include "store/snapshot.h"

namespace graphmock::store {

// `changes` lie on the fixtures, and `given` is what whoever loads it shall go on behind. `enums`
// is the rule that it will be loaded by.
std::string state_document(const model::Models& models, model::EnumRule enums,
                           const Snapshot& fixtures, const Layer& changes,
                           const Counts& given = {});

}  // namespace graphmock::store
