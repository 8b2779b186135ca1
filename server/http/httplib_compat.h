// cpp-httplib, with what differs between its versions in one place: 0.11 (Debian 12), 0.14 (Ubuntu
// 24.04), 0.18 (Debian 13). Versions are told by what they declare, as old ones have no number.
// Included by acceptor.cc and client.cc only.
#pragma once

#include <httplib.h>

#include <functional>
#include <utility>

namespace graphmock::http {

// Runs each task where it is given: accepting and parking is one step.
class InlineQueue : public httplib::TaskQueue {
 public:
  // What enqueue() returns: nothing, or from 0.15 on whether there was room.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));

  Enqueued enqueue(std::function<void()> task) override {
    task();
    return static_cast<Enqueued>(true);
  }
  void shutdown() override {}
};

}  // namespace graphmock::http
