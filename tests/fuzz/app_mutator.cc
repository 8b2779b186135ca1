// How libFuzzer is to change the inputs of app_fuzz: mostly by whole requests and their parts, so
// that what comes out still gets past the framing.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "app_script.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

namespace graphmock::fuzz {
namespace {

using Random = std::minstd_rand;
using Requests = std::vector<std::string>;

constexpr std::array<std::string_view, 12> kFields = {
    "If-Match: {etag}",
    "If-None-Match: *",
    "Prefer: return=representation",
    "Prefer: odata.maxpagesize=1",
    "ConsistencyLevel: eventual",
    "X-Mock-Tenant: a",
    "Authorization: Bearer {token}",
    "Authorization: Bearer secret",
    "Content-Type: application/json",
    "Content-Type: text/plain; name=\"f\xFCr.txt\"",
    "client-request-id: a\xFF"
    "b",
    "Origin: http://page.test"};
constexpr std::array<std::string_view, 8> kPrefixes = {"/t/a",  "/#",    "/t/x/#",   "//",
                                                       "/beta", "/v1.0", "/__admin", "/common"};
constexpr std::array<std::string_view, 8> kMethods = {"GET",    "POST", "PATCH",   "PUT",
                                                      "DELETE", "HEAD", "OPTIONS", "QUERY"};

size_t below(size_t count, Random& random) {
  return count == 0 ? 0 : random() % count;
}

// Places of a request: behind the method, behind the target, behind the first line, before the
// body.
struct Places {
  explicit Places(const std::string& request) {
    line = std::min(request.find('\n'), request.size());
    method = std::min(request.find(' '), line);
    target = std::min(request.find(' ', method + 1), line);
    head = std::min(request.find("\n\n"), request.size());
  }
  size_t method, target, line, head;
};

// Any change of those bytes that libFuzzer thinks of.
std::string mutated(std::string_view text) {
  std::vector<uint8_t> bytes(text.size() + 64);
  std::copy(text.begin(), text.end(), bytes.begin());
  const auto size = LLVMFuzzerMutate(bytes.data(), text.size(), bytes.size());
  return std::string(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size));
}

void change_request(std::string& request, const Requests& others, Random& random) {
  const Places at(request);
  const auto& other = others[below(others.size(), random)];
  const Places there(other);
  const auto target_begin = std::min(at.method + 1, at.target);
  switch (below(8, random)) {
    case 0:
      request.replace(0, at.method, kMethods[below(kMethods.size(), random)]);
      break;
    case 1:
      request.insert(at.line, "\n" + std::string(kFields[below(kFields.size(), random)]));
      break;
    case 2:
      request.insert(target_begin, kPrefixes[below(kPrefixes.size(), random)]);
      break;
    case 3:
      request.replace(
          target_begin, at.target - target_begin,
          mutated(std::string_view(request).substr(target_begin, at.target - target_begin)));
      break;
    case 4:
      request.replace(at.head, std::string::npos,
                      "\n\n" + mutated(std::string_view(request).substr(
                                   std::min(at.head + 2, request.size()))));
      break;
    case 5:  // the other's target
      request.replace(at.method, at.target - at.method,
                      other.substr(there.method, there.target - there.method));
      break;
    case 6:  // the other's body
      request.replace(at.head, std::string::npos, other.substr(there.head));
      break;
    default:
      request = mutated(request);
  }
}

void change(Requests& requests, Random& random) {
  const auto which = below(requests.size(), random);
  const auto place = requests.begin() + static_cast<ptrdiff_t>(which);
  switch (below(8, random)) {
    case 0:
      if (requests.size() > 1) requests.erase(place);
      break;
    case 1:
      requests.insert(place, requests[below(requests.size(), random)]);
      break;
    case 2:
      std::swap(requests[which], requests[below(requests.size(), random)]);
      break;
    default:
      change_request(requests[which], Requests(requests), random);
  }
}

size_t give(const std::string& setup, const Requests& requests, uint8_t* data, size_t most) {
  Script script;
  script.setup = setup;
  script.requests.assign(requests.begin(), requests.end());
  const auto text = write_script(script);
  const auto size = std::min(text.size(), most);
  std::memcpy(data, text.data(), size);
  return size;
}

Script script_of(const uint8_t* data, size_t size) {
  return read_script({reinterpret_cast<const char*>(data), size});
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  using namespace graphmock::fuzz;
  Random random(seed);
  const auto script = script_of(data, size);
  if (script.requests.empty() || below(16, random) == 0) {
    return LLVMFuzzerMutate(data, size, most);
  }
  constexpr std::array<std::string_view, 4> kSetups = {"", "auth", "admin", "auth admin"};
  std::string setup(script.setup);
  if (below(32, random) == 0) setup = kSetups[below(kSetups.size(), random)];
  Requests requests(script.requests.begin(), script.requests.end());
  for (size_t left = 1 + below(3, random); left > 0; --left) change(requests, random);
  return give(setup, requests, data, most);
}

// Some requests of the one, then some of the other.
extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* data, size_t size, const uint8_t* other,
                                            size_t other_size, uint8_t* out, size_t most,
                                            unsigned seed) {
  using namespace graphmock::fuzz;
  Random random(seed);
  const auto first = script_of(data, size);
  const auto second = script_of(other, other_size);
  Requests requests;
  for (const auto request : first.requests) {
    if (below(3, random) != 0) requests.emplace_back(request);
  }
  for (const auto request : second.requests) {
    if (below(3, random) == 0) requests.emplace_back(request);
  }
  return give(std::string(first.setup), requests, out, most);
}
