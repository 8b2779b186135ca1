// The quick way from JSON to an entity, for files of a million: of an entity of which nothing is
// nested, referred to or annotated, each member is known to every version alike or to one alone.
// All others, and whatever has a mistake, is left to the importer, which makes the same of it.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/conform.h"
#include "model/models.h"
#include "store/importer.h"

namespace graphmock::store {

// For one thread. The models must outlive it, and stay as they are meanwhile.
class PlainReader {
 public:
  // For new entities at the place.
  PlainReader(const model::Models& models, const Importer::Place& place, model::EnumRule enums);

  // The entity, or null: it is the importer's to read, or to refuse.
  EntityPtr read(std::string_view text);

 private:
  struct Member {
    std::string_view name;
    std::vector<std::pair<const model::Model*, const model::Property*>> declared;
    uint8_t hidden_in = 0;  // as Entity has it
    // The same primitive type in all versions, one of those whose values are kept as they come.
    bool is_flat = false;
  };

  EntityPtr read(boost::json::object& object, std::string_view text);
  const Member* member(size_t place, std::string_view name);
  const Member* look_up(std::string_view name);
  bool is_right(const Member& member, const boost::json::value& value);

  const model::Models& models_;
  const std::vector<Declared> declared_;
  const std::string list_;
  const model::EnumRule enums_;
  const model::StructuredType& type_;
  const bool takes_plain_;                                // the place does
  std::unordered_map<std::string_view, Member> members_;  // that have been met; by their own names
  std::vector<const Member*> last_;  // the entity before had these, and the next mostly has too
  std::vector<model::Problem> problems_;
};

}  // namespace graphmock::store
