#include "support/readme.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include "support/project_data.h"

namespace graphmock::support {

std::vector<std::filesystem::path> readme_pages() {
  std::vector<std::filesystem::path> pages;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("docs"))) {
    if (entry.path().extension() == ".md") pages.push_back("docs" / entry.path().filename());
  }
  std::sort(pages.begin(), pages.end());
  pages.insert(pages.begin(), "README.md");
  return pages;
}

std::string readme_text(const std::filesystem::path& page) {
  std::stringstream text;
  text << std::ifstream(project_file(page)).rdbuf();
  return text.str();
}

std::vector<ReadmeBlock> readme_blocks() {
  std::vector<ReadmeBlock> blocks;
  for (const auto& page : readme_pages()) {
    std::istringstream lines(readme_text(page));
    bool is_inside = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("```")) {
        is_inside = !is_inside;
        if (is_inside) blocks.push_back({page.generic_string(), line.substr(3), ""});
      } else if (is_inside) {
        blocks.back().text += line + "\n";
      }
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
