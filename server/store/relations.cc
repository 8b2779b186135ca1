#include "store/relations.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/json_members.h"
#include "base/text.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

struct InverseRow {
  std::string_view owner;  // a type
  std::string_view navigation;
  std::string_view inverse;
};

constexpr std::array kInverses = {
    InverseRow{"microsoft.graph.group", "members", "memberOf"},
    InverseRow{"microsoft.graph.directoryRole", "members", "memberOf"},
    InverseRow{"microsoft.graph.administrativeUnit", "members", "memberOf"},
    InverseRow{"microsoft.graph.group", "owners", "ownedObjects"},
    InverseRow{"microsoft.graph.application", "owners", "ownedObjects"},
    InverseRow{"microsoft.graph.servicePrincipal", "owners", "ownedObjects"},
    InverseRow{"microsoft.graph.device", "registeredOwners", "ownedDevices"},
    InverseRow{"microsoft.graph.device", "registeredUsers", "registeredDevices"},
    InverseRow{"microsoft.graph.user", "manager", "directReports"},
    InverseRow{"microsoft.graph.event", "calendar", "events"},
    InverseRow{"microsoft.graph.calendar", "events", "calendar"},
    InverseRow{"microsoft.graph.educationClass", "members", "classes"},
    InverseRow{"microsoft.graph.educationClass", "teachers", "taughtClasses"},
    InverseRow{"microsoft.graph.educationSchool", "classes", "schools"},
    InverseRow{"microsoft.graph.educationSchool", "users", "schools"},
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kClosures = {{
    {"transitiveMembers", "members"},
    {"transitiveMemberOf", "memberOf"},
    {"transitiveReports", "directReports"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kSelections = {{
    {"calendarView", "events"},
}};

enum class Listing { AtHomeToo, OnlyHere, SameKey };

// A collection is at home below the nearest ancestor of one of these types, or, where none is
// named, at an address of its own.
struct HomeRow {
  std::string_view owner;  // a type
  std::string_view navigation;
  std::array<std::string_view, 2> ancestors;  // types
  std::string_view home;
  Listing listing = Listing::AtHomeToo;
};

constexpr std::string_view kUser = "microsoft.graph.user";
constexpr std::string_view kGroup = "microsoft.graph.group";
constexpr std::string_view kDrive = "microsoft.graph.drive";

constexpr std::array kHomes = {
    HomeRow{"microsoft.graph.directory", "administrativeUnits", {}, kDirectoryPool},
    HomeRow{"microsoft.graph.directory", "deletedItems", {}, "directory/deletedItems"},
    HomeRow{"microsoft.graph.mailFolder", "messages", {kUser}, "messages"},
    HomeRow{
        "microsoft.graph.mailFolder", "childFolders", {kUser}, "mailFolders", Listing::OnlyHere},
    HomeRow{"microsoft.graph.contactFolder", "contacts", {kUser}, "contacts", Listing::OnlyHere},
    HomeRow{"microsoft.graph.contactFolder",
            "childFolders",
            {kUser},
            "contactFolders",
            Listing::OnlyHere},
    HomeRow{"microsoft.graph.calendar", "events", {kUser, kGroup}, "events"},
    HomeRow{"microsoft.graph.calendarGroup", "calendars", {kUser}, "calendars"},
    HomeRow{"microsoft.graph.conversation", "threads", {kGroup}, "threads"},
    HomeRow{"microsoft.graph.driveItem", "children", {kDrive}, "items"},
    HomeRow{kDrive, "root", {kDrive}, "items"},
    HomeRow{kUser, "drive", {}, "drives"},
    HomeRow{kUser, "drives", {}, "drives"},
    HomeRow{kGroup, "drive", {}, "drives"},
    HomeRow{kGroup, "drives", {}, "drives"},
    HomeRow{"microsoft.graph.site", "drive", {}, "drives"},
    HomeRow{"microsoft.graph.site", "drives", {}, "drives"},
    HomeRow{kGroup, "team", {}, "teams", Listing::SameKey},
    HomeRow{kUser, "joinedTeams", {}, "teams"},
    HomeRow{"microsoft.graph.plannerPlan", "tasks", {}, "planner/tasks"},
    HomeRow{"microsoft.graph.plannerPlan", "buckets", {}, "planner/buckets"},
    HomeRow{"microsoft.graph.plannerBucket", "tasks", {}, "planner/tasks"},
    HomeRow{"microsoft.graph.plannerUser", "tasks", {}, "planner/tasks"},
    HomeRow{"microsoft.graph.plannerUser", "plans", {}, "planner/plans"},
    HomeRow{"microsoft.graph.plannerGroup", "plans", {}, "planner/plans"},
};

// What lies in one of the folders beside the collection that it is at home in.
struct FolderRow {
  std::string_view type;
  std::string_view property;
  std::string_view home;
  std::string_view folders;
  std::string_view navigation;
  std::string_view default_name;  // well-known, of where the service puts what is created
};

constexpr std::array kFolders = {
    FolderRow{"microsoft.graph.message", "parentFolderId", "messages", "mailFolders", "messages",
              "drafts"},
};

// A property by whose value an entity is addressed as by its key.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kNames = {{
    {kUser, "userPrincipalName"},
    {"microsoft.graph.list", "displayName"},
    {"microsoft.graph.extension", "extensionName"},
    {"microsoft.graph.place", "emailAddress"},
    {"microsoft.graph.roomList", "emailAddress"},
    {"microsoft.graph.workbookChart", "name"},
    {"microsoft.graph.workbookNamedItem", "name"},
    {"microsoft.graph.workbookPivotTable", "name"},
    {"microsoft.graph.workbookTable", "name"},
    {"microsoft.graph.workbookTableColumn", "name"},
    {"microsoft.graph.workbookWorksheet", "name"},
}};

// Well-known folders (mailFolder resource page), and the display names that they have in English.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kMailFolders = {{
    {"inbox", "Inbox"},
    {"drafts", "Drafts"},
    {"sentitems", "Sent Items"},
    {"deleteditems", "Deleted Items"},
    {"archive", "Archive"},
    {"junkemail", "Junk Email"},
    {"outbox", "Outbox"},
    {"conversationhistory", "Conversation History"},
}};

const HomeRow* home_row(const model::StructuredType& type, std::string_view navigation) {
  for (const auto& row : kHomes) {
    if (row.navigation == navigation && type.derives_from(row.owner)) return &row;
  }
  return nullptr;
}

const FolderRow* folder_row(const model::StructuredType& type) {
  const auto row = std::find_if(kFolders.begin(), kFolders.end(),
                                [&](const FolderRow& one) { return type.derives_from(one.type); });
  return row == kFolders.end() ? nullptr : &*row;
}

// "users/ID/mailFolders" beside "users/ID/messages".
std::string folders_beside(const FolderRow& row, std::string_view list) {
  if (!list.ends_with("/" + std::string(row.home))) return {};
  return child_address(list.substr(0, list.rfind('/')), row.folders);
}

// The first entity of the list of which `is_it` holds. Only texts that mention `hint` are parsed.
template <typename IsIt>
EntityPtr find_if(const LayerView& view, std::string_view list, std::string_view hint, IsIt is_it) {
  EntityPtr found;
  view.for_each(list, [&](const EntityPtr& entity) {
    if (entity->text.find(hint) == std::string::npos) return true;
    if (is_it(base::parse_json(entity->text).get_object())) found = entity;
    return found == nullptr;
  });
  return found;
}

// "https://contoso.sharepoint.com/teams/hr/" without the scheme and the last slash.
std::string_view without_scheme(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
}

EntityPtr find_site(const LayerView& view, std::string_view list, std::string_view name) {
  if (base::equals_ignoring_case(name, "root")) {
    const auto root = find_if(view, list, "\"root\"", [](const json::object& site) {
      const auto* facet = site.if_contains("root");
      return facet && facet->is_object();
    });
    if (root) return root;
  }
  return find_if(view, list, "\"webUrl\"", [&](const json::object& site) {
    const auto url = base::text_of(site.if_contains("webUrl"));
    const auto address = without_scheme(url);
    if (base::equals_ignoring_case(name, "root")) {
      return !address.empty() && address.find('/') == std::string_view::npos;
    }
    return base::equals_ignoring_case(address, name);
  });
}

EntityPtr find_mail_folder(const LayerView& view, std::string_view list, std::string_view name) {
  const auto well_known =
      std::find_if(kMailFolders.begin(), kMailFolders.end(),
                   [&](const auto& row) { return base::equals_ignoring_case(row.first, name); });
  if (well_known == kMailFolders.end()) return nullptr;
  auto named = find_by_properties(view, list, {{"wellKnownName", std::string(name)}});
  if (named) return named;
  const auto has_other_name = [](const Entity& folder) {
    const auto own = base::member_text(folder.text, "wellKnownName");
    return own && own->starts_with('"') && own != "\"\"";
  };
  return find_by_properties(view, list, {{"displayName", std::string(well_known->second)}},
                            std::not_fn(has_other_name));
}

}  // namespace

std::string_view inverse_of(const Entity& owner, std::string_view navigation) {
  for (const auto& row : kInverses) {
    if (row.navigation == navigation && owner.derives_from(row.owner)) return row.inverse;
  }
  return {};
}

std::string_view navigation_behind(const Entity& owner, std::string_view inverse) {
  for (const auto& row : kInverses) {
    if (row.inverse == inverse && owner.derives_from(row.owner)) return row.navigation;
  }
  return {};
}

std::string_view closure_of(std::string_view navigation) {
  for (const auto& [closure, step] : kClosures) {
    if (closure == navigation) return step;
  }
  return {};
}

std::string_view selection_of(std::string_view navigation) {
  for (const auto& [selection, source] : kSelections) {
    if (selection == navigation) return source;
  }
  return {};
}

Home home_of(const LayerView& view, std::string_view owner, const model::StructuredType& type,
             std::string_view navigation) {
  const auto* row = home_row(type, navigation);
  if (!row) return {};
  const bool is_listed = row->listing != Listing::OnlyHere;
  if (row->ancestors[0].empty()) {
    return {std::string(row->home), is_listed, row->listing == Listing::SameKey};
  }
  for (auto address = owner;; address = address.substr(0, address.rfind('/'))) {
    const auto entity = view.find(address);
    const auto is_ancestor = [&](std::string_view name) { return entity->derives_from(name); };
    if (entity && std::any_of(row->ancestors.begin(), row->ancestors.end(), is_ancestor)) {
      return {child_address(address, row->home), is_listed, false};
    }
    if (address.find('/') == std::string_view::npos) return {};
  }
}

bool has_home(const model::StructuredType& type, std::string_view navigation) {
  return home_row(type, navigation) != nullptr;
}

std::string_view folder_property(const model::StructuredType& type) {
  const auto* row = folder_row(type);
  return row ? row->property : std::string_view();
}

std::string folder_list(const model::StructuredType& type, std::string_view address,
                        std::string_view folder_id) {
  const auto* row = folder_row(type);
  if (!row || folder_id.empty()) return {};
  const auto folders = folders_beside(*row, address.substr(0, address.rfind('/')));
  if (folders.empty()) return {};
  return child_address(entity_address(folders, folder_id), row->navigation);
}

std::string default_folder(const LayerView& view, const model::StructuredType& type,
                           std::string_view list) {
  const auto* row = folder_row(type);
  const auto folders = row ? folders_beside(*row, list) : std::string();
  const auto folder =
      folders.empty() ? nullptr : find_mail_folder(view, folders, row->default_name);
  return folder ? folder->key() : std::string();
}

bool is_second_way(const LayerView& view, std::string_view list) {
  const auto slash = list.rfind('/');
  if (slash == std::string_view::npos) return false;
  const auto owner = view.find(list.substr(0, slash));
  const auto navigation = list.substr(slash + 1);
  return owner && std::any_of(kHomes.begin(), kHomes.end(), [&](const HomeRow& row) {
           return row.navigation == navigation && !row.ancestors[0].empty() &&
                  owner->derives_from(row.owner);
         });
}

EntityPtr find_by_properties(
    const LayerView& view, std::string_view list,
    const std::vector<std::pair<std::string_view, std::string>>& properties,
    const IsWantedEntity& is_wanted) {
  if (properties.empty()) return nullptr;
  EntityPtr first;
  uint64_t first_place = 0;
  const auto& [name, value] = properties[0];
  const auto visit = [&](uint64_t place, const EntityPtr& entity) {
    if (first && place > first_place) return true;
    const bool is_it = std::all_of(properties.begin(), properties.end(), [&](const auto& wanted) {
      const auto text = base::member_text(entity->text, wanted.first);
      if (!text || text->front() != '"') return false;
      return base::equals_ignoring_case(base::string_in(*text), wanted.second);
    });
    if (!is_it || (is_wanted && !is_wanted(*entity))) return true;
    first = entity;
    first_place = place;
    return true;
  };
  if (!view.for_each_candidate(list, name, value, visit)) view.for_each(list, 0, nullptr, visit);
  return first;
}

EntityPtr find_by_name(const LayerView& view, std::string_view list,
                       const model::StructuredType& type, std::string_view name) {
  for (const auto& [named, property] : kNames) {
    if (type.derives_from(named)) {
      return find_by_properties(view, list, {{property, std::string(name)}});
    }
  }
  if (type.derives_from("microsoft.graph.mailFolder")) return find_mail_folder(view, list, name);
  if (type.derives_from("microsoft.graph.site")) return find_site(view, list, name);
  return nullptr;
}

EntityPtr find_by_path(const LayerView& view, const EntityPtr& from, std::string_view path) {
  if (from->derives_from("microsoft.graph.site")) {
    const auto object = base::parse_json(from->text).get_object();
    const auto host = base::text_of(object.if_contains("webUrl"));
    const auto slash = from->address.rfind('/');
    return find_site(view, std::string_view(from->address).substr(0, slash),
                     std::string(without_scheme(host)) + "/" + std::string(path));
  }
  auto item = from;
  for (const auto name : base::split(path, '/')) {
    if (name.empty() || !item) continue;
    item = find_by_properties(view, child_address(item->address, "children"),
                              {{"name", std::string(name)}});
  }
  return item;
}

}  // namespace graphmock::store
