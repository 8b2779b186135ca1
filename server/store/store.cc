#include "store/store.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

#include "base/work_budget.h"
#include "http/insufficient_storage.h"
#include "store/footprint.h"
#include "store/relations.h"
#include "store/session.h"
#include "store/version.h"

namespace graphmock::store {
namespace {

// Whether the list holds the entity because it contains it, not as a reference to it.
bool is_contained(std::string_view list, std::string_view entity) {
  return entity.starts_with(list) && (entity.size() == list.size() || entity[list.size()] == '/');
}

// What only takes away may always be said.
bool stores_more(const Layer& written) {
  return std::any_of(written.entities.begin(), written.entities.end(),
                     [](const auto& one) { return one.second != nullptr; }) ||
         std::any_of(written.lists.begin(), written.lists.end(),
                     [](const auto& one) { return !one.second.added.empty(); });
}

}  // namespace

bool Store::has_changes() const {
  const std::lock_guard lock(mutex_);
  return !changes_.is_empty();
}

Layer Store::changes() const {
  return changes_with_lag().latest();
}

Changes Store::changes_with_lag() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

void Store::charge_to(base::AccountPtr account) {
  account_ = std::move(account);
  account_->charge_anyway(changes_.frame());
  frame_ = {account_, changes_.frame()};
}

Store::Write::Write(Store& store) : Write(store, nullptr) {}

Store::Write::Write(Session& session) : Write(session.store_, &session) {}

Store::Write::Write(Store& store, Session* session)
    : store_(store),
      session_(session),
      lock_(store.mutex_),
      version_(store.changes_.version() + 1),
      view_(store.fixtures_.get(), {&store.changes_.seen(), &store.changes_.unseen(), &staged_}) {
  staged_.first_place = Layer::kFirstPlaceOfWrite;
  if (!session) return;
  assert(!session->open_write_);
  session->open_write_ = this;
}

Store::Write::~Write() {
  if (session_ && session_->open_write_ == this) session_->open_write_ = nullptr;
}

void Store::Write::create(NewEntity entity, std::string_view list) {
  if (view_.find(entity->address)) {
    throw std::logic_error("There is an entity at '" + entity->address + "' already.");
  }
  staged_.add_to_list(list, entity->address);
  stage(std::move(entity));
}

void Store::Write::replace(NewEntity entity) {
  const auto old = view_.find(entity->address);
  if (old && old->type != entity->type) staged_.has_other_types = true;
  const bool is_same = old && old->type == entity->type && old->text == entity->text &&
                       old->hidden_in == entity->hidden_in &&
                       old->is_enveloped == entity->is_enveloped;
  if (!is_same) return stage(std::move(entity));
  entity->version = old->version;
  entity->has_own_tag = old->has_own_tag;
}

void Store::Write::stage(NewEntity entity) {
  entity->version = version_;
  if (given_versions_) {
    const auto given = given_versions_->find(entity->address);
    entity->version = given == given_versions_->end() ? 0 : given->second;
  }
  entity->has_own_tag = has_tag_of(entity->text, entity->version);
  staged_.put(entity->address, entity);
}

void Store::Write::remove(std::string_view address) {
  std::vector<std::string> doomed{std::string(address)};
  std::unordered_set<std::string> seen(doomed.begin(), doomed.end());
  for (size_t i = 0; i < doomed.size(); ++i) {
    const auto entity = doomed[i];
    base::charge(base::work::kEntity);
    for (const auto& list : view_.lists_within(entity)) {
      const bool is_second = is_second_way(view_, list);
      for (const auto& element : elements_of(list)) {
        if (element == entity) continue;
        if (is_second || is_contained(entity, element)) {
          if (seen.insert(element).second) doomed.push_back(element);
        } else {
          remove_reference(list, element);
        }
      }
    }
  }
  for (const auto& entity : doomed) {
    for (const auto& list : view_.lists_of(entity)) staged_.take_off_list(list, entity);
    staged_.put(entity, nullptr);
  }
}

void Store::Write::move(std::string_view from, NewEntity entity, std::string_view list) {
  const auto to = entity->address;
  put_with_contents(from, std::move(entity), list, true);
  for (const auto& old_list : view_.lists_within(from)) {
    if (!is_second_way(view_, old_list)) continue;
    for (const auto& element : elements_of(old_list)) {
      if (is_contained(from, element)) continue;
      staged_.take_off_list(old_list, element);
      staged_.add_to_list(to + old_list.substr(from.size()), element);
    }
  }
  remove(from);
}

void Store::Write::copy(std::string_view from, NewEntity entity, std::string_view list) {
  put_with_contents(from, std::move(entity), list, false);
}

void Store::Write::put_with_contents(std::string_view from, NewEntity entity, std::string_view list,
                                     bool is_moved) {
  struct Moved {
    NewEntity entity;
    std::string list;
  };
  const auto renamed = [&](std::string_view address) {
    return entity->address + std::string(address.substr(from.size()));
  };
  std::vector<Moved> contained;
  std::unordered_set<std::string> taken;
  std::vector<std::pair<std::string, std::string>> references;
  for (const auto& old_list : view_.lists_within(from)) {
    const bool is_second = is_second_way(view_, old_list);
    for (const auto& element : elements_of(old_list)) {
      if (element == from) continue;
      if (!is_contained(from, element)) {
        if (!is_second) references.emplace_back(renamed(old_list), element);
        continue;
      }
      // What only a second way leads to lives by it.
      const bool lives_here =
          is_contained(old_list, element) || !view_.is_listed(home_of_address(element), element);
      if (!lives_here || !taken.insert(element).second) {
        references.emplace_back(renamed(old_list), renamed(element));
        continue;
      }
      const auto original = view_.find(element);
      base::charge_copy(original->text.size());
      auto copy = std::make_shared<Entity>(*original);
      copy->address = renamed(element);
      contained.push_back({std::move(copy), renamed(old_list)});
    }
  }
  create(entity, list);
  for (auto& one : contained) {
    const auto put = one.entity;
    const auto version = put->version;
    const bool has_own_tag = put->has_own_tag;
    create(std::move(one.entity), one.list);
    if (!is_moved) continue;
    put->version = version;
    put->has_own_tag = has_own_tag;
  }
  // Whoever they lead to does not know of the copy: what is deleted is a member of nothing.
  for (const auto& [reference_list, target] : references) {
    staged_.add_to_list(reference_list, target);
  }
}

std::string Store::Write::inverse_list(std::string_view list, std::string_view target) const {
  const auto slash = list.rfind('/');
  const auto owner = slash == std::string_view::npos ? nullptr : view_.find(list.substr(0, slash));
  const auto inverse = owner ? inverse_of(*owner, list.substr(slash + 1)) : std::string_view();
  return inverse.empty() ? std::string() : child_address(target, inverse);
}

void Store::Write::add_reference(std::string_view list, std::string_view target) {
  staged_.add_to_list(list, target);
  const auto inverse = inverse_list(list, target);
  if (!inverse.empty()) staged_.add_to_list(inverse, list.substr(0, list.rfind('/')));
}

void Store::Write::remove_reference(std::string_view list, std::string_view target) {
  const std::string inverse = inverse_list(list, target);
  staged_.take_off_list(list, target);
  if (!inverse.empty())
    staged_.take_off_list(inverse, std::string(list.substr(0, list.rfind('/'))));
}

void Store::Write::return_references(std::string_view entity) {
  for (const auto& list : view_.lists_within(entity)) {
    const auto slash = list.rfind('/');
    if (std::string_view(list).substr(0, slash) != entity) continue;
    for (const auto& owner : elements_of(list)) {
      const auto navigation = navigation_behind(*view_.find(owner), list.substr(slash + 1));
      const auto other =
          navigation.empty() ? inverse_list(list, owner) : child_address(owner, navigation);
      if (other.empty() || view_.is_listed(other, entity)) continue;
      staged_.add_to_list(other, entity);
    }
  }
}

void Store::Write::clear_references(std::string_view list) {
  for (const auto& entity : elements_of(list)) remove_reference(list, entity);
}

void Store::Write::commit() {
  // Before anything is done: once it has begun it goes to its end, however long that takes.
  constexpr uint64_t kWork = 8000;
  base::charge(kWork * staged_.entities.size());
  const auto charge = this->charge();
  if (!staged_.entities.empty()) store_.changes_.set_version(version_);
  store_.changes_.commit(std::move(staged_), session_ ? session_->lag_ : Lag());
  store_.is_changed_.store(true, std::memory_order_release);
  store_.frame_.set(store_.changes_.frame());
  if (session_) {
    session_->has_written_ = true;
    session_->open_write_ = nullptr;
  }
  lock_.unlock();
}

base::Charge Store::Write::charge() {
  const auto& account = store_.account_;
  if (!account) return {};
  const auto frame = frame_of(staged_);
  uint64_t bytes = frame;
  for (const auto& one : staged_.entities) bytes += one.second ? bytes_of(*one.second) : 0;
  if (!is_limited_ || !stores_more(staged_)) {
    account->charge_anyway(bytes);
  } else if (!account->charge(bytes)) {
    throw http::insufficient_storage();
  }
  for (auto& [address, entity] : staged_.entities) {
    if (entity) entity = base::charged(entity, {account, bytes_of(*entity)});
  }
  return {account, frame};
}

Layer Store::Write::take() {
  auto taken = std::exchange(staged_, Layer{});
  staged_.first_place = Layer::kFirstPlaceOfWrite;
  return taken;
}

std::vector<std::string> Store::Write::elements_of(std::string_view list) const {
  std::vector<std::string> addresses;
  view_.for_each(list, [&](const EntityPtr& entity) {
    addresses.push_back(entity->address);
    return true;
  });
  return addresses;
}

}  // namespace graphmock::store
