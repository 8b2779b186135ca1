// Any bytes for a URL: taken apart and read against the shipped model of v1.0, or refused with an
// http::Error.
#include <cstdint>
#include <string_view>

#include "base/text.h"
#include "fuzz_support.h"
#include "http/error.h"
#include "http/url.h"
#include "odata/path.h"

namespace graphmock::fuzz {
namespace {

// What the rest of the server takes for granted of a target.
void check(const odata::Target& target) {
  expect(target.model == &shipped_model());
  expect(!target.steps.empty());
  for (const auto& step : target.steps) {
    const bool is_last = &step == &target.last();
    const bool is_keyed = step.kind == odata::StepKind::Key || step.kind == odata::StepKind::Path;
    expect(step.name.empty() == is_keyed);
    expect(step.alternate_key.empty() || step.kind == odata::StepKind::Key);
    expect(!!step.operation == (step.kind == odata::StepKind::Operation));
    expect(!!step.navigation == (step.kind == odata::StepKind::Navigation));
    expect(!!step.property == (step.kind == odata::StepKind::Property));
    // Behind the last entity stand properties, results of composable functions, and "$value".
    expect(is_last || step.type || step.property || step.operation);
  }
  expect(target.entity_steps() <= target.steps.size());
  expect(!target.is_entities() || target.last().type);
}

void refused(const http::Error& error) {
  expect(error.status == 400 || error.status == 501);
  expect(!error.message.empty());
}

void as_target(std::string_view text) {
  try {
    const auto url = http::parse_url(text);
    expect(url.segments.size() <= http::kMaxSegments);
    for (const auto& segment : url.segments) expect(base::is_valid_utf8(segment));
    expect(odata::plain_segments(url.segments).size() >= url.segments.size());
    check(odata::resolve(shipped_model(), url.segments));
  } catch (const http::Error& error) {
    expect(base::is_valid_utf8(error.message));
    refused(error);
  }
}

void as_path(std::string_view text) {
  try {
    check(odata::resolve(shipped_model(), text));
  } catch (const http::Error& error) {
    refused(error);
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  graphmock::fuzz::as_target(text);
  graphmock::fuzz::as_path(text);
  return 0;
}
