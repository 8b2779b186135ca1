#include "store/fixtures.h"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "store/fixture_loader.h"
#include "store/stored_form.h"

namespace graphmock::store {
namespace {

namespace json = base::json;
namespace fs = std::filesystem;
using NewAddresses = FixtureLoader::NewAddresses;

constexpr std::string_view kOperations = "operations";  // kOperationsFile as a member

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
    const auto relative = entry->path().lexically_relative(folder).replace_extension();
    FixtureFile file{entry->path(), fixture_segments(relative.generic_string()),
                     extension == ".jsonl"};
    if (relative != fs::path(kOperationsFile).replace_extension()) files.push_back(std::move(file));
  }
  if (code) errors.push_back({folder.string(), 0, "cannot be read: " + code.message()});
  std::sort(files.begin(), files.end(), [](const FixtureFile& a, const FixtureFile& b) {
    return std::pair(a.segments.size(), a.path) < std::pair(b.segments.size(), b.path);
  });
  return files;
}

void load_folder(const fs::path& folder, FixtureLoader& loader, base::LoadErrors& errors) {
  for (const auto& file : find_files(folder, errors)) {
    if (file.is_jsonl) {
      const auto& kept = loader.keep({file.path.string(), "", true});
      loader.load_lines({&kept, file.segments, ""});
    } else if (auto text = base::read_file(file.path, errors)) {
      const auto& kept = loader.keep({file.path.string(), *std::move(text)});
      loader.load_file({&kept, file.segments, ""});
    }
  }
}

// Owners before what they contain, otherwise in the order of the document.
void load_document(FixtureLoader& loader, FixtureLoader::Text given, base::LoadErrors& errors) {
  const auto& text = loader.keep(std::move(given));
  try {
    json::monotonic_resource memory;
    auto root = base::parse_json(text.text, base::JsonSyntax::Relaxed, &memory);
    auto* object = root.if_object();
    if (!object) {
      return loader.problem(text, "",
                            "a fixture document is an object whose members are resource paths: "
                            "{\"users\": [...]}");
    }
    if (const auto* counts = object->if_contains(kCounts)) loader.load_counts(text, *counts);
    if (const auto* versions = object->if_contains(kVersions))
      loader.load_versions(text, *versions);
    std::vector<std::pair<FixtureLoader::Source, json::value*>> members;
    for (auto& member : *object) {
      const std::string name = member.key();
      const auto pointer = base::pointer_child("", name);
      if (name == kOperations) {
        if (!loader.gives_addresses()) {
          loader.problem(text, pointer, "canned answers are given when the server starts");
        }
        continue;
      }
      if (name == kCounts || name == kVersions) continue;
      auto segments = fixture_segments(name);
      if (std::find(segments.begin(), segments.end(), "") != segments.end()) {
        loader.problem(text, pointer, "'" + name + "' is no resource path");
        continue;
      }
      members.push_back({{&text, std::move(segments), pointer, "'" + name + "'"}, &member.value()});
    }
    std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
      return a.first.segments.size() < b.first.segments.size();
    });
    for (auto& [source, value] : members) loader.load(source, std::move(*value));
  } catch (const base::JsonError& error) {
    errors.push_back({text.file, error.line, error.what()});
  }
}

}  // namespace

std::shared_ptr<const Snapshot> load_fixtures(const fs::path& path, const model::Models& models,
                                              model::EnumRule enums, base::LoadErrors& errors) {
  FixtureLoader loader(models, enums, NewAddresses::Given, errors);
  std::error_code code;
  if (!fs::is_regular_file(path, code)) {
    load_folder(path, loader, errors);
  } else if (auto text = base::read_file(path, errors)) {
    load_document(loader, {path.string(), *std::move(text)}, errors);
  }
  return loader.finish();
}

CannedAnswers canned_answers(const fs::path& path, base::LoadErrors& errors) {
  std::error_code code;
  const bool is_document = fs::is_regular_file(path, code);
  const auto file = is_document ? path : path / kOperationsFile;
  if (!is_document && !fs::exists(file, code)) return {};
  auto text = base::read_file(file, errors);
  if (!text) return {};
  if (!is_document) return {file.string(), *std::move(text)};
  if (text->find(kOperations) == std::string::npos) return {};
  try {
    const auto pointer = base::pointer_child("", kOperations);
    const auto root = base::parse_json(*text, base::JsonSyntax::Relaxed);
    const auto* member = base::at_pointer(root, pointer);
    if (!member) return {};
    // On the line on which they stand, for messages.
    return {file.string(),
            std::string(base::line_of(*text, pointer) - 1, '\n') + base::to_json(*member)};
  } catch (const base::JsonError&) {
    return {};  // load_fixtures() tells of it
  }
}

std::shared_ptr<const Snapshot> read_fixture_document(const std::string& name, std::string text,
                                                      const model::Models& models,
                                                      model::EnumRule enums,
                                                      base::LoadErrors& errors) {
  FixtureLoader loader(models, enums, NewAddresses::Refused, errors);
  load_document(loader, {name, std::move(text)}, errors);
  return loader.finish();
}

}  // namespace graphmock::store
