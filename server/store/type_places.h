// The places of a list by the types of the entities there: all directory objects lie in one list,
// and a page of groups is not to go through all users that a tenant has made.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string_view>

namespace graphmock::store {

// Whether entities of a type, named as the model has it, are asked for. Without one all are.
using IsWanted = std::function<bool(std::string_view type)>;

class TypePlaces {
 public:
  // Entities whose type nobody here knows are of "".
  void put(uint64_t place, std::string_view type);
  void take_off(uint64_t place, std::string_view type);

  // Those of wanted types or none, in order from a place on, until `visit` says false; whether it
  // never did.
  bool for_each(uint64_t from, const IsWanted& is_wanted,
                const std::function<bool(uint64_t place)>& visit) const;

 private:
  std::map<std::string_view, std::set<uint64_t>> places_;
};

}  // namespace graphmock::store
