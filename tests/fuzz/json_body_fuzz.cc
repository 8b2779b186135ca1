// Any bytes for a body: refused with a base::JsonError, or JSON that is written as it was read and
// that is sorted into what it says of a user, as a PATCH and as a POST do.
#include <algorithm>
#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "fuzz_support.h"
#include "model/representation.h"

namespace graphmock::fuzz {
namespace {

namespace json = base::json;

// Nothing for what is no JSON.
std::optional<json::value> parsed(std::string_view text, base::JsonSyntax syntax) {
  try {
    return base::parse_json(text, syntax);
  } catch (const base::JsonError& error) {
    expect(error.line > 0 && error.column > 0 && error.column <= text.size() + 1);
    return std::nullopt;
  }
}

void round_trip(const json::value& value) {
  const auto text = base::to_json(value);
  expect(base::is_valid_utf8(text));
  expect(base::to_json(base::parse_json(text)) == text);
}

void check_problems(const model::Representation& representation, const json::object& object) {
  const json::value root(object);
  for (const auto& problem : representation.problems) {
    expect(base::is_valid_utf8(problem.message) && !problem.message.empty());
    expect(base::at_pointer(root, problem.pointer));
  }
}

void as_patch(const model::StructuredType& type, const json::object& object, model::EnumRule rule,
              std::string_view text) {
  const auto changes = model::read_representation(shipped_model(), type, object, rule);
  check_problems(changes, object);
  if (changes.problems.empty()) return round_trip(changes.properties);
  const auto line = base::line_of(text, changes.problems.front().pointer);
  expect(line >= 1 && line <= static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
}

// A new entity's parts are read as entities in their turn.
void as_post(const model::StructuredType& type, const json::object& object, model::EnumRule rule) {
  const auto entity = model::read_representation(shipped_model(), type, object, rule);
  check_problems(entity, object);
  if (!entity.problems.empty()) return;
  for (const auto& nested : entity.nested) {
    if (const auto* part = nested.value->if_object())
      as_post(*nested.navigation->type, *part, rule);
    if (const auto* parts = nested.value->if_array()) {
      for (const auto& part : *parts) {
        if (part.is_object()) as_post(*nested.navigation->type, part.get_object(), rule);
      }
    }
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto strict = fuzz::parsed(text, base::JsonSyntax::Strict);
  const auto relaxed = fuzz::parsed(text, base::JsonSyntax::Relaxed);
  fuzz::expect(!strict || (relaxed && base::to_json(*strict) == base::to_json(*relaxed)));
  if (!relaxed) return 0;
  fuzz::round_trip(*relaxed);
  const auto* body = relaxed->if_object();
  if (!body) return 0;
  const auto& user = *fuzz::shipped_model().structured_type("microsoft.graph.user");
  for (const auto rule : {model::EnumRule::Evolvable, model::EnumRule::Strict}) {
    fuzz::as_patch(user, *body, rule, text);
    fuzz::as_post(user, *body, rule);
  }
  return 0;
}
