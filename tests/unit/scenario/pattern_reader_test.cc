#include "scenario/pattern_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "scenario/script_reader.h"
#include "support/test_name.h"

namespace graphmock::scenario {
namespace {

struct ProblemRow {
  std::string_view name;
  std::string_view request;  // what is wrong stands on the second line
  std::string_view problem;
};

class PatternProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(PatternProblem, IsToldWithItsLine) {
  base::LoadErrors errors;
  EXPECT_EQ(read_request_pattern("p", GetParam().request, errors), std::nullopt);
  ASSERT_EQ(errors.size(), 1u);
  const auto text = errors[0].text();
  EXPECT_EQ(text.substr(0, GetParam().problem.size()), GetParam().problem) << text;
}

constexpr ProblemRow kProblems[] = {
    {"MethodOfTwoWords", "{\n\"method\":\"GET POST\"}", "p:2: 'GET POST' cannot be a method"},
    {"MethodOfNothing", "{\n\"method\":\"\"}", "p:2: '' cannot be a method"},
    {"MethodAsNumber", "{\n\"method\":1}", "p:2: expected a string, found number"},
    {"VersionAsNumber", "{\n\"version\":1.0}", "p:2: expected a string, found number"},
    {"VersionInThePath", "{\n\"path\":\"/v1.0/users\"}",
     "p:2: a path has no version before it; 'version' says 'v1.0'"},
    {"BetaInThePath", "{\n\"path\":\"/beta/users\"}",
     "p:2: a path has no version before it; 'version' says 'beta'"},
    {"VersionThatThereIsNot", "{\n\"version\":\"v9\"}", "p:2: 'v9' is neither 'v1.0' nor 'beta'"},
    {"PathWithAQuery", "{\n\"path\":\"/users?$top=1\"}", "p:2: a path has no query in it"},
    {"TypeWithoutNamespace", "{\n\"type\":\"user\"}", "p:2: 'user' is no qualified name"},
    {"OperationWithoutNamespace", "{\n\"operation\":\"delta\"}",
     "p:2: 'delta' is no qualified name"},
    {"TypeAsArray", "{\n\"type\":[]}", "p:2: expected a string, found array"},
    {"OperationAsNull", "{\n\"operation\":null}", "p:2: expected a string, found null"},
    {"QueryAsText", "{\n\"query\":\"$top=1\"}", "p:2: expected an object, found string"},
    {"HeadersAsArray", "{\n\"headers\":[]}", "p:2: expected an object, found array"},
    {"BodyAsText", "{\n\"body\":\"{}\"}", "p:2: expected an object, found string"},
    {"BodyOfAName", "{\"body\":{\n\"age\":1}}",
     "p:2: 'age' is no JSON pointer: they begin with '/', as '/age'"},
    {"UnknownMatcher", "{\"query\":{\"a\":{\n\"equal\":1}}}",
     "p:2: unknown field 'equal'; did you mean 'equals'?"},
    {"MatchesOfANumber", "{\"query\":{\"a\":{\n\"matches\":1}}}",
     "p:2: expected a string, found number"},
    {"MatchesThatIsNone", "{\"headers\":{\"a\":{\n\"matches\":\"a(\"}}}",
     "p:2: 'a(' is no regular expression of RE2: "},
    {"MatchesWithALookAhead", "{\"headers\":{\"a\":{\n\"matches\":\"(?=a)\"}}}",
     "p:2: '(?=a)' is no regular expression of RE2: "},
    {"MatchesThatIsTooLarge", "{\"headers\":{\"a\":{\n\"matches\":\"((a{100}){100}){100}\"}}}",
     "p:2: '((a{100}){100}){100}' is no regular expression of RE2: "},
    {"AbsentAsText", "{\"body\":{\"/a\":{\n\"absent\":\"true\"}}}",
     "p:2: expected true or false, found string"},
    {"GreaterThanTrue", "{\"body\":{\"/a\":{\n\"greaterThan\":true}}}",
     "p:2: expected a number, or a string to compare with"},
    {"LessThanNull", "{\"body\":{\"/a\":{\n\"lessThan\":null}}}",
     "p:2: expected a number, or a string to compare with"},
    {"CaseInsensitiveAsNumber", "{\"body\":{\"/a\":{\n\"caseInsensitive\":1}}}",
     "p:2: expected true or false, found number"},
    {"PathOfAnotherScheme", "{\n\"path\":\"http://graph/users\"}",
     "p:2: a path begins with '/' and has no version before it"},
};

INSTANTIATE_TEST_SUITE_P(Pattern, PatternProblem, testing::ValuesIn(kProblems), support::RowName());

TEST(PatternReader, TakesAnEmptyRequestForAny) {
  base::LoadErrors errors;
  const auto pattern = read_request_pattern("p", "{}", errors);
  ASSERT_TRUE(pattern);
  EXPECT_FALSE(pattern->path);
  EXPECT_TRUE(pattern->methods.empty() && pattern->query.empty() && pattern->body.empty());
}

TEST(PatternReader, TakesAPathAsUrlsHaveItToo) {
  base::LoadErrors errors;
  const auto pattern =
      read_request_pattern("p", R"({"path":"/users('{id}')/drive/root/**"})", errors);
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->path, (std::vector<std::string>{"users", "{id}", "drive", "root", "**"}));
}

}  // namespace
}  // namespace graphmock::scenario
