#include "model/models.h"

namespace graphmock::model {

const Model* Models::version(std::string_view name) const {
  for (const auto& model : all_) {
    if (model->version() == name) return model.get();
  }
  return nullptr;
}

size_t Models::index_of(const Model& model) const {
  size_t index = 0;
  while (index < all_.size() && all_[index].get() != &model) ++index;
  return index;
}

const StructuredType* Models::structured_type(std::string_view name) const {
  for (const auto& model : all_) {
    if (const auto* type = model->structured_type(name)) return type;
  }
  return nullptr;
}

}  // namespace graphmock::model
