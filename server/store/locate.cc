#include "store/locate.h"

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
        key(step.key);
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
    location_.address = std::move(address);
    location_.list = location_.address;
    location_.type = location_.declared = type;
    location_.is_collection = true;
    location_.is_reference = false;
  }

  void singleton(const odata::Step& step) {
    collection(address_of_set(step.name, *step.type), step.type);
    location_.is_collection = false;
    if (location_.address != kDirectoryPool) return;
    // A singleton among the directory objects (/me) is one of the pool seen by another name.
    if (!me_.empty()) {
      location_.address = entity_address(kDirectoryPool, me_);
    } else {
      location_.address.clear();
      view_.for_each(kDirectoryPool, [&](const EntityPtr& entity) {
        if (is_a(models_, entity->type, *step.type)) location_.address = entity->address;
        return location_.address.empty();
      });
    }
    if (location_.address.empty() || !view_.find(location_.address))
      location_.missing_key = step.name;
  }

  void key(const std::string& key) {
    owner_must_exist_ = true;
    location_.address = address_in_list(key);
    location_.is_collection = false;
    last_key_ = key;
  }

  // A navigation's list may hold entities of any home (what one version contains, another refers
  // to), so that a key which is not found below the list is looked for in it.
  std::string address_in_list(const std::string& key) const {
    auto contained = entity_address(location_.list, key);
    if (is_set_ || view_.find(contained)) return contained;
    const auto suffix = entity_address("", key);
    std::string found;
    view_.for_each(location_.list, [&](const EntityPtr& entity) {
      if (entity->address.ends_with(suffix)) found = entity->address;
      return found.empty();
    });
    return found.empty() ? contained : found;
  }

  void navigation(const odata::Step& step) {
    if (owner_must_exist_) {
      const auto owner = view_.find(location_.address);
      if (!owner || !is_a(models_, owner->type, *location_.type)) {
        location_.missing_key = last_key_;
        return;
      }
    }
    collection(child_address(location_.address, step.name), step.type);
    is_set_ = false;
    location_.is_reference = !step.navigation->is_contained;
    location_.is_added = step.navigation->is_added;
    if (step.is_collection) return;
    location_.is_collection = false;
    owner_must_exist_ = location_.is_reference;
    last_key_ = step.name;
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
  view.for_each(location.list, [&](const EntityPtr& entity) {
    if (entity->type.data() != last_type.data()) {
      last_type = entity->type;
      is_wanted = is_a(models, entity->type, *location.type);
    }
    if (is_wanted) entities.push_back(entity);
    return true;
  });
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
