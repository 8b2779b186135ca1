#include "graph/relate.h"

#include <algorithm>

#include "base/json.h"
#include "base/work_budget.h"
#include "facts/type_facts.h"
#include "graph/body.h"
#include "graph/change.h"
#include "graph/reference.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// "You can specify up to 20 objects" (reference, "Add member").
constexpr size_t kMostBound = 20;

class Relate {
 public:
  Relate(Transaction& transaction, const std::string& owner, const model::Representation& body)
      : transaction_(transaction), owner_(owner), body_(body), importer_(transaction.importer()) {}

  bool run() {
    for (const auto& bind : body_.binds) this->bind(bind);
    for (const auto& nested : body_.nested) this->nested(nested);
    for (const auto& delta : body_.deltas) this->delta(delta);
    problems_.throw_if_any();
    importer_.bind_references();
    problems_.throw_if_any();
    return !body_.binds.empty() || !body_.nested.empty() || !body_.deltas.empty();
  }

 private:
  [[noreturn]] static void fail(const std::string& pointer, std::string message) {
    throw_problems({{pointer, std::move(message)}});
  }

  const store::LayerView& view() const { return transaction_.view(); }
  const model::Models& models() const { return transaction_.context().models; }

  store::Importer::Place place_of(const model::NavigationProperty& navigation) const {
    return store::place_below(view(), owner_, *transaction_.call().model, *body_.type, navigation);
  }

  void bind(const model::Representation::Bind& bind) {
    const auto list = store::child_address(owner_, bind.navigation->name);
    if (bind.targets.size() > kMostBound) {
      fail(bind.pointer, "'" + bind.pointer.substr(1) + "' names " +
                             std::to_string(bind.targets.size()) + " entities. At most " +
                             std::to_string(kMostBound) + " are taken at once.");
    }
    for (const auto& target : bind.targets) {
      const auto entity = store::entity_at_url(models(), view(), target);
      if (bind.navigation->is_collection && entity && view().is_listed(list, entity->address)) {
        fail(bind.pointer,
             "One or more added object references already exist for the following modified "
             "properties: '" +
                 std::string(bind.navigation->name) + "'.");
      }
    }
    importer_.bind(owner_, bind, problems_.report());
  }

  void nested(const model::Representation::Nested& nested) {
    const auto& navigation = *nested.navigation;
    if (!facts::lists(facts::facts_of(*body_.type).deep_update, navigation.name)) {
      fail(nested.pointer, "The navigation property '" + std::string(navigation.name) +
                               "' cannot be updated together with its owner of type '" +
                               std::string(body_.type->name) + "'.");
    }
    const auto place = place_of(navigation);
    if (const auto* object = nested.value->if_object()) {
      put(place, *object, nested.pointer);
      return;
    }
    // The collection is all that the body has of it (PRO 11.4.3.1).
    std::vector<std::string> old;
    view().for_each(place.list, [&](const store::EntityPtr& entity) {
      old.push_back(entity->address);
      return true;
    });
    if (const auto* array = nested.value->if_array()) {
      for (const auto& item : *array) {
        if (!item.is_object()) fail(nested.pointer, "An entity is a JSON object.");
        base::charge(old.size());
        const auto kept = put(place, item.get_object(), nested.pointer);
        std::erase(old, kept);
      }
    }
    for (const auto& address : old) transaction_.remove(address);
  }

  void delta(const model::Representation::Delta& delta) {
    const auto place = place_of(*delta.navigation);
    for (const auto& value : *delta.items) {
      const auto& item = value.get_object();
      const bool is_removed = item.contains("@removed") || item.contains("@odata.removed");
      const auto reference = reference_in(item);
      const bool is_reference = !delta.navigation->is_contained && place.home.list != place.list;
      if (is_removed) {
        remove(*delta.navigation, place, item, reference, delta.pointer);
      } else if (!reference.empty() && is_reference) {
        model::Representation::Bind bind{delta.navigation, {reference}, delta.pointer};
        importer_.bind(owner_, bind, problems_.report());
      } else {
        put(place, item, delta.pointer);
      }
    }
  }

  void remove(const model::NavigationProperty& navigation, const store::Importer::Place& place,
              const json::object& item, const std::string& reference, const std::string& pointer) {
    store::EntityPtr entity;
    if (!reference.empty()) {
      entity = store::entity_at_url(models(), view(), reference);
    } else {
      entity = existing(place, *navigation.type, item);
    }
    if (!entity || !view().is_listed(place.list, entity->address)) {
      fail(pointer, "What is to be removed from '" + std::string(navigation.name) +
                        "' is not in it: " + base::to_json(json::value(item)) + ".");
    }
    if (navigation.is_contained) {
      transaction_.remove(entity->address);
    } else {
      transaction_.unlink(place.list, entity->address);
    }
  }

  // The entity of the place that has the key that the item says, or the only one that there can be.
  store::EntityPtr existing(const store::Importer::Place& place, const model::StructuredType& type,
                            const json::object& item) const {
    if (place.is_single && place.home.list.empty()) return transaction_.find(place.list);
    const auto* key = type.key.empty() ? nullptr : item.if_contains(type.key[0]);
    if (!key || !base::is_string(*key)) return nullptr;
    return transaction_.find(store::entity_address(place.home_list(), key->get_string()));
  }

  // Merges into the entity that is there, or makes a new one; gives its address.
  std::string put(const store::Importer::Place& place, const json::object& item,
                  const std::string& pointer) {
    const auto old = existing(place, *place.declared[0].type, item);
    if (!old) return importer_.put(place, item, problems_.report());
    if (!store::is_a(models(), old->type, *place.declared[0].type)) {
      fail(pointer, "'" + old->key() + "' is of type '" + std::string(old->type) + "'. Expected '" +
                        std::string(place.declared[0].type->name) + "' or one derived from it.");
    }
    store::Location location;
    location.address = old->address;
    location.list = place.home_list();
    location.type = location.declared = place.declared[0].type;
    Change(transaction_, {std::move(location), old}).merge_in(item, pointer);
    if (!place.is_single && !view().is_listed(place.list, old->address)) {
      transaction_.link(place.list, old->address);
    }
    return old->address;
  }

  Transaction& transaction_;
  const std::string owner_;
  const model::Representation& body_;
  store::Importer importer_;
  Problems problems_;
};

}  // namespace

bool relate(Transaction& transaction, const std::string& owner, const model::Representation& body) {
  return Relate(transaction, owner, body).run();
}

}  // namespace graphmock::graph
