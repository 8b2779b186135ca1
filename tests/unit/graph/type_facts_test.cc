#include "graph/type_facts.h"

#include <gtest/gtest.h>

#include <string>

#include "support/project_data.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

struct FactRow {
  std::string_view name;  // of the type, without namespace
  int update_status;
};

class UpdateStatus : public testing::TestWithParam<FactRow> {};

TEST_P(UpdateStatus, IsTheTypes) {
  static const auto models = [] {
    base::LoadErrors errors;
    return support::load_shipped_models(errors);
  }();
  const auto* type = models.structured_type("microsoft.graph." + std::string(GetParam().name));
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(facts_of(*type).update_status, GetParam().update_status);
}

// As the pages of the Graph API reference have it under "Response".
constexpr FactRow kFacts[] = {
    {"user", 204},     {"group", 204},   {"application", 204}, {"device", 204},
    {"domain", 204},   {"message", 200}, {"event", 200},       {"contact", 200},
    {"team", 204},     {"channel", 204}, {"driveItem", 200},   {"mailFolder", 200},
    {"calendar", 200}, {"entity", 200},
};

INSTANTIATE_TEST_SUITE_P(TypeFacts, UpdateStatus, testing::ValuesIn(kFacts), support::RowName());

}  // namespace
}  // namespace graphmock::graph
