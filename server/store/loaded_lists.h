// What loading a fixture document makes of the lists, told beforehand: what is put where, what
// follows into a folder, which references it binds, in that order, as store/importer does it. Where
// a state has a list otherwise, its document has to say so.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/layer.h"

namespace graphmock::store {

class LoadedLists {
 public:
  using Elements = std::vector<const Entity*>;

  void put(std::string_view list, const Entity* entity) {
    lists_[std::string(list)].push_back(entity);
  }
  // To be bound when everything is in place, after those that were added before.
  void bind(const Entity* owner, std::string navigation, bool is_single, Elements targets) {
    binds_.push_back({owner, std::move(navigation), is_single, std::move(targets)});
  }
  void bind_all();

  const std::map<std::string, Elements, std::less<>>& all() const { return lists_; }

 private:
  struct Bind {
    const Entity* owner;
    std::string navigation;
    bool is_single;
    Elements targets;
  };

  std::map<std::string, Elements, std::less<>> lists_;
  std::deque<Bind> binds_;
};

}  // namespace graphmock::store
