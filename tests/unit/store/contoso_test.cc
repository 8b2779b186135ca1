#include <gtest/gtest.h>

#include "store/fixtures.h"
#include "store/locate.h"
#include "support/project_data.h"

namespace graphmock::store {
namespace {

// The shipped set, loaded; every problem fails the test.
struct Contoso {
  Contoso(model::Models loaded_models, model::EnumRule enums) : models(std::move(loaded_models)) {
    base::LoadErrors errors;
    fixtures = load_fixtures(support::project_file("fixtures/contoso"), models, enums, errors);
    for (const auto& error : errors) ADD_FAILURE() << error.text();
  }

  // The entity at a resource path of a version; null when there is none.
  EntityPtr at(const std::string& version, std::string_view path) const {
    const LayerView view(fixtures.get(), {});
    const auto location = locate(models, view, odata::resolve(*models.version(version), path));
    return location.missing_key.empty() ? view.find(location.address) : nullptr;
  }
  size_t count(const std::string& version, std::string_view path) const {
    const LayerView view(fixtures.get(), {});
    const auto location = locate(models, view, odata::resolve(*models.version(version), path));
    size_t entities = 0;
    view.for_each(location.list, [&](const EntityPtr& entity) {
      entities += is_a(models, entity->type, *location.type) ? 1 : 0;
      return true;
    });
    return entities;
  }

  model::Models models;
  std::shared_ptr<const Snapshot> fixtures;
};

model::Models shipped() {
  base::LoadErrors errors;
  auto models = support::load_shipped_models(errors);
  EXPECT_TRUE(errors.empty());
  return models;
}

constexpr auto kNora = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";

// What fixtures/README.md promises; clients' tests lean on it.
void expect_promises(const Contoso& contoso) {
  const std::string nora = std::string("users/") + kNora;
  EXPECT_EQ(contoso.count("v1.0", "users"), 25u);
  for (const std::string version : {"v1.0", "beta"}) {
    ASSERT_NE(contoso.at(version, nora), nullptr) << version;
    EXPECT_NE(contoso.at(version, "users/df0e7944-3fb2-4b87-8535-5228187ffd40"), nullptr);
    EXPECT_NE(contoso.at(version, "users/532cbe64-2b0e-46bb-b580-1b143a5025ce"), nullptr);
    EXPECT_NE(contoso.at(version, "groups/f1c22291-521e-4b9b-8211-ec8709c7e18b"), nullptr);
    EXPECT_NE(contoso.at(version, "me"), nullptr);
    EXPECT_GT(contoso.count(version, nora + "/messages"), 0u);
    EXPECT_GT(contoso.count(version, nora + "/mailFolders"), 0u);
    EXPECT_GT(contoso.count(version, nora + "/events"), 0u);
  }
  EXPECT_EQ(contoso.at("v1.0", "me"), contoso.at("v1.0", nora));
  EXPECT_EQ(contoso.count("v1.0", "groups/f1c22291-521e-4b9b-8211-ec8709c7e18b/members"), 7u);
  EXPECT_EQ(contoso.count("v1.0", "groups/f1c22291-521e-4b9b-8211-ec8709c7e18b/owners"), 2u);
  EXPECT_EQ(contoso.count("v1.0", "groups/c9a97915-2c09-4f42-854e-82fb3887dfe5/members"), 8u);
  EXPECT_EQ(contoso.count("v1.0", "groups/da33c94f-4d12-4bf3-ae4c-09c3bea1cc98/members"), 22u);
  EXPECT_EQ(contoso.count("v1.0", "groups/8bc02100-3812-4b4e-9ce7-7d2ee47442bd/members"), 4u);
  EXPECT_NE(contoso.at("beta",
                       "reports/credentialUserRegistrationCounts/"
                       "32a539a1-39a1-32a5-a139-a532a139a532"),
            nullptr);
}

TEST(Contoso, LoadsUnderTheShippedModels) {
  expect_promises(Contoso(shipped(), model::EnumRule::Evolvable));
}

TEST(Contoso, LoadsWithStrictEnums) {
  expect_promises(Contoso(shipped(), model::EnumRule::Strict));
}

TEST(Contoso, LoadsUnderTheModelsOfTheService) {
  const auto folder = support::full_models_folder();
  if (!folder) GTEST_SKIP() << "the service's own models are not here; name them: GRAPHMOCK_SHARED";
  for (const auto enums : {model::EnumRule::Evolvable, model::EnumRule::Strict}) {
    base::LoadErrors errors;
    auto models = support::load_full_models(*folder, errors);
    ASSERT_TRUE(errors.empty());
    expect_promises(Contoso(std::move(models), enums));
  }
}

}  // namespace
}  // namespace graphmock::store
