// Actions and functions: their arguments are checked against the model, then a built-in one
// answers, or else a default of the declared return type. Canned answers of the fixture set and
// scenarios come before all of this (scenario/player.h).
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "graph/call.h"

namespace graphmock::graph {

// One call of an operation, its arguments checked.
struct OperationCall {
  const Call& call;
  const Context& context;
  const model::Operation& operation;
  odata::Target owner;            // what it is bound to; without steps for an unbound one
  boost::json::object arguments;  // by the model's names

  // Null where it is not given.
  const boost::json::value* argument(std::string_view name) const;
  std::string text_argument(std::string_view name) const;  // empty where it is not given
};

// For a target one of whose steps is an operation. Throws http::Error.
http::Response answer_operation(const Call& call, const Context& context);

// The answer that has nothing but the shape of the declared return type: 204 without one, an empty
// collection, an object whose properties are null, a primitive value of zero.
http::Response default_answer(const OperationCall& operation);

// The status that the reference documents, else 200 with a result and 204 without.
int status_of(const model::Operation& operation);

}  // namespace graphmock::graph
