#include "store/state_document.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/json_members.h"
#include "store/document_members.h"
#include "store/loaded_lists.h"
#include "store/stored_form.h"
#include "store/stream.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

class DocumentWriter {
 public:
  DocumentWriter(const model::Models& models, model::EnumRule enums, const Snapshot& fixtures,
                 const Layer& changes)
      : models_(models),
        enums_(enums),
        view_(&fixtures, {&changes}),
        lists_(fixtures, changes),
        paths_(models, view_) {}

  std::string run(const Snapshot& fixtures, const Layer& changes, const Counts& given) {
    out_ = "{";
    for (const auto& member : document_members(paths_, lists_)) write(member);
    loaded_.bind_all();
    write_lists();
    write_counts(given);
    if (given.versions > 0) write_versions(fixtures, changes);
    out_ += "\n}\n";
    return std::move(out_);
  }

 private:
  void begin_member(std::string_view name) {
    out_ += out_.size() == 1 ? "\n" : ",\n";
    base::append_json_string(out_, name);
    out_ += ": ";
  }

  void write(const DocumentMember& member) {
    begin_member(member.name);
    const auto& place = *member.place;
    if (!place.stream.empty()) {
      loaded_.put(place.stream, member.entities[0].get());
      return append_stream(out_, *member.entities[0]);
    }
    if (!member.is_collection) {
      loaded_.put(place.place.list, member.entities[0].get());
      return write(*member.entities[0], place);
    }
    const auto type = place.place.declared.front().type->name;
    const bool names_type =
        place.is_added && (member.entities.empty() || member.entities[0]->type != type);
    if (names_type)
      out_ += R"({"@odata.type":"#Collection()" + std::string(type) + ")\",\"value\":";
    out_ += '[';
    for (size_t i = 0; i < member.entities.size(); ++i) {
      out_ += i == 0 ? "\n" : ",\n";
      loaded_.put(place.place.list, member.entities[i].get());
      write(*member.entities[i], place);
    }
    out_ += names_type ? "\n]}" : "\n]";
  }

  void write(const Entity& entity, const FixturePlace& found) {
    auto object = base::parse_json(entity.text).get_object();
    const auto& place = found.place;
    const bool names_type =
        found.is_added ||
        std::any_of(place.declared.begin(), place.declared.end(),
                    [&](const auto& one) { return one.type->name != entity.type; });
    if (names_type) object["@odata.type"] = "#" + std::string(entity.type);
    const auto reading = read_in_versions(place.declared, object, enums_);
    if (names_type) object.erase("@odata.type");
    if (!is_read_as(entity, object, place, reading)) {
      const bool has_key = !place.address.empty() || place.is_single;
      return append_as_is(out_, entity, has_key ? "" : entity.key());
    }
    out_ += '{';
    if (names_type) {
      out_ += R"("@odata.type":)";
      base::append_json_string(out_, "#" + std::string(entity.type));
      if (entity.text.size() > 2) out_ += ',';
    }
    out_.append(entity.text, 1, entity.text.size() - 2);
    follow_folder(entity, reading, object);
    for (const auto& list : lists_.below(entity.address)) write_references(entity, reading, list);
    out_ += '}';
  }

  // Whether a fixture that says just that is loaded as the entity that is there.
  bool is_read_as(const Entity& entity, const json::object& object, const Importer::Place& place,
                  const Reading& reading) const {
    if (entity.is_enveloped || reading.versions.empty() || !reading.problems.empty()) return false;
    const auto& type = reading.type();
    if (type.name != entity.type || type.is_abstract || reading.properties != object) return false;
    const bool has_others =
        std::any_of(reading.versions.begin(), reading.versions.end(), [](const auto& version) {
          return !version.nested.empty() || !version.binds.empty() || !version.deltas.empty();
        });
    if (has_others || object.contains(kAsIs)) return false;
    if (place.is_single) return true;
    const auto* key = object.if_contains(reading.key_name());
    return key && entity_address(place.home_list(), key_text(*key)) == entity.address;
  }

  // As Importer does of itself.
  void follow_folder(const Entity& entity, const Reading& reading, const json::object& object) {
    const auto* folder = object.if_contains(folder_property(reading.type()));
    if (!folder) return;
    const auto list = folder_list(reading.type(), entity.address, key_text(*folder));
    if (!list.empty()) loaded_.put(list, &entity);
  }

  static const model::NavigationProperty* navigation_in(const Reading& reading,
                                                        std::string_view name) {
    for (const auto& version : reading.versions) {
      if (const auto* navigation = version.type->navigation(name)) return navigation;
    }
    return nullptr;
  }

  void write_references(const Entity& owner, const Reading& reading,
                        StateLists::Lists::const_iterator list) {
    const auto name = std::string_view(list->first).substr(owner.address.size() + 1);
    const auto* navigation = navigation_in(reading, name);
    if (!navigation || list->second.empty()) return;
    if (!navigation->is_collection && list->second.size() > 1) return;
    std::vector<std::string> targets;
    LoadedLists::Elements entities;
    for (const auto& entity : list->second) {
      if (!is_bound(owner, list->first, *navigation, *entity)) continue;
      auto path = paths_.of_entity(entity->address);
      const auto target = entity_at_url(models_, view_, path);
      if (path.empty() || !target || target->address != entity->address) continue;
      targets.push_back(std::move(path));
      entities.push_back(entity.get());
    }
    if (targets.empty()) return;
    if (out_.back() != '{') out_ += ',';
    base::append_json_string(out_, std::string(name) + "@odata.bind");
    out_ += ':';
    append_paths(targets, navigation->is_collection);
    loaded_.bind(&owner, std::string(name), !navigation->is_collection, std::move(entities));
  }

  // Those that follow from others are not, and none whose inverse is not there.
  bool is_bound(const Entity& owner, std::string_view list,
                const model::NavigationProperty& navigation, const Entity& entity) const {
    const auto name = navigation.name;
    if (is_home(list, entity.address) || !is_a(models_, entity.type, *navigation.type))
      return false;
    if (list == own_folder_list(entity)) return false;
    const auto inverse = inverse_of(owner, name);
    const bool is_mutual =
        inverse.empty() || lists_.holds(child_address(entity.address, inverse), &owner);
    const auto behind = navigation_behind(entity, name);
    // Of two that are the inverse of each other one has to be said.
    const bool follows = !behind.empty() && (inverse != behind || behind < name) &&
                         lists_.holds(child_address(entity.address, behind), &owner);
    return is_mutual && !follows;
  }

  std::string own_folder_list(const Entity& entity) const {
    const auto* type = models_.structured_type(entity.type);
    const auto property = type ? folder_property(*type) : std::string_view();
    if (property.empty()) return {};
    const auto id = base::member_text(entity.text, property);
    return id && id->front() == '"' ? folder_list(*type, entity.address, base::string_in(*id))
                                    : std::string();
  }

  void append_paths(const std::vector<std::string>& paths, bool is_collection = true) {
    if (is_collection) out_ += '[';
    for (size_t i = 0; i < paths.size(); ++i) {
      if (i > 0) out_ += ',';
      base::append_json_string(out_, paths[i]);
    }
    if (is_collection) out_ += ']';
  }

  void write_counts(const Counts& given) {
    if (given.ids == 0 && given.versions == 0) return;
    begin_member(kCounts);
    out_ += R"({"ids":)" + std::to_string(given.ids) + R"(,"versions":)" +
            std::to_string(given.versions) + "}";
  }

  void write_versions(const Snapshot& fixtures, const Layer& changes) {
    std::map<std::string_view, uint32_t> versions;
    const auto note = [&](const EntityPtr& entity) {
      if (entity->version > 0) versions.emplace(entity->address, entity->version);
    };
    for (const auto& [address, entity] : changes.entities) {
      if (entity) note(entity);
    }
    fixtures.for_each_entity([&](const EntityPtr& entity) {
      if (entity->version > 0 && !changes.entities.contains(entity->address)) note(entity);
    });
    if (versions.empty()) return;
    begin_member(kVersions);
    char before = '{';
    for (const auto& [address, version] : versions) {
      out_ += before;
      before = ',';
      out_ += '\n';
      base::append_json_string(out_, address);
      out_ += ": " + std::to_string(version);
    }
    out_ += "\n}";
  }

  // Every list that would be otherwise if nothing more was said.
  void write_lists() {
    std::map<std::string, std::vector<std::string>> said;
    static const LoadedLists::Elements kNone;
    for (const auto& [name, elements] : lists_.all()) {
      const auto found = loaded_.all().find(name);
      compare(name, elements, found == loaded_.all().end() ? kNone : found->second, said);
    }
    for (const auto& [name, elements] : loaded_.all()) {
      if (!lists_.all().contains(name)) compare(name, {}, elements, said);
    }
    if (said.empty()) return;
    begin_member(kLists);
    out_ += '{';
    for (auto list = said.begin(); list != said.end(); ++list) {
      out_ += list == said.begin() ? "\n" : ",\n";
      base::append_json_string(out_, list->first);
      out_ += ": ";
      append_paths(list->second);
    }
    out_ += "\n}";
  }

  void compare(const std::string& name, const StateLists::Elements& elements,
               const LoadedLists::Elements& loaded,
               std::map<std::string, std::vector<std::string>>& said) {
    const auto is_same = [](const EntityPtr& a, const Entity* b) { return a.get() == b; };
    if (std::equal(elements.begin(), elements.end(), loaded.begin(), loaded.end(), is_same)) return;
    const auto path = paths_.of_list(name);
    if (path.empty()) return;
    std::vector<std::string> targets;
    LoadedLists::Elements with_path;
    for (const auto& entity : elements) {
      auto target = paths_.of_entity(entity->address);
      if (target.empty()) continue;
      targets.push_back(std::move(target));
      with_path.push_back(entity.get());
    }
    if (with_path != loaded) said.emplace(path, std::move(targets));
  }

  const model::Models& models_;
  const model::EnumRule enums_;
  const LayerView view_;
  const StateLists lists_;
  ResourcePaths paths_;
  LoadedLists loaded_;
  std::string out_;
};

}  // namespace

std::string state_document(const model::Models& models, model::EnumRule enums,
                           const Snapshot& fixtures, const Layer& changes, const Counts& given) {
  return DocumentWriter(models, enums, fixtures, changes).run(fixtures, changes, given);
}

}  // namespace graphmock::store
