// Streams, such as a photo's "$value" or the content of a drive item. Each is an entity of its own
// below its owner, whose text is the media type, a line feed and the bytes; so it goes where its
// owner goes. Its list is its own address.
#pragma once

#include "odata/path.h"
#include "store/entity.h"

namespace graphmock::store {

inline constexpr std::string_view kStreamType = "Edm.Stream";

struct Stream {
  std::string_view media_type;
  std::string_view bytes;
};

NewEntity make_stream(std::string address, std::string_view media_type, std::string_view bytes);
inline bool is_stream(const Entity& entity) {
  return entity.type == kStreamType;
}
Stream stream_in(const Entity& stream);

// Whether the target is a stream: "$value" of an entity that has one, or a property that is one.
bool is_stream(const odata::Target& target);

}  // namespace graphmock::store
