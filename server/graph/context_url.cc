#include "graph/context_url.h"

#include "base/text.h"
#include "graph/links.h"

namespace graphmock::graph {
namespace {

// How many steps name what the entity is one of: "/$entity" stands for its key or path, and its
// stream is no step to it.
size_t steps_to_entity(const odata::Target& target) {
  size_t count = target.entity_steps();
  while (count > 1 && target.steps[count - 1].kind == odata::StepKind::Path) --count;
  return count - (target.steps[count - 1].kind == odata::StepKind::Key ? 1 : 0);
}

// "(id,mailboxSettings/timeZone,manager(displayName))"; nothing where all is as usual (PRO 10.7
// to 10.10).
std::string shown_list(const Call& call, const store::Location& location,
                       const Selection* selection, const std::string& properties) {
  auto list = select_list(call.query, selection, *call.model, *location.type);
  if (!properties.empty()) list = properties + (list.empty() ? "" : ",") + list;
  return list.empty() ? "" : "(" + base::percent_encode(list, "*,/()@") + ")";
}

}  // namespace

std::string context_url(const Call& call, const store::Location& location,
                        const Selection* selection, const std::string& properties) {
  const auto& steps = call.target->steps;
  const auto& last = steps.back();
  std::string fragment;
  if (last.kind == odata::StepKind::Operation) {
    fragment = last.operation->returns->name();
  } else {
    const size_t count = location.is_collection ? steps.size() : steps_to_entity(*call.target);
    fragment = path_of_steps(call, location, count);
    // What a reference leads to is told by the set that it lives in.
    if (location.is_reference && location.type->derives_from("microsoft.graph.directoryObject")) {
      fragment = store::kDirectoryPool;
      if (location.type != location.declared) fragment += "/" + std::string(location.type->name);
    }
    fragment += shown_list(call, location, selection, properties);
    const bool is_singleton =
        last.kind == odata::StepKind::Singleton && !set_behind(call, location);
    if (!location.is_collection && !is_singleton) fragment += "/$entity";
  }
  return call.service_root + "/$metadata#" + fragment;
}

std::string context_url(const Call& call) {
  std::string fragment;
  for (const auto& step : call.target->steps) append_step(fragment, step);
  if (call.target->is_operation() && call.target->last().operation->returns) {
    fragment = call.target->last().operation->returns->name();
  }
  return call.service_root + "/$metadata#" + fragment;
}

}  // namespace graphmock::graph
