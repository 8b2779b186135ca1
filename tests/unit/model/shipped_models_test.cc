#include <gtest/gtest.h>

#include "support/project_data.h"

namespace graphmock::model {
namespace {

void expect_none(const base::LoadErrors& errors) {
  for (const auto& error : errors) ADD_FAILURE() << error.text();
}

TEST(ShippedModels, LoadWithoutAComplaint) {
  base::LoadErrors errors;
  const auto models = support::load_shipped_models(errors);
  expect_none(errors);
  ASSERT_EQ(models.all().size(), 2u);
  for (const auto& model : models.all()) {
    EXPECT_GT(model->type_count(), 100u) << model->version();
    ASSERT_NE(model->entity_set("users"), nullptr);
    ASSERT_NE(model->singleton("me"), nullptr);
    const auto* user = model->structured_type("microsoft.graph.user");
    ASSERT_NE(user, nullptr);
    EXPECT_TRUE(user->derives_from("microsoft.graph.directoryObject"));
    EXPECT_EQ(user->key, std::vector<std::string_view>{"id"});
  }
}

TEST(FullModels, OfTheServiceLoadUnchanged) {
  const auto folder = support::full_models_folder();
  if (!folder) GTEST_SKIP() << "the service's own models are not here; name them: GRAPHMOCK_SHARED";
  base::LoadErrors errors;
  const auto models = support::load_full_models(*folder, errors);
  expect_none(errors);
  ASSERT_EQ(models.all().size(), 2u);
  for (const auto& model : models.all()) {
    EXPECT_GT(model->type_count(), 1000u) << model->version();
    const auto* message = model->structured_type("microsoft.graph.message");
    ASSERT_NE(message, nullptr);
    EXPECT_NE(model->bound_operation("forward", *message, false), nullptr);
    EXPECT_NE(model->bound_operation("delta", *message, true), nullptr);
  }
}

// What the shipped models declare, the service's own declare alike: neither a name nor a type of
// ours is made up.
TEST(ShippedModels, DeclareWhatTheServiceDeclares) {
  const auto folder = support::full_models_folder();
  if (!folder) GTEST_SKIP() << "the service's own models are not here; name them: GRAPHMOCK_SHARED";
  base::LoadErrors errors;
  const auto shipped = support::load_shipped_models(errors);
  const auto full = support::load_full_models(*folder, errors);
  expect_none(errors);
  for (const auto& model : shipped.all()) {
    const auto* whole = full.version(model->version());
    ASSERT_NE(whole, nullptr);
    for (const auto root : model->root_names()) {
      const auto* set = model->entity_set(root);
      if (set) {
        ASSERT_NE(whole->entity_set(root), nullptr) << model->version() << " " << root;
        EXPECT_EQ(set->type->name, whole->entity_set(root)->type->name) << root;
        continue;
      }
      ASSERT_NE(whole->singleton(root), nullptr) << model->version() << " " << root;
      EXPECT_EQ(model->singleton(root)->type->name, whole->singleton(root)->type->name) << root;
    }
    const auto* user = model->structured_type("microsoft.graph.user");
    const auto* whole_user = whole->structured_type("microsoft.graph.user");
    for (const auto& property : user->properties) {
      const auto* same = whole_user->property(property.name);
      ASSERT_NE(same, nullptr) << model->version() << " user." << property.name;
      EXPECT_EQ(property.type.name(), same->type.name()) << property.name;
    }
  }
}

}  // namespace
}  // namespace graphmock::model
