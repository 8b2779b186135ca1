#include "scenario/script_size.h"

#include <algorithm>

#include "scenario/player.h"

namespace graphmock::scenario {
namespace {

constexpr uint64_t kAround = 128;           // what the allocator and containers add
constexpr uint64_t kRegex = 32 * 1024;      // compiled, with what it remembers of texts
constexpr uint64_t kBytesOfWrittenOne = 8;  // a JSON value is so much larger than its text

}  // namespace

uint64_t bytes_of(const Script& script, uint64_t written) {
  uint64_t bytes = kAround + sizeof(Script);
  uint64_t bodies = 0;
  for (const auto& rule : script.rules) {
    bytes += sizeof(Rule) + sizeof(RulePosition) + kAround;
    for (const auto* demands : {&rule.request.query, &rule.request.headers, &rule.request.body}) {
      for (const auto& [name, matcher] : *demands) {
        bytes += sizeof(Matcher) + kAround + (matcher.matches ? kRegex : 0);
      }
    }
    for (const auto& response : rule.responses) {
      bytes += sizeof(ScriptedResponse) + kAround;
      if (response->body) bodies += response->body->size();
    }
  }
  return bytes + bodies + kBytesOfWrittenOne * (written - std::min(bodies, written));
}

}  // namespace graphmock::scenario
