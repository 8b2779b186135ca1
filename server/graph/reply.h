// Answers other than reads of entities: what a write answers (which status, with the entity or
// without, as its type has it and as the client prefers), nothing at all, and plain text.
#pragma once

#include "graph/call.h"
#include "graph/node.h"
#include "graph/transaction.h"
#include "store/locate.h"

namespace graphmock::graph {

// `status` is the documented one: 200 and 201 carry the entity, others do not. A Prefer header of
// return=representation or return=minimal decides otherwise (PRO 8.2.8.7).
http::Response write_reply(int status, const Call& call, const Context& context,
                           const store::Location& location, const Node& node);

// Commits, and has `render` write the answer after that, when nobody waits for the write any more.
// What was done is answered as done: where the answer cannot be made, one without a body says so.
template <typename Render>
http::Response commit_and_answer(Transaction& transaction, const Render& render);

http::Response no_content(int status = 204);
http::Response plain_text(std::string text);
// Of what has been done, but could not be shown: 204, and X-Mock-Warning with what went wrong.
http::Response done_but_not_shown(const http::Error& error);

template <typename Render>
http::Response commit_and_answer(Transaction& transaction, const Render& render) {
  transaction.commit();
  try {
    return render();
  } catch (const http::Error& error) {
    return done_but_not_shown(error);
  }
}

}  // namespace graphmock::graph
