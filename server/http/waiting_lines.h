// Requests that are read and wait for a worker, since all are busy: who is next. A connection has
// one request in here at most. First comes what is urgent; then, of each four, three of connections
// that have been quick to serve so far and one of those whose last request took long, so that many
// slow ones hold nobody up who is quick, and still get their share. Each line is first come, first
// served.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

#include "http/lane.h"

namespace graphmock::http {

// From any thread. Whoever waits is a word, as events are.
class WaitingLines {
 public:
  static constexpr uint64_t kNobody = ~uint64_t{0};
  enum class Line { Urgent, Quick, Slow };

  struct Place {
    Line line = Line::Quick;
    uint64_t number = 0;  // within all lines
  };

  Place join(Line line, uint64_t word);
  // Goes back to the place that it had.
  void rejoin(Place place, uint64_t word);
  // Nothing happens when it has been taken.
  void leave(Place place);
  // Of the requests that a worker of this lane carries out; kNobody if none waits.
  uint64_t take(Lane lane);
  bool empty() const { return size_.load() == 0; }

 private:
  using Words = std::map<uint64_t, uint64_t>;  // by number

  Words& words(Line line) { return lines_[static_cast<size_t>(line)]; }
  Words* next_line(Lane lane);

  std::mutex mutex_;
  std::array<Words, 3> lines_;
  uint64_t joined_ = 0;
  uint64_t taken_ = 0;
  std::atomic<size_t> size_{0};
};

}  // namespace graphmock::http
