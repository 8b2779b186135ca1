// $search in the service's two dialects ("Use the $search query parameter"): among directory
// objects "property:text", elsewhere words of an item, which of a message may be asked of one of
// its parts, as in "subject:budget".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/query.h"

namespace graphmock::graph {

// A search made ready to be asked of many items of a type.
class ItemSearch {
 public:
  // Throws http::Error: 400 for a clause that the type does not understand, 501 for one that is not
  // implemented.
  ItemSearch(const odata::Search& search, const model::Model& model,
             const model::StructuredType& type);

  // The item is a JSON object without white space.
  bool finds(std::string_view item) const;

 private:
  enum class Rule { HasWords, BeginsWith, IsTrue };
  struct Node {
    odata::Search::Kind kind;
    std::vector<Node> operands;
    Rule rule = Rule::HasWords;
    std::string property;                    // of a directory object, where to look
    std::vector<std::string_view> pointers;  // of others; none: everywhere
    std::vector<std::string> words;          // or the one text, in lower case
  };

  Node node_of(const odata::Search& search) const;
  Node clause(std::string_view text) const;
  Node directory_clause(std::string_view text) const;
  // An item, parsed when something has to look at all of it.
  struct Looked;
  static bool finds(const Node& node, Looked& item);

  const model::Model& model_;
  const model::StructuredType& type_;
  const Node root_;
};

}  // namespace graphmock::graph
