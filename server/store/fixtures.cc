#include "store/fixtures.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "store/importer.h"

namespace graphmock::store {
namespace {

namespace json = base::json;
namespace fs = std::filesystem;

struct FixtureFile {
  fs::path path;
  std::vector<std::string> segments;  // the resource path
  bool is_jsonl = false;
};

// Owners before what they contain, otherwise by name, so that every machine loads alike.
std::vector<FixtureFile> find_files(const fs::path& folder, base::LoadErrors& errors) {
  std::vector<FixtureFile> files;
  std::error_code code;
  for (auto entry = fs::recursive_directory_iterator(folder, code);
       !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    const auto extension = entry->path().extension();
    if (!entry->is_regular_file() || (extension != ".json" && extension != ".jsonl")) continue;
    FixtureFile file{entry->path(), {}, extension == ".jsonl"};
    const auto relative = entry->path().lexically_relative(folder).replace_extension();
    for (const auto& part : relative) {
      file.segments.push_back(base::percent_decode(part.string()).value_or(part.string()));
    }
    if (relative != fs::path(kOperationsFile).replace_extension()) files.push_back(std::move(file));
  }
  if (code) errors.push_back({folder.string(), 0, "cannot be read: " + code.message()});
  std::sort(files.begin(), files.end(), [](const FixtureFile& a, const FixtureFile& b) {
    return std::pair(a.segments.size(), a.path) < std::pair(b.segments.size(), b.path);
  });
  return files;
}

class Loader {
 public:
  Loader(const model::Models& models, model::EnumRule enums, base::LoadErrors& errors)
      : models_(models),
        errors_(errors),
        store_(std::make_shared<Snapshot>()),
        write_(store_),
        importer_(models, enums, write_, Importer::Existing::Refuse, nullptr) {}

  void load(const FixtureFile& file) {
    auto text = base::read_file(file.path, errors_);
    if (!text) return;
    texts_.push_back({file.path.string(), *std::move(text), file.is_jsonl});
    const auto& kept = texts_.back();
    const auto entities = parse(kept);
    if (!entities) return;
    const auto place = place_of(file, kept, *entities);
    if (!place) return;
    if (entities->is_collection != place->is_collection) {
      return problem(kept, "",
                     place->is_collection
                         ? "expected a collection: an array, or {\"value\": [...]}"
                         : "expected one object: the address is that of one entity");
    }
    for (size_t i = 0; i < entities->items.size(); ++i) {
      const auto prefix = entities->pointers[i];
      const auto report = [this, &kept, prefix](std::string_view pointer, std::string message) {
        problem(kept, prefix + std::string(pointer), std::move(message));
      };
      const auto* object = entities->items[i].if_object();
      if (!object) {
        report("", "an entity is a JSON object");
      } else {
        importer_.put(place->place, *object, report);
      }
    }
  }

  std::shared_ptr<const Snapshot> finish() {
    importer_.bind_references();
    for (const auto& [file, count] : problems_in_) {
      if (count <= kMostOfOneFile) continue;
      errors_.push_back(
          {file, 0, "and " + std::to_string(count - kMostOfOneFile) + " more problems"});
    }
    return std::make_shared<const Snapshot>(write_.take());
  }

 private:
  // Listed one by one; where there are more, one mistake is behind most of them.
  static constexpr size_t kMostOfOneFile = 50;

  struct Text {
    std::string file;
    std::string text;
    bool is_jsonl;
  };
  struct Entities {
    bool is_collection = true;
    std::vector<json::value> items;
    std::vector<std::string> pointers;  // of each item in its file; of a line "/N"
  };
  struct FilePlace {
    Importer::Place place;
    bool is_collection = true;
  };

  void problem(const Text& text, const std::string& pointer, std::string what) {
    if (++problems_in_[text.file] > kMostOfOneFile) return;
    size_t line = 1;
    if (!text.is_jsonl) {
      line = base::line_of(text.text, pointer);
    } else if (!pointer.empty()) {
      line = std::strtoull(pointer.c_str() + 1, nullptr, 10) + 1;
    }
    errors_.push_back({text.file, line, std::move(what)});
  }

  std::optional<Entities> parse(const Text& text) {
    Entities entities;
    try {
      if (text.is_jsonl) {
        parse_lines(text, entities);
        return entities;
      }
      auto root = base::parse_json(text.text, base::JsonSyntax::Relaxed);
      std::string prefix;
      if (auto* object = root.if_object()) {
        auto* value = object->if_contains("value");
        entities.is_collection = value && value->is_array();
        if (entities.is_collection) {
          auto inner = std::move(*value);
          root = std::move(inner);
          prefix = "/value";
        }
      }
      if (auto* array = root.if_array()) {
        for (size_t i = 0; i < array->size(); ++i) {
          entities.pointers.push_back(base::pointer_child(prefix, std::to_string(i)));
          entities.items.push_back(std::move((*array)[i]));
        }
      } else {
        entities.is_collection = false;
        entities.pointers.emplace_back();
        entities.items.push_back(std::move(root));
      }
      return entities;
    } catch (const base::JsonError& error) {
      errors_.push_back({text.file, error.line, error.what()});
      return std::nullopt;
    }
  }

  void parse_lines(const Text& text, Entities& entities) {
    size_t number = 0;
    for (const auto line : base::split(text.text, '\n')) {
      const size_t index = number++;
      if (base::trim(line).empty()) continue;
      try {
        entities.items.push_back(base::parse_json(line));
        entities.pointers.push_back("/" + std::to_string(index));
      } catch (const base::JsonError& error) {
        throw base::JsonError(error.what(), index + 1, error.column);
      }
    }
  }

  // Where the file's path leads, in every version that has the address.
  std::optional<FilePlace> place_of(const FixtureFile& file, const Text& text,
                                    const Entities& entities) {
    FilePlace result;
    std::string why;
    if (!try_place(file, text, result, why)) return std::nullopt;
    if (result.place.declared.empty() && entities.is_collection) {
      if (!add_address(file, text, entities, why)) return std::nullopt;
      if (!try_place(file, text, result, why)) return std::nullopt;
    }
    if (!result.place.declared.empty()) return result;
    problem(text, "", "no model has the address of this file: " + why);
    return std::nullopt;
  }

  // False when the address leads through an entity that is not there.
  bool try_place(const FixtureFile& file, const Text& text, FilePlace& result, std::string& why) {
    for (const auto& model : models_.all()) {
      try {
        const auto target = odata::resolve(*model, file.segments);
        if (!target.is_entities()) {
          why = "it is that of no entity and no collection of entities.";
          continue;
        }
        const auto location = locate(models_, write_.view(), target);
        if (!location.missing_key.empty()) {
          problem(text, "", "there is no entity '" + location.missing_key + "' that could hold it");
          return false;
        }
        auto place = place_at(location, target);
        place.declared.insert(place.declared.begin(), result.place.declared.begin(),
                              result.place.declared.end());
        result = {std::move(place), location.is_collection};
      } catch (const http::Error& error) {
        why = error.message;
      }
    }
    return true;
  }

  // Gives the file's collection an address in every model that declares its entities' type.
  bool add_address(const FixtureFile& file, const Text& text, const Entities& entities,
                   const std::string& why) {
    const auto owner = std::vector(file.segments.begin(), file.segments.end() - 1);
    const auto name = common_type(text, entities, why);
    if (name.empty()) return false;
    if (!models_.structured_type(name)) {
      problem(text, entities.pointers[0],
              "no version has the type '" + name + "' of '@odata.type'");
      return false;
    }
    for (const auto& model : models_.all()) {
      const auto* type = model->structured_type(name);
      if (!type || !type->is_entity) continue;
      if (owner.empty()) {
        model->add_entity_set(file.segments.back(), *type);
        continue;
      }
      try {
        const auto target = odata::resolve(*model, owner);
        if (target.is_entities() && !target.last().is_collection) {
          model->add_navigation(*target.last().type, file.segments.back(), *type);
        }
      } catch (const http::Error&) {
        continue;  // this version has no such owner
      }
    }
    return true;
  }

  std::string common_type(const Text& text, const Entities& entities, const std::string& why) {
    std::string name;
    if (entities.items.empty()) {
      problem(text, "",
              "no model has the address of this file (" + why +
                  "), and it has no entity to tell a type by");
    }
    for (size_t i = 0; i < entities.items.size(); ++i) {
      const auto* annotation = base::at_pointer(entities.items[i], "/@odata.type");
      const auto* type = annotation ? annotation->if_string() : nullptr;
      if (!type) {
        problem(text, entities.pointers[i],
                "no model has the address of this file (" + why +
                    "), so that each of its entities needs an '@odata.type' that says what it is");
        return {};
      }
      std::string own(type->data(), type->size());
      if (own.starts_with('#')) own.erase(0, 1);
      if (name.empty()) name = own;
    }
    return name;
  }

  const model::Models& models_;
  base::LoadErrors& errors_;
  Store store_;
  Store::Write write_;
  Importer importer_;
  std::deque<Text> texts_;  // kept for the line numbers of late problems
  std::map<std::string, size_t> problems_in_;
};

}  // namespace

std::shared_ptr<const Snapshot> load_fixtures(const fs::path& folder, const model::Models& models,
                                              model::EnumRule enums, base::LoadErrors& errors) {
  Loader loader(models, enums, errors);
  for (const auto& file : find_files(folder, errors)) loader.load(file);
  return loader.finish();
}

}  // namespace graphmock::store
