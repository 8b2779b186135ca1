#include "scenario/matcher.h"

#include <re2/re2.h>

#include <algorithm>
#include <compare>

#include "base/json.h"
#include "base/text.h"
#include "odata/decimal.h"
#include "odata/text_case.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;

std::string text_of(const json::value& value) {
  return base::is_string(value) ? std::string(std::string_view(value.get_string()))
                                : base::to_json(value);
}

bool texts_equal(std::string_view a, std::string_view b, bool ignores_case) {
  return ignores_case ? odata::compare_ignoring_case(a, b) == 0 : a == b;
}

// Exact, as no double holds every Edm.Decimal and Edm.Int64.
std::optional<odata::Decimal> number_of(const json::value& value) {
  if (base::is_number(value)) return odata::Decimal::parse(base::number_text(value));
  if (!base::is_string(value)) return std::nullopt;
  return odata::Decimal::parse(base::trim(std::string_view(value.get_string())));
}

// A text is not copied: it may be a whole body.
bool is_match(const json::value& value, const re2::RE2& regex) {
  if (value.is_null()) return false;
  if (!base::is_string(value)) return re2::RE2::FullMatch(text_of(value), regex);
  const auto& text = value.get_string();
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), regex);
}

bool equal(const json::value& wanted, const json::value& value, bool ignores_case) {
  if (base::is_string(wanted) && base::is_string(value)) {
    return texts_equal(text_of(wanted), text_of(value), ignores_case);
  }
  if (wanted == value) return true;
  if (base::is_number(wanted)) {
    const auto a = number_of(wanted), b = number_of(value);
    return a && b && *a == *b;
  }
  // "true" in a header for true in the rule.
  return wanted.is_bool() && base::is_string(value) &&
         texts_equal(text_of(wanted), text_of(value), ignores_case);
}

bool holds(const json::value& part, const json::value& value, bool ignores_case) {
  if (const auto* array = value.if_array()) {
    return std::any_of(array->begin(), array->end(), [&](const json::value& element) {
      return equal(part, element, ignores_case);
    });
  }
  if (value.is_null()) return false;
  const auto wanted = text_of(part), text = text_of(value);
  if (!ignores_case) return text.find(wanted) != std::string::npos;
  return odata::to_lower(text).find(odata::to_lower(wanted)) != std::string::npos;
}

std::partial_ordering compare(const json::value& value, const json::value& limit) {
  if (base::is_string(limit)) {
    if (!base::is_string(value)) return std::partial_ordering::unordered;
    return text_of(value) <=> text_of(limit);
  }
  const auto a = number_of(value), b = number_of(limit);
  return a && b ? *a <=> *b : std::partial_ordering::unordered;
}

}  // namespace

bool Matcher::accepts(const json::value* value) const {
  if (absent && *absent != (value == nullptr)) return false;
  if (!value) return !equals && !contains && !matches && !greater_than && !less_than;
  return (!equals || equal(*equals, *value, ignores_case)) &&
         (!contains || holds(*contains, *value, ignores_case)) &&
         (!matches || is_match(*value, *matches)) &&
         (!greater_than || compare(*value, *greater_than) > 0) &&
         (!less_than || compare(*value, *less_than) < 0);
}

std::string to_string(const Matcher& matcher) {
  std::string text;
  const auto add = [&](std::string_view what, const std::string& operand) {
    text +=
        (text.empty() ? "" : " and ") + std::string(what) + (operand.empty() ? "" : " ") + operand;
  };
  if (matcher.absent) add(*matcher.absent ? "absent" : "present", "");
  if (matcher.equals) add("equal to", base::to_json(*matcher.equals));
  if (matcher.contains) add("containing", base::to_json(*matcher.contains));
  if (matcher.matches) add("matching", matcher.matches->pattern());
  if (matcher.greater_than) add("greater than", base::to_json(*matcher.greater_than));
  if (matcher.less_than) add("less than", base::to_json(*matcher.less_than));
  return text + (matcher.ignores_case ? ", in any case" : "");
}

}  // namespace graphmock::scenario
