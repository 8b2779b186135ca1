#include "store/store.h"

namespace graphmock::store {
namespace {

// Whether the list holds the entity because it contains it, not as a reference to it.
bool is_contained(std::string_view list, std::string_view entity) {
  return entity.starts_with(list) && (entity.size() == list.size() || entity[list.size()] == '/');
}

}  // namespace

Store::Write::Write(Store& store)
    : store_(store),
      lock_(store.mutex_),
      view_({store.fixtures_.get(), &store.changes_, &staged_}) {}

void Store::Write::create(EntityPtr entity, std::string_view list) {
  staged_.add_to_list(list, entity->address);
  replace(std::move(entity));
}

void Store::Write::replace(EntityPtr entity) {
  staged_.entities.insert_or_assign(entity->address, std::move(entity));
}

void Store::Write::remove(std::string_view address) {
  std::vector<std::string> doomed{std::string(address)};
  for (const auto& list : view_.lists_within(address)) {
    for (const auto& entity : elements_of(list)) {
      if (is_contained(list, entity)) {
        doomed.push_back(entity);
      } else {
        unlist(list, entity);
      }
    }
  }
  for (const auto& entity : doomed) {
    for (const auto& list : view_.lists_of(entity)) unlist(list, entity);
    staged_.entities.insert_or_assign(entity, nullptr);
  }
}

void Store::Write::add_reference(std::string_view list, std::string_view target) {
  staged_.add_to_list(list, target);
}

void Store::Write::clear_references(std::string_view list) {
  for (const auto& entity : elements_of(list)) unlist(std::string(list), entity);
}

void Store::Write::commit() {
  store_.changes_.merge(std::move(staged_));
  staged_ = Layer{};
}

std::vector<std::string> Store::Write::elements_of(std::string_view list) const {
  std::vector<std::string> addresses;
  view_.for_each(list, [&](const EntityPtr& entity) {
    addresses.push_back(entity->address);
    return true;
  });
  return addresses;
}

void Store::Write::unlist(const std::string& list, const std::string& entity) {
  auto& change = staged_.lists[list];
  if (std::erase(change.added, entity) == 0) {
    change.removed.insert(entity);
    return;
  }
  const auto listed = staged_.listed_in.find(entity);
  std::erase(listed->second, list);
  if (listed->second.empty()) staged_.listed_in.erase(listed);
}

}  // namespace graphmock::store
