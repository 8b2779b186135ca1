#include "odata/path.h"

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

// A literal's value as a key has it: quotes off, doubled ones single.
std::string key_value(std::string_view literal) {
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

// Where an "name=value" argument's '=' stands; keys in quotes may hold one too.
size_t name_end(std::string_view argument) {
  return argument.starts_with('\'') ? std::string_view::npos : argument.find('=');
}

class Resolver {
 public:
  Resolver(const model::Model& model, const std::vector<std::string>& segments)
      : segments_(segments) {
    target_.model = &model;
  }

  Target resolve() {
    if (segments_.empty()) throw http::not_implemented("the service document");
    root(segments_[0]);
    for (size_t i = 1; i < segments_.size(); ++i) {
      const bool is_last = i + 1 == segments_.size();
      if (target_.is_operation()) throw http::not_implemented("path segments behind an operation");
      next(segments_[i], is_last);
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
    } else if (const auto* operation = model().import(call.name)) {
      add_operation(*operation, call);
    } else if (segment == "$batch" || segment == "$metadata") {
      throw http::not_implemented("'" + segment + "'");
    } else {
      not_found(segment, model().root_names());
    }
  }

  void next(const std::string& segment, bool is_last) {
    if (segment.starts_with('$')) return system_segment(segment, is_last);
    const auto* type = last().type;
    if (!type) not_found(segment);
    const auto call = split_call(segment);
    if (call.name.find('.') != std::string_view::npos && try_cast(call)) return;
    if (last().is_collection) {
      if (const auto* operation = model().bound_operation(call.name, *type, true)) {
        return add_operation(*operation, call);
      }
      if (last().kind == StepKind::Property) not_found(segment);
      return add_plain_key(segment, is_last);
    }
    if (try_member(call, *type)) return;
    if (const auto* operation = model().bound_operation(call.name, *type, false)) {
      return add_operation(*operation, call);
    }
    if (segment.ends_with(':') &&
        try_member({call.name.substr(0, call.name.size() - 1), {}}, *type)) {
      throw http::not_implemented("path-addressed items ('" + segment + "/...')");
    }
    not_found(segment, type->member_names());
  }

  void system_segment(const std::string& segment, bool is_last) {
    static constexpr std::pair<std::string_view, StepKind> kSegments[] = {
        {"$count", StepKind::Count}, {"$value", StepKind::Value}, {"$ref", StepKind::Ref}};
    for (const auto& [name, kind] : kSegments) {
      if (!equals_ignoring_case(segment, name) || !is_last) continue;
      add(kind, name, nullptr, false);
      return;
    }
    not_found(segment);
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

  void add_plain_key(const std::string& key, bool is_last) {
    if (key.ends_with(':') && !is_last) {
      throw http::not_implemented("path-addressed items ('" + key + "/...')");
    }
    auto& step = add(StepKind::Key, "", last().type, false);
    step.key = key;
  }

  // What stands in the parentheses behind a collection: 'x', x, or id='x' (OData URL 4.3.1).
  void add_key(std::string_view arguments) {
    const auto parts = split_arguments(arguments);
    if (parts.size() != 1) {
      throw http::Error(
          400, "BadRequest",
          "The key in parentheses is empty or of several parts: '" + std::string(arguments) + "'.");
    }
    auto literal = parts[0];
    if (const auto equals = name_end(literal); equals != std::string_view::npos) {
      const auto name = base::trim(literal.substr(0, equals));
      const auto& key = last().type->key;
      if (key.empty() || !equals_ignoring_case(key[0], name)) {
        throw http::not_implemented("alternate keys ('" + std::string(name) + "')");
      }
      literal = base::trim(literal.substr(equals + 1));
    }
    auto& step = add(StepKind::Key, "", last().type, false);
    step.key = key_value(literal);
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
  Target target_;
};

}  // namespace

bool Target::is_entities() const {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    switch (step->kind) {
      case StepKind::Cast:
        continue;
      case StepKind::EntitySet:
      case StepKind::Singleton:
      case StepKind::Key:
      case StepKind::Navigation:
        return true;
      default:
        return false;
    }
  }
  return false;
}

Target resolve(const model::Model& model, const std::vector<std::string>& segments) {
  return Resolver(model, segments).resolve();
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
      plain.push_back(key_value(parts[0]));
    }
  }
  return plain;
}

}  // namespace graphmock::odata
