#include "store/importer.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "support/small_service.h"

namespace graphmock::store {
namespace {

using Names = std::vector<std::string>;

const model::Models& models() {
  static const auto models = support::small_models();
  return models;
}

// One import into an empty store, its problems as "pointer: message".
class Import {
 public:
  explicit Import(Importer::Existing existing = Importer::Existing::Refuse,
                  Importer::MakeId make_id = {})
      : store_(std::make_shared<Snapshot>()),
        write_(store_),
        importer_(models(), model::EnumRule::Evolvable, write_, existing, std::move(make_id)) {}

  std::string put(const std::string& list, const std::string& type, std::string_view text,
                  bool is_reference = false) {
    return importer_.put(place(list, type, is_reference), object(text), report());
  }
  // With a key an entity of a collection, without one a single value.
  void put_at(const std::string& address, const std::string& type, std::string_view key,
              std::string_view text) {
    auto where = place(address, type, false);
    where.is_single = key.empty();
    if (!key.empty()) {
      where.list = address.substr(0, address.rfind('/'));
      where.address = address;
      where.key = key;
    }
    importer_.put(where, object(text), report());
  }
  Names bind() {
    importer_.bind_references();
    return problems;
  }

  EntityPtr find(std::string_view address) const { return write_.find(address); }
  std::string text(std::string_view address) const {
    const auto entity = write_.find(address);
    return entity ? entity->text : "none";
  }
  Names elements(std::string_view list) const {
    Names addresses;
    write_.view().for_each(list, [&](const EntityPtr& one) {
      addresses.push_back(one->address);
      return true;
    });
    return addresses;
  }

  Names problems;

 private:
  // Declared by every version that has the type.
  static Importer::Place place(const std::string& list, const std::string& type,
                               bool is_reference) {
    Importer::Place place;
    place.list = list;
    if (is_reference) place.home.list = kDirectoryPool;
    for (const auto& model : models().all()) {
      if (const auto* found = model->structured_type("microsoft.graph." + type)) {
        place.declared.push_back({model.get(), found});
      }
    }
    return place;
  }
  const boost::json::object& object(std::string_view text) {
    kept_.push_back(std::make_unique<boost::json::value>(base::parse_json(text)));
    return kept_.back()->get_object();
  }
  Importer::Report report() {
    return [this](std::string_view pointer, std::string message) {
      problems.push_back(std::string(pointer) + ": " + std::move(message));
    };
  }

  Store store_;
  Store::Write write_;
  Importer importer_;
  std::vector<std::unique_ptr<boost::json::value>> kept_;
};

TEST(Importer, PutsAnEntityInItsCollection) {
  Import import;
  EXPECT_EQ(import.put("notes", "note", R"({"title":"t","id":"1"})"), "notes/1");
  EXPECT_EQ(import.text("notes/1"), R"({"id":"1","title":"t"})");
  EXPECT_EQ(import.find("notes/1")->type, "microsoft.graph.note");
  EXPECT_EQ(import.elements("notes"), Names{"notes/1"});
  EXPECT_EQ(import.problems, Names{});
}

TEST(Importer, KeysAnEntityByItsOwnKeyProperty) {
  Import import;
  EXPECT_EQ(import.put("tags", "tag", R"({"weight":1,"name":"a/b"})"), "tags/a%2Fb");
  EXPECT_EQ(import.text("tags/a%2Fb"), R"({"name":"a/b","weight":1})");
}

TEST(Importer, PutsNestedEntitiesBelowTheirOwner) {
  Import import;
  import.put("directoryObjects", "user", R"({"id":"u","messages":[
      {"id":"m1","subject":"s","attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","id":"f"}]},
      {"id":"m2","@odata.type":"#microsoft.graph.eventMessage","isAllDay":true}],
      "outlook":{"id":"o","categories":[{"id":"c"}]}})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("directoryObjects/u"), R"({"id":"u"})");
  const std::string messages = "directoryObjects/u/messages";
  EXPECT_EQ(import.elements(messages), (Names{messages + "/m1", messages + "/m2"}));
  EXPECT_EQ(import.find(messages + "/m2")->type, "microsoft.graph.eventMessage");
  EXPECT_EQ(import.find(messages + "/m1/attachments/f")->type, "microsoft.graph.fileAttachment");
  EXPECT_EQ(import.text("directoryObjects/u/outlook"), R"({"id":"o"})");
  EXPECT_EQ(import.elements("directoryObjects/u/outlook/categories"),
            Names{"directoryObjects/u/outlook/categories/c"});
}

TEST(Importer, SaysWhereInANestedEntityAProblemIs) {
  Import import;
  import.put("directoryObjects", "user",
             R"({"id":"u","messages":[{"id":"m1"},{"id":"m2","attachments":[
                {"@odata.type":"#microsoft.graph.fileAttachment","id":"f","name":7}]},3,{"subject":"s"}]})");
  ASSERT_EQ(import.problems.size(), 3u);
  EXPECT_TRUE(import.problems[0].starts_with("/messages/1/attachments/0/name: "))
      << import.problems[0];
  EXPECT_EQ(import.problems[1], "/messages/2: An entity is a JSON object.");
  EXPECT_EQ(import.problems[2], "/messages/3: The entity lacks its key 'id'.");
}

TEST(Importer, BindsReferences) {
  Import import;
  import.put("directoryObjects", "group", R"json({"id":"g","members@odata.bind":[
      "users/u1","/users('u2')","https://graph.microsoft.com/v1.0/directoryObjects/u3"]})json");
  import.put("directoryObjects", "user", R"({"id":"u1","manager@odata.bind":"users/u2"})");
  import.put("directoryObjects", "user", R"({"id":"u2"})");
  import.put("directoryObjects", "user", R"({"id":"u3"})");
  EXPECT_EQ(import.bind(), Names{});
  EXPECT_EQ(import.elements("directoryObjects/g/members"),
            (Names{"directoryObjects/u1", "directoryObjects/u2", "directoryObjects/u3"}));
  EXPECT_EQ(import.elements("directoryObjects/u1/manager"), Names{"directoryObjects/u2"});
}

TEST(Importer, BindsOneEntityOnce) {
  Import import;
  import.put("directoryObjects", "user", R"({"id":"u"})");
  import.put("directoryObjects", "group",
             R"({"id":"g","members@odata.bind":["users/u","users/u","directoryObjects/u"]})");
  EXPECT_EQ(import.bind(), Names{});
  EXPECT_EQ(import.elements("directoryObjects/g/members"), Names{"directoryObjects/u"});
}

TEST(Importer, BindsToContainedEntities) {
  Import import;
  import.put("directoryObjects", "user", R"({"id":"u","gadgets":[{"id":"x"}]})");
  EXPECT_EQ(import.bind(), Names{});
  EXPECT_EQ(import.text("directoryObjects/u/gadgets/x"), R"({"id":"x"})")
      << "a navigation that beta alone has";
}

TEST(Importer, ReportsReferencesToNothing) {
  Import import;
  import.put("directoryObjects", "group", R"({"id":"g","members@odata.bind":[
      "users/none","users","nothing/1","users/g","%zz",""]})");
  EXPECT_EQ(import.bind(),
            (Names{"/members@odata.bind: There is no entity 'users/none' to refer to.",
                   "/members@odata.bind: There is no entity 'users' to refer to.",
                   "/members@odata.bind: There is no entity 'nothing/1' to refer to.",
                   "/members@odata.bind: There is no entity 'users/g' to refer to.",
                   "/members@odata.bind: There is no entity '%zz' to refer to.",
                   "/members@odata.bind: There is no entity '' to refer to."}));
  EXPECT_EQ(import.elements("directoryObjects/g/members"), Names{});
}

TEST(Importer, ReportsAReferenceToAnEntityOfAnotherType) {
  Import import;
  import.put("notes", "note", R"({"id":"n"})");
  import.put("directoryObjects", "user", R"({"id":"u","manager@odata.bind":"notes/n"})");
  EXPECT_EQ(import.bind().size(), 1u) << "a note is nobody's manager";
  EXPECT_EQ(import.elements("directoryObjects/u/manager"), Names{});
}

TEST(Importer, RefusesToNestWhatLivesElsewhere) {
  Import import;
  import.put("directoryObjects", "group", R"({"id":"g","members":[{"id":"u"}]})");
  EXPECT_EQ(import.problems,
            Names{"/members: 'members' refers to entities that live elsewhere: put them there and "
                  "name them here with 'members@odata.bind'."});
}

TEST(Importer, PutsWhatLivesElsewhereAtItsHomeWhenItReplaces) {
  Import import(Importer::Existing::Replace);
  import.put("directoryObjects", "group",
             R"({"id":"g","members":[{"@odata.type":"#microsoft.graph.user","id":"u"}]})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("directoryObjects/u"), R"({"id":"u"})");
  EXPECT_EQ(import.elements("directoryObjects"),
            (Names{"directoryObjects/g", "directoryObjects/u"}));
  EXPECT_EQ(import.elements("directoryObjects/g/members"), Names{"directoryObjects/u"});
}

TEST(Importer, PutsAnEntityOfAReferencesListAtItsHome) {
  Import import(Importer::Existing::Replace);
  EXPECT_EQ(import.put("directoryObjects/g/members", "directoryObject",
                       R"({"@odata.type":"#microsoft.graph.user","id":"u"})", true),
            "directoryObjects/u");
  EXPECT_EQ(import.elements("directoryObjects"), Names{"directoryObjects/u"});
  EXPECT_EQ(import.elements("directoryObjects/g/members"), Names{"directoryObjects/u"});
}

TEST(Importer, RefusesASecondEntityOfAKey) {
  Import import;
  import.put("notes", "note", R"({"id":"1","title":"first"})");
  import.put("notes", "note", R"({"id":"1","title":"second"})");
  EXPECT_EQ(import.problems, Names{": There is another entity at 'notes/1'."});
  EXPECT_EQ(import.text("notes/1"), R"({"id":"1","title":"first"})");
}

TEST(Importer, RefusesTwoDirectoryObjectsOfAKey) {
  Import import;
  import.put("directoryObjects", "user", R"({"id":"1"})");
  import.put("directoryObjects", "group", R"({"id":"1"})");
  EXPECT_EQ(import.problems, Names{": There is another entity at 'directoryObjects/1'."});
}

TEST(Importer, ReplacesAnEntityAtItsPlace) {
  Import import(Importer::Existing::Replace);
  import.put("notes", "note", R"({"id":"1","title":"first"})");
  import.put("notes", "note", R"({"id":"2"})");
  import.put("notes", "note", R"({"id":"1","extra":true})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("notes/1"), R"({"id":"1","extra":true})") << "replaced, not merged";
  EXPECT_EQ(import.elements("notes"), (Names{"notes/1", "notes/2"}));
}

TEST(Importer, ReplacesASingleReference) {
  Import import(Importer::Existing::Replace);
  import.put("directoryObjects", "user", R"({"id":"a"})");
  import.put("directoryObjects", "user", R"({"id":"b"})");
  import.put("directoryObjects", "user", R"({"id":"c","manager@odata.bind":"users/a"})");
  EXPECT_EQ(import.bind(), Names{});
  import.put("directoryObjects", "user", R"({"id":"c","manager@odata.bind":"users/b"})");
  EXPECT_EQ(import.bind(), Names{});
  EXPECT_EQ(import.elements("directoryObjects/c/manager"), Names{"directoryObjects/b"});
}

TEST(Importer, MakesAKeyOfTheTypeWhenItIsToldHow) {
  Import import(Importer::Existing::Refuse,
                [](const model::StructuredType& type, const boost::json::object& properties,
                   const LayerView&, std::string_view collection) {
                  EXPECT_EQ(collection, "notes");
                  return std::string(type.name) + std::to_string(properties.size());
                });
  EXPECT_EQ(import.put("notes", "note", R"({"title":"t"})"), "notes/microsoft.graph.note2");
  EXPECT_EQ(import.text("notes/microsoft.graph.note2"),
            R"({"id":"microsoft.graph.note2","title":"t"})");
}

TEST(Importer, ReportsAMissingKeyWhenItIsGivenNone) {
  Import import;
  EXPECT_EQ(import.put("notes", "note", R"({"title":"t"})"), "");
  EXPECT_EQ(import.problems, Names{": The entity lacks its key 'id'."});
  EXPECT_EQ(import.elements("notes"), Names{});
}

TEST(Importer, ReportsATypeWithoutKey) {
  Import import;
  EXPECT_EQ(import.put("orphans", "orphan", R"({"text":"t"})"), "");
  EXPECT_EQ(import.problems, Names{": The type 'microsoft.graph.orphan' has no key, so that no "
                                   "collection can hold its entities."});
}

TEST(Importer, ReportsAnEntityThatIsOfAnAbstractTypeOnly) {
  Import import;
  import.put("directoryObjects/u/messages/m/attachments", "attachment", R"({"id":"f"})");
  EXPECT_EQ(import.problems.size(), 1u) << "no entity is just an attachment";
  EXPECT_EQ(import.find("directoryObjects/u/messages/m/attachments/f"), nullptr);
}

TEST(Importer, TakesWhatAnyVersionDeclares) {
  Import import;
  import.put("directoryObjects", "user", R"({"id":"1","oldNote":"o","betaNote":"b"})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("directoryObjects/1"), R"({"id":"1","oldNote":"o","betaNote":"b"})");
  EXPECT_EQ(import.find("directoryObjects/1")->hidden_in, 0b11);
}

TEST(Importer, ReportsOnceWhatNoVersionDeclares) {
  Import import;
  import.put("directoryObjects", "user", R"({"id":"1","noNote":"n","betaNote":7})");
  ASSERT_EQ(import.problems.size(), 2u);
  EXPECT_TRUE(import.problems[0].starts_with("/noNote: The property 'noNote' does not exist"));
  EXPECT_TRUE(import.problems[1].starts_with("/betaNote: The property 'betaNote' is of type"))
      << "said as the version that declares it sees it: " << import.problems[1];
  EXPECT_EQ(import.elements("directoryObjects"), Names{});
}

TEST(Importer, PutsAnEntityAtAnAddress) {
  Import import;
  import.put_at("admin", "admin", "", R"({"note":"n","settings":{"id":"s","title":"t"}})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("admin"), R"({"note":"n"})");
  EXPECT_EQ(import.elements("admin"), Names{"admin"});
  EXPECT_EQ(import.text("admin/settings"), R"({"id":"s","title":"t"})");
}

TEST(Importer, TakesTheKeyOfTheAddress) {
  Import import;
  import.put_at("notes/1", "note", "1", R"({"title":"t"})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("notes/1"), R"({"id":"1","title":"t"})");
  EXPECT_EQ(import.elements("notes"), Names{"notes/1"});
}

TEST(Importer, TakesAKeyThatRepeatsThatOfTheAddress) {
  Import import;
  import.put_at("notes/1", "note", "1", R"({"id":"1"})");
  EXPECT_EQ(import.problems, Names{});
  EXPECT_EQ(import.text("notes/1"), R"({"id":"1"})");
}

TEST(Importer, TakesAGuidThatRepeatsThatOfTheAddressInAnotherCase) {
  Import import;
  import.put_at("notes/01234567-89ab-cdef-0123-456789abcdef", "note",
                "01234567-89AB-CDEF-0123-456789ABCDEF",
                R"({"id":"01234567-89ab-cdef-0123-456789abcdef"})");
  EXPECT_EQ(import.problems, Names{});
}

TEST(Importer, ReportsAKeyThatIsNotThatOfTheAddress) {
  Import import;
  import.put_at("notes/1", "note", "1", R"({"id":"2"})");
  ASSERT_EQ(import.problems.size(), 1u) << "an entity must not say another key than its address";
  EXPECT_EQ(import.find("notes/1"), nullptr);
}

}  // namespace
}  // namespace graphmock::store
