#include "facts/type_facts.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::facts {
namespace {

// Types of the service, by name and ancestry alone; it is all that facts go by.
std::string ancestry() {
  std::string types = R"(<EntityType Name="entity"><Key><PropertyRef Name="id"/></Key>
    <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>)";
  const auto declare = [&](const std::string& base, const std::vector<std::string>& names) {
    for (const auto& name : names) {
      types += "<EntityType Name=\"" + name + "\" BaseType=\"graph." + base + "\"/>\n";
    }
  };
  declare("entity", {"directoryObject", "authenticationMethodConfiguration", "outlookItem",
                     "scheduleChangeRequest", "channel", "team", "plannerPlan", "driveItem",
                     "workbookTable", "contentType", "contraption"});
  declare("directoryObject", {"user", "group", "contract", "organization"});
  declare("authenticationMethodConfiguration", {"smsAuthenticationMethodConfiguration"});
  declare("outlookItem", {"message", "contact"});
  declare("message", {"eventMessage"});
  declare("eventMessage", {"eventMessageRequest"});
  declare("scheduleChangeRequest", {"offerShiftRequest"});
  declare("offerShiftRequest", {"swapShiftsChangeRequest"});
  return types;
}

const TypeFacts& facts_named(const std::string& name) {
  static const auto kModel = support::read_model("v1.0", support::csdl(ancestry()));
  const auto* type = kModel->structured_type("microsoft.graph." + name);
  if (!type) throw std::runtime_error("no type " + name);
  return facts_of(*type);
}

struct StatusRow {
  std::string name;  // of the type, without namespace
  int update;
  int create;
  int replace;
  int remove;
};

class TypeStatuses : public testing::TestWithParam<StatusRow> {};

TEST_P(TypeStatuses, AreTheTypes) {
  const auto& row = GetParam();
  const auto& facts = facts_named(row.name);
  EXPECT_EQ(facts.update, row.update);
  EXPECT_EQ(facts.create, row.create);
  EXPECT_EQ(facts.replace, row.replace);
  EXPECT_EQ(facts.remove, row.remove);
}

// As the pages of the Graph API reference have it under "Response"; 0: as for all.
const StatusRow kStatusRows[] = {
    {"user", 204, 0, 0, 0},    {"group", 204, 0, 0, 0},        {"contact", 0, 0, 0, 0},
    {"channel", 204, 0, 0, 0}, {"organization", 204, 0, 0, 0}, {"plannerPlan", 204, 0, 0, 0},
    {"message", 0, 0, 0, 0},   {"team", 204, 202, 201, 0},     {"directoryObject", 204, 200, 0, 0},
    {"driveItem", 0, 0, 0, 0}, {"workbookTable", 0, 0, 0, 200}};

INSTANTIATE_TEST_SUITE_P(TypeFacts, TypeStatuses, testing::ValuesIn(kStatusRows),
                         support::RowName());

TEST(TypeFacts, ComeFromAnAncestor) {
  EXPECT_EQ(facts_named("smsAuthenticationMethodConfiguration").update, 204);
  EXPECT_EQ(facts_named("contract").update, 204);  // directoryObject's
}

TEST(TypeFacts, ComeOneByOneFromTheNearestAncestorThatHasThem) {
  const auto& facts = facts_named("eventMessageRequest");
  EXPECT_TRUE(lists(facts.read_only, "receivedDateTime"));  // message's
  EXPECT_EQ(facts.id, IdStyle::OutlookItem);                // outlookItem's
  EXPECT_TRUE(facts.has_etag);
  EXPECT_FALSE(lists(facts_named("contact").read_only, "receivedDateTime"));
  EXPECT_TRUE(lists(facts_named("contact").read_only, "changeKey"));
}

TEST(TypeFacts, AnIdsPrefixComesWithItsStyle) {
  EXPECT_EQ(facts_named("swapShiftsChangeRequest").id_prefix, "SREQ_");
  EXPECT_EQ(facts_named("swapShiftsChangeRequest").id, IdStyle::Guid);
  EXPECT_EQ(facts_named("contentType").id_prefix, "0x0100");
  EXPECT_EQ(facts_named("contentType").id, IdStyle::HexGuid);
}

TEST(TypeFacts, OfAUser) {
  const auto& facts = facts_named("user");
  EXPECT_TRUE(lists(facts.required, "userPrincipalName"));
  EXPECT_TRUE(lists(facts.unique, "userPrincipalName"));
  EXPECT_TRUE(facts.is_recycled);
  EXPECT_FALSE(facts_named("contract").is_recycled);
}

TEST(TypeFacts, CreationIsNotInherited) {
  EXPECT_EQ(facts_named("directoryObject").create, 200);
  EXPECT_EQ(facts_named("user").create, 0);
}

TEST(TypeFacts, OfATypeWithoutAny) {
  const auto& facts = facts_named("contraption");
  EXPECT_EQ(facts.update, 0);
  EXPECT_EQ(facts.id, IdStyle::Guid);
  EXPECT_TRUE(facts.required.empty());
  EXPECT_FALSE(facts.is_recycled);
}

}  // namespace
}  // namespace graphmock::facts
