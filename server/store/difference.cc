#include "store/difference.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "base/json.h"
#include "base/json_difference.h"
#include "store/relations.h"
#include "store/resource_path.h"
#include "store/state_lists.h"
#include "store/stored_form.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

bool is_same(const Entity& a, const Entity& b) {
  return &a == &b || (a.text == b.text && a.type == b.type && a.is_enveloped == b.is_enveloped);
}

json::object stored_object(const Entity& entity) {
  std::string text;
  append_stored(text, entity);
  return base::parse_json(text, base::JsonSyntax::Relaxed).get_object();
}

// The entries of one list in the answer, by path.
using Entries = std::vector<std::pair<std::string, std::string>>;

void append(std::string& out, std::string_view name, Entries entries) {
  std::sort(entries.begin(), entries.end());
  base::append_json_string(out, name);
  out += ":[";
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) out += ',';
    out += entries[i].second;
  }
  out += ']';
}

std::string begin_entry(const std::string& path) {
  std::string entry = R"({"path":)";
  base::append_json_string(entry, path);
  return entry;
}

class Difference {
 public:
  Difference(const model::Models& models, const Snapshot& fixtures, const Layer& from,
             const Layer& to)
      : layers_{&from, &to},
        before_(&fixtures, {&from}),
        after_(&fixtures, {&to}),
        paths_before_(models, before_),
        paths_after_(models, after_) {}

  std::string run() {
    compare_entities();
    compare_lists();
    std::string out = "{";
    append(out, "created", std::move(created_));
    out += ',';
    append(out, "updated", std::move(updated_));
    out += ',';
    append(out, "deleted", std::move(deleted_));
    out += R"(,"references":{)";
    append(out, "added", std::move(added_));
    out += ',';
    append(out, "removed", std::move(removed_));
    out += ',';
    append(out, "reordered", std::move(reordered_));
    return out + "}}";
  }

 private:
  void compare_entities() {
    std::set<std::string_view> touched;
    for (const auto* layer : layers_) {
      for (const auto& [address, entity] : layer->entities) touched.insert(address);
    }
    for (const auto address : touched) {
      const auto old = before_.find(address);
      const auto now = after_.find(address);
      if (!old && now) add_entity(created_, paths_after_, *now);
      if (old && !now) add_entity(deleted_, paths_before_, *old);
      if (old && now && !is_same(*old, *now)) add_update(*old, *now);
    }
  }

  static void add_entity(Entries& entries, ResourcePaths& paths, const Entity& entity) {
    const auto member = paths.member_of(entity.address);
    if (!member) return;
    auto entry = begin_entry(member->path) + R"(,"value":)";
    append_stored(entry, entity);
    entries.emplace_back(member->path, entry + "}");
  }

  void add_update(const Entity& old, const Entity& now) {
    auto member = paths_after_.member_of(now.address);
    if (!member) member = paths_before_.member_of(old.address);
    if (!member) return;
    auto entry = begin_entry(member->path) + R"(,"changes":[)";
    const auto append_change = [&](const std::string& pointer, const json::value* from,
                                   const json::value* to) {
      if (entry.back() != '[') entry += ',';
      entry += begin_entry(pointer);
      if (from) base::append_json(entry += R"(,"from":)", *from);
      if (to) base::append_json(entry += R"(,"to":)", *to);
      entry += '}';
    };
    base::for_each_change(stored_object(old), stored_object(now), append_change);
    // The same members in another order are no change.
    if (entry.back() != '[') updated_.emplace_back(member->path, entry + "]}");
  }

  void compare_lists() {
    std::set<std::string_view> touched;
    for (const auto* layer : layers_) {
      for (const auto& [name, change] : layer->lists) touched.insert(name);
    }
    for (const auto list : touched) compare_list(list);
  }

  std::set<std::string_view> touched_in(std::string_view list) const {
    std::set<std::string_view> entities;
    for (const auto* layer : layers_) {
      const auto found = layer->lists.find(list);
      if (found == layer->lists.end()) continue;
      for (const auto& added : found->second.added) entities.insert(added.entity);
      for (const auto& entity : found->second.removed) entities.insert(entity);
    }
    return entities;
  }

  static bool is_in(const LayerView& view, std::string_view list, std::string_view entity) {
    return view.is_listed(list, entity) && view.find(entity);
  }

  void compare_list(std::string_view list) {
    bool may_be_reordered = false;
    for (const auto entity : touched_in(list)) {
      const bool was = is_in(before_, list, entity);
      const bool is = is_in(after_, list, entity);
      may_be_reordered |= was && is;
      if (was == is || follows(list, entity, was)) continue;
      // Where it lives is told with the entity.
      if (is_home(list, entity) && (!before_.find(entity) || !after_.find(entity))) continue;
      add_reference(list, entity, was);
    }
    if (may_be_reordered && is_reordered(list)) {
      const auto path = paths_after_.of_list(list);
      if (!path.empty()) reordered_.emplace_back(path, begin_entry(path) + "}");
    }
  }

  void add_reference(std::string_view list, std::string_view entity, bool is_removed) {
    auto& paths = is_removed ? paths_before_ : paths_after_;
    const auto path = paths.of_list(list);
    const auto target = paths.of_entity(entity);
    if (path.empty() || target.empty()) return;
    auto entry = begin_entry(path) + R"(,"target":)";
    base::append_json_string(entry, target);
    (is_removed ? removed_ : added_).emplace_back(path + '\n' + target, entry + "}");
  }

  // Whether the same has happened to the reference that this one is the inverse of.
  bool follows(std::string_view list, std::string_view entity, bool is_removed) const {
    const auto slash = list.rfind('/');
    if (slash == std::string_view::npos) return false;
    const auto& view = is_removed ? before_ : after_;
    const auto owner_address = list.substr(0, slash);
    const auto name = list.substr(slash + 1);
    const auto owner = view.find(owner_address);
    const auto target = view.find(entity);
    if (!owner || !target) return false;
    const auto behind = navigation_behind(*target, name);
    if (behind.empty() || (inverse_of(*owner, name) == behind && name < behind)) return false;
    const auto other = child_address(entity, behind);
    return is_in(before_, other, owner_address) == is_removed &&
           is_in(after_, other, owner_address) != is_removed;
  }

  // Of what is in both, whether any stands elsewhere among the others.
  bool is_reordered(std::string_view list) const {
    if (!has_moved(list)) return false;
    const auto common = [list](const LayerView& view, const LayerView& other) {
      std::vector<std::string_view> addresses;
      view.for_each(list, [&](const EntityPtr& entity) {
        if (is_in(other, list, entity->address)) addresses.push_back(entity->address);
        return true;
      });
      return addresses;
    };
    return common(before_, after_) != common(after_, before_);
  }

  // Whether any may: one that was there before either of the layers has been taken out and put
  // back in one of them, or both have put in the same in another order.
  bool has_moved(std::string_view list) const {
    std::array<std::vector<std::string_view>, 2> put;
    for (size_t i = 0; i < 2; ++i) {
      const auto found = layers_[i]->lists.find(list);
      if (found == layers_[i]->lists.end()) continue;
      for (const auto& added : found->second.added) {
        if (is_in(before_, list, added.entity) && is_in(after_, list, added.entity)) {
          put[i].push_back(added.entity);
        }
      }
    }
    return put[0] != put[1];
  }

  const std::array<const Layer*, 2> layers_;
  const LayerView before_, after_;
  ResourcePaths paths_before_, paths_after_;
  Entries created_, updated_, deleted_, added_, removed_, reordered_;
};

}  // namespace

std::string difference(const model::Models& models, const Snapshot& fixtures, const Layer& from,
                       const Layer& to) {
  return Difference(models, fixtures, from, to).run();
}

}  // namespace graphmock::store
