// A resource path read against a model: each segment becomes a step that says what it means
// (OData URL 4). It looks at no data, so a step's entity may not exist.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/model.h"

namespace graphmock::odata {

enum class StepKind {
  EntitySet,
  Singleton,
  Key,         // one entity of the collection before it
  Navigation,  // contained or reference, one or many
  Property,    // structural
  Cast,
  Operation,  // bound or imported; always the last
  Count,      // $count, $value, $ref: always the last
  Value,
  Ref,
};

struct Step {
  StepKind kind;
  std::string_view name;  // in the model's case; empty for a key
  std::string key;        // kKey
  const model::NavigationProperty* navigation = nullptr;
  const model::Property* property = nullptr;
  const model::Operation* operation = nullptr;
  std::vector<std::pair<std::string, std::string>> arguments;  // kOperation: names, raw literals
  // What one is at after this step; null at a value that is no entity or complex value.
  const model::StructuredType* type = nullptr;
  bool is_collection = false;
};

struct Target {
  const model::Model* model = nullptr;
  std::vector<Step> steps;  // never empty

  const Step& last() const { return steps.back(); }
  bool is_operation() const { return last().kind == StepKind::Operation; }
  // Whether it is an entity or a collection of entities, casts included.
  bool is_entities() const;
};

// `segments` are decoded and without the version. Throws http::Error: 400 for a segment that the
// model does not have there, 501 for ways of addressing that are not implemented.
Target resolve(const model::Model& model, const std::vector<std::string>& segments);

// The same for a path such as "users/ID/messages".
Target resolve(const model::Model& model, std::string_view path);

// The segments as a plain list, keys on their own: users('ID') is users, ID. What scenario paths
// are matched on.
std::vector<std::string> plain_segments(const std::vector<std::string>& segments);

}  // namespace graphmock::odata
