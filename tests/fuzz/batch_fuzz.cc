// Any bytes for a batch: refused with an http::Error of 400 or 501, or requests that can be sent
// and an answer that is JSON.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "fuzz_support.h"
#include "graph/batch.h"
#include "http/request_head.h"

namespace graphmock::fuzz {
namespace {

void check(const graph::BatchPart& part, size_t before) {
  expect(!part.id.empty() && http::is_token(part.method) && part.url.starts_with('/'));
  expect(part.url.size() <= http::kMaxTargetBytes);
  for (const auto index : part.depends_on) expect(index < before);
  for (const auto& [name, value] : part.headers) {
    expect(http::is_token(name) && value.find_first_of("\r\n") == std::string::npos);
  }
}

// Every part is answered with what it has sent.
void answer(std::vector<graph::BatchPart> parts) {
  const auto count = parts.size();
  size_t served = 0;
  const auto response =
      graph::answer_batch(std::move(parts), {"r", "c", {}}, [&](const graph::BatchPart& part) {
        ++served;
        http::Response echoed;
        echoed.status = part.error ? part.error->status : 200;
        for (const auto& [name, value] : part.headers) echoed.headers.add(name, value);
        echoed.body = part.body;
        return echoed;
      });
  expect(served == count);
  const auto text = base::parse_json(response.body);
  expect(text.at("responses").as_array().size() == count);
}

void read(const boost::json::object& envelope) {
  try {
    auto parts = graph::read_batch(envelope);
    expect(!parts.empty() && parts.size() <= graph::kMostBatchParts);
    for (size_t i = 0; i < parts.size(); ++i) check(parts[i], i);
    answer(std::move(parts));
  } catch (const http::Error& error) {
    expect(error.status == 400 || error.status == 501);
    expect(!error.message.empty());
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  try {
    const auto value = base::parse_json({reinterpret_cast<const char*>(data), size});
    if (value.is_object()) fuzz::read(value.get_object());
  } catch (const base::JsonError&) {
    return 0;
  }
  return 0;
}
