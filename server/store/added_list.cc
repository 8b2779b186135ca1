#include "store/added_list.h"

#include <algorithm>
#include <functional>

namespace graphmock::store {
namespace {

size_t hash_of(std::string_view entity) {
  return std::hash<std::string_view>()(entity);
}

}  // namespace

// Most often nothing has been dropped, so that places tell positions.
size_t AddedList::position(uint64_t place) const {
  if (all_.empty() || place <= all_.front().place) return 0;
  const auto guess = place - all_.front().place;
  if (guess < all_.size() && all_[guess].place == place) return guess;
  const auto found =
      std::lower_bound(all_.begin(), all_.end(), place,
                       [](const One& one, uint64_t wanted) { return one.place < wanted; });
  return static_cast<size_t>(found - all_.begin());
}

std::optional<uint64_t> AddedList::place_of(std::string_view entity) const {
  if (places_.empty()) {
    for (const auto& one : *this) {
      if (one.entity == entity) return one.place;
    }
    return std::nullopt;
  }
  const auto [begin, end] = places_.equal_range(hash_of(entity));
  for (auto found = begin; found != end; ++found) {
    if (all_[position(found->second)].entity == entity) return found->second;
  }
  return std::nullopt;
}

bool AddedList::add(uint64_t place, std::string_view entity) {
  if (place_of(entity)) return false;
  all_.push_back({place, std::string(entity)});
  if (!places_.empty()) {
    places_.emplace(hash_of(entity), place);
  } else if (all_.size() > kShort) {
    for (const auto& one : *this) places_.emplace(hash_of(one.entity), one.place);
  }
  return true;
}

bool AddedList::take_off(std::string_view entity) {
  const auto place = place_of(entity);
  if (!place) return false;
  const auto [begin, end] = places_.equal_range(hash_of(entity));
  const auto found =
      std::find_if(begin, end, [&](const auto& one) { return one.second == *place; });
  if (found != end) places_.erase(found);
  std::string().swap(all_[position(*place)].entity);
  ++holes_;
  // So few that passing over them is nothing, so many that dropping them is worth it.
  if (holes_ > kShort && holes_ * 8 > all_.size()) drop_holes();
  return true;
}

void AddedList::drop_holes() {
  std::erase_if(all_, [](const One& one) { return one.entity.empty(); });
  holes_ = 0;
}

}  // namespace graphmock::store
