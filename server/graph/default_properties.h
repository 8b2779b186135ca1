// Which properties the service shows of an entity that is read without $select, where that is not
// all of them: a table by type and version.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace graphmock::graph {

enum class DefaultRule : uint8_t {
  OnlyThese,    // and no dynamic properties
  AllButThese,  // these are returned only on $select
};

// Names of properties stand in one text, blanks between them.
struct DefaultPropertiesRow {
  std::string_view type;     // it and what derives from it
  std::string_view version;  // empty: all
  DefaultRule rule;
  std::string_view names;
};

// A row, ready to be asked.
class DefaultProperties {
 public:
  explicit DefaultProperties(const DefaultPropertiesRow& row);

  bool shows(std::string_view name) const;
  // Whether what it lists is all that is shown: nothing then has to be looked for that the version
  // does not declare.
  bool is_exhaustive() const { return rule_ == DefaultRule::OnlyThese; }
  // Adds the members of an entity's text that are shown to an object that `out` ends in the middle
  // of, and its '}'.
  void append_shown(std::string& out, std::string_view entity_text) const;

 private:
  DefaultRule rule_;
  // A hash table of the names, which is asked for each member of each entity. Empty places have
  // empty names.
  std::vector<std::string_view> slots_;
};

// Of the nearest ancestor, the type itself first, that has a row for the version; null where every
// property is shown.
const DefaultProperties* default_properties(const model::StructuredType& type,
                                            std::string_view version);

// The table itself, sorted by type; for tests.
std::span<const DefaultPropertiesRow> default_properties_rows();

}  // namespace graphmock::graph
