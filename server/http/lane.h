// What a request is to wait for: the wire keeps workers for what is more urgent than the rest.
#pragma once

#include <functional>

#include "http/message.h"

namespace graphmock::http {

enum class Lane {
  Ordinary,
  Control,  // never waits behind an ordinary one, however long that takes
  Health,   // nor behind one of Control
};

// From any thread, and before the handler sees the request. What it throws is taken for Ordinary.
using LaneOf = std::function<Lane(const Request&)>;

}  // namespace graphmock::http
