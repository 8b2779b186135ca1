#include "facts/fact_reader.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"

namespace graphmock::facts {
namespace {

namespace json = base::json;

constexpr std::pair<std::string_view, std::optional<Names> SaidOfType::*> kLists[] = {
    {"required", &SaidOfType::required},
    {"requiredUnless", &SaidOfType::required_unless},
    {"madeByService", &SaidOfType::made_by_service},
    {"fromOwner", &SaidOfType::from_owner},
    {"unique", &SaidOfType::unique},
    {"readOnly", &SaidOfType::read_only},
    {"expanded", &SaidOfType::expanded},
    {"deepUpdate", &SaidOfType::deep_update},
    {"preferences", &SaidOfType::preferences},
};

constexpr std::pair<std::string_view, std::optional<bool> SaidOfType::*> kFlags[] = {
    {"hasETag", &SaidOfType::has_etag},
    {"isRecycled", &SaidOfType::is_recycled},
    {"patchCreates", &SaidOfType::patch_creates},
    {"putCreates", &SaidOfType::put_creates},
};

constexpr std::pair<std::string_view, std::optional<int> SaidOfType::*> kMethods[] = {
    {"PATCH", &SaidOfType::update},
    {"POST", &SaidOfType::create},
    {"PUT", &SaidOfType::replace},
    {"DELETE", &SaidOfType::remove},
};

constexpr std::pair<std::string_view, DefaultRule> kDefaultRules[] = {
    {"onlyOnSelect", DefaultRule::AllButThese},
    {"byDefault", DefaultRule::OnlyThese},
};

constexpr std::pair<std::string_view, Family> kFamilies[] = {
    {"directory", Family::Directory},
    {"outlook", Family::Outlook},
    {"drive", Family::Drive},
    {"other", Family::Other},
};

constexpr std::pair<std::string_view, IdStyle> kIdStyles[] = {
    {"Guid", IdStyle::Guid},
    {"HexGuid", IdStyle::HexGuid},
    {"BracedGuid", IdStyle::BracedGuid},
    {"GuidPair", IdStyle::GuidPair},
    {"EncodedPair", IdStyle::EncodedPair},
    {"Number", IdStyle::Number},
    {"Grant", IdStyle::Grant},
    {"OutlookItem", IdStyle::OutlookItem},
    {"OutlookFolder", IdStyle::OutlookFolder},
    {"OutlookConversation", IdStyle::OutlookConversation},
    {"OutlookRule", IdStyle::OutlookRule},
    {"Drive", IdStyle::Drive},
    {"DriveItem", IdStyle::DriveItem},
    {"Site", IdStyle::Site},
    {"Planner", IdStyle::Planner},
    {"ChannelThread", IdStyle::ChannelThread},
    {"ChatThread", IdStyle::ChatThread},
    {"ChatMessage", IdStyle::ChatMessage},
    {"ExtensionName", IdStyle::ExtensionName},
};

constexpr std::string_view kOthers[] = {
    "statuses", "id", "idPrefix", "defaults", "family", "propertyStatuses", "referenceStatuses"};

template <typename Table>
auto find(const Table& table, std::string_view name) {
  const auto* row = std::find_if(std::begin(table), std::end(table),
                                 [name](const auto& one) { return one.first == name; });
  return row == std::end(table) ? nullptr : row;
}

template <typename Table>
std::string choices(const Table& table) {
  std::string text;
  for (const auto& [name, value] : table) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

// "message" stands for "microsoft.graph.message", as the reference has it.
std::string qualified(std::string_view name) {
  constexpr std::string_view kNamespace = "microsoft.graph.";
  return std::string(name.starts_with(kNamespace) ? "" : kNamespace) + std::string(name);
}

std::string qualified_operation(std::string_view name) {
  constexpr std::string_view kCollection = "Collection(";
  if (!name.starts_with(kCollection)) return qualified(name);
  return std::string(kCollection) + qualified(name.substr(kCollection.size()));
}

// Where something is not as it should be, it says so and goes on.
class Reader {
 public:
  Reader(SaidFile& file, base::LoadErrors& errors) : file_(file), errors_(errors) {}

  void read(const json::value& document) {
    const auto* all = object(document, "");
    if (!all) return;
    for (const auto& [key, value] : *all) {
      const auto pointer = base::pointer_child("", key);
      if (key == "types") {
        for_each(value, pointer,
                 [&](std::string_view name, const json::value& one, const std::string& at) {
                   read_type(one, at, file_.types[qualified(name)]);
                 });
      } else if (key == "operations") {
        for_each(value, pointer,
                 [&](std::string_view name, const json::value& one, const std::string& at) {
                   read_operation(name, one, at);
                 });
      } else if (key != "$schema") {
        problem(pointer, "'" + std::string(key) + "' is not known. Expected types or operations");
      }
    }
  }

 private:
  void problem(const std::string& pointer, const std::string& what) {
    errors_.push_back({file_.name, base::line_of(file_.text, pointer), what});
  }

  const json::object* object(const json::value& value, const std::string& pointer) {
    if (const auto* one = value.if_object()) return one;
    problem(pointer, "expected an object");
    return nullptr;
  }

  template <typename Visit>
  void for_each(const json::value& value, const std::string& pointer, Visit visit) {
    const auto* all = object(value, pointer);
    if (!all) return;
    for (const auto& [name, one] : *all) visit(name, one, base::pointer_child(pointer, name));
  }

  std::optional<Names> names(const json::value& value, const std::string& pointer) {
    const auto* array = value.if_array();
    const bool is_list = array && std::all_of(array->begin(), array->end(),
                                              [](const auto& one) { return base::is_string(one); });
    if (!is_list) {
      problem(pointer, "expected a list of names, as in [\"displayName\"]");
      return std::nullopt;
    }
    Names all;
    for (const auto& one : *array) all.push_back(base::text_of(&one));
    return all;
  }

  std::optional<int> status(const json::value& value, const std::string& pointer) {
    const auto* number = value.if_int64();
    if (number && *number >= 200 && *number <= 399) return static_cast<int>(*number);
    problem(pointer, "expected a status from 200 to 399");
    return std::nullopt;
  }

  template <typename Table, typename Value>
  void choose(const Table& table, const json::value& value, const std::string& pointer,
              std::optional<Value>& chosen) {
    const auto text = base::text_of(&value);
    if (const auto* row = find(table, text)) {
      chosen = row->second;
    } else {
      problem(pointer, "expected one of " + choices(table));
    }
  }

  void read_type(const json::value& value, const std::string& pointer, SaidOfType& type) {
    for_each(value, pointer,
             [&](std::string_view name, const json::value& one, const std::string& at) {
               ++file_.count;
               read_fact(name, one, at, type);
             });
  }

  void read_fact(std::string_view name, const json::value& value, const std::string& pointer,
                 SaidOfType& type) {
    if (const auto* list = find(kLists, name)) {
      type.*list->second = names(value, pointer);
    } else if (const auto* flag = find(kFlags, name)) {
      if (!value.is_bool()) return problem(pointer, "expected true or false");
      type.*flag->second = value.get_bool();
    } else if (const auto* rule = find(kDefaultRules, name)) {
      read_default_properties(value, pointer, rule->second, type);
    } else if (name == "statuses") {
      read_statuses(value, pointer, type);
    } else if (name == "id") {
      choose(kIdStyles, value, pointer, type.id);
    } else if (name == "idPrefix") {
      if (!base::is_string(value)) return problem(pointer, "expected a text, as in \"SHFT_\"");
      type.id_prefix = base::text_of(&value);
    } else if (name == "family") {
      choose(kFamilies, value, pointer, type.family);
    } else if (name == "defaults") {
      for_each(value, pointer,
               [&](std::string_view property, const json::value& one, const std::string&) {
                 type.defaults.push_back({std::string(property), base::to_json(one)});
               });
    } else if (name == "propertyStatuses") {
      read_member_statuses(value, pointer, type.property_statuses);
    } else if (name == "referenceStatuses") {
      read_member_statuses(value, pointer, type.reference_statuses);
    } else {
      std::string known;
      for (const auto one : names_of_facts())
        known += (known.empty() ? "" : ", ") + std::string(one);
      problem(pointer,
              "'" + std::string(name) + "' is no fact of a type. Expected one of " + known);
    }
  }

  void read_statuses(const json::value& value, const std::string& pointer, SaidOfType& type) {
    for_each(value, pointer,
             [&](std::string_view method, const json::value& one, const std::string& at) {
               const auto* row = find(kMethods, method);
               if (!row) return problem(at, "expected one of " + choices(kMethods));
               type.*row->second = status(one, at);
             });
  }

  void read_member_statuses(const json::value& value, const std::string& pointer,
                            std::vector<MemberStatus>& statuses) {
    for_each(
        value, pointer,
        [&](std::string_view member, const json::value& methods, const std::string& of_member) {
          for_each(methods, of_member,
                   [&](std::string_view method, const json::value& one, const std::string& at) {
                     const auto* row = find(kMethods, method);
                     if (!row) return problem(at, "expected one of " + choices(kMethods));
                     if (const auto number = status(one, at)) {
                       statuses.push_back({std::string(member), std::string(method), *number});
                     }
                   });
        });
  }

  // A list, or an object with one for each version.
  void read_default_properties(const json::value& value, const std::string& pointer,
                               DefaultRule rule, SaidOfType& type) {
    if (!value.is_object()) {
      if (auto all = names(value, pointer)) {
        type.default_properties.push_back({"", rule, std::move(*all)});
      }
      return;
    }
    for_each(value, pointer,
             [&](std::string_view version, const json::value& one, const std::string& at) {
               auto all = names(one, at);
               if (!all) return;
               type.default_properties.push_back({std::string(version), rule, std::move(*all)});
             });
  }

  void read_operation(std::string_view name, const json::value& value, const std::string& pointer) {
    if (name.find('/') == std::string_view::npos) {
      return problem(pointer, "expected what it is bound to and its name, as in \"message/send\"");
    }
    auto& said = file_.operations[qualified_operation(name)];
    for_each(value, pointer,
             [&](std::string_view fact, const json::value& one, const std::string& at) {
               ++file_.count;
               if (fact == "withResult") {
                 said.with_result = status(one, at);
               } else if (fact == "withoutResult") {
                 said.without_result = status(one, at);
               } else {
                 problem(at, "expected withResult or withoutResult, a status each");
               }
             });
  }

  SaidFile& file_;
  base::LoadErrors& errors_;
};

}  // namespace

SaidFile read_facts(const std::string& file_name, std::string_view text, base::LoadErrors& errors) {
  SaidFile file;
  file.name = file_name;
  file.text = text;
  try {
    json::monotonic_resource memory;
    Reader(file, errors).read(base::parse_json(text, base::JsonSyntax::Relaxed, &memory));
  } catch (const base::JsonError& error) {
    errors.push_back({file_name, error.line, error.what()});
  }
  return file;
}

std::vector<std::string_view> names_of_facts() {
  std::vector<std::string_view> all;
  for (const auto& row : kLists) all.push_back(row.first);
  for (const auto& row : kFlags) all.push_back(row.first);
  for (const auto& row : kDefaultRules) all.push_back(row.first);
  all.insert(all.end(), std::begin(kOthers), std::end(kOthers));
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace graphmock::facts
