#include "scenario/response_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "scenario/script_reader.h"
#include "support/test_name.h"

namespace graphmock::scenario {
namespace {

using Kind = DelayDistribution::Kind;

const BodyFiles& files() {
  static const BodyFiles all{
      {"mail.json", std::make_shared<const std::string>(R"({"a":1})")},
      {"deep/note.txt", std::make_shared<const std::string>("note")},
      {"__files/wiremock.xml", std::make_shared<const std::string>("<a/>")},
  };
  return all;
}

base::LoadErrors problems_of(std::string_view response) {
  base::LoadErrors errors;
  const auto text = R"({"rules":[{"response":)" + std::string(response) + "}]}";
  const auto script = read_script("s", "s", text, files(), errors);
  EXPECT_EQ(script == nullptr, !errors.empty());
  return errors;
}

ResponsePtr response(std::string_view text) {
  base::LoadErrors errors;
  const auto script = read_script("s", "s", R"({"rules":[{"response":)" + std::string(text) + "}]}",
                                  files(), errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  return script ? script->rules.at(0).responses.at(0) : std::make_shared<ScriptedResponse>();
}

struct ProblemRow {
  std::string_view name;
  std::string_view response;  // what is wrong stands on the second line
  std::string_view problem;
};

class ResponseProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(ResponseProblem, IsToldWithItsLine) {
  const auto errors = problems_of(GetParam().response);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].text(), "s:2: " + std::string(GetParam().problem));
}

constexpr std::string_view kNoSuchPath =
    "'serve' is a resource path such as '/users': it begins with '/', and has no version and no "
    "query";

constexpr ProblemRow kBodies[] = {
    {"StatusWithFraction", "{\n\"status\":429.5}", "expected a whole number from 200 to 599"},
    {"ErrorAsText", "{\n\"error\":\"x\"}", "expected an object, found string"},
    {"ErrorWithEmptyCode", "{\n\"error\":{\"code\":\"\"}}", "an error needs a 'code'"},
    {"ErrorMessageAsNumber", "{\"error\":{\"code\":\"c\",\n\"message\":1}}",
     "expected a string, found number"},
    {"BodyAsObject", "{\n\"body\":{}}", "expected a string, found object"},
    {"BodyFileNameAsNumber", "{\n\"bodyFileName\":1}", "expected a string, found number"},
    {"FileThatIsNotThere", "{\n\"bodyFileName\":\"mial.json\"}",
     "there is no file 'mial.json' in the folder of scenarios; did you mean 'mail.json'?"},
    {"FileAbove", "{\n\"bodyFileName\":\"../mail.json\"}",
     "there is no file '../mail.json' in the folder of scenarios; did you mean 'mail.json'?"},
    {"FileOfTheSystem", "{\n\"bodyFileName\":\"/etc/hostname\"}",
     "there is no file '/etc/hostname' in the folder of scenarios"},
    {"FileWithDots", "{\n\"bodyFileName\":\"deep/../mail.json\"}",
     "there is no file 'deep/../mail.json' in the folder of scenarios"},
    {"ServeAsNumber", "{\n\"serve\":1}", "expected a string, found number"},
    {"ServeWithoutSlash", "{\n\"serve\":\"users\"}", kNoSuchPath},
    {"ServeWithVersion", "{\n\"serve\":\"/v1.0/users\"}", kNoSuchPath},
    {"ServeWithQuery", "{\n\"serve\":\"/users?$top=1\"}", kNoSuchPath},
    {"BodyOfNoContent", "{\n\"status\":204,\"body\":\"x\"}",
     "an answer of status 204 has no body; give it another status"},
    {"ErrorOfNotModified", "{\n\"status\":304,\"error\":{\"code\":\"c\"}}",
     "an answer of status 304 has no body; give it another status"},
    {"HeadersAsArray", "{\n\"headers\":[]}", "expected an object, found array"},
    {"HeaderOfTwoWords", "{\"headers\":{\n\"A B\":\"x\"}}", "'A B' cannot be a header's name"},
    {"HeaderOfTheWire", "{\"status\":500,\"headers\":{\n\"content-length\":\"3\"}}",
     "'content-length' is for the server to say; for answers that break off there is 'fault'"},
};

constexpr ProblemRow kDeliveries[] = {
    {"DelayBelowZero", "{\n\"fixedDelayMilliseconds\":-1}",
     "expected a whole number from 0 to 3600000"},
    {"DelayAsText", "{\n\"fixedDelayMilliseconds\":\"1\"}",
     "expected a whole number from 0 to 3600000"},
    {"DistributionAsNumber", "{\n\"delayDistribution\":5}", "expected an object, found number"},
    {"DistributionWithoutType", "{\n\"delayDistribution\":{\"milliseconds\":5}}",
     "a distribution needs a 'type': fixed, uniform or lognormal"},
    {"DistributionOfNoType", "{\"delayDistribution\":{\n\"type\":\"normal\"}}",
     "'normal' is none of fixed, uniform, lognormal"},
    {"FixedWithoutTime", "{\n\"delayDistribution\":{\"type\":\"fixed\"}}",
     "'milliseconds' is missing"},
    {"FixedTooLong", "{\"delayDistribution\":{\"type\":\"fixed\",\n\"milliseconds\":3600001}}",
     "expected a number from 0 to 3600000"},
    {"UniformWithoutUpper", "{\n\"delayDistribution\":{\"type\":\"uniform\",\"lower\":1}}",
     "a uniform delay lies between 'lower' and 'upper'"},
    {"UniformUpsideDown",
     "{\n\"delayDistribution\":{\"type\":\"uniform\",\"lower\":2,\"upper\":1}}",
     "a uniform delay lies between 'lower' and 'upper'"},
    {"LognormalWithoutMedian", "{\n\"delayDistribution\":{\"type\":\"lognormal\",\"sigma\":1}}",
     "a lognormal delay needs a 'median' over 0 and a 'sigma'"},
    {"LognormalWithoutSigma", "{\n\"delayDistribution\":{\"type\":\"lognormal\",\"median\":1}}",
     "a lognormal delay needs a 'median' over 0 and a 'sigma'"},
    {"SigmaTooLarge",
     "{\"delayDistribution\":{\"type\":\"lognormal\",\"median\":1,\n\"sigma\":11}}",
     "expected a number from 0 to 10"},
    {"MaxValueBelowZero",
     "{\"delayDistribution\":{\"type\":\"lognormal\",\"median\":1,\"sigma\":1,\n\"maxValue\":-1}}",
     "expected a number from 0 to 3600000"},
    {"UnknownFieldOfADistribution",
     "{\"delayDistribution\":{\"type\":\"lognormal\",\n\"medain\":1}}",
     "unknown field 'medain'; did you mean 'median'?"},
    {"DribbleAsNumber", "{\n\"chunkedDribbleDelay\":5}", "expected an object, found number"},
    {"DribbleWithoutChunks", "{\n\"chunkedDribbleDelay\":{\"totalDuration\":5}}",
     "'numberOfChunks' is missing"},
    {"DribbleOfNoChunks", "{\"chunkedDribbleDelay\":{\n\"numberOfChunks\":0}}",
     "expected a whole number from 1 to 1000000"},
    {"DribbleTooLong",
     "{\"chunkedDribbleDelay\":{\"numberOfChunks\":1,\n\"totalDuration\":3600001}}",
     "expected a whole number from 0 to 3600000"},
    {"FaultOfNoName", "{\n\"fault\":\"RESET\"}",
     "'RESET' is none of CONNECTION_RESET_BY_PEER, EMPTY_RESPONSE, MALFORMED_RESPONSE_CHUNK, "
     "RANDOM_DATA_THEN_CLOSE, TRUNCATED_BODY"},
    {"FaultAsNumber", "{\n\"fault\":1}", "expected a string, found number"},
};

INSTANTIATE_TEST_SUITE_P(Body, ResponseProblem, testing::ValuesIn(kBodies), support::RowName());
INSTANTIATE_TEST_SUITE_P(Delivery, ResponseProblem, testing::ValuesIn(kDeliveries),
                         support::RowName());

TEST(ResponseReader, TakesEveryFrameOfTheWireFromTheAuthor) {
  for (const std::string name :
       {"Connection", "Content-Length", "Keep-Alive", "transfer-encoding"}) {
    EXPECT_EQ(problems_of(R"({"status":500,"headers":{")" + name + R"(":"x"}})").size(), 1u)
        << name;
  }
}

TEST(ResponseReader, ReadsBodies) {
  EXPECT_EQ(*response(R"({"body":"a"})")->body, "a");
  EXPECT_FALSE(response(R"({"body":"a"})")->is_json);
  EXPECT_EQ(*response(R"({"jsonBody":{"a":[1.10, null]}})")->body, R"({"a":[1.10,null]})");
  EXPECT_TRUE(response(R"({"jsonBody":null})")->answers());
  EXPECT_EQ(*response(R"({"bodyFileName":"mail.json"})")->body, R"({"a":1})");
  EXPECT_TRUE(response(R"({"bodyFileName":"mail.json"})")->is_json);
  EXPECT_EQ(*response(R"({"bodyFileName":"deep/note.txt"})")->body, "note");
  EXPECT_FALSE(response(R"({"bodyFileName":"deep/note.txt"})")->is_json);
  EXPECT_EQ(*response(R"({"bodyFileName":"wiremock.xml"})")->body, "<a/>");
  EXPECT_EQ(response(R"({"serve":"/users"})")->serve, "/users");
}

TEST(ResponseReader, ReadsDelays) {
  const auto fixed = response(R"({"delayDistribution":{"type":"fixed","milliseconds":2.5}})");
  EXPECT_EQ(fixed->distribution->kind, Kind::Fixed);
  EXPECT_EQ(fixed->distribution->lower, 2.5);
  const auto uniform = response(R"({"delayDistribution":{"type":"uniform","lower":3,"upper":3}})");
  EXPECT_EQ(uniform->distribution->kind, Kind::Uniform);
  EXPECT_EQ(uniform->distribution->upper, 3);
  const auto lognormal = response(
      R"({"delayDistribution":{"type":"lognormal","median":80,"sigma":0.4,"maxValue":500}})");
  EXPECT_EQ(lognormal->distribution->kind, Kind::Lognormal);
  EXPECT_EQ(lognormal->distribution->median, 80);
  EXPECT_EQ(lognormal->distribution->sigma, 0.4);
  EXPECT_EQ(lognormal->distribution->max_value, 500);
  EXPECT_FALSE(lognormal->answers());
  const auto dribble =
      response(R"({"chunkedDribbleDelay":{"numberOfChunks":5,"totalDuration":7}})");
  EXPECT_EQ(dribble->dribble.chunks, 5u);
  EXPECT_EQ(dribble->dribble.total, std::chrono::milliseconds(7));
}

TEST(ResponseReader, KnowsTheFaultsByTheirNames) {
  for (const std::string name :
       {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK",
        "RANDOM_DATA_THEN_CLOSE", "TRUNCATED_BODY"}) {
    EXPECT_EQ(name_of(response(R"({"fault":")" + name + "\"}")->fault), name);
  }
  EXPECT_EQ(name_of(http::Fault::None), "");
}

}  // namespace
}  // namespace graphmock::scenario
