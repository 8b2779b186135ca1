#include "graph/selected_items.h"

#include <algorithm>

#include "base/json.h"
#include "graph/error_payload.h"
#include "graph/ordering.h"
#include "model/conform.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// One item, with what it is ordered by.
struct Row {
  json::value value;
  odata::Values keys;
};

class Narrowing {
 public:
  Narrowing(const Call& call, Source& source, const model::TypeRef& type,
            const odata::Query& options, const odata::Item& owner)
      : model_(*call.model),
        type_(type),
        options_(options),
        owner_(owner),
        evaluator_(*call.model, options.aliases, source,
                   {facts::family_of(owner.type) == facts::Family::Directory, call.now}) {}

  bool keeps(const json::value& value) {
    return !options_.filter ||
           (value.is_object() && evaluator_.matches(*options_.filter, item(value), &owner_));
  }

  odata::Values keys_of(const json::value& value) {
    if (!value.is_object()) return odata::Values(options_.orderby.size());
    return order_keys(evaluator_, options_.orderby, item(value), &owner_);
  }

  bool is_in_order(const Row& a, const Row& b) const {
    return compare_keys(options_.orderby, a.keys, b.keys) < 0;
  }

 private:
  odata::Item item(const json::value& value) const {
    const auto& object = value.get_object();
    const auto named = model::annotated_type(object);
    const auto* type = named.empty() ? nullptr : model_.structured_type(named);
    return {&object, type ? type : type_.structured, nullptr};
  }

  const model::Model& model_;
  const model::TypeRef& type_;
  const odata::Query& options_;
  const odata::Item& owner_;
  odata::Evaluator evaluator_;
};

}  // namespace

std::optional<int64_t> SelectedItems::narrow(json::array& items, const model::TypeRef& type,
                                             const odata::Query& options) {
  Narrowing narrowing(call_, source_, type, options, owner_);
  std::vector<Row> rows;
  for (auto& value : items) {
    if (!narrowing.keeps(value)) continue;
    auto keys = narrowing.keys_of(value);
    rows.push_back({std::move(value), std::move(keys)});
  }
  std::optional<int64_t> count;
  if (options.count.value_or(false)) count = static_cast<int64_t>(rows.size());
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return narrowing.is_in_order(a, b); });
  const auto begin = std::min<uint64_t>(options.skip.value_or(0), rows.size());
  const auto most = std::min<uint64_t>(options.top.value_or(rows.size()), rows.size() - begin);
  items.clear();
  for (uint64_t i = begin; i < begin + most; ++i) items.push_back(std::move(rows[i].value));
  return count;
}

}  // namespace graphmock::graph
