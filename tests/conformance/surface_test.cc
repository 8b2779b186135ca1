// The model alone gives the surface: every collection of an entity set or singleton, and those that
// their entities contain, is created in, read, updated and deleted from, with no word about any of
// them here.
#include <gtest/gtest.h>

#include "conformance/every_collection.h"

namespace graphmock {
namespace {

class Surface : public EveryCollection {
 protected:
  // Creates, reads, lists, updates; gives the new entity's address.
  std::string live_in(const std::string& collection, const model::StructuredType& type) {
    const auto created = server_->send("POST", collection, base::to_json(whole(type)));
    EXPECT_EQ(created.status / 100, 2) << collection << ' ' << created.body;
    const auto location = created.header("Location").value_or("");
    if (created.status / 100 != 2 || !location.starts_with(server_->origin())) return {};
    const auto address = location.substr(server_->origin().size());
    EXPECT_EQ(server_->get(address).status, 200) << address;
    // A calendarView is of a span of time; to all others these mean nothing.
    constexpr std::string_view kSpan = "?startDateTime=2026-01-01&endDateTime=2027-01-01";
    EXPECT_EQ(server_->get(collection + std::string(kSpan)).status, 200) << collection;
    const auto updated = server_->send("PATCH", address, "{}");
    EXPECT_EQ(updated.status / 100, 2) << address << ' ' << updated.body;
    const auto refused = server_->send("PATCH", address, R"({"id": 1})");
    EXPECT_EQ(refused.status, 400) << address;
    return address;
  }

  void die(const std::string& address) {
    EXPECT_EQ(server_->send("DELETE", address).status / 100, 2) << address;
    EXPECT_EQ(server_->get(address).status, 404) << address;
  }

  // Calls `visit` with the address and the type of every collection that an entity contains; a
  // derived type's own are reached through a cast.
  template <typename Visit>
  static void for_each_contained(const std::string& owner, const model::StructuredType& declared,
                                 const model::StructuredType& type, Visit visit) {
    const auto cast = &type == &declared ? "" : "/" + std::string(type.name);
    for (auto from = &type; from; from = from->base) {
      for (const auto& navigation : from->navigations) {
        if (!navigation.is_contained || !navigation.is_collection) continue;
        if (navigation.type->key.empty()) continue;
        visit(owner + cast + "/" + std::string(navigation.name), *navigation.type);
      }
    }
  }

  // A collection, and all those that its entities contain; gives how many.
  size_t visit(const model::Model& model, const std::string& collection,
               const model::StructuredType& type, int levels = 2) {
    const auto concrete = concrete_type(model, type);
    if (concrete.empty()) return 0;  // nothing derives from an abstract type: nothing can be there
    const auto owner = live_in(collection, *model.structured_type(concrete));
    if (owner.empty()) return 0;
    size_t count = 1;
    if (levels > 1) {
      for_each_contained(owner, type, *model.structured_type(concrete),
                         [&](const std::string& inner, const model::StructuredType& inner_type) {
                           count += visit(model, inner, inner_type, levels - 1);
                         });
    }
    die(owner);
    return count;
  }
};

TEST_P(Surface, WorksWhereverTheModelSaysThatEntitiesLive) {
  for (const auto& model : models_.all()) {
    size_t collections = 0;
    for (const auto name : model->root_names()) {
      const auto address = "/" + model->version() + "/" + std::string(name);
      if (const auto* set = model->entity_set(name)) {
        if (!set->type->key.empty()) collections += visit(*model, address, *set->type);
        continue;
      }
      const auto& type = *model->singleton(name)->type;
      for_each_contained(address, type, type,
                         [&](const std::string& inner, const model::StructuredType& inner_type) {
                           collections += visit(*model, inner, inner_type);
                         });
    }
    EXPECT_GT(collections, 50u) << model->version();
    RecordProperty(model->version(), static_cast<int>(collections));
  }
}

INSTANTIATE_TEST_SUITE_P(, Surface, testing::Values(false, true), [](const auto& test) {
  return std::string(test.param ? "OfTheServicesOwnModels" : "OfTheShippedModels");
});

}  // namespace
}  // namespace graphmock
