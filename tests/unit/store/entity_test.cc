#include "store/entity.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::store {
namespace {

const model::Models& models() {
  static const auto models = support::small_models();
  return models;
}

const model::StructuredType& type(std::string_view name) {
  return *models().structured_type("microsoft.graph." + std::string(name));
}

EntityPtr made(std::string_view type_name, std::string_view properties) {
  return make_entity(models(), "set/1", type(type_name), base::parse_json(properties).get_object());
}

TEST(EntityAddress, OfDirectoryObjectsIsInOnePool) {
  EXPECT_EQ(address_of_set("users", type("user")), "directoryObjects");
  EXPECT_EQ(address_of_set("groups", type("group")), "directoryObjects");
  EXPECT_EQ(address_of_set("me", type("user")), "directoryObjects");
  EXPECT_EQ(address_of_set("notes", type("note")), "notes");
}

TEST(EntityAddress, OfAChildLiesBelowItsParent) {
  EXPECT_EQ(child_address("users/1", "messages"), "users/1/messages");
  EXPECT_EQ(entity_address("notes", "a"), "notes/a");
}

TEST(EntityAddress, HasGuidsInLowerCaseOnly) {
  EXPECT_EQ(entity_address("n", "01234567-89AB-CDEF-0123-456789ABCDEF"),
            "n/01234567-89ab-cdef-0123-456789abcdef");
  EXPECT_EQ(entity_address("n", "AAMkAD="), "n/AAMkAD=") << "other keys keep their case";
}

class EntityKey : public testing::TestWithParam<std::string> {};

TEST_P(EntityKey, IsGivenBackByTheAddress) {
  Entity entity;
  entity.address = entity_address("users/1/messages", GetParam());
  EXPECT_EQ(entity.key(), GetParam());
  EXPECT_EQ(entity.address.rfind('/'), std::string("users/1/messages").size())
      << "a key must not look like two levels";
}

INSTANTIATE_TEST_SUITE_P(Entity, EntityKey,
                         testing::Values("plain", "a/b", "a%b", "a%2Fb", "%", "/", "a@b.c:d,e=f'g",
                                         "é", "a b", "b!gdX==", "..", "$count"),
                         support::TextName());

TEST(EntityAddress, OfTwoKeysIsNeverOne) {
  EXPECT_NE(entity_address("n", "a/b"), entity_address("n", "a%2Fb"));
  EXPECT_NE(entity_address("n", "a"), entity_address("n", "A"));
}

TEST(Entity, HasItsKeyFirstAndNoWhiteSpace) {
  const auto entity = made("note", R"({"title" : "t", "id" : "1", "more" : [1, {"a" : 0.10}]})");
  EXPECT_EQ(entity->text, R"({"id":"1","title":"t","more":[1,{"a":0.10}]})");
  EXPECT_EQ(entity->address, "set/1");
  EXPECT_EQ(entity->type, "microsoft.graph.note");
}

TEST(Entity, HasAKeyOfAnyNameFirst) {
  EXPECT_EQ(made("tag", R"({"weight":1,"name":"n"})")->text, R"({"name":"n","weight":1})");
  EXPECT_EQ(made("orphan", R"({"text":"t"})")->text, R"({"text":"t"})");
  EXPECT_EQ(made("note", "{}")->text, "{}");
}

TEST(Entity, IsWholeInEveryVersionThatDeclaresAllOfIt) {
  EXPECT_EQ(made("user", R"({"id":"1","displayName":"d"})")->hidden_in, 0);
  EXPECT_EQ(made("note", R"({"dynamic":1})")->hidden_in, 0)
      << "what no version declares is dynamic, and shown by all";
}

TEST(Entity, KnowsTheVersionsThatDoNotDeclareAllOfIt) {
  EXPECT_EQ(made("user", R"({"betaNote":"b"})")->hidden_in, 0b01);
  EXPECT_EQ(made("user", R"({"oldNote":"o"})")->hidden_in, 0b10);
  EXPECT_EQ(made("user", R"({"oldNote":"o","betaNote":"b"})")->hidden_in, 0b11);
}

TEST(Entity, KnowsWhatIsHiddenInsideOfComplexValues) {
  EXPECT_EQ(made("user", R"({"home":{"unit":"7"}})")->hidden_in, 0b01);
  EXPECT_EQ(made("user", R"({"addresses":[{"city":"c"},{"unit":"7"}]})")->hidden_in, 0b01);
  EXPECT_EQ(made("user", R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","unit":"7"}})")
                ->hidden_in,
            0b01);
  EXPECT_EQ(made("user", R"({"home":null,"addresses":[]})")->hidden_in, 0);
}

TEST(Entity, HidesInAVersionWhatAnotherDeclares) {
  const auto& v1 = *models().version("v1.0");
  const auto& beta = *models().version("beta");
  EXPECT_TRUE(is_hidden(models(), v1, "microsoft.graph.user", "betaNote"));
  EXPECT_FALSE(is_hidden(models(), beta, "microsoft.graph.user", "betaNote"));
  EXPECT_TRUE(is_hidden(models(), beta, "microsoft.graph.user", "oldNote"));
  EXPECT_FALSE(is_hidden(models(), v1, "microsoft.graph.user", "displayName"));
  EXPECT_FALSE(is_hidden(models(), v1, "microsoft.graph.user", "nobodys"));
  EXPECT_TRUE(is_hidden(models(), v1, "microsoft.graph.gadget", "size"));
}

}  // namespace
}  // namespace graphmock::store
