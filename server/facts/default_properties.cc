#include "facts/default_properties.h"

#include <bit>

#include "base/json_members.h"

namespace graphmock::facts {
namespace {

// A name is not empty.
size_t hash_of(std::string_view name) {
  const auto at = [name](size_t i) { return static_cast<unsigned char>(name[i]); };
  return at(0) * 7u + at(name.size() / 2) * 5u + at(name.size() - 1) * 3u + name.size();
}

}  // namespace

DefaultProperties::DefaultProperties(DefaultRule rule, const std::vector<std::string>& names)
    : rule_(rule) {
  slots_.resize(std::bit_ceil(4 * names.size()));
  const auto mask = slots_.size() - 1;
  for (const auto& name : names) {
    auto slot = hash_of(name);
    while (!slots_[slot & mask].empty()) ++slot;
    slots_[slot & mask] = name;
  }
}

bool DefaultProperties::shows(std::string_view name) const {
  bool is_listed = false;
  if (!name.empty()) {
    const auto mask = slots_.size() - 1;
    auto slot = hash_of(name) & mask;
    while (!slots_[slot].empty() && slots_[slot] != name) slot = (slot + 1) & mask;
    is_listed = !slots_[slot].empty();
  }
  return is_listed == (rule_ == DefaultRule::OnlyThese);
}

void DefaultProperties::append_shown(std::string& out, std::string_view entity_text) const {
  auto rest = entity_text.substr(1);
  while (base::has_member(rest)) {
    const auto member = base::next_member(rest);
    // What is said of a property, "name@odata.type", goes with it.
    if (!shows(member.name.substr(0, member.name.find('@')))) continue;
    if (out.back() != '{') out += ',';
    out += member.text;
  }
  out += '}';
}

}  // namespace graphmock::facts
