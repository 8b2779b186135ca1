#include "store/document_counts.h"

#include <boost/json/object.hpp>

namespace graphmock::store {
namespace {

namespace json = boost::json;

// So many that nobody gets there, and those that follow are counted all the same.
constexpr uint64_t kMostIds = uint64_t{1} << 53;
constexpr uint64_t kMostVersions = uint64_t{1} << 31;

std::optional<uint64_t> count_in(const json::value* value, uint64_t most) {
  if (!value || !value->is_number()) return std::nullopt;
  boost::system::error_code code;
  const auto number = value->to_number<uint64_t>(code);
  if (code || number > most) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Counts> read_counts(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  const auto ids = count_in(object->if_contains("ids"), kMostIds);
  const auto versions = count_in(object->if_contains("versions"), kMostVersions);
  if (!ids || !versions) return std::nullopt;
  return Counts{*ids, static_cast<uint32_t>(*versions)};
}

std::optional<VersionsByAddress> read_versions(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  VersionsByAddress versions;
  for (const auto& member : *object) {
    const auto version = count_in(&member.value(), kMostVersions);
    if (!version) return std::nullopt;
    versions.insert_or_assign(member.key(), static_cast<uint32_t>(*version));
  }
  return versions;
}

}  // namespace graphmock::store
