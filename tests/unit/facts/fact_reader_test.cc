#include "facts/fact_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/json.h"
#include "support/project_data.h"

namespace graphmock::facts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

base::LoadErrors problems_of(std::string_view text) {
  base::LoadErrors errors;
  read_facts("my.json", text, errors);
  return errors;
}

TEST(FactReader, TakesShortNamesAndWholeOnes) {
  base::LoadErrors errors;
  const auto file = read_facts("my.json", R"({
    // a comment, and a comma too many
    "types": {"user": {"required": ["mail"]}, "microsoft.graph.group": {"isRecycled": false},},
    "operations": {"Collection(attachment)/add": {"withResult": 201},
                   "microsoft.graph.message/send": {"withoutResult": 202}}})",
                               errors);
  ASSERT_TRUE(errors.empty()) << errors[0].text();
  EXPECT_THAT(*file.types.at("microsoft.graph.user").required, ElementsAre("mail"));
  EXPECT_FALSE(*file.types.at("microsoft.graph.group").is_recycled);
  EXPECT_FALSE(file.types.at("microsoft.graph.group").required) << "nothing is said of it";
  EXPECT_EQ(file.operations.at("Collection(microsoft.graph.attachment)/add").with_result, 201);
  EXPECT_EQ(file.operations.at("microsoft.graph.message/send").without_result, 202);
  EXPECT_EQ(file.count, 4u);
}

struct Wrong {
  std::string text;
  size_t line;
  std::string says;
};

class WrongFacts : public testing::TestWithParam<Wrong> {};

TEST_P(WrongFacts, AreToldWithTheirLine) {
  const auto errors = problems_of(GetParam().text);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].file, "my.json");
  EXPECT_EQ(errors[0].line, GetParam().line) << errors[0].text();
  EXPECT_THAT(errors[0].what, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    , WrongFacts,
    testing::Values(
        Wrong{"{\n\"types\":", 2, ""}, Wrong{"[]", 1, "expected an object"},
        Wrong{"{\n\"kinds\": {}}", 2, "Expected types or operations"},
        Wrong{"{\"types\": {\n\"user\": []}}", 2, "expected an object"},
        Wrong{"{\"types\": {\"user\": {\n\"requires\": []}}}", 2, "'requires' is no fact"},
        Wrong{"{\"types\": {\"user\": {\n\"required\": \"mail\"}}}", 2, "expected a list of names"},
        Wrong{"{\"types\": {\"user\": {\n\n\"isRecycled\": 1}}}", 3, "expected true or false"},
        Wrong{"{\"types\": {\"user\": {\"statuses\": {\n\"PATCH\": 99}}}}", 2, "expected a status"},
        Wrong{"{\"types\": {\"user\": {\"statuses\": {\n\"GET\": 200}}}}", 2, "PATCH, POST, PUT"},
        Wrong{"{\"types\": {\"user\": {\n\"id\": \"guid\"}}}", 2, "expected one of Guid, "},
        Wrong{"{\"types\": {\"user\": {\n\"family\": 1}}}", 2, "expected one of directory, "},
        Wrong{"{\"types\": {\"user\": {\n\"idPrefix\": 1}}}", 2, "expected a text"},
        Wrong{"{\"types\": {\"user\": {\"byDefault\": {\n\"v1.0\": 1}}}}", 2, "a list of names"},
        Wrong{"{\"operations\": {\n\"send\": {}}}", 2, "\"message/send\""},
        Wrong{"{\"operations\": {\"message/send\": {\n\"status\": 1}}}", 2, "withResult"}));

// An editor that checks against the schema allows what the reader does.
TEST(FactReader, KnowsWhatItsSchemaKnows) {
  base::LoadErrors errors;
  const auto text = base::read_file(support::project_file("fixtures/facts.schema.json"), errors);
  ASSERT_TRUE(text);
  const auto schema = base::parse_json(*text);
  const auto* members = base::at_pointer(schema, "/$defs/type/properties");
  ASSERT_TRUE(members && members->is_object());
  std::vector<std::string> names;
  for (const auto& member : members->get_object()) names.emplace_back(member.key());
  std::sort(names.begin(), names.end());
  const auto known = names_of_facts();
  EXPECT_EQ(names, std::vector<std::string>(known.begin(), known.end()));
}

}  // namespace
}  // namespace graphmock::facts
