// The memory of a body that has been sent, for the next one of the same thread: large pieces are
// what an allocator is slow with.
#pragma once

#include <string>

namespace graphmock::http {

// Empty, with room for as much as was kept.
std::string take_body_memory();
void keep_body_memory(std::string body);

}  // namespace graphmock::http
