#include "store/locate.h"

#include <unordered_set>

namespace graphmock::store {
namespace {

class Walk {
 public:
  Walk(const model::Models& models, const LayerView& view, const odata::Target& target,
       std::string_view me)
      : models_(models), view_(view), target_(target), me_(me) {}

  Location run() {
    for (const auto& step : target_.steps) {
      take(step);
      if (!location_.missing_key.empty()) break;
    }
    return std::move(location_);
  }

 private:
  void take(const odata::Step& step) {
    switch (step.kind) {
      case odata::StepKind::EntitySet:
        collection(address_of_set(step.name, *step.type), step.type);
        location_.is_added = target_.model->entity_set(step.name)->is_added;
        break;
      case odata::StepKind::Singleton:
        singleton(step);
        break;
      case odata::StepKind::Key:
        key(step);
        break;
      case odata::StepKind::Path:
        path(step.key);
        break;
      case odata::StepKind::Navigation:
        navigation(step);
        break;
      case odata::StepKind::Cast:
        location_.type = step.type;
        break;
      default:
        break;  // is_entities() ends before any other
    }
  }

  void collection(std::string address, const model::StructuredType* type) {
    location_ = Location{};
    location_.address = std::move(address);
    location_.list = location_.address;
    location_.type = location_.declared = type;
    location_.is_collection = true;
  }

  void singleton(const odata::Step& step) {
    collection(address_of_set(step.name, *step.type), step.type);
    location_.is_collection = false;
    location_.is_single = true;
    if (location_.address != kDirectoryPool) return;
    // A singleton among the directory objects (/me) is one of the pool seen by another name.
    location_.address = entity_address(kDirectoryPool, me_);
    const auto named = me_.empty() ? nullptr : view_.find(location_.address);
    if (!named || !is_a(models_, named->type, *step.type)) {
      location_.address.clear();
      view_.for_each(kDirectoryPool, [&](const EntityPtr& entity) {
        if (is_a(models_, entity->type, *step.type)) location_.address = entity->address;
        return location_.address.empty();
      });
    }
    if (location_.address.empty() || !view_.find(location_.address))
      location_.missing_key = step.name;
  }

  void key(const odata::Step& step) {
    owner_must_exist_ = true;
    location_.address =
        step.alternate_key.empty() ? address_in_list(step.key) : alternate(step.alternate_key);
    location_.is_collection = false;
    last_key_ = step.key;
  }

  std::string alternate(
      const std::vector<std::pair<std::string_view, std::string>>& properties) const {
    // The pool has others with the same: an application has the appId of its service principal.
    const auto entity = find_by_properties(
        view_, location_.list, properties,
        [this](const Entity& found) { return is_a(models_, found.type, *location_.type); });
    return entity ? entity->address : std::string();
  }

  // A navigation's list may hold entities of any home (what one version contains, another refers
  // to), so that a key which is not found where the list's entities live is looked for in it.
  std::string address_in_list(const std::string& key) const {
    const auto& home = location_.home_list();
    auto expected = entity_address(home, key);
    const auto entity = view_.find(expected);
    const bool is_elsewhere = location_.is_reference || !location_.home.list.empty();
    if (entity && is_a(models_, entity->type, *location_.type) &&
        (!is_elsewhere || is_held(expected))) {
      return expected;
    }
    if (!is_set_) {
      const auto suffix = entity_address("", key);
      if (const auto found = find_held(suffix)) return found->address;
    }
    const auto named = find_by_name(view_, home, *location_.type, key);
    if (named && is_a(models_, named->type, *location_.type) &&
        (!is_elsewhere || is_held(named->address))) {
      return named->address;
    }
    // Nothing: not in this list, whatever there may be elsewhere.
    return entity && is_elsewhere ? entity_address(location_.list, key) : expected;
  }

  EntityPtr find_held(std::string_view suffix) const {
    const auto is_wanted = [this](std::string_view type) {
      return is_a(models_, type, *location_.type);
    };
    if (location_.closure.empty()) return view_.find_in_list(location_.list, suffix, is_wanted);
    EntityPtr found;
    for (auto& held : entities_at(models_, view_, location_)) {
      if (held->address.ends_with(suffix)) found = std::move(held);
    }
    return found;
  }

  bool is_held(const std::string& address) const {
    return location_.closure.empty() && view_.is_listed(location_.list, address);
  }

  void path(const std::string& path) {
    const auto from = view_.find(location_.address);
    const auto found = from ? find_by_path(view_, from, path) : nullptr;
    location_.is_single = false;
    last_key_ = path;
    if (found) {
      location_.address = found->address;
    } else {
      location_.missing_key = path;
    }
  }

  void navigation(const odata::Step& step) {
    const auto owner = view_.find(location_.address);
    if (owner_must_exist_ && (!owner || !is_a(models_, owner->type, *location_.type))) {
      location_.missing_key = last_key_;
      return;
    }
    const auto* owner_type = location_.type;
    const auto selection = selection_of(step.name);
    const auto name = selection.empty() ? step.name : selection;
    const auto owner_address = location_.address;
    collection(child_address(owner_address, name), step.type);
    is_set_ = false;
    location_.closure = closure_of(name);
    location_.home = home_of(view_, owner_address, *owner_type, name);
    if (location_.home.list == location_.list) location_.home = {};
    location_.is_reference = !step.navigation->is_contained && !has_home(*owner_type, name);
    if (location_.is_reference) {
      location_.home = home_of_references(*target_.model, *step.type);
    }
    location_.is_added = step.navigation->is_added;
    if (!step.is_collection) single(owner_address, step.name);
  }

  void single(const std::string& owner_address, std::string_view name) {
    location_.is_collection = false;
    location_.is_single = true;
    owner_must_exist_ = location_.is_reference;
    last_key_ = name;
    if (location_.home.is_same_key) {
      location_.address = entity_address(location_.home.list, key_of_address(owner_address));
      return;
    }
    view_.for_each(location_.list, [&](const EntityPtr& entity) {
      location_.address = entity->address;
      return false;
    });
  }

  const model::Models& models_;
  const LayerView& view_;
  const odata::Target& target_;
  std::string_view me_;
  Location location_;
  // What is under way stands for one entity that has to be there before one can go on from it;
  // singletons and contained single values need not have been stored to have collections.
  bool owner_must_exist_ = false;
  bool is_set_ = true;  // no navigation yet
  std::string last_key_;
};

}  // namespace

Location locate(const model::Models& models, const LayerView& view, const odata::Target& target,
                std::string_view me) {
  return Walk(models, view, target, me).run();
}

Home home_of_references(const model::Model& model, const model::StructuredType& type) {
  if (type.derives_from("microsoft.graph.directoryObject")) {
    return {std::string(kDirectoryPool), true, false};
  }
  const auto* set = model.entity_set_of(type);
  return set ? Home{std::string(set->name), true, false} : Home{};
}

namespace {

// What the list holds, what each of those has in its own list of that name, and so on.
std::vector<EntityPtr> closure_at(const LayerView& view, const Location& location) {
  std::vector<EntityPtr> entities;
  std::unordered_set<std::string_view> seen;
  const auto take = [&](const EntityPtr& entity) {
    if (seen.insert(entity->address).second) entities.push_back(entity);
    return true;
  };
  const auto owner = std::string_view(location.list).substr(0, location.list.rfind('/'));
  seen.insert(owner);
  view.for_each(location.list, take);
  view.for_each(child_address(owner, location.closure), take);
  for (size_t i = 0; i < entities.size(); ++i) {
    const auto address = entities[i]->address;
    view.for_each(child_address(address, location.closure), take);
  }
  return entities;
}

}  // namespace

std::vector<EntityPtr> entities_at(const model::Models& models, const LayerView& view,
                                   const Location& location) {
  std::vector<EntityPtr> entities;
  if (!location.is_collection) {
    auto entity = view.find(location.address);
    if (entity && is_a(models, entity->type, *location.type)) entities.push_back(std::move(entity));
    return entities;
  }
  // Neighbours are mostly of one type, so that the last answer mostly holds.
  std::string_view last_type;
  bool is_wanted = false;
  const auto take = [&](const EntityPtr& entity) {
    if (entity->type.data() != last_type.data()) {
      last_type = entity->type;
      is_wanted = is_a(models, entity->type, *location.type);
    }
    if (is_wanted) entities.push_back(entity);
    return true;
  };
  if (location.closure.empty()) {
    view.for_each(location.list, take);
  } else {
    for (const auto& entity : closure_at(view, location)) take(entity);
  }
  return entities;
}

bool is_a(const model::Models& models, std::string_view entity_type,
          const model::StructuredType& required) {
  for (const auto& model : models.all()) {
    const auto* type = model->structured_type(entity_type);
    if (type && type->derives_from(required.name)) return true;
  }
  return false;
}

}  // namespace graphmock::store
