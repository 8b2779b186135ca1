// Cuts the bytes of one connection into whole requests: a head, then the body that it announces.
// It holds the bytes and does no input or output, so it can be driven by any test.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/chunked_body.h"
#include "http/message.h"
#include "http/request_head.h"

namespace graphmock::http {

struct RequestLimits {
  size_t head_bytes;
  size_t body_bytes;
};

class RequestReader {
 public:
  explicit RequestReader(RequestLimits limits) : limits_(limits) {}

  // Ends the life of every view that next() gave.
  void append(std::string_view bytes);

  // True: `request` is the next whole one, until pop() or append(). False: more bytes must come.
  // Throws Error when the bytes are no request that could be served; nothing can follow then.
  bool next(Request& request);
  void pop();

  // Whether the client wants the connection to outlive the request that next() gave.
  bool keep_alive() const { return framing_.keep_alive; }
  // True once for a request that asks for "100 Continue" and whose body has not begun to come.
  bool take_expectation();
  // No byte of a further request is there.
  bool empty() const { return begin_ == buffer_.size(); }
  // The memory that it takes.
  size_t held_bytes() const {
    return buffer_.capacity() + (chunked_ ? chunked_->body().size() : 0);
  }
  // Forgets all, and frees what memory it can.
  void reset();

 private:
  enum class Stage { Head, Body };

  bool find_head_end();
  void check_first_line(size_t end) const;
  bool has_whole_body();
  std::string_view head() const { return std::string_view(buffer_).substr(begin_, head_size_); }
  size_t body_begin() const { return begin_ + head_size_; }

  RequestLimits limits_;
  std::string buffer_;
  size_t begin_ = 0;       // of the current request in the buffer
  size_t line_begin_ = 0;  // of the head's last line that has not ended yet
  size_t scanned_ = 0;     // no line end lies between line_begin_ and here
  Stage stage_ = Stage::Head;
  size_t head_size_ = 0;
  RequestFraming framing_;
  std::optional<ChunkedBody> chunked_;
  bool expectation_is_open_ = false;
};

}  // namespace graphmock::http
