// The order of values, for $orderby and whatever else has to put entities one before the other
// (URL 5.1.4).
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "odata/eval.h"
#include "odata/query.h"

namespace graphmock::graph {

// Below 0, 0 or above. Null comes before every value, and NaN before all others. Strings are
// ordered without case, as the service does. Values of different kinds, which a dynamic property
// may have, stand apart.
int order_of(const odata::Value& a, const odata::Value& b);

// What the items of $orderby are worth for `item`; none of it points into that, and of texts it is
// the first 256 bytes. `it` as for the evaluator. Throws http::Error (400) for what cannot be
// ordered by: an entity, a complex value, a collection.
odata::Values order_keys(odata::Evaluator& evaluator, const std::vector<odata::OrderItem>& orderby,
                         const odata::Item& item, const odata::Item* it = nullptr);
odata::Value order_key(odata::Value value);

// Below 0, 0 or above: the order of two rows of such keys.
int compare_keys(const std::vector<odata::OrderItem>& orderby, const odata::Values& a,
                 const odata::Values& b);

// Whether one stands before the other, by their `keys` and then by their `place`.
class Precedes {
 public:
  explicit Precedes(const std::vector<odata::OrderItem>& orderby) : orderby_(&orderby) {}

  template <typename A, typename B>
  bool operator()(const A& a, const B& b) const {
    const int order = compare_keys(*orderby_, a.keys, b.keys);
    return order != 0 ? order < 0 : a.place < b.place;
  }

 private:
  const std::vector<odata::OrderItem>* orderby_;
};

// The first rows in an order, so many at most, of those that are put one by one.
template <typename Row>
class FirstRows {
 public:
  FirstRows(const Precedes& precedes, uint64_t most) : precedes_(precedes), most_(most) {}

  bool is_full() const { return heap_.size() >= most_; }
  // Whether it is among the first of what there has been so far.
  bool takes(const Row& row) const {
    return !is_full() || (most_ > 0 && precedes_(row, heap_.front()));
  }
  // Of one that it takes; where it is full, the last row goes.
  void put(Row row) {
    if (is_full()) {
      std::pop_heap(heap_.begin(), heap_.end(), precedes_);
      heap_.pop_back();
    }
    heap_.push_back(std::move(row));
    std::push_heap(heap_.begin(), heap_.end(), precedes_);
  }
  // Nothing is left in it.
  std::vector<Row> in_order() {
    std::sort_heap(heap_.begin(), heap_.end(), precedes_);
    return std::exchange(heap_, {});
  }

 private:
  const Precedes precedes_;
  const uint64_t most_;
  std::vector<Row> heap_;  // the last in order on top
};

// At most UINT64_MAX: of how many rows are skipped and shown.
uint64_t sum(uint64_t a, uint64_t b);

}  // namespace graphmock::graph
