// The rows of the PATCH rules (OData PRO 11.4.3) through HTTP, on a model made for them.
#include <gtest/gtest.h>
#include <zlib.h>

#include <thread>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kModel = R"xml(
<EnumType Name="color"><Member Name="red"/><Member Name="green"/></EnumType>
<EnumType Name="shade"><Member Name="dark"/><Member Name="unknownFutureValue"/></EnumType>
<ComplexType Name="address">
  <Property Name="street" Type="Edm.String"/>
  <Property Name="city" Type="Edm.String"/>
  <Property Name="position" Type="graph.position"/>
</ComplexType>
<ComplexType Name="foreignAddress" BaseType="graph.address">
  <Property Name="country" Type="Edm.String"/>
</ComplexType>
<ComplexType Name="position"><Property Name="x" Type="Edm.Int32"/><Property Name="y" Type="Edm.Int32"/></ComplexType>
<EntityType Name="part">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<EntityType Name="thing">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
  <Property Name="count" Type="Edm.Int64" Nullable="false"/>
  <Property Name="price" Type="Edm.Decimal"/>
  <Property Name="color" Type="graph.color"/>
  <Property Name="shade" Type="graph.shade"/>
  <Property Name="address" Type="graph.address"/>
  <Property Name="tags" Type="Collection(Edm.String)" Nullable="false"/>
  <Property Name="notes" Type="Collection(Edm.String)"/>
  <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/>
  <NavigationProperty Name="parts" Type="Collection(graph.part)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="specialThing" BaseType="graph.thing"><Property Name="extra" Type="Edm.String"/></EntityType>
<EntityType Name="loose" OpenType="true">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<Function Name="largest" IsBound="true">
  <Parameter Name="things" Type="Collection(graph.thing)"/><ReturnType Type="graph.thing"/>
</Function>
<EntityContainer Name="Container">
  <EntitySet Name="things" EntityType="graph.thing"/>
  <EntitySet Name="looses" EntityType="graph.loose"/>
  <Singleton Name="setting" Type="graph.thing"/>
</EntityContainer>
)xml";

constexpr std::string_view kThing = R"({"id": "t", "name": "one", "count": 1, "color": "red",
  "address": {"street": "Main St", "city": "Bern", "position": {"x": 1, "y": 2}},
  "tags": ["a", "b"], "notes": ["n"]})";

class Patch : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(server_.send("PUT", "/__admin/state/v1.0/things/t", kThing).status, 201);
  }
  support::RawResponse patch(std::string_view body, const support::RequestHeaders& headers = {}) {
    return server_.send("PATCH", "/v1.0/things/t", body, headers);
  }
  std::string stored(std::string_view pointer) {
    return at(server_.get("/v1.0/things/t"), pointer);
  }

  TestServer server_{support::small_world(kModel)};
};

TEST_F(Patch, KeepsWhatTheBodyDoesNotName) {
  EXPECT_EQ(patch(R"({"count": 2})").status, 200);
  EXPECT_EQ(stored("/count"), "2");
  EXPECT_EQ(stored("/name"), R"("one")");
}

TEST_F(Patch, ClearsWhatIsNull) {
  const auto response = patch(R"({"name": null})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/name"), "null");
}

TEST_F(Patch, MergesAComplexProperty) {
  patch(R"({"address": {"city": "Basel", "position": {"y": 3}}})");
  EXPECT_EQ(stored("/address"), R"({"street":"Main St","city":"Basel","position":{"x":1,"y":3}})");
}

TEST_F(Patch, ReplacesAComplexPropertyOfAnotherType) {
  patch(R"({"address": {"@odata.type": "#microsoft.graph.foreignAddress", "country": "France"}})");
  EXPECT_EQ(stored("/address"),
            R"({"@odata.type":"#microsoft.graph.foreignAddress","country":"France"})");
}

TEST_F(Patch, ReplacesACollectionWhole) {
  patch(R"({"tags": ["c"]})");
  EXPECT_EQ(stored("/tags"), R"(["c"])");
}

TEST_F(Patch, IgnoresTheKeyWhenItIsTheSame) {
  EXPECT_EQ(patch(R"({"id": "t", "count": 3})").status, 200);
  EXPECT_EQ(stored("/count"), "3");
}

TEST_F(Patch, KeepsUndeclaredPropertiesOfAnOpenType) {
  server_.send("PUT", "/__admin/state/v1.0/looses/l", R"({"id": "l"})");
  EXPECT_EQ(server_
                .send("PATCH", "/v1.0/looses/l",
                      R"({"color": "red", "when@odata.type": "#Date", "when": "2026-01-01"})")
                .status,
            200);
  const auto stored = server_.get("/v1.0/looses/l");
  EXPECT_EQ(at(stored, "/color"), R"("red")");
  EXPECT_EQ(at(stored, "/when@odata.type"), R"("#Date")");
}

TEST_F(Patch, LosesNoDigit) {
  EXPECT_EQ(patch(R"({"count": 9007199254740993, "price": 1234567890123456789.0123456789})").status,
            200);
  EXPECT_EQ(stored("/count"), "9007199254740993");
  EXPECT_EQ(stored("/price"), "1234567890123456789.0123456789");
  EXPECT_EQ(patch(R"({"count": "-9223372036854775808"})").status, 200);
}

TEST_F(Patch, AnswersLargeNumbersAsStringsWhereAsked) {
  const auto response = patch(R"({"count": 9007199254740993})",
                              {{"Accept", "application/json;IEEE754Compatible=true"}});
  EXPECT_EQ(at(response, "/count"), R"("9007199254740993")");
  EXPECT_NE(response.header("Content-Type")->find("IEEE754Compatible=true"), std::string::npos);
}

TEST_F(Patch, IgnoresOtherAnnotations) {
  EXPECT_EQ(patch(R"({"@odata.etag": "x", "@microsoft.graph.conflictBehavior": "rename",
                      "name@odata.count": 3, "count": 4})")
                .status,
            200);
  EXPECT_EQ(stored("/count"), "4");
  EXPECT_EQ(stored("/@odata.etag"), "(absent)");
}

TEST_F(Patch, MovesLastModifiedDateTimeWithAChangeOnly) {
  patch(R"({"count": 5})");
  EXPECT_EQ(stored("/lastModifiedDateTime"), R"("2026-01-31T12:00:00Z")");
  server_.clock().advance(std::chrono::hours(1));
  patch(R"({"count": 5})");
  EXPECT_EQ(stored("/lastModifiedDateTime"), R"("2026-01-31T12:00:00Z")");
  patch(R"({"count": 6})");
  EXPECT_EQ(stored("/lastModifiedDateTime"), R"("2026-01-31T13:00:00Z")");
}

TEST_F(Patch, AnswersAsThePreferHeaderAsks) {
  const auto minimal = patch(R"({"count": 7})", {{"Prefer", "return=minimal"}});
  EXPECT_EQ(minimal.status, 204);
  EXPECT_EQ(minimal.body, "");
  EXPECT_EQ(minimal.header("Preference-Applied"), "return=minimal");
  const auto whole = patch(R"({"count": 8})", {{"Prefer", "return=representation"}});
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("Preference-Applied"), "return=representation");
}

TEST_F(Patch, MakesASingletonThatWasNeverStored) {
  EXPECT_EQ(server_.send("PATCH", "/v1.0/setting", R"({"name": "x"})").status, 200);
  EXPECT_EQ(at(server_.get("/v1.0/setting"), "/name"), R"("x")");
}

TEST_F(Patch, OfWhatIsNotThereIs404) {
  const auto response = server_.send("PATCH", "/v1.0/things/none", R"({"count": 1})");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(at(response, "/error/code"), R"("ResourceNotFound")");
}

TEST_F(Patch, OfACollectionOrAFunctionIs405) {
  const auto collection = server_.send("PATCH", "/v1.0/things", R"({"count": 1})");
  EXPECT_EQ(collection.status, 405);
  EXPECT_EQ(collection.header("Allow"), "GET, POST");
  const auto function = server_.send("PATCH", "/v1.0/things/largest", R"({"count": 1})");
  EXPECT_EQ(function.status, 405);
  EXPECT_EQ(function.header("Allow"), "GET");
}

TEST_F(Patch, LosesNoUpdateOfSeveralClients) {
  std::vector<std::thread> clients;
  for (const std::string name : {"name", "color", "shade", "price"}) {
    clients.emplace_back([this, name] {
      for (int i = 0; i < 25; ++i) {
        const auto value = name == "price" ? std::to_string(i) : R"("dark")";
        const auto property = name == "color" ? R"("green")" : value;
        EXPECT_EQ(patch("{\"" + name + "\": " + property + "}").status, 200);
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(stored("/name") + stored("/color") + stored("/shade") + stored("/price"),
            R"("dark""green""dark"24)");
}

struct Refusal {
  const char* name;
  const char* body;
  int status;
  const char* said;  // a part of the message
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
  *out << refusal.name;
}

class PatchRefusal : public Patch, public testing::WithParamInterface<Refusal> {};

TEST_P(PatchRefusal, SaysWhatIsWrongAndChangesNothing) {
  const auto before = server_.get("/v1.0/things/t").body;
  const auto response = patch(GetParam().body);
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_NE(at(response, "/error/message").find(GetParam().said), std::string::npos)
      << response.body;
  EXPECT_EQ(server_.get("/v1.0/things/t").body, before);
}

INSTANTIATE_TEST_SUITE_P(
    , PatchRefusal,
    testing::Values(
        Refusal{"NullForNonNullable", R"({"count": null})", 400, "'count'"},
        Refusal{"NullForNonNullableCollection", R"({"tags": null})", 400, "'tags'"},
        Refusal{"NullItem", R"({"tags": ["a", null]})", 400, "'tags'"},
        Refusal{"AnotherKey", R"({"id": "u"})", 400, "'id'"},
        Refusal{"UnknownProperty", R"({"colour": "red"})", 400,
                "'colour' does not exist on type 'microsoft.graph.thing'. Did you mean 'color'"},
        Refusal{"UnknownNestedProperty", R"({"address": {"zip": "1"}})", 400,
                "'zip' does not exist on type 'microsoft.graph.address'"},
        Refusal{"WrongKind", R"({"count": true})", 400, "'count' is of type Edm.Int64"},
        Refusal{"FractionForInteger", R"({"count": 1.5})", 400, "'count' is of type Edm.Int64"},
        Refusal{"IntegerOutOfRange", R"({"count": 9223372036854775808})", 400, "Edm.Int64"},
        Refusal{"ObjectForCollection", R"({"tags": {}})", 400, "Collection(Edm.String)"},
        Refusal{"MemberOfNoEnumeration", R"({"color": "blue"})", 400, "red, green"},
        Refusal{"NumberForEnumeration", R"({"shade": 1})", 400, "'shade'"},
        Refusal{"NoMemberName", R"({"shade": "not a name"})", 400, "'shade'"},
        Refusal{"BadDate", R"({"lastModifiedDateTime": "yesterday"})", 400, "Edm.DateTimeOffset"},
        Refusal{"UnknownType", R"({"@odata.type": "#microsoft.graph.nothing"})", 400,
                "microsoft.graph.nothing"},
        Refusal{"UnrelatedType", R"({"@odata.type": "#microsoft.graph.part"})", 400,
                "microsoft.graph.part"},
        Refusal{"UnrelatedNestedType",
                R"({"address": {"@odata.type": "#microsoft.graph.position", "x": 1}})", 400,
                "microsoft.graph.position"},
        Refusal{"NestedEntities", R"({"parts": [{"id": "p"}]})", 400, "'parts'"},
        Refusal{"GoodThenBad", R"({"name": "two", "count": "x"})", 400, "'count'"},
        Refusal{"NoBody", "", 400, "no body"}, Refusal{"BadJson", R"({"a": 1,)", 400, "line 1"},
        Refusal{"NoObject", "[1]", 400, "array"},
        Refusal{"DuplicateKey", R"({"name": "x", "name": "y"})", 400, "duplicate member 'name'"},
        Refusal{"NoUtf8", "{\"name\": \"\xff\"}", 400, "not valid JSON"},
        Refusal{"Bind", R"({"parts@odata.bind": ["things/t"]})", 400,
                "'things/t' is of type 'microsoft.graph.thing'"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Patch, RefusesWhatIsNoJsonByItsType) {
  EXPECT_EQ(patch("count=1", {{"Content-Type", "application/x-www-form-urlencoded"}}).status, 415);
  EXPECT_EQ(patch(R"({"count": 9})", {{"Content-Type", "application/json;charset=utf-8"}}).status,
            200);
}

// SDKs compress what they send unless they are told not to.
TEST_F(Patch, TakesABodyThatIsCompressed) {
  const std::string body = R"({"count": 7})";
  std::string compressed(compressBound(body.size()), '\0');
  auto size = static_cast<uLongf>(compressed.size());
  ASSERT_EQ(::compress(reinterpret_cast<Bytef*>(compressed.data()), &size,
                       reinterpret_cast<const Bytef*>(body.data()), body.size()),
            Z_OK);
  compressed.resize(size);
  const auto answer =
      patch(compressed, {{"Content-Type", "application/json"}, {"Content-Encoding", "deflate"}});
  EXPECT_EQ(at(answer, "/count"), "7") << answer.body;
  const auto unknown =
      patch(body, {{"Content-Type", "application/json"}, {"Content-Encoding", "br"}});
  EXPECT_EQ(unknown.status, 415);
  EXPECT_EQ(unknown.header("Accept-Encoding"), "gzip, deflate");
}

TEST_F(Patch, RefusesABodyNestedTooDeep) {
  std::string body;
  for (int i = 0; i < 200'000; ++i) body += R"({"a":)";
  EXPECT_EQ(patch(body).status, 400);
}

}  // namespace
}  // namespace graphmock
