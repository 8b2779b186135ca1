#include "store/type_places.h"

#include <utility>
#include <vector>

namespace graphmock::store {

void TypePlaces::put(uint64_t place, std::string_view type) {
  auto& places = places_[type];
  places.insert(places.end(), place);
}

void TypePlaces::take_off(uint64_t place, std::string_view type) {
  const auto found = places_.find(type);
  if (found != places_.end()) found->second.erase(place);
}

bool TypePlaces::for_each(uint64_t from, const IsWanted& is_wanted,
                          const std::function<bool(uint64_t place)>& visit) const {
  using Iterator = std::set<uint64_t>::const_iterator;
  std::vector<std::pair<Iterator, Iterator>> wanted;  // what is left of each type
  for (const auto& [type, places] : places_) {
    if (type.empty() || is_wanted(type)) {
      wanted.emplace_back(places.lower_bound(from), places.end());
    }
  }
  while (true) {
    std::pair<Iterator, Iterator>* next = nullptr;
    for (auto& one : wanted) {
      if (one.first != one.second && (!next || *one.first < *next->first)) next = &one;
    }
    if (!next) return true;
    if (!visit(*next->first++)) return false;
  }
}

}  // namespace graphmock::store
