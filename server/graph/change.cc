#include "graph/change.h"

#include <utility>

#include "base/json.h"
#include "graph/body.h"
#include "graph/merge.h"
#include "graph/relate.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

json::object properties_of(const store::EntityPtr& entity, const json::storage_ptr& memory) {
  if (!entity) return json::object(memory);
  auto value = base::parse_json(entity->text, base::JsonSyntax::Strict, memory);
  return std::move(value.get_object());
}

}  // namespace

Change::Change(Transaction& transaction, Found found)
    : transaction_(transaction),
      location_(std::move(found.location)),
      old_(std::move(found.entity)),
      own_type_(old_ ? transaction.call().model->structured_type(old_->type) : nullptr),
      type_(own_type_ ? *own_type_ : *location_.type),
      facts_(facts::facts_of(type_)),
      merged_(properties_of(old_, &memory_)),
      entity_(old_) {}

void Change::clear(const std::vector<const model::Property*>& path) {
  if (is_kept(path.front()->name)) return;
  has_lost_ = true;
  auto* object = &merged_;
  for (size_t i = 0; i + 1 < path.size() && object; ++i) {
    auto* value = object->if_contains(path[i]->name);
    object = value ? value->if_object() : nullptr;
  }
  if (object) object->erase(path.back()->name);
}

void Change::merge_in(const json::object& body, const std::string& pointer) {
  auto changes = read(body, pointer);
  drop_unchangeable(type_, merged_, changes.properties);
  put(changes);
}

void Change::replace_by(const json::object& body) {
  auto changes = read(body, "");
  drop_unchangeable(type_, merged_, changes.properties);
  const auto before = std::exchange(merged_, json::object(merged_.storage()));
  for (const auto& member : before) {
    if (is_kept(member.key())) merged_.emplace(member.key(), member.value());
  }
  has_lost_ = true;
  put(changes);
}

bool Change::is_kept(std::string_view name) const {
  return type_.is_key(name) || is_read_only(type_, facts_, name);
}

model::Representation Change::read(const json::object& body, const std::string& pointer) const {
  auto changes = model::read_representation(*transaction_.call().model, type_, body,
                                            transaction_.context().enums);
  for (auto& problem : changes.problems) problem.pointer = pointer + problem.pointer;
  if (!changes.problems.empty()) throw_problems(changes.problems);
  return changes;
}

void Change::put(const model::Representation& changes) {
  const bool is_other =
      merge(*transaction_.call().model, merged_, changes.properties, *changes.type);
  transaction_.rules().refuse_shared(*changes.type, location_.home_list(), changes.properties,
                                     location_.address);
  // What was taken away first may have been put back.
  const bool has_same_properties =
      has_lost_ ? old_ && merged_ == properties_of(old_, &memory_) : !is_other;
  const bool is_same = old_ && has_same_properties && changes.type->name == type_.name;
  if (!is_same) store(changes);
  if (relate(transaction_, location_.address, changes) && is_same) store(changes);
}

void Change::store(const model::Representation& changes) {
  if (!old_ && transaction_.find(location_.address)) {
    throw http::Error(409, "", "What is there is not of the type that the address says.");
  }
  const auto& models = transaction_.context().models;
  const auto& type = own_type_ || !old_ ? *changes.type : *models.structured_type(old_->type);
  entity_ = transaction_.change(location_.address, location_.list, type, merged_);
}

}  // namespace graphmock::graph
