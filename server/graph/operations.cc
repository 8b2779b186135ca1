#include "graph/operations.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "facts/type_facts.h"
#include "graph/body.h"
#include "graph/operations/built_in.h"
#include "graph/query_check.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/selection.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using odata::StepKind;

[[noreturn]] void bad_argument(std::string message) {
  throw http::Error(400, "", std::move(message));
}

// A literal of a URL as the JSON value that it is (URL 5.1.1.13): 'text', 42, true, null, or, for
// types that are written bare, their text.
json::value value_of_literal(std::string_view literal, const model::TypeRef& type) {
  if (literal == "null") return nullptr;
  if (literal.starts_with('\'')) return json::string(odata::unquoted(literal));
  const bool is_json = literal == "true" || literal == "false" || literal.starts_with('[') ||
                       literal.starts_with('{');
  if (!type.structured && !type.enumeration && !is_json) {
    using model::Primitive;
    const auto primitive = type.primitive;
    const bool is_text = primitive == Primitive::String || primitive == Primitive::Guid ||
                         primitive == Primitive::Date || primitive == Primitive::DateTimeOffset ||
                         primitive == Primitive::TimeOfDay || primitive == Primitive::Duration ||
                         primitive == Primitive::Binary;
    if (is_text) return json::string(literal);
  }
  try {
    return base::parse_json(literal);
  } catch (const base::JsonError&) {
    return json::string(literal);
  }
}

class Arguments {
 public:
  Arguments(const Call& call, const Context& context, const odata::Step& step)
      : call_(call), context_(context), step_(step), operation_(*step.operation) {}

  // Those in the URL: inline, by alias (@p), or as query options of the parameters' names.
  json::object in_url() {
    json::object values;
    for (const auto& [name, literal] : step_.arguments) {
      const auto& parameter = parameter_named(name);
      values[parameter.name] = value_of_literal(literal_of(literal), parameter.type);
    }
    for (const auto& option : call_.request.target.options()) {
      const auto* parameter = operation_.parameter(option.name);
      if (!parameter || values.contains(parameter->name)) continue;
      values[parameter->name] = value_of_literal(option.value, parameter->type);
    }
    check(values);
    return values;
  }

  // Those in the body of a POST.
  json::object in_body() {
    json::object values;
    if (!base::trim(call_.request.body).empty()) {
      const auto body = read_body(call_.request);
      for (const auto& member : body) {
        const std::string_view name = member.key();
        if (name.find('@') != std::string_view::npos) continue;
        const auto& parameter = parameter_named(name);
        auto& value = values[parameter.name];
        value = member.value();
        model::convert_strings(value, parameter.type);
      }
    }
    check(values);
    return values;
  }

 private:
  const model::Parameter& parameter_named(std::string_view name) {
    if (const auto* parameter = operation_.parameter(name)) return *parameter;
    std::vector<std::string_view> names;
    std::string list;
    for (const auto& parameter : operation_.parameters) {
      names.push_back(parameter.name);
      list += (list.empty() ? " Its parameters: " : ", ") + std::string(parameter.name);
    }
    auto message = "The parameter '" + std::string(name) + "' does not exist on the operation '" +
                   std::string(operation_.qualified_name) + "'.";
    if (const auto near = base::nearest(name, names)) {
      message += " Did you mean '" + std::string(*near) + "'?";
    }
    bad_argument(message + (list.empty() ? " It takes none." : list + "."));
  }

  std::string literal_of(const std::string& literal) const {
    if (!literal.starts_with('@')) return literal;
    for (const auto& option : call_.request.target.options()) {
      if (option.name == literal) return option.value;
    }
    bad_argument("The parameter alias '" + literal + "' is given no value: add '" + literal +
                 "=...' to the query.");
  }

  void check(const json::object& values) const {
    std::vector<model::Problem> problems;
    for (const auto& member : values) {
      const auto& parameter = *operation_.parameter(member.key());
      model::Property property{parameter.name, parameter.type, parameter.is_nullable};
      model::check_value(*call_.model, property, member.value(),
                         base::pointer_child("", parameter.name), context_.enums, problems);
    }
    if (!problems.empty()) throw_problems(problems);
    if (!operation_.is_function) return;
    for (const auto& parameter : operation_.parameters) {
      if (parameter.is_optional || values.contains(parameter.name)) continue;
      bad_argument("The function '" + std::string(operation_.qualified_name) +
                   "' lacks its parameter '" + std::string(parameter.name) + "', of type " +
                   parameter.type.name() + ".");
    }
  }

  const Call& call_;
  const Context& context_;
  const odata::Step& step_;
  const model::Operation& operation_;
};

json::value zero_of(const model::TypeRef& type) {
  using model::Primitive;
  if (type.enumeration) {
    if (type.enumeration->members.empty()) return nullptr;
    return json::string(type.enumeration->members.front().name);
  }
  switch (type.primitive) {
    case Primitive::Boolean:
      return false;
    case Primitive::Byte:
    case Primitive::SByte:
    case Primitive::Int16:
    case Primitive::Int32:
    case Primitive::Int64:
    case Primitive::Single:
    case Primitive::Double:
    case Primitive::Decimal:
      return 0;
    case Primitive::String:
    case Primitive::Binary:
      return json::string();
    case Primitive::Guid:
      return json::string("00000000-0000-0000-0000-000000000000");
    case Primitive::Date:
      return json::string("0001-01-01");
    case Primitive::DateTimeOffset:
      return json::string("0001-01-01T00:00:00Z");
    case Primitive::TimeOfDay:
      return json::string("00:00:00");
    case Primitive::Duration:
      return json::string("PT0S");
    default:
      return nullptr;
  }
}

json::object null_object(const model::StructuredType& type) {
  json::object object;
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base) {
    for (const auto& property : ancestor->properties) {
      if (property.type.is(model::Primitive::Stream)) continue;
      object.emplace(property.name, property.type.is_collection ? json::value(json::array())
                                                                : json::value(nullptr));
    }
  }
  return object;
}

// What a built-in operation answers is not shaped by query options, but for a delta, which is read
// as its collection is.
void refuse_options(const OperationCall& operation) {
  const auto& query = operation.call.query;
  if (operation.operation.name == "delta") return;
  refuse_read_options(query);
  if (!query.select.empty() || query.count) {
    throw http::not_implemented("query options of the operation '" +
                                std::string(operation.operation.qualified_name) + "'");
  }
}

// Nothing is filtered, ordered or left out of an empty result, but what is asked of it has to make
// sense.
void check_options(const odata::Query& query, const model::Model& model,
                   const model::TypeRef& type) {
  if (!type.is_collection) refuse_collection_options(query);
  if (!type.structured) return;
  selection_of(query, model, *type.structured);
  check_query(query, model, *type.structured);
}

// An operation whose result is asked for by parts: "range(address='A1')/format/font".
http::Response answer_below(const Call& call, const Context& context) {
  if (call.request.method != "GET") method_not_allowed(call, "GET");
  const auto& last = call.target->last();
  if (last.kind == StepKind::Count) return plain_text("0");
  if (last.kind == StepKind::Value) {
    http::Response response;
    response.set_header("Content-Type", "application/octet-stream");
    return response;
  }
  if (last.is_collection) return object_answer(200, call, {{"value", json::array()}});
  if (last.type) return object_answer(200, call, null_object(*last.type));
  if (!last.property) throw http::not_implemented("'" + std::string(last.name) + "' of a result");
  return value_answer(call, context, last.property->type, zero_of(last.property->type));
}

}  // namespace

const json::value* OperationCall::argument(std::string_view name) const {
  const auto* value = arguments.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

std::string OperationCall::text_argument(std::string_view name) const {
  return base::text_of(argument(name));
}

int status_of(const model::Operation& operation) {
  if (operation.facts) return operation.facts->status;
  return operation.returns ? 200 : 204;
}

http::Response default_answer(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& declared = operation.operation;
  const int status = status_of(declared);
  http::Response response;
  response.status = status;
  if (status == 302) {
    // The content stands where the answer leads to.
    response.set_header("Location", entity_url(call, "$value"));
    return response;
  }
  if (status == 204 || !declared.returns) return response;
  const auto& type = *declared.returns;
  check_options(call.query, *call.model, type);
  if (type.is(model::Primitive::Stream)) {
    response.set_header("Content-Type", "application/octet-stream");
    return response;
  }
  if (type.is_collection) return object_answer(status, call, {{"value", json::array()}});
  if (type.structured) return object_answer(status, call, null_object(*type.structured));
  return object_answer(status, call, {{"value", zero_of(type)}});
}

http::Response answer_operation(const Call& call, const Context& context) {
  const auto& steps = call.target->steps;
  const auto first = std::find_if(steps.begin(), steps.end(), [](const odata::Step& step) {
    return step.kind == StepKind::Operation;
  });
  json::object arguments;
  for (auto step = first; step != steps.end(); ++step) {
    if (step->kind != StepKind::Operation) continue;
    if (step->operation->is_function) {
      arguments = Arguments(call, context, *step).in_url();
      continue;
    }
    if (call.request.method != "POST") method_not_allowed(call, "POST");
    if (!step->arguments.empty()) {
      bad_argument("The action '" + std::string(step->operation->qualified_name) +
                   "' takes its parameters in the body.");
    }
    arguments = Arguments(call, context, *step).in_body();
  }
  if (steps.back().kind != StepKind::Operation) return answer_below(call, context);
  const auto& operation = *steps.back().operation;
  if (operation.is_function && call.request.method != "GET") method_not_allowed(call, "GET");
  format_of(call);
  const auto owner_steps = static_cast<size_t>(first - steps.begin());
  const OperationCall one{call, context, operation, call.target->prefix(owner_steps),
                          std::move(arguments)};
  const bool is_direct = first + 1 == steps.end() && one.owner.is_entities();
  if (const auto run = is_direct ? built_in(operation) : nullptr) {
    refuse_options(one);
    if (auto response = run(one)) return *std::move(response);
  }
  return default_answer(one);
}

}  // namespace graphmock::graph
