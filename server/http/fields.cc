#include "http/fields.h"

#include <algorithm>

#include "base/text.h"

namespace graphmock::http {
namespace {

// What the fields of most answers take, so that they are allocated once.
constexpr size_t kUsualBytes = 640;

}  // namespace

void Fields::add(std::string_view name, std::string_view value) {
  const Sizes sizes{static_cast<uint32_t>(name.size()), static_cast<uint32_t>(value.size())};
  if (packed_.capacity() == std::string().capacity()) packed_.reserve(kUsualBytes);
  packed_.append(reinterpret_cast<const char*>(&sizes), sizeof sizes).append(name).append(value);
}

void Fields::set(std::string_view name, std::string_view value) {
  const auto found = locate(name);
  if (found == end()) return add(name, value);
  const auto sizes = sizes_at(found.at_);
  const auto at = static_cast<size_t>(found.at_ - packed_.data());
  const Sizes changed{sizes.name, static_cast<uint32_t>(value.size())};
  packed_.replace(at + sizeof sizes + sizes.name, sizes.value, value);
  std::memcpy(packed_.data() + at, &changed, sizeof changed);
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  const auto found = locate(name);
  if (found == end()) return std::nullopt;
  return (*found).second;
}

Fields::Iterator Fields::locate(std::string_view name) const {
  return std::find_if(begin(), end(), [&](const Field& field) {
    return base::equals_ignoring_case(field.first, name);
  });
}

}  // namespace graphmock::http
