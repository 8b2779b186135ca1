#include "graph/merge.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "graph/body.h"
#include "model/conform.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

class Merge {
 public:
  explicit Merge(const model::Model& model) : model_(model) {}

  // All of this says whether anything is other than before.
  bool members(json::object& entity, const json::object& changes,
               const model::StructuredType* type) const {
    bool is_other = false;
    for (const auto& change : changes) {
      base::charge(base::work::kEntity);
      const auto* property = type ? type->property(change.key()) : nullptr;
      const auto [place, is_new] = entity.emplace(change.key(), nullptr);
      auto& old = place->value();
      is_other |= is_new;
      if (const auto* complex = change.value().if_object()) {
        if (!old.is_object()) {
          old = json::object();
          is_other = true;
        }
        is_other |=
            value(old.get_object(), *complex, property ? property->type.structured : nullptr);
      } else if (change.value().is_null() && property && property->type.is_collection) {
        is_other |= put(old, json::array());  // a collection is never null (JSON 7.1)
      } else {
        is_other |= put(old, change.value());
      }
    }
    return is_other;
  }

 private:
  // A complex value says what it is by "@odata.type", or is of its property's type.
  const model::StructuredType* type_of(const json::object& value,
                                       const model::StructuredType* declared) const {
    const auto annotated = model::annotated_type(value);
    return annotated.empty() ? declared : model_.structured_type(annotated);
  }

  static bool put(json::value& old, const json::value& value) {
    if (old == value) return false;
    old = value;
    return true;
  }

  bool value(json::object& old, const json::object& change,
             const model::StructuredType* declared) const {
    auto type = type_of(old, declared);
    const bool is_other_type = change.contains("@odata.type") && type_of(change, declared) != type;
    if (is_other_type) {
      type = type_of(change, declared);
      old.clear();
    }
    return members(old, change, type) || is_other_type;
  }

  const model::Model& model_;
};

}  // namespace

bool merge(const model::Model& model, json::object& entity, const json::object& changes,
           const model::StructuredType& type) {
  return Merge(model).members(entity, changes, &type);
}

bool is_read_only(const model::StructuredType& type, const facts::TypeFacts& facts,
                  std::string_view name) {
  const auto* property = type.property(name);
  return (property && property->is_computed) || facts::lists(facts.read_only, name);
}

void drop_unchangeable(const model::StructuredType& type, const json::object& entity,
                       json::object& changes) {
  const auto& facts = facts::facts_of(type);
  std::vector<model::Problem> problems;
  for (auto change = changes.begin(); change != changes.end();) {
    const std::string_view name = change->key();
    const bool key = type.is_key(name);
    if (!key && !is_read_only(type, facts, name)) {
      ++change;
      continue;
    }
    const auto* old = entity.if_contains(name);
    if (!key && !old) {
      // What the fixtures leave unsaid cannot be said to change.
      ++change;
      continue;
    }
    const auto kept = old ? base::to_json(*old) : std::string("null");
    const auto given = base::to_json(change->value());
    if (!base::equals_ignoring_case(given, kept)) {
      problems.push_back({base::pointer_child("", name),
                          (key ? "The key '" : "The read-only property '") + std::string(name) +
                              "' is " + kept + " and cannot be changed to " + given + "."});
    }
    change = changes.erase(change);
  }
  if (!problems.empty()) throw_problems(problems);
}

}  // namespace graphmock::graph
