// What is wrong with the files and options that the server starts from. Readers collect every
// problem they find; nothing that has one is used.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace graphmock::base {

struct LoadError {
  std::string file;
  size_t line;  // from 1; 0: the file as a whole
  std::string what;

  // "FILE:LINE: what", or "FILE: what".
  std::string text() const {
    return file + (line == 0 ? "" : ":" + std::to_string(line)) + ": " + what;
  }
};

using LoadErrors = std::vector<LoadError>;

struct LoadFailure : std::exception {
  explicit LoadFailure(LoadErrors load_errors) : errors(std::move(load_errors)) {}
  const char* what() const noexcept override { return "the server's input has errors"; }
  LoadErrors errors;
};

}  // namespace graphmock::base
