// Writes users of 1 KB, one a line, as a fixture file users.jsonl has them.
#include <cstdio>
#include <cstdlib>

#include "base/json.h"
#include "many_users.h"

int main(int argc, char** argv) {
  using namespace graphmock;
  const size_t count = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
  if (count == 0) {
    std::fprintf(stderr, "write_users COUNT\n");
    return 2;
  }
  for (size_t i = 0; i < count; ++i) {
    const auto line = base::to_json(bench::user(i)) + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
}
