#include "model/model.h"

#include <algorithm>
#include <atomic>

#include "base/text.h"

namespace graphmock::model {
namespace {

template <typename Member>
const Member* find_sorted(const std::vector<Member>& members, std::string_view name) {
  const auto found =
      std::lower_bound(members.begin(), members.end(), name,
                       [](const Member& member, std::string_view n) { return member.name < n; });
  return found != members.end() && found->name == name ? &*found : nullptr;
}

template <typename Member>
const Member* find_ignoring_case(const std::vector<Member>& members, std::string_view name) {
  for (const auto& member : members) {
    if (base::equals_ignoring_case(member.name, name)) return &member;
  }
  return nullptr;
}

// Which of two overloads is meant: the one that takes more of the arguments, then the smaller one.
bool fits_better(const Operation& operation, const Operation& other,
                 const std::vector<std::string_view>& arguments) {
  const auto taken_by = [&](const Operation& candidate) {
    return std::count_if(arguments.begin(), arguments.end(), [&](std::string_view name) {
      return candidate.parameter(name) != nullptr;
    });
  };
  if (taken_by(operation) != taken_by(other)) return taken_by(operation) > taken_by(other);
  return operation.parameters.size() < other.parameters.size();
}

template <typename Map>
auto find_or_null(const Map& map, const typename Map::key_type& key)
    -> decltype(&map.begin()->second) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

const EnumMember* EnumType::member(std::string_view member_name) const {
  for (const auto& member : members) {
    if (base::equals_ignoring_case(member.name, member_name)) return &member;
  }
  return nullptr;
}

std::string TypeRef::name() const {
  const auto item = enumeration  ? enumeration->name
                    : structured ? structured->name
                                 : name_of(primitive);
  return is_collection ? "Collection(" + std::string(item) + ")" : std::string(item);
}

StructuredType::StructuredType()
    : identity([] {
        static std::atomic<uint64_t> last{0};
        return last.fetch_add(1, std::memory_order_relaxed) + 1;
      }()) {}

const Property* StructuredType::property(std::string_view member) const {
  for (auto type = this; type; type = type->base) {
    if (const auto* found = find_sorted(type->properties, member)) return found;
  }
  return nullptr;
}

const NavigationProperty* StructuredType::navigation(std::string_view member) const {
  for (auto type = this; type; type = type->base) {
    if (const auto* found = find_sorted(type->navigations, member)) return found;
  }
  return nullptr;
}

const Property* StructuredType::property_ignoring_case(std::string_view member) const {
  if (const auto* exact = property(member)) return exact;
  for (auto type = this; type; type = type->base) {
    if (const auto* found = find_ignoring_case(type->properties, member)) return found;
  }
  return nullptr;
}

const NavigationProperty* StructuredType::navigation_ignoring_case(std::string_view member) const {
  if (const auto* exact = navigation(member)) return exact;
  for (auto type = this; type; type = type->base) {
    if (const auto* found = find_ignoring_case(type->navigations, member)) return found;
  }
  return nullptr;
}

bool StructuredType::derives_from(const StructuredType& ancestor) const {
  for (auto type = this; type; type = type->base) {
    if (type == &ancestor) return true;
  }
  return false;
}

bool StructuredType::derives_from(std::string_view ancestor_name) const {
  for (auto type = this; type; type = type->base) {
    if (type->name == ancestor_name) return true;
  }
  return false;
}

bool StructuredType::is_key(std::string_view property_name) const {
  return std::find(key.begin(), key.end(), property_name) != key.end();
}

bool StructuredType::has_alternate_key(const std::vector<std::string_view>& names) const {
  for (auto type = this; type; type = type->base) {
    for (const auto& alternate : type->alternate_keys) {
      if (std::is_permutation(alternate.begin(), alternate.end(), names.begin(), names.end())) {
        return true;
      }
    }
  }
  return false;
}

const Parameter* Operation::parameter(std::string_view parameter_name) const {
  return find_ignoring_case(parameters, parameter_name);
}

std::vector<std::string_view> StructuredType::member_names() const {
  std::vector<std::string_view> names;
  for (auto type = this; type; type = type->base) {
    for (const auto& member : type->properties) names.push_back(member.name);
    for (const auto& member : type->navigations) names.push_back(member.name);
  }
  return names;
}

std::string no_such_property(std::string_view name, const StructuredType& type) {
  auto message = "Could not find a property named '" + std::string(name) + "' on type '" +
                 std::string(type.name) + "'.";
  if (const auto near = base::nearest(name, type.member_names())) {
    message += " Did you mean '" + std::string(*near) + "'?";
  }
  return message;
}

std::string_view Model::intern(std::string_view text) {
  return *names_.emplace(text).first;
}

std::string Model::resolve_alias(std::string_view name) const {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::string(name);
  const auto* full = find_or_null(aliases_, name.substr(0, dot));
  if (!full) return std::string(name);
  return std::string(*full) + std::string(name.substr(dot));
}

const StructuredType* Model::structured_type(std::string_view name) const {
  if (const auto* found = find_or_null(structured_types_, name)) return found->get();
  const auto* found = find_or_null(structured_types_, resolve_alias(name));
  return found ? found->get() : nullptr;
}

const StructuredType* Model::structured_type_ignoring_case(std::string_view name) const {
  if (const auto* exact = structured_type(name)) return exact;
  const auto dot = std::min(name.rfind('.'), name.size());
  auto name_space = base::lower_case(name.substr(0, dot));
  for (const auto& [alias, full] : aliases_) {
    if (base::equals_ignoring_case(alias, name_space)) name_space = base::lower_case(full);
  }
  if (!namespaces_.contains(name_space)) return nullptr;
  const auto wanted = name_space + base::lower_case(name.substr(dot));
  for (const auto& [own, type] : structured_types_) {
    if (base::equals_ignoring_case(own, wanted)) return type.get();
  }
  return nullptr;
}

const EnumType* Model::enum_type(std::string_view name) const {
  if (const auto* found = find_or_null(enum_types_, name)) return found->get();
  const auto* found = find_or_null(enum_types_, resolve_alias(name));
  return found ? found->get() : nullptr;
}

const EntitySet* Model::entity_set(std::string_view name) const {
  return find_or_null(entity_sets_, base::lower_case(name));
}

const Singleton* Model::singleton(std::string_view name) const {
  return find_or_null(singletons_, base::lower_case(name));
}

const EntitySet* Model::entity_set_of(const StructuredType& type) const {
  const EntitySet* found = nullptr;
  for (const auto& [name, set] : entity_sets_) {
    if (set.type != &type || set.is_added) continue;
    if (found) return nullptr;
    found = &set;
  }
  return found;
}

const Operation* Model::import(std::string_view name,
                               const std::vector<std::string_view>& arguments) const {
  const Operation* best = nullptr;
  if (const auto* overloads = find_or_null(imports_, base::lower_case(name))) {
    for (const auto* operation : *overloads) {
      if (!best || fits_better(*operation, *best, arguments)) best = operation;
    }
  }
  return best;
}

std::optional<int> Model::binding_distance(const Operation& operation, const StructuredType& type,
                                           bool is_collection) {
  if (!operation.is_bound || operation.binding.is_collection != is_collection) return std::nullopt;
  int distance = 0;
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base, ++distance) {
    if (ancestor == operation.binding.structured) return distance;
  }
  return std::nullopt;
}

const Operation* Model::bound_operation(std::string_view name, const StructuredType& type,
                                        bool is_collection,
                                        const std::vector<std::string_view>& arguments) const {
  // No identifier (CSDL 15.2), but the key that most segments are: it need not be looked up.
  if (name.find('-') != std::string_view::npos) return nullptr;
  const auto dot = name.rfind('.');
  const auto plain = dot == std::string_view::npos ? name : name.substr(dot + 1);
  const auto* overloads = find_or_null(operations_by_name_, base::lower_case(plain));
  if (!overloads) return nullptr;
  const auto qualified = dot == std::string_view::npos ? std::string() : resolve_alias(name);
  const Operation* best = nullptr;
  int best_distance = 0;
  for (const auto* operation : *overloads) {
    if (!qualified.empty() && !base::equals_ignoring_case(operation->qualified_name, qualified)) {
      continue;
    }
    const auto distance = binding_distance(*operation, type, is_collection);
    if (!distance) continue;
    if (!best || *distance < best_distance ||
        (*distance == best_distance && fits_better(*operation, *best, arguments))) {
      best = operation;
      best_distance = *distance;
    }
  }
  return best;
}

std::vector<std::string_view> Model::root_names() const {
  std::vector<std::string_view> names;
  for (const auto& [key, set] : entity_sets_) names.push_back(set.name);
  for (const auto& [key, singleton] : singletons_) names.push_back(singleton.name);
  std::sort(names.begin(), names.end());
  return names;
}

void Model::add_entity_set(std::string_view name, const StructuredType& type) {
  entity_sets_.try_emplace(base::lower_case(name), EntitySet{intern(name), &type, true});
}

void Model::add_navigation(const StructuredType& owner, std::string_view name,
                           const StructuredType& type) {
  if (owner.navigation_ignoring_case(name) || owner.property_ignoring_case(name)) return;
  auto& navigations = structured_types_.at(owner.name)->navigations;
  NavigationProperty added;
  added.name = intern(name);
  added.type = &type;
  added.is_collection = true;
  added.is_contained = true;
  added.is_added = true;
  const auto place = std::lower_bound(
      navigations.begin(), navigations.end(), added.name,
      [](const NavigationProperty& member, std::string_view n) { return member.name < n; });
  navigations.insert(place, added);
}

}  // namespace graphmock::model
