#include "auth/permissions.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/text.h"

namespace graphmock::auth {
namespace {

constexpr std::string_view kNamespace = "microsoft.graph.";

// A function's arguments and a namespace make no other request of it.
std::string plain(std::string_view segment) {
  segment = segment.substr(0, segment.find('('));
  if (base::starts_with_ignoring_case(segment, kNamespace))
    segment.remove_prefix(kNamespace.size());
  return base::lower_case(segment);
}

bool is_behind_what_it_is_of(const std::string& segment) {
  return segment == "$count" || segment == "$value" || segment == "$ref";
}

}  // namespace

struct Permissions::Node {
  std::map<std::string, Node, std::less<>> named;
  std::unique_ptr<Node> any;  // "{id}"
  std::map<std::string, Listed, std::less<>> by_method;

  const Listed* find(std::string_view method, const std::string* segment,
                     const std::string* end) const {
    if (segment == end) {
      const auto found = by_method.find(method);
      if (found != by_method.end()) return &found->second;
      // What nobody lists takes what changing it does.
      return method == "PUT" || method == "DELETE" ? find("PATCH", segment, end) : nullptr;
    }
    const auto child = named.find(*segment);
    const auto* found =
        child == named.end() ? nullptr : child->second.find(method, segment + 1, end);
    if (found || !any || segment->starts_with('$')) return found;
    return any->find(method, segment + 1, end);
  }

  void add_names(bool is_delegated, std::set<std::string>& names) const {
    for (const auto& [method, listed] : by_method) {
      for (const auto& opening : listed.openings) {
        if (opening.is_for(is_delegated)) names.insert(opening.permission);
      }
    }
    for (const auto& [name, child] : named) child.add_names(is_delegated, names);
    if (any) any->add_names(is_delegated, names);
  }
};

Permissions::Permissions() : root_(std::make_unique<Node>()) {}
Permissions::~Permissions() = default;
Permissions::Permissions(Permissions&&) noexcept = default;
Permissions& Permissions::operator=(Permissions&&) noexcept = default;

void Permissions::add(std::string_view path, std::string_view method, const Opening& opening) {
  auto* node = root_.get();
  for (const auto segment : base::split(path, '/')) {
    if (segment.empty()) continue;
    // In front, "applications(appId='{id}')" is a set with a key; elsewhere a function has that.
    const bool is_keyed = node == root_.get() && segment.find('(') != std::string_view::npos;
    const bool is_any = segment.starts_with('{');
    if (!is_any) node = &node->named[plain(segment)];
    if (!is_any && !is_keyed) continue;
    if (!node->any) node->any = std::make_unique<Node>();
    node = node->any.get();
  }
  auto& listed = node->by_method[std::string(method)];
  if (listed.path.empty()) listed.path = path;
  listed.openings.push_back(opening);
}

const Listed* Permissions::find(std::string_view method,
                                const std::vector<std::string>& segments) const {
  std::vector<std::string> path;
  path.reserve(segments.size());
  for (const auto& segment : segments) path.push_back(plain(segment));
  const auto* found = root_->find(method, path.data(), path.data() + path.size());
  if (found || path.empty() || !is_behind_what_it_is_of(path.back())) return found;
  return root_->find(method, path.data(), path.data() + path.size() - 1);
}

std::vector<std::string> Permissions::names(bool is_delegated) const {
  std::set<std::string> names;
  root_->add_names(is_delegated, names);
  return {names.begin(), names.end()};
}

bool covers(const std::vector<std::string>& permissions, bool is_delegated,
            const std::vector<Opening>& openings) {
  const auto has = [&](const std::string& name) {
    return std::any_of(permissions.begin(), permissions.end(), [&](const std::string& one) {
      return base::equals_ignoring_case(one, name);
    });
  };
  return std::any_of(openings.begin(), openings.end(), [&](const Opening& opening) {
    const auto& also = opening.also_required;
    return opening.is_for(is_delegated) && has(opening.permission) &&
           (also.empty() || std::any_of(also.begin(), also.end(), has));
  });
}

std::vector<std::string> least(const Listed& listed, bool is_delegated) {
  const auto is_marked = [&](const Opening& opening) {
    return opening.is_for(is_delegated) && opening.is_least_for(is_delegated);
  };
  auto fewest = SIZE_MAX;
  for (const auto& opening : listed.openings) {
    if (is_marked(opening)) fewest = std::min(fewest, opening.methods);
  }
  std::vector<std::string> names;
  for (const auto& opening : listed.openings) {
    if (!is_marked(opening) || opening.methods != fewest) continue;
    names.push_back(opening.permission);
    if (!opening.also_required.empty()) names.push_back(opening.also_required.front());
  }
  return names;
}

}  // namespace graphmock::auth
