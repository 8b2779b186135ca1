#include "graph/links.h"

#include "base/text.h"

namespace graphmock::graph {
namespace {

std::string escaped(std::string_view key) {
  std::string literal;
  for (const char c : key) literal += c == '\'' ? std::string("''") : std::string(1, c);
  return base::percent_encode(literal, kSegmentCharacters);
}

// "(appId='ID')"
std::string alternate_predicate(
    const std::vector<std::pair<std::string_view, std::string>>& alternate_key) {
  std::string text = "(";
  for (const auto& [name, value] : alternate_key) {
    if (text.size() > 1) text += ',';
    text.append(name).append("='").append(escaped(value)).append("'");
  }
  return text + ")";
}

// Of an entity of the pool of directory objects itself, not of one that it contains.
bool is_directory_object(const store::Entity& entity) {
  const std::string_view address = entity.address;
  return address.starts_with(store::kDirectoryPool) &&
         address.find('/') == store::kDirectoryPool.size() &&
         address.find('/', store::kDirectoryPool.size() + 1) == std::string_view::npos;
}

EntityPaths typed(std::string path, const store::Entity& entity,
                  const model::StructuredType* declared) {
  EntityPaths paths{path, std::move(path)};
  if (!declared || declared->name != entity.type) {
    paths.edit.append(1, '/').append(entity.type);
  }
  return paths;
}

// In the set of its type, or, where there is none of its own, in that of all of them.
EntityPaths directory_paths(const Call& call, const store::Entity& entity) {
  const auto* type = call.model->structured_type(entity.type);
  const auto* set = type ? call.model->entity_set_of(*type) : nullptr;
  if (set) return typed(std::string(set->name) + key_predicate(entity.key()), entity, type);
  return typed(std::string(store::kDirectoryPool) + key_predicate(entity.key()), entity, nullptr);
}

// By its address, where that is one in a set of the service.
std::string path_of_address(const store::Entity& entity) {
  const auto slash = entity.address.find('/');
  if (slash != std::string::npos && slash == entity.address.rfind('/')) {
    return entity.address.substr(0, slash) + key_predicate(entity.key());
  }
  return base::percent_encode(entity.address, "/!$&'()*+,;=:@%");
}

// What a directory object contains is kept below the pool, which is no address of it.
bool has_address_of_its_own(const store::Entity& entity) {
  return !entity.address.starts_with(store::kDirectoryPool);
}

std::string pool_key(const store::Location& location) {
  const size_t begin = store::kDirectoryPool.size() + 1;
  const auto key = location.address.substr(begin, location.address.find('/', begin) - begin);
  return base::percent_encode(key, kSegmentCharacters);
}

}  // namespace

std::string address_url(const Call& call) {
  auto url = call.service_root;
  for (const auto& segment : call.request.target.segments()) {
    url += '/';
    url += base::percent_encode(segment, kSegmentCharacters);
  }
  return url;
}

std::string entity_url(const Call& call, std::string_view key) {
  return address_url(call) + "/" + base::percent_encode(key, kSegmentCharacters);
}

std::string key_predicate(std::string_view key) {
  return "('" + escaped(key) + "')";
}

const model::EntitySet* set_behind(const Call& call, const store::Location& location) {
  const auto& first = call.target->steps.front();
  if (first.kind != odata::StepKind::Singleton) return nullptr;
  if (!location.address.starts_with(store::kDirectoryPool)) return nullptr;
  return call.model->entity_set_of(*first.type);
}

void append_step(std::string& path, const odata::Step& step) {
  if (step.kind == odata::StepKind::Path) {
    // A path from a key is a part of it: "sites('contoso.com:/sites/hr')". One from "root" leads
    // to another of its kind.
    if (path.ends_with("')")) {
      path.insert(path.size() - 2, ":%2F" + base::percent_encode(step.key, {}));
    }
    return;
  }
  if (step.kind == odata::StepKind::Key) {
    path += step.alternate_key.empty() ? key_predicate(step.key)
                                       : alternate_predicate(step.alternate_key);
    return;
  }
  if (!path.empty()) path += '/';
  path += step.name;
}

std::string path_of_steps(const Call& call, const store::Location& location, size_t count) {
  std::string path;
  const auto* set = set_behind(call, location);
  if (set) path = set->name;
  if (set && count > 1) path += "('" + pool_key(location) + "')";
  for (size_t i = set ? 1 : 0; i < count; ++i) append_step(path, call.target->steps[i]);
  return path;
}

EntityPaths entity_paths(const Call& call, const store::Location& location,
                         const store::Entity& entity) {
  if (is_directory_object(entity)) return directory_paths(call, entity);
  const auto& target = *call.target;
  const bool is_asked_for = target.is_entities() && !location.is_reference;
  if (!is_asked_for && has_address_of_its_own(entity)) {
    return typed(path_of_address(entity), entity, location.type);
  }
  auto path = path_of_steps(call, location, target.entity_steps());
  if (location.is_collection) path += key_predicate(entity.key());
  return typed(std::move(path), entity, location.type);
}

EntityPaths related_paths(const Call& call, std::string_view owner_path,
                          const model::NavigationProperty& navigation,
                          const store::Entity& entity) {
  if (is_directory_object(entity)) return directory_paths(call, entity);
  if (!navigation.is_contained && has_address_of_its_own(entity)) {
    return typed(path_of_address(entity), entity, navigation.type);
  }
  std::string path(owner_path);
  path.append(1, '/').append(navigation.name);
  if (navigation.is_collection) path += key_predicate(entity.key());
  return typed(std::move(path), entity, navigation.type);
}

}  // namespace graphmock::graph
