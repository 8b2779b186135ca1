// A CSDL document of any bytes is read, or refused with what is wrong in which line; and a model
// that comes of it can be walked and addressed.
#include <cstdint>
#include <string_view>

#include "fuzz_support.h"
#include "http/error.h"
#include "model/csdl_reader.h"
#include "odata/path.h"

namespace graphmock::fuzz {
namespace {

void walk(const model::StructuredType& type) {
  for (const auto& property : type.properties) {
    expect(type.property(property.name) == &property);
    expect(!property.type.name().empty());
  }
  for (const auto& navigation : type.navigations) {
    expect(type.navigation(navigation.name) == &navigation);
    expect(navigation.type && navigation.type->is_entity);
  }
  expect(!type.base || !type.base->derives_from(type));
}

void address(const model::Model& model, std::string_view root) {
  try {
    expect(!odata::resolve(model, root).steps.empty());
  } catch (const http::Error&) {
    // A name may hold what ends a segment.
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  base::LoadErrors errors;
  const auto model = model::read_csdl("v1.0", "fuzz.xml", text, errors);
  for (const auto& error : errors) fuzz::expect(error.line > 0 && !error.what.empty());
  if (!errors.empty()) return 0;
  model->for_each_structured_type([](const model::StructuredType& type) { fuzz::walk(type); });
  for (const auto root : model->root_names()) fuzz::address(*model, root);
  return 0;
}
