// Functions of strings and collections (URL 5.1.1.5 to 5.1.1.7). Positions and lengths count
// characters, not bytes.
#include <algorithm>
#include <cstring>
#include <optional>

#include "base/work_budget.h"
#include "odata/function_call.h"
#include "odata/functions.h"
#include "odata/text_case.h"

namespace graphmock::odata {
namespace {

constexpr size_t kLongestText = 1'000'000;
constexpr size_t kLongestList = 100'000;

Value text(std::string value) {
  return {Text{std::move(value)}};
}

int64_t length_of(std::string_view utf8) {
  base::charge_copy(utf8.size());
  return std::count_if(utf8.begin(), utf8.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

size_t byte_of(std::string_view utf8, int64_t character) {
  base::charge(utf8.size());
  size_t at = 0;
  while (at < utf8.size() && character > 0) {
    ++at;
    while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) ++at;
    --character;
  }
  return at;
}

// Where a text begins in another, in a time that grows with their lengths, which
// std::string::find does not promise.
std::optional<size_t> position_of(const std::string& part, const std::string& whole) {
  base::charge_copy(whole.size());
  const void* found = memmem(whole.data(), whole.size(), part.data(), part.size());
  if (!found) return std::nullopt;
  return static_cast<size_t>(static_cast<const char*>(found) - whole.data());
}

// Both arguments where they are collections; otherwise they have to be strings.
struct Lists {
  const Values* whole = nullptr;
  const Values* part = nullptr;
};

Lists lists_of(const FunctionCall& call) {
  Lists lists{call.at(0).list(), call.at(1).list()};
  if (!lists.whole != !lists.part) call.wrong("two strings or two collections");
  return lists;
}

auto equality(const FunctionCall& call) {
  return [&call](const Value& a, const Value& b) { return call.is_equal(a, b); };
}

// Where in a string or collection of `size` a part begins and ends (URL 5.1.1.5.7).
std::pair<int64_t, int64_t> range_of(const FunctionCall& call, int64_t size) {
  int64_t begin = call.whole(1);
  if (begin < 0) begin = begin < -size ? 0 : size + begin;
  begin = std::min(begin, size);
  if (call.arguments.size() < 3) return {begin, size};
  const int64_t length = call.whole(2);
  if (length < 0) call.wrong("a length of at least 0");
  return {begin, begin + std::min(length, size - begin)};
}

}  // namespace

Value concat(const FunctionCall& call) {
  if (const auto lists = lists_of(call); lists.whole) {
    if (lists.whole->size() + lists.part->size() > kLongestList) {
      call.wrong("collections of 100,000 items together at most");
    }
    base::charge((lists.whole->size() + lists.part->size()) * base::work::kEntity);
    auto all = *lists.whole;
    all.insert(all.end(), lists.part->begin(), lists.part->end());
    return list_of(std::move(all));
  }
  base::charge_copy(call.text(0).size() + call.text(1).size());
  auto whole = call.text(0) + call.text(1);
  if (whole.size() > kLongestText) call.wrong("strings of a megabyte together at most");
  return text(std::move(whole));
}

Value contains(const FunctionCall& call) {
  if (const auto lists = lists_of(call); lists.whole) {
    return {lists.part->empty() ||
            std::search(lists.whole->begin(), lists.whole->end(), lists.part->begin(),
                        lists.part->end(), equality(call)) != lists.whole->end()};
  }
  return {position_of(call.folded(1), call.folded(0)).has_value()};
}

Value starts_with(const FunctionCall& call) {
  if (const auto lists = lists_of(call); lists.whole) {
    return {
        lists.part->size() <= lists.whole->size() &&
        std::equal(lists.part->begin(), lists.part->end(), lists.whole->begin(), equality(call))};
  }
  const auto& whole = call.text(0);
  const auto& part = call.text(1);
  if (!call.rules.ignore_case) base::charge_copy(std::min(whole.size(), part.size()));
  return {call.rules.ignore_case ? starts_with_ignoring_case(whole, part)
                                 : whole.starts_with(part)};
}

Value ends_with(const FunctionCall& call) {
  if (const auto lists = lists_of(call); lists.whole) {
    return {lists.part->size() <= lists.whole->size() &&
            std::equal(lists.part->rbegin(), lists.part->rend(), lists.whole->rbegin(),
                       equality(call))};
  }
  return {call.folded(0).ends_with(call.folded(1))};
}

Value index_of(const FunctionCall& call) {
  if (const auto lists = lists_of(call); lists.whole) {
    const auto found = std::search(lists.whole->begin(), lists.whole->end(), lists.part->begin(),
                                   lists.part->end(), equality(call));
    if (found == lists.whole->end() && !lists.part->empty()) return {int64_t{-1}};
    return {static_cast<int64_t>(found - lists.whole->begin())};
  }
  const auto whole = call.folded(0);
  const auto at = position_of(call.folded(1), whole);
  if (!at) return {int64_t{-1}};
  return {length_of(std::string_view(whole).substr(0, *at))};
}

Value length(const FunctionCall& call) {
  if (const auto* list = call.at(0).list()) return {static_cast<int64_t>(list->size())};
  return {length_of(call.text(0))};
}

Value substring(const FunctionCall& call) {
  if (const auto* list = call.at(0).list()) {
    const auto range = range_of(call, static_cast<int64_t>(list->size()));
    base::charge(static_cast<uint64_t>(range.second - range.first) * base::work::kEntity);
    return list_of(Values(list->begin() + range.first, list->begin() + range.second));
  }
  const auto& whole = call.text(0);
  const auto range = range_of(call, length_of(whole));
  const auto begin = byte_of(whole, range.first);
  return text(whole.substr(begin, byte_of(whole, range.second) - begin));
}

Value to_lower(const FunctionCall& call) {
  return text(to_lower(std::string_view(call.text(0))));
}

Value to_upper(const FunctionCall& call) {
  return text(to_upper(std::string_view(call.text(0))));
}

Value trim(const FunctionCall& call) {
  return text(std::string(trim_white_space(call.text(0))));
}

Value matches_pattern(const FunctionCall& call) {
  return {call.patterns.matches(call.text(0), call.text(1))};
}

// Each item of the second is found in the first as often as the second has it.
Value has_subset(const FunctionCall& call) {
  const auto [whole, part] = lists_of(call);
  if (!whole) call.wrong("two collections");
  std::vector<bool> is_taken(whole->size());
  for (const auto& wanted : *part) {
    size_t i = 0;
    while (i < whole->size() && (is_taken[i] || !call.is_equal((*whole)[i], wanted))) ++i;
    base::charge(i);
    if (i == whole->size()) return {false};
    is_taken[i] = true;
  }
  return {true};
}

Value has_subsequence(const FunctionCall& call) {
  const auto [whole, part] = lists_of(call);
  if (!whole) call.wrong("two collections");
  auto next = part->begin();
  for (const auto& one : *whole) {
    if (next != part->end() && call.is_equal(one, *next)) ++next;
  }
  return {next == part->end()};
}

}  // namespace graphmock::odata
