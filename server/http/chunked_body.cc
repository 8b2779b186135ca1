#include "http/chunked_body.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "http/error.h"
#include "http/request_head.h"

namespace graphmock::http {
namespace {

constexpr size_t kMaxSizeLineBytes = 4096;  // a size and its extensions

Error malformed(std::string what) {
  return Error(400, "", "The chunked body " + std::move(what));
}

// Without its CRLF; nothing while it is incomplete.
std::optional<std::string_view> whole_line(std::string_view bytes, size_t max_bytes) {
  const size_t end = bytes.substr(0, max_bytes + 2).find('\n');
  if (end == std::string_view::npos) {
    if (bytes.size() >= max_bytes + 2)
      throw malformed("has a line that is too long, or a chunk longer than it says.");
    return std::nullopt;
  }
  if (end == 0 || bytes[end - 1] != '\r') throw malformed("has a line that does not end in CRLF.");
  return bytes.substr(0, end - 1);
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; });
}

}  // namespace

size_t ChunkedBody::read(std::string_view bytes) {
  size_t used = 0;
  while (stage_ != Stage::Complete) {
    const std::string_view rest = bytes.substr(used);
    if (stage_ == Stage::Data) {
      used += read_data(rest);
      if (stage_ == Stage::Data) break;
      continue;
    }
    const std::optional<std::string_view> line = whole_line(rest, max_line_bytes());
    if (!line) break;
    used += line->size() + 2;
    read_line(*line);
  }
  return used;
}

size_t ChunkedBody::read_data(std::string_view bytes) {
  const size_t size = std::min(bytes.size(), chunk_bytes_left_);
  body_.append(bytes.substr(0, size));
  chunk_bytes_left_ -= size;
  if (chunk_bytes_left_ == 0) stage_ = Stage::DataEnd;
  return size;
}

size_t ChunkedBody::max_line_bytes() const {
  if (stage_ == Stage::Size) return kMaxSizeLineBytes;
  return stage_ == Stage::DataEnd ? 0 : max_trailer_bytes_ - trailer_bytes_;
}

void ChunkedBody::read_line(std::string_view line) {
  switch (stage_) {
    case Stage::Size:
      read_size(line);
      break;
    case Stage::DataEnd:
      stage_ = Stage::Size;  // nothing but a CRLF fits in the 0 bytes that the line may have
      break;
    case Stage::Trailers:
      trailer_bytes_ += line.size();
      if (line.empty()) {
        stage_ = Stage::Complete;
      } else {
        parse_field_line(line);
      }
      break;
    case Stage::Data:
    case Stage::Complete:
      break;
  }
}

void ChunkedBody::read_size(std::string_view line) {
  size_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (error != std::errc()) throw malformed("has a chunk whose size is not a hexadecimal number.");
  const std::string_view extensions = line.substr(static_cast<size_t>(end - line.data()));
  const std::string_view trimmed = base::trim(extensions);
  if (has_control_character(extensions) ||
      (!extensions.empty() && (trimmed.empty() || trimmed.front() != ';'))) {
    throw malformed("has a chunk size with something else behind it than extensions.");
  }
  if (size > max_body_bytes_ - body_.size()) {
    throw Error(413, "", "The body is larger than " + std::to_string(max_body_bytes_) + " bytes.");
  }
  chunk_bytes_left_ = size;
  stage_ = size == 0 ? Stage::Trailers : Stage::Data;
}

}  // namespace graphmock::http
