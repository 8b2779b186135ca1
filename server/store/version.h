// Tags of entities: of what they say, and of the change that made them say it, so that a tag never
// comes back when a value does. For graph/etag, which writes them into headers, and graph/stamp,
// which writes them into entities.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "store/entity.h"

namespace graphmock::store {

using VersionsByAddress = std::map<std::string, uint32_t, std::less<>>;

// A tag is no secret: the same in every run, and other than that of any other version. `content`
// is a hash of the entity.
std::string version_tag(uint64_t content, uint32_t version);
uint64_t content_hash(std::string_view type, std::string_view text);

// The tag that the entity has, between the quotes.
std::string tag_of(const Entity& entity);

// Whether an entity's text has, as changeKey or eTag, a tag of that version.
bool has_tag_of(std::string_view text, uint32_t version);
// What it has there, without quotes; empty: nothing.
std::string own_tag(std::string_view text);

}  // namespace graphmock::store
