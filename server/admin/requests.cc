#include "admin/requests.h"

#include <algorithm>
#include <charconv>

#include "admin/exchange_json.h"
#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "scenario/script_reader.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

struct Entry {
  std::string tenant;
  tenant::ExchangePtr exchange;
};

// Of several tenants together, newest first.
void sort(std::vector<Entry>& entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.exchange->at > b.exchange->at; });
}

http::Response entries_json(std::vector<Entry> entries, size_t limit, size_t total) {
  json::array list;
  for (size_t i = 0; i < std::min(limit, entries.size()); ++i) {
    list.push_back(exchange_json(entries[i].tenant, *entries[i].exchange));
  }
  return answer(
      json::object{{"requests", std::move(list)}, {"meta", json::object{{"total", total}}}});
}

bool is_unmatched_alone(const AdminCall& call) {
  const auto text = call.option("unmatched").value_or("false");
  if (text == "true" || text == "false") return text == "true";
  throw http::Error(400, "BadRequest",
                    "'unmatched' is true or false, not '" + std::string(text) + "'.");
}

std::vector<Entry> found(const AdminCall& call) {
  base::LoadErrors errors;
  const auto body = base::trim(call.request.body);
  const auto pattern = scenario::read_request_pattern("body", body.empty() ? "{}" : body, errors);
  if (!pattern) throw_problems("", errors);
  std::vector<Entry> entries;
  call.read_each_tenant([&](const std::string& name, const tenant::TenantPtr& tenant) {
    for (auto& exchange : tenant->find(*pattern)) entries.push_back({name, std::move(exchange)});
  });
  sort(entries);
  return entries;
}

}  // namespace

size_t limit_of(const AdminCall& call) {
  const auto text = call.option("limit");
  if (!text) return SIZE_MAX;
  size_t limit = 0;
  const auto end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, limit);
  if (read.ec == std::errc() && read.ptr == end) return limit;
  throw http::Error(400, "BadRequest",
                    "'limit' is a whole number, not '" + std::string(*text) + "'.");
}

http::Response list_requests(const AdminCall& call) {
  const auto limit = limit_of(call);
  const bool is_unmatched = is_unmatched_alone(call);
  std::vector<Entry> entries;
  call.read_each_tenant([&](const std::string& name, const tenant::TenantPtr& tenant) {
    for (auto& exchange : tenant->journal().newest_first()) {
      if (is_unmatched && exchange->is_matched) continue;
      entries.push_back({name, std::move(exchange)});
    }
  });
  sort(entries);
  const auto total = entries.size();
  return entries_json(std::move(entries), limit, total);
}

http::Response clear_requests(const AdminCall& call) {
  call.replace([](const tenant::Tenant& old) {
    auto parts = old.parts();
    parts.journal = nullptr;
    return parts;
  });
  return no_content();
}

http::Response count_requests(const AdminCall& call) {
  return answer(json::object{{"count", found(call).size()}});
}

http::Response find_requests(const AdminCall& call) {
  auto entries = found(call);
  const auto total = entries.size();
  return entries_json(std::move(entries), SIZE_MAX, total);
}

}  // namespace graphmock::admin
