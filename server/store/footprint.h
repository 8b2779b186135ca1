// What stored things take in memory, about: texts by their size, what stands around them by a
// constant that was measured. For accounts (base/account), not for any decision on single bytes.
#pragma once

#include <cstdint>

#include "store/layer.h"
#include "store/snapshot.h"

namespace graphmock::store {

// Without what a layer has about it.
uint64_t bytes_of(const Entity& entity);
// With its lists and all.
uint64_t bytes_of(const Snapshot& snapshot);
// Of a layer's maps and lists, its entities left out, if nothing of it were known below.
uint64_t frame_of(const Layer& layer);
// By how much that of `below` grows when it takes over `above`; less than 0 where it shrinks.
int64_t frame_growth(const Layer& below, const Layer& above);

}  // namespace graphmock::store
