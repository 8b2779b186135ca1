// A small model with a property of each type, and entities of it, for tests of expressions: people,
// and what the examples of the standard are about.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/eval.h"

namespace graphmock::support {

const model::Model& people_model();
// By its name without namespace; it has to be there.
const model::StructuredType& people_type(std::string_view name);

// A person with a value in every property but `nothing`, `none`, `maybe` and `nobody`.
const boost::json::value& a_person();

// Each person has two friends, Ann and Bob, who is a chief, and no boss. $root/people are these
// two, $root/leader is Ann; $search finds whose name has a word.
class People : public odata::Source {
 public:
  People();

  std::vector<odata::Item> related(const odata::Item& owner,
                                   const model::NavigationProperty& navigation) override;
  Rooted at_root(const std::string& segment) override;
  bool is_found(const odata::Search& search, const odata::Item& item) override;

 private:
  const boost::json::value ann_;
  const boost::json::value bob_;
  std::vector<odata::Item> friends_;
};

}  // namespace graphmock::support
