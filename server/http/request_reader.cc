#include "http/request_reader.h"

#include "http/error.h"

namespace graphmock::http {
namespace {

// An idle connection keeps no more than this.
constexpr size_t kSmallBufferBytes = 4 * 1024;
// Beside the target: a method, a version, and the scheme and host of an absolute target.
constexpr size_t kMaxRequestLineBytes = kMaxTargetBytes + 1024;

}  // namespace

void RequestReader::append(std::string_view bytes) {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    line_begin_ -= begin_;
    scanned_ -= begin_;
    begin_ = 0;
  }
  buffer_.append(bytes);
}

bool RequestReader::next(Request& request) {
  const bool head_is_new = stage_ == Stage::Head;
  if (head_is_new) {
    if (!find_head_end()) return false;
    framing_ = parse_request_head(head(), request);
    if (framing_.content_length > limits_.body_bytes) {
      throw Error(413, "",
                  "The body is larger than " + std::to_string(limits_.body_bytes) + " bytes.");
    }
    if (framing_.chunked) chunked_.emplace(limits_.body_bytes, limits_.head_bytes);
    expectation_is_open_ = framing_.expects_continue && body_begin() == buffer_.size();
    stage_ = Stage::Body;
  }
  if (!has_whole_body()) return false;
  // The buffer has grown since the views were made, so they are made again.
  if (!head_is_new) framing_ = parse_request_head(head(), request);
  request.target = Target::read(framing_.target);
  request.body = chunked_ ? chunked_->body()
                          : std::string_view(buffer_).substr(body_begin(), framing_.content_length);
  return true;
}

// Looks at each line once, however slowly the head arrives.
bool RequestReader::find_head_end() {
  for (;;) {
    const size_t end = buffer_.find('\n', scanned_);
    const bool in_first_line = line_begin_ == begin_;
    if (in_first_line) check_first_line(end == std::string::npos ? buffer_.size() : end);
    if ((end == std::string::npos ? buffer_.size() : end + 1) - begin_ > limits_.head_bytes) {
      throw Error(
          431, "",
          "The request's head is larger than " + std::to_string(limits_.head_bytes) + " bytes.");
    }
    scanned_ = end == std::string::npos ? buffer_.size() : end + 1;
    if (end == std::string::npos) return false;
    if (end == line_begin_ || buffer_[end - 1] != '\r') {
      throw Error(400, "", "A line of the request's head does not end in CRLF.");
    }
    const bool is_empty = end - line_begin_ == 1;
    line_begin_ = scanned_;
    if (!is_empty) continue;
    if (in_first_line) {
      begin_ = scanned_;  // an empty line before a request is to be ignored (RFC 9112 2.2)
      continue;
    }
    head_size_ = scanned_ - begin_;
    return true;
  }
}

void RequestReader::check_first_line(size_t end) const {
  if (empty()) return;
  if (end - begin_ > kMaxRequestLineBytes) {
    throw Error(414, "", "The URL is longer than " + std::to_string(kMaxTargetBytes) + " bytes.");
  }
  // Said at once, as what is no HTTP may never send a line end: a TLS handshake, for instance.
  const char first = buffer_[begin_];
  if (first != '\r' && first != '\n' && !is_token_character(first)) {
    throw Error(400, "", "This is not HTTP/1.1. Did the client mean to speak TLS (https)?");
  }
}

bool RequestReader::has_whole_body() {
  if (!chunked_) return buffer_.size() - body_begin() >= framing_.content_length;
  const size_t used = chunked_->read(std::string_view(buffer_).substr(body_begin()));
  buffer_.erase(body_begin(), used);
  return chunked_->complete();
}

void RequestReader::pop() {
  begin_ = body_begin() + (chunked_ ? 0 : framing_.content_length);
  line_begin_ = scanned_ = begin_;
  head_size_ = 0;
  stage_ = Stage::Head;
  chunked_.reset();
  expectation_is_open_ = false;
  if (empty()) reset();
}

bool RequestReader::take_expectation() {
  const bool taken = expectation_is_open_;
  expectation_is_open_ = false;
  return taken;
}

void RequestReader::reset() {
  if (buffer_.capacity() > kSmallBufferBytes) {
    std::string().swap(buffer_);  // assigning an empty one would keep the memory
  } else {
    buffer_.clear();
  }
  begin_ = line_begin_ = scanned_ = head_size_ = 0;
  stage_ = Stage::Head;
  framing_ = RequestFraming();
  chunked_.reset();
  expectation_is_open_ = false;
}

}  // namespace graphmock::http
