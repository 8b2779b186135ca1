#include "store/fixture_place.h"

#include <algorithm>

#include "base/text.h"
#include "http/error.h"
#include "store/stream.h"

namespace graphmock::store {
namespace {

bool is_own(const Importer::Place& place) {
  return place.home_list() == place.list;
}

// What one version has at the address.
struct Candidate {
  Importer::Place place;
  bool is_collection;
  bool is_added;
};

void take(FixturePlace& found, Candidate candidate) {
  auto declared = std::move(found.place.declared);
  declared.push_back(candidate.place.declared.front());
  if (declared.size() == 1 || is_own(candidate.place) || !is_own(found.place)) {
    found.place = std::move(candidate.place);
    found.is_collection = candidate.is_collection;
  }
  found.is_added |= candidate.is_added;
  found.place.declared = std::move(declared);
}

}  // namespace

FixturePlace fixture_place(const model::Models& models, const LayerView& view,
                           const std::vector<std::string>& segments, bool wants_collection) {
  FixturePlace found;
  std::vector<Candidate> candidates;
  for (const auto& model : models.all()) {
    try {
      auto target = odata::resolve(*model, segments);
      std::string stream;
      if (is_stream(target)) {
        stream = target.last().name;
        target.steps.pop_back();
      }
      if (!target.is_entities()) {
        found.why = "it is that of no entity and no collection of entities.";
        continue;
      }
      const auto location = locate(models, view, target);
      if (!location.missing_key.empty()) {
        found.missing_key = location.missing_key;
      } else if (stream.empty()) {
        candidates.push_back(
            {place_at(location, target), location.is_collection, location.is_added});
      } else if (!location.is_collection && !location.address.empty()) {
        found.stream = child_address(location.address, stream);
      }
    } catch (const http::Error& error) {
      found.why = error.message;
    }
  }
  const bool is_any_as_wanted =
      std::any_of(candidates.begin(), candidates.end(),
                  [&](const Candidate& one) { return one.is_collection == wants_collection; });
  for (auto& candidate : candidates) {
    if (is_any_as_wanted && candidate.is_collection != wants_collection) continue;
    take(found, std::move(candidate));
  }
  if (found.is_found()) found.missing_key.clear();
  return found;
}

std::vector<std::string> fixture_segments(std::string_view path) {
  std::vector<std::string> segments;
  for (const auto part : base::split(path, '/')) {
    segments.push_back(base::percent_decode(part).value_or(std::string(part)));
  }
  return segments;
}

}  // namespace graphmock::store
