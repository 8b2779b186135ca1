#include "store/locate.h"

#include <gtest/gtest.h>

#include <string>

#include "store/store.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::store {
namespace {

const model::Models& models() {
  static const auto models = support::small_models();
  return models;
}

NewEntity entity(std::string address, const std::string& type) {
  auto made = std::make_shared<Entity>();
  made->address = std::move(address);
  made->type = models().structured_type("microsoft.graph." + type)->name;
  made->text = "{}";
  return made;
}

// A group before two users in the pool, so that the first of the pool is no user.
const Store& store() {
  static Store filled(std::make_shared<Snapshot>());
  static const bool is_filled = [] {
    Store::Write write(filled);
    write.create(entity("directoryObjects/g", "group"), "directoryObjects");
    write.create(entity("directoryObjects/u1", "user"), "directoryObjects");
    write.create(entity("directoryObjects/u2", "user"), "directoryObjects");
    write.add_reference("directoryObjects/g/members", "directoryObjects/u2");
    write.add_reference("directoryObjects/u1/manager", "directoryObjects/u2");
    write.create(entity("directoryObjects/u1/messages/m", "message"),
                 "directoryObjects/u1/messages");
    write.create(entity("directoryObjects/u1/outlook", "outlookUser"),
                 "directoryObjects/u1/outlook");
    write.create(entity("notes/a%2Fb", "note"), "notes");
    write.commit();
    return true;
  }();
  EXPECT_TRUE(is_filled);
  return filled;
}

Location located(std::string_view path, std::string_view me = {}) {
  const auto target = odata::resolve(*models().version("v1.0"), path);
  Location location;
  store().look([&](const LayerView& view) { location = locate(models(), view, target, me); });
  return location;
}

// "address in list: type [collection] [reference]", or "no KEY".
std::string shown(const Location& location) {
  if (!location.missing_key.empty()) return "no " + location.missing_key;
  std::string text = location.address;
  if (location.list != location.address) text += " in " + location.list;
  text += ": " + std::string(location.type->name).substr(16);
  if (location.is_collection) text += " collection";
  if (location.is_reference) text += " reference";
  return text;
}

struct LocateRow {
  std::string_view name;
  std::string_view path;
  std::string_view location;
};

class Locate : public testing::TestWithParam<LocateRow> {};

TEST_P(Locate, LeadsToAnAddress) {
  EXPECT_EQ(shown(located(GetParam().path)), GetParam().location);
}

constexpr LocateRow kRows[] = {
    {"SetOfThePool", "users", "directoryObjects: user collection"},
    {"OtherSet", "notes", "notes: note collection"},
    {"EntityOfThePool", "users/u1", "directoryObjects/u1 in directoryObjects: user"},
    {"EntityByThePoolItself", "directoryObjects/u1",
     "directoryObjects/u1 in directoryObjects: directoryObject"},
    {"EntityThatIsNotThere", "users/none", "directoryObjects/none in directoryObjects: user"},
    {"EntityOfAnotherType", "users/g", "directoryObjects/g in directoryObjects: user"},
    {"KeyWithSlash", "notes('a/b')", "notes/a%2Fb in notes: note"},
    {"GuidInUpperCase", "notes/01234567-89AB-CDEF-0123-456789ABCDEF",
     "notes/01234567-89ab-cdef-0123-456789abcdef in notes: note"},
    {"ContainedCollection", "users/u1/messages",
     "directoryObjects/u1/messages: message collection"},
    {"ContainedEntity", "users/u1/messages/m",
     "directoryObjects/u1/messages/m in directoryObjects/u1/messages: message"},
    {"BelowAContainedEntity", "users/u1/messages/m/attachments",
     "directoryObjects/u1/messages/m/attachments: attachment collection"},
    {"ContainedSingleValue", "users/u1/outlook", "directoryObjects/u1/outlook: outlookUser"},
    {"BelowAContainedSingleValue", "users/u1/outlook/categories",
     "directoryObjects/u1/outlook/categories: category collection"},
    {"BelowASingleValueThatIsNotStored", "users/u2/outlook/categories",
     "directoryObjects/u2/outlook/categories: category collection"},
    {"CollectionOfReferences", "groups/g/members",
     "directoryObjects/g/members: directoryObject collection reference"},
    {"EntityByReference", "groups/g/members/u2",
     "directoryObjects/u2 in directoryObjects/g/members: directoryObject reference"},
    {"EntityThatIsNoMember", "groups/g/members/u1",
     "directoryObjects/g/members/u1 in directoryObjects/g/members: directoryObject reference"},
    {"SingleReference", "users/u1/manager",
     "directoryObjects/u2 in directoryObjects/u1/manager: directoryObject reference"},
    {"SingleReferenceThatIsNotSet", "users/u2/manager",
     "directoryObjects/u2/manager: directoryObject reference"},
    {"CastOfACollection", "directoryObjects/microsoft.graph.user",
     "directoryObjects: user collection"},
    {"CastOfOne", "groups/g/members/u2/microsoft.graph.user",
     "directoryObjects/u2 in directoryObjects/g/members: user reference"},
    {"ThroughAReferenceAndACast", "groups/g/members/u2/microsoft.graph.user/messages",
     "directoryObjects/u2/messages: message collection"},
    {"Me", "me", "directoryObjects/u1 in directoryObjects: user"},
    {"BelowMe", "me/messages/m",
     "directoryObjects/u1/messages/m in directoryObjects/u1/messages: message"},
    {"Singleton", "admin", "admin: admin"},
    {"BelowASingletonThatIsNotStored", "reports/tags", "reports/tags: tag collection"},
    {"SingleValueOfASingleton", "admin/settings", "admin/settings: note"},
    {"MissingOwner", "users/none/messages", "no none"},
    {"MissingOwnerOfASingleValue", "users/none/manager", "no none"},
    {"OwnerOfAnotherType", "users/g/messages", "no g"},
    {"OwnerOfAnotherTypeByCast", "directoryObjects/g/microsoft.graph.user/messages", "no g"},
    {"MissingInTheMiddle", "users/u1/messages/none/attachments", "no none"},
    {"MissingReferenceInTheMiddle", "groups/g/members/u1/microsoft.graph.user/messages", "no u1"},
    {"UnsetReferenceInTheMiddle", "users/u2/manager/microsoft.graph.user/messages", "no manager"},
};

INSTANTIATE_TEST_SUITE_P(Store, Locate, testing::ValuesIn(kRows), support::RowName());

TEST(LocateMe, IsTheUserNamed) {
  EXPECT_EQ(located("me", "u2").address, "directoryObjects/u2");
  EXPECT_EQ(located("me/messages", "u2").address, "directoryObjects/u2/messages");
}

TEST(LocateMe, IsTheFirstUserWhenTheUserNamedIsNotThere) {
  EXPECT_EQ(located("me", "none").address, "directoryObjects/u1");
}

TEST(LocateMe, IsMissingWhenThereIsNoUser) {
  const Store empty(std::make_shared<Snapshot>());
  const auto target = odata::resolve(*models().version("v1.0"), "me/messages");
  empty.look(
      [&](const LayerView& view) { EXPECT_EQ(locate(models(), view, target).missing_key, "me"); });
}

TEST(LocateTypes, TellsTheDeclaredTypeFromTheCast) {
  const auto location = located("directoryObjects/microsoft.graph.user/u1");
  EXPECT_EQ(location.type->name, "microsoft.graph.user");
  EXPECT_EQ(location.declared->name, "microsoft.graph.directoryObject");
}

std::string entities_at_path(std::string_view path) {
  const auto target = odata::resolve(*models().version("v1.0"), path);
  std::string text;
  store().look([&](const LayerView& view) {
    for (const auto& one : entities_at(models(), view, locate(models(), view, target))) {
      text += (text.empty() ? "" : " ") + one->address;
    }
  });
  return text;
}

TEST(EntitiesAt, ALocationAreThoseOfItsType) {
  EXPECT_EQ(entities_at_path("users"), "directoryObjects/u1 directoryObjects/u2");
  EXPECT_EQ(entities_at_path("groups"), "directoryObjects/g");
  EXPECT_EQ(entities_at_path("directoryObjects"),
            "directoryObjects/g directoryObjects/u1 directoryObjects/u2");
  EXPECT_EQ(entities_at_path("groups/g/members/microsoft.graph.group"), "");
  EXPECT_EQ(entities_at_path("groups/g/members"), "directoryObjects/u2");
}

TEST(EntitiesAt, ALocationOfOneAreThatOne) {
  EXPECT_EQ(entities_at_path("users/u1"), "directoryObjects/u1");
  EXPECT_EQ(entities_at_path("users/g"), "") << "a group is no user";
  EXPECT_EQ(entities_at_path("users/none"), "");
  EXPECT_EQ(entities_at_path("users/u1/manager"), "directoryObjects/u2");
  EXPECT_EQ(entities_at_path("users/u2/manager"), "");
}

TEST(IsA, AsksEveryVersion) {
  const auto& v1 = *models().version("v1.0");
  const auto& beta = *models().version("beta");
  const auto& item = *v1.structured_type("microsoft.graph.outlookItem");
  EXPECT_TRUE(is_a(models(), "microsoft.graph.eventMessage", item));
  EXPECT_FALSE(is_a(models(), "microsoft.graph.user", item));
  EXPECT_FALSE(is_a(models(), "microsoft.graph.none", item));
  // A type that beta alone declares may stand where v1.0 asks for its ancestor.
  EXPECT_TRUE(
      is_a(models(), "microsoft.graph.gadget", *v1.structured_type("microsoft.graph.entity")));
  EXPECT_TRUE(
      is_a(models(), "microsoft.graph.gadget", *beta.structured_type("microsoft.graph.gadget")));
}

}  // namespace
}  // namespace graphmock::store
