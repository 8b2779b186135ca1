// Takes the chunked transfer coding off a body (RFC 9112 7.1), however the bytes are cut up on
// arrival. Chunk extensions and trailers are checked for form and dropped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace graphmock::http {

class ChunkedBody {
 public:
  ChunkedBody(size_t max_body_bytes, size_t max_trailer_bytes)
      : max_body_bytes_(max_body_bytes), max_trailer_bytes_(max_trailer_bytes) {}

  // Returns how many of the bytes were used up; the rest must come again, with more behind it.
  // Throws Error for what is malformed or too large.
  size_t read(std::string_view bytes);
  bool complete() const { return stage_ == Stage::Complete; }
  std::string_view body() const { return body_; }

 private:
  enum class Stage { Size, Data, DataEnd, Trailers, Complete };

  size_t read_data(std::string_view bytes);
  size_t max_line_bytes() const;
  void read_line(std::string_view line);
  void read_size(std::string_view line);

  size_t max_body_bytes_;
  size_t max_trailer_bytes_;
  Stage stage_ = Stage::Size;
  size_t chunk_bytes_left_ = 0;
  size_t trailer_bytes_ = 0;
  std::string body_;
};

}  // namespace graphmock::http
