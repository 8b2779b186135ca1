#include "facts/fact_set.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "base/file.h"
#include "base/json.h"
#include "facts/fact_reader.h"

namespace graphmock::facts {
namespace {

namespace fs = std::filesystem;

template <typename Fact>
void take(std::optional<Fact>& fact, const std::optional<Fact>& other) {
  if (!fact) fact = other;
}

void take_defaults(std::vector<DefaultValue>& all, const std::vector<DefaultValue>& others) {
  for (const auto& other : others) {
    const bool is_said = std::any_of(all.begin(), all.end(), [&](const DefaultValue& one) {
      return one.property == other.property;
    });
    if (!is_said) all.push_back(other);
  }
}

// Takes what is not said yet: from a file below, or from an ancestor.
void take_all(SaidOfType& said, const SaidOfType& other) {
  // A prefix belongs to its style.
  if (!said.id) take(said.id_prefix, other.id_prefix);
  take(said.id, other.id);
  take(said.update, other.update);
  take(said.replace, other.replace);
  take(said.remove, other.remove);
  take(said.read_only, other.read_only);
  take(said.unique, other.unique);
  take(said.required, other.required);
  take(said.required_unless, other.required_unless);
  take(said.made_by_service, other.made_by_service);
  take(said.from_owner, other.from_owner);
  take(said.expanded, other.expanded);
  take(said.deep_update, other.deep_update);
  take(said.preferences, other.preferences);
  take(said.has_etag, other.has_etag);
  take(said.is_recycled, other.is_recycled);
  take(said.patch_creates, other.patch_creates);
  take(said.put_creates, other.put_creates);
  take(said.family, other.family);
  take_defaults(said.defaults, other.defaults);
  const auto append = [](auto& all, const auto& more) {
    all.insert(all.end(), more.begin(), more.end());  // the first that fits is asked
  };
  append(said.property_statuses, other.property_statuses);
  append(said.reference_statuses, other.reference_statuses);
  append(said.default_properties, other.default_properties);
}

TypeFacts facts_from(SaidOfType said, const std::string& version) {
  TypeFacts facts;
  facts.update = said.update.value_or(0);
  facts.create = said.create.value_or(0);
  facts.replace = said.replace.value_or(0);
  facts.remove = said.remove.value_or(0);
  facts.id = said.id.value_or(IdStyle::Guid);
  facts.id_prefix = std::move(said.id_prefix).value_or("");
  facts.read_only = std::move(said.read_only).value_or(Names());
  facts.unique = std::move(said.unique).value_or(Names());
  facts.required = std::move(said.required).value_or(Names());
  facts.required_unless = std::move(said.required_unless).value_or(Names());
  facts.made_by_service = std::move(said.made_by_service).value_or(Names());
  facts.from_owner = std::move(said.from_owner).value_or(Names());
  facts.expanded = std::move(said.expanded).value_or(Names());
  facts.deep_update = std::move(said.deep_update).value_or(Names());
  facts.preferences = std::move(said.preferences).value_or(Names());
  facts.has_etag = said.has_etag.value_or(false);
  facts.is_recycled = said.is_recycled.value_or(false);
  facts.patch_creates = said.patch_creates.value_or(false);
  facts.put_creates = said.put_creates.value_or(false);
  facts.family = said.family.value_or(Family::Other);
  facts.defaults = std::move(said.defaults);
  facts.property_statuses = std::move(said.property_statuses);
  facts.reference_statuses = std::move(said.reference_statuses);
  for (const auto& row : said.default_properties) {
    if (!row.version.empty() && row.version != version) continue;
    facts.default_properties = std::make_unique<const DefaultProperties>(row.rule, row.names);
    break;
  }
  return facts;
}

// "Collection(microsoft.graph.call)/logTeleconferenceDeviceQuality"
std::string key_of(std::string_view type, bool is_collection, std::string_view name) {
  std::string key;
  if (is_collection) key += "Collection(";
  key += type;
  if (is_collection) key += ')';
  key += '/';
  key += name;
  return key;
}

// Each type's own, the files laid over one another.
std::unordered_map<std::string_view, SaidOfType> laid_over(const std::vector<SaidFile>& files) {
  std::unordered_map<std::string_view, SaidOfType> all;
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    for (const auto& [name, said] : file->types) {
      auto& own = all[name];
      take(own.create, said.create);
      take_all(own, said);
    }
  }
  return all;
}

constexpr std::string_view kNamespace = "microsoft.graph.";

// What was joined to a model and lives as long.
struct Joined {
  std::deque<TypeFacts> types;
  std::deque<OperationFacts> operations;
};

class Contradictions {
 public:
  Contradictions(const model::Models& models, const SaidFile& file, bool is_whole)
      : models_(models), file_(file), is_whole_(is_whole) {}

  base::LoadErrors find() {
    for (const auto& [name, said] : file_.types) look_at(name, said);
    for (const auto& [key, said] : file_.operations) look_at_operation(key);
    return std::move(errors_);
  }

 private:
  void tell(const std::string& type, std::string_view fact, std::string what) {
    for (const auto& name : {type, type.substr(std::min(type.size(), kNamespace.size()))}) {
      const auto pointer = base::pointer_child("/types", name);
      const auto line = base::line_of(file_.text, base::pointer_child(pointer, fact));
      if (line > base::line_of(file_.text, "/types") || name != type) {
        errors_.push_back({file_.name, line, std::move(what)});
        return;
      }
    }
  }

  std::vector<const model::StructuredType*> types_named(const std::string& name) const {
    std::vector<const model::StructuredType*> found;
    for (const auto& model : models_.all()) {
      if (const auto* type = model->structured_type(name)) found.push_back(type);
    }
    return found;
  }

  void look_at(const std::string& name, const SaidOfType& said) {
    const auto types = types_named(name);
    if (types.empty()) {
      if (is_whole_) tell(name, "", "no model has a type '" + name + "'");
      return;
    }
    const auto members = [&](std::string_view fact, const std::optional<Names>& names) {
      for (const auto& member : names.value_or(Names())) check_member(name, fact, types, member);
    };
    members("required", said.required);
    members("requiredUnless", said.required_unless);
    members("madeByService", said.made_by_service);
    members("fromOwner", said.from_owner);
    members("unique", said.unique);
    members("readOnly", said.read_only);
    members("expanded", said.expanded);
    members("deepUpdate", said.deep_update);
    for (const auto& one : said.defaults) check_member(name, "defaults", types, one.property);
    for (const auto& one : said.property_statuses) {
      check_member(name, "propertyStatuses", types, one.member);
    }
    for (const auto& one : said.reference_statuses) {
      check_member(name, "referenceStatuses", types, one.member);
    }
    for (const auto& member : said.required.value_or(Names())) {
      for (const auto* type : types) {
        const auto* property = type->property(member);
        if (!property || !property->is_computed) continue;
        tell(name, "required", "'" + member + "' is computed by the service, says the model");
        break;
      }
    }
  }

  void check_member(const std::string& type_name, std::string_view fact,
                    const std::vector<const model::StructuredType*>& types,
                    const std::string& member) {
    // Of an open type a part of the service's models may leave out what all of them declare.
    const bool is_there = std::any_of(types.begin(), types.end(), [&](const auto* type) {
      return (type->is_open && !is_whole_) || type->property(member) || type->navigation(member);
    });
    if (!is_there) tell(type_name, fact, "'" + type_name + "' has no '" + member + "'");
  }

  void look_at_operation(const std::string& key) {
    if (!is_whole_) return;
    for (const auto& model : models_.all()) {
      bool is_there = false;
      model->for_each_operation([&](const model::Operation& operation) {
        const auto* type = operation.binding.structured;
        is_there = is_there || (type && key_of(type->name, operation.binding.is_collection,
                                               operation.name) == key);
      });
      if (is_there) return;
    }
    auto as_written = key;
    if (const auto place = key.find(kNamespace); place != std::string::npos) {
      as_written.erase(place, kNamespace.size());
    }
    for (const auto& name : {key, as_written}) {
      const auto line = base::line_of(file_.text, base::pointer_child("/operations", name));
      if (name == key && line <= base::line_of(file_.text, "/operations")) continue;
      return errors_.push_back({file_.name, line, "no model has an operation '" + key + "'"});
    }
  }

  const model::Models& models_;
  const SaidFile& file_;
  const bool is_whole_;
  base::LoadErrors errors_;
};

}  // namespace

void FactSet::load(const fs::path& path, base::LoadErrors& errors) {
  std::vector<fs::path> files;
  std::error_code code;
  if (fs::is_directory(path, code)) {
    for (const auto& entry : fs::directory_iterator(path, code)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  for (const auto& file : files) {
    if (const auto text = base::read_file(file, errors)) {
      files_.push_back(read_facts(file.string(), *text, errors));
    }
  }
}

void FactSet::join(model::Model& model) const {
  const auto own = laid_over(files_);
  auto joined = std::make_shared<Joined>();
  model.for_each_structured_type([&](model::StructuredType& type) {
    SaidOfType said;
    bool is_any = false;
    for (const model::StructuredType* ancestor = &type; ancestor; ancestor = ancestor->base) {
      const auto found = own.find(ancestor->name);
      if (found == own.end()) continue;
      if (ancestor == &type) said.create = found->second.create;
      take_all(said, found->second);
      is_any = true;
    }
    if (!is_any) return;
    joined->types.push_back(facts_from(std::move(said), model.version()));
    type.facts = &joined->types.back();
  });
  model.for_each_operation([&](model::Operation& operation) {
    std::optional<int> status;
    for (auto type = operation.binding.structured; type && !status; type = type->base) {
      const auto key = key_of(type->name, operation.binding.is_collection, operation.name);
      for (auto file = files_.rbegin(); file != files_.rend() && !status; ++file) {
        const auto found = file->operations.find(key);
        if (found == file->operations.end()) continue;
        status = operation.returns ? found->second.with_result : found->second.without_result;
      }
    }
    if (!status) return;
    joined->operations.push_back({*status});
    operation.facts = &joined->operations.back();
  });
  model.keep(std::move(joined));
}

size_t FactSet::size() const {
  size_t count = 0;
  for (const auto& file : files_) count += file.count;
  return count;
}

base::LoadErrors FactSet::contradictions(const model::Models& models, size_t first,
                                         bool is_whole) const {
  base::LoadErrors all;
  for (size_t i = first; i < files_.size(); ++i) {
    auto found = Contradictions(models, files_[i], is_whole).find();
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace graphmock::facts
