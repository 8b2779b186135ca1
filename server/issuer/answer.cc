#include "issuer/answer.h"

#include <boost/json.hpp>

#include "base/json.h"

namespace graphmock::issuer {

http::Response public_answer(const base::json::object& body) {
  http::Response response;
  response.body = base::to_json(body);
  response.set_header("Content-Type", "application/json; charset=utf-8");
  return response;
}

http::Response answer(const base::json::object& body) {
  auto response = public_answer(body);
  response.set_header("Cache-Control", "no-store, no-cache");
  response.set_header("Pragma", "no-cache");
  return response;
}

}  // namespace graphmock::issuer
