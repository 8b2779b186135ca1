#include "model/model.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/models.h"
#include "support/small_service.h"

namespace graphmock::model {
namespace {

const StructuredType& type(const Model& model, std::string_view name) {
  const auto* found = model.structured_type("microsoft.graph." + std::string(name));
  if (!found) throw std::logic_error("no type " + std::string(name));
  return *found;
}

TEST(StructuredType, FindsMembersToTheLetterOrIgnoringCase) {
  const auto model = support::small_model();
  const auto& user = type(*model, "user");
  EXPECT_EQ(user.property("displayname"), nullptr);
  ASSERT_NE(user.property_ignoring_case("DISPLAYNAME"), nullptr);
  EXPECT_EQ(user.property_ignoring_case("DISPLAYNAME")->name, "displayName");
  EXPECT_EQ(user.property_ignoring_case("DeletedDateTime")->name, "deletedDateTime") << "inherited";
  EXPECT_EQ(user.property_ignoring_case("manager"), nullptr);
  EXPECT_EQ(user.navigation("Manager"), nullptr);
  ASSERT_NE(user.navigation_ignoring_case("Manager"), nullptr);
  EXPECT_EQ(user.navigation_ignoring_case("Manager")->name, "manager");
  EXPECT_EQ(user.navigation_ignoring_case("displayName"), nullptr);
  EXPECT_EQ(user.property(""), nullptr);
}

TEST(StructuredType, NamesEveryMember) {
  const auto model = support::small_model();
  auto names = type(*model, "group").member_names();
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string_view>{"deletedDateTime", "displayName", "id", "members",
                                                  "owners"}));
}

TEST(Model, FindsSetsSingletonsAndImportsIgnoringCase) {
  const auto model = support::small_model();
  EXPECT_EQ(model->entity_set("USERS")->name, "users");
  EXPECT_EQ(model->singleton("Me")->name, "me");
  EXPECT_NE(model->import("PING"), nullptr);
  EXPECT_EQ(model->entity_set("me"), nullptr);
  EXPECT_EQ(model->singleton("users"), nullptr);
  EXPECT_EQ(model->import("delta"), nullptr) << "bound";
  EXPECT_EQ(model->entity_set(""), nullptr);
}

TEST(Model, NamesItsRoots) {
  const auto model = support::small_model();
  EXPECT_EQ(model->root_names(),
            (std::vector<std::string_view>{"admin", "directoryObjects", "drives", "groups", "me",
                                           "notes", "orphans", "reports", "tags", "users"}));
}

TEST(Model, FindsABoundOperationByPlainOrQualifiedName) {
  const auto model = support::small_model();
  const auto& user = type(*model, "user");
  const auto* plain = model->bound_operation("reminderView", user, false);
  ASSERT_NE(plain, nullptr);
  EXPECT_EQ(model->bound_operation("microsoft.graph.reminderView", user, false), plain);
  EXPECT_EQ(model->bound_operation("graph.reminderView", user, false), plain);
  EXPECT_EQ(model->bound_operation("MICROSOFT.GRAPH.REMINDERVIEW", user, false), plain);
  EXPECT_EQ(model->bound_operation("reminderview", user, false), plain);
  EXPECT_EQ(model->bound_operation("other.space.reminderView", user, false), nullptr);
  EXPECT_EQ(model->bound_operation("none", user, false), nullptr);
}

TEST(Model, TellsCollectionBoundFromEntityBoundOperations) {
  const auto model = support::small_model();
  const auto& user = type(*model, "user");
  EXPECT_EQ(model->bound_operation("reminderView", user, true), nullptr);
  EXPECT_EQ(model->bound_operation("delta", user, false), nullptr);
  EXPECT_NE(model->bound_operation("delta", user, true), nullptr);
}

TEST(Model, ChoosesTheOverloadOfTheTypeAddressed) {
  const auto model = support::small_model();
  const auto* of_users = model->bound_operation("delta", type(*model, "user"), true);
  const auto* of_groups = model->bound_operation("delta", type(*model, "group"), true);
  ASSERT_NE(of_users, nullptr);
  ASSERT_NE(of_groups, nullptr);
  EXPECT_EQ(of_users->returns->structured, &type(*model, "user"));
  EXPECT_EQ(of_groups->returns->structured, &type(*model, "group"));
  EXPECT_EQ(model->bound_operation("delta", type(*model, "note"), true), nullptr);
}

TEST(Model, FindsAnOperationOfAnAncestor) {
  const auto model = support::small_model();
  EXPECT_NE(model->bound_operation("getByIds", type(*model, "group"), true), nullptr);
  EXPECT_NE(model->bound_operation("restore", type(*model, "user"), false), nullptr);
  EXPECT_NE(model->bound_operation("forward", type(*model, "eventMessage"), false), nullptr);
  EXPECT_EQ(model->bound_operation("forward", type(*model, "outlookItem"), false), nullptr)
      << "of a derived type alone";
}

TEST(Model, PrefersTheOperationOfTheNearestAncestor) {
  const auto model = support::read_model("v1.0", support::csdl(R"xml(
<EntityType Name="a"/><EntityType Name="b" BaseType="graph.a"/><EntityType Name="c" BaseType="graph.b"/>
<Function Name="f" IsBound="true"><Parameter Name="it" Type="graph.a"/><ReturnType Type="Edm.Int16"/></Function>
<Function Name="f" IsBound="true"><Parameter Name="it" Type="graph.b"/><ReturnType Type="Edm.Int32"/></Function>)xml"));
  EXPECT_EQ(model->bound_operation("f", type(*model, "c"), false)->returns->name(), "Edm.Int32");
  EXPECT_EQ(model->bound_operation("f", type(*model, "b"), false)->returns->name(), "Edm.Int32");
  EXPECT_EQ(model->bound_operation("f", type(*model, "a"), false)->returns->name(), "Edm.Int16");
}

TEST(Model, TakesAnEntitySetThatTheCsdlLacks) {
  const auto model = support::small_model();
  model->add_entity_set("counts", type(*model, "count"));
  ASSERT_NE(model->entity_set("Counts"), nullptr);
  EXPECT_EQ(model->entity_set("counts")->name, "counts");
  EXPECT_TRUE(model->entity_set("counts")->is_added);
  EXPECT_FALSE(model->entity_set("users")->is_added);
}

TEST(Model, KeepsAnEntitySetThatIsThere) {
  const auto model = support::small_model();
  model->add_entity_set("USERS", type(*model, "count"));
  EXPECT_EQ(model->entity_set("users")->type, &type(*model, "user"));
  EXPECT_FALSE(model->entity_set("users")->is_added);
}

TEST(Model, TakesANavigationThatTheCsdlLacks) {
  const auto model = support::small_model();
  const auto& reports = type(*model, "reportRoot");
  for (const std::string_view name : {"counts", "aaa", "zzz"}) {
    model->add_navigation(reports, name, type(*model, "count"));
    const auto* added = reports.navigation(name);
    ASSERT_NE(added, nullptr) << name;
    EXPECT_TRUE(added->is_added);
    EXPECT_TRUE(added->is_collection);
    EXPECT_TRUE(added->is_contained);
    EXPECT_EQ(added->type, &type(*model, "count"));
  }
  EXPECT_NE(reports.navigation("tags"), nullptr) << "those that were there are found as before";
}

TEST(Model, KeepsAMemberOfThatNameThatIsThere) {
  const auto model = support::small_model();
  const auto& user = type(*model, "user");
  model->add_navigation(user, "MANAGER", type(*model, "count"));
  model->add_navigation(user, "displayName", type(*model, "count"));
  EXPECT_EQ(user.navigation("manager")->type, &type(*model, "directoryObject"));
  EXPECT_EQ(user.navigation("MANAGER"), nullptr);
  EXPECT_EQ(user.navigation("displayName"), nullptr);
}

TEST(Models, AreFoundByVersion) {
  const auto models = support::small_models();
  ASSERT_EQ(models.all().size(), 2u);
  EXPECT_EQ(models.version("v1.0"), models.all()[0].get());
  EXPECT_EQ(models.version("beta"), models.all()[1].get());
  EXPECT_EQ(models.version("v2.0"), nullptr);
  EXPECT_EQ(models.version("Beta"), nullptr);
  EXPECT_EQ(models.index_of(*models.all()[1]), 1u);
}

TEST(Models, GiveATypeAsTheFirstVersionHasIt) {
  const auto models = support::small_models();
  EXPECT_EQ(models.structured_type("microsoft.graph.user"),
            models.all()[0]->structured_type("microsoft.graph.user"));
  EXPECT_EQ(models.structured_type("microsoft.graph.gadget"),
            models.all()[1]->structured_type("microsoft.graph.gadget"));
  EXPECT_EQ(models.structured_type("microsoft.graph.none"), nullptr);
}

}  // namespace
}  // namespace graphmock::model
