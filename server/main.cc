#include <iostream>

#include "app/app.h"
#include "app/options.h"

int main(int argc, char** argv) {
  const auto parsed = graphmock::app::parse_options(argc, argv);
  std::cout << parsed.out;
  std::cerr << parsed.err;
  return parsed.exit_code >= 0 ? parsed.exit_code : graphmock::app::run(parsed.options);
}
