// What a tenant was asked and what it answered, for tests that look back. Bounded: the oldest go.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "auth/token_claims.h"
#include "base/account.h"
#include "base/clock.h"
#include "http/message.h"
#include "scenario/player.h"

namespace graphmock::tenant {

// A body as it is kept: its beginning, and how long it was.
struct KeptBody {
  static constexpr size_t kMostBytes = 8 * 1024;

  std::string text;
  size_t bytes = 0;

  static KeptBody of(std::string_view body);
  bool is_cut() const { return text.size() < bytes; }
};

// One request and its answer. Immutable once recorded.
struct Exchange {
  uint64_t number = 0;  // from 1, in the order of recording
  base::Instant at;
  std::string method;
  std::string url;         // as sent, secret parameters masked
  http::Fields headers;    // what tells who somebody is, masked
  auth::ClaimsPtr claims;  // of the token
  KeptBody body;           // of a batch: the headers masked that it gives its parts
  std::string request_id;
  std::string batch_id, part_id;  // of a part: its batch's request id, and its own in there
  int status = 0;                 // 0: nothing of an answer was sent
  http::Fields response_headers;
  KeptBody response_body;
  std::vector<scenario::Verdict::Acted> acted;
  http::Delivery delivery;
  // False: nothing here answers such a request (404, 405, 501, no such address).
  bool is_matched = true;

  // A request that looks like the one that was sent; its views point into this.
  http::Request request() const;
  size_t bytes() const;  // that it takes, about
};

using ExchangePtr = std::shared_ptr<const Exchange>;

// The fields with the values of those masked that tell who somebody is.
http::Fields masked(const http::Headers& headers);

// JSON, well-formed or not, with the texts masked that stand for what has a secret name, and in
// addresses those of secret parameters.
std::string masked_json(std::string_view body, bool (*is_secret)(std::string_view name));

// What is kept as it came may hold secrets. This is for showing it: a field's value or a text that
// may be an address, and a body of that media type (which may be empty).
std::string shown_value(std::string_view value);
std::string shown_body(std::string_view body, std::string_view media_type);

class Journal;

// What the journals of all tenants take together.
struct JournalRoom {
  base::AccountPtr account = std::make_shared<base::Account>();
  // Has others than that one forget what they have, so that who was first does not silence those
  // who come; may be null.
  std::function<void(const Journal& but)> make_room;
};

// From any thread.
class Journal {
 public:
  static constexpr size_t kMostExchanges = 1'000;
  static constexpr size_t kMostBytes = 8 * 1024 * 1024;

  explicit Journal(const JournalRoom& room = {}) : room_(room), charge_(room.account, 0) {}

  // Where there is no room its own oldest go, and it is not kept if that does not do.
  void record(std::shared_ptr<Exchange> exchange);
  // What was there; those that come are counted on.
  std::deque<ExchangePtr> forget();
  std::vector<ExchangePtr> newest_first() const;
  size_t size() const;
  uint64_t bytes() const;

 private:
  void drop_oldest_locked(std::vector<ExchangePtr>& gone);

  const JournalRoom room_;
  mutable std::mutex mutex_;
  base::Charge charge_;
  uint64_t recorded_ = 0;
  std::deque<ExchangePtr> exchanges_;
};

}  // namespace graphmock::tenant
