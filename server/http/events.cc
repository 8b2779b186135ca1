#include "http/events.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>

namespace graphmock::http {
namespace {

constexpr uint64_t kNone = ReadyEvents::kNone;
static_assert(WaitingLines::kNobody == kNone);
constexpr uint64_t kWakeUp = Events::kEndOfWork - 1;
constexpr uint64_t kFirstPing = Events::kEndOfWork - 2;
constexpr uint64_t kLastPing = Events::kEndOfWork - 3;

// How long what is urgent may wait for a worker, about.
constexpr std::chrono::milliseconds kTick{10};
// Without anything to do; then the reserve sleeps.
constexpr int kMostIdleTicks = 20;

int valid(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return descriptor;
}

int event_file() {
  return valid(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
}

void add(int epoll, int file, uint32_t interest, uint64_t word) {
  epoll_event event{};
  event.events = interest;
  event.data.u64 = word;
  valid(epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event), "epoll_ctl");
}

uint64_t word_of(const epoll_event& event) {
  const bool is_end = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  return event.data.u64 | (is_end ? Events::kEnd : 0);
}

bool is_for_the_caller(uint64_t word) {
  return word < kLastPing || word == Events::kEndOfWork;
}

}  // namespace

Events::Events(size_t workers, bool has_reserve)
    : epoll_(valid(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      end_of_work_(event_file()),
      wake_up_(event_file()),
      ready_(workers),
      has_reserve_(has_reserve) {
  add(epoll_, end_of_work_, EPOLLIN, kEndOfWork);
  add(epoll_, wake_up_, EPOLLIN | EPOLLET, kWakeUp);
  uint64_t word = kFirstPing;
  for (Reserve& reserve : reserves_) {
    if (!has_reserve) break;
    reserve.ping = event_file();
    add(epoll_, reserve.ping, EPOLLIN | EPOLLET, word--);
  }
}

Events::~Events() {
  for (const Reserve& reserve : reserves_) {
    if (reserve.ping >= 0) ::close(reserve.ping);
  }
  ::close(wake_up_);
  ::close(end_of_work_);
  ::close(epoll_);
}

Lane Events::lane_of(size_t worker) const {
  if (worker < ready_.size()) return Lane::Ordinary;
  return worker == ready_.size() ? Lane::Control : Lane::Health;
}

void Events::arm(int socket, bool is_known, uint32_t interest, uint64_t word) {
  epoll_event event{};
  event.events = interest;
  event.data.u64 = word;
  epoll_ctl(epoll_, is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
}

void Events::end_work() {
  eventfd_write(end_of_work_, 1);
  const std::lock_guard lock(mutex_);
  has_ended_ = true;
  changed_.notify_all();
}

uint64_t Events::next(size_t worker) {
  if (worker < ready_.size()) return next_of_worker(worker);
  return next_of_reserve(reserves_[worker - ready_.size()], lane_of(worker));
}

uint64_t Events::next_of_worker(size_t worker) {
  for (;;) {
    uint64_t word = take_ready(worker);
    if (word == kNone) word = sleep(worker);
    if (word == kWakeUp) word = answer_call(worker);
    if (is_for_the_caller(word)) return word;
    note_ping(word);
  }
}

// Its own first, then who waits in line, then what others have and may be too busy for.
uint64_t Events::take_ready(size_t worker) {
  for (size_t i = 0; i < ready_.size(); ++i) {
    const uint64_t word = ready_[(worker + i) % ready_.size()].take();
    if (word != kNone) return word;
    if (i > 0) continue;
    const uint64_t waiting = lines_.take(Lane::Ordinary);
    if (waiting != kNone) return waiting;
  }
  return kNone;
}

// Whoever leaves something for others either sees that we sleep, and calls us, or has left it
// before we look once more.
uint64_t Events::sleep(size_t worker) {
  std::array<epoll_event, 1 + ReadyEvents::kMost> events;
  ++sleepers_;
  const uint64_t word = take_ready(worker);
  if (word != kNone) {
    --sleepers_;
    return word;
  }
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
  --sleepers_;
  begin_watch();
  if (count < 1) return kNone;  // a signal
  for (size_t i = 1; i < static_cast<size_t>(count); ++i) {
    // A call is not for later. There is another if somebody sleeps still.
    if (events[i].data.u64 == kWakeUp) is_called_ = false;
    if (events[i].data.u64 != kWakeUp) ready_[worker].put(i - 1, word_of(events[i]));
  }
  if (count > 1) wake_one_if_any_sleeps();
  return word_of(events[0]);
}

bool Events::is_anything_left() const {
  if (!lines_.empty()) return true;
  for (const ReadyEvents& events : ready_) {
    if (!events.empty()) return true;
  }
  return false;
}

// Not again before whoever is called has come: he looks at all that is there by then.
void Events::wake_one_if_any_sleeps() {
  if (sleepers_.load() == 0 || !is_anything_left()) return;
  if (!is_called_.exchange(true)) eventfd_write(wake_up_, 1);
}

uint64_t Events::answer_call(size_t worker) {
  is_called_ = false;
  const uint64_t word = take_ready(worker);
  if (word != kNone) wake_one_if_any_sleeps();  // there may be more
  return word;
}

uint64_t Events::next_of_reserve(Reserve& reserve, Lane lane) {
  while (!has_ended_) {
    uint64_t word = lines_.take(lane);
    if (word == kNone && reserve.is_on_duty) word = look_after_the_rest(reserve);
    if (word != kNone) return word;
    wait_a_tick(reserve);
  }
  return kEndOfWork;
}

// The next of what was there when it pinged. None: there is nothing left, or a worker has time.
uint64_t Events::look_after_the_rest(Reserve& reserve) {
  epoll_event event;
  while (sleepers_.load() == 0 && !reserve.is_ping_met) {
    uint64_t word = kNone;
    for (size_t i = 0; i < ready_.size() && word == kNone; ++i) word = ready_[i].take();
    if (word == kNone) {
      if (epoll_wait(epoll_, &event, 1, 0) < 1) break;
      word = word_of(event);
    }
    if (is_for_the_caller(word)) return word;
    if (word == kWakeUp) is_called_ = false;
    note_ping(word);
  }
  wake_one_if_any_sleeps();  // it may have been their call that we took
  reserve.is_on_duty = reserve.has_pinged = false;
  return kNone;
}

void Events::wait_a_tick(Reserve& reserve) {
  if (!reserve.has_pinged && sleepers_.load() == 0) ping(reserve);
  std::unique_lock lock(mutex_);
  const auto are_all_asleep = [this] { return sleepers_.load() == ready_.size(); };
  reserve.idle_ticks = are_all_asleep() ? reserve.idle_ticks + 1 : 0;
  if (reserve.idle_ticks > kMostIdleTicks) {
    is_watched_ = false;
    if (are_all_asleep()) changed_.wait(lock, [this] { return is_watched_ || has_ended_; });
    is_watched_ = true;
    reserve.idle_ticks = 0;
    changed_.notify_all();
  }
  changed_.wait_for(lock, kTick, [this] { return has_ended_.load(); });
  const bool is_somebody_free = sleepers_.load() > 0;
  reserve.is_on_duty = reserve.has_pinged && !reserve.is_ping_met && !is_somebody_free;
  if (reserve.is_ping_met || is_somebody_free) reserve.has_pinged = false;
}

void Events::ping(Reserve& reserve) {
  reserve.is_ping_met = false;
  reserve.has_pinged = true;
  eventfd_write(reserve.ping, 1);
}

void Events::note_ping(uint64_t word) {
  if (word == kFirstPing || word == kLastPing) reserves_[kFirstPing - word].is_ping_met = true;
}

void Events::begin_watch() {
  if (!has_reserve_ || is_watched_.load()) return;
  const std::lock_guard lock(mutex_);
  is_watched_ = true;
  changed_.notify_all();
}

}  // namespace graphmock::http
