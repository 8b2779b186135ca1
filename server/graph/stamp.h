// What the service itself writes into an entity when it is made or changed.
#pragma once

#include <boost/json/fwd.hpp>

#include "base/clock.h"
#include "model/model.h"
#include "store/store.h"

namespace graphmock::graph {

// A body that says these itself is believed, as fixtures are.
void stamp_created(boost::json::object& entity, const model::StructuredType& type,
                   base::Instant now);
// What the service says of complex values where the client does not (type_facts.h: value_defaults).
void fill_defaults(boost::json::object& value, const model::StructuredType& type);
// changeKey, eTag and cTag, where the type has them: those that the write makes the entity's.
void stamp_tags(boost::json::object& entity, const model::StructuredType& type,
                const store::Store::Write& write);
// The same, and lastModifiedDateTime.
void stamp_changed(boost::json::object& entity, const model::StructuredType& type,
                   const store::Store::Write& write, base::Instant now);

}  // namespace graphmock::graph
