#include "store/fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/line_file.h"
#include "store/layer_view.h"
#include "support/small_service.h"
#include "support/temporary_folder.h"
#include "support/test_name.h"

namespace graphmock::store {
namespace {

using Names = std::vector<std::string>;

// A fixture set in a folder of its own, loaded under the small models.
class FixtureSet {
 public:
  struct File {
    std::string path;
    std::string text;
  };

  FixtureSet(const std::vector<File>& files, model::EnumRule enums)
      : models(support::small_models()) {
    for (const auto& file : files) folder_.write(file.path, file.text);
    base::LoadErrors errors;
    fixtures = load_fixtures(folder_.path(), models, enums, errors);
    for (const auto& error : errors) problems.push_back(without_folder(error.text()));
  }

  std::string text(std::string_view address) const {
    const auto entity = LayerView(fixtures.get(), {}).find(address);
    return entity ? entity->text : "none";
  }
  std::string type(std::string_view address) const {
    const auto entity = LayerView(fixtures.get(), {}).find(address);
    return entity ? std::string(entity->type) : "none";
  }
  Names elements(std::string_view list) const {
    Names addresses;
    LayerView(fixtures.get(), {}).for_each(list, [&](const EntityPtr& one) {
      addresses.push_back(one->address);
      return true;
    });
    return addresses;
  }

  model::Models models;
  std::shared_ptr<const Snapshot> fixtures;
  Names problems;  // "users.json:3: what"

 private:
  std::string without_folder(std::string text) const {
    const auto prefix = folder_.path().string() + "/";
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
  }

  support::TemporaryFolder folder_;
};

FixtureSet loaded(const std::vector<FixtureSet::File>& files,
                  model::EnumRule enums = model::EnumRule::Evolvable) {
  return FixtureSet(files, enums);
}

TEST(Fixtures, OfAnEmptyFolderAreEmpty) {
  const auto set = loaded({});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.fixtures->size(), 0u);
}

TEST(Fixtures, OfAMissingFolderAreAProblem) {
  const support::TemporaryFolder folder;
  const auto models = support::small_models();
  base::LoadErrors errors;
  load_fixtures(folder.path() / "none", models, model::EnumRule::Evolvable, errors);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_NE(errors[0].text().find("/none: cannot be read: "), std::string::npos)
      << errors[0].text();
}

TEST(Fixtures, FillTheCollectionThatTheFileIsNamedFor) {
  const auto set = loaded({{"notes.json", R"([{"id":"b","title":"t"},{"id":"a"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.elements("notes"), (Names{"notes/b", "notes/a"})) << "in the order of the file";
  EXPECT_EQ(set.text("notes/b"), R"({"id":"b","title":"t"})");
}

TEST(Fixtures, TakeASavedAnswer) {
  const auto set = loaded({{"notes.json", R"({"@odata.context":"https://x/$metadata#notes",
      "@odata.nextLink":"https://x","value":[{"@odata.etag":"e","id":"a"}]})"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("notes/a"), R"({"id":"a"})");
}

TEST(Fixtures, TakeAnEmptyCollection) {
  EXPECT_EQ(loaded({{"notes.json", "[]"}, {"tags.json", R"({"value":[]})"}}).problems, Names{});
}

TEST(Fixtures, TakeCommentsAndTrailingCommas) {
  const auto set = loaded({{"notes.json", "// notes\n[ /* one */ {\"id\": \"a\",},\n]\n"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.elements("notes"), Names{"notes/a"});
}

TEST(Fixtures, TakeALineForAnEntity) {
  const auto set =
      loaded({{"notes.jsonl", "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\r\n  \n{\"id\":\"c\"}"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.elements("notes"), (Names{"notes/a", "notes/b", "notes/c"}));
}

TEST(Fixtures, KeepTheOrderOfLinesThatAreReadInDifferentWays) {
  const auto set = loaded({{"users.jsonl",
                            R"({"id":"e","manager@odata.bind":"users/b"}
                               {"id":"b"}
                               {"id":"d","messages":[{"id":"m"}]}
                               {"id":"a"}
                               {"id":"c"}
                               {"id":"f","@odata.type":"#microsoft.graph.user"})"},
                           {"groups.json", R"([{"id":"g","members@odata.bind":["users/c"]}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(
      set.elements("directoryObjects"),
      (Names{"directoryObjects/g", "directoryObjects/e", "directoryObjects/b", "directoryObjects/d",
             "directoryObjects/a", "directoryObjects/c", "directoryObjects/f"}));
  EXPECT_EQ(set.elements("directoryObjects/e/manager"), Names{"directoryObjects/b"});
  EXPECT_EQ(set.elements("directoryObjects/c/memberOf"), Names{"directoryObjects/g"});
  EXPECT_EQ(set.text("directoryObjects/d/messages/m"), R"({"id":"m"})");
}

// Lines are read the quick way where they can be, the items of an array are not.
TEST(Fixtures, AreTheSameInLinesAndInAnArray) {
  const Names members = {R"("displayName":"x")",
                         R"("displayName":"\u00e9")",
                         R"("displayName":1)",
                         R"("age":1)",
                         R"("age":"1")",
                         R"("age":1.5)",
                         R"("accountEnabled":"TRUE")",
                         R"("balance":1.10)",
                         R"("followers":"7")",
                         R"("photoId":"none")",
                         R"("oldNote":"v1.0 alone")",
                         R"("betaNote":"beta alone")",
                         R"("home":{"city":"c","unit":"beta alone"})",
                         R"("home":{"city":"c","@odata.type":"#microsoft.graph.officeAddress"})",
                         R"("home":{"height":"7","place":{"latitude":"INF","labels":["l"]}})",
                         R"("addresses":[{"country":"c"},{"country":null}])",
                         R"("bag":{"any":{"thing":[1]}})",
                         R"("color":"red")",
                         R"("mood":"unheard")",
                         R"("phones":[])",
                         R"("phones":null)",
                         R"("nicknames":["n",null])",
                         R"("jobTitle":null)",
                         R"("messages":[{"id":"m"}])",
                         R"("manager@odata.bind":"users/0")",
                         R"("@odata.etag":"e")",
                         R"("none":1)",
                         R"( "lastModifiedDateTime" : "2024-01-01T00:00:00Z")"};
  std::mt19937 random(3);
  size_t right = 0;
  for (int round = 0; round < 400; ++round) {
    std::string lines, array;
    for (int i = 0; i < 3; ++i) {
      Names chosen{"\"id\":\"" + std::to_string(random() % 20 == 0 ? 0 : i) + '"'};
      for (const auto& member : members) {
        const auto name = member.substr(0, member.find(':') + 1);
        const bool is_there = std::any_of(chosen.begin(), chosen.end(),
                                          [&](const auto& one) { return one.starts_with(name); });
        if (!is_there && random() % members.size() < 2) chosen.push_back(member);
      }
      std::shuffle(chosen.begin(), chosen.end(), random);
      std::string object;
      for (const auto& member : chosen) object += (object.empty() ? "{" : ",") + member;
      lines += object + "}\n";
      array += (array.empty() ? "[" : ",\n") + object + '}';
    }
    const auto in_lines = loaded({{"users.jsonl", lines}});
    const auto in_array = loaded({{"users.json", array + ']'}});
    auto problems = in_lines.problems;
    for (auto& problem : problems)
      problem.replace(0, std::string("users.jsonl").size(), "users.json");
    ASSERT_EQ(problems, in_array.problems) << lines;
    right += problems.empty();
    if (!problems.empty()) continue;
    ASSERT_EQ(in_lines.elements("directoryObjects"), in_array.elements("directoryObjects"));
    ASSERT_EQ(in_lines.fixtures->size(), in_array.fixtures->size());
    for (const auto& address : in_array.elements("directoryObjects")) {
      const auto one = in_lines.fixtures->find(address);
      const auto other = in_array.fixtures->find(address);
      ASSERT_EQ(one->text, other->text) << lines;
      ASSERT_EQ(one->type, other->type);
      ASSERT_EQ(one->hidden_in, other->hidden_in) << lines;
    }
  }
  EXPECT_GT(right, 50u);
  EXPECT_LT(right, 350u);
}

TEST(Fixtures, TellTheLineInAFileOfManyBlocks) {
  std::string lines;
  size_t count = 0;
  for (; lines.size() < 2 * base::LineFile::kBlockBytes; ++count) {
    lines += "{\"id\":\"" + std::to_string(count) + R"(","displayName":")" +
             std::string(2000, 'x') + "\"}\n";
  }
  EXPECT_EQ(loaded({{"users.jsonl", lines}}).elements("directoryObjects").size(), count);
  const auto set = loaded({{"users.jsonl", lines + "\n{\"id\":\"7\"}\n{\"age\":1}\n"}});
  EXPECT_EQ(set.problems, (Names{"users.jsonl:" + std::to_string(count + 2) +
                                     ": There is another entity at 'directoryObjects/7'.",
                                 "users.jsonl:" + std::to_string(count + 3) +
                                     ": The entity lacks its key 'id'."}));
}

TEST(Fixtures, FillASingleton) {
  const auto set = loaded(
      {{"admin.json", R"({"note":"n"})"}, {"admin/settings.json", R"({"id":"s","title":"t"})"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("admin"), R"({"note":"n"})");
  EXPECT_EQ(set.text("admin/settings"), R"({"id":"s","title":"t"})");
}

TEST(Fixtures, FillOneEntityByTheKeyInItsPath) {
  const auto set = loaded({{"notes/a.json", R"({"title":"t"})"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("notes/a"), R"({"id":"a","title":"t"})");
  EXPECT_EQ(set.elements("notes"), Names{"notes/a"});
}

TEST(Fixtures, FillTheCollectionsOfAnEntity) {
  const auto set = loaded({{"users/u/messages.json", R"([{"id":"m"}])"},
                           {"users/u/messages/m/attachments.json",
                            R"([{"@odata.type":"#microsoft.graph.fileAttachment","id":"f"}])"},
                           {"users/u/outlook/categories.json", R"([{"id":"c"}])"},
                           {"users.json", R"([{"id":"u"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("directoryObjects/u/messages/m"), R"({"id":"m"})");
  EXPECT_EQ(set.type("directoryObjects/u/messages/m/attachments/f"),
            "microsoft.graph.fileAttachment");
  EXPECT_EQ(set.text("directoryObjects/u/outlook/categories/c"), R"({"id":"c"})");
}

TEST(Fixtures, DecodeTheNamesOfFilesAndFolders) {
  const auto set = loaded(
      {{"users.json", R"([{"id":"a/b"}])"}, {"users/a%2Fb/messages.json", R"([{"id":"m"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("directoryObjects/a%2Fb/messages/m"), R"({"id":"m"})");
}

TEST(Fixtures, PutEverySetOfDirectoryObjectsInOnePool) {
  const auto set =
      loaded({{"users.json", R"([{"id":"u"}])"},
              {"groups.json", R"([{"id":"g"}])"},
              {"directoryObjects.json", R"([{"@odata.type":"#microsoft.graph.user","id":"v"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.elements("directoryObjects").size(), 3u);
  EXPECT_EQ(set.type("directoryObjects/g"), "microsoft.graph.group");
  EXPECT_EQ(set.type("directoryObjects/v"), "microsoft.graph.user");
}

TEST(Fixtures, ReferToWhatALaterFileHas) {
  const auto set =
      loaded({{"groups.json", R"([{"id":"g","members@odata.bind":["users/u","groups/g"]}])"},
              {"users.json", R"([{"id":"u"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.elements("directoryObjects/g/members"),
            (Names{"directoryObjects/u", "directoryObjects/g"}));
}

TEST(Fixtures, PassOverOtherFiles) {
  const auto set = loaded({{"README.md", "# notes"},
                           {"notes.txt", "x"},
                           {"operations.json", R"({"rules":[]})"},
                           {"notes.json", R"([{"id":"a"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.fixtures->size(), 1u);
}

TEST(Fixtures, TakeWhatEitherVersionDeclares) {
  const auto set = loaded({{"users.json", R"([{"id":"u","betaNote":"b","oldNote":"o"}])"},
                           {"gadgets.json", R"([{"id":"x","size":3}])"},
                           {"betaNotes.json", R"([{"id":"n"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("directoryObjects/u"), R"({"id":"u","betaNote":"b","oldNote":"o"})");
  EXPECT_EQ(set.text("gadgets/x"), R"({"id":"x","size":3})");
}

TEST(Fixtures, CheckEnumsByTheRuleGiven) {
  const std::vector<FixtureSet::File> files{
      {"users.json", "[\n{\"id\":\"u\",\"mood\":\"brandNew\"}]"}};
  EXPECT_EQ(loaded(files, model::EnumRule::Evolvable).problems, Names{});
  const auto strict = loaded(files, model::EnumRule::Strict);
  ASSERT_EQ(strict.problems.size(), 1u);
  EXPECT_TRUE(strict.problems[0].starts_with("users.json:2: The property 'mood'"))
      << strict.problems[0];
}

TEST(Fixtures, GiveACollectionTheAddressThatTheModelLacks) {
  const auto set =
      loaded({{"counts.json", R"([{"@odata.type":"#microsoft.graph.count","id":"c","total":1}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("counts/c"), R"({"id":"c","total":1})");
  for (const auto& model : set.models.all()) {
    ASSERT_NE(model->entity_set("counts"), nullptr);
    EXPECT_TRUE(model->entity_set("counts")->is_added);
    EXPECT_EQ(model->entity_set("counts")->type->name, "microsoft.graph.count");
  }
}

TEST(Fixtures, GiveAnAddressBelowASingleton) {
  const auto set = loaded(
      {{"reports/counts.json", R"({"value":[{"@odata.type":"microsoft.graph.count","id":"c"}]})"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.text("reports/counts/c"), R"({"id":"c"})");
  for (const auto& model : set.models.all()) {
    const auto* added = model->structured_type("microsoft.graph.reportRoot")->navigation("counts");
    ASSERT_NE(added, nullptr);
    EXPECT_TRUE(added->is_added);
    EXPECT_TRUE(added->is_contained);
  }
}

// The type that a reference starts from gets another navigation before the reference is resolved.
TEST(Fixtures, ReferFromATypeThatGetsAnAddressLater) {
  const auto set =
      loaded({{"users.json", R"([{"id":"u","manager@odata.bind":"users/v"},{"id":"v"}])"},
              {"users/u/counts.json", R"([{"@odata.type":"#microsoft.graph.count","id":"c"}])"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.elements("directoryObjects/u/manager"), Names{"directoryObjects/v"});
  EXPECT_EQ(set.text("directoryObjects/u/counts/c"), R"({"id":"c"})");
}

TEST(Fixtures, GiveAnAddressInTheVersionsThatHaveTheTypeAlone) {
  const auto set =
      loaded({{"widgets.jsonl", "{\"@odata.type\":\"#microsoft.graph.gadget\",\"id\":\"w\"}\n"}});
  EXPECT_EQ(set.problems, Names{});
  EXPECT_EQ(set.models.version("v1.0")->entity_set("widgets"), nullptr);
  EXPECT_NE(set.models.version("beta")->entity_set("widgets"), nullptr);
}

struct ProblemRow {
  std::string name;
  std::vector<FixtureSet::File> files;
  std::string problem;  // its beginning
};

void PrintTo(const ProblemRow& row, std::ostream* out) {
  *out << row.name;
}

class FixtureProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(FixtureProblem, IsReportedWithFileAndLine) {
  const auto set = loaded(GetParam().files);
  ASSERT_EQ(set.problems.size(), 1u) << testing::PrintToString(set.problems);
  EXPECT_TRUE(set.problems[0].starts_with(GetParam().problem)) << set.problems[0];
}

std::vector<ProblemRow> problem_rows() {
  const std::string typed = R"({"@odata.type":"#microsoft.graph.count","id":"c"})";
  return {
      {"UnknownProperty",
       {{"users.json", "[\n  {\"id\": \"u\",\n   \"displayNme\": \"x\"}\n]"}},
       "users.json:3: The property 'displayNme' does not exist on type 'microsoft.graph.user'. Did "
       "you mean 'displayName'?"},
      {"WrongKind",
       {{"users.json", "// one\n[\n  {\"id\": \"u\", // two\n   \"home\": {\n \"city\": 7}}\n]"}},
       "users.json:5: The property 'city' is of type Edm.String"},
      {"WrongKindInASavedAnswer",
       {{"users.json", "{\"value\": [\n{\"id\":\"u\"},\n{\"id\":\"v\",\n\"age\": \"old\"}]}"}},
       "users.json:4: The property 'age' is of type Edm.Int32"},
      {"WrongKindNested",
       {{"users.json", "[{\"id\":\"u\",\n\"messages\":[\n{\"id\":\"m\",\n\"subject\":1}]}]"}},
       "users.json:4: The property 'subject' is of type Edm.String"},
      {"WrongKindInALine",
       {{"users.jsonl", "{\"id\":\"u\"}\n\n{\"id\":\"v\",\"age\":\"old\"}\n"}},
       "users.jsonl:3: The property 'age' is of type Edm.Int32"},
      {"BadJson", {{"users.json", "[\n{\"id\" \"u\"}]"}}, "users.json:2: "},
      {"BadJsonInALine", {{"users.jsonl", "{\"id\":\"u\"}\n{\"id\"\n"}}, "users.jsonl:2: "},
      {"DuplicateMember",
       {{"users.json", "[{\"id\":\"u\",\n\"age\":1,\n\"age\":2}]"}},
       "users.json:3: duplicate member 'age'"},
      {"EmptyFile", {{"users.json", ""}}, "users.json:1: no JSON value, the text is empty"},
      {"MissingKey",
       {{"users.json", "[\n{\"displayName\":\"x\"}]"}},
       "users.json:2: The entity lacks its key 'id'."},
      {"EntityThatIsNoObject",
       {{"users.json", "[{\"id\":\"u\"},\n\"x\"]"}},
       "users.json:2: an entity is a JSON object"},
      {"TwoOfOneKey",
       {{"users.json", "[{\"id\":\"u\"},\n{\"id\":\"u\"}]"}},
       "users.json:2: There is another entity at 'directoryObjects/u'."},
      {"TwoOfOneKeyInThePool",
       {{"groups.json", "[{\"id\":\"u\"}]"}, {"users.json", "[\n{\"id\":\"u\"}]"}},
       "users.json:2: There is another entity at 'directoryObjects/u'."},
      {"ObjectForACollection",
       {{"users.json", "\n{\"id\":\"u\"}"}},
       "users.json:2: expected a collection: an array, or {\"value\": [...]}"},
      {"CollectionForASingleton",
       {{"admin.json", "[{\"note\":\"n\"}]"}},
       "admin.json:1: expected one object: the address is that of one entity"},
      {"LinesForASingleton",
       {{"admin.jsonl", "{\"note\":\"n\"}\n"}},
       "admin.jsonl:1: expected one object: the address is that of one entity"},
      {"NoAddressAndNoType",
       {{"counts.json", "[\n{\"id\":\"c\"}]"}},
       "counts.json:2: no model has the address of this file (Resource not found for the segment "
       "'counts'.), so that each of its entities needs an '@odata.type' that says what it is"},
      {"NoAddressAndOneWithoutType",
       {{"counts.json", "[" + typed + ",\n{\"id\":\"d\"}]"}},
       "counts.json:2: no model has the address of this file"},
      {"NoAddressAndNoEntity",
       {{"counts.json", "[]"}},
       "counts.json:1: no model has the address of this file (Resource not found for the segment "
       "'counts'.), and it has no entity to tell a type by"},
      {"NoAddressAndUnknownType",
       {{"counts.json", "[{\"@odata.type\":\"#microsoft.graph.none\",\"id\":\"c\"}]"}},
       "counts.json:1: no version has the type 'microsoft.graph.none' of '@odata.type'"},
      {"NoAddressAndAnObject",
       {{"count.json", typed}},
       "count.json:1: no model has the address of this file: "},
      {"NoAddressInLines",
       {{"countsx.jsonl", "\n{\"id\":\"c\"}\n"}},
       "countsx.jsonl:2: no model has the address of this file"},
      {"AddressBelowNothing",
       {{"nothing/counts.json", "[" + typed + "]"}},
       "nothing/counts.json:1: no model has the address of this file: "},
      {"AddedCollectionOfTwoTypes",
       {{"counts.json",
         "[" + typed + ",\n{\"@odata.type\":\"#microsoft.graph.note\",\"id\":\"n\"}]"}},
       "counts.json:2: The type 'microsoft.graph.note' of '@odata.type' is not "
       "'microsoft.graph.count' nor derived from it."},
      {"AddressOfNoEntities",
       {{"users/u/displayName.json", "\"x\""}, {"users.json", "[{\"id\":\"u\"}]"}},
       "users/u/displayName.json:1: no model has the address of this file: it is that of no "
       "entity"},
      {"MissingOwner",
       {{"users/u/messages.json", "[{\"id\":\"m\"}]"}},
       "users/u/messages.json:1: there is no entity 'u' that could hold it"},
      {"OwnerOfAnotherType",
       {{"groups.json", "[{\"id\":\"u\"}]"}, {"users/u/messages.json", "[{\"id\":\"m\"}]"}},
       "users/u/messages.json:1: there is no entity 'u' that could hold it"},
      {"ReferenceToNothing",
       {{"groups.json", "[{\"id\":\"g\",\n\"members@odata.bind\":[\n\"users/none\"]}]"}},
       "groups.json:2: There is no entity 'users/none' to refer to."},
      {"ReferenceNested",
       {{"groups.json", "[{\"id\":\"g\",\n\"members\":[{\"id\":\"u\"}]}]"}},
       "groups.json:2: 'members' refers to entities that live elsewhere"},
      {"TypeOfNoKey",
       {{"orphans.json", "[\n{\"text\":\"t\"}]"}},
       "orphans.json:2: The type 'microsoft.graph.orphan' has no key"},
      {"UnknownType",
       {{"users.json", "[{\"id\":\"u\",\n\"@odata.type\":\"#microsoft.graph.usr\"}]"}},
       "users.json:2: The type 'microsoft.graph.usr' of '@odata.type' does not exist in"},
      {"AbstractType",
       {{"users.json",
         "[{\"id\":\"u\",\"messages\":[{\"id\":\"m\",\"attachments\":[\n{\"id\":\"f\"}]}]}]"}},
       "users.json:2: "},
      {"KeyThatIsNotThatOfThePath",
       {{"notes/a.json", "{\"title\":\"t\",\n\"id\":\"b\"}"}},
       "notes/a.json:2: "},
  };
}

INSTANTIATE_TEST_SUITE_P(Fixtures, FixtureProblem, testing::ValuesIn(problem_rows()),
                         support::RowName());

TEST(Fixtures, ReportEveryProblemOfEveryFile) {
  const auto set =
      loaded({{"users.json", "[{\"id\":\"u\",\"age\":\"x\",\"nme\":1},\n{\"id\":7}]"},
              {"groups.json", "[{\"id\":\"g\",\"members@odata.bind\":[\"users/none\"]}"},
              {"notes.json", "[{\"title\":1}]"}});
  auto lines = set.problems;
  for (auto& line : lines) line.resize(line.find(": "));
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, (Names{"groups.json:1", "notes.json:1", "users.json:1", "users.json:1",
                          "users.json:2"}))
      << testing::PrintToString(set.problems);
}

TEST(Fixtures, ReportNoFloodOfProblems) {
  std::string text = "[";
  for (int i = 0; i < 5000; ++i) text += "{\"id\":" + std::to_string(i) + "},\n";
  const auto set = loaded({{"users.json", text + "]"}});
  EXPECT_GE(set.problems.size(), 10u);
  EXPECT_LE(set.problems.size(), 100u);
}

// A document as a file, under the small models.
std::vector<std::string> document_problems(std::string_view text) {
  const support::TemporaryFolder folder;
  const auto models = support::small_models();
  base::LoadErrors errors;
  load_fixtures(folder.write("state.json", text), models, model::EnumRule::Evolvable, errors);
  std::vector<std::string> problems;
  for (const auto& error : errors) {
    problems.push_back(error.text().substr(folder.path().string().size() + 1));
  }
  return problems;
}

TEST(FixtureDocument, HasTheMembersThatAFolderHasFiles) {
  const support::TemporaryFolder folder;
  const auto models = support::small_models();
  base::LoadErrors errors;
  const auto set = load_fixtures(folder.write("state.json", R"({
    // What an owner contains may come before it.
    "users/u/messages": {"value": [{"id": "m"}]},
    "users": [{"id": "u", "outlook": {"id": "o"}, "memberOf@odata.bind": []},],
    "admin": {"note": "n"},
    "operations": {"rules": []},
  })"),
                                 models, model::EnumRule::Evolvable, errors);
  EXPECT_TRUE(errors.empty()) << errors[0].text();
  EXPECT_EQ(set->size(), 4u);
  EXPECT_NE(set->find("directoryObjects/u/messages/m"), nullptr);
  EXPECT_NE(set->find("directoryObjects/u/outlook"), nullptr);
  EXPECT_EQ(set->find("admin")->text, R"({"note":"n"})");
}

struct DocumentProblemRow {
  std::string name, text, problem;
};

void PrintTo(const DocumentProblemRow& row, std::ostream* out) {
  *out << row.name;
}

class DocumentProblem : public testing::TestWithParam<DocumentProblemRow> {};

TEST_P(DocumentProblem, IsReportedWithItsLine) {
  const auto problems = document_problems(GetParam().text);
  ASSERT_EQ(problems.size(), 1u) << testing::PrintToString(problems);
  EXPECT_TRUE(problems[0].starts_with(GetParam().problem)) << problems[0];
}

std::vector<DocumentProblemRow> document_problem_rows() {
  return {
      {"NoObject", "[]", "state.json:1: a fixture document is an object whose members"},
      {"EmptySegment", "{\"users\": [],\n\"users/\": {}}",
       "state.json:2: 'users/' is no resource path"},
      {"BadJson", "{\n\"users\": [}", "state.json:2: "},
      {"TwoMembersOfOneName", "{\"users\": [],\n\"users\": []}",
       "state.json:2: duplicate member 'users'"},
      {"NoAddress", "{\n\"users\": [],\n\"widgets\": {}}",
       "state.json:3: no model has the address of 'widgets': "},
      {"UnknownProperty", "{\"users\": [\n{\"id\": \"u\",\n\"nme\": 1}]}",
       "state.json:3: The property 'nme' does not exist"},
      {"BelowAMemberWithASlash",
       "{\"users\": [{\"id\": \"u\"}],\n\"users/u/messages\": [{\"id\": \"m\",\n\"subject\": 1}]}",
       "state.json:3: The property 'subject'"},
      {"MissingOwner", "{\n\"users/u/messages\": []}",
       "state.json:2: there is no entity 'u' that could hold it"},
      {"ReferenceToNothing",
       "{\"groups\": [{\"id\": \"g\",\n\"members@odata.bind\": [\"users/u\"]}]}",
       "state.json:2: There is no entity 'users/u' to refer to."},
      {"ListOfNothing", "{\"@mock.lists\": {\n\"users/u/memberOf\": []}}",
       "state.json:2: There is no entity 'u'."},
      {"ListThatIsNone", "{\"@mock.lists\": {\n\"users\": {}}}",
       "state.json:2: '@mock.lists' is an object of lists"},
      {"ListsThatAreNone", "{\n\"@mock.lists\": []}",
       "state.json:2: '@mock.lists' is an object of lists"},
      {"ListThatNoModelHas", "{\"@mock.lists\": {\n\"things\": []}}",
       "state.json:2: no model has such a list: "},
      {"ListWithAnUnknownElement", "{\"@mock.lists\": {\"notes\": [\n\"notes/a\"]}}",
       "state.json:2: There is no entity 'notes/a' to refer to."},
      {"ListWithOneElementTwice",
       "{\"notes\": [{\"id\": \"a\"}],\n\"@mock.lists\": {\"notes\": [\"notes/a\",\n\"notes/a\"]}}",
       "state.json:3: 'notes/a' is in the list already."},
      {"UnknownTypeAsItIs",
       "{\"notes\": [{\"id\": \"a\",\n\"@mock.asIs\": true, \"@odata.type\": \"#x.y\"}]}",
       "state.json:2: The type 'x.y' of '@odata.type' is not 'microsoft.graph.note'"},
      {"OtherTypeAsItIs",
       "{\"notes\": [{\"@odata.type\": \"#microsoft.graph.user\", \"@mock.asIs\": true,"
       "\"id\": \"a\"}]}",
       "state.json:1: The type 'microsoft.graph.user' of '@odata.type' is not"},
      {"ReferenceAsItIs",
       "{\"users\": [{\"id\": \"a\", \"@mock.asIs\": true,\n\"manager@odata.bind\": \"users/a\"}]}",
       "state.json:2: An entity with '@mock.asIs' has no 'manager@odata.bind'"},
      {"NoKeyAsItIs", "{\"notes\": [\n{\"@mock.asIs\": true}]}",
       "state.json:2: The entity lacks its key."},
      {"SecondOfAKeyAsItIs",
       "{\"notes\": [{\"id\": \"a\"},\n{\"id\": \"a\", \"@mock.asIs\": true}]}",
       "state.json:2: There is another entity at 'notes/a'."},
      {"StreamThatIsNone",
       "{\"drives\": [{\"id\": \"d\", \"items\": [{\"id\": \"i\"}]}],\n"
       "\"drives/d/items/i/content\": {\"value\": \"!\"}}",
       "state.json:2: A stream is {"},
      {"SecondStreamAtAnAddress",
       "{\"drives\": [{\"id\": \"d\", \"items\": [{\"id\":"
       "\"ABCDEF00-0000-4000-8000-000000000000\"}]}],\n"
       "\"drives/d/items/ABCDEF00-0000-4000-8000-000000000000/content\": {\"value\": \"\"},\n"
       "\"drives/d/items/abcdef00-0000-4000-8000-000000000000/content\": {\"value\": \"\"}}",
       "state.json:3: There is another stream at 'drives/d/items/abcdef00-"},
      {"EntityDeeperThanAny",
       "{\n\"notes\": [{\"id\": \"n\", \"x\": " + std::string(100, '[') + std::string(100, ']') +
           "}]}",
       "state.json:2: The entity would be nested more than 100 levels deep."},
  };
}

INSTANTIATE_TEST_SUITE_P(Fixtures, DocumentProblem, testing::ValuesIn(document_problem_rows()),
                         support::RowName());

// The models are shared by then.
TEST(FixtureDocument, GivesNoAddressesWhereTheServerRuns) {
  const auto models = support::small_models();
  base::LoadErrors errors;
  read_fixture_document("body",
                        R"({"counts": [{"@odata.type": "#microsoft.graph.count", "id": "c"}],
                            "operations": {}})",
                        models, model::EnumRule::Evolvable, errors);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].text(), "body:2: canned answers are given when the server starts");
  EXPECT_EQ(errors[1].text(),
            "body:1: no model has the address of 'counts' (Resource not found for the segment "
            "'counts'.), and it can be given one only when the server starts");
  EXPECT_EQ(models.all()[0]->entity_set("counts"), nullptr);
}

TEST(FixtureDocument, HasCannedAnswersOnTheLinesOnWhichTheyStand) {
  const support::TemporaryFolder folder;
  base::LoadErrors errors;
  const auto with = folder.write("a.json", "{\n\"users\": [],\n\"operations\": {\"rules\": []}}");
  EXPECT_EQ(canned_answers(with, errors).text, "\n\n{\"rules\":[]}");
  EXPECT_EQ(canned_answers(folder.write("b.json", "{}"), errors).file, "");
  EXPECT_EQ(canned_answers(folder.path(), errors).file, "");
  folder.write("operations.json", "x");
  EXPECT_EQ(canned_answers(folder.path(), errors).text, "x");
  EXPECT_TRUE(errors.empty());
}

}  // namespace
}  // namespace graphmock::store
