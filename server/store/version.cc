#include "store/version.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "base/json_members.h"

namespace graphmock::store {
namespace {

constexpr size_t kDigits = 16;
constexpr size_t kDigitsOfVersion = 8;

std::string hex(uint64_t number, size_t least_digits) {
  std::array<char, kDigits> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  const auto size = static_cast<size_t>(end - digits.data());
  return std::string(least_digits - std::min(size, least_digits), '0').append(digits.data(), size);
}

// Another one for every version; an odd factor loses none of 32 bits.
uint32_t scattered(uint32_t version) {
  return version * 2654435761u;
}

}  // namespace

std::string version_tag(uint64_t content, uint32_t version) {
  if (version == 0) return hex(content, 1);
  const auto folded = static_cast<uint32_t>(content ^ (content >> 32));
  return hex(uint64_t{folded} << 32 | scattered(version), kDigits);
}

// The library's hash takes a word at a time and is the same in every run.
uint64_t content_hash(std::string_view type, std::string_view text) {
  const std::hash<std::string_view> hash;
  return hash(text) ^ (hash(type) << 1);
}

std::string tag_of(const Entity& entity) {
  if (entity.has_own_tag) return own_tag(entity.text);
  const auto hash = entity.content_hash.get([&] { return content_hash(entity.type, entity.text); });
  return version_tag(hash, entity.version);
}

bool has_tag_of(std::string_view text, uint32_t version) {
  if (version == 0) return false;
  const auto digits = hex(scattered(version), kDigitsOfVersion);
  if (text.find(digits) == std::string_view::npos) return false;  // as mostly
  const auto tag = own_tag(text);
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return tag.size() == kDigits && std::all_of(tag.begin(), tag.end(), is_digit) &&
         tag.ends_with(digits);
}

std::string own_tag(std::string_view text) {
  for (const std::string_view name : {"changeKey", "eTag"}) {
    const auto value = base::member_text(text, name);
    if (!value || value->front() != '"') continue;
    auto tag = base::string_in(*value);
    if (tag.starts_with("W/")) tag.erase(0, 2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
      tag = tag.substr(1, tag.size() - 2);
    return tag;
  }
  return {};
}

}  // namespace graphmock::store
