// What one file of facts says of types and operations, before it is laid over others and joined to
// models: nothing where it is silent, so that an empty list says that there is none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "facts/type_facts.h"

namespace graphmock::facts {

// "onlyOnSelect" and "byDefault", of all versions or of one.
struct SaidProperties {
  std::string version;  // empty: of all
  DefaultRule rule;
  Names names;
};

struct SaidOfType {
  std::optional<int> update, create, replace, remove;
  std::optional<IdStyle> id;
  std::optional<std::string> id_prefix;
  std::optional<Names> read_only, unique, required, required_unless, made_by_service, from_owner,
      expanded, deep_update, preferences;
  std::optional<bool> has_etag, is_recycled, patch_creates, put_creates;
  std::optional<Family> family;
  std::vector<DefaultValue> defaults;
  std::vector<MemberStatus> property_statuses, reference_statuses;
  std::vector<SaidProperties> default_properties;
};

struct SaidOfOperation {
  std::optional<int> with_result, without_result;
};

struct SaidFile {
  std::string name;
  std::string text;  // for the lines of problems that show when there are models
  // By qualified name, and by what an operation is bound to and its name:
  // "Collection(microsoft.graph.attachment)/createUploadSession".
  std::map<std::string, SaidOfType, std::less<>> types;
  std::map<std::string, SaidOfOperation, std::less<>> operations;
  size_t count = 0;  // of facts
};

}  // namespace graphmock::facts
