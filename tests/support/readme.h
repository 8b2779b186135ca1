// What README.md and the pages of docs/ show, and the commands in them, for tests that hold them to
// their word.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace graphmock::support {

// README.md, then those of docs/ in the order of their names; below the project's folder.
std::vector<std::filesystem::path> readme_pages();
// One of them, whole.
std::string readme_text(const std::filesystem::path& page);

struct ReadmeBlock {
  std::string page;
  std::string info;  // what stands behind the fence: "sh", "json", "json scenario"
  std::string text;
};

// The fenced blocks of all pages, as they stand there.
std::vector<ReadmeBlock> readme_blocks();
// With the address that the pages give replaced by the server's.
std::vector<ReadmeBlock> readme_blocks(std::string_view origin);

struct CommandOutput {
  int exit_code = 0;
  std::string text;  // of its standard output
};

// By the shell.
CommandOutput run_command(const std::string& command);

}  // namespace graphmock::support
