#include "http/request_budget.h"

#include "http/error.h"

namespace graphmock::http {

base::WorkBudget::Limits request_limits(std::chrono::duration<double> time,
                                        base::WorkBudget::Now now) {
  constexpr double kWorkPerSecond = 1e9;
  return {static_cast<uint64_t>(time.count() * kWorkPerSecond),
          std::chrono::duration_cast<std::chrono::nanoseconds>(time), now};
}

void refuse_too_much_work() {
  Error error(503, "",
              "The request takes more work than the server does for one. Ask for fewer entities or "
              "for less of each, or start the server with a longer --request-time-limit.");
  error.is_too_much_work = true;
  error.headers.add("Retry-After", "10");
  throw error;
}

}  // namespace graphmock::http
