// The query options of a request (OData URL 5), parsed. Whether the names in them exist is for
// those to say who apply them to a type.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/url.h"
#include "odata/expr.h"

namespace graphmock::odata {

struct OrderItem {
  ExprPtr expression;
  bool is_descending = false;
};

// A tree of words: `and`, `or`, `not` over words and phrases (URL 5.1.8).
struct Search;
using SearchPtr = std::shared_ptr<const Search>;
struct Search {
  enum class Kind { Word, Phrase, And, Or, Not };
  Kind kind = Kind::Word;
  std::string text;  // of Word and Phrase, quotes off
  std::vector<SearchPtr> operands;
};
std::string to_string(const Search& search);

struct ComputeItem {
  ExprPtr expression;
  std::string name;
};

// The transformations of $apply, see apply.h.
struct Sequence;
using SequencePtr = std::shared_ptr<const Sequence>;

struct Query;

struct SelectItem {
  std::vector<std::string> path;  // names and qualified types; "*" or "namespace.*" as its last
  std::shared_ptr<const Query> options;  // of "name($select=...)"; null for none
};

struct ExpandItem {
  std::vector<std::string> path;         // of "*" just that
  bool is_reference = false;             // "/$ref"
  bool is_count = false;                 // "/$count"
  std::shared_ptr<const Query> options;  // null for none
};

struct Query {
  ExprPtr filter;  // null: not given
  std::vector<OrderItem> orderby;
  std::vector<SelectItem> select;
  std::vector<ExpandItem> expand;
  std::vector<ComputeItem> compute;
  SearchPtr search;   // null: not given
  SequencePtr apply;  // null: not given
  std::optional<uint64_t> top, skip;
  std::optional<int64_t> levels;  // nested in $expand alone; -1 is "max"
  std::optional<bool> count;
  std::optional<std::string> format, skiptoken, deltatoken, id, schemaversion, index;
  std::map<std::string, ExprPtr> aliases;  // "@p" to its value
  std::string filter_text, orderby_text;   // as sent, for messages
};

// `options` decoded, as http::Url has them. The '$' of a system option may be left out and its
// name be of any case; what has no '$' and is no system option is custom and ignored, and so is a
// name in `parameters` (of a function that takes them as options). Throws http::Error (400): an
// unknown or repeated $option, a value that does not parse.
Query parse_query(const std::vector<http::QueryOption>& options,
                  const std::vector<std::string_view>& parameters = {});

}  // namespace graphmock::odata
