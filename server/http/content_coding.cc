#include "http/content_coding.h"

#define ZLIB_CONST  // of what it only reads
#include <zlib.h>

#include <array>
#include <stdexcept>
#include <string_view>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::http {
namespace {

class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOrZlib = 15 + 32;  // the largest window, and which of the headers it has
    if (inflateInit2(&stream_, kGzipOrZlib) != Z_OK)
      throw std::runtime_error("zlib cannot be used");
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::string run(std::string_view body, size_t most_bytes) {
    stream_.next_in = reinterpret_cast<const Bytef*>(body.data());
    stream_.avail_in = static_cast<uInt>(body.size());
    std::string out;
    std::array<char, 64 * 1024> piece;
    for (;;) {
      stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream_.avail_out = static_cast<uInt>(piece.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const bool is_full = stream_.avail_out == 0;
      out.append(piece.data(), piece.size() - stream_.avail_out);
      if (out.size() > most_bytes) {
        throw Error(413, "",
                    "The body is too large once it is decompressed: it may have " +
                        std::to_string(most_bytes) + " bytes.");
      }
      if (result == Z_STREAM_END && stream_.avail_in == 0) return out;
      if (result == Z_STREAM_END) {
        inflateReset(&stream_);  // gzip may come in several members
      } else if (result != Z_OK || (stream_.avail_in == 0 && !is_full)) {
        throw Error(400, "",
                    "The body is not what the header Content-Encoding says: it is broken off or no "
                    "gzip or deflate at all.");
      }
    }
  }

 private:
  z_stream stream_{};
};

bool is_inflatable(std::string_view coding) {
  return base::equals_ignoring_case(coding, "gzip") ||
         base::equals_ignoring_case(coding, "x-gzip") ||
         base::equals_ignoring_case(coding, "deflate");
}

}  // namespace

std::optional<std::string> decoded_body(const Request& request, size_t most_bytes) {
  if (request.body.empty()) return std::nullopt;
  const auto coding = base::trim(request.headers.find("Content-Encoding").value_or(""));
  if (coding.empty() || base::equals_ignoring_case(coding, "identity")) return std::nullopt;
  if (is_inflatable(coding)) return Inflater().run(request.body, most_bytes);
  Error error(415, "",
              "The body has the Content-Encoding '" + std::string(coding) +
                  "'. Expected gzip or deflate, or none.");
  error.headers.add("Accept-Encoding", "gzip, deflate");
  throw error;
}

}  // namespace graphmock::http
