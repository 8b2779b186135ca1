// Where one page ends and the next begins: the place of the page's last entity in the collection
// and, where $orderby has the word, the values that it was ordered by. What is made or deleted
// between two pages so neither repeats nor hides the others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/model.h"
#include "odata/value.h"

namespace graphmock::graph {

struct PageToken {
  odata::Values keys;
  uint64_t place = 0;
};

// Opaque to clients.
std::string to_text(const PageToken& token);
// Throws http::Error (400) for a text that to_text() has not made of so many keys.
PageToken parse_page_token(std::string_view text, size_t key_count, const model::Model& model);

}  // namespace graphmock::graph
