#include "graph/paging.h"

#include <charconv>

#include "base/text.h"
#include "graph/error_payload.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

struct PageSizes {
  uint64_t usual;
  uint64_t most;
};

PageSizes sizes_of(const model::StructuredType& type) {
  switch (facts::family_of(&type)) {
    case facts::Family::Directory:
      return {100, 999};
    case facts::Family::Outlook:
      return {10, 1000};
    default:
      return {100, 1000};
  }
}

bool is_option(std::string_view given, std::string_view name) {
  given = base::trim(given);
  if (given.starts_with('$')) given.remove_prefix(1);
  return base::equals_ignoring_case(given, name);
}

}  // namespace

uint64_t page_size(const Call& call, const model::StructuredType& type, const odata::Query& query) {
  const auto sizes = sizes_of(type);
  if (query.top) {
    if (*query.top > sizes.most) {
      throw http::Error(400, "",
                        "Invalid page size specified: '" + std::to_string(*query.top) +
                            "'. Must be between 1 and " + std::to_string(sizes.most) +
                            " inclusive.");
    }
    return *query.top;
  }
  for (const std::string_view name : {"odata.maxpagesize", "maxpagesize"}) {
    const auto preferred = preference(call.request, name);
    uint64_t size = 0;
    const auto end = preferred.data() + preferred.size();
    if (preferred.empty() || std::from_chars(preferred.data(), end, size).ptr != end) continue;
    if (size > 0) return std::min(size, sizes.most);
  }
  return sizes.usual;
}

std::string next_link(const Call& call, const model::StructuredType& type, uint64_t skipped,
                      const std::string& token) {
  const bool skips = facts::family_of(&type) == facts::Family::Outlook;
  auto url = address_url(call);
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    url += separator;
    url += base::percent_encode(name, "$@");
    url += '=';
    url += base::percent_encode(value, "$'(),:/@*");
    separator = '&';
  };
  for (const auto& option : call.request.target.options()) {
    if (is_option(option.name, "skiptoken") || is_option(option.name, "skip")) continue;
    add(option.name, option.value);
  }
  add("$skiptoken", token);
  // Outlook's clients read how far they are; the token is what counts.
  if (skips) add("$skip", std::to_string(skipped));
  return url;
}

}  // namespace graphmock::graph
