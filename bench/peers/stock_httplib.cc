// cpp-httplib as it comes, with what its users set to make it fast: no Nagle, connections that stay
// open, and a thread for each of them.
#include <httplib.h>

#include <cstdlib>

#include "peers/answer.h"

int main(int argc, char** argv) {
  using namespace graphmock::bench;
  if (argc != 3) {
    std::fprintf(stderr, "stock_httplib PORT ANSWERS\n");
    return 2;
  }
  constexpr size_t kThreads = 300;
  const auto answers = answers_of(argv[2]);
  httplib::Server server;
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(size_t{1} << 40);
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.Get(std::string(kPathOfUsers) + "([^/]+)",
             [&](const httplib::Request& request, httplib::Response& response) {
               const auto found = answers.find(request.matches[1].str());
               if (found == answers.end()) {
                 response.status = 404;
               } else {
                 response.set_content(found->second, "application/json");
               }
             });
  return server.listen("127.0.0.1", std::atoi(argv[1])) ? 0 : 1;
}
