#include "tenant/journal.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http/secret_header.h"

namespace graphmock::tenant {
namespace {

// Brackets that it opens and does not close.
ptrdiff_t opened_in(std::string_view text) {
  ptrdiff_t open = 0;
  for (const char c : text) open += (c == '[' || c == '{') - (c == ']' || c == '}');
  return open;
}

size_t bytes_of(const auth::TokenClaims* claims) {
  if (!claims) return 0;
  size_t bytes = sizeof(*claims) + claims->tenant.size() + claims->user.size() + claims->app.size();
  for (const auto& one : claims->permissions) bytes += sizeof(one) + one.size();
  return bytes;
}

size_t bytes_of(const std::vector<scenario::Verdict::Acted>& acted) {
  size_t bytes = 0;
  for (const auto& one : acted) bytes += sizeof(one) + one.scenario.size() + one.rule.size();
  return bytes;
}

}  // namespace

KeptBody KeptBody::of(std::string_view body) {
  return {std::string(base::beginning_of(body, kMostBytes)), body.size()};
}

http::Fields masked(const http::Headers& headers) {
  http::Fields fields;
  size_t bytes = 0;
  for (const auto& [name, value] : headers) bytes += http::Fields::bytes_of(name, value);
  fields.reserve(bytes);
  for (const auto& [name, value] : headers) {
    if (http::is_secret_header(name)) {
      fields.add(name, http::masked(value));
    } else {
      fields.add(name, value);
    }
  }
  return fields;
}

// By its texts alone, as what is wrong with it is kept, too.
std::string masked_json(std::string_view body, bool (*is_secret)(std::string_view name)) {
  std::string kept;
  std::string_view last;  // text, which is the name of the next one that stands behind ':'
  ptrdiff_t open = 0;     // brackets of a secret value
  for (size_t at = 0;;) {
    const auto quote = body.find('"', at);
    const auto between = body.substr(at, quote == std::string_view::npos ? quote : quote - at);
    kept += between;
    if (quote == std::string_view::npos) return kept;
    auto end = quote + 1;
    while (end < body.size() && body[end] != '"') end += body[end] == '\\' ? 2 : 1;
    end = std::min(end, body.size());
    const auto text = body.substr(quote + 1, end - quote - 1);
    // A name with an escape in it is one that somebody hides.
    const bool is_hidden = last.find('\\') != std::string_view::npos;
    const bool is_value = base::trim(between).starts_with(':');
    const bool is_here = is_value && (is_hidden || is_secret(last));
    if (is_here || open > 0) open = std::max<ptrdiff_t>(0, open) + opened_in(between);
    kept += '"';
    kept += is_here || open > 0 ? http::masked(text) : shown_value(text);
    if (end < body.size()) kept += '"';
    last = text;
    at = std::min(end + 1, body.size());
  }
}

std::string shown_value(std::string_view value) {
  // A sentence may have a question mark, too.
  const bool is_address = value.find_first_of("?#") != std::string_view::npos &&
                          value.find(' ') == std::string_view::npos;
  return is_address ? http::masked_url(value) : std::string(value);
}

std::string shown_body(std::string_view body, std::string_view media_type) {
  const auto text = base::trim(body);
  if (text.starts_with('{') || text.starts_with('[')) {
    return masked_json(body, http::is_secret_member);
  }
  const auto type = base::trim(media_type.substr(0, media_type.find(';')));
  const bool is_form = base::equals_ignoring_case(type, "application/x-www-form-urlencoded");
  return is_form ? http::masked_form(body) : std::string(body);
}

http::Request Exchange::request() const {
  http::Request request;
  request.method = method;
  request.target = http::Target::read(url);
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  request.body = body.text;
  return request;
}

size_t Exchange::bytes() const {
  return sizeof(Exchange) + method.size() + url.size() + body.text.size() +
         response_body.text.size() + request_id.size() + batch_id.size() + part_id.size() +
         headers.bytes() + response_headers.bytes() + bytes_of(claims.get()) + bytes_of(acted);
}

void Journal::drop_oldest_locked(std::vector<ExchangePtr>& gone) {
  charge_.set(charge_.bytes() - exchanges_.front()->bytes());
  gone.push_back(std::move(exchanges_.front()));
  exchanges_.pop_front();
}

void Journal::record(std::shared_ptr<Exchange> exchange) {
  std::vector<ExchangePtr> gone;  // freed when the lock is off
  const auto bytes = exchange->bytes();
  if (!room_.account->has_room(bytes) && room_.make_room) room_.make_room(*this);
  const std::lock_guard lock(mutex_);
  exchange->number = ++recorded_;
  while (!exchanges_.empty() &&
         (exchanges_.size() >= kMostExchanges || charge_.bytes() + bytes > kMostBytes)) {
    drop_oldest_locked(gone);
  }
  while (!charge_.add(bytes)) {
    if (exchanges_.empty()) return;
    drop_oldest_locked(gone);
  }
  exchanges_.push_back(std::move(exchange));
}

std::deque<ExchangePtr> Journal::forget() {
  const std::lock_guard lock(mutex_);
  charge_.set(0);
  return std::exchange(exchanges_, {});
}

std::vector<ExchangePtr> Journal::newest_first() const {
  const std::lock_guard lock(mutex_);
  return {exchanges_.rbegin(), exchanges_.rend()};
}

uint64_t Journal::bytes() const {
  const std::lock_guard lock(mutex_);
  return charge_.bytes();
}

size_t Journal::size() const {
  const std::lock_guard lock(mutex_);
  return exchanges_.size();
}

}  // namespace graphmock::tenant
