#include "graph/equality.h"

#include <gtest/gtest.h>

#include "odata/expr_parser.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

struct EqualityRow {
  std::string_view name, filter, expected;
};

class EqualityIn : public testing::TestWithParam<EqualityRow> {};

TEST_P(EqualityIn, IsWhatEveryMatchHasToHave) {
  static const auto models = support::small_models();
  const auto& user = *models.version("v1.0")->structured_type("microsoft.graph.user");
  const auto filter = odata::parse_expression(GetParam().filter);
  const auto found = equality_in(*filter, user);
  EXPECT_EQ(found ? std::string(found->property) + "=" + std::string(found->value) : "none",
            GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Filters, EqualityIn,
    testing::Values(EqualityRow{"Alone", "displayName eq 'A'", "displayName=A"},
                    EqualityRow{"InAnyCase", "DISPLAYNAME eq 'A'", "displayName=A"},
                    EqualityRow{"TheOtherWayRound", "'A' eq displayName", "displayName=A"},
                    EqualityRow{"WithinAnd",
                                "accountEnabled eq true and (id ne 'x' and displayName eq 'A')",
                                "displayName=A"},
                    EqualityRow{"NotWithinOr", "displayName eq 'A' or displayName eq 'B'", "none"},
                    EqualityRow{"NotWithinNot", "not (displayName eq 'A')", "none"},
                    EqualityRow{"NotOfNull", "displayName eq null", "none"},
                    EqualityRow{"NotOfOtherTypes", "accountEnabled eq true", "none"},
                    EqualityRow{"NotOfPaths", "manager/displayName eq 'A'", "none"},
                    EqualityRow{"NotOfDynamicProperties", "nickname eq 'A'", "none"},
                    EqualityRow{"NotOfNe", "displayName ne 'A'", "none"}),
    support::RowName());

}  // namespace
}  // namespace graphmock::graph
