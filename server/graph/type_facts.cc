#include "graph/type_facts.h"

#include <array>

namespace graphmock::graph {
namespace {

constexpr TypeFacts kGeneral{"", 200};

// Source: the "Response" sections of the pages of the Graph API reference.
constexpr std::array kFacts = {
    TypeFacts{"microsoft.graph.directoryObject", 204},
    TypeFacts{"microsoft.graph.domain", 204},
    TypeFacts{"microsoft.graph.oAuth2PermissionGrant", 204},
    TypeFacts{"microsoft.graph.policyBase", 204},
    TypeFacts{"microsoft.graph.groupSetting", 204},
    TypeFacts{"microsoft.graph.team", 204},
    TypeFacts{"microsoft.graph.channel", 204},
};

}  // namespace

const TypeFacts& facts_of(const model::StructuredType& type) {
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base) {
    for (const auto& facts : kFacts) {
      if (facts.type == ancestor->name) return facts;
    }
  }
  return kGeneral;
}

}  // namespace graphmock::graph
