// What the service asks of every new entity and writes into it, and into one that changes, by the
// facts of its type: the values that it requires and those that no two may share, defaults, the
// folder, times and tags. For Transaction, through which each of them goes.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/model.h"
#include "store/importer.h"

namespace graphmock::graph {

class EntityRules : public store::Importer::Rules {
 public:
  // `view` is of the write that the entities are staged in, as is `version`, and must outlive it.
  EntityRules(const store::LayerView& view, uint32_t version, base::Instant now)
      : view_(view), version_(version), now_(now) {}

  void check(const store::Importer::Place& place, const model::StructuredType& type,
             const boost::json::object& object,
             const store::Importer::Report& report) const override;
  void complete(const store::Importer::Place& place, const std::string& list,
                const std::string& address, const model::StructuredType& type,
                boost::json::object& properties) const override;

  // Throws http::Error where another entity has a value that must be one's alone: among directory
  // objects 400 with the detail ObjectConflict, else 409. `list` holds the entity, or is to; `own`
  // is its address, empty for a new one.
  void refuse_shared(const model::StructuredType& type, const std::string& list,
                     const boost::json::object& properties, std::string_view own) const;
  // changeKey, eTag, cTag and lastModifiedDateTime, where the type has them.
  void mark_changed(const model::StructuredType& type, boost::json::object& properties) const;

 private:
  const store::LayerView& view_;
  const uint32_t version_;
  const base::Instant now_;
};

}  // namespace graphmock::graph
