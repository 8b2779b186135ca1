// What a state document says by "@mock.counts" and "@mock.versions" (store/stored_form): how many
// ids and versions its tenant had given, and which version each entity has that it had changed.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "store/snapshot.h"
#include "store/version.h"

namespace graphmock::store {

// Nothing for what says no such thing.
std::optional<Counts> read_counts(const boost::json::value& value);
std::optional<VersionsByAddress> read_versions(const boost::json::value& value);

}  // namespace graphmock::store
