#include "many_users.h"

#include "base/json.h"
#include "models.h"
#include "store/importer.h"

namespace graphmock::bench {
namespace {

std::shared_ptr<const store::Snapshot> users(const model::Models& models, size_t count) {
  const auto& type = *models.structured_type("microsoft.graph.user");
  store::Layer layer;
  for (size_t i = 0; i < count; ++i) {
    auto address = store::entity_address(store::kDirectoryPool, id_of(i));
    layer.add_to_list(store::kDirectoryPool, address);
    auto entity = store::make_entity(models, address, type, user(i));
    layer.entities.emplace(std::move(address), std::move(entity));
  }
  return std::make_shared<const store::Snapshot>(layer);
}

}  // namespace

base::json::object user(size_t number) {
  constexpr std::string_view kFirst[] = {"Adele", "Bianca", "Diego", "Grady", "Isaiah",
                                         "Joni",  "Lidia",  "Megan", "Zoe"};
  const auto digits = std::to_string(number);
  const std::string first(kFirst[number * 7919 % std::size(kFirst)]);
  base::json::object user;
  user["id"] = id_of(number);
  user["displayName"] = first + " " + std::to_string(number * 7919 % 1'000'003);
  user["givenName"] = first;
  user["surname"] = "Number " + digits;
  user["jobTitle"] = "Engineer " + std::to_string(number % 100);
  user["mail"] = "user" + digits + "@contoso.com";
  user["mobilePhone"] = "+1 425 555 0100";
  user["officeLocation"] = "18/" + std::to_string(number % 3000);
  user["preferredLanguage"] = "en-US";
  user["userPrincipalName"] = "user" + digits + "@contoso.com";
  user["businessPhones"] = base::json::array{"+1 425 555 0101"};
  user["accountEnabled"] = number % 5 != 0;
  user["department"] = "Department " + std::to_string(number % 40);
  user["city"] = "Redmond";
  user["country"] = "US";
  user["proxyAddresses"] = base::json::array{"SMTP:user" + digits + "@contoso.com"};
  user["streetAddress"] = std::string(520, 'x');
  return user;
}

std::string id_of(size_t number) {
  auto digits = std::to_string(number);
  digits.insert(0, 8 - digits.size(), '0');
  return digits + "-0000-4000-8000-000000000000";
}

std::shared_ptr<tenant::World> world_of_users(size_t count, const base::Clock& clock) {
  app::Options options;
  options.metadata = shipped_models();
  const std::filesystem::path project = GRAPHMOCK_BENCH_SOURCE_DIR;
  options.scenarios = project / "scenarios";
  options.fixtures = project / "fixtures" / "contoso";
  options.permissions = project / "fixtures" / "permissions.json";
  auto world = app::load_world(options, clock);
  world->fixtures = users(world->models, count);
  return world;
}

}  // namespace graphmock::bench
