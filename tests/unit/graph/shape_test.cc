#include "graph/shape.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "support/small_service.h"

namespace graphmock::graph {
namespace {

// A service without entities, to which requests can be put.
class Shape : public testing::Test {
 protected:
  Shape()
      : models_(support::small_models()),
        store_(std::make_shared<store::Snapshot>()),
        session_(store_, base::Instant()),
        clock_(base::Instant()),
        ids_(1),
        request_ids_(2) {
    request_.headers.add("Host", "h");
  }

  Context context() {
    return {models_, session_, clock_, ids_, request_ids_, model::EnumRule::Evolvable, nullptr};
  }
  Call call(std::string_view target) {
    request_.target = http::Target::read(target);
    return read_call(request_, context());
  }
  std::string context_url_of(std::string_view target) {
    const auto read = call(target);
    if (read.error) return read.error->message;
    store::Location location;
    store_.look([&](const store::LayerView& view) {
      location = store::locate(models_, view, *read.target);
    });
    return context_url(read, location);
  }
  store::EntityPtr entity(const std::string& type, std::string_view properties) {
    return store::make_entity(models_, "set/1", *models_.structured_type("microsoft.graph." + type),
                              base::parse_json(properties).get_object());
  }
  // An entity of the set, as an answer to GET has it.
  std::string shown(std::string_view target, const store::EntityPtr& one) {
    const auto read = call(target);
    store::Location location;
    store_.look([&](const store::LayerView& view) {
      location = store::locate(models_, view, *read.target);
    });
    const auto selection = Selection::of(read.query, *read.model, *location.type);
    return entity_answer(200, read, context(), location, {one, {}}, selection.get()).body;
  }

  model::Models models_;
  store::Store store_;
  store::Session session_;
  base::ManualClock clock_;
  base::IdSource ids_, request_ids_;
  http::Request request_{"GET", {}, {}, ""};
};

TEST_F(Shape, HasTheContextOfASet) {
  EXPECT_EQ(context_url_of("/v1.0/users"), "http://h/v1.0/$metadata#users");
  EXPECT_EQ(context_url_of("/beta/USERS"), "http://h/beta/$metadata#users");
}

TEST_F(Shape, HasTheContextOfAnEntityOfASet) {
  EXPECT_EQ(context_url_of("/v1.0/users/ID"), "http://h/v1.0/$metadata#users/$entity");
  EXPECT_EQ(context_url_of("/v1.0/notes('N')"), "http://h/v1.0/$metadata#notes/$entity");
}

TEST_F(Shape, HasTheContextOfASingleton) {
  EXPECT_EQ(context_url_of("/v1.0/admin"), "http://h/v1.0/$metadata#admin");
}

TEST_F(Shape, HasTheContextOfContainedEntities) {
  EXPECT_EQ(context_url_of("/v1.0/admin/settings"),
            "http://h/v1.0/$metadata#admin/settings/$entity");
  EXPECT_EQ(context_url_of("/v1.0/reports/tags"), "http://h/v1.0/$metadata#reports/tags");
  EXPECT_EQ(context_url_of("/v1.0/reports/tags/a"), "http://h/v1.0/$metadata#reports/tags/$entity");
}

TEST_F(Shape, KeepsTheTenantsPrefixInLinks) {
  EXPECT_EQ(context_url_of("/t/one/v1.0/notes"), "http://h/t/one/v1.0/$metadata#notes");
  EXPECT_EQ(entity_url(call("/t/one/v1.0/notes"), "N"), "http://h/t/one/v1.0/notes/N");
}

TEST_F(Shape, HasKeysOfOwnersInTheContext) {
  {
    store::Store::Write write(store_);
    for (const std::string key : {"ID", "o'brien", "a b/ü"}) {
      auto user = std::make_shared<store::Entity>();
      user->address = store::entity_address("directoryObjects", key);
      user->type = models_.structured_type("microsoft.graph.user")->name;
      user->text = "{}";
      write.create(user, "directoryObjects");
    }
    write.commit();
  }
  EXPECT_EQ(context_url_of("/v1.0/users/ID/messages"),
            "http://h/v1.0/$metadata#users('ID')/messages");
  EXPECT_EQ(context_url_of("/v1.0/users/ID/messages/M"),
            "http://h/v1.0/$metadata#users('ID')/messages/$entity");
  EXPECT_EQ(context_url_of("/v1.0/users/o'brien/messages"),
            "http://h/v1.0/$metadata#users('o''brien')/messages");
  EXPECT_EQ(context_url_of("/v1.0/users/a%20b%2F%C3%BC/messages"),
            "http://h/v1.0/$metadata#users('a%20b%2F%C3%BC')/messages")
      << "a slash in a key is no end of a step";
}

TEST_F(Shape, HasTheSetOfWhatAReferenceLeadsToInTheContext) {
  {
    store::Store::Write write(store_);
    auto group = std::make_shared<store::Entity>();
    group->address = "directoryObjects/G";
    group->type = models_.structured_type("microsoft.graph.group")->name;
    group->text = "{}";
    write.create(group, "directoryObjects");
    write.commit();
  }
  EXPECT_EQ(context_url_of("/v1.0/groups/G/members"), "http://h/v1.0/$metadata#directoryObjects");
  EXPECT_EQ(context_url_of("/v1.0/groups/G/members/U"),
            "http://h/v1.0/$metadata#directoryObjects/$entity");
}

TEST_F(Shape, HasTheAddressOfACreatedEntity) {
  EXPECT_EQ(entity_url(call("/v1.0/users"), "ID"), "http://h/v1.0/users/ID");
  EXPECT_EQ(entity_url(call("/v1.0/users/ID/messages"), "a/b c%"),
            "http://h/v1.0/users/ID/messages/a%2Fb%20c%25");
}

TEST_F(Shape, WritesControlInformationFirst) {
  EXPECT_EQ(shown("/v1.0/notes/1", entity("note", R"({"title":"t","id":"1"})")),
            R"({"@odata.context":"http://h/v1.0/$metadata#notes/$entity","id":"1","title":"t"})");
  EXPECT_EQ(shown("/v1.0/admin", entity("admin", "{}")),
            R"({"@odata.context":"http://h/v1.0/$metadata#admin"})");
}

TEST_F(Shape, NamesATypeThatIsNotTheDeclaredOne) {
  const auto user = entity("user", R"({"id":"1"})");
  EXPECT_EQ(shown("/v1.0/directoryObjects/1", user),
            R"({"@odata.context":"http://h/v1.0/$metadata#directoryObjects/$entity",)"
            R"("@odata.type":"#microsoft.graph.user","id":"1"})");
  EXPECT_EQ(shown("/v1.0/users/1", user).find("@odata.type"), std::string::npos);
}

TEST_F(Shape, LeavesOutWhatTheVersionDoesNotDeclare) {
  const auto user = entity("user", R"({"id":"1","oldNote":"o","betaNote":"b","followers":1,
      "home":{"city":"c","unit":"u"},"addresses":[{"unit":"u"},{"city":"c"}]})");
  EXPECT_EQ(shown("/v1.0/users/1?$select=*", user),
            R"({"@odata.context":"http://h/v1.0/$metadata#users(*)/$entity","id":"1",)"
            R"("oldNote":"o","followers":1,"home":{"city":"c"},"addresses":[{},{"city":"c"}]})");
  EXPECT_EQ(
      shown("/beta/users/1", user),
      R"({"@odata.context":"http://h/beta/$metadata#users/$entity","id":"1","betaNote":"b",)"
      R"("followers":1,"home":{"city":"c","unit":"u"},"addresses":[{"unit":"u"},{"city":"c"}]})");
}

TEST_F(Shape, KeepsDynamicPropertiesInEveryVersion) {
  const auto note = entity("note", R"({"id":"1","anything":{"at":[1.50]}})");
  for (const std::string version : {"v1.0", "beta"}) {
    EXPECT_NE(shown("/" + version + "/notes/1", note).find(R"("anything":{"at":[1.50]})"),
              std::string::npos);
  }
}

TEST_F(Shape, WritesLongNumbersAsStringsWhenAsked) {
  const auto user = entity("user", R"({"id":"1","age":3,"followers":9007199254740993,
      "balance":0.10,"score":1.5,"home":{"height":5}})");
  EXPECT_NE(shown("/beta/users/1", user).find(R"("followers":9007199254740993,"balance":0.10)"),
            std::string::npos);
  request_.headers.add("Accept", "application/json;IEEE754Compatible=true");
  EXPECT_EQ(
      shown("/beta/users/1", user),
      R"({"@odata.context":"http://h/beta/$metadata#users/$entity","id":"1","age":3,)"
      R"("followers":"9007199254740993","balance":"0.10","score":1.5,"home":{"height":"5"}})");
}

TEST_F(Shape, SaysInTheContentTypeHowNumbersAreWritten) {
  const auto note = entity("note", R"({"id":"1"})");
  auto read = call("/v1.0/notes/1");
  store::Location location;
  store_.look(
      [&](const store::LayerView& view) { location = store::locate(models_, view, *read.target); });
  EXPECT_EQ(entity_answer(200, read, context(), location, {note, {}}).header("Content-Type"),
            kContentType);
  request_.headers.add("Accept", "application/json;IEEE754Compatible=true");
  const auto response = entity_answer(200, read, context(), location, {note, {}});
  EXPECT_NE(response.header("Content-Type")->find("IEEE754Compatible=true"), std::string::npos);
  EXPECT_EQ(response.header("Content-Type")->find("IEEE754Compatible=false"), std::string::npos);
}

TEST_F(Shape, ListsACollectionInItsOrder) {
  const auto read = call("/v1.0/notes");
  store::Location location;
  store_.look(
      [&](const store::LayerView& view) { location = store::locate(models_, view, *read.target); });
  EXPECT_EQ(collection_answer(read, context(), location, {}).body,
            R"({"@odata.context":"http://h/v1.0/$metadata#notes","value":[]})");
  EXPECT_EQ(
      collection_answer(
          read, context(), location,
          {{{entity("note", R"({"id":"b"})"), {}}, {entity("note", R"({"id":"a"})"), {}}}, {}, ""})
          .body,
      R"({"@odata.context":"http://h/v1.0/$metadata#notes","value":[{"id":"b"},{"id":"a"}]})");
}

}  // namespace
}  // namespace graphmock::graph
