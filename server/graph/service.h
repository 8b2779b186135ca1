// The Graph service of one tenant: looks at what a request addresses and how, has the handler of
// that pair answer it, and renders what goes wrong. Stateless; every function may be called from
// any thread.
#pragma once

#include "graph/batch.h"
#include "graph/call.h"
#include "http/message.h"
#include "scenario/script.h"

namespace graphmock::graph {

// Never throws http::Error: an error is an answer.
http::Response handle(const Call& call, const Context& context);

// The same of a call to "$batch", whose parts `serve` answers.
http::Response handle_batch(const Call& call, const Context& context, const ServePart& serve);

// The answer that a scenario gives instead, its delay left to the caller.
http::Response scripted(const Call& call, const scenario::ScriptedResponse& response,
                        const Context& context);

// An error as the type that the call addresses has it.
http::Response render_error(const Call& call, const http::Error& error);

}  // namespace graphmock::graph
