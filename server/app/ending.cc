#include "app/ending.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <iostream>

namespace graphmock::app {
namespace {

void leave(int signal) {
  ::_exit(128 + signal);
}

// As the first process of a container, too, which the kernel spares what it has no handler for.
void leave_when_told_again() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM}) {
    ::signal(signal, leave);
    sigaddset(&signals, signal);
  }
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

}  // namespace

void stop_or_leave(http::Server& server) {
  leave_when_told_again();
  if (server.stop()) return;
  std::cerr << "a request that was still being carried out is cut off" << std::endl;
  std::cout.flush();
  ::_exit(0);
}

}  // namespace graphmock::app
