// What a layer adds to a list, in order, and where each of it stands. Whatever its length, adding,
// taking off and looking up take as long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace graphmock::store {

class AddedList {
 public:
  struct One {
    uint64_t place;
    std::string entity;  // its address
  };

  // Passes over those that were taken off.
  class Iterator {
   public:
    Iterator(const One* at, const One* end) : at_(at), end_(end) { pass_holes(); }
    const One& operator*() const { return *at_; }
    const One* operator->() const { return at_; }
    Iterator& operator++() {
      ++at_;
      pass_holes();
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    void pass_holes() {
      while (at_ != end_ && at_->entity.empty()) ++at_;
    }
    const One* at_;
    const One* end_;
  };

  Iterator begin() const { return {all_.data(), end_of_all()}; }
  Iterator end() const { return {end_of_all(), end_of_all()}; }
  // The first at a place or behind it.
  Iterator from(uint64_t place) const { return {all_.data() + position(place), end_of_all()}; }
  size_t size() const { return all_.size() - holes_; }
  bool empty() const { return size() == 0; }
  // How many places of those that were taken off are passed over.
  size_t holes() const { return holes_; }

  // `place` is larger than all before. False, and nothing is added, where it is in the list.
  bool add(uint64_t place, std::string_view entity);
  bool take_off(std::string_view entity);  // whether it was there
  std::optional<uint64_t> place_of(std::string_view entity) const;

 private:
  // Fewer are gone through faster than they are looked up.
  static constexpr size_t kShort = 16;

  const One* end_of_all() const { return all_.data() + all_.size(); }
  size_t position(uint64_t place) const;
  void drop_holes();

  std::vector<One> all_;  // what was taken off is without its entity, until there are many holes
  size_t holes_ = 0;
  // By hashes of the entities; empty while the list is short.
  std::unordered_multimap<size_t, uint64_t> places_;
};

}  // namespace graphmock::store
