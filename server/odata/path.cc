#include "odata/path.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "http/error.h"
#include "http/url.h"

namespace graphmock::odata {
namespace {

using base::equals_ignoring_case;

[[noreturn]] void not_found(std::string_view segment,
                            const std::vector<std::string_view>& candidates = {}) {
  auto message = "Resource not found for the segment '" + std::string(segment) + "'.";
  if (const auto near = base::nearest(segment, candidates)) {
    message += " Did you mean '" + std::string(*near) + "'?";
  }
  throw http::Error(400, "BadRequest", std::move(message));
}

// "name(arguments)" taken apart; without parentheses `arguments` is nothing.
struct Call {
  std::string_view name;
  std::optional<std::string_view> arguments;
};

Call split_call(std::string_view segment) {
  const auto open = segment.find('(');
  if (open == std::string_view::npos || !segment.ends_with(')')) return {segment, std::nullopt};
  return {segment.substr(0, open), segment.substr(open + 1, segment.size() - open - 2)};
}

// "a='x',b=2" at commas outside of quotes.
std::vector<std::string_view> split_arguments(std::string_view arguments) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  size_t start = 0;
  for (size_t i = 0; i <= arguments.size(); ++i) {
    if (i < arguments.size() && arguments[i] == '\'') is_quoted = !is_quoted;
    if (i == arguments.size() || (arguments[i] == ',' && !is_quoted)) {
      const auto part = base::trim(arguments.substr(start, i - start));
      if (!part.empty()) parts.push_back(part);
      start = i + 1;
    }
  }
  return parts;
}

// Types whose entities are found by the names on the way to them, too: "ID:/a/b.txt:/content".
constexpr std::array<std::string_view, 2> kAddressedByPath = {"microsoft.graph.driveItem",
                                                              "microsoft.graph.site"};

bool is_addressed_by_path(const model::StructuredType& type) {
  return std::any_of(kAddressedByPath.begin(), kAddressedByPath.end(),
                     [&](std::string_view name) { return type.derives_from(name); });
}

// Where an "name=value" argument's '=' stands; keys in quotes may hold one too.
size_t name_end(std::string_view argument) {
  return argument.starts_with('\'') ? std::string_view::npos : argument.find('=');
}

class Resolver {
 public:
  Resolver(const model::Model& model, const std::vector<std::string>& segments,
           const std::vector<std::string_view>& query_names)
      : segments_(segments), query_names_(query_names) {
    target_.model = &model;
  }

  Target resolve() {
    if (segments_.empty()) throw http::not_implemented("the service document");
    root(segments_[0]);
    while (at_ < segments_.size()) {
      if (target_.is_operation() && !last().operation->is_composable && !is_stream_content()) {
        not_found(segments_[at_]);
      }
      next(segments_[at_++]);
    }
    return std::move(target_);
  }

 private:
  const model::Model& model() const { return *target_.model; }
  const Step& last() const { return target_.steps.back(); }

  Step& add(StepKind kind, std::string_view name, const model::StructuredType* type,
            bool is_collection) {
    Step step;
    step.kind = kind;
    step.name = name;
    step.type = type;
    step.is_collection = is_collection;
    target_.steps.push_back(std::move(step));
    return target_.steps.back();
  }

  void root(const std::string& segment) {
    const auto call = split_call(segment);
    if (const auto* set = model().entity_set(call.name)) {
      add(StepKind::EntitySet, set->name, set->type, true);
      if (call.arguments) add_key(*call.arguments);
    } else if (const auto* singleton = model().singleton(segment)) {
      add(StepKind::Singleton, singleton->name, singleton->type, false);
    } else if (const auto* operation = model().import(call.name, argument_names(call))) {
      add_operation(*operation, call);
    } else if (segment == "$metadata") {
      throw http::not_implemented("'" + segment + "'");
    } else if (equals_ignoring_case(segment, "$batch")) {
      throw http::Error(400, "BadRequest",
                        "'" + segment +
                            "' is no resource: requests are sent to it, and nothing "
                            "stands behind it.");
    } else {
      not_found(segment, model().root_names());
    }
  }

  // "getReport(period='D7')/$value": the content of a result that is a stream.
  bool is_stream_content() const {
    const auto& returns = last().operation->returns;
    return returns && !returns->is_collection && returns->is(model::Primitive::Stream) &&
           segments_[at_] == "$value";
  }

  bool is_last() const { return at_ == segments_.size(); }

  void next(const std::string& segment) {
    if (segment.starts_with('$')) return system_segment(segment);
    const auto* type = last().type;
    if (!type) not_found(segment);
    if (segment.ends_with(':') && is_addressed_by_path(*type)) {
      return add_path(*type, segment.substr(0, segment.size() - 1));
    }
    const auto call = split_call(segment);
    if (call.name.find('.') != std::string_view::npos && try_cast(call)) return;
    if (last().is_collection) {
      if (try_operation(call, *type, true)) return;
      if (last().kind == StepKind::Property) not_found(segment);
      return add_plain_key(segment);
    }
    if (try_member(call, *type) || try_operation(call, *type, false)) return;
    if (segment.ends_with(':') &&
        try_member({call.name.substr(0, call.name.size() - 1), {}}, *type) &&
        !last().is_collection && last().type && is_addressed_by_path(*last().type)) {
      return add_path_below();
    }
    not_found(segment, type->member_names());
  }

  bool try_operation(const Call& call, const model::StructuredType& type, bool is_collection) {
    const auto names = argument_names(call);
    const auto* operation = model().bound_operation(call.name, type, is_collection, names);
    if (operation) add_operation(*operation, call);
    return operation != nullptr;
  }

  // "ID:/a/b.txt:", the item that the segment names and then the one below it.
  void add_path(const model::StructuredType& type, const std::string& segment) {
    if (last().is_collection) {
      add_plain_key(segment);
    } else if (!try_member({segment, {}}, type) || !last().type ||
               !is_addressed_by_path(*last().type)) {
      not_found(segment + ":", type.member_names());
    }
    add_path_below();
  }

  // The names up to the next that ends in ':', or up to the end.
  void add_path_below() {
    std::string path;
    for (bool is_done = false; !is_done && !is_last();) {
      std::string_view name = segments_[at_++];
      is_done = name.ends_with(':');
      if (is_done) name.remove_suffix(1);
      if (name.empty()) continue;
      if (!path.empty()) path += '/';
      path += name;
    }
    auto& step = add(StepKind::Path, "", last().type, false);
    step.key = std::move(path);
  }

  void system_segment(const std::string& segment) {
    static constexpr std::pair<std::string_view, StepKind> kSegments[] = {
        {"$count", StepKind::Count}, {"$value", StepKind::Value}, {"$ref", StepKind::Ref}};
    for (const auto& [name, kind] : kSegments) {
      if (!equals_ignoring_case(segment, name) || !is_last() || !takes(kind)) continue;
      add(kind, name, nullptr, false);
      return;
    }
    not_found(segment);
  }

  // $count counts a collection, $ref is of entities, $value of a stream or of one value.
  bool takes(StepKind kind) const {
    if (kind == StepKind::Count) return last().is_collection;
    if (kind == StepKind::Ref) return target_.is_entities();
    return !last().is_collection;
  }

  bool try_cast(const Call& call) {
    const auto* cast = model().structured_type_ignoring_case(call.name);
    if (!cast || !(cast->derives_from(*last().type) || last().type->derives_from(*cast)))
      return false;
    const bool is_collection = last().is_collection;
    if (call.arguments && !is_collection) not_found(call.name);
    add(StepKind::Cast, cast->name, cast, is_collection);
    if (call.arguments) add_key(*call.arguments);
    return true;
  }

  bool try_member(const Call& call, const model::StructuredType& type) {
    if (const auto* navigation = type.navigation_ignoring_case(call.name)) {
      auto& step =
          add(StepKind::Navigation, navigation->name, navigation->type, navigation->is_collection);
      step.navigation = navigation;
      if (call.arguments && !navigation->is_collection) not_found(call.name);
      if (call.arguments) add_key(*call.arguments);
      return true;
    }
    const auto* property = type.property_ignoring_case(call.name);
    if (!property || call.arguments) return false;
    auto& step = add(StepKind::Property, property->name, property->type.structured,
                     property->type.is_collection);
    step.property = property;
    return true;
  }

  void add_plain_key(const std::string& key) {
    auto& step = add(StepKind::Key, "", last().type, false);
    step.key = key;
  }

  // What stands in the parentheses behind a collection: 'x', x, id='x', or the names and values of
  // an alternate key (OData URL 4.3.1, 4.3.6).
  void add_key(std::string_view arguments) {
    const auto parts = split_arguments(arguments);
    std::vector<std::pair<std::string_view, std::string_view>> named;
    for (const auto part : parts) {
      const auto equals = name_end(part);
      if (equals == std::string_view::npos) continue;
      named.emplace_back(base::trim(part.substr(0, equals)), base::trim(part.substr(equals + 1)));
    }
    const auto& type = *last().type;
    if (parts.size() == 1 && named.empty()) return add_plain_key(unquoted(parts[0]));
    if (parts.empty() || named.size() != parts.size()) {
      throw http::Error(400, "BadRequest",
                        "The key in parentheses is neither one value nor names with values: '" +
                            std::string(arguments) + "'.");
    }
    if (named.size() == 1 && !type.key.empty() &&
        equals_ignoring_case(type.key[0], named[0].first)) {
      return add_plain_key(unquoted(named[0].second));
    }
    add_alternate_key(type, named);
  }

  void add_alternate_key(const model::StructuredType& type,
                         const std::vector<std::pair<std::string_view, std::string_view>>& named) {
    std::vector<std::string_view> names;
    std::vector<std::pair<std::string_view, std::string>> values;
    for (const auto& [given, literal] : named) {
      const auto* property = type.property_ignoring_case(given);
      names.push_back(property ? property->name : given);
      values.emplace_back(names.back(), unquoted(literal));
    }
    if (!type.has_alternate_key(names)) {
      throw http::Error(400, "BadRequest",
                        "The type '" + std::string(type.name) + "' has no alternate key of '" +
                            std::string(named[0].first) + "'.");
    }
    auto& step = add(StepKind::Key, "", &type, false);
    step.alternate_key = std::move(values);
    for (const auto& [name, value] : step.alternate_key) {
      step.key += (step.key.empty() ? "" : ",") + std::string(name) + "='" + value + "'";
    }
  }

  std::vector<std::string_view> argument_names(const Call& call) const {
    if (!call.arguments || base::trim(*call.arguments).empty()) return query_names_;
    std::vector<std::string_view> names;
    for (const auto argument : split_arguments(*call.arguments)) {
      const auto equals = name_end(argument);
      if (equals != std::string_view::npos) names.push_back(base::trim(argument.substr(0, equals)));
    }
    return names;
  }

  void add_operation(const model::Operation& operation, const Call& call) {
    const auto* type = operation.returns ? operation.returns->structured : nullptr;
    const bool is_collection = operation.returns && operation.returns->is_collection;
    auto& step = add(StepKind::Operation, operation.name, type, is_collection);
    step.operation = &operation;
    if (!call.arguments) return;
    for (const auto argument : split_arguments(*call.arguments)) {
      const auto equals = name_end(argument);
      if (equals == std::string_view::npos) {
        throw http::Error(400, "BadRequest",
                          "The arguments of '" + std::string(operation.name) +
                              "' are given as name=value; '" + std::string(argument) + "' is not.");
      }
      step.arguments.emplace_back(base::trim(argument.substr(0, equals)),
                                  base::trim(argument.substr(equals + 1)));
    }
  }

  const std::vector<std::string>& segments_;
  const std::vector<std::string_view>& query_names_;
  size_t at_ = 1;  // the segment that comes next
  Target target_;
};

}  // namespace

size_t Target::entity_steps() const {
  size_t count = 0;
  for (const auto& step : steps) {
    switch (step.kind) {
      case StepKind::EntitySet:
      case StepKind::Singleton:
      case StepKind::Key:
      case StepKind::Path:
      case StepKind::Navigation:
      case StepKind::Cast:
        ++count;
        continue;
      default:
        return count;
    }
  }
  return count;
}

Target Target::prefix(size_t count) const {
  return {model, {steps.begin(), steps.begin() + static_cast<ptrdiff_t>(count)}};
}

std::string unquoted(std::string_view literal) {
  if (literal.size() < 2 || !literal.starts_with('\'') || !literal.ends_with('\'')) {
    return std::string(literal);
  }
  std::string value;
  literal = literal.substr(1, literal.size() - 2);
  for (size_t i = 0; i < literal.size(); ++i) {
    value += literal[i];
    if (literal[i] == '\'' && i + 1 < literal.size() && literal[i + 1] == '\'') ++i;
  }
  return value;
}

std::vector<std::string> resource_segments(const model::Models& models, std::string_view url) {
  auto segments = http::parse_url(url).segments;
  for (size_t i = 0; i < std::min<size_t>(segments.size(), 3); ++i) {
    // A tenant's prefix, /t/NAME, may stand before the version.
    if (i == 1 && segments[0] != "t") break;
    if (!models.version(segments[i])) continue;
    segments.erase(segments.begin(), segments.begin() + static_cast<ptrdiff_t>(i) + 1);
    break;
  }
  return segments;
}

Target resolve(const model::Model& model, const std::vector<std::string>& segments,
               const std::vector<std::string_view>& query_names) {
  return Resolver(model, segments, query_names).resolve();
}

Target resolve(const model::Model& model, std::string_view path) {
  std::vector<std::string> segments;
  for (const auto segment : http::split_segments(path)) segments.emplace_back(segment);
  return resolve(model, segments);
}

std::vector<std::string> plain_segments(const std::vector<std::string>& segments) {
  std::vector<std::string> plain;
  for (const auto& segment : segments) {
    const auto call = split_call(segment);
    const auto parts =
        call.arguments ? split_arguments(*call.arguments) : std::vector<std::string_view>{};
    if (parts.size() != 1 || name_end(parts[0]) != std::string_view::npos) {
      plain.push_back(segment);
    } else {
      plain.emplace_back(call.name);
      plain.push_back(unquoted(parts[0]));
    }
  }
  return plain;
}

std::vector<std::string> plain_segments(const Target& target) {
  std::vector<std::string> plain;
  for (const auto& step : target.steps) {
    if (step.kind == StepKind::Cast) continue;
    if (step.kind == StepKind::Path) {
      if (plain.back() != "root") continue;  // a site, which has been named already
      plain.back() = "items";
    }
    const bool is_alternate = !step.alternate_key.empty();
    const bool is_key = step.kind == StepKind::Key || step.kind == StepKind::Path;
    plain.push_back(is_alternate ? step.alternate_key.front().second
                    : is_key     ? step.key
                                 : std::string(step.name));
  }
  return plain;
}

}  // namespace graphmock::odata
