// The models of all versions that the server answers for, side by side: one store lies behind
// them, and each shows what it declares.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace graphmock::model {

class Models {
 public:
  static constexpr size_t kMaxVersions = 8;

  void add(std::unique_ptr<Model> model) { all_.push_back(std::move(model)); }

  // Null for a version that is not served.
  const Model* version(std::string_view name) const;
  size_t index_of(const Model& model) const;
  const std::vector<std::unique_ptr<Model>>& all() const { return all_; }

  // As the first version that has it declares it; null when none has.
  const StructuredType* structured_type(std::string_view name) const;

 private:
  std::vector<std::unique_ptr<Model>> all_;
};

}  // namespace graphmock::model
