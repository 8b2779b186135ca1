#include "scenario/request_pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "scenario/script_reader.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::scenario {
namespace {

using Names = std::vector<std::string>;

RequestPattern pattern(std::string_view text) {
  base::LoadErrors errors;
  auto read = read_request_pattern("p", text, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  return read ? *std::move(read) : RequestPattern();
}

// A PATCH of a property of a user, with options, headers and a body.
class Asked : public testing::Test {
 protected:
  static model::Models& models() {
    static auto small = support::small_models();
    return small;
  }
  const model::StructuredType* type(const std::string& name) {
    return models().version("v1.0")->structured_type("microsoft.graph." + name);
  }

  Asked() : facts(request) {
    request.method = "PATCH";
    request.headers.add("Prefer", "return=minimal");
    request.headers.add("prefer", "respond-async");
    request.headers.add("If-Match", "*");
    request.headers.add("Retry", "3");
    request.headers.add("X-Bytes", "\xFF\x37");
    request.body = R"({"displayName":"Nora","age":41,"home":{"city":null},"phones":["1","22"],
                       "a/b":{"~":true}})";
    facts.version = "v1.0";
    facts.segments = {"users", "id", "home"};
    facts.query = &query;
    facts.types = {type("address"), type("user")};
  }

  std::vector<http::QueryOption> query{
      {"$filter", "age eq 3"}, {"top", "5"}, {"x", "1"}, {"x", "2"}, {"$select", ""}};
  http::Request request;
  Facts facts;
};

struct AskedRow {
  std::string_view name;
  std::string_view request;
  bool matches;
};

class AskedRows : public Asked, public testing::WithParamInterface<AskedRow> {};

TEST_P(AskedRows, MatchOrDoNot) {
  const auto read = pattern(GetParam().request);
  EXPECT_EQ(matches(read, facts), GetParam().matches);
  EXPECT_EQ(mismatches(read, facts).empty(), GetParam().matches);
}

constexpr AskedRow kRows[] = {
    {"QueryOption", R"({"query":{"$filter":{"contains":"eq"}}})", true},
    {"QueryOptionWithoutDollar", R"({"query":{"filter":{"contains":"eq"}}})", true},
    {"QueryOptionSentWithoutDollar", R"({"query":{"$top":5}})", true},
    {"QueryOptionInAnotherCase", R"({"query":{"$FILTER":{"contains":"eq"}}})", true},
    {"QueryOptionOfAnotherValue", R"({"query":{"$top":"6"}})", false},
    {"QueryOptionThatIsNotThere", R"({"query":{"$orderby":{"absent":true}}})", true},
    {"QueryOptionThatIsThere", R"({"query":{"$top":{"absent":true}}})", false},
    {"QueryOptionWithoutValueIsThere", R"({"query":{"$select":{"absent":false}}})", true},
    {"QueryOptionGreater", R"({"query":{"$top":{"greaterThan":4}}})", true},
    {"FirstOfSeveralValues", R"({"query":{"x":"1"}})", true},
    {"LastOfSeveralValues", R"({"query":{"x":"2"}})", true},
    {"NoneOfSeveralValues", R"({"query":{"x":"3"}})", false},
    {"SeveralOptions", R"({"query":{"x":"2","$top":"5"}})", true},
    {"SeveralOptionsButOne", R"({"query":{"x":"2","$top":"6"}})", false},
    {"Header", R"({"headers":{"If-Match":"*"}})", true},
    {"HeaderInAnotherCase", R"({"headers":{"if-match":"*"}})", true},
    {"HeaderOfAnotherValue", R"({"headers":{"If-Match":"x"}})", false},
    {"HeaderThatIsNotThere", R"({"headers":{"If-None-Match":{"absent":true}}})", true},
    {"HeaderOfSeveralLines", R"({"headers":{"Prefer":"respond-async"}})", true},
    {"HeaderByPattern", R"({"headers":{"Prefer":{"matches":"return=[m-n].*"}}})", true},
    {"HeaderAsNumber", R"({"headers":{"Retry":{"lessThan":4}}})", true},
    {"HeaderThatIsNoUtf8IsNoNumber", R"({"headers":{"X-Bytes":{"greaterThan":1}}})", false},
    {"HeaderThatIsNoUtf8", R"({"headers":{"X-Bytes":{"contains":"7"}}})", true},
    {"Body", R"({"body":{"/displayName":"Nora"}})", true},
    {"BodyOfAnotherValue", R"({"body":{"/displayName":"nora"}})", false},
    {"BodyDeep", R"({"body":{"/home/city":null}})", true},
    {"BodyInAnArray", R"({"body":{"/phones/1":"22"}})", true},
    {"BodyBeyondAnArray", R"({"body":{"/phones/2":{"absent":true}}})", true},
    {"BodyArrayHolds", R"({"body":{"/phones":{"contains":"22"}}})", true},
    {"BodyWithEscapes", R"({"body":{"/a~1b/~0":true}})", true},
    {"BodyGreater", R"({"body":{"/age":{"greaterThan":40}}})", true},
    {"BodyNamesInTheirCase", R"({"body":{"/Age":{"greaterThan":40}}})", false},
    {"BodyAsAWhole", R"({"body":{"":{"contains":"Nora"}}})", true},
    {"BodyBelowAText", R"({"body":{"/displayName/x":{"absent":true}}})", true},
    {"SeveralOfTheBody", R"({"body":{"/age":41,"/displayName":"N"}})", false},
    {"AllKinds", R"({"query":{"x":"1"},"headers":{"Retry":3},"body":{"/age":41}})", true},
    {"TypeOfTheProperty", R"({"type":"microsoft.graph.address"})", true},
    {"TypeOfItsEntity", R"({"type":"microsoft.graph.user"})", true},
    {"BaseTypeOfItsEntity", R"({"type":"microsoft.graph.directoryObject"})", true},
    {"BaseOfTheBase", R"({"type":"microsoft.graph.entity"})", true},
    {"DerivedType", R"({"type":"microsoft.graph.officeAddress"})", false},
    {"OtherType", R"({"type":"microsoft.graph.group"})", false},
    {"TypeInAnotherCase", R"({"type":"Microsoft.Graph.User"})", true},
    {"TypeAsInAnODataType", R"({"type":"#microsoft.graph.user"})", true},
    {"NoOperation", R"({"operation":"microsoft.graph.getByIds"})", false},
};

INSTANTIATE_TEST_SUITE_P(Request, AskedRows, testing::ValuesIn(kRows), support::RowName());

TEST_F(Asked, IsABatchForThePatternsAloneThatNameIt) {
  request.method = "POST";
  facts.types.clear();
  for (const auto* segment : {"$batch", "$BATCH"}) {
    facts.segments = {segment};
    EXPECT_TRUE(matches(pattern(R"({"path":"/$batch"})"), facts));
    EXPECT_TRUE(matches(pattern(R"({"path":"/$batch","method":"POST","version":"v1.0"})"), facts));
    EXPECT_FALSE(matches(pattern(R"({"path":"/$batch","method":"GET"})"), facts));
    for (const auto* any : {"{}", R"({"method":"POST"})", R"({"path":"/**"})",
                            R"({"path":"/{any}"})", R"({"path":"/$batch/**"})"}) {
      EXPECT_FALSE(matches(pattern(any), facts)) << any;
      EXPECT_EQ(mismatches(pattern(any), facts).at(0), "path: a batch is meant by '/$batch' alone");
    }
  }
  facts.segments = {"users", "$batch"};
  EXPECT_TRUE(matches(pattern(R"({"path":"/users/{id}"})"), facts));
}

struct PathRow {
  std::string_view name;
  std::string_view template_path;
  std::string_view segments;  // with '|' between them
  bool matches;
};

class PathTemplate : public testing::TestWithParam<PathRow> {};

TEST_P(PathTemplate, MatchesPlainSegments) {
  http::Request request;
  request.method = "GET";
  Facts facts(request);
  for (const auto segment : base::split(GetParam().segments, '|')) {
    if (!segment.empty()) facts.segments.emplace_back(segment);
  }
  const auto read = pattern(R"({"path":")" + std::string(GetParam().template_path) + R"("})");
  EXPECT_EQ(matches(read, facts), GetParam().matches);
}

constexpr PathRow kPaths[] = {
    {"Root", "/", "", true},
    {"RootAlone", "/", "users", false},
    {"TheRestOfTheRoot", "/**", "", true},
    {"SlashAtTheEnd", "/users/", "users", true},
    {"KeyInParentheses", "/users('{id}')/messages", "users|1|messages", true},
    {"BareKeyInParentheses", "/users({id})", "users|1", true},
    {"LiteralKeyInParentheses", "/users('1')", "users|1", true},
    {"LiteralKeyOfAnother", "/users('1')", "users|2", false},
    {"Function", "/reports/getActivity(period='D7')", "reports|getActivity(period='D7')", true},
    {"FunctionWithPlaceholder", "/reports/getActivity(period='{period}')",
     "reports|getActivity(period='D30')", true},
    {"FunctionWithNothing", "/reports/getActivity(period='{period}')",
     "reports|getActivity(period='')", false},
    {"SeveralPlaceholders", "/range(from={a},to={b})", "range(from=1,to=2)", true},
    {"SeveralPlaceholdersAndMore", "/range(from={a},to={b})", "range(from=1,to=2,by=3)", true},
    {"PlaceholderGoesOn", "/a{x}b", "a-b-b", true},
    {"PlaceholderGoesOnInVain", "/a{x}b", "a-b-c", false},
    {"PlaceholderBeforeMore", "/{name}.txt", "notes.txt", true},
    {"BraceAlone", "/{x", "{x", true},
    {"BraceAloneOfAnother", "/{x", "y", false},
};

INSTANTIATE_TEST_SUITE_P(Pattern, PathTemplate, testing::ValuesIn(kPaths), support::RowName());

TEST_F(Asked, WithoutABodyHasNoneAtAnyPlace) {
  request.body = "";
  EXPECT_TRUE(matches(pattern(R"({"body":{"":{"absent":true}}})"), facts));
  EXPECT_FALSE(matches(pattern(R"({"body":{"":{"contains":""}}})"), facts));
  EXPECT_TRUE(matches(pattern(R"({"body":{"/a":{"absent":true}}})"), facts));
}

TEST_F(Asked, WithABodyThatIsNoJsonHasItsText) {
  request.body = "BEGIN\xFF 7";
  EXPECT_TRUE(matches(pattern(R"({"body":{"":{"contains":"BEGIN"}}})"), facts));
  EXPECT_TRUE(matches(pattern(R"({"body":{"/a":{"absent":true}}})"), facts));
}

// Such bytes stand before a number that no double holds, where JSON was read.
TEST_F(Asked, WithABodyOfBytesHasNoNumber) {
  request.body = "\xFF\x37";
  EXPECT_FALSE(matches(pattern(R"({"body":{"":7}})"), facts));
  for (const auto& why : mismatches(pattern(R"({"body":{"":7}})"), facts)) {
    EXPECT_TRUE(base::is_valid_utf8(why)) << why;
  }
}

TEST_F(Asked, SaysEverythingThatKeepsItFromMatching) {
  EXPECT_EQ(mismatches(pattern(R"({"method":["GET","POST"],"version":"beta","path":"/groups/{id}",
      "type":"microsoft.graph.group","operation":"microsoft.graph.delta",
      "query":{"$top":{"greaterThan":5}},"headers":{"Retry":"4"},"body":{"/none":{"absent":false}}})"),
                       facts),
            (Names{"method: expected GET or POST, was PATCH", "version: expected beta, was v1.0",
                   "path: expected /groups/{id}, was /users/id/home",
                   "type: expected microsoft.graph.group, was microsoft.graph.address",
                   "operation: expected microsoft.graph.delta, was none",
                   R"(query option '$top': expected one greater than 5, was "5")",
                   R"(header 'Retry': expected one equal to "4", was "3")",
                   "body '/none': expected one present, was absent"}));
}

}  // namespace
}  // namespace graphmock::scenario
