// Writing a small file that others wait for or may read at any time: they see all of it, or what
// was there before.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace graphmock::base {

// Where the path leads a plain file is put, in the place of one that may be there, with just that
// mode if one is given. A symbolic link stays, and what it leads to is replaced. What is no plain
// file is written into: a device, a pipe that somebody reads, this program's own output; a folder
// or a socket is left alone. Nothing where that is done, else why not ("Permission denied").
std::optional<std::string> write_whole(const std::filesystem::path& path, std::string_view text,
                                       std::optional<mode_t> mode = std::nullopt);

}  // namespace graphmock::base
