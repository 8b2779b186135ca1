// Reading a whole file that the person who starts the server has named.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/load_error.h"

namespace graphmock::base {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Nothing, and an entry in `errors`, when it cannot be read or is larger than 1 GiB. A UTF-8
// byte order mark is taken off.
std::optional<std::string> read_file(const std::filesystem::path& path, LoadErrors& errors);

}  // namespace graphmock::base
