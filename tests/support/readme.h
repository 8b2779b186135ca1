// What README.md shows, and the commands in it, for tests that hold it to its word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace graphmock::support {

struct ReadmeBlock {
  std::string info;  // what stands behind the fence: "sh", "json", "json scenario"
  std::string text;
};

// The fenced blocks, as they stand there.
std::vector<ReadmeBlock> readme_blocks();
// With the address that README gives replaced by the server's.
std::vector<ReadmeBlock> readme_blocks(std::string_view origin);

struct CommandOutput {
  int exit_code = 0;
  std::string text;  // of its standard output
};

// By the shell.
CommandOutput run_command(const std::string& command);

}  // namespace graphmock::support
