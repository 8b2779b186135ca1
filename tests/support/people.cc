#include "support/people.h"

#include <stdexcept>

#include "base/json.h"
#include "model/csdl_reader.h"
#include "support/project_data.h"

namespace graphmock::support {
namespace {

constexpr std::string_view kCsdl =
    R"xml(<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices>
<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EnumType Name="color"><Member Name="red" Value="0"/><Member Name="green" Value="1"/>
  <Member Name="blue" Value="2"/></EnumType>
<EnumType Name="mood"><Member Name="calm" Value="0"/>
  <Member Name="unknownFutureValue" Value="1"/></EnumType>
<EnumType Name="days" IsFlags="true"><Member Name="monday" Value="1"/>
  <Member Name="tuesday" Value="2"/><Member Name="friday" Value="16"/></EnumType>
<ComplexType Name="place"><Property Name="city" Type="Edm.String"/>
  <Property Name="zip" Type="Edm.Int32"/></ComplexType>
<ComplexType Name="office" BaseType="graph.place"><Property Name="room" Type="Edm.String"/>
</ComplexType>
<ComplexType Name="bag" OpenType="true"/>
<EntityType Name="person">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
  <Property Name="nothing" Type="Edm.String"/>
  <Property Name="none" Type="Edm.Int32"/>
  <Property Name="maybe" Type="Edm.Boolean"/>
  <Property Name="nobody" Type="graph.place"/>
  <Property Name="noColor" Type="graph.color"/>
  <Property Name="never" Type="Edm.DateTimeOffset"/>
  <Property Name="noTime" Type="Edm.Duration"/>
  <Property Name="noPrice" Type="Edm.Decimal"/>
  <Property Name="tiny" Type="Edm.Byte"/>
  <Property Name="count" Type="Edm.Int32"/>
  <Property Name="big" Type="Edm.Int64"/>
  <Property Name="price" Type="Edm.Decimal"/>
  <Property Name="exact" Type="Edm.Decimal"/>
  <Property Name="whole" Type="Edm.Decimal"/>
  <Property Name="score" Type="Edm.Double"/>
  <Property Name="infinite" Type="Edm.Double"/>
  <Property Name="unreal" Type="Edm.Double"/>
  <Property Name="yes" Type="Edm.Boolean"/>
  <Property Name="no" Type="Edm.Boolean"/>
  <Property Name="born" Type="Edm.Date"/>
  <Property Name="seen" Type="Edm.DateTimeOffset"/>
  <Property Name="local" Type="Edm.DateTimeOffset"/>
  <Property Name="wakes" Type="Edm.TimeOfDay"/>
  <Property Name="sleeps" Type="Edm.Duration"/>
  <Property Name="rents" Type="Edm.Duration"/>
  <Property Name="key" Type="Edm.Guid"/>
  <Property Name="data" Type="Edm.Binary"/>
  <Property Name="picture" Type="Edm.Stream"/>
  <Property Name="spot" Type="Edm.GeographyPoint"/>
  <Property Name="way" Type="Edm.GeographyLineString"/>
  <Property Name="area" Type="Edm.GeographyPolygon"/>
  <Property Name="color" Type="graph.color"/>
  <Property Name="mood" Type="graph.mood"/>
  <Property Name="days" Type="graph.days"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <Property Name="numbers" Type="Collection(Edm.Int32)"/>
  <Property Name="empty" Type="Collection(Edm.String)"/>
  <Property Name="home" Type="graph.place"/>
  <Property Name="work" Type="graph.place"/>
  <Property Name="places" Type="Collection(graph.place)"/>
  <Property Name="bag" Type="graph.bag"/>
  <NavigationProperty Name="boss" Type="graph.person"/>
  <NavigationProperty Name="friends" Type="Collection(graph.person)"/>
</EntityType>
<EntityType Name="chief" BaseType="graph.person"><Property Name="title" Type="Edm.String"/>
</EntityType>
<EntityType Name="product" OpenType="true">
  <Key><PropertyRef Name="ID"/></Key>
  <Property Name="ID" Type="Edm.Int32" Nullable="false"/>
  <Property Name="Name" Type="Edm.String"/>
  <Property Name="Price" Type="Edm.Decimal"/>
  <Property Name="Rating" Type="Edm.Int32"/>
  <Property Name="style" Type="graph.days"/>
</EntityType>
<ComplexType Name="item"><Property Name="Quantity" Type="Edm.Int32"/></ComplexType>
<EntityType Name="order">
  <Key><PropertyRef Name="ID"/></Key>
  <Property Name="ID" Type="Edm.Int32" Nullable="false"/>
  <Property Name="CompanyName" Type="Edm.String"/>
  <Property Name="City" Type="Edm.String"/>
  <Property Name="Country" Type="Edm.String"/>
  <Property Name="FirstName" Type="Edm.String"/>
  <Property Name="LastName" Type="Edm.String"/>
  <Property Name="BirthDate" Type="Edm.DateTimeOffset"/>
  <Property Name="Freight" Type="Edm.Double"/>
  <Property Name="Address" Type="graph.place"/>
  <Property Name="ShippingAddress" Type="graph.place"/>
  <Property Name="Items" Type="Collection(graph.item)"/>
</EntityType>
<Function Name="best" IsBound="true"><Parameter Name="it" Type="graph.person"/>
  <ReturnType Type="graph.person"/></Function>
<Function Name="oldest"><ReturnType Type="graph.person"/></Function>
<EntityContainer Name="Container">
  <EntitySet Name="people" EntityType="graph.person"/>
  <Singleton Name="leader" Type="graph.person"/>
  <FunctionImport Name="oldest" Function="graph.oldest"/>
</EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>
)xml";

constexpr std::string_view kPerson = R"({"id": "p", "name": "O'Neil Grün", "tiny": 200, "count": 3,
  "big": 9007199254740993, "price": 2.5, "exact": 1234567890123456789012345678.25, "whole": 5,
  "score": 1.5, "infinite": "INF", "unreal": "NaN", "yes": true, "no": false,
  "born": "2012-12-03", "seen": "2012-12-03T07:16:23.5Z", "local": "2012-12-03T01:30:00+02:00",
  "wakes": "07:16:23", "sleeps": "PT12H", "rents": "P1Y",
  "key": "01234567-89AB-cdef-0123-456789abcdef", "data": "T0RhdGE",
  "spot": {"type": "Point", "coordinates": [7.45, 46.95]},
  "way": {"type": "LineString", "coordinates": [[0, 0], [1, 0]]},
  "area": {"type": "Polygon", "coordinates": [[[7, 46], [8, 46], [8, 47], [7, 47], [7, 46]]]},
  "color": "green", "mood": "calm", "days": "monday,friday", "tags": ["a", "b"],
  "numbers": [1, 2, 3], "empty": [], "home": {"city": "Bern", "zip": 3000},
  "work": {"@odata.type": "#microsoft.graph.office", "city": "Basel", "room": "7"},
  "places": [{"city": "Bern", "zip": 1}, {"city": "Rome"}],
  "bag": {"text": "x", "number": 7, "part": 0.1, "flag": true, "list": [1, 2], "gone": null}})";

}  // namespace

const model::Model& people_model() {
  static const auto model = [] {
    base::LoadErrors errors;
    auto read = model::read_csdl("v1.0", "people.xml", kCsdl, errors);
    if (!errors.empty()) throw std::logic_error(errors.front().text());
    shipped_facts().join(*read);
    return read;
  }();
  return *model;
}

const model::StructuredType& people_type(std::string_view name) {
  const auto* type = people_model().structured_type("microsoft.graph." + std::string(name));
  if (!type) throw std::logic_error("no type " + std::string(name));
  return *type;
}

const boost::json::value& a_person() {
  static const auto person = base::parse_json(kPerson);
  return person;
}

People::People()
    : ann_(base::parse_json(
          R"({"id": "f1", "name": "Ann", "count": 1, "home": {"city": "Bern", "zip": 3000}})")),
      bob_(base::parse_json(
          R"({"id": "f2", "name": "Bob", "count": 5, "title": "Dr", "tags": ["b"]})")),
      friends_{{&ann_.get_object(), &people_type("person"), &ann_},
               {&bob_.get_object(), &people_type("chief"), &bob_}} {}

std::vector<odata::Item> People::related(const odata::Item&,
                                         const model::NavigationProperty& navigation) {
  return navigation.is_collection ? friends_ : std::vector<odata::Item>{};
}

odata::Source::Rooted People::at_root(const std::string& segment) {
  if (segment == "people") return {friends_, true};
  if (segment == "people('f2')" || segment == "people(id='f2')") return {{friends_[1]}, false};
  if (segment == "leader") return {{friends_[0]}, false};
  return {};
}

bool People::is_found(const odata::Search& search, const odata::Item& item) {
  const auto& name = item.object->at("name").as_string();
  return std::string_view(name).find(search.text) != std::string_view::npos;
}

}  // namespace graphmock::support
