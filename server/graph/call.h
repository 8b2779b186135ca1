// One Graph request taken apart, and what it may use while it is served. Every handler gets both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/gate.h"
#include "base/clock.h"
#include "base/ids.h"
#include "http/error.h"
#include "http/message.h"
#include "model/conform.h"
#include "model/models.h"
#include "odata/path.h"
#include "odata/query.h"
#include "store/session.h"

namespace graphmock::graph {

// What a tenant lends to its requests; all of it outlives them.
struct Context {
  const model::Models& models;
  store::Session& store;
  const base::Clock& clock;
  base::IdSource& ids;          // of entities
  base::IdSource& request_ids;  // apart, so that reading does not change what is created
  model::EnumRule enums;
  const auth::Gate* gate;        // null: all is open
  std::string_view tenant = {};  // the name of the one that is asked
};

struct Call {
  const http::Request& request;
  std::string request_id;
  std::string client_request_id;
  base::Instant now;
  std::string service_root;             // "http://localhost:8080/v1.0", a tenant's prefix included
  const model::Model* model = nullptr;  // of the version asked for; null when there is none
  std::string me;                       // the user that the token names by "oid"; may be empty
  std::string app;                      // the application that it names; may be empty
  odata::Query query;                   // its options
  bool is_batch = false;                // to "$batch": requests are its body, and it has no target
  // What the segments address. When they address nothing, `error` says what is wrong; a scenario
  // may still have an answer.
  std::optional<odata::Target> target;
  std::optional<http::Error> error;
};

// Never throws: what is wrong with the request is in `error`.
Call read_call(const http::Request& request, const Context& context);

// 405 with the methods that the address has, "GET, POST".
[[noreturn]] void method_not_allowed(const Call& call, std::string allowed);

// Whether the request's Prefer header has the preference; "return=minimal" as well as "wait".
bool prefers(const http::Request& request, std::string_view preference);
// The value of a preference; empty when it is not given.
std::string_view preference(const http::Request& request, std::string_view name);

}  // namespace graphmock::graph
