// What is otherwise in one state than in another, both being changes upon the same fixtures: for
// tests that want to see what a client has done. Only what the changes touch is looked at.
#pragma once

#include <string>

#include "model/models.h"
#include "store/layer.h"
#include "store/snapshot.h"

namespace graphmock::store {

// {"created": [...], "updated": [...], "deleted": [...], "references": {"added": [...], "removed":
// [...], "reordered": [...]}} as docs/admin.md shows it, each list sorted by path. An empty layer
// is the fixtures themselves. Of two references that are the inverse of each other one is told.
std::string difference(const model::Models& models, const Snapshot& fixtures, const Layer& from,
                       const Layer& to);

}  // namespace graphmock::store
