// What $compute adds to entities (URL 5.1.10): properties that are worth an expression. They are
// shown and named like dynamic ones.
#pragma once

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/check.h"
#include "odata/eval.h"
#include "odata/query.h"

namespace graphmock::graph {

// Properties with what their values point into, so that they last.
struct Computed {
  std::vector<odata::ComputedProperty> properties;
  std::vector<std::shared_ptr<const void>> kept;
};

// A value that lasts as long as what it points into, which goes to `kept`. Throws http::Error (400)
// for an entity, which is no value of a property.
odata::Value lasting(const odata::Value& value, std::string_view name,
                     std::vector<std::shared_ptr<const void>>& kept);

// Throws http::Error (400) for a name that a type has, which a computed property must not.
void refuse_declared(std::string_view name, const model::StructuredType& type);

// The model's own type of one that a query has extended.
const model::StructuredType& model_type(const model::StructuredType& type);

// Where it has its place among the members of a type, which are sorted by name.
template <typename Member>
void insert_by_name(std::vector<Member>& members, const Member& member) {
  members.insert(
      std::lower_bound(members.begin(), members.end(), member.name,
                       [](const Member& one, std::string_view name) { return one.name < name; }),
      member);
}

class Computation {
 public:
  // All must outlive it. With a scope the expressions are checked against the type and the names of
  // those before them: throws http::Error as check_expression() does, and 400 for names that are
  // taken.
  Computation(const std::vector<odata::ComputeItem>& items, const model::Model& model,
              const model::StructuredType& type, const odata::CheckScope* scope = nullptr);

  bool is_empty() const { return items_.empty(); }
  // The type with what is computed; without that the type itself.
  const model::StructuredType& type() const { return is_empty() ? declared_ : extended_; }

  // To what is there already. `it` as the evaluator has it. Throws http::Error (400) as that does.
  void add(odata::Evaluator& evaluator, odata::Item item, const odata::Item* it,
           Computed& to) const;

 private:
  struct Column {
    const odata::ComputeItem* item;
    model::TypeRef type;
  };

  const model::StructuredType& declared_;
  std::vector<Column> items_;
  model::StructuredType extended_;
};

}  // namespace graphmock::graph
