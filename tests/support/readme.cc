#include "support/readme.h"

#include <cstdio>
#include <fstream>
#include <memory>

#include "support/project_data.h"

namespace graphmock::support {

std::vector<ReadmeBlock> readme_blocks() {
  std::ifstream file(project_file("README.md"));
  std::vector<ReadmeBlock> blocks;
  bool is_inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      is_inside = !is_inside;
      if (is_inside) blocks.push_back({line.substr(3), ""});
    } else if (is_inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

std::vector<ReadmeBlock> readme_blocks(std::string_view origin) {
  constexpr std::string_view kShown = "http://localhost:8080";
  auto blocks = readme_blocks();
  for (auto& block : blocks) {
    for (size_t at; (at = block.text.find(kShown)) != std::string::npos;) {
      block.text.replace(at, kShown.size(), origin);
    }
  }
  return blocks;
}

CommandOutput run_command(const std::string& command) {
  CommandOutput output;
  const auto close = [&output](std::FILE* file) { output.exit_code = ::pclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(command.c_str(), "r"), close);
  char buffer[4096];
  while (const size_t size = std::fread(buffer, 1, sizeof buffer, pipe.get())) {
    output.text.append(buffer, size);
  }
  return output;
}

}  // namespace graphmock::support
