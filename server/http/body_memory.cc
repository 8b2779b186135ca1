#include "http/body_memory.h"

#include <utility>

namespace graphmock::http {
namespace {

constexpr size_t kMostKept = 64 * 1024;

std::string& kept() {
  thread_local std::string memory;
  return memory;
}

}  // namespace

std::string take_body_memory() {
  return std::exchange(kept(), {});
}

void keep_body_memory(std::string body) {
  if (body.capacity() > kMostKept || body.capacity() < kept().capacity()) return;
  body.clear();
  kept() = std::move(body);
}

}  // namespace graphmock::http
