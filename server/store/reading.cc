#include "store/reading.h"

#include <algorithm>

#include "base/json.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

bool has_problem_at(const model::Representation& representation, const std::string& pointer) {
  return std::any_of(representation.problems.begin(), representation.problems.end(),
                     [&](const model::Problem& problem) { return problem.pointer == pointer; });
}

}  // namespace

Reading read_in_versions(const std::vector<Declared>& declared, const json::object& object,
                         model::EnumRule enums, model::Unknown unknown) {
  Reading reading{{}, {}, json::object(object.storage()), {}};
  std::vector<model::Problem> first_problems;
  for (const auto& [model, type] : declared) {
    auto representation = model::read_representation(*model, *type, object, enums, unknown);
    if (representation.type) {
      reading.models.push_back(model);
      reading.versions.push_back(std::move(representation));
    } else if (first_problems.empty()) {
      first_problems = std::move(representation.problems);
    }
  }
  if (reading.versions.empty()) {
    reading.problems = std::move(first_problems);
    return reading;
  }
  for (const auto& problem : reading.versions.back().problems) {
    const bool is_everywhere = std::all_of(reading.versions.begin(), reading.versions.end(),
                                           [&](const model::Representation& version) {
                                             return has_problem_at(version, problem.pointer);
                                           });
    if (is_everywhere) reading.problems.push_back(problem);
  }
  for (const auto& member : object) {
    for (auto& version : reading.versions) {
      const auto found = version.properties.find(member.key());
      if (found == version.properties.end()) continue;
      reading.properties.emplace(member.key(), std::move(found->value()));
      break;
    }
  }
  return reading;
}

std::string key_text(const json::value& value) {
  if (base::is_number(value)) return base::number_text(value);
  return base::text_of(&value);
}

}  // namespace graphmock::store
