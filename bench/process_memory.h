// How much memory a process has, as Linux tells.
#pragma once

#include <fstream>
#include <string>

namespace graphmock::bench {

// A field of /proc/PROCESS/status that is given in kB, such as VmRSS; `process` is an id or "self".
inline double megabytes(const std::string& process, const std::string& field) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field + ":")) return std::stod(line.substr(field.size() + 1)) / 1024;
  }
  return 0;
}

}  // namespace graphmock::bench
