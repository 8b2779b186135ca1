// Faults as they stand on the wire: what is left of a whole answer's bytes when something goes
// wrong on the way. How the connection ends after them is the worker's to carry out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"

namespace graphmock::http {

// `answer` is a head and a body; for Fault::MalformedChunk the head announces a chunked one. An
// answer without a body is truncated within its status line, as some clients take a head that
// breaks off for a whole one.
void inflict(Fault fault, uint64_t seed, std::string& answer);

// Bytes that no client takes for HTTP, nor for the beginning of a chunk.
std::string random_bytes(uint64_t seed, size_t size);

// Of bytes that begin with a head, its empty line included; 0 when they hold none.
size_t head_size(std::string_view bytes);

}  // namespace graphmock::http
