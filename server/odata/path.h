// A resource path read against a model: each segment becomes a step that says what it means
// (OData URL 4). It looks at no data, so a step's entity may not exist.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/models.h"

namespace graphmock::odata {

enum class StepKind {
  EntitySet,
  Singleton,
  Key,         // one entity of the collection before it
  Path,        // the item below the one before it, by names: "root:/a/b.txt:"
  Navigation,  // contained or reference, one or many
  Property,    // structural
  Cast,
  Operation,  // bound or imported
  Count,      // $count, $value, $ref: always the last
  Value,
  Ref,
};

struct Step {
  StepKind kind;
  std::string_view name;  // in the model's case; empty for a key and a path
  std::string key;        // of Key: its value; of Path: names with '/' between them
  // Of a Key that is an alternate one, in place of `key`: property names and values.
  std::vector<std::pair<std::string_view, std::string>> alternate_key;
  const model::NavigationProperty* navigation = nullptr;
  const model::Property* property = nullptr;
  const model::Operation* operation = nullptr;
  std::vector<std::pair<std::string, std::string>> arguments;  // of Operation: names, raw literals
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
  bool is_entities() const { return entity_steps() == steps.size(); }
  // How many of the steps lead to entities: those before the first property, operation or '$'.
  size_t entity_steps() const;
  // The target that the first `count` steps are.
  Target prefix(size_t count) const;
};

// `segments` are decoded and without the version. Throws http::Error: 400 for a segment that the
// model does not have there or that is no resource ("$batch"), 501 for what is not implemented.
// `query_names` tell overloads apart whose arguments stand in the query.
Target resolve(const model::Model& model, const std::vector<std::string>& segments,
               const std::vector<std::string_view>& query_names = {});

// The same for a path such as "users/ID/messages".
Target resolve(const model::Model& model, std::string_view path);

// "users/ID" of "https://graph.microsoft.com/v1.0/users/ID" or "users('ID')"; the version that it
// names, if it is one of those given, is left out.
std::vector<std::string> resource_segments(const model::Models& models, std::string_view url);

// A literal's value as a key has it: quotes off, doubled ones single.
std::string unquoted(std::string_view literal);

// The segments as a plain list, keys on their own: users('ID') is users, ID. What scenario paths
// are matched on.
std::vector<std::string> plain_segments(const std::vector<std::string>& segments);
// The same of what they address, whichever way it was written: in the model's case, alternate keys
// as keys, without casts, namespaces and arguments; "root:/a/b.txt" is an item as others are:
// items, a/b.txt.
std::vector<std::string> plain_segments(const Target& target);

}  // namespace graphmock::odata
