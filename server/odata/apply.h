// The transformations of $apply (OData Extension for Data Aggregation 4.0, 3), as a tree. It is
// what the text says and no more: names are not looked up in a model here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "odata/query.h"

namespace graphmock::odata {

enum class TransformationKind {
  Aggregate,
  BottomCount,
  Compute,
  Concat,
  Filter,
  GroupBy,
  Identity,
  OrderBy,
  Skip,
  Top,
  TopCount,
};

enum class AggregationMethod { Sum, Min, Max, Average, CountDistinct, Count };

// "Amount with sum as Total", "$count as Sales", "messages/$count as Mails".
struct AggregateItem {
  ExprPtr expression;  // of Count what is counted; null: the instances themselves
  AggregationMethod method = AggregationMethod::Count;
  std::string name;
};

struct Transformation {
  TransformationKind kind = TransformationKind::Identity;
  ExprPtr expression;   // of Filter the condition; of TopCount and BottomCount what they go by
  ExprPtr limit;        // of TopCount and BottomCount: how many
  uint64_t number = 0;  // of Skip and Top
  std::vector<ComputeItem> compute;
  std::vector<OrderItem> orderby;
  std::vector<AggregateItem> aggregates;
  std::vector<ExprPtr> groups;     // of GroupBy: paths, of Members and Casts
  std::vector<SequencePtr> inner;  // of GroupBy none or one, of Concat two or more
};

// Each is applied to what the one before it leaves.
struct Sequence {
  std::vector<Transformation> steps;
};

// The same text for the same tree, without blanks where none are needed.
std::string to_string(const Sequence& sequence);

// A $apply that only filters becomes a part of $filter, which says the same. Leaves any other.
void fold_filters(Query& query);

}  // namespace graphmock::odata
