#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "auth/permissions.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

namespace graphmock::auth {
namespace {

namespace json = base::json;

constexpr size_t kMostSegments = 50;
constexpr std::string_view kOfUsers = "DelegatedWork";
constexpr std::string_view kOfApplications = "Application";

// Reads one document; where something is not as it should be, it says so and goes on.
class Reader {
 public:
  Reader(const std::string& file, std::string_view text, base::LoadErrors& errors)
      : file_(file), text_(text), errors_(errors) {}

  Permissions read(const json::value& document) {
    const auto* permissions = member(document, "", "permissions", &json::value::is_object);
    if (!permissions) return std::move(permissions_);
    for (const auto& [name, permission] : permissions->get_object()) {
      if (!is_of_tokens(permission)) continue;
      const auto pointer = base::pointer_child("/permissions", name);
      const auto* sets = member(permission, pointer, "pathSets", &json::value::is_array);
      if (!sets) continue;
      for (size_t i = 0; i < sets->get_array().size(); ++i) {
        read_set(name, sets->get_array()[i], pointer + "/pathSets/" + std::to_string(i));
      }
    }
    return std::move(permissions_);
  }

 private:
  // What is consented to for one team or chat alone ("RSC") never stands in a token.
  static bool is_of_tokens(const json::value& permission) {
    const auto* object = permission.if_object();
    const auto* kind = object ? object->if_contains("authorizationType") : nullptr;
    return base::text_of(kind) != "RSC";
  }

  void problem(const std::string& pointer, const std::string& what) {
    errors_.push_back({file_, base::line_of(text_, pointer, base::JsonSyntax::Relaxed), what});
  }

  const json::value* member(const json::value& parent, const std::string& pointer, const char* name,
                            bool (json::value::*is_kind)() const noexcept) {
    const auto* object = parent.if_object();
    const auto* value = object ? object->if_contains(name) : nullptr;
    if (value && (value->*is_kind)()) return value;
    const bool is_object = is_kind == &json::value::is_object;
    problem(value ? base::pointer_child(pointer, name) : pointer,
            std::string("expected '") + name + "', " + (is_object ? "an object" : "a list"));
    return nullptr;
  }

  std::vector<std::string> texts(const json::value& list, const std::string& pointer) {
    std::vector<std::string> all;
    for (const auto& one : list.get_array()) {
      if (!one.is_string()) problem(pointer, "expected a list of texts");
      all.push_back(base::text_of(&one));
    }
    return all;
  }

  void read_set(std::string_view permission, const json::value& set, const std::string& pointer) {
    const auto* schemes = member(set, pointer, "schemeKeys", &json::value::is_array);
    const auto* methods = member(set, pointer, "methods", &json::value::is_array);
    const auto* paths = member(set, pointer, "paths", &json::value::is_object);
    if (!schemes || !methods || !paths) return;
    Opening opening;
    opening.permission = permission;
    // Accounts of persons, who are of no tenant, have a scheme of their own.
    for (const auto& scheme : texts(*schemes, pointer + "/schemeKeys")) {
      if (scheme == kOfApplications) opening.is_for_applications = true;
      if (scheme == kOfUsers) opening.is_for_users = true;
    }
    if (set.get_object().contains("alsoRequires")) {
      const auto* also = member(set, pointer, "alsoRequires", &json::value::is_array);
      if (also) opening.also_required = texts(*also, pointer + "/alsoRequires");
    }
    const auto all = all_methods(texts(*methods, pointer + "/methods"));
    opening.methods = all.size();
    for (const auto& [path, facts] : paths->get_object()) {
      read_path(path, facts, pointer + "/paths", all, opening);
    }
  }

  static std::vector<std::string> all_methods(const std::vector<std::string>& methods) {
    std::vector<std::string> all;
    for (const auto& method : methods) {
      if (method == "<ReadMethods>") {
        all.push_back("GET");
      } else if (method == "<WriteMethods>") {
        all.insert(all.end(), {"POST", "PUT", "PATCH", "DELETE"});
      } else {
        all.push_back(method);
      }
    }
    return all;
  }

  // "least=DelegatedWork,Application;AlsoRequires=User.Read.All", in any order, each once or not at
  // all.
  void read_path(std::string_view path, const json::value& facts, const std::string& pointer,
                 const std::vector<std::string>& methods, Opening opening) {
    const auto slashes = static_cast<size_t>(std::count(path.begin(), path.end(), '/'));
    if (!path.starts_with('/') || slashes >= kMostSegments) {
      return problem(base::pointer_child(pointer, path), "expected a path, as in \"/users/{id}\"");
    }
    if (!facts.is_string()) {
      return problem(base::pointer_child(pointer, path),
                     "expected a text, as in \"least=DelegatedWork,Application\"");
    }
    const std::string_view text = facts.get_string();
    for (const auto fact : base::split(text, ';')) {
      const auto [name, values] = base::split_parameter(fact);
      for (const auto value : base::split(values, ',')) {
        if (base::equals_ignoring_case(name, "least")) {
          if (value == kOfApplications) opening.is_least_for_applications = true;
          if (value == kOfUsers) opening.is_least_for_users = true;
        } else if (base::equals_ignoring_case(name, "alsoRequires") && !value.empty()) {
          opening.also_required.emplace_back(base::trim(value));
        }
      }
    }
    if (!opening.is_for_users && !opening.is_for_applications) return;
    for (const auto& method : methods) permissions_.add(path, method, opening);
  }

  const std::string& file_;
  const std::string_view text_;
  base::LoadErrors& errors_;
  Permissions permissions_;
};

}  // namespace

Permissions read_permissions(const std::string& file, std::string_view text,
                             base::LoadErrors& errors) {
  try {
    json::monotonic_resource memory;
    return Reader(file, text, errors)
        .read(base::parse_json(text, base::JsonSyntax::Relaxed, &memory));
  } catch (const base::JsonError& error) {
    errors.push_back({file, error.line, error.what()});
    return {};
  }
}

Permissions load_permissions(const std::filesystem::path& file, base::LoadErrors& errors) {
  const auto text = base::read_file(file, errors);
  return text ? read_permissions(file.string(), *text, errors) : Permissions();
}

}  // namespace graphmock::auth
