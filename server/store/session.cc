#include "store/session.h"

namespace graphmock::store {

Session::~Session() {
  if (has_written_ || missed_.empty()) return;
  const std::lock_guard lock(store_.mutex_);
  store_.changes_.count_read(missed_);
}

}  // namespace graphmock::store
