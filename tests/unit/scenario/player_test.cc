#include "scenario/player.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "http/error.h"
#include "support/test_name.h"

namespace graphmock::scenario {
namespace {

using Names = std::vector<std::string>;

ScriptPtr script(const std::string& name, std::string_view rules) {
  base::LoadErrors errors;
  auto read =
      read_script(name, name + ".json", "{\"rules\":" + std::string(rules) + "}", {}, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  return read;
}

// Requests live as long as the tests.
Facts facts(std::string_view method = "GET", std::vector<std::string> segments = {"users"},
            std::string_view version = "v1.0", std::string_view operation = "") {
  static std::deque<http::Request> requests;
  auto& request = requests.emplace_back();
  request.method = method;
  Facts facts(request);
  facts.version = version;
  facts.segments = std::move(segments);
  facts.operation = operation;
  return facts;
}

// Some scenarios, and a player of them.
class Play {
 public:
  explicit Play(std::initializer_list<std::pair<std::string, std::string_view>> scenarios,
                ScriptPtr canned = nullptr)
      : scripts_(scripts_of(scenarios)), player(scripts_, canned, 7) {}

  // The answer to one request: its status, "real" when the store answers, "+N" for N ms of delay.
  std::string next(const Facts& request = facts(), std::string_view header = "") {
    const auto verdict = player.judge(request, header, now);
    auto text = verdict.response ? std::to_string(verdict.response->status.value_or(0)) : "real";
    const auto delay = verdict.delivery.delay.count();
    if (delay > 0) text += "+" + std::to_string(delay);
    return text;
  }
  Names next_of(int count, std::string_view header = "") {
    Names answers;
    for (int i = 0; i < count; ++i) answers.push_back(next(facts(), header));
    return answers;
  }

 private:
  static Scripts scripts_of(
      std::initializer_list<std::pair<std::string, std::string_view>> scenarios) {
    Scripts scripts;
    for (const auto& [name, rules] : scenarios) scripts.emplace(name, script(name, rules));
    return scripts;
  }

  Scripts scripts_;

 public:
  Player player;
  base::Instant now{std::chrono::hours(24)};

  // Of the active ones, in the order of their activation.
  std::vector<Activation> active() const { return player.positions().active; }
  std::vector<uint64_t> calls_of(size_t activation) const {
    std::vector<uint64_t> calls;
    const auto one = active().at(activation);
    for (const auto& rule : one.rules) calls.push_back(rule.calls);
    return calls;
  }
};

struct PatternRow {
  std::string_view name;
  std::string_view request;  // of a rule
  bool matches;
};

class Pattern : public testing::TestWithParam<PatternRow> {};

// Against PATCH /beta/users/ID/messages/a b with an operation.
TEST_P(Pattern, MatchesARequestOrNot) {
  const auto read = script(
      "s", "[{\"request\":" + std::string(GetParam().request) + ",\"response\":{\"status\":500}}]");
  ASSERT_NE(read, nullptr);
  const auto request =
      facts("PATCH", {"users", "ID", "messages", "a b"}, "beta", "microsoft.graph.getByIds");
  EXPECT_EQ(matches(read->rules[0].request, request), GetParam().matches);
}

constexpr PatternRow kPatterns[] = {
    {"Anything", "{}", true},
    {"Method", R"({"method":"PATCH"})", true},
    {"MethodInLowerCase", R"({"method":"patch"})", true},
    {"OneOfSeveralMethods", R"({"method":["GET","PATCH"]})", true},
    {"OtherMethod", R"({"method":"GET"})", false},
    {"Version", R"({"version":"beta"})", true},
    {"OtherVersion", R"({"version":"v1.0"})", false},
    {"WholePath", R"({"path":"/users/ID/messages/a b"})", true},
    {"PathInAnotherCase", R"({"path":"/Users/id/MESSAGES/A B"})", true},
    {"PathWithPlaceholders", R"({"path":"/users/{id}/messages/{message}"})", true},
    {"PathTooShort", R"({"path":"/users/{id}/messages"})", false},
    {"PathTooLong", R"({"path":"/users/{id}/messages/{m}/attachments"})", false},
    {"OtherPath", R"({"path":"/users/{id}/events/{e}"})", false},
    {"TheRest", R"({"path":"/users/**"})", true},
    {"TheRestOfNothing", R"({"path":"/users/{id}/messages/{m}/**"})", true},
    {"EverythingAsTheRest", R"({"path":"/**"})", true},
    {"TheRestOfAnother", R"({"path":"/groups/**"})", false},
    {"PlaceholderAcrossSegments", R"({"path":"/users/{all}"})", false},
    {"RootPath", R"({"path":"/"})", false},
    {"Operation", R"({"operation":"microsoft.graph.getByIds"})", true},
    {"OperationInAnotherCase", R"({"operation":"Microsoft.Graph.GetByIds"})", true},
    {"OtherOperation", R"({"operation":"microsoft.graph.delta"})", false},
    {"AllAtOnce",
     R"({"method":"PATCH","version":"beta","path":"/users/**","operation":"microsoft.graph.getByIds"})",
     true},
    {"AllButOne", R"({"method":"PATCH","version":"v1.0","path":"/users/**"})", false},
};

INSTANTIATE_TEST_SUITE_P(Player, Pattern, testing::ValuesIn(kPatterns), support::RowName());

struct CallsRow {
  std::string_view name;
  std::string_view calls;
  std::string_view hits;  // of the first ten calls
};

class Calls : public testing::TestWithParam<CallsRow> {};

TEST_P(Calls, SayWhichOnesAreMet) {
  Play play({{"s", "[]"}});
  play.player.define_and_activate(script(
      "s", "[{\"calls\":" + std::string(GetParam().calls) + ",\"response\":{\"status\":500}}]"));
  std::string hits;
  for (int i = 0; i < 10; ++i) hits += play.next() == "500" ? 'x' : '.';
  EXPECT_EQ(hits, GetParam().hits);
}

constexpr CallsRow kCalls[] = {
    {"All", "{}", "xxxxxxxxxx"},
    {"From", R"({"from":3})", "..xxxxxxxx"},
    {"To", R"({"to":2})", "xx........"},
    {"FromTo", R"({"from":2,"to":3})", ".xx......."},
    {"FromToTheSame", R"({"from":4,"to":4})", "...x......"},
    {"Every", R"({"every":3})", "x..x..x..x"},
    {"EveryFrom", R"({"from":3,"every":3})", "..x..x..x."},
    {"EveryFromTo", R"({"from":2,"to":7,"every":2})", ".x.x.x...."},
    {"EveryBeyondTo", R"({"from":1,"to":3,"every":5})", "x........."},
};

INSTANTIATE_TEST_SUITE_P(Player, Calls, testing::ValuesIn(kCalls), support::RowName());

TEST(Player, LeavesRequestsToTheStoreWithoutActiveScenarios) {
  Play play({{"s", R"([{"response":{"status":500}}])"}});
  EXPECT_EQ(play.next(), "real");
  EXPECT_TRUE(play.active().empty());
}

TEST(Player, ActsFromActivationToDeactivation) {
  Play play({{"s", R"([{"response":{"status":500}}])"}});
  EXPECT_TRUE(play.player.activate("s"));
  EXPECT_EQ(play.next(), "500");
  EXPECT_TRUE(play.player.deactivate("s"));
  EXPECT_EQ(play.next(), "real");
}

TEST(Player, KnowsNoOtherScenario) {
  Play play({{"s", "[]"}});
  EXPECT_FALSE(play.player.activate("S"));
  EXPECT_FALSE(play.player.deactivate("none"));
  EXPECT_TRUE(play.player.deactivate("s")) << "known, if not active";
  EXPECT_EQ(play.player.find("none"), nullptr);
  EXPECT_NE(play.player.find("s"), nullptr);
}

TEST(Player, CountsMatchingCallsOnly) {
  Play play(
      {{"s", R"([{"request":{"method":"PATCH"},"calls":{"from":2},"response":{"status":500}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next(facts("GET")), "real");
  EXPECT_EQ(play.next(facts("PATCH")), "real");
  EXPECT_EQ(play.next(facts("GET")), "real");
  EXPECT_EQ(play.next(facts("PATCH")), "500");
}

TEST(Player, HasTheLowestPriorityNumberAnswer) {
  Play play({{"s", R"([{"priority":9,"response":{"status":509}},{"response":{"status":505}},
                       {"priority":1,"calls":{"to":1},"response":{"status":501}},
                       {"priority":5,"response":{"status":506}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next_of(2), (Names{"501", "505"}));
}

TEST(Player, OrdersRulesOfSeveralScenariosByPriority) {
  Play play({{"first", R"([{"priority":5,"response":{"status":501}}])"},
             {"second", R"([{"priority":4,"calls":{"to":1},"response":{"status":502}}])"}});
  play.player.activate("first");
  play.player.activate("second");
  EXPECT_EQ(play.next_of(2), (Names{"502", "501"}));
}

TEST(Player, HasTheScenarioActivatedFirstAnswerAtEqualPriority) {
  Play play({{"a", R"([{"response":{"status":501}}])"}, {"b", R"([{"response":{"status":502}}])"}});
  play.player.activate("b");
  play.player.activate("a");
  EXPECT_EQ(play.next(), "502");
  const auto active = play.active();
  ASSERT_EQ(active.size(), 2u);
  EXPECT_EQ(active[0].script->name, "b");
  EXPECT_EQ(active[1].script->name, "a");
}

TEST(Player, StartsAnewAndLastWhenActivatedAgain) {
  Play play({{"a", R"([{"calls":{"to":1},"response":{"status":501}}])"},
             {"b", R"([{"calls":{"from":3},"response":{"status":502}}])"}});
  play.player.activate("a");
  play.player.activate("b");
  EXPECT_EQ(play.next_of(3), (Names{"501", "real", "502"}));
  play.player.activate("a");
  EXPECT_EQ(play.active()[1].script->name, "a");
  EXPECT_EQ(play.calls_of(1), std::vector<uint64_t>{0});
  EXPECT_EQ(play.active().size(), 2u);
  EXPECT_EQ(play.next_of(2), (Names{"502", "502"})) << "its first call is met, but b comes before";
}

TEST(Player, StartsAnewAfterDeactivation) {
  Play play({{"s", R"([{"calls":{"to":1},"response":{"status":501}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next_of(2), (Names{"501", "real"}));
  play.player.deactivate("s");
  play.player.activate("s");
  EXPECT_EQ(play.next(), "501");
}

TEST(Player, CountsTheCallsOfRulesThatDoNotAnswer) {
  Play play({{"s", R"([{"priority":1,"calls":{"to":2},"response":{"status":501}},
                       {"priority":2,"calls":{"from":3},"response":{"status":502}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next_of(4), (Names{"501", "501", "502", "502"}));
  EXPECT_EQ(play.calls_of(0), (std::vector<uint64_t>{4, 4}));
}

TEST(Player, AddsUpDelaysOfAllRulesThatOnlyDelay) {
  Play play({{"s", R"([{"response":{"fixedDelayMilliseconds":10}},
                       {"calls":{"from":2},"response":{"fixedDelayMilliseconds":5}},
                       {"calls":{"from":3},"response":{"status":500,"fixedDelayMilliseconds":100}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next_of(3), (Names{"real+10", "real+15", "500+115"}));
}

TEST(Player, AddsNoDelayOfAnAnswerThatIsNotGiven) {
  Play play({{"s", R"([{"response":{"status":501,"fixedDelayMilliseconds":1}},
                       {"response":{"status":502,"fixedDelayMilliseconds":1000}},
                       {"response":{"fixedDelayMilliseconds":20}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next(), "501+21");
}

TEST(Player, PlaysAScenarioForARequestThatNamesIt) {
  Play play({{"s", R"([{"response":{"status":500}}])"}});
  EXPECT_EQ(play.next(facts(), "s"), "500");
  EXPECT_EQ(play.next(), "real");
  EXPECT_TRUE(play.active().empty());
}

TEST(Player, CountsOnOverRequestsThatNameAScenario) {
  Play play({{"s", R"([{"calls":{"from":2,"to":2},"response":{"status":500}}])"}});
  EXPECT_EQ(play.next_of(3, "s"), (Names{"real", "500", "real"}));
}

TEST(Player, CountsOnceWhenTheScenarioNamedIsActive) {
  Play play({{"s", R"([{"calls":{"from":3},"response":{"status":500}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next_of(1), Names{"real"});
  EXPECT_EQ(play.next_of(2, "s"), (Names{"real", "500"}));
}

TEST(Player, PlaysAScenarioOnceThatIsActiveAndNamed) {
  Play play({{"s", R"([{"response":{"fixedDelayMilliseconds":10}}])"}});
  play.player.activate("s");
  EXPECT_EQ(play.next(facts(), "s"), "real+10");
}

TEST(Player, RefusesARequestThatNamesAnUnknownScenario) {
  Play play({{"s", R"([{"response":{"status":500}}])"}});
  play.player.activate("s");
  try {
    play.next(facts(), "none");
    FAIL() << "judged";
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_EQ(error.code, "UnknownScenario");
    EXPECT_NE(error.message.find("'none'"), std::string::npos) << error.message;
  }
  EXPECT_EQ(play.calls_of(0), std::vector<uint64_t>{0}) << "it was no call";
}

TEST(Player, HasCannedAnswersComeLast) {
  const auto canned = script("operations.json", R"([{"priority":-100,"response":{"status":201}}])");
  Play play({{"s", R"([{"priority":1000,"calls":{"to":1},"response":{"status":500}}])"}}, canned);
  EXPECT_EQ(play.next(), "201") << "without any scenario";
  play.player.activate("s");
  EXPECT_EQ(play.next_of(2), (Names{"500", "201"}));
  EXPECT_EQ(play.active().size(), 1u) << "the canned answers are no scenario";
}

TEST(Player, DelaysCannedAnswersToo) {
  const auto canned = script("operations.json", R"([{"response":{"status":201}}])");
  Play play({{"s", R"([{"response":{"fixedDelayMilliseconds":30}}])"}}, canned);
  play.player.activate("s");
  EXPECT_EQ(play.next(), "201+30");
}

TEST(Player, PrefersItsOwnScenarioOfAName) {
  Play play({{"s", R"([{"response":{"status":501}}])"}});
  Play other({{"s", R"([{"response":{"status":501}}])"}});
  play.player.define_and_activate(script("s", R"([{"response":{"status":502}}])"));
  EXPECT_EQ(play.next(), "502");
  play.player.deactivate("s");
  EXPECT_EQ(play.next(facts(), "s"), "502");
  play.player.activate("s");
  EXPECT_EQ(play.next(), "502");
  EXPECT_EQ(other.next(facts(), "s"), "501") << "nobody else's";
}

TEST(Player, StartsAnewWhenAScenarioIsDefinedAgain) {
  Play play({});
  const auto rules = R"([{"calls":{"to":1},"response":{"status":500}}])";
  play.player.define_and_activate(script("mine", rules));
  EXPECT_EQ(play.next_of(2), (Names{"500", "real"}));
  play.player.define_and_activate(script("mine", rules));
  EXPECT_EQ(play.next_of(2), (Names{"500", "real"}));
  EXPECT_EQ(play.active().size(), 1u);
}

TEST(Player, KeepsTheScriptOfAVerdictAlive) {
  Play play({});
  play.player.define_and_activate(script("mine", R"([{"response":{"body":"kept"}}])"));
  const auto verdict = play.player.judge(facts(), "", base::Instant());
  play.player.define_and_activate(script("mine", "[]"));
  play.player.deactivate("mine");
  EXPECT_EQ(*verdict.response->body, "kept");
}

TEST(Player, MissesNoCallOfSeveralThreads) {
  Play play({{"s", R"([{"calls":{"every":4},"response":{"status":500}}])"}});
  play.player.activate("s");
  std::atomic<int> hits{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, request = facts()] {
      for (int i = 0; i < 500; ++i)
        hits += play.player.judge(request, "", base::Instant()).response ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(hits, 500);
  EXPECT_EQ(play.calls_of(0), std::vector<uint64_t>{2000});
}

}  // namespace
}  // namespace graphmock::scenario
