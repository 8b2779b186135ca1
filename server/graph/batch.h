// JSON batching: many requests in the body of one, which is sent to "$batch" (OData JSON 19),
// within the service's own limits. Here stands what an envelope and its answer look like; who
// serves the parts is the caller's.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error_payload.h"
#include "http/error.h"
#include "http/message.h"

namespace graphmock::graph {

struct BatchPart {
  std::string id;
  std::string method;
  std::string url;  // without the version: "/users?$top=1"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;                // as it would come alone, base64 undone
  std::vector<size_t> depends_on;  // parts before it
  // What keeps this one from being served, and the others not.
  std::optional<http::Error> error;
};

inline constexpr size_t kMostBatchParts = 20;

// Throws http::Error (400, 501) for what is wrong with the batch as a whole.
std::vector<BatchPart> read_batch(const boost::json::object& envelope);

// A part as a request for `target`. Of the envelope's headers it has those that say who asks and
// what is mocked for whom. It points into all three.
http::Request request_of(const BatchPart& part, const http::Request& envelope,
                         std::string_view target);

// Answers a part; one that has an error, with that.
using ServePart = std::function<http::Response(const BatchPart& part)>;

// Has the parts served one after the other, and gives the batch's answer. What depends on a failure
// has that as its error. The answer is as late as parts would be that run at the same time, unless
// one depends on another. `identity` is the batch's.
http::Response answer_batch(std::vector<BatchPart> parts, const ErrorIdentity& identity,
                            const ServePart& serve);

}  // namespace graphmock::graph
