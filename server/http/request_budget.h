// The budget of one request of a client (base/work_budget), and what is answered that takes more.
#pragma once

#include "base/work_budget.h"

namespace graphmock::http {

// So long by the clock, and as much work as is done in that time, about.
base::WorkBudget::Limits request_limits(std::chrono::duration<double> time,
                                        base::WorkBudget::Now now);

// A WorkBudget::Refuse.
[[noreturn]] void refuse_too_much_work();

}  // namespace graphmock::http
