// gzip for large answers to clients that take it. What was compressed before is not compressed
// again: tests ask for the same fixtures over and over.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace graphmock::http {

// Whether an Accept-Encoding field takes gzip (RFC 9110, 12.5.3).
bool accepts_gzip(std::string_view accept_encoding);

// For one thread.
class Compressor {
 public:
  // Below it the head and the kernel's work weigh more than what would be saved.
  static constexpr size_t kFewestBytes = 4 * 1024;

  Compressor();
  ~Compressor();

  // Compresses the body where that is worth it and the request takes it; says so in the headers.
  void compress(const Request& request, Response& response);

 private:
  class Deflater;
  struct Kept {
    std::string body;
    std::string compressed;
  };
  static constexpr size_t kMostKept = 32;
  static constexpr size_t kMostBytesKept = 128 * 1024;  // of a body

  std::string compressed(std::string_view body);

  std::unique_ptr<Deflater> deflater_;  // made with the first use: it takes a quarter of a megabyte
  std::vector<Kept> kept_;
};

}  // namespace graphmock::http
