#include "http/waiting_lines.h"

namespace graphmock::http {
namespace {

constexpr uint64_t kTurnsOfTheSlow = 4;  // each of so many is theirs

}  // namespace

WaitingLines::Place WaitingLines::join(Line line, uint64_t word) {
  const std::lock_guard lock(mutex_);
  const Place place{line, joined_++};
  words(line).emplace(place.number, word);
  ++size_;
  return place;
}

void WaitingLines::rejoin(Place place, uint64_t word) {
  const std::lock_guard lock(mutex_);
  if (words(place.line).insert_or_assign(place.number, word).second) ++size_;
}

void WaitingLines::leave(Place place) {
  const std::lock_guard lock(mutex_);
  if (words(place.line).erase(place.number) > 0) --size_;
}

uint64_t WaitingLines::take(Lane lane) {
  if (empty()) return kNobody;
  const std::lock_guard lock(mutex_);
  Words* const line = next_line(lane);
  if (!line) return kNobody;
  const uint64_t word = line->begin()->second;
  line->erase(line->begin());
  --size_;
  return word;
}

WaitingLines::Words* WaitingLines::next_line(Lane lane) {
  Words& urgent = words(Line::Urgent);
  Words& quick = words(Line::Quick);
  Words& slow = words(Line::Slow);
  if (lane == Lane::Health) return nullptr;
  if (!urgent.empty()) return &urgent;
  if (lane == Lane::Control || (quick.empty() && slow.empty())) return nullptr;
  const bool is_for_the_slow = ++taken_ % kTurnsOfTheSlow == 0;
  if (quick.empty() || (is_for_the_slow && !slow.empty())) return &slow;
  return &quick;
}

}  // namespace graphmock::http
