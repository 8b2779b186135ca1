// The expression language through HTTP: what clients see of it in $filter and $orderby, and what
// they are told when an expression is wrong.
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;

constexpr std::string_view kShop = R"xml(
<EnumType Name="size"><Member Name="small" Value="0"/><Member Name="large" Value="1"/></EnumType>
<ComplexType Name="place"><Property Name="city" Type="Edm.String"/>
  <Property Name="spot" Type="Edm.GeographyPoint"/></ComplexType>
<EntityType Name="order">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="city" Type="Edm.String"/>
  <Property Name="price" Type="Edm.Decimal"/>
  <Property Name="taken" Type="Edm.DateTimeOffset"/>
</EntityType>
<EntityType Name="customer">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
  <Property Name="city" Type="Edm.String"/>
  <Property Name="rating" Type="Edm.Int32"/>
  <Property Name="size" Type="graph.size"/>
  <Property Name="isKnown" Type="Edm.Boolean"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <Property Name="home" Type="graph.place"/>
  <NavigationProperty Name="orders" Type="Collection(graph.order)" ContainsTarget="true"/>
</EntityType>
<EntityContainer Name="Container">
  <EntitySet Name="customers" EntityType="graph.customer"/>
  <EntitySet Name="nobodies" EntityType="graph.customer"/>
  <Singleton Name="owner" Type="graph.customer"/>
</EntityContainer>
)xml";

class Expressions : public testing::Test {
 protected:
  void SetUp() override {
    put("customers/ann", R"({"name": "Ann Äpfel", "city": "Bern", "rating": 5, "size": "large",
        "isKnown": true, "tags": ["a", "b"],
        "home": {"city": "Bern", "spot": {"type": "Point", "coordinates": [7.45, 46.95]}},
        "orders": [{"id": "1", "city": "Bern", "price": 0.1, "taken": "2020-01-31T10:00:00Z"},
                   {"id": "2", "city": "Rome", "price": 0.2, "taken": "2021-02-01T10:00:00Z"}]})");
    put("customers/bob", R"({"name": "Bob", "city": "Rome", "rating": 2, "size": "small",
        "isKnown": false, "tags": [], "home": {"city": "Rome"},
        "orders": [{"id": "3", "city": "Oslo", "price": 12345678901234567890123456.78}]})");
    put("customers/cy", R"({"name": "Cy"})");
    put("owner", R"({"name": "Owner", "rating": 2, "city": "Rome"})");
  }
  void put(const std::string& path, std::string_view body) {
    ASSERT_LT(server.send("PUT", "/__admin/state/v1.0/" + path, body).status, 300) << path;
  }
  support::RawResponse get(std::string_view filter, const std::string& set = "customers") const {
    return server.get("/v1.0/" + set + "?$filter=" + base::percent_encode(filter));
  }
  // The ids of what a filter leaves.
  std::string ids(std::string_view filter) const { return ids_of(get(filter)); }
  static std::string ids_of(const support::RawResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    std::string text;
    const auto body = support::json_of(response);
    for (const auto& one : body.at("value").as_array()) {
      text += (text.empty() ? "" : " ") + std::string(one.at("id").as_string());
    }
    return text;
  }
  support::TestServer server{support::small_world(kShop)};
};

TEST_F(Expressions, KnowNull) {
  EXPECT_EQ(ids("rating eq null"), "cy");
  EXPECT_EQ(ids("rating ne 5"), "bob cy");
  EXPECT_EQ(ids("rating lt 3"), "bob");
  EXPECT_EQ(ids("not (rating lt 3)"), "ann cy") << "null is in no order, which is false";
  EXPECT_EQ(ids("not isKnown"), "bob") << "not null is null";
  EXPECT_EQ(ids("not isKnown or rating eq null"), "bob cy");
}

TEST_F(Expressions, ReckonWithDecimalsExactly) {
  EXPECT_EQ(ids("orders/any(o:o/price add 0.2 eq 0.3)"), "ann");
  EXPECT_EQ(ids("orders/any(o:o/price eq 12345678901234567890123456.78)"), "bob");
  EXPECT_EQ(ids("orders/any(o:o/price gt 12345678901234567890123456.77)"), "bob");
  EXPECT_EQ(ids("rating divby 2 eq 2.5"), "ann");
  EXPECT_EQ(ids("rating div 2 eq 2"), "ann");
}

TEST_F(Expressions, CallFunctions) {
  EXPECT_EQ(ids("matchesPattern(name,'^[A-B].*l$')"), "ann");
  EXPECT_EQ(ids("tolower(name) eq 'ann äpfel'"), "ann");
  EXPECT_EQ(ids("geo.distance(home/spot,geography'SRID=4326;Point(7.45 46.95)') lt 1"), "ann");
  EXPECT_EQ(ids("hassubset(tags,['b'])"), "ann");
  EXPECT_EQ(ids("cast(rating,Edm.String) eq '2'"), "bob");
  EXPECT_EQ(ids("orders/any(o:year(o/taken) eq 2021)"), "ann");
}

TEST_F(Expressions, FollowPaths) {
  EXPECT_EQ(ids("orders('3')/city eq 'Oslo'"), "bob");
  EXPECT_EQ(ids("orders(id='2')/price gt 0"), "ann");
  EXPECT_EQ(ids("orders/$filter(price lt 1)/$count eq 2"), "ann");
  EXPECT_EQ(ids("orders/$count($filter=city eq $it/city) eq 1"), "ann");
  EXPECT_EQ(ids("orders/$count($search=Oslo) eq 1"), "bob");
  EXPECT_EQ(ids("orders/$count($filter=price gt 0.15;$search=Rome) eq 1"), "ann");
  EXPECT_EQ(ids("rating eq $root/owner/rating"), "bob");
  EXPECT_EQ(ids("city eq $root/customers('ann')/city"), "ann");
  EXPECT_EQ(ids("$root/customers/any(c:c/rating gt rating)"), "bob");
  EXPECT_EQ(ids("home eq {\"city\":\"Rome\"}"), "bob");
  EXPECT_EQ(ids("[name,city] in [[\"Bob\",\"Rome\"],[\"Ann\",\"Rome\"]]"), "bob");
}

TEST_F(Expressions, OrderByWhatTheyGive) {
  const auto ordered = [&](std::string_view orderby) {
    return ids_of(server.get("/v1.0/customers?$orderby=" + base::percent_encode(orderby)));
  };
  EXPECT_EQ(ordered("length(name) desc"), "ann bob cy");
  EXPECT_EQ(ordered("orders/$count desc,name"), "ann bob cy");
  EXPECT_EQ(ordered("rating mul -1"), "cy ann bob");
}

struct Row {
  std::string_view name, filter;
  int status;
  std::string_view words;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.filter;
}

class WrongExpressions : public Expressions, public testing::WithParamInterface<Row> {};

// On an empty collection too, where nothing is ever evaluated.
TEST_P(WrongExpressions, AreToldBeforeAnythingIsEvaluated) {
  for (const std::string set : {"customers", "nobodies", "customers/cy/orders"}) {
    if (set == "customers/cy/orders" && GetParam().filter.find("city") != 0) continue;
    const auto response = get(GetParam().filter, set);
    EXPECT_EQ(response.status, GetParam().status) << set << response.body;
    const auto message = at(response, "/error/message");
    EXPECT_NE(message.find(GetParam().words), std::string::npos) << set << message;
  }
}

constexpr Row kRows[] = {
    {"StringAndNumber", "city eq 1", 400,
     "Found operand types 'Edm.String' and 'Edm.Int32' for operator kind 'Equal'."},
    {"BooleanAndString", "isKnown eq 'true'", 400,
     "A binary operator with incompatible types was detected. Found operand types 'Edm.Boolean' "
     "and 'Edm.String' for operator kind 'Equal'. Expected is true or false, without quotes."},
    {"EnumerationMember", "size eq 'big'", 400,
     "'big' is not a valid value of the enumeration 'microsoft.graph.size'"},
    {"Collection", "tags eq 'a'", 400, "with 'any' or 'all'"},
    {"NoCondition", "name", 400, "must evaluate to a single boolean value"},
    {"NoCollection", "name/any(n:n eq 'x')", 400, "following a collection"},
    {"MemberOfAPrimitive", "name/first eq 'x'", 400, "which is of type 'Edm.String' and has none"},
    {"UnknownProperty", "nmae eq 'x'", 400, "Did you mean 'name'?"},
    {"UnknownFunction", "substringof('x',name)", 400, "unknown function with name 'substringof'"},
    {"WrongArguments", "contains(rating,'x')", 400, "contains(string,string)"},
    {"Pattern", "matchesPattern(name,'(?=x)')", 501, "(?=x)"},
    {"Annotation", "home/@Measures.Unit eq 'x'", 501, "@Measures.Unit"},
};

INSTANTIATE_TEST_SUITE_P(Http, WrongExpressions, testing::ValuesIn(kRows), support::RowName());

TEST_F(Expressions, ThatGoWrongForAnEntityAreA400) {
  EXPECT_EQ(get("10 div (rating sub 2) gt 0").status, 400);
  EXPECT_EQ(get("9223372036854775807 add rating gt 0").status, 400);
}

TEST_F(Expressions, OfAnOrderAreCheckedToo) {
  for (const std::string_view orderby : {"home", "tags", "orders"}) {
    const auto response = server.get("/v1.0/nobodies?$orderby=" + std::string(orderby));
    EXPECT_EQ(response.status, 400) << orderby;
    EXPECT_NE(at(response, "/error/message").find("single value of primitive type"),
              std::string::npos)
        << response.body;
  }
}

TEST_F(Expressions, MayStandInAliases) {
  EXPECT_EQ(ids_of(server.get("/v1.0/customers?$filter=rating%20eq%20@r&@r=5")), "ann");
  EXPECT_EQ(ids_of(server.get("/v1.0/customers?$filter=name%20in%20@n&@n=[%22Bob%22]")), "bob");
  EXPECT_EQ(server.get("/v1.0/nobodies?$filter=rating%20eq%20@r&@r='x'").status, 400);
}

TEST(ExpressionsOfTheService, ReachDirectoryObjects) {
  const support::TestServer server;
  const auto response =
      server.get("/v1.0/users?$filter=displayName%20eq%20$root/me/displayName&$select=displayName");
  EXPECT_EQ(at(response, "/value/0/displayName"), R"("Nora Lindqvist")");
  EXPECT_EQ(at(server.get("/v1.0/users?$filter=accountEnabled%20eq%20'true'"), "/error/code"),
            R"("Request_BadRequest")");
}

}  // namespace
}  // namespace graphmock
