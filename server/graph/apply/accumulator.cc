#include "graph/apply/accumulator.h"

#include "base/work_budget.h"
#include "graph/ordering.h"
#include "http/error.h"
#include "odata/arithmetic.h"

namespace graphmock::graph {
namespace {

using odata::AggregationMethod;

[[noreturn]] void refuse(const odata::AggregateItem& item, std::string_view why) {
  throw http::Error(400, "",
                    "'" + odata::to_string(*item.expression) + "' cannot be aggregated as '" +
                        item.name + "': " + std::string(why) + ".");
}

}  // namespace

void Accumulator::add(Work& work, const Row& row) {
  const auto& item = *aggregate_.item;
  base::charge(1);
  if (!item.expression) {
    ++count_;
    return;
  }
  if (aggregate_.path && aggregate_.path->to_entities) return add_entities(work, row);
  const auto value = work.value(*item.expression, row);
  if (!aggregate_.path && value.list()) refuse(item, "it gives a collection and is no path");
  take_all(work, value);
}

void Accumulator::add_entities(Work& work, const Row& row) {
  const auto& path = *aggregate_.path;
  const auto value = work.value(*path.to_entities, row);
  const auto visit = [&](const odata::Value& one) {
    const auto* entity = one.get<odata::Item>();
    if (!entity) return;
    auto identity = work.identity_of(one);
    if (seen_.contains(identity)) return;
    work.keep(identity.size());
    seen_.insert(std::move(identity));
    take_all(work, path.rest ? work.value(*path.rest, *entity) : one);
  };
  if (const auto* list = value.list()) {
    for (const auto& one : *list) visit(one);
  } else {
    visit(value);
  }
}

void Accumulator::take_all(Work& work, const odata::Value& value) {
  if (const auto* list = value.list()) {
    for (const auto& one : *list) take_all(work, one);
  } else if (!value.is_null()) {
    take(work, value);
  }
}

void Accumulator::take(Work& work, const odata::Value& value) {
  switch (aggregate_.item->method) {
    case AggregationMethod::Count:
      break;
    case AggregationMethod::CountDistinct: {
      auto identity = work.identity_of(value);
      if (distinct_.contains(identity)) return;
      work.keep(identity.size());
      distinct_.insert(std::move(identity));
      break;
    }
    case AggregationMethod::Sum:
    case AggregationMethod::Average:
      add_up(value);
      break;
    case AggregationMethod::Min:
    case AggregationMethod::Max:
      choose(work, value);
      break;
  }
  ++count_;
}

void Accumulator::add_up(const odata::Value& value) {
  const auto& item = *aggregate_.item;
  if (!value.number() && !value.get<odata::Duration>()) {
    refuse(item, "'sum' and 'average' take numbers and durations");
  }
  // An average of integers is a Double anyway, and does not overflow on the way.
  const auto* whole = value.get<int64_t>();
  const bool is_average = item.method == AggregationMethod::Average;
  const bool is_exact = aggregate_.type.is(model::Primitive::Decimal);
  const auto term = !whole || !is_average ? value
                    : is_exact            ? odata::Value{odata::Decimal::of(*whole)}
                                          : odata::Value{static_cast<double>(*whole)};
  if (value_.is_null()) {
    value_ = term;
    return;
  }
  const auto* sum = value_.get<int64_t>();
  const auto* next = term.get<int64_t>();
  int64_t result = 0;
  if (sum && next && __builtin_add_overflow(*sum, *next, &result)) {
    refuse(item, "the sum is too large for 64 bits");
  }
  value_ = odata::calculate("add", value_, term);
}

void Accumulator::choose(Work& work, const odata::Value& value) {
  const auto& item = *aggregate_.item;
  if (value.get<odata::Item>() || value.object_literal())
    refuse(item, "'min' and 'max' take values that have an order");
  const int order = value_.is_null() ? 0 : order_of(value, value_);
  const bool is_chosen = item.method == AggregationMethod::Min ? order < 0 : order > 0;
  if (!is_chosen && !value_.is_null()) return;
  value_ = value;
  const auto* text = value.string();
  if (!text || text->size() <= longest_) return;
  work.extend(text->size() - longest_);
  longest_ = text->size();
}

odata::ComputedProperty Accumulator::result() const {
  const auto& item = *aggregate_.item;
  odata::ComputedProperty property{item.name, value_, aggregate_.type};
  if (item.method == AggregationMethod::Count || item.method == AggregationMethod::CountDistinct) {
    property.value = {count_};
  } else if (item.method == AggregationMethod::Average && !value_.is_null()) {
    property.value = odata::calculate("divby", value_, {count_});
  }
  return property;
}

}  // namespace graphmock::graph
