#include "store/document_members.h"

#include <algorithm>
#include <map>

namespace graphmock::store {
namespace {

class Gathering {
 public:
  Gathering(ResourcePaths& paths, const StateLists& lists) : paths_(paths), lists_(lists) {}

  std::vector<DocumentMember> run() {
    for (const auto& entity : lists_.elements(kDirectoryPool)) add(entity);
    const auto pool_members = static_cast<ptrdiff_t>(members_.size());
    for (const auto& [list, elements] : lists_.all()) {
      if (list == kDirectoryPool) continue;
      for (const auto& entity : elements) {
        if (is_home(list, entity->address)) add(entity);
      }
    }
    for (const auto& entity : lists_.unlisted()) add(entity);
    for (const auto& [list, elements] : lists_.all()) {
      if (elements.empty()) add_empty(list);
    }
    std::stable_sort(members_.begin() + pool_members, members_.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    part_singles();
    std::stable_sort(members_.begin(), members_.end(), [](const auto& a, const auto& b) {
      return depth_of(a.name) < depth_of(b.name);
    });
    return std::move(members_);
  }

 private:
  static ptrdiff_t depth_of(const std::string& name) {
    return std::count(name.begin(), name.end(), '/');
  }

  void add(const EntityPtr& entity) {
    const auto found = paths_.member_of(entity->address);
    if (!found) return;
    const bool is_collection = found->place->is_collection && found->place->stream.empty();
    const auto [known, is_new] =
        by_name_.try_emplace({found->name, is_collection}, members_.size());
    if (is_new) members_.push_back({found->name, found->place, is_collection, {}});
    members_[known->second].entities.push_back(entity);
  }

  // A collection that no model has an address for stays one when nothing is in it.
  void add_empty(const std::string& list) {
    const auto name = paths_.of_list(list);
    if (name.empty() || by_name_.contains({name, true})) return;
    const auto& place = paths_.place_at(name, true);
    if (place.is_added && place.is_collection) members_.push_back({name, &place, true, {}});
  }

  // Where one version has an entity and another a collection at the same address, the entities of
  // the latter are members of their own.
  void part_singles() {
    std::vector<DocumentMember> parted;
    for (auto& member : members_) {
      if (!member.is_collection || !by_name_.contains({member.name, false})) {
        parted.push_back(std::move(member));
        continue;
      }
      for (const auto& entity : member.entities) {
        const auto path = paths_.member_of(entity->address)->path;
        parted.push_back({path, &paths_.place_at(path, false), false, {entity}});
      }
    }
    members_ = std::move(parted);
  }

  ResourcePaths& paths_;
  const StateLists& lists_;
  std::vector<DocumentMember> members_;
  std::map<std::pair<std::string, bool>, size_t> by_name_;
};

}  // namespace

std::vector<DocumentMember> document_members(ResourcePaths& paths, const StateLists& lists) {
  return Gathering(paths, lists).run();
}

}  // namespace graphmock::store
