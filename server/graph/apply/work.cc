#include "graph/apply/work.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "graph/value_json.h"
#include "http/error.h"
#include "odata/text_case.h"

namespace graphmock::graph {
namespace {

// 1 and 1.0 are equal.
std::string number_text(const odata::Value& value) {
  if (const auto* whole = value.get<int64_t>()) return std::to_string(*whole);
  if (const auto* exact = value.get<odata::Decimal>()) return exact->to_string();
  const double number = *value.number();
  constexpr double kBeyond = 9.2e18;
  if (number == std::trunc(number) && std::abs(number) < kBeyond) {
    return std::to_string(static_cast<int64_t>(number));
  }
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

// In bytes, about, beyond the value itself.
size_t size_of(const odata::Value& value) {
  if (const auto* text = value.string()) return text->size();
  if (const auto* item = value.get<odata::Item>()) {
    constexpr size_t kOfText = 4;  // what JSON takes in memory
    return base::to_json(object_of(*item)).size() * kOfText;
  }
  size_t bytes = 0;
  if (const auto* list = value.list()) {
    for (const auto& one : *list) bytes += sizeof(one) + size_of(one);
  }
  return bytes;
}

}  // namespace

odata::Item Work::item(const Row& row) {
  const auto* computed = row.computed.properties.empty() ? nullptr : &row.computed.properties;
  if (!row.entity) return {nullptr, &type_, nullptr, "{}", computed};
  if (row.entity->type.data() != last_type_name_.data()) {
    last_type_name_ = row.entity->type;
    last_type_ = model_.structured_type(row.entity->type);
  }
  return {nullptr, last_type_, row.entity.get(), row.entity->text, computed};
}

odata::Value Work::value(const odata::Expr& expression, const Row& row) {
  source_.forget();
  return evaluator_.value(expression, item(row));
}

bool Work::matches(const odata::Expr& condition, const Row& row) {
  source_.forget();
  return evaluator_.matches(condition, item(row));
}

void Work::compute(const Computation& computation, Row& row) {
  source_.forget();
  computation.add(evaluator_, item(row), nullptr, row.computed);
}

std::string Work::identity_of(const odata::Value& value) const {
  constexpr uint64_t kWork = 100;
  base::charge(kWork);
  if (value.is_null()) return "-";
  if (value.object_literal()) return "{" + base::to_json(json_of(value));
  if (const auto* list = value.list()) {
    std::string text = "[";
    for (const auto& one : *list) {
      const auto identity = identity_of(one);
      text += std::to_string(identity.size()) + ":" + identity;
    }
    return text;
  }
  if (const auto* item = value.get<odata::Item>()) {
    if (item->entity) return "@" + static_cast<const store::Entity*>(item->entity)->address;
    return "{" + base::to_json(object_of(*item));
  }
  if (value.number()) return "#" + number_text(value);
  if (const auto* text = value.get<odata::Text>()) {
    base::charge_copy(text->text.size());
    const bool is_caseless = rules_.ignore_case || text->kind == odata::LiteralKind::Guid;
    return "'" + (is_caseless ? odata::to_lower(text->text) : text->text);
  }
  if (const auto* moment = value.get<odata::Moment>()) {
    return "t" + std::to_string(moment->seconds) + "." + std::to_string(moment->nanoseconds);
  }
  if (const auto* member = value.get<odata::EnumValue>()) {
    return "e" + (member->value ? std::to_string(*member->value) : base::lower_case(member->text));
  }
  const auto literal = literal_of(value);
  return std::to_string(static_cast<int>(literal.kind)) + literal.text;
}

void Work::keep(const Row& row, const odata::Values& keys) {
  size_t bytes = row.entity ? row.entity->text.size() : 0;
  for (const auto& property : row.computed.properties) {
    bytes += sizeof(property) + size_of(property.value);
  }
  for (const auto& key : keys) bytes += sizeof(key) + size_of(key);
  keep(bytes);
}

void Work::keep(size_t bytes) {
  constexpr size_t kOverhead = 200;  // of anything that is kept
  ++rows_;
  extend(bytes + kOverhead);
}

void Work::extend(size_t bytes) {
  bytes_ += bytes;
  if (rows_ <= limits_.rows && bytes_ <= limits_.bytes) return;
  throw http::Error(400, "",
                    "'$apply' has more groups and rows to keep than the server allows: " +
                        std::to_string(limits_.rows) + " of them, and " +
                        std::to_string(limits_.bytes >> 20) +
                        " MiB. Let fewer through with 'filter', or make fewer groups.");
}

}  // namespace graphmock::graph
