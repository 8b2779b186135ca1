#include "store/plain_reader.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::store {
namespace {

const model::Models& models() {
  static const auto models = support::small_models();
  return models;
}

Importer::Place place_of(const std::string& list, const std::string& type) {
  Importer::Place place;
  place.list = list;
  for (const auto& model : models().all()) {
    if (const auto* declared = model->structured_type("microsoft.graph." + type)) {
      place.declared.push_back({model.get(), declared});
    }
  }
  return place;
}

EntityPtr read(std::string_view text, const Importer::Place& place = place_of("users", "user")) {
  return PlainReader(models(), place, model::EnumRule::Strict).read(text);
}

TEST(PlainReader, KeepsATextThatIsAsItIsToBe) {
  const auto entity = read("{\"id\":\"A\",\"age\":7,\"phones\":[\"1\",\"2\"],\"nicknames\":[]}\r");
  ASSERT_TRUE(entity);
  EXPECT_EQ(entity->text, R"({"id":"A","age":7,"phones":["1","2"],"nicknames":[]})");
  EXPECT_EQ(entity->address, "users/A");
  EXPECT_EQ(entity->type, "microsoft.graph.user");
  EXPECT_EQ(entity->hidden_in, 0);
}

struct TextRow {
  std::string name;
  std::string text;
  std::string stored;  // empty: it is the importer's
};

void PrintTo(const TextRow& row, std::ostream* out) {
  *out << row.name;
}

class PlainReaderText : public testing::TestWithParam<TextRow> {};

TEST_P(PlainReaderText, IsStoredOrLeft) {
  const auto entity = read(GetParam().text);
  EXPECT_EQ(entity ? entity->text : "", GetParam().stored);
}

INSTANTIATE_TEST_SUITE_P(
    OfUsers, PlainReaderText,
    testing::Values(
        TextRow{"KeyBehind", R"({"age":1,"id":"a"})", R"({"id":"a","age":1})"},
        TextRow{"WhiteSpace", R"({ "id" : "a" , "age" : null })", R"({"id":"a","age":null})"},
        TextRow{"Escapes", R"({"id":"a","displayName":"\u0041\/"})",
                R"({"id":"a","displayName":"A/"})"},
        TextRow{"EscapesAndWhiteSpaceOfOneSize", R"({"id":"a" ,"displayName":"\n"})",
                R"({"id":"a","displayName":"\n"})"},
        TextRow{"NumbersAsTheyStand", R"({"id":"a","balance":-1.50,"score":1E3})",
                R"({"id":"a","balance":-1.50,"score":1E3})"},
        TextRow{"ComplexValue", R"({"id":"a","home":{"city":"c","lines":[],"@x.y":1}})",
                R"({"id":"a","home":{"city":"c","lines":[]}})"},
        TextRow{"ConvertedInside", R"({"id":"a","home":{"place":{"latitude":1}}})",
                R"({"id":"a","home":{"place":{"latitude":1}}})"},
        TextRow{"Enumerations", R"({"id":"a","color":"red","workdays":"monday,friday"})",
                R"({"id":"a","color":"red","workdays":"monday,friday"})"},
        TextRow{"ItemsThatAreNull", R"({"id":"a","nicknames":[null]})",
                R"({"id":"a","nicknames":[null]})"},
        TextRow{"NoKey", R"({"age":1})", ""}, TextRow{"KeyOfNoText", R"({"id":""})", ""},
        TextRow{"UnknownProperty", R"({"id":"a","none":1})", ""},
        TextRow{"Navigation", R"({"id":"a","messages":[]})", ""},
        TextRow{"Bind", R"({"id":"a","manager@odata.bind":"users/b"})", ""},
        TextRow{"Type", R"({"@odata.type":"#microsoft.graph.user","id":"a"})", ""},
        TextRow{"WrongKind", R"({"id":"a","age":"old"})", ""},
        TextRow{"ToConvert", R"({"id":"a","age":"7"})", ""},
        TextRow{"ItemsThatMustNotBeNull", R"({"id":"a","phones":[null]})", ""},
        TextRow{"MustNotBeNull", R"({"id":"a","jobTitle":null})", ""},
        TextRow{"NoArray", R"({"id":"a","phones":"1"})", ""},
        TextRow{"WrongKindInside", R"({"id":"a","home":{"city":1}})", ""},
        TextRow{"UnknownMember", R"({"id":"a","color":"pink"})", ""},
        TextRow{"Duplicate", R"({"id":"a","age":1,"age":2})", ""}, TextRow{"NoObject", "[]", ""},
        TextRow{"NoJson", "{", ""}),
    support::RowName());

TEST(PlainReader, ReadsOneAfterTheOtherWhateverTheirMembers) {
  PlainReader reader(models(), place_of("users", "user"), model::EnumRule::Strict);
  for (const std::string text :
       {R"({"id":"a","age":1,"displayName":"x"})", R"({"id":"b","displayName":"x","age":1})",
        R"({"id":"c"})", R"({"id":"d","phones":[],"age":1})", R"({"id":"a","age":1})"}) {
    const auto entity = reader.read(text);
    ASSERT_TRUE(entity) << text;
    EXPECT_EQ(entity->text, text);
  }
}

TEST(PlainReader, LeavesPlacesWhereMoreIsToBeDone) {
  EXPECT_TRUE(read(R"({"id":"a"})", place_of("drives", "drive")));
  EXPECT_FALSE(read(R"({"id":"a"})", place_of("things", "outlookItem"))) << "abstract";
  EXPECT_FALSE(read(R"({"text":"a"})", place_of("orphans", "orphan"))) << "no key";
  auto reference = place_of("groups/g/members", "user");
  reference.home.list = "directoryObjects";
  EXPECT_FALSE(read(R"({"id":"a"})", reference));
  auto single = place_of("me", "user");
  single.is_single = true;
  EXPECT_FALSE(read(R"({"id":"a"})", single));
}

}  // namespace
}  // namespace graphmock::store
