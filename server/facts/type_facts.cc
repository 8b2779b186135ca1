#include "facts/type_facts.h"

#include <algorithm>

namespace graphmock::facts {

const TypeFacts& facts_of(const model::StructuredType& type) {
  static const TypeFacts kNone;
  return type.facts ? *type.facts : kNone;
}

Family family_of(const model::StructuredType* type) {
  return type ? facts_of(*type).family : Family::Other;
}

bool lists(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

int documented_status(const std::vector<MemberStatus>& statuses, std::string_view member,
                      std::string_view method) {
  for (const auto& row : statuses) {
    if (row.member == member && row.method == method) return row.status;
  }
  return 0;
}

}  // namespace graphmock::facts
