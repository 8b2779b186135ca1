#include "tenant/journal.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace graphmock::tenant {
namespace {

constexpr std::array<std::string_view, 4> kSecretHeaders = {"Authorization", "Proxy-Authorization",
                                                            "Cookie", "X-Ms-Proxy-Authorization"};

std::string masked_value(std::string_view name, std::string_view value) {
  const bool is_secret = std::any_of(
      kSecretHeaders.begin(), kSecretHeaders.end(),
      [&](std::string_view secret) { return base::equals_ignoring_case(name, secret); });
  if (!is_secret) return std::string(value);
  // The scheme tells nothing, and helps: "Bearer ***".
  const auto blank = value.find(' ');
  return blank == std::string_view::npos ? "***" : std::string(value.substr(0, blank)) + " ***";
}

}  // namespace

KeptBody KeptBody::of(std::string_view body) {
  auto size = std::min(body.size(), kMostBytes);
  // Not within a character of UTF-8, which has at most three bytes that go on.
  for (int i = 0; i < 3 && size > 0 && size < body.size() && (body[size] & 0xC0) == 0x80; ++i) {
    --size;
  }
  return {std::string(body.substr(0, size)), body.size()};
}

HeaderFields masked(const http::Headers& headers) {
  HeaderFields fields;
  for (const auto& [name, value] : headers) fields.emplace_back(name, masked_value(name, value));
  return fields;
}

http::Request Exchange::request() const {
  http::Request request;
  request.method = method;
  request.target = url;
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  request.body = body.text;
  return request;
}

size_t Exchange::bytes() const {
  size_t bytes = sizeof(Exchange) + method.size() + url.size() + body.text.size() +
                 response_body.text.size() + request_id.size();
  for (const auto* fields : {&headers, &response_headers}) {
    for (const auto& [name, value] : *fields) {
      bytes += sizeof(HeaderFields::value_type) + name.size() + value.size();
    }
  }
  return bytes;
}

void Journal::record(std::shared_ptr<Exchange> exchange) {
  std::vector<ExchangePtr> gone;  // freed when the lock is off
  const std::lock_guard lock(mutex_);
  exchange->number = ++recorded_;
  bytes_ += exchange->bytes();
  exchanges_.push_back(std::move(exchange));
  while (exchanges_.size() > kMostExchanges || (bytes_ > kMostBytes && exchanges_.size() > 1)) {
    bytes_ -= exchanges_.front()->bytes();
    gone.push_back(std::move(exchanges_.front()));
    exchanges_.pop_front();
  }
}

std::vector<ExchangePtr> Journal::newest_first() const {
  const std::lock_guard lock(mutex_);
  return {exchanges_.rbegin(), exchanges_.rend()};
}

}  // namespace graphmock::tenant
