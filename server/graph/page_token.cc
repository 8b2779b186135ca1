#include "graph/page_token.h"

#include <boost/json/array.hpp>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

[[noreturn]] void refuse() {
  throw http::Error(400, "",
                    "The value of '$skiptoken' is not one that this server gave for this query. "
                    "Take the address of the next page from '@odata.nextLink' as it is.");
}

}  // namespace

// [place, [kind, text], ...], each key as the literal that stands for it.
std::string to_text(const PageToken& token) {
  json::array array{token.place};
  for (const auto& key : token.keys) {
    const auto literal = odata::literal_of(key);
    array.push_back(json::array{static_cast<int64_t>(literal.kind), literal.text});
  }
  return base::base64url_encode(base::to_json(array));
}

PageToken parse_page_token(std::string_view text, size_t key_count, const model::Model& model) {
  const auto decoded = base::base64url_decode(text);
  if (!decoded) refuse();
  try {
    const auto value = base::parse_json(*decoded);
    const auto* array = value.if_array();
    if (!array || array->size() != key_count + 1 || !array->front().is_int64()) refuse();
    PageToken token;
    token.place = static_cast<uint64_t>(array->front().get_int64());
    for (size_t i = 1; i < array->size(); ++i) {
      const auto* pair = (*array)[i].if_array();
      const bool is_pair =
          pair && pair->size() == 2 && (*pair)[0].is_int64() && base::is_string((*pair)[1]);
      const auto kind = is_pair ? (*pair)[0].get_int64() : -1;
      if (kind < 0 || kind > static_cast<int64_t>(odata::LiteralKind::Geography)) refuse();
      const odata::Literal literal{static_cast<odata::LiteralKind>(kind),
                                   base::text_of(&(*pair)[1])};
      token.keys.push_back(odata::value_of(literal, model));
    }
    return token;
  } catch (const base::JsonError&) {
    refuse();
  }
}

}  // namespace graphmock::graph
