#include "scenario/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "scenario/script_reader.h"

namespace graphmock::scenario {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

// Scenarios that are all active, and requests to them.
class Judged : public testing::Test {
 protected:
  void play(std::string_view rules) {
    base::LoadErrors errors;
    const auto name = "s" + std::to_string(scripts_.size());
    auto script = read_script(name, name, "{\"rules\":" + std::string(rules) + "}", {}, errors);
    for (const auto& error : errors) ADD_FAILURE() << error.text();
    if (script) scripts_.push_back(std::move(script));
    restart();
  }
  void restart() {
    activations_.clear();
    for (const auto& script : scripts_) activations_.push_back(Activation::of(script));
  }

  Verdict ask(std::string_view method = "GET", const std::string& path = "users",
              const std::string& app = "") {
    http::Request request;
    request.method = method;
    request.body = body;
    Facts facts(request);
    facts.version = "v1.0";
    facts.segments = {path};
    facts.app = app;
    std::vector<Activation*> playing;
    for (auto& one : activations_) playing.push_back(&one);
    return judge(playing, nullptr, facts, seed, now);
  }
  // The status that answers, "lost", "real" or the name of what becomes of the store's answer.
  static std::string said(const Verdict& verdict) {
    const auto fault = std::string(name_of(verdict.delivery.fault));
    std::string text = "real";
    if (verdict.response && verdict.response->answers()) {
      text = std::to_string(verdict.response->status.value_or(200));
    }
    if (verdict.phase == Phase::After) text = "after " + text;
    return text + (fault.empty() ? "" : " " + fault);
  }
  std::string next(std::string_view method = "GET", const std::string& path = "users",
                   const std::string& app = "") {
    return said(ask(method, path, app));
  }
  Names next_of(int count) {
    Names answers;
    for (int i = 0; i < count; ++i) answers.push_back(next());
    return answers;
  }
  // 'x' for each request that a rule acts on.
  std::string draws(int count, const std::string& path = "users") {
    std::string drawn;
    for (int i = 0; i < count; ++i) drawn += ask("GET", path).acted.empty() ? '.' : 'x';
    return drawn;
  }
  static std::string header(const Verdict& verdict, std::string_view name) {
    std::string found = "-";
    for (const auto& [one, value] : verdict.headers) {
      if (one == name) found = value;
    }
    return found;
  }

  uint64_t seed = 7;
  base::Instant now{24h};
  std::string body;
  std::deque<Activation> activations_;

 private:
  std::vector<ScriptPtr> scripts_;
};

using States = Judged;

TEST_F(States, LeadFromOneToTheNext) {
  play(R"([{"requiredScenarioState":"Started","newScenarioState":"Down","response":{"status":500}},
           {"requiredScenarioState":"Down","newScenarioState":"Up","response":{"status":503}},
           {"requiredScenarioState":"Up","response":{"status":200}}])");
  EXPECT_EQ(next_of(4), (Names{"500", "503", "200", "200"}));
  EXPECT_EQ(activations_[0].state, "Up");
}

TEST_F(States, AreMovedByARequestThatIsNotAnsweredOtherwise) {
  play(R"([{"request":{"method":"POST"},"newScenarioState":"Created"},
           {"request":{"method":"GET"},"requiredScenarioState":"Created","response":{"status":201}}])");
  EXPECT_EQ(next(), "real");
  EXPECT_EQ(next("POST"), "real");
  EXPECT_EQ(next(), "201");
}

TEST_F(States, AreThoseThatTheRequestFound) {
  play(
      R"([{"requiredScenarioState":"Started","newScenarioState":"Next","response":{"fixedDelayMilliseconds":1}},
           {"requiredScenarioState":"Next","response":{"status":500}}])");
  EXPECT_EQ(next_of(2), (Names{"real", "500"}));
}

TEST_F(States, AreMovedByTheFirstRuleThatActs) {
  play(R"([{"priority":2,"newScenarioState":"second"},{"priority":1,"newScenarioState":"first"}])");
  next();
  EXPECT_EQ(activations_[0].state, "first");
}

TEST_F(States, StayWhereARuleDidNotAct) {
  play(R"([{"response":{"status":500}},
           {"newScenarioState":"Answered","response":{"status":501}},
           {"calls":{"from":2},"newScenarioState":"Called"}])");
  next();
  EXPECT_EQ(activations_[0].state, "Started");
  next();
  EXPECT_EQ(activations_[0].state, "Called");
}

TEST_F(States, AreEachScenariosOwn) {
  play(R"([{"newScenarioState":"Next","calls":{"to":1}}])");
  play(R"([{"requiredScenarioState":"Next","response":{"status":500}}])");
  EXPECT_EQ(next_of(2), (Names{"real", "real"}));
  EXPECT_EQ(activations_[1].state, "Started");
}

TEST_F(States, LeaveCallsUncountedThatComeInAnother) {
  play(R"([{"requiredScenarioState":"Next","calls":{"from":2},"response":{"status":500}},
           {"calls":{"from":2,"to":2},"newScenarioState":"Next"}])");
  EXPECT_EQ(next_of(4), (Names{"real", "real", "real", "500"}));
}

using Turns = Judged;

TEST_F(Turns, AreTakenAndTheLastIsKept) {
  play(R"([{"responses":[{"status":500},{"status":503},{"status":200}]}])");
  EXPECT_EQ(next_of(5), (Names{"500", "503", "200", "200", "200"}));
}

TEST_F(Turns, AreOfTheCallsThatAreMet) {
  play(R"([{"calls":{"from":2,"every":2},"responses":[{"status":500},{"status":503}]}])");
  EXPECT_EQ(next_of(6), (Names{"real", "500", "real", "503", "real", "503"}));
}

TEST_F(Turns, WaitForTheOneBeforeThatAnswers) {
  play(
      R"([{"calls":{"to":2},"response":{"status":404}},{"responses":[{"status":500},{"status":503}]}])");
  EXPECT_EQ(next_of(4), (Names{"404", "404", "500", "503"}));
}

TEST_F(Turns, MayDelayThenAnswer) {
  play(R"([{"responses":[{"fixedDelayMilliseconds":5},{"status":503}]}])");
  EXPECT_EQ(next_of(2), (Names{"real", "503"}));
}

using Probability = Judged;

TEST_F(Probability, OfZeroNeverActs) {
  play(R"([{"probability":0,"response":{"status":500}}])");
  EXPECT_EQ(draws(200), std::string(200, '.'));
}

TEST_F(Probability, OfOneAlwaysActs) {
  play(R"([{"probability":1,"response":{"status":500}}])");
  EXPECT_EQ(draws(200), std::string(200, 'x'));
}

TEST_F(Probability, IsHowOftenItActsOverManyRequests) {
  play(R"([{"probability":0.25,"response":{"status":500}}])");
  int acted = 0;
  for (int i = 0; i < 4'000; ++i) acted += draws(1, "user" + std::to_string(i)) == "x" ? 1 : 0;
  EXPECT_GT(acted, 850);
  EXPECT_LT(acted, 1'150);
}

TEST_F(Probability, IsHowOftenItActsOnOneRequest) {
  play(R"([{"probability":0.25,"response":{"status":500}}])");
  const auto drawn = draws(4'000);
  const auto acted = std::count(drawn.begin(), drawn.end(), 'x');
  EXPECT_GT(acted, 850);
  EXPECT_LT(acted, 1'150);
}

TEST_F(Probability, DrawsTheSameFromTheSameSeed) {
  play(R"([{"probability":0.5,"response":{"status":500}}])");
  const auto drawn = draws(64);
  restart();
  EXPECT_EQ(draws(64), drawn);
  restart();
  seed = 8;
  EXPECT_NE(draws(64), drawn);
}

TEST_F(Probability, OfARequestDoesNotDependOnOthersMeanwhile) {
  play(R"([{"probability":0.5,"response":{"status":500}}])");
  const auto alone = draws(64);
  restart();
  std::string among;
  for (int i = 0; i < 64; ++i) {
    draws(3, "groups");
    body = R"({"a":1})";
    ask("PATCH");
    body = "";
    among += draws(1);
  }
  EXPECT_EQ(among, alone);
}

TEST_F(Probability, IsEachRequestsAndEachRulesOwn) {
  play(
      R"([{"probability":0.5,"newScenarioState":"a"},{"probability":0.5,"newScenarioState":"b"}])");
  std::set<std::string> drawn{draws(64), draws(64, "groups"), draws(64, "sites")};
  EXPECT_EQ(drawn.size(), 3u);
  int both = 0;
  for (int i = 0; i < 400; ++i) both += ask("GET", std::to_string(i)).acted.size() == 2 ? 1 : 0;
  EXPECT_GT(both, 60);
  EXPECT_LT(both, 140) << "drawn apart";
}

TEST_F(Probability, CountsCallsThatWereLeftOut) {
  play(R"([{"probability":0.5,"calls":{"from":2},"response":{"status":500}}])");
  draws(10);
  EXPECT_EQ(activations_[0].rules[0].calls, 10u);
  EXPECT_LT(activations_[0].rules[0].hits, 9u);
}

using Delays = Judged;

TEST_F(Delays, AddUpWithWhatIsDrawn) {
  play(R"([{"response":{"fixedDelayMilliseconds":100,
            "delayDistribution":{"type":"fixed","milliseconds":20.4}}}])");
  EXPECT_EQ(ask().delivery.delay, 120ms);
}

TEST_F(Delays, LieWithinTheirBounds) {
  play(R"([{"response":{"delayDistribution":{"type":"uniform","lower":100,"upper":200}}}])");
  std::set<int64_t> drawn;
  for (int i = 0; i < 500; ++i) drawn.insert(ask().delivery.delay.count());
  EXPECT_GE(*drawn.begin(), 100);
  EXPECT_LE(*drawn.rbegin(), 200);
  EXPECT_LT(*drawn.begin(), 110);
  EXPECT_GT(*drawn.rbegin(), 190);
}

TEST_F(Delays, LieAroundTheirMedianAndBelowTheirLargest) {
  play(R"([{"response":{"delayDistribution":
            {"type":"lognormal","median":80,"sigma":0.4,"maxValue":100}}}])");
  int below = 0, cut = 0;
  for (int i = 0; i < 1'000; ++i) {
    const auto delay = ask().delivery.delay.count();
    ASSERT_LE(delay, 100);
    below += delay < 80 ? 1 : 0;
    cut += delay == 100 ? 1 : 0;
  }
  EXPECT_GT(below, 430);
  EXPECT_LT(below, 560);
  EXPECT_GT(cut, 150) << "about three in ten are longer";
}

TEST_F(Delays, WithoutSpreadAreTheirMedian) {
  play(R"([{"response":{"delayDistribution":{"type":"lognormal","median":80,"sigma":0}}}])");
  EXPECT_EQ(ask().delivery.delay, 80ms);
}

TEST_F(Delays, AreAnHourAtMostHoweverWideTheySpread) {
  play(R"([{"response":{"delayDistribution":{"type":"lognormal","median":3600000,"sigma":10}}}])");
  for (int i = 0; i < 200; ++i) EXPECT_LE(ask().delivery.delay, 1h);
}

TEST_F(Delays, AreDrawnTheSameFromTheSameSeed) {
  play(R"([{"response":{"delayDistribution":{"type":"uniform","lower":0,"upper":100000}}}])");
  const auto first = ask().delivery.delay, second = ask().delivery.delay;
  EXPECT_NE(first, second);
  restart();
  EXPECT_EQ(ask().delivery.delay, first);
  EXPECT_EQ(ask().delivery.delay, second);
}

using Composition = Judged;

TEST_F(Composition, DelaysAFault) {
  play(R"([{"response":{"fixedDelayMilliseconds":30}},{"response":{"fault":"EMPTY_RESPONSE"}}])");
  const auto verdict = ask();
  EXPECT_EQ(said(verdict), "real EMPTY_RESPONSE");
  EXPECT_FALSE(verdict.asks_store()) << "the request has never arrived";
  EXPECT_EQ(verdict.delivery.delay, 30ms);
  EXPECT_EQ(verdict.acted.size(), 2u);
}

TEST_F(Composition, HasTheFirstOfTwoAnswers) {
  play(
      R"([{"response":{"status":500,"headers":{"A":"1"}}},{"response":{"status":503,"headers":{"A":"2"}}}])");
  const auto verdict = ask();
  EXPECT_EQ(said(verdict), "500");
  EXPECT_EQ(header(verdict, "A"), "-") << "they are the answer's own";
  EXPECT_EQ(verdict.acted.size(), 1u);
  EXPECT_EQ(activations_[0].rules[1].hits, 0u);
}

TEST_F(Composition, LosesAnAnswer) {
  play(R"([{"response":{"status":500}},{"response":{"fault":"CONNECTION_RESET_BY_PEER"}}])");
  EXPECT_EQ(next(), "500 CONNECTION_RESET_BY_PEER");
}

TEST_F(Composition, HasNothingAnswerWhatIsLost) {
  play(R"([{"response":{"fault":"CONNECTION_RESET_BY_PEER"}},{"response":{"status":500}}])");
  EXPECT_EQ(next(), "real CONNECTION_RESET_BY_PEER");
  EXPECT_EQ(activations_[0].rules[1].hits, 0u);
}

TEST_F(Composition, HasTheFirstOfTwoFaults) {
  play(R"([{"response":{"fault":"TRUNCATED_BODY"}},{"response":{"fault":"EMPTY_RESPONSE"}},
           {"response":{"fault":"MALFORMED_RESPONSE_CHUNK","fixedDelayMilliseconds":5}}])");
  const auto verdict = ask();
  EXPECT_EQ(said(verdict), "real TRUNCATED_BODY");
  EXPECT_TRUE(verdict.asks_store());
  EXPECT_EQ(verdict.delivery.delay, 5ms);
  EXPECT_EQ(activations_[0].rules[1].hits, 0u);
}

TEST_F(Composition, TruncatesAnAnswerOrTheStores) {
  play(
      R"([{"response":{"fault":"TRUNCATED_BODY"}},{"calls":{"from":2},"response":{"status":500}}])");
  EXPECT_EQ(next_of(2), (Names{"real TRUNCATED_BODY", "500 TRUNCATED_BODY"}));
}

TEST_F(Composition, HasTheFirstOfTwoDribbles) {
  play(R"([{"response":{"chunkedDribbleDelay":{"numberOfChunks":5,"totalDuration":10}}},
           {"response":{"chunkedDribbleDelay":{"numberOfChunks":7,"totalDuration":20}}}])");
  EXPECT_EQ(ask().delivery.dribble.chunks, 5u);
  EXPECT_EQ(ask().delivery.dribble.total, 10ms);
}

TEST_F(Composition, AddsHeadersOfRulesThatDoNotAnswer) {
  play(
      R"([{"response":{"headers":{"A":"1"}}},{"response":{"headers":{"B":"2"}}},{"response":{"status":500}}])");
  const auto verdict = ask();
  EXPECT_EQ(said(verdict), "500");
  EXPECT_EQ(header(verdict, "A") + header(verdict, "B"), "12");
}

TEST_F(Composition, LetsTheStoreWriteWhatIsAnsweredAfterwards) {
  play(R"([{"phase":"after","response":{"status":504}}])");
  const auto verdict = ask("PATCH");
  EXPECT_EQ(said(verdict), "after 504");
  EXPECT_TRUE(verdict.asks_store());
}

TEST_F(Composition, LetsTheStoreWriteWhatIsLostAfterwards) {
  play(R"([{"phase":"after","response":{"fault":"CONNECTION_RESET_BY_PEER"}}])");
  EXPECT_TRUE(ask("PATCH").asks_store());
}

TEST_F(Composition, AsksTheStoreNothingThatIsAnsweredBeforeAndAfter) {
  play(R"([{"response":{"status":429}},{"phase":"after","response":{"status":504}}])");
  EXPECT_EQ(next("PATCH"), "429");
}

TEST_F(Composition, LagsWritesAloneBesideAllElse) {
  play(R"([{"consistencyLag":{"milliseconds":2000,"reads":3}},{"consistencyLag":{"reads":9}},
           {"rateLimit":{"limit":1,"windowSeconds":60}}])");
  EXPECT_FALSE(ask("GET").lag);
  now += 60s;
  const auto written = ask("PATCH");
  ASSERT_TRUE(written.lag);
  EXPECT_EQ(written.lag->time, 2s);
  EXPECT_EQ(written.lag->reads, 3u);
  EXPECT_EQ(said(written), "real");
  EXPECT_EQ(next("PATCH"), "429");
  EXPECT_EQ(activations_[0].rules[0].calls, 2u) << "reads are none of its calls";
}

using Limits = Judged;

TEST_F(Limits, RefuseWhatComesTooOften) {
  play(R"([{"rateLimit":{"limit":2,"windowSeconds":60}}])");
  EXPECT_EQ(next_of(3), (Names{"real", "real", "429"}));
  const auto refused = ask();
  EXPECT_EQ(header(refused, "Retry-After"), "60");
  EXPECT_EQ(header(refused, "x-ms-throttle-scope"), "Tenant/Read");
  EXPECT_FALSE(refused.asks_store());
  now += 59s;
  EXPECT_EQ(next(), "429");
  now += 1s;
  EXPECT_EQ(next(), "real");
}

TEST_F(Limits, AreEachAppsOwn) {
  play(R"([{"rateLimit":{"limit":1,"windowSeconds":60,"by":["tenant","app"]}}])");
  EXPECT_EQ(next("GET", "users", "a"), "real");
  EXPECT_EQ(next("GET", "groups", "a"), "429");
  EXPECT_EQ(next("GET", "users", "b"), "real");
  EXPECT_EQ(header(ask("PATCH", "users", "b"), "x-ms-throttle-scope"),
            "Tenant_Application/Write/b");
}

TEST_F(Limits, AreEachPathsOwn) {
  play(R"([{"rateLimit":{"limit":1,"windowSeconds":60,"by":["path"]}}])");
  EXPECT_EQ(next("GET", "users", "a"), "real");
  EXPECT_EQ(next("PATCH", "users", "b"), "429");
  EXPECT_EQ(next("GET", "groups", "a"), "real");
}

TEST_F(Limits, AreAllRequestsTogetherByTenant) {
  play(R"([{"rateLimit":{"limit":1,"windowSeconds":60,"by":["tenant"]}}])");
  EXPECT_EQ(next("GET", "users", "a"), "real");
  EXPECT_EQ(next("GET", "groups", "b"), "429");
}

TEST_F(Limits, AreEachRulesOwn) {
  play(R"([{"request":{"method":"GET"},"rateLimit":{"limit":1,"windowSeconds":60}},
           {"request":{"method":"PATCH"},"rateLimit":{"limit":1,"windowSeconds":60}}])");
  EXPECT_EQ(next("GET"), "real");
  EXPECT_EQ(next("PATCH"), "real");
  EXPECT_EQ(next("GET"), "429");
}

TEST_F(Limits, AreNotReachedByWhatIsAnsweredBefore) {
  play(
      R"([{"calls":{"to":3},"response":{"status":503}},{"rateLimit":{"limit":1,"windowSeconds":60}}])");
  EXPECT_EQ(next_of(3), (Names{"503", "503", "503"}));
  EXPECT_EQ(next_of(2), (Names{"real", "429"}));
}

TEST_F(Limits, SayNothingOfWhatIsAnsweredBefore) {
  play(R"([{"response":{"status":503}},{"rateLimit":{"limit":0,"windowSeconds":60}}])");
  const auto verdict = ask();
  EXPECT_EQ(said(verdict), "503");
  EXPECT_EQ(header(verdict, "Retry-After"), "-");
  EXPECT_EQ(activations_[0].rules[1].hits, 0u);
}

TEST_F(Limits, ComeBeforeAnswersThatStandBehindThem) {
  play(R"([{"rateLimit":{"limit":1,"windowSeconds":60}},{"response":{"status":503}}])");
  EXPECT_EQ(next_of(2), (Names{"503", "429"}));
}

TEST_F(Limits, CostNothingOnceAnotherHasRefused) {
  play(
      R"([{"rateLimit":{"limit":1,"windowSeconds":1}},{"rateLimit":{"limit":2,"windowSeconds":60}}])");
  EXPECT_EQ(next_of(3), (Names{"real", "429", "429"}));
  now += 1s;
  EXPECT_EQ(next_of(1), Names{"real"});
  now += 1s;
  EXPECT_EQ(next_of(1), Names{"429"}) << "the second is used up by two that were served";
}

}  // namespace
}  // namespace graphmock::scenario
