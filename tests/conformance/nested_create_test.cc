// An entity that comes nested in its owner's body gets what one gets that is sent by itself, and
// is refused as that is: for every collection of the service's models that an owner contains.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "conformance/every_collection.h"
#include "facts/type_facts.h"
#include "store/relations.h"

namespace graphmock {
namespace {

namespace json = base::json;

class NestedCreate : public EveryCollection {
 protected:
  // The one entity of a collection, without what no two have alike.
  json::object only_one_of(const std::string& collection, const model::StructuredType& type) {
    auto listed = support::json_of(server_->get(collection));
    auto* value = listed.is_object() ? listed.get_object().if_contains("value") : nullptr;
    if (!value || !value->is_array() || value->get_array().size() != 1) {
      ADD_FAILURE() << collection << " does not hold one entity: " << base::to_json(listed);
      return {};
    }
    auto entity = value->get_array().front().get_object();
    auto own = type.key;
    own.insert(own.end(), {"@odata.etag", "changeKey", "eTag", "cTag", "parentFolderId"});
    for (const auto name : own) {
      if (entity.contains(name)) entity[name] = "(its own)";
    }
    for (auto& member : entity) {
      const auto* text = member.value().if_string();
      if (text && text->starts_with("text ")) member.value() = "(a text)";
    }
    return entity;
  }

  std::string create(const std::string& collection, const json::object& body) {
    const auto created = server_->send("POST", collection, base::to_json(body));
    EXPECT_EQ(created.status / 100, 2) << collection << ' ' << created.body;
    const auto location = created.header("Location").value_or("");
    if (!location.starts_with(server_->origin())) return {};
    return location.substr(server_->origin().size());
  }

  // What a POST of the owner with those nested says, and one of each by itself; but for the code,
  // which is in the words of what is addressed.
  void expect_same_refusal(const std::string& owners, const json::object& owner_body,
                           std::string_view navigation, const json::array& bodies, int expected) {
    const auto name = std::string(navigation);
    auto nested = with_new_texts(owner_body);
    nested[name] = bodies;
    const auto refused = server_->send("POST", owners, base::to_json(nested));
    const auto owner = create(owners, with_new_texts(owner_body));
    support::RawResponse last;
    for (const auto& body : bodies) {
      last = server_->send("POST", owner + "/" + name, base::to_json(body));
      if (last.status / 100 != 2) break;
    }
    const auto text = owners + "/x/" + name + ' ' + base::to_json(bodies);
    EXPECT_EQ(last.status, expected) << text << ' ' << last.body;
    EXPECT_EQ(refused.status, last.status) << text << ' ' << refused.body;
    EXPECT_EQ(support::at(refused, "/error/message"), support::at(last, "/error/message")) << text;
  }

  void compare(const std::string& owners, const model::StructuredType& owner_type,
               const model::NavigationProperty& navigation, const model::StructuredType& type) {
    const auto name = std::string(navigation.name);
    const auto owner_body = whole(owner_type);
    // A body that has the collection for its own sake says what is in it, and what others select
    // holds nothing itself.
    if (owner_body.contains(name) || !store::selection_of(name).empty()) return;
    const auto body = whole(type);
    const auto owner = create(owners, with_new_texts(owner_body));
    if (owner.empty()) return;
    create(owner + "/" + name, with_new_texts(body));
    auto nested = with_new_texts(owner_body);
    nested[name] = json::array{with_new_texts(body)};
    const auto other = create(owners, nested);
    if (other.empty()) return;
    EXPECT_EQ(json::value(only_one_of(owner + "/" + name, type)),
              json::value(only_one_of(other + "/" + name, type)))
        << owners << "/x/" << name;
    ++compared_;

    const auto& facts = facts::facts_of(type);
    for (const auto& required : facts.required) {
      if (!body.contains(required) || !facts.required_unless.empty()) continue;
      auto without = body;
      without.erase(required);
      expect_same_refusal(owners, owner_body, name, {without}, 400);
      ++refused_;
    }
    for (const auto& unique : facts.unique) {
      auto one = with_new_texts(body);
      auto another = with_new_texts(body);
      if (!type.property(unique)) continue;
      one[unique] = another[unique] = "the same";
      const bool is_directory = type.derives_from("microsoft.graph.directoryObject");
      expect_same_refusal(owners, owner_body, name, {one, another}, is_directory ? 400 : 409);
      ++refused_;
    }
  }

  // Each collection that such an owner contains, once. What only a derived type has stands behind
  // a cast, which nothing nested needs.
  void compare_below(const model::Model& model, const std::string& owners,
                     const model::StructuredType& declared, int levels) {
    const auto concrete_owner = concrete_type(model, declared);
    if (concrete_owner.empty()) return;
    const auto& owner_type = *model.structured_type(concrete_owner);
    for (auto from = &declared; from; from = from->base) {
      for (const auto& navigation : from->navigations) {
        if (!navigation.is_contained || !navigation.is_collection) continue;
        const auto concrete = concrete_type(model, *navigation.type);
        if (concrete.empty() || navigation.type->key.empty()) continue;
        if (!seen_.insert(std::string(from->name) + "/" + std::string(navigation.name)).second) {
          continue;
        }
        const auto& type = *model.structured_type(concrete);
        compare(owners, owner_type, navigation, type);
        if (levels <= 1) continue;
        const auto owner = create(owners, with_new_texts(whole(owner_type)));
        if (owner.empty()) continue;
        compare_below(model, owner + "/" + std::string(navigation.name), *navigation.type,
                      levels - 1);
      }
    }
  }

  std::set<std::string> seen_;
  size_t compared_ = 0;
  size_t refused_ = 0;
};

TEST_P(NestedCreate, IsLikeADirectOne) {
  for (const auto& model : models_.all()) {
    seen_.clear();
    for (const auto name : model->root_names()) {
      const auto* set = model->entity_set(name);
      if (!set || set->type->key.empty()) continue;
      compare_below(*model, "/" + model->version() + "/" + std::string(name), *set->type, 3);
    }
  }
  EXPECT_GT(compared_, 30u);
  EXPECT_GT(refused_, 10u);
  RecordProperty("compared", static_cast<int>(compared_));
  RecordProperty("refused", static_cast<int>(refused_));
}

INSTANTIATE_TEST_SUITE_P(, NestedCreate, testing::Values(false, true), [](const auto& test) {
  return std::string(test.param ? "OfTheServicesOwnModels" : "OfTheShippedModels");
});

}  // namespace
}  // namespace graphmock
