#include "scenario/script_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "support/project_data.h"
#include "support/temporary_folder.h"
#include "support/test_name.h"

namespace graphmock::scenario {
namespace {

using Names = std::vector<std::string>;

ScriptPtr read(std::string_view text) {
  base::LoadErrors errors;
  auto script = read_script("s", "s.json", text, {}, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  return script;
}

Names problems_of(std::string_view text) {
  base::LoadErrors errors;
  const auto script = read_script("s", "s.json", text, {}, errors);
  EXPECT_EQ(script == nullptr, !errors.empty()) << "a script with problems is none";
  Names problems;
  for (const auto& error : errors) problems.push_back(error.text());
  return problems;
}

TEST(ScriptReader, ReadsEveryField) {
  const auto script = read(R"(// a comment
{
  "description": "what it is for",
  "rules": [
    {
      "name": "throttle", "priority": 3,
      "request": { "method": ["patch", "PUT"], "version": "beta", "path": "/users/{id}/**",
                   "operation": "microsoft.graph.getByIds" },
      "calls": { "from": 2, "to": 8, "every": 3 },
      "response": { "status": 429, "error": { "code": "TooMany", "message": "Wait." },
                    "headers": { "Retry-After": "2", "X-A": "b" }, "fixedDelayMilliseconds": 100, },
    },
  ],
})");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(script->name, "s");
  EXPECT_EQ(script->description, "what it is for");
  ASSERT_EQ(script->rules.size(), 1u);
  const auto& rule = script->rules[0];
  EXPECT_EQ(rule.name, "throttle");
  EXPECT_EQ(rule.priority, 3);
  EXPECT_EQ(rule.request.methods, (Names{"PATCH", "PUT"}));
  EXPECT_EQ(rule.request.version, "beta");
  EXPECT_EQ(rule.request.path, (Names{"users", "{id}", "**"}));
  EXPECT_EQ(rule.request.operation, "microsoft.graph.getByIds");
  EXPECT_EQ(rule.calls.from, 2u);
  EXPECT_EQ(rule.calls.to, 8u);
  EXPECT_EQ(rule.calls.every, 3u);
  EXPECT_EQ(rule.responses.at(0)->status, 429);
  ASSERT_TRUE(rule.responses.at(0)->error);
  EXPECT_EQ(rule.responses.at(0)->error->code, "TooMany");
  EXPECT_EQ(rule.responses.at(0)->error->message, "Wait.");
  ASSERT_EQ(rule.responses.at(0)->headers.size(), 2u);
  EXPECT_EQ(rule.responses.at(0)->headers[0],
            (std::pair<std::string, std::string>("Retry-After", "2")));
  EXPECT_EQ(rule.responses.at(0)->delay, std::chrono::milliseconds(100));
}

TEST(ScriptReader, FillsInWhatARuleLeavesOut) {
  const auto script = read(R"({"rules":[{"response":{"status":503}}]})");
  ASSERT_NE(script, nullptr);
  const auto& rule = script->rules.at(0);
  EXPECT_EQ(rule.name, "rule 1");
  EXPECT_EQ(rule.priority, 5);
  EXPECT_TRUE(rule.request.methods.empty());
  EXPECT_EQ(rule.request.version, "");
  EXPECT_FALSE(rule.request.path);
  EXPECT_EQ(rule.calls.from, 1u);
  EXPECT_EQ(rule.calls.to, UINT64_MAX);
  EXPECT_EQ(rule.calls.every, 1u);
  EXPECT_EQ(rule.responses.at(0)->delay.count(), 0);
  EXPECT_TRUE(rule.responses.at(0)->answers());
}

TEST(ScriptReader, TakesOneMethodAsAText) {
  const auto script = read(R"({"rules":[{"request":{"method":"get"},"response":{"status":200}}]})");
  EXPECT_EQ(script->rules.at(0).request.methods, Names{"GET"});
}

TEST(ScriptReader, TakesBodiesOfEveryKind) {
  const auto script = read(R"({"rules":[
    {"response":{"jsonBody":{"value":[1.50,"x"]}}},
    {"response":{"body":"plain"}},
    {"response":{"serve":"/reports/x"}},
    {"response":{"fixedDelayMilliseconds":10}},
    {"response":{"body":""}},
    {"response":{"jsonBody":null}}]})");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(*script->rules[0].responses.at(0)->body, R"({"value":[1.50,"x"]})");
  EXPECT_TRUE(script->rules[0].responses.at(0)->is_json);
  EXPECT_EQ(*script->rules[1].responses.at(0)->body, "plain");
  EXPECT_FALSE(script->rules[1].responses.at(0)->is_json);
  EXPECT_EQ(script->rules[2].responses.at(0)->serve, "/reports/x");
  EXPECT_FALSE(script->rules[3].responses.at(0)->answers()) << "the real answer, only later";
  EXPECT_TRUE(script->rules[4].responses.at(0)->answers()) << "an empty body is one";
  EXPECT_EQ(*script->rules[5].responses.at(0)->body, "null");
}

TEST(ScriptReader, OrdersRulesByPriorityThenAsInTheFile) {
  const auto script = read(R"({"rules":[
    {"name":"a","response":{"status":500}}, {"name":"b","priority":9,"response":{"status":500}},
    {"name":"c","priority":-1,"response":{"status":500}}, {"name":"d","response":{"status":500}},
    {"name":"e","priority":-1,"response":{"status":500}}]})");
  Names names;
  for (const auto& rule : script->rules) names.push_back(rule.name);
  EXPECT_EQ(names, (Names{"c", "e", "a", "d", "b"}));
}

TEST(ScriptReader, TakesAScenarioWithoutRules) {
  EXPECT_TRUE(read(R"({"description":"none yet","rules":[]})")->rules.empty());
}

struct ProblemRow {
  std::string_view name;
  std::string_view text;
  std::string_view problem;
};

class ScriptProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(ScriptProblem, IsReportedWithItsLine) {
  EXPECT_EQ(problems_of(GetParam().text), Names{std::string(GetParam().problem)});
}

constexpr ProblemRow kProblems[] = {
    {"BadJson", "{\n\"rules\": [}", "s.json:2: syntax error"},
    {"DuplicateField", "{\"rules\":[],\n\"rules\":[]}", "s.json:2: duplicate member 'rules'"},
    {"NoObject", "[]", "s.json:1: expected an object, found array"},
    {"NoRules", "{\n\"description\":\"d\"}", "s.json:1: a scenario needs 'rules', an array"},
    {"RulesThatAreNoArray", "{\n\"rules\":{}}", "s.json:2: expected an array of rules"},
    {"UnknownFieldOfTheScenario", "{\"rules\":[],\n\"descripton\":\"d\"}",
     "s.json:2: unknown field 'descripton'; did you mean 'description'?"},
    {"UnknownFieldWithNoNeighbour", "{\"rules\":[],\n\"colour\":\"d\"}",
     "s.json:2: unknown field 'colour'"},
    {"RuleThatIsNoObject", "{\"rules\":[\n7]}", "s.json:2: expected an object, found number"},
    {"RuleWithoutResponse", "{\"rules\":[\n{\"name\":\"a\"}]}",
     "s.json:2: the rule does nothing: give it a 'response', 'responses', a 'rateLimit', a "
     "'consistencyLag' or a 'newScenarioState'"},
    {"UnknownFieldOfARule", "{\"rules\":[{\n\"prioritty\":1,\"response\":{\"status\":500}}]}",
     "s.json:2: unknown field 'prioritty'; did you mean 'priority'?"},
    {"NameThatIsNoText", "{\"rules\":[{\n\"name\":1,\"response\":{\"status\":500}}]}",
     "s.json:2: expected a string, found number"},
    {"PriorityThatIsNoNumber",
     "{\"rules\":[{\n\"priority\":\"high\",\"response\":{\"status\":500}}]}",
     "s.json:2: expected a whole number from -1000000 to 1000000"},
    {"PriorityWithFraction", "{\"rules\":[{\n\"priority\":1.5,\"response\":{\"status\":500}}]}",
     "s.json:2: expected a whole number from -1000000 to 1000000"},
    {"RequestThatIsNoObject", "{\"rules\":[{\n\"request\":\"GET\",\"response\":{\"status\":500}}]}",
     "s.json:2: expected an object, found string"},
    {"UnknownFieldOfARequest",
     "{\"rules\":[{\"request\":{\n\"methd\":\"GET\"},\"response\":{\"status\":500}}]}",
     "s.json:2: unknown field 'methd'; did you mean 'method'?"},
    {"MethodThatIsNoText",
     "{\"rules\":[{\"request\":{\n\"method\":[\"GET\",1]},\"response\":{\"status\":500}}]}",
     "s.json:2: expected a string, found number"},
    {"PathWithoutSlash",
     "{\"rules\":[{\"request\":{\n\"path\":\"users\"},\"response\":{\"status\":500}}]}",
     "s.json:2: a path begins with '/' and has no version before it"},
    {"PathThatIsNoText", "{\"rules\":[{\"request\":{\n\"path\":1},\"response\":{\"status\":500}}]}",
     "s.json:2: expected a string, found number"},
    {"RestNotLast",
     "{\"rules\":[{\"request\":{\n\"path\":\"/users/**/"
     "messages\"},\"response\":{\"status\":500}}]}",
     "s.json:2: '**' stands for the rest of a path, so nothing may follow it"},
    {"CallsThatAreNoObject", "{\"rules\":[{\n\"calls\":2,\"response\":{\"status\":500}}]}",
     "s.json:2: expected an object, found number"},
    {"CallsFromZero", "{\"rules\":[{\"calls\":{\n\"from\":0},\"response\":{\"status\":500}}]}",
     "s.json:2: expected a whole number from 1 to 9223372036854775807"},
    {"CallsToBeforeFrom",
     "{\"rules\":[{\n\"calls\":{\"from\":3,\"to\":2},\"response\":{\"status\":500}}]}",
     "s.json:2: 'to' lies before 'from'"},
    {"CallsEveryZero", "{\"rules\":[{\"calls\":{\n\"every\":0},\"response\":{\"status\":500}}]}",
     "s.json:2: expected a whole number from 1 to 9223372036854775807"},
    {"CallsToThatIsNoNumber",
     "{\"rules\":[{\"calls\":{\"from\":3,\n\"to\":\"x\"},\"response\":{\"status\":500}}]}",
     "s.json:2: expected a whole number from 1 to 9223372036854775807"},
    {"UnknownFieldOfCalls",
     "{\"rules\":[{\"calls\":{\n\"form\":1},\"response\":{\"status\":500}}]}",
     "s.json:2: unknown field 'form'; did you mean 'from'?"},
    {"ResponseThatIsNoObject", "{\"rules\":[{\n\"response\":429}]}",
     "s.json:2: expected an object, found number"},
    {"StatusTooLow", "{\"rules\":[{\"response\":{\n\"status\":199}}]}",
     "s.json:2: expected a whole number from 200 to 599"},
    {"StatusTooHigh", "{\"rules\":[{\"response\":{\n\"status\":600}}]}",
     "s.json:2: expected a whole number from 200 to 599"},
    {"StatusAsText", "{\"rules\":[{\"response\":{\n\"status\":\"429\"}}]}",
     "s.json:2: expected a whole number from 200 to 599"},
    {"DelayTooLong", "{\"rules\":[{\"response\":{\n\"fixedDelayMilliseconds\":3600001}}]}",
     "s.json:2: expected a whole number from 0 to 3600000"},
    {"UnknownFieldOfAResponse", "{\"rules\":[{\"response\":{\"status\":500,\n\"heders\":{}}}]}",
     "s.json:2: unknown field 'heders'; did you mean 'headers'?"},
    {"TwoBodies", "{\"rules\":[{\n\"response\":{\"body\":\"a\",\"serve\":\"/b\"}}]}",
     "s.json:2: only one of 'error', 'jsonBody', 'body', 'bodyFileName' and 'serve' can be the "
     "answer"},
    {"JsonBodyAndBody", "{\"rules\":[{\n\"response\":{\"jsonBody\":{},\"body\":\"a\"}}]}",
     "s.json:2: only one of 'error', 'jsonBody', 'body', 'bodyFileName' and 'serve' can be the "
     "answer"},
    {"ErrorAndBody", "{\"rules\":[{\n\"response\":{\"error\":{\"code\":\"c\"},\"body\":\"a\"}}]}",
     "s.json:2: only one of 'error', 'jsonBody', 'body', 'bodyFileName' and 'serve' can be the "
     "answer"},
    {"ResponseThatSaysNothing", "{\"rules\":[{\n\"response\":{}}]}",
     "s.json:2: the response says nothing: give it a 'status', an 'error', a body, 'serve', "
     "'headers', a delay or a 'fault'"},
    {"HeaderThatIsNoText",
     "{\"rules\":[{\"response\":{\"status\":429,\"headers\":{\n\"Retry-After\":2}}}]}",
     "s.json:2: expected a string, found number"},
    {"HeaderOfTwoLines",
     "{\"rules\":[{\"response\":{\"status\":429,\"headers\":{\n\"A\":\"b\\r\\nC: d\"}}}]}",
     "s.json:2: a header's value is one line"},
    {"ErrorWithoutCode", "{\"rules\":[{\"response\":{\n\"error\":{\"message\":\"m\"}}}]}",
     "s.json:2: an error needs a 'code'"},
    {"UnknownFieldOfAnError",
     "{\"rules\":[{\"response\":{\"error\":{\"code\":\"c\",\n\"mesage\":\"m\"}}}]}",
     "s.json:2: unknown field 'mesage'; did you mean 'message'?"},
};

constexpr ProblemRow kProblemsOfKinds[] = {
    {"ProbabilityTooHigh", "{\"rules\":[{\n\"probability\":1.5,\"response\":{\"status\":500}}]}",
     "s.json:2: expected a number from 0 to 1"},
    {"ProbabilityAsText", "{\"rules\":[{\n\"probability\":\"1\",\"response\":{\"status\":500}}]}",
     "s.json:2: expected a number from 0 to 1"},
    {"PhaseOfNoName", "{\"rules\":[{\n\"phase\":\"late\",\"response\":{\"status\":500}}]}",
     "s.json:2: 'late' is neither 'before' nor 'after'"},
    {"PhaseAsNumber", "{\"rules\":[{\n\"phase\":1,\"response\":{\"status\":500}}]}",
     "s.json:2: expected a string, found number"},
    {"StateAsNumber", "{\"rules\":[{\n\"newScenarioState\":1}]}",
     "s.json:2: expected a string, found number"},
    {"RequiredStateAsNull",
     "{\"rules\":[{\n\"requiredScenarioState\":null,\"response\":{\"status\":500}}]}",
     "s.json:2: expected a string, found null"},
    {"NoResponses", "{\"rules\":[{\n\"responses\":[]}]}",
     "s.json:2: expected an array of at least one response"},
    {"ResponsesAsObject", "{\"rules\":[{\n\"responses\":{\"status\":500}}]}",
     "s.json:2: expected an array of at least one response"},
    {"OneOfTheResponses", "{\"rules\":[{\"responses\":[{\"status\":500},\n{\"status\":1}]}]}",
     "s.json:2: expected a whole number from 200 to 599"},
    {"TwoKinds", "{\"rules\":[\n{\"response\":{\"status\":500},\"consistencyLag\":{\"reads\":1}}]}",
     "s.json:2: a rule is of one kind, not both 'response' and 'consistencyLag'; two rules do "
     "both"},
    {"ResponseAndResponses",
     "{\"rules\":[\n{\"response\":{\"status\":500},\"responses\":[{\"status\":500}]}]}",
     "s.json:2: a rule is of one kind, not both 'response' and 'responses'; two rules do both"},
    {"RateLimitAsNumber", "{\"rules\":[{\n\"rateLimit\":120}]}",
     "s.json:2: expected an object, found number"},
    {"RateLimitWithoutWindow", "{\"rules\":[{\n\"rateLimit\":{\"limit\":1}}]}",
     "s.json:2: a rate limit needs a 'limit' and 'windowSeconds'"},
    {"RateLimitWithoutLimit", "{\"rules\":[{\n\"rateLimit\":{\"windowSeconds\":1}}]}",
     "s.json:2: a rate limit needs a 'limit' and 'windowSeconds'"},
    {"LimitBelowZero", "{\"rules\":[{\"rateLimit\":{\"windowSeconds\":1,\n\"limit\":-1}}]}",
     "s.json:2: expected a whole number from 0 to 9223372036854775807"},
    {"WindowOfNothing", "{\"rules\":[{\"rateLimit\":{\"limit\":1,\n\"windowSeconds\":0}}]}",
     "s.json:2: expected a number from 0.001 to 31536000"},
    {"CostOfNothing",
     "{\"rules\":[{\"rateLimit\":{\"limit\":1,\"windowSeconds\":1,\n\"cost\":0}}]}",
     "s.json:2: expected a whole number from 1 to 1000000000"},
    {"ByAsText", "{\"rules\":[{\"rateLimit\":{\"limit\":1,\"windowSeconds\":1,\n\"by\":\"app\"}}]}",
     "s.json:2: expected an array of 'tenant', 'app', 'path'"},
    {"ByWhatThereIsNot",
     "{\"rules\":[{\"rateLimit\":{\"limit\":1,\"windowSeconds\":1,\"by\":[\"app\",\n\"user\"]}}]}",
     "s.json:2: 'user' is none of tenant, app, path"},
    {"UnknownFieldOfARateLimit",
     "{\"rules\":[{\"rateLimit\":{\"limit\":1,\"windowSeconds\":1,\n\"costs\":1}}]}",
     "s.json:2: unknown field 'costs'; did you mean 'cost'?"},
    {"LagAsNumber", "{\"rules\":[{\n\"consistencyLag\":2000}]}",
     "s.json:2: expected an object, found number"},
    {"LagOfNothing", "{\"rules\":[{\n\"consistencyLag\":{}}]}",
     "s.json:2: a lag lasts some 'milliseconds' or some 'reads'"},
    {"LagOfNoTimeAndNoReads", "{\"rules\":[{\n\"consistencyLag\":{\"reads\":0}}]}",
     "s.json:2: a lag lasts some 'milliseconds' or some 'reads'"},
    {"PhaseOfALimit",
     "{\"rules\":[\n{\"phase\":\"after\",\"rateLimit\":{\"limit\":1,\"windowSeconds\":1}}]}",
     "s.json:2: a 'phase' says when a 'response' comes; the rule has none"},
    {"LagBelowZero", "{\"rules\":[{\"consistencyLag\":{\n\"milliseconds\":-1}}]}",
     "s.json:2: expected a whole number from 0 to 31536000000"},
    {"LagOfReadsAsText", "{\"rules\":[{\"consistencyLag\":{\n\"reads\":\"3\"}}]}",
     "s.json:2: expected a whole number from 0 to 9223372036854775807"},
    {"LagOfReads",
     "{\"rules\":[\n{\"request\":{\"method\":\"GET\"},\"consistencyLag\":{\"reads\":1}}]}",
     "s.json:2: a 'consistencyLag' is about writes, whose effect all reads see late; its 'request' "
     "names methods that read"},
};

INSTANTIATE_TEST_SUITE_P(Kind, ScriptProblem, testing::ValuesIn(kProblemsOfKinds),
                         support::RowName());
INSTANTIATE_TEST_SUITE_P(Script, ScriptProblem, testing::ValuesIn(kProblems), support::RowName());

TEST(ScriptReader, RefusesAHeaderNameThatIsNone) {
  for (const std::string name : {"", "A B", "A:", "A\\r\\nB", "Ä"}) {
    EXPECT_EQ(problems_of("{\"rules\":[{\"response\":{\"status\":429,\"headers\":{\"" + name +
                          "\":\"v\"}}}]}")
                  .size(),
              1u)
        << '"' << name << '"';
  }
}

TEST(ScriptReader, ListsEveryProblem) {
  EXPECT_EQ(problems_of(R"({"rule":[],"rules":[
    {"nme":"a","response":{"status":1}},
    {"response":{"status":500},"calls":{"from":2,"to":1}}]})"),
            (Names{"s.json:1: unknown field 'rule'; did you mean 'rules'?",
                   "s.json:2: unknown field 'nme'; did you mean 'name'?",
                   "s.json:2: expected a whole number from 200 to 599",
                   "s.json:3: 'to' lies before 'from'"}));
}

TEST(ScriptReader, ListsFiftyProblemsAtMost) {
  std::string rules = "{\"rules\":[";
  for (int i = 0; i < 49; ++i) rules += "\n{},";
  const auto some = problems_of(rules + "]}");
  ASSERT_EQ(some.size(), 49u);
  EXPECT_TRUE(some.back().starts_with("s.json:50: the rule does nothing")) << some.back();
  for (int i = 0; i < 49; ++i) rules += "\n{},";
  const auto most = problems_of(rules + "]}");
  ASSERT_EQ(most.size(), 50u);
  EXPECT_EQ(most.back(), "s.json:51: and more problems from here on");
}

TEST(ScriptReader, TakesAThousandRulesAtMost) {
  const auto problems_with = [](int count) {
    std::string rules = "{\"rules\":[";
    for (int i = 0; i < count; ++i) rules += "{\"response\":{\"status\":500}},";
    return problems_of(rules + "]}");
  };
  EXPECT_EQ(problems_with(1'000), Names{});
  EXPECT_EQ(problems_with(1'001), Names{"s.json:1: a scenario has 1000 rules at most, not 1001"});
}

TEST(ScriptReader, ReadsTheOtherKindsOfRules) {
  const auto script = read(R"({"rules":[
    {"rateLimit":{"limit":120,"windowSeconds":0.5,"cost":3,"by":["tenant","app","path"]}},
    {"rateLimit":{"limit":0,"windowSeconds":60}},
    {"consistencyLag":{"milliseconds":2000,"reads":3}},
    {"phase":"after","probability":0.25,"requiredScenarioState":"A","newScenarioState":"B",
     "responses":[{"status":500},{"fixedDelayMilliseconds":1}]}]})");
  ASSERT_NE(script, nullptr);
  const auto& limit = *script->rules.at(0).rate_limit;
  EXPECT_EQ(limit.limit, 120u);
  EXPECT_EQ(limit.window, std::chrono::milliseconds(500));
  EXPECT_EQ(limit.cost, 3u);
  EXPECT_TRUE(limit.by_app && limit.by_path);
  EXPECT_EQ(script->rules[1].rate_limit->cost, 1u);
  EXPECT_FALSE(script->rules[1].rate_limit->by_app || script->rules[1].rate_limit->by_path);
  EXPECT_EQ(script->rules[2].lag->time, std::chrono::seconds(2));
  EXPECT_EQ(script->rules[2].lag->reads, 3u);
  const auto& last = script->rules[3];
  EXPECT_EQ(last.phase, Phase::After);
  EXPECT_EQ(last.probability, 0.25);
  EXPECT_EQ(last.required_state + last.new_state, "AB");
  EXPECT_EQ(last.responses.size(), 2u);
}

TEST(ScriptReader, AddsToTheErrorsThatAreThere) {
  base::LoadErrors errors{{"other.json", 1, "earlier"}};
  EXPECT_NE(read_script("s", "s.json", R"({"rules":[]})", {}, errors), nullptr);
  EXPECT_EQ(errors.size(), 1u);
}

TEST(ScriptReader, StandsAnyDamage) {
  const std::string whole =
      R"({"description":"d","rules":[{"name":"n","priority":1,"request":{"method":["GET"],)"
      R"("path":"/users/{id}/**"},"calls":{"from":1,"to":2,"every":1},)"
      R"("response":{"status":500,"error":{"code":"c"},"headers":{"A":"b"}}}]})";
  std::mt19937 random(17);
  for (int i = 0; i < 5000; ++i) {
    auto text = whole;
    const auto at = random() % text.size();
    if (i % 2 == 0) {
      text.erase(at, random() % 10);
    } else {
      static constexpr std::string_view kPieces[] = {"{}", "[]", "null", "7", "\"x\"", ",", "-"};
      text.replace(at, random() % 6, kPieces[random() % std::size(kPieces)]);
    }
    base::LoadErrors errors;
    const auto script = read_script("s", "s.json", text, {}, errors);
    ASSERT_EQ(script == nullptr, !errors.empty()) << text;
    for (const auto& error : errors) ASSERT_EQ(error.line, 1u) << text;
  }
}

TEST(LoadLibrary, NamesEachByItsFile) {
  const support::TemporaryFolder folder;
  folder.write("b.json", R"({"description":"second","rules":[]})");
  folder.write("a-1.json", R"({"description":"first","rules":[]})");
  folder.write("notes.txt", "no scenario");
  base::LoadErrors errors;
  const auto scripts = load_library(folder.path(), errors).scripts;
  EXPECT_TRUE(errors.empty());
  ASSERT_EQ(scripts.size(), 2u);
  EXPECT_EQ(scripts.at("a-1")->description, "first");
  EXPECT_EQ(scripts.at("b")->name, "b");
}

TEST(LoadLibrary, ReportsTheProblemsOfEveryFile) {
  const support::TemporaryFolder folder;
  folder.write("a.json", "{\n\"rules\":{}}");
  folder.write("b.json", R"({"rules":[]})");
  folder.write("c.json", "");
  base::LoadErrors errors;
  const auto scripts = load_library(folder.path(), errors).scripts;
  EXPECT_EQ(scripts.size(), 1u);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].text(),
            (folder.path() / "a.json").string() + ":2: expected an array of rules");
  EXPECT_TRUE(errors[1].file.ends_with("c.json"));
}

TEST(LoadLibrary, HasBodiesOfFilesBelowTheFolderAlone) {
  const support::TemporaryFolder elsewhere;
  elsewhere.write("secret.txt", "secret");
  elsewhere.write("deep/other.txt", "secret");
  const support::TemporaryFolder folder;
  folder.write("bodies/a.txt", "a");
  folder.write("bodies/scenario.json", "[]");
  std::filesystem::create_symlink(elsewhere.path() / "secret.txt", folder.path() / "link.txt");
  std::filesystem::create_symlink(elsewhere.path() / "deep", folder.path() / "deep");
  std::filesystem::create_symlink("bodies/a.txt", folder.path() / "inner.txt");
  std::filesystem::create_symlink("none.txt", folder.path() / "dangling.txt");
  std::filesystem::create_symlink("circle.txt", folder.path() / "circle.txt");
  base::LoadErrors errors;
  const auto library = load_library(folder.path(), errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  Names names;
  for (const auto& [name, text] : library.files) names.push_back(name);
  EXPECT_EQ(names, (Names{"bodies/a.txt", "bodies/scenario.json", "inner.txt"}));
  EXPECT_TRUE(library.scripts.empty());
}

TEST(LoadLibrary, ReportsAMissingFolder) {
  const support::TemporaryFolder folder;
  base::LoadErrors errors;
  EXPECT_TRUE(load_library(folder.path() / "none", errors).scripts.empty());
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_NE(errors[0].text().find("/none: cannot be read"), std::string::npos);
}

TEST(LoadLibrary, TakesTheShippedOnes) {
  base::LoadErrors errors;
  const auto scripts = load_library(support::project_file("scenarios"), errors).scripts;
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  EXPECT_FALSE(scripts.empty());
}

}  // namespace
}  // namespace graphmock::scenario
