// What the transformations of one $apply share: rows, what expressions are worth for them, and how
// much may be kept at once. How much may be done is the request's budget (base/work_budget).
#pragma once

#include <cstdint>
#include <string>

#include "graph/computation.h"
#include "odata/eval.h"
#include "store/entity.h"

namespace graphmock::graph {

// An entity with what is computed of it, or, where there is none, an instance that has its computed
// properties alone.
struct Row {
  store::EntityPtr entity;
  Computed computed;
};

class Work {
 public:
  struct Limits {
    size_t rows = 50'000;  // and groups, that are kept
    size_t bytes = size_t{64} << 20;
  };

  // `type` is that of the collection. All must outlive it.
  Work(const model::Model& model, const model::StructuredType& type, odata::Source& source,
       odata::Evaluator& evaluator, const odata::Rules& rules)
      : model_(model), type_(type), source_(source), evaluator_(evaluator), rules_(rules) {}

  void set_limits(const Limits& limits) { limits_ = limits; }

  odata::Item item(const Row& row);
  // Good until the next call. Throws http::Error as the evaluator does.
  odata::Value value(const odata::Expr& expression, const Row& row);
  bool matches(const odata::Expr& condition, const Row& row);
  void compute(const Computation& computation, Row& row);
  // Of an entity that the row leads to, whose value is still in use.
  odata::Value value(const odata::Expr& expression, const odata::Item& item) {
    return evaluator_.value(expression, item);
  }

  // The same text for values that are equal, and for no others.
  std::string identity_of(const odata::Value& value) const;

  // Before something is kept until the end. Throws http::Error (400) when it is too much.
  void keep(const Row& row, const odata::Values& keys = {});
  void keep(size_t bytes);
  // More of what is kept already.
  void extend(size_t bytes);

 private:
  const model::Model& model_;
  const model::StructuredType& type_;
  odata::Source& source_;
  odata::Evaluator& evaluator_;
  const odata::Rules rules_;
  Limits limits_;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  // Neighbours are mostly of one type.
  std::string_view last_type_name_;
  const model::StructuredType* last_type_ = nullptr;
};

}  // namespace graphmock::graph
