// $apply through HTTP (OData Extension for Data Aggregation 4.0, 3), on the sales of its examples.
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;

constexpr std::string_view kSales = R"xml(
<EnumType Name="channel"><Member Name="shop" Value="0"/><Member Name="web" Value="1"/></EnumType>
<ComplexType Name="place">
  <Property Name="city" Type="Edm.String"/>
  <Property Name="street" Type="Edm.String"/>
</ComplexType>
<EntityType Name="customer">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
  <Property Name="country" Type="Edm.String"/>
  <Property Name="credit" Type="Edm.Int32"/>
</EntityType>
<EntityType Name="sale">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="amount" Type="Edm.Int32"/>
  <Property Name="big" Type="Edm.Int64"/>
  <Property Name="tax" Type="Edm.Decimal"/>
  <Property Name="weight" Type="Edm.Double"/>
  <Property Name="product" Type="Edm.String"/>
  <Property Name="day" Type="Edm.Date"/>
  <Property Name="lasted" Type="Edm.Duration"/>
  <Property Name="channel" Type="graph.channel"/>
  <Property Name="place" Type="graph.place"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <NavigationProperty Name="customer" Type="graph.customer"/>
</EntityType>
<EntityContainer Name="Container">
  <EntitySet Name="sales" EntityType="graph.sale"/>
  <EntitySet Name="customers" EntityType="graph.customer"/>
</EntityContainer>
)xml";

class ApplyOption : public testing::Test {
 protected:
  void SetUp() override {
    put("customers",
        R"([{"id": "C1", "name": "Joe", "country": "USA", "credit": 10},
            {"id": "C2", "name": "Sue", "country": "USA", "credit": 20},
            {"id": "C3", "name": "Sue", "country": "Netherlands", "credit": 40}])");
    put("sales",
        R"([{"id": "1", "amount": 1, "product": "Paper", "day": "2022-01-03", "channel": "shop",
             "place": {"city": "Bern", "street": "A"}, "tags": ["a", "b"], "big": 1, "tax": 0.5,
             "weight": 1.5, "lasted": "PT1H", "customer@odata.bind": "customers/C1"},
            {"id": "2", "amount": 2, "product": "Sugar", "day": "2022-01-03", "channel": "web",
             "place": {"city": "Bern", "street": "B"}, "tags": ["b"], "big": 2, "tax": 0.25,
             "weight": 2, "lasted": "PT30M", "customer@odata.bind": "customers/C1"},
            {"id": "3", "amount": 4, "product": "Coffee", "day": "2022-01-04", "channel": "web",
             "place": {"city": "Rome", "street": "C"}, "customer@odata.bind": "customers/C2"},
            {"id": "4", "amount": 8, "product": "Coffee", "day": "2022-01-05",
             "customer@odata.bind": "customers/C2"},
            {"id": "5", "amount": 4, "product": "Paper", "customer@odata.bind": "customers/C3"},
            {"id": "6"}])");
  }
  void put(std::string_view set, std::string_view entities) {
    const auto response = server.send("PUT", "/__admin/state/v1.0/" + std::string(set),
                                      R"({"value": )" + std::string(entities) + "}");
    ASSERT_EQ(response.status, 200) << response.body;
  }
  support::RawResponse apply(std::string_view transformations, std::string_view options = "") {
    return server.get("/v1.0/sales?$apply=" + base::percent_encode(transformations, "/") +
                      std::string(options));
  }
  // The value of the answer, without the types that JSON does not tell.
  std::string value(const support::RawResponse& response) {
    if (response.status != 200) return std::to_string(response.status) + response.body;
    std::string text = at(response, "/value");
    for (size_t begin = 0; (begin = text.find("@odata.type\":\"#", begin)) != text.npos;) {
      const auto start = text.rfind('"', begin);
      const auto end = text.find('"', begin + 15) + 2;
      text.erase(start, end - start);
      begin = start;
    }
    return text;
  }
  std::string value(std::string_view transformations, std::string_view options = "") {
    return value(apply(transformations, options));
  }
  std::string context(const support::RawResponse& response) {
    const auto text = at(response, "/@odata.context");
    return text.substr(0, text.size() - 1).substr(text.find('#'));
  }
  std::string ids(const support::RawResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    std::string text;
    const auto body = support::json_of(response);
    const auto* entities = base::at_pointer(body, "/value");
    for (size_t i = 0; entities && i < entities->as_array().size(); ++i) {
      text += base::text_of(base::at_pointer(*entities, "/" + std::to_string(i) + "/id"));
    }
    return text;
  }
  std::string ids(std::string_view transformations, std::string_view options = "") {
    return ids(apply(transformations, options));
  }
  void expect_error(const support::RawResponse& response, int status, std::string_view words) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_NE(at(response, "/error/message").find(words), std::string::npos) << response.body;
  }

  support::TestServer server{support::small_world(kSales)};
};

TEST_F(ApplyOption, AggregatesTheWholeCollection) {
  const auto response = apply(
      "aggregate(amount with sum as total,amount with min as least,amount with max as most,"
      "amount with average as mean,product with countdistinct as products,$count as n)");
  EXPECT_EQ(value(response), R"([{"total":19,"least":1,"most":8,"mean":3.8,"products":3,"n":6}])");
  EXPECT_EQ(context(response), "#sales(total,least,most,mean,products,n)");
}

TEST_F(ApplyOption, SaysTheTypesThatJsonDoesNot) {
  EXPECT_EQ(
      at(apply("groupby((product),aggregate(amount with sum as a,amount with max as b,amount with "
               "average as c,$count as d,day with max as e,channel with max as f,lasted with sum "
               "as g,weight with sum as h))"),
         "/value/1"),
      R"({"product":"Sugar","a@odata.type":"#Int64","a":2,"b@odata.type":"#Int32","b":2,"c":2,)"
      R"("d@odata.type":"#Decimal","d":1,"e@odata.type":"#Date","e":"2022-01-03",)"
      R"("f@odata.type":"#microsoft.graph.channel","f":"web","g@odata.type":"#Duration",)"
      R"("g":"PT30M","h":2})");
}

TEST_F(ApplyOption, SaysNoTypesWithoutMetadata) {
  const auto response = apply("aggregate(amount with sum as a,$count as n)",
                              "&$format=application/json;odata.metadata=none");
  EXPECT_EQ(response.body, R"({"value":[{"a":19,"n":6}]})");
}

TEST_F(ApplyOption, IsExactWithDecimals) {
  put("sales", R"([{"id": "1", "tax": 0.1}, {"id": "2", "tax": 0.20}, {"id": "3", "tax": 0.2},
                   {"id": "4", "tax": 0.3}])");
  EXPECT_EQ(value("aggregate(tax with sum as s,tax with average as a,tax with countdistinct as n)"),
            R"([{"s":0.8,"a":0.2,"n":3}])");
}

TEST_F(ApplyOption, ComparesComplexValues) {
  EXPECT_EQ(value("groupby((place/city))", "&$filter=place%20eq%20%7B%22city%22:%22Rome%22%7D"),
            R"([{"place":{"city":"Rome"}}])");
}

TEST_F(ApplyOption, WritesLargeNumbersAsStringsWhereAskedFor) {
  const auto response =
      server.send("GET",
                  "/v1.0/sales?$apply=aggregate(big%20with%20sum%20as%20b,$count%20as%20n,"
                  "amount%20with%20max%20as%20m,weight%20with%20sum%20as%20w)",
                  "", {{"Accept", "application/json;IEEE754Compatible=true"}});
  EXPECT_EQ(value(response), R"([{"b":"3","n":"6","m":8,"w":3.5}])");
}

TEST_F(ApplyOption, GroupsInTheOrderOfFirstAppearance) {
  const auto response = apply("groupby((product))");
  EXPECT_EQ(value(response),
            R"([{"product":"Paper"},{"product":"Sugar"},{"product":"Coffee"},{"product":null}])");
  EXPECT_EQ(context(response), "#sales(product)");
}

TEST_F(ApplyOption, AggregatesGroups) {
  const auto response = apply("groupby((product),aggregate(amount with sum as total,$count as n))");
  EXPECT_EQ(value(response),
            R"([{"product":"Paper","total":5,"n":2},{"product":"Sugar","total":2,"n":1},)"
            R"({"product":"Coffee","total":12,"n":2},{"product":null,"total":null,"n":1}])");
  EXPECT_EQ(context(response), "#sales(product,total,n)");
}

TEST_F(ApplyOption, GroupsByPaths) {
  const auto response = apply(
      "filter(amount ne null)/groupby((customer/country,product),"
      "aggregate(amount with sum as total))");
  EXPECT_EQ(value(response),
            R"([{"customer":{"country":"USA"},"product":"Paper","total":1},)"
            R"({"customer":{"country":"USA"},"product":"Sugar","total":2},)"
            R"({"customer":{"country":"USA"},"product":"Coffee","total":12},)"
            R"({"customer":{"country":"Netherlands"},"product":"Paper","total":4}])");
  EXPECT_EQ(context(response), "#sales(customer(country),product,total)");
  EXPECT_EQ(value("filter(place ne null)/groupby((place/city,place/street))/"
                  "groupby((place/city),aggregate($count as n))"),
            R"([{"place":{"city":"Bern"},"n":2},{"place":{"city":"Rome"},"n":1}])");
}

TEST_F(ApplyOption, GroupsByComplexValues) {
  EXPECT_EQ(value("filter(place/city eq 'Rome')/groupby((place),aggregate($count as n))"),
            R"([{"place":{"city":"Rome","street":"C"},"n":1}])");
}

TEST_F(ApplyOption, PutsGroupsWithinGroupsTogether) {
  EXPECT_EQ(value("filter(place ne null)/groupby((place/city),groupby((place/street),aggregate("
                  "amount with sum as t)))"),
            R"([{"place":{"city":"Bern","street":"A"},"t":1},)"
            R"({"place":{"city":"Bern","street":"B"},"t":2},)"
            R"({"place":{"city":"Rome","street":"C"},"t":4}])");
}

TEST_F(ApplyOption, AggregatesNothingToNull) {
  EXPECT_EQ(value("filter(false)/aggregate(amount with sum as a,amount with average as b,amount "
                  "with max as c,amount with countdistinct as d,$count as e)"),
            R"([{"a":null,"b":null,"c":null,"d":0,"e":0}])");
  EXPECT_EQ(value("filter(false)/groupby((product))"), "[]");
}

TEST_F(ApplyOption, CountsAnEntityThatAPathLeadsToOnce) {
  EXPECT_EQ(value("aggregate(customer/credit with sum as c,customer/$count as n,"
                  "tags with countdistinct as t,tags/$count as all)"),
            R"([{"c":70,"n":3,"t":2,"all":3}])");
}

TEST_F(ApplyOption, AggregatesExpressions) {
  EXPECT_EQ(value("aggregate(amount mul 2 with sum as t)"), R"([{"t":38}])");
}

TEST_F(ApplyOption, RefusesSumsThatAreTooLarge) {
  put("sales", R"([{"id": "1", "big": 9223372036854775807}, {"id": "2", "big": 1}])");
  expect_error(apply("aggregate(big with sum as b)"), 400, "too large for 64 bits");
  EXPECT_EQ(value("aggregate(big with max as b)"), R"([{"b":9223372036854775807}])");
}

TEST_F(ApplyOption, OfFiltersGivesTheEntities) {
  const auto response = apply("filter(amount gt 1)/filter(product eq 'Coffee')");
  EXPECT_EQ(ids(response), "34");
  EXPECT_EQ(context(response), "#sales");
  EXPECT_EQ(ids("filter(amount gt 1)", "&$filter=amount%20lt%208&$select=id&$top=2"), "23");
}

TEST_F(ApplyOption, OrdersAndCuts) {
  EXPECT_EQ(ids("orderby(amount desc)/top(3)"), "435");
  EXPECT_EQ(ids("orderby(amount desc,id desc)/skip(1)/top(2)"), "53");
  EXPECT_EQ(ids("skip(4)"), "56");
  EXPECT_EQ(ids("top(0)"), "");
  EXPECT_EQ(ids("identity"), "123456");
}

TEST_F(ApplyOption, TakesTheGreatestAndTheLeastInTheirOrder) {
  EXPECT_EQ(ids("topcount(2,amount)"), "34");
  EXPECT_EQ(ids("filter(amount ne null)/bottomcount(2,amount)"), "12");
  EXPECT_EQ(ids("topcount(@n,amount)", "&@n=1"), "4");
  expect_error(apply("topcount(0,amount)"), 400, "at least 1");
  expect_error(apply("topcount(1 add 1,amount)"), 501, "1 add 1");
}

TEST_F(ApplyOption, TakesTheGreatestOfEachGroup) {
  EXPECT_EQ(ids("groupby((product),topcount(1,amount))"), "5246");
}

TEST_F(ApplyOption, Computes) {
  const auto response =
      apply("filter(amount gt 4)/compute(amount mul 2 as twice,twice add 1 as more)");
  EXPECT_EQ(at(response, "/value/0/twice"), "16");
  EXPECT_EQ(at(response, "/value/0/more"), "17");
  EXPECT_EQ(at(response, "/value/0/product"), R"("Coffee")");
  EXPECT_EQ(context(response), "#sales(*,twice,more)");
  EXPECT_EQ(value("compute(year(day) as y)/groupby((y),aggregate($count as n))"),
            R"([{"y":2022,"n":4},{"y":null,"n":2}])");
}

TEST_F(ApplyOption, Concatenates) {
  const auto response = apply(
      "concat(groupby((product),aggregate(amount with sum as t)),aggregate(amount with sum as t))");
  EXPECT_EQ(value(response),
            R"([{"product":"Paper","t":5},{"product":"Sugar","t":2},{"product":"Coffee","t":12},)"
            R"({"product":null,"t":null},{"t":19}])");
  EXPECT_EQ(context(response), "#sales(t)");
  const auto mixed = apply("concat(topcount(1,amount),aggregate(amount with max as m))");
  EXPECT_EQ(at(mixed, "/value/0/id"), R"("4")");
  EXPECT_EQ(at(mixed, "/value/1/m"), "8");
  EXPECT_EQ(context(mixed), "#sales(@Core.AnyStructure)");
}

TEST_F(ApplyOption, GivesItsResultToTheOtherOptions) {
  constexpr std::string_view kTotals = "groupby((product),aggregate(amount with sum as t))";
  EXPECT_EQ(value(kTotals, "&$filter=t%20gt%202&$orderby=t%20desc"),
            R"([{"product":"Coffee","t":12},{"product":"Paper","t":5}])");
  const auto selected = apply(kTotals, "&$select=t&$top=1");
  EXPECT_EQ(value(selected), R"([{"t":5}])");
  EXPECT_EQ(context(selected), "#sales(t)");
  EXPECT_EQ(value(kTotals, "&$compute=t%20mul%202%20as%20u&$filter=u%20eq%204&$select=u"),
            R"([{"u":4}])");
  EXPECT_EQ(value("groupby((customer/name,customer/country))", "&$select=customer/name&$skip=3"),
            R"([{"customer":{"name":null}}])");
  EXPECT_EQ(at(apply(kTotals, "&$count=true&$top=1&$filter=t%20ne%20null"), "/@odata.count"), "3");
}

TEST_F(ApplyOption, IsCounted) {
  EXPECT_EQ(server.get("/v1.0/sales/$count?$apply=groupby((product))").body, "4");
  EXPECT_EQ(server.get("/v1.0/sales/$count?$apply=filter(amount%20gt%201)").body, "4");
}

TEST_F(ApplyOption, ComesInPages) {
  std::string all;
  std::string link = "/v1.0/sales?$apply=groupby((product))&$top=2&$count=true";
  int pages = 0;
  for (; !link.empty() && pages < 5; ++pages) {
    const auto page = server.get(link);
    all += value(page);
    EXPECT_EQ(at(page, "/@odata.count"), pages == 0 ? "4" : "(absent)");
    const auto next = at(page, "/@odata.nextLink");
    link = next == "(absent)"
               ? ""
               : next.substr(1 + server.origin().size(), next.size() - 2 - server.origin().size());
  }
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(all,
            R"([{"product":"Paper"},{"product":"Sugar"}][{"product":"Coffee"},{"product":null}])");
}

TEST_F(ApplyOption, ExpandsEntitiesAlone) {
  EXPECT_EQ(at(apply("topcount(1,amount)", "&$expand=customer"), "/value/0/customer/name"),
            R"("Sue")");
  EXPECT_EQ(context(apply("compute(amount as a)", "&$expand=customer")), "#sales(*,a,customer())");
  expect_error(apply("groupby((product))", "&$expand=customer"), 501, "'$expand'");
}

TEST_F(ApplyOption, OfUnknownNamesSaysWhichAndOfWhatType) {
  constexpr std::string_view kNoTotal = "'total' on type 'microsoft.graph.sale'";
  expect_error(apply("filter(total eq 1)"), 400, kNoTotal);
  expect_error(apply("groupby((total))"), 400, kNoTotal);
  expect_error(apply("aggregate(total with sum as t)"), 400, kNoTotal);
  expect_error(apply("aggregate($count as n)/orderby(amount)"), 400, "'amount' on type");
  expect_error(apply("aggregate($count as n)", "&$filter=amount%20eq%201"), 400, "'amount'");
  expect_error(apply("aggregate($count as n)", "&$orderby=amount"), 400, "'amount'");
  expect_error(apply("aggregate($count as n)", "&$select=amount"), 400, "'amount'");
  expect_error(apply("concat(identity,aggregate($count as n))", "&$select=m"), 400, "'m'");
}

TEST_F(ApplyOption, RefusesNamesThatAreTaken) {
  expect_error(apply("aggregate($count as amount)"), 400, "'amount'");
  expect_error(apply("aggregate($count as n,amount with sum as N)"), 400, "'N'");
  expect_error(apply("compute(amount as a,amount as a)"), 400, "'a'");
  expect_error(apply("aggregate($count as n)/aggregate(n with sum as n)"), 400, "'n'");
}

TEST_F(ApplyOption, RefusesWhatCannotBeAggregated) {
  expect_error(apply("aggregate(product with sum as s)"), 400, "Edm.String");
  expect_error(apply("aggregate(place with max as s)"), 400, "microsoft.graph.place");
  expect_error(apply(R"(aggregate({"a":1} with max as s))"), 400, "an order");
  expect_error(apply("aggregate(concat(product,'x') with sum as s)"), 400, "numbers");
  expect_error(apply("groupby((tags))"), 400, "collection");
  expect_error(apply("groupby((customer))"), 501, "'customer'");
  expect_error(apply("compute(customer as c)"), 400, "entity");
}

TEST_F(ApplyOption, SaysWhereItsSyntaxIsWrong) {
  const auto response = apply("groupby((product)");
  expect_error(response, 400, "Syntax error at position 17");
  EXPECT_NE(at(response, "/error/details/0/message").find('^'), std::string::npos);
  expect_error(apply("rollup(a)"), 400, "expected a transformation");
}

TEST_F(ApplyOption, NamesWhatItCannotDo) {
  expect_error(apply("topsum(1,amount)"), 501, "'topsum'");
  expect_error(apply("groupby((rollup(product,day)))"), 501, "'rollup'");
  expect_error(apply("aggregate($count as n)", "&$search=a"), 501, "'$search'");
  expect_error(server.get("/v1.0/sales?$expand=customer($apply=identity)"), 501, "'$expand'");
}

TEST_F(ApplyOption, AsksForACollection) {
  expect_error(server.get("/v1.0/sales/1?$apply=identity"), 400, "'$apply'");
}

TEST_F(ApplyOption, KeepsNoMoreThanItMay) {
  std::string all = "identity";
  for (int i = 0; i < 30; ++i) all = "concat(identity,identity)/" + all;
  expect_error(apply(all), 400, "more groups and rows");
}

TEST(ApplyOfUsers, GroupsThemWithoutCase) {
  support::TestServer server;
  for (const std::string id : {"y1", "y2"}) {
    server.send("PUT", "/__admin/state/v1.0/users/" + id,
                R"({"jobTitle": ")" + std::string(id == "y1" ? "Diver" : "DIVER") + R"("})");
  }
  const auto response = server.get(
      "/v1.0/users?$apply=groupby((jobTitle),aggregate($count%20as%20Total))"
      "&$filter=jobTitle%20eq%20'diver'");
  EXPECT_EQ(at(response, "/value"),
            R"([{"jobTitle":"Diver","Total@odata.type":"#Decimal","Total":2}])")
      << response.body;
  EXPECT_EQ(at(response, "/@odata.context"),
            '"' + server.origin() + "/v1.0/$metadata#users(jobTitle,Total)\"");
}

}  // namespace
}  // namespace graphmock
