#include "store/fixture_loader.h"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <optional>
#include <unordered_set>

#include "base/beside.h"
#include "base/file.h"
#include "base/json.h"
#include "base/line_file.h"
#include "base/parallel.h"
#include "base/text.h"
#include "http/error.h"
#include "store/stored_form.h"

namespace graphmock::store {

namespace json = base::json;

namespace {

// Listed one by one; where there are more, one mistake is behind most of them.
constexpr size_t kMostOfOneFile = 50;

constexpr size_t kShortestEntity = 10;  // {"id":"a"}

constexpr std::string_view kCollectionOf = "#Collection(";

}  // namespace

// What stands at one address, in the form of a collection or of one entity.
struct FixtureLoader::Entities {
  bool is_collection = true;
  std::vector<json::value> items;
  std::vector<std::string> pointers;  // of each item in its text; of a line "/N"
  std::string type;                   // of the items, where the collection says it
};

// Some lines of a file, good until the next but one is read.
struct FixtureLoader::Block {
  std::vector<Line> lines;
  std::vector<EntityPtr> plain;  // of each line; null where it takes the importer
};

class FixtureLoader::Lines {
 public:
  Lines(const Text& text, base::LoadErrors& errors) : file_(text.file, errors) {}
  std::optional<Block> next();

 private:
  base::LineFile file_;
  size_t index_ = 0;
};

FixtureLoader::FixtureLoader(const model::Models& models, model::EnumRule enums,
                             NewAddresses new_addresses, base::LoadErrors& errors)
    : models_(models),
      new_addresses_(new_addresses),
      enums_(enums),
      errors_(errors),
      loaded_(std::make_shared<Snapshot>()),
      store_(loaded_),
      write_(store_),
      importer_(models, enums, write_, Importer::Existing::Refuse, nullptr) {
  write_.set_versions({});
}

void FixtureLoader::problem(const Text& text, const std::string& pointer, std::string what) {
  if (++problems_in_[text.file] > kMostOfOneFile) return;
  size_t line = 1;
  if (!text.is_jsonl) {
    line = base::line_of(text.text, pointer);
  } else if (!pointer.empty()) {
    line = std::strtoull(pointer.c_str() + 1, nullptr, 10) + 1;
  }
  errors_.push_back({text.file, line, std::move(what)});
}

void FixtureLoader::load_file(const Source& source) {
  try {
    json::monotonic_resource memory;
    load(source, base::parse_json(source.text->text, base::JsonSyntax::Relaxed, &memory));
  } catch (const base::JsonError& error) {
    errors_.push_back({source.text->file, error.line, error.what()});
  }
}

void FixtureLoader::load(const Source& source, json::value root) {
  if (source.segments == std::vector{std::string(kLists)}) return collect_lists(source, root);
  const auto there = fixture_place(models_, write_.view(), source.segments, false);
  if (!there.stream.empty()) return put_stream(source, there.stream, root);
  // One entity may have a property "value".
  if (root.is_object() && there.is_found() && !there.is_collection &&
      !fixture_place(models_, write_.view(), source.segments, true).is_collection) {
    Entities one{false, {}, {source.pointer}, {}};
    one.items.push_back(std::move(root));
    return load(source, std::move(one));
  }
  load(source, entities_in(std::move(root), source.pointer));
}

FixtureLoader::Entities FixtureLoader::entities_in(json::value root, const std::string& pointer) {
  Entities entities;
  auto prefix = pointer;
  if (auto* object = root.if_object()) {
    auto* value = object->if_contains("value");
    entities.is_collection = value && value->is_array();
    if (entities.is_collection) {
      const auto type = base::text_of(object->if_contains("@odata.type"));
      if (type.starts_with(kCollectionOf) && type.ends_with(')')) {
        entities.type = type.substr(kCollectionOf.size(), type.size() - kCollectionOf.size() - 1);
      }
      auto inner = std::move(*value);
      root = std::move(inner);
      prefix += "/value";
    }
  }
  if (auto* array = root.if_array()) {
    for (size_t i = 0; i < array->size(); ++i) {
      entities.items.push_back(std::move((*array)[i]));
      entities.pointers.push_back(base::pointer_child(prefix, std::to_string(i)));
    }
  } else {
    entities.is_collection = false;
    entities.pointers.push_back(pointer);
    entities.items.push_back(std::move(root));
  }
  return entities;
}

json::value FixtureLoader::Line::value() const {
  try {
    return base::parse_json(text);
  } catch (const base::JsonError& error) {
    throw base::JsonError(error.what(), index + 1, error.column);
  }
}

// Line by line, so that no more than a few are there as values: one takes several times its text.
// A block is read while the one before it is put in place.
void FixtureLoader::load_lines(const Source& source) {
  try {
    const auto found = fixture_place(models_, write_.view(), source.segments, true);
    if (!found.is_found() || !found.is_collection) return load(source, all_lines(*source.text));
    std::vector<PlainReader> readers;
    for (size_t i = 0; i < base::cores(); ++i) readers.emplace_back(models_, found.place, enums_);
    base::LoadErrors file_errors;
    Lines lines(*source.text, file_errors);
    const auto read = [&] {
      auto block = lines.next();
      if (block) read_plain(*block, readers);
      return block;
    };
    bool is_empty = true;
    std::optional<base::Beside<std::optional<Block>>> ahead(std::in_place, read);
    while (const auto block = ahead->take()) {
      ahead.emplace(read);
      if (is_empty && !block->lines.empty()) {
        loaded_->expect(about_how_many(*source.text, block->lines));
      }
      is_empty = is_empty && block->lines.empty();
      put(source, found.place, *block);
    }
    errors_.insert(errors_.end(), file_errors.begin(), file_errors.end());
    if (is_empty) load(source, Entities{});
  } catch (const base::JsonError& error) {
    errors_.push_back({source.text->file, error.line, error.what()});
  }
}

// Lines in all, if they are all as long as the first ones.
size_t FixtureLoader::about_how_many(const Text& text, const std::vector<Line>& first) {
  size_t bytes = first.size();
  for (const auto& line : first) bytes += line.text.size();
  std::error_code code;
  const auto size = std::filesystem::file_size(text.file, code);
  return code ? first.size() : std::min(first.size() * size / bytes, size / kShortestEntity);
}

FixtureLoader::Entities FixtureLoader::all_lines(const Text& text) {
  Entities entities;
  Lines lines(text, errors_);
  while (const auto block = lines.next()) {
    for (const auto& line : block->lines) {
      entities.items.push_back(line.value());
      entities.pointers.push_back(line.pointer());
    }
  }
  return entities;
}

std::optional<FixtureLoader::Block> FixtureLoader::Lines::next() {
  auto rest = file_.next();
  if (rest.empty()) return std::nullopt;
  Block block;
  for (; !rest.empty(); ++index_) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!base::trim(line).empty()) block.lines.push_back({line, index_});
  }
  return block;
}

void FixtureLoader::read_plain(Block& block, std::vector<PlainReader>& readers) {
  constexpr size_t kLinesAtOnce = 64;
  const auto& lines = block.lines;
  block.plain.resize(lines.size());
  const auto pieces = (lines.size() + kLinesAtOnce - 1) / kLinesAtOnce;
  base::in_parallel(readers.size(), pieces, [&](size_t reader, size_t piece) {
    const auto end = std::min((piece + 1) * kLinesAtOnce, lines.size());
    for (auto i = piece * kLinesAtOnce; i < end; ++i)
      block.plain[i] = readers[reader].read(lines[i].text);
  });
}

// In the order of the lines.
void FixtureLoader::put(const Source& source, const Importer::Place& place, const Block& block) {
  for (size_t i = 0; i < block.lines.size(); ++i) {
    if (block.plain[i]) {
      settle();
      i += loaded_->add(place.list, std::span(block.plain).subspan(i));
      if (i == block.lines.size()) break;
    }
    put(source, place, block.lines[i].value(), block.lines[i].pointer());
  }
  settle();
}

// Puts what the importer has written to what is loaded.
void FixtureLoader::settle() {
  if (!write_.is_empty()) loaded_->absorb(write_.take());
}

void FixtureLoader::load(const Source& source, Entities entities) {
  const auto place = [&] {
    return fixture_place(models_, write_.view(), source.segments, entities.is_collection);
  };
  auto found = place();
  if (!found.is_found() && found.missing_key.empty() && entities.is_collection) {
    if (!add_address(source, entities, found.why)) return;
    found = place();
  }
  const auto& text = *source.text;
  if (!found.is_found()) {
    return problem(text, source.pointer,
                   found.missing_key.empty()
                       ? "no model has the address of " + source.name + ": " + found.why
                       : "there is no entity '" + found.missing_key + "' that could hold it");
  }
  if (entities.is_collection != found.is_collection) {
    return problem(text, source.pointer,
                   found.is_collection ? "expected a collection: an array, or {\"value\": [...]}"
                                       : "expected one object: the address is that of one entity");
  }
  if (entities.items.empty() && found.is_added) empty_lists_.push_back(found.place.list);
  put(source, found.place, entities);
}

void FixtureLoader::put(const Source& source, const Importer::Place& place,
                        const Entities& entities) {
  for (size_t i = 0; i < entities.items.size(); ++i) {
    put(source, place, entities.items[i], entities.pointers[i]);
  }
}

void FixtureLoader::put(const Source& source, const Importer::Place& place, const json::value& item,
                        const std::string& prefix) {
  const auto& text = *source.text;
  const auto report = [this, &text, prefix](std::string_view pointer, std::string message) {
    problem(text, prefix + std::string(pointer), std::move(message));
  };
  const auto* object = item.if_object();
  try {
    if (!object) {
      report("", "an entity is a JSON object");
    } else if (is_as_is(*object)) {
      put_as_is(place, *object, report);
    } else {
      importer_.put(place, *object, report);
    }
  } catch (const http::Error& error) {
    report("", error.message);
  }
}

void FixtureLoader::put_as_is(const Importer::Place& place, const json::object& object,
                              const Importer::Report& report) {
  auto entity = read_as_is(models_, place, object, report);
  if (!entity) return;
  if (write_.find(entity->address)) {
    return report("", "There is another entity at '" + entity->address + "'.");
  }
  write_.create(std::move(entity), place.home_list());
}

void FixtureLoader::put_stream(const Source& source, const std::string& address,
                               const json::value& value) {
  const auto report = [&](std::string_view, std::string message) {
    problem(*source.text, source.pointer, std::move(message));
  };
  auto stream = read_stream(address, value, report);
  if (!stream) return;
  if (write_.find(address)) return report("", "There is another stream at '" + address + "'.");
  write_.create(std::move(stream), address);
}

void FixtureLoader::load_counts(const Text& text, const json::value& value) {
  if (const auto counts = read_counts(value)) return loaded_->set_counts(*counts);
  problem(text, base::pointer_child("", kCounts), R"('@mock.counts' is {"ids": 1, "versions": 2})");
}

void FixtureLoader::load_versions(const Text& text, const json::value& value) {
  if (auto versions = read_versions(value)) return write_.set_versions(*std::move(versions));
  problem(text, base::pointer_child("", kVersions), R"('@mock.versions' is {"users/ID": 3})");
}

// Gives the collection an address in every model that declares its entities' type.
bool FixtureLoader::add_address(const Source& source, const Entities& entities,
                                const std::string& why) {
  if (!gives_addresses()) {
    problem(*source.text, source.pointer,
            "no model has the address of " + source.name + " (" + why +
                "), and it can be given one only when the server starts");
    return false;
  }
  const auto owner = std::vector(source.segments.begin(), source.segments.end() - 1);
  const auto name = entities.type.empty() ? common_type(source, entities, why) : entities.type;
  if (name.empty()) return false;
  if (!models_.structured_type(name)) {
    problem(*source.text, entities.pointers.empty() ? source.pointer : entities.pointers[0],
            "no version has the type '" + name + "' of '@odata.type'");
    return false;
  }
  for (const auto& model : models_.all()) {
    const auto* type = model->structured_type(name);
    if (!type || !type->is_entity) continue;
    if (owner.empty()) {
      model->add_entity_set(source.segments.back(), *type);
      continue;
    }
    try {
      const auto target = odata::resolve(*model, owner);
      if (target.is_entities() && !target.last().is_collection) {
        model->add_navigation(*target.last().type, source.segments.back(), *type);
      }
    } catch (const http::Error&) {
      continue;  // this version has no such owner
    }
  }
  return true;
}

std::string FixtureLoader::common_type(const Source& source, const Entities& entities,
                                       const std::string& why) {
  std::string name;
  if (entities.items.empty()) {
    problem(*source.text, source.pointer,
            "no model has the address of " + source.name + " (" + why +
                "), and it has no entity to tell a type by");
  }
  for (size_t i = 0; i < entities.items.size(); ++i) {
    const auto* annotation = base::at_pointer(entities.items[i], "/@odata.type");
    const auto* type = annotation ? annotation->if_string() : nullptr;
    if (!type) {
      problem(*source.text, entities.pointers[i],
              "no model has the address of " + source.name + " (" + why +
                  "), so that each of its entities needs an '@odata.type' that says what it is");
      return {};
    }
    std::string own(type->data(), type->size());
    if (own.starts_with('#')) own.erase(0, 1);
    if (name.empty()) name = own;
  }
  return name;
}

void FixtureLoader::collect_lists(const Source& source, const json::value& root) {
  const auto* object = root.if_object();
  const auto fail = [&](const std::string& pointer) {
    problem(*source.text, pointer,
            "'" + std::string(kLists) +
                "' is an object of lists: {\"groups/ID/members\": [\"users/ID\", ...]}");
  };
  if (!object) return fail(source.pointer);
  for (const auto& member : *object) {
    StatedList list{source.text,
                    base::pointer_child(source.pointer, member.key()),
                    fixture_segments(member.key()),
                    {}};
    const auto* targets = member.value().if_array();
    const bool is_right =
        targets && std::all_of(targets->begin(), targets->end(),
                               [](const auto& one) { return base::is_string(one); });
    if (!is_right) {
      fail(list.pointer);
      continue;
    }
    for (const auto& target : *targets) list.targets.push_back(base::text_of(&target));
    stated_lists_.push_back(std::move(list));
  }
}

// The lists as they are to be, whatever has been written to them.
void FixtureLoader::set_stated_lists() {
  for (const auto& list : empty_lists_) loaded_->add(list, {});
  std::map<std::string, std::vector<std::string>> lists;
  for (const auto& stated : stated_lists_) {
    auto found = fixture_place(models_, write_.view(), stated.segments, true);
    if (found.place.list.empty()) {
      problem(*stated.text, stated.pointer,
              found.missing_key.empty() ? "no model has such a list: " + found.why
                                        : "There is no entity '" + found.missing_key + "'.");
      continue;
    }
    std::vector<std::string> addresses;
    std::unordered_set<std::string> known;
    for (size_t i = 0; i < stated.targets.size(); ++i) {
      const auto entity =
          entity_at_path(models_, write_.view(), fixture_segments(stated.targets[i]));
      if (entity && known.insert(entity->address).second) {
        addresses.push_back(entity->address);
        continue;
      }
      problem(*stated.text, base::pointer_child(stated.pointer, std::to_string(i)),
              entity ? "'" + stated.targets[i] + "' is in the list already."
                     : "There is no entity '" + stated.targets[i] + "' to refer to.");
    }
    lists.insert_or_assign(found.place.list, std::move(addresses));
  }
  for (const auto& [list, addresses] : lists) loaded_->set_list(list, addresses);
}

std::shared_ptr<const Snapshot> FixtureLoader::finish() {
  importer_.bind_references();
  settle();
  set_stated_lists();
  loaded_->finish();
  for (const auto& [file, count] : problems_in_) {
    if (count <= kMostOfOneFile) continue;
    errors_.push_back(
        {file, 0, "and " + std::to_string(count - kMostOfOneFile) + " more problems"});
  }
  return loaded_;
}

}  // namespace graphmock::store
