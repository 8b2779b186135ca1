// Where fixtures at a resource path are put, and which entity is at one: what a file's name, a
// member of a fixture document and the targets in it mean, over the versions together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/importer.h"

namespace graphmock::store {

struct FixturePlace {
  Importer::Place place;  // nothing is declared where no version has the address
  bool is_collection = true;
  bool is_added = false;    // fixtures gave it its address
  std::string stream;       // the address of the stream that it is instead
  std::string missing_key;  // of an owner that is not there
  std::string why;          // a version does not have it

  bool is_found() const { return !place.declared.empty() || !stream.empty(); }
};

// `wants_collection` is what is to be put there: where the versions do not agree on that, those
// that do not have it so are passed over. Where one version contains what another refers to, it
// is contained.
FixturePlace fixture_place(const model::Models& models, const LayerView& view,
                           const std::vector<std::string>& segments, bool wants_collection);

// The segments of a resource path, escapes undone; one that is malformed stays as it is.
std::vector<std::string> fixture_segments(std::string_view path);

}  // namespace graphmock::store
