#include "admin/exchange_json.h"

#include "base/json.h"
#include "base/text.h"
#include "http/secret_header.h"
#include "scenario/response_reader.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

// Fields of one name are one field with several values (RFC 9110, 5.3).
json::object headers_json(const http::Fields& fields) {
  json::object object;
  for (const auto& [name, value] : fields) {
    const auto text =
        http::is_secret_header(name) ? http::masked(value) : tenant::shown_value(value);
    if (auto* known = object.if_contains(name)) {
      known->get_string().append(", ").append(text);
    } else {
      object.emplace(name, text);
    }
  }
  return object;
}

// Text as it is, other bytes in base64, which is what WireMock's users decode.
void add_body(json::object& to, const tenant::KeptBody& body, const http::Fields& headers) {
  if (base::is_valid_utf8(body.text)) {
    to["body"] = tenant::shown_body(body.text, headers.find("Content-Type").value_or(""));
  } else {
    to["bodyAsBase64"] = base::base64_encode(body.text);
  }
  to["bodySize"] = body.bytes;
  if (body.is_cut()) to["bodyCut"] = true;
}

json::object request_json(const tenant::Exchange& exchange) {
  const auto since_1970 = exchange.at.time_since_epoch();
  json::object request{{"method", exchange.method},
                       {"url", exchange.url},
                       {"headers", headers_json(exchange.headers)},
                       {"loggedDate", int64_t{since_1970.count()}},
                       {"loggedDateString", base::to_iso8601(exchange.at)}};
  add_body(request, exchange.body, exchange.headers);
  return request;
}

json::value response_json(const tenant::Exchange& exchange) {
  if (exchange.status == 0) return nullptr;
  json::object response{{"status", exchange.status},
                        {"headers", headers_json(exchange.response_headers)}};
  add_body(response, exchange.response_body, exchange.response_headers);
  return response;
}

}  // namespace

json::object exchange_json(const std::string& tenant, const tenant::Exchange& exchange) {
  json::array rules;
  for (const auto& one : exchange.acted) {
    rules.push_back(json::object{{"scenario", one.scenario}, {"rule", one.rule}});
  }
  json::object object{{"id", exchange.request_id},
                      {"number", exchange.number},
                      {"tenant", tenant},
                      {"request", request_json(exchange)},
                      {"response", response_json(exchange)},
                      {"wasMatched", exchange.is_matched},
                      {"rules", std::move(rules)}};
  if (!exchange.batch_id.empty()) {
    object["batch"] = json::object{{"id", exchange.batch_id}, {"part", exchange.part_id}};
  }
  if (exchange.delivery.delay.count() > 0) {
    object["delayMilliseconds"] = int64_t{exchange.delivery.delay.count()};
  }
  if (exchange.delivery.fault != http::Fault::None) {
    object["fault"] = scenario::name_of(exchange.delivery.fault);
  }
  return object;
}

}  // namespace graphmock::admin
