// Hashes of the values of properties, by which an index finds entities: the same for texts that
// differ in case alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "store/entity.h"

namespace graphmock::store {

uint32_t value_hash(std::string_view text);
// Of the entity's property, which is no part of another; nothing where it is no string.
std::optional<uint32_t> value_hash(const Entity& entity, std::string_view property);

}  // namespace graphmock::store
