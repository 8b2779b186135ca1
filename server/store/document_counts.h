// What a state document says by "@mock.counts" and "@mock.versions" (store/stored_form): how many
// ids and versions its tenant had given, and which version each entity has that it had changed.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "store/snapshot.h"

namespace graphmock::store {

using VersionsByAddress = std::map<std::string, uint32_t>;

// Nothing for what says no such thing.
std::optional<Counts> read_counts(const boost::json::value& value);
std::optional<VersionsByAddress> read_versions(const boost::json::value& value);

// While it is loaded, and nobody has its entities.
void set_versions(const Snapshot& loaded, const VersionsByAddress& versions);

}  // namespace graphmock::store
