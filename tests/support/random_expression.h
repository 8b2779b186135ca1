// Random expressions, and random entities for them, of a small model with a property of a few
// types. The same seed gives the same.
#pragma once

#include <random>
#include <string>

#include "model/model.h"

namespace graphmock::support {

// Properties i, j (Edm.Int32), d (Edm.Decimal), s, t (Edm.String), b, c (Edm.Boolean), n
// (Collection(Edm.Int32)), w (Collection(Edm.String)) and p (complex: i, s); all may be null.
const model::Model& random_model();
const model::StructuredType& random_type();

class RandomExpressions {
 public:
  explicit RandomExpressions(uint32_t seed) : random_(seed) {}

  std::string condition() { return boolean(4); }
  std::string any_value();  // of any type
  std::string entity();     // as JSON

 private:
  size_t below(size_t count) {
    return std::uniform_int_distribution<size_t>(0, count - 1)(random_);
  }
  template <size_t N>
  std::string one_of(const std::string_view (&texts)[N]) {
    return std::string(texts[below(N)]);
  }
  std::string boolean(int depth);
  std::string number(int depth);
  std::string text(int depth);
  std::string list_of_numbers(int depth);
  std::string lambda(int depth);

  std::mt19937 random_;
  int variables_ = 0;  // lambdas around, over numbers: v1, v2 ...
};

}  // namespace graphmock::support
