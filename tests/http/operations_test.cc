// Actions and functions: their parameters, who answers them, and the answers that have nothing
// but the shape of what the model declares.
#include <gtest/gtest.h>

#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kModel = R"xml(
<EnumType Name="color"><Member Name="red"/><Member Name="green"/></EnumType>
<ComplexType Name="point">
  <Property Name="x" Type="Edm.Int32"/>
  <Property Name="names" Type="Collection(Edm.String)" Nullable="false"/>
</ComplexType>
<EntityType Name="thing" HasStream="true">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="size" Type="Edm.Int64"/>
  <Property Name="picture" Type="Edm.Stream"/>
  <NavigationProperty Name="parts" Type="Collection(graph.thing)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="specialThing" BaseType="graph.thing"/>
<Action Name="touch" IsBound="true"><Parameter Name="it" Type="graph.thing"/></Action>
<Action Name="paint" IsBound="true">
  <Parameter Name="it" Type="graph.thing"/>
  <Parameter Name="color" Type="graph.color" Nullable="false"/>
  <Parameter Name="layers" Type="Edm.Int32"/>
  <Parameter Name="at" Type="graph.point"/>
  <ReturnType Type="graph.thing"/>
</Action>
<Action Name="paintAll" IsBound="true">
  <Parameter Name="them" Type="Collection(graph.thing)"/><ReturnType Type="Collection(graph.thing)"/>
</Action>
<Function Name="near" IsBound="true">
  <Parameter Name="it" Type="graph.thing"/>
  <Parameter Name="distance" Type="Edm.Int32" Nullable="false"/>
  <Parameter Name="color" Type="graph.color"><Annotation Term="Org.OData.Core.V1.OptionalParameter"/></Parameter>
  <ReturnType Type="Collection(graph.thing)"/>
</Function>
<Function Name="near" IsBound="true">
  <Parameter Name="it" Type="graph.thing"/>
  <Parameter Name="when" Type="Edm.Date" Nullable="false"/>
  <ReturnType Type="graph.point"/>
</Function>
<Function Name="named" IsBound="true">
  <Parameter Name="it" Type="graph.thing"/>
  <Parameter Name="text" Type="Edm.String" Nullable="false"/>
  <ReturnType Type="Edm.String"/>
</Function>
<Function Name="largest" IsBound="true" IsComposable="true">
  <Parameter Name="them" Type="Collection(graph.thing)"/><ReturnType Type="graph.thing"/>
</Function>
<Function Name="center" IsBound="true"><Parameter Name="it" Type="graph.thing"/><ReturnType Type="graph.point"/></Function>
<Function Name="content" IsBound="true"><Parameter Name="it" Type="graph.thing"/><ReturnType Type="Edm.Stream"/></Function>
<Function Name="special" IsBound="true"><Parameter Name="it" Type="graph.specialThing"/><ReturnType Type="Edm.Boolean"/></Function>
<EntityType Name="reportRoot"/>
<Function Name="getYammerActivityUserDetail" IsBound="true">
  <Parameter Name="it" Type="graph.reportRoot"/>
  <Parameter Name="period" Type="Edm.String"/>
  <ReturnType Type="Edm.Stream"/>
</Function>
@PRIMITIVES@
<Function Name="about"><Parameter Name="topic" Type="Edm.String"/><ReturnType Type="Edm.String"/></Function>
<Action Name="forget"><Parameter Name="topic" Type="Edm.String"/></Action>
<EntityContainer Name="Container">
  <EntitySet Name="things" EntityType="graph.thing"/>
  <Singleton Name="reports" Type="graph.reportRoot"/>
  <FunctionImport Name="about" Function="graph.about"/>
  <ActionImport Name="forget" Action="graph.forget"/>
</EntityContainer>
)xml";

struct Default {
  const char* name;
  const char* type;
  const char* value;
};

void PrintTo(const Default& one, std::ostream* out) {
  *out << one.name;
}

constexpr Default kDefaults[] = {
    {"Boolean", "Edm.Boolean", "false"},
    {"Byte", "Edm.Byte", "0"},
    {"SByte", "Edm.SByte", "0"},
    {"Int16", "Edm.Int16", "0"},
    {"Int32", "Edm.Int32", "0"},
    {"Int64", "Edm.Int64", "0"},
    {"Single", "Edm.Single", "0"},
    {"Double", "Edm.Double", "0"},
    {"Decimal", "Edm.Decimal", "0"},
    {"String", "Edm.String", R"("")"},
    {"Binary", "Edm.Binary", R"("")"},
    {"Guid", "Edm.Guid", R"("00000000-0000-0000-0000-000000000000")"},
    {"Date", "Edm.Date", R"("0001-01-01")"},
    {"DateTimeOffset", "Edm.DateTimeOffset", R"("0001-01-01T00:00:00Z")"},
    {"TimeOfDay", "Edm.TimeOfDay", R"("00:00:00")"},
    {"Duration", "Edm.Duration", R"("PT0S")"},
    {"Enumeration", "graph.color", R"("red")"},
};

// The model with a function "getNAME" for each of those.
std::string model() {
  std::string functions;
  for (const auto& one : kDefaults) {
    functions += "<Function Name=\"get" + std::string(one.name) +
                 "\" IsBound=\"true\"><Parameter Name=\"it\" Type=\"graph.thing\"/>"
                 "<ReturnType Type=\"" +
                 one.type + "\"/></Function>\n";
  }
  std::string text(kModel);
  constexpr std::string_view kMark = "@PRIMITIVES@";
  return text.replace(text.find(kMark), kMark.size(), functions);
}

class Operation : public testing::Test {
 protected:
  support::RawResponse get(const std::string& path) const { return server_.get("/v1.0/" + path); }
  support::RawResponse post(const std::string& path, const std::string& body = "") const {
    return server_.send("POST", "/v1.0/" + path, body);
  }
  std::string context(const support::RawResponse& response) const {
    const auto text = at(response, "/@odata.context");
    return text.substr(text.find('#') + 1, text.size() - text.find('#') - 2);
  }

  TestServer server_{support::small_world(model())};
};

TEST_F(Operation, TakesParametersInlineByAliasOrByName) {
  for (const std::string call :
       {"near(distance=3)", "near(Distance=3)", "near(%20distance%20=%203%20)",
        "near(distance=@p)?@p=3", "near?distance=3", "near()?distance=3",
        "near(distance=3,color='red')", "near(distance=3,color=null)",
        "near(color=@c,distance=@d)?@d=3&@c='green'", "microsoft.graph.near(distance=3)",
        "graph.near(distance=@p)?@p=3"}) {
    const auto response = get("things/t/" + call);
    EXPECT_EQ(response.status, 200) << call << response.body;
    EXPECT_EQ(at(response, "/value"), "[]") << call;
  }
}

TEST_F(Operation, IsTheOverloadOfItsParameters) {
  EXPECT_EQ(context(get("things/t/near(distance=3)")), "Collection(microsoft.graph.thing)");
  EXPECT_EQ(context(get("things/t/near(when=2026-01-31)")), "microsoft.graph.point");
}

TEST_F(Operation, TakesAnyTextInItsLiterals) {
  for (const std::string text :
       {"'it''s'", "'a/b'", "'a,b=c'", "'(x)'", "'%2F%20'", "'@x'", "''"}) {
    EXPECT_EQ(at(get("things/t/named(text=" + text + ")"), "/value"), R"("")") << text;
  }
}

TEST_F(Operation, IsBoundToCollectionsAndToTheImports) {
  EXPECT_EQ(context(get("things/largest")), "microsoft.graph.thing");
  EXPECT_EQ(get("things/t/largest").status, 400);
  EXPECT_EQ(post("things/paintAll").status, 200);
  EXPECT_EQ(at(get("about(topic='x')"), "/value"), R"("")");
  EXPECT_EQ(at(get("About(topic=@t)?@t='x'"), "/value"), R"("")");
  EXPECT_EQ(post("forget", R"({"topic": "x"})").status, 204);
  EXPECT_EQ(post("forget", R"({"tropic": "x"})").status, 400);
}

TEST_F(Operation, OfADerivedTypeNeedsACast) {
  EXPECT_EQ(get("things/t/special").status, 400);
  EXPECT_EQ(at(get("things/t/microsoft.graph.specialThing/special"), "/value"), "false");
  EXPECT_EQ(at(get("things/t/graph.specialThing/graph.special()"), "/value"), "false");
}

struct Wrong {
  const char* name;
  const char* method;
  const char* path;
  const char* body;
  const char* said;
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
  *out << wrong.name;
}

class OperationRefusal : public Operation, public testing::WithParamInterface<Wrong> {};

TEST_P(OperationRefusal, Is400AndNamesTheParameter) {
  const auto& [name, method, path, body, said] = GetParam();
  const auto response = server_.send(method, "/v1.0/things/t/" + std::string(path), body);
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(at(response, "/error/message").find(said), std::string::npos) << response.body;
}

INSTANTIATE_TEST_SUITE_P(
    , OperationRefusal,
    testing::Values(
        Wrong{"UnknownOfAFunction", "GET", "near(distanse=3)", "",
              "The parameter 'distanse' does not exist on the operation 'microsoft.graph.near'"},
        Wrong{"MissingOfAFunction", "GET", "named", "",
              "'microsoft.graph.named' lacks its parameter 'text', of type Edm.String"},
        Wrong{"MissingOfSeveral", "GET", "near(color='red')", "", "lacks its parameter 'distance'"},
        Wrong{"WrongTypeOfAFunction", "GET", "near(distance='far')", "", "'distance'"},
        Wrong{"OutOfRange", "GET", "near(distance=9999999999)", "", "'distance'"},
        Wrong{"NullOfAFunction", "GET", "near(distance=null)", "", "'distance'"},
        Wrong{"NoDate", "GET", "near(when=tomorrow)", "", "'when'"},
        Wrong{"NoMember", "GET", "near(distance=1,color='blue')", "", "'color'"},
        Wrong{"AliasWithoutValue", "GET", "near(distance=@p)", "", "'@p'"},
        Wrong{"ArgumentWithoutName", "GET", "near(3)", "", "name=value"},
        Wrong{"UnknownOfAnAction", "POST", "paint", R"({"colour": "red"})",
              "The parameter 'colour' does not exist on the operation 'microsoft.graph.paint'. Did "
              "you mean 'color'? Its parameters: color, layers, at."},
        Wrong{"OneOfNone", "POST", "touch", R"({"a": 1})", "It takes none."},
        Wrong{"WrongTypeOfAnAction", "POST", "paint", R"({"color": "red", "layers": "two"})",
              "'layers'"},
        Wrong{"WrongComplexValue", "POST", "paint", R"({"color": "red", "at": {"y": 1}})", "'y'"},
        Wrong{"NullOfAnAction", "POST", "paint", R"({"color": null})", "'color'"},
        Wrong{"NoObject", "POST", "paint", "[1]", "array"},
        Wrong{"NoJson", "POST", "paint", "{", "line 1"},
        Wrong{"ActionWithParentheses", "POST", "paint(color='red')", "{}",
              "takes its parameters in the body"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Operation, WithTheOtherMethodIs405) {
  const auto action = get("things/t/paint");
  EXPECT_EQ(action.status, 405);
  EXPECT_EQ(action.header("Allow"), "POST");
  for (const std::string method : {"POST", "PATCH", "PUT", "DELETE"}) {
    const auto function = server_.send(method, "/v1.0/things/t/near(distance=3)", "{}");
    EXPECT_EQ(function.status, 405) << method;
    EXPECT_EQ(function.header("Allow"), "GET") << method;
  }
}

TEST_F(Operation, AnswersByTheTypeThatItDeclares) {
  const auto nothing = post("things/t/touch");
  EXPECT_EQ(nothing.status, 204);
  EXPECT_EQ(nothing.body, "");
  const auto collection = get("things/t/near(distance=3)");
  EXPECT_EQ(at(collection, ""), "{\"@odata.context\":\"" + server_.origin() +
                                    "/v1.0/$metadata#Collection(microsoft.graph.thing)\","
                                    "\"value\":[]}");
  const auto complex = get("things/t/center");
  EXPECT_EQ(at(complex, "/x"), "null");
  EXPECT_EQ(at(complex, "/names"), "[]");
  const auto entity = post("things/t/paint", R"({"color": "red"})");
  EXPECT_EQ(entity.status, 200);
  EXPECT_EQ(at(entity, "/id"), "null");
  EXPECT_EQ(at(entity, "/size"), "null");
  EXPECT_EQ(at(entity, "/picture"), "(absent)");
  const auto stream = get("things/t/content");
  EXPECT_EQ(stream.status, 200);
  EXPECT_EQ(stream.header("Content-Type"), "application/octet-stream");
  EXPECT_EQ(get("things/t/content/$value").status, 200);
}

TEST_F(Operation, LeadsToAReportThatIsToBeFetched) {
  const auto report = get("reports/getYammerActivityUserDetail(period='D7')");
  EXPECT_EQ(report.status, 302);
  EXPECT_EQ(report.body, "");
  const auto location = report.header("Location").value_or("");
  EXPECT_EQ(location,
            server_.origin() + "/v1.0/reports/getYammerActivityUserDetail(period='D7')/$value");
  EXPECT_EQ(server_.get(location.substr(server_.origin().size())).status, 200);
}

class OperationDefault : public Operation, public testing::WithParamInterface<Default> {};

TEST_P(OperationDefault, IsTheZeroOfItsType) {
  EXPECT_EQ(at(get("things/t/get" + std::string(GetParam().name)), "/value"), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(, OperationDefault, testing::ValuesIn(kDefaults),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(Operation, ThatComposesHasParts) {
  EXPECT_EQ(at(get("things/largest/parts"), "/value"), "[]");
  EXPECT_EQ(get("things/largest/parts/$count").body, "0");
  EXPECT_EQ(at(get("things/largest()/parts/x"), "/id"), "null");
  EXPECT_EQ(get("things/largest/size").status, 200);
  EXPECT_EQ(context(get("things/largest/center")), "microsoft.graph.point");
  EXPECT_EQ(get("things/largest/near(distance='x')").status, 400);
  EXPECT_EQ(post("things/largest/touch").status, 204);
  EXPECT_EQ(post("things/largest/parts").status, 405);
  EXPECT_EQ(get("things/largest/nothing").status, 400);
  // One that does not has none.
  EXPECT_EQ(get("things/t/center/x").status, 400);
}

TEST(OperationAnswer, HasTheStatusOfTheReference) {
  const TestServer server;
  const auto status = [&](const std::string& path, const std::string& body = "") {
    return server.send("POST", "/v1.0/" + path, body).status;
  };
  EXPECT_EQ(status("me/sendMail", R"({"message": {}})"), 202);
  EXPECT_EQ(status("me/revokeSignInSessions"), 204);
  EXPECT_EQ(status("me/messages/x/createForward"), 201);
  EXPECT_EQ(status("me/messages/x/reply"), 202);
  EXPECT_EQ(status("me/events/x/accept"), 202);
  EXPECT_EQ(status("teams/x/archive"), 202);
  EXPECT_EQ(status("groups/x/addFavorite"), 200);
  EXPECT_EQ(status("groups/x/renew"), 204);
}

TEST(OperationAnswer, IsTheFixturesBeforeTheBuiltInAndTheScenariosBeforeThat) {
  const support::TemporaryFolder folder;
  folder.write("operations.json", R"({"rules": [
    {"name": "ids", "request": {"operation": "microsoft.graph.getByIds"},
     "response": {"jsonBody": {"value": ["canned"]}}},
    {"name": "users", "request": {"operation": "microsoft.graph.delta"}, "response": {"serve": "/groups"}}
  ]})");
  folder.write("users.json", R"([{"id": "u", "displayName": "U"}])");
  folder.write("groups.json", R"([{"id": "g", "displayName": "G"}])");
  auto options = support::shipped_options();
  options.fixtures = folder.path();
  const TestServer server(options);
  const auto by_ids = [&] {
    return server.send("POST", "/v1.0/directoryObjects/getByIds", R"({"ids": ["u"]})");
  };
  EXPECT_EQ(at(by_ids(), "/value"), R"(["canned"])");
  EXPECT_EQ(at(server.get("/v1.0/users/delta"), "/value/0/id"), R"("g")");
  EXPECT_EQ(server
                .send("PUT", "/__admin/scenarios/mine",
                      R"({"rules": [{"request": {"operation": "microsoft.graph.getByIds"},
                          "response": {"status": 503}}]})")
                .status,
            204);
  EXPECT_EQ(by_ids().status, 503);
  server.send("DELETE", "/__admin/scenarios/mine");
  EXPECT_EQ(at(by_ids(), "/value"), R"(["canned"])");
  // What no rule is about is answered by the built-in one.
  EXPECT_EQ(at(server.send("POST", "/v1.0/users/u/getMemberGroups", "{}"), "/value"), "[]");
}

TEST(OperationAnswer, OfTheShippedFixturesIsServed) {
  const TestServer server;
  EXPECT_EQ(
      at(server.get("/beta/reports/getCredentialUserRegistrationCount"), "/value/0/totalUserCount"),
      "25");
  EXPECT_EQ(at(server.get("/v1.0/me/outlook/supportedTimeZones"), "/value/2/alias"), R"("UTC")");
}

TEST(OperationAnswer, ThatIsEmptyKnowsWhatCanBeAskedOfIt) {
  const TestServer server;
  const std::string languages = "/v1.0/me/outlook/supportedLanguages()?";
  EXPECT_EQ(server.get(languages + "$filter=locale%20eq%20'x'&$select=locale").status, 200);
  for (const std::string option :
       {"$filter=foo%20eq%201", "$select=foo", "$orderby=foo", "$expand=foo"}) {
    EXPECT_EQ(server.get(languages + option).status, 400) << option;
  }
}

TEST(OperationAnswer, OfAScenarioIsServedAtAnAddressThatTheModelLacks) {
  const TestServer server;
  server.send(
      "PUT", "/__admin/scenarios/mine",
      R"({"rules": [{"request": {"path": "/nothing/here"}, "response": {"serve": "/users"}}]})");
  const auto response = server.get("/v1.0/nothing/here");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.context"), '"' + server.origin() + "/v1.0/$metadata#users\"");
  EXPECT_EQ(at(response, "/value/0/displayName"), R"("Nora Lindqvist")");
}

TEST(OperationAnswer, OfAReportIsAStream) {
  const TestServer server;
  const auto report = server.get("/v1.0/reports/getMailboxUsageDetail(period='D7')");
  EXPECT_EQ(report.status, 200);
  EXPECT_EQ(report.header("Content-Type"), "application/octet-stream");
}

}  // namespace
}  // namespace graphmock
