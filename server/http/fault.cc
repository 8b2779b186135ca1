#include "http/fault.h"

#include <charconv>
#include <random>

namespace graphmock::http {
namespace {

constexpr size_t kRandomBytes = 256;
constexpr size_t kRandomChunkBytes = 32;
constexpr size_t kHalfAStatusLine = std::string_view("HTTP/1.1 2").size();

std::string hexadecimal(size_t number) {
  char digits[2 * sizeof number];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number, 16).ptr;
  return std::string(digits, end);
}

// A good chunk, then what is none.
void malform(uint64_t seed, std::string& answer) {
  const size_t head = head_size(answer);
  const std::string first = answer.substr(head, (answer.size() - head) / 2);
  answer.resize(head);
  if (!first.empty()) answer += hexadecimal(first.size()) + "\r\n" + first + "\r\n";
  answer += random_bytes(seed, kRandomChunkBytes) + "\r\n";
}

void truncate(std::string& answer) {
  const size_t head = head_size(answer);
  const size_t body = answer.size() - head;
  answer.resize(body > 0 ? head + body / 2 : kHalfAStatusLine);
}

}  // namespace

void inflict(Fault fault, uint64_t seed, std::string& answer) {
  switch (fault) {
    case Fault::None:
      break;
    case Fault::ConnectionReset:
    case Fault::EmptyResponse:
      answer.clear();
      break;
    case Fault::MalformedChunk:
      malform(seed, answer);
      break;
    case Fault::RandomDataThenClose:
      answer = random_bytes(seed, kRandomBytes);
      break;
    case Fault::TruncatedBody:
      truncate(answer);
      break;
  }
}

std::string random_bytes(uint64_t seed, size_t size) {
  std::mt19937_64 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  if (!bytes.empty()) bytes[0] = static_cast<char>(bytes[0] | 0x80);
  return bytes;
}

size_t head_size(std::string_view bytes) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const size_t end = bytes.find(kEnd);
  return end == std::string_view::npos ? 0 : end + kEnd.size();
}

}  // namespace graphmock::http
