#include "store/stream.h"

namespace graphmock::store {

NewEntity make_stream(std::string address, std::string_view media_type, std::string_view bytes) {
  auto stream = std::make_shared<Entity>();
  stream->address = std::move(address);
  stream->type = kStreamType;
  stream->text.reserve(media_type.size() + 1 + bytes.size());
  stream->text.append(media_type).append(1, '\n').append(bytes);
  return stream;
}

Stream stream_in(const Entity& stream) {
  const std::string_view text = stream.text;
  const auto line = text.find('\n');
  return {text.substr(0, line), text.substr(line + 1)};
}

bool is_stream(const odata::Target& target) {
  const size_t entities = target.entity_steps();
  if (entities == 0 || entities + 1 != target.steps.size()) return false;
  const auto& last = target.last();
  if (last.kind == odata::StepKind::Value) return target.steps[entities - 1].type->has_stream;
  return last.kind == odata::StepKind::Property && !last.is_collection &&
         last.property->type.is(model::Primitive::Stream);
}

}  // namespace graphmock::store
