#include "http/compression.h"

#define ZLIB_CONST  // of what it only reads
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <stdexcept>

#include "base/text.h"

namespace graphmock::http {
namespace {

// Formats that compress already are left alone.
bool is_text(std::string_view content_type) {
  constexpr std::array<std::string_view, 3> kTexts = {"application/json", "application/xml",
                                                      "text/"};
  return std::any_of(kTexts.begin(), kTexts.end(), [&](std::string_view text) {
    return base::starts_with_ignoring_case(content_type, text);
  });
}

bool is_zero(std::string_view quality) {
  double value = 1;
  const auto end = quality.data() + quality.size();
  const auto read = std::from_chars(quality.data(), end, value);
  return read.ec != std::errc() || value <= 0;
}

// Two that differ only elsewhere share a place, one after the other.
size_t place_of(std::string_view body, size_t places) {
  constexpr size_t kSample = 64;
  const std::hash<std::string_view> hash;
  size_t mixed = body.size();
  for (const size_t at : {size_t{0}, body.size() / 2, body.size() - kSample}) {
    mixed = mixed * 31 + hash(body.substr(at, kSample));
  }
  return mixed % places;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool takes_any = false;
  for (const auto coding : base::split(accept_encoding, ',')) {
    const auto parts = base::split(coding, ';');
    const auto name = base::trim(parts[0]);
    const bool is_gzip =
        base::equals_ignoring_case(name, "gzip") || base::equals_ignoring_case(name, "x-gzip");
    if (!is_gzip && name != "*") continue;
    bool is_taken = true;
    for (size_t i = 1; i < parts.size(); ++i) {
      const auto parameter = base::split_parameter(parts[i]);
      if (base::equals_ignoring_case(parameter.first, "q")) is_taken = !is_zero(parameter.second);
    }
    if (is_gzip) return is_taken;
    takes_any = is_taken;
  }
  return takes_any;
}

// zlib, as fast as it goes.
class Compressor::Deflater {
 public:
  Deflater() {
    constexpr int kGzip = 15 + 16;  // the largest window, and a gzip header
    constexpr int kMemory = 8;
    if (deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
      throw std::runtime_error("zlib cannot be used");
    }
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string run(std::string_view body) {
    deflateReset(&stream_);
    std::string out(deflateBound(&stream_, body.size()), '\0');
    stream_.next_in = reinterpret_cast<const Bytef*>(body.data());
    stream_.avail_in = static_cast<uInt>(body.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("zlib failed");
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
};

Compressor::Compressor() = default;
Compressor::~Compressor() = default;

void Compressor::compress(const Request& request, Response& response) {
  constexpr size_t kMostBytes = 1 << 30;  // zlib counts in 32 bits
  const auto size = response.body.size();
  if (size < kFewestBytes || size > kMostBytes || response.status == 206) return;
  if (!is_text(response.header("Content-Type").value_or(""))) return;
  if (response.header("Content-Encoding")) return;  // a scenario's own
  if (!response.header("Vary")) response.set_header("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.headers.find("Accept-Encoding").value_or(""))) return;
  response.body = compressed(response.body);
  response.set_header("Content-Encoding", "gzip");
}

std::string Compressor::compressed(std::string_view body) {
  if (!deflater_) {
    deflater_ = std::make_unique<Deflater>();
    kept_.resize(kMostKept);
  }
  if (body.size() > kMostBytesKept) return deflater_->run(body);
  auto& kept = kept_[place_of(body, kept_.size())];
  if (kept.body != body) kept = {std::string(body), deflater_->run(body)};
  return kept.compressed;
}

}  // namespace graphmock::http
