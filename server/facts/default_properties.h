// Which properties the service shows of an entity that is read without $select, where that is not
// all of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace graphmock::facts {

enum class DefaultRule : uint8_t {
  OnlyThese,    // and no dynamic properties
  AllButThese,  // these are returned only on $select
};

class DefaultProperties {
 public:
  DefaultProperties(DefaultRule rule, const std::vector<std::string>& names);

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
  std::vector<std::string> slots_;
};

}  // namespace graphmock::facts
