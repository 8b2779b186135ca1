#include "tenant/tenant.h"

#include <gtest/gtest.h>

#include <string>

#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::tenant {
namespace {

struct FactsRow {
  std::string_view name;
  std::string_view target;
  std::string_view types;  // without namespace
  std::string_view operation;
};

class FactsOf : public testing::TestWithParam<FactsRow> {};

TEST_P(FactsOf, HaveTheTypesThatTheUrlAddresses) {
  const base::ManualClock clock{base::Instant(std::chrono::hours(24))};
  auto world = std::make_shared<World>();
  world->models = support::small_models();
  world->fixtures = std::make_shared<store::Snapshot>();
  world->clock = &clock;
  const Tenant tenant(world);
  Exchange exchange;
  exchange.method = "GET";
  exchange.url = GetParam().target;
  std::string types, operation;
  tenant.recall(exchange, [&](const graph::Call&, const scenario::Facts& facts) {
    for (const auto* type : facts.types) {
      types += types.empty() ? "" : " ";
      types += type->name.substr(type->name.rfind('.') + 1);
    }
    operation = facts.operation;
  });
  EXPECT_EQ(types, GetParam().types);
  EXPECT_EQ(operation, GetParam().operation);
}

constexpr FactsRow kFacts[] = {
    {"Entity", "/v1.0/users/1", "user", ""},
    {"Collection", "/v1.0/users", "user", ""},
    {"Singleton", "/v1.0/me", "user", ""},
    {"Count", "/v1.0/users/$count", "user", ""},
    {"Property", "/v1.0/users/1/displayName", "user", ""},
    {"PropertyValue", "/v1.0/users/1/displayName/$value", "user", ""},
    {"ComplexProperty", "/v1.0/users/1/home", "address user", ""},
    {"PropertyOfAComplexProperty", "/v1.0/users/1/home/place/latitude", "place address user", ""},
    {"CollectionProperty", "/v1.0/users/1/phones", "user", ""},
    {"Navigation", "/v1.0/users/1/messages/2", "message", ""},
    {"NavigationOfABaseType", "/v1.0/users/1/manager", "directoryObject", ""},
    {"Reference", "/v1.0/users/1/manager/$ref", "directoryObject", ""},
    {"Cast", "/v1.0/directoryObjects/1/microsoft.graph.user", "user", ""},
    {"CastOfACollection", "/v1.0/directoryObjects/microsoft.graph.group", "group", ""},
    {"OfTheVersion", "/beta/gadgets", "gadget", ""},
    {"OfNoneInTheVersion", "/v1.0/gadgets", "", ""},
    {"Function", "/v1.0/users/delta()", "user", "microsoft.graph.delta"},
    {"Action", "/v1.0/directoryObjects/getByIds", "directoryObject", "microsoft.graph.getByIds"},
    {"ActionByItsWholeName", "/v1.0/directoryObjects/1/microsoft.graph.restore", "directoryObject",
     "microsoft.graph.restore"},
    {"ActionThatReturnsNothing", "/v1.0/me/messages/1/forward", "message",
     "microsoft.graph.forward"},
    {"FunctionThatReturnsATextOfAnEntity",
     "/v1.0/me/reminderView(startDateTime='1',endDateTime='2')", "user",
     "microsoft.graph.reminderView"},
    {"FunctionImport", "/v1.0/ping()", "", "microsoft.graph.ping"},
    {"Nothing", "/v1.0/nothing", "", ""},
    {"NoVersion", "/v3.0/users", "", ""},
};

INSTANTIATE_TEST_SUITE_P(Tenant, FactsOf, testing::ValuesIn(kFacts), support::RowName());

}  // namespace
}  // namespace graphmock::tenant
