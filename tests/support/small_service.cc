#include "support/small_service.h"

#include <gtest/gtest.h>

#include "model/csdl_reader.h"
#include "support/project_data.h"

namespace graphmock::support {
namespace {

constexpr std::string_view kTypes = R"xml(
<EnumType Name="color">
  <Member Name="red" Value="0"/><Member Name="green" Value="1"/><Member Name="blue" Value="2"/>
</EnumType>
<EnumType Name="mood">
  <Member Name="calm" Value="0"/><Member Name="cross" Value="1"/>
  <Member Name="unknownFutureValue" Value="2"/>
</EnumType>
<EnumType Name="days" IsFlags="true">
  <Member Name="monday" Value="1"/><Member Name="tuesday" Value="2"/><Member Name="friday" Value="16"/>
</EnumType>

<ComplexType Name="place">
  <Property Name="latitude" Type="Edm.Double"/>
  <Property Name="labels" Type="Collection(Edm.String)"/>
</ComplexType>
<ComplexType Name="address">
  <Property Name="street" Type="Edm.String"/>
  <Property Name="city" Type="Edm.String"/>
  <Property Name="country" Type="Edm.String" Nullable="false"/>
  <Property Name="lines" Type="Collection(Edm.String)"/>
  <Property Name="place" Type="graph.place"/>
  <Property Name="height" Type="Edm.Int64"/>
  @ADDRESS@
</ComplexType>
<ComplexType Name="officeAddress" BaseType="graph.address">
  <Property Name="room" Type="Edm.String"/>
  <Property Name="keys" Type="Collection(Edm.String)"/>
</ComplexType>
<ComplexType Name="openBag" OpenType="true"/>

<EntityType Name="entity" Abstract="true">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>
<EntityType Name="directoryObject" BaseType="graph.entity">
  <Property Name="deletedDateTime" Type="Edm.DateTimeOffset"/>
</EntityType>
<EntityType Name="user" BaseType="graph.directoryObject">
  <Property Name="displayName" Type="Edm.String"/>
  <Property Name="jobTitle" Type="Edm.String" Nullable="false"/>
  <Property Name="accountEnabled" Type="Edm.Boolean"/>
  <Property Name="age" Type="Edm.Int32"/>
  <Property Name="followers" Type="Edm.Int64"/>
  <Property Name="balance" Type="Edm.Decimal"/>
  <Property Name="score" Type="Edm.Double"/>
  <Property Name="photoId" Type="Edm.Guid"/>
  <Property Name="birthday" Type="Edm.Date"/>
  <Property Name="workTime" Type="Edm.Duration"/>
  <Property Name="thumbnail" Type="Edm.Binary"/>
  <Property Name="phones" Type="Collection(Edm.String)" Nullable="false"/>
  <Property Name="nicknames" Type="Collection(Edm.String)"/>
  <Property Name="home" Type="graph.address"/>
  <Property Name="addresses" Type="Collection(graph.address)"/>
  <Property Name="bag" Type="graph.openBag"/>
  <Property Name="color" Type="graph.color"/>
  <Property Name="mood" Type="graph.mood"/>
  <Property Name="workdays" Type="graph.days"/>
  <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/>
  <NavigationProperty Name="manager" Type="graph.directoryObject"/>
  <NavigationProperty Name="memberOf" Type="Collection(graph.directoryObject)"/>
  <NavigationProperty Name="messages" Type="Collection(graph.message)" ContainsTarget="true"/>
  <NavigationProperty Name="outlook" Type="graph.outlookUser" ContainsTarget="true"/>
  @USER@
</EntityType>
<EntityType Name="group" BaseType="graph.directoryObject">
  <Property Name="displayName" Type="Edm.String"/>
  <NavigationProperty Name="members" Type="Collection(graph.directoryObject)"/>
  <NavigationProperty Name="owners" Type="Collection(graph.directoryObject)"/>
</EntityType>
<EntityType Name="outlookUser" BaseType="graph.entity">
  <NavigationProperty Name="categories" Type="Collection(graph.category)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="category" BaseType="graph.entity">
  <Property Name="displayName" Type="Edm.String"/>
</EntityType>
<EntityType Name="outlookItem" BaseType="graph.entity" Abstract="true">
  <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/>
</EntityType>
<EntityType Name="message" BaseType="graph.outlookItem">
  <Property Name="subject" Type="Edm.String"/>
  <NavigationProperty Name="attachments" Type="Collection(graph.attachment)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="eventMessage" BaseType="graph.message">
  <Property Name="isAllDay" Type="Edm.Boolean"/>
</EntityType>
<EntityType Name="attachment" BaseType="graph.entity" Abstract="true">
  <Property Name="name" Type="Edm.String"/>
</EntityType>
<EntityType Name="fileAttachment" BaseType="graph.attachment">
  <Property Name="contentBytes" Type="Edm.Binary"/>
</EntityType>
<EntityType Name="note" BaseType="graph.entity" OpenType="true">
  <Property Name="title" Type="Edm.String"/>
</EntityType>
<EntityType Name="tag" >
  <Key><PropertyRef Name="name"/></Key>
  <Property Name="name" Type="Edm.String" Nullable="false"/>
  <Property Name="weight" Type="Edm.Int32"/>
</EntityType>
<EntityType Name="drive" BaseType="graph.entity">
  <NavigationProperty Name="root" Type="graph.driveItem" ContainsTarget="true"/>
  <NavigationProperty Name="items" Type="Collection(graph.driveItem)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="driveItem" BaseType="graph.entity" HasStream="true">
  <Property Name="name" Type="Edm.String"/>
  <Property Name="content" Type="Edm.Stream"/>
  <NavigationProperty Name="children" Type="Collection(graph.driveItem)"/>
  <Annotation Term="Org.OData.Core.V1.AlternateKeys">
    <Collection>
      <Record>
        <PropertyValue Property="Key">
          <Collection>
            <Record>
              <PropertyValue Property="Alias" String="name"/>
              <PropertyValue Property="Name" PropertyPath="name"/>
            </Record>
          </Collection>
        </PropertyValue>
      </Record>
    </Collection>
  </Annotation>
</EntityType>
<EntityType Name="orphan"><Property Name="text" Type="Edm.String"/></EntityType>
<EntityType Name="count" BaseType="graph.entity">
  <Property Name="total" Type="Edm.Int64"/>
</EntityType>
<EntityType Name="reportRoot" BaseType="graph.entity">
  <NavigationProperty Name="tags" Type="Collection(graph.tag)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="admin">
  <Property Name="note" Type="Edm.String"/>
  <NavigationProperty Name="settings" Type="graph.note" ContainsTarget="true"/>
</EntityType>
@TYPES@

<Function Name="delta" IsBound="true">
  <Parameter Name="bindingParameter" Type="Collection(graph.user)"/>
  <ReturnType Type="Collection(graph.user)"/>
</Function>
<Function Name="delta" IsBound="true">
  <Parameter Name="bindingParameter" Type="Collection(graph.group)"/>
  <ReturnType Type="Collection(graph.group)"/>
</Function>
<Action Name="getByIds" IsBound="true">
  <Parameter Name="bindingParameter" Type="Collection(graph.directoryObject)"/>
  <Parameter Name="ids" Type="Collection(Edm.String)"/>
  <ReturnType Type="Collection(graph.directoryObject)"/>
</Action>
<Action Name="restore" IsBound="true">
  <Parameter Name="bindingParameter" Type="graph.directoryObject"/>
  <ReturnType Type="graph.directoryObject"/>
</Action>
<Function Name="reminderView" IsBound="true">
  <Parameter Name="bindingParameter" Type="graph.user"/>
  <Parameter Name="startDateTime" Type="Edm.String"/>
  <Parameter Name="endDateTime" Type="Edm.String"/>
  <ReturnType Type="Collection(Edm.String)"/>
</Function>
<Action Name="forward" IsBound="true">
  <Parameter Name="bindingParameter" Type="graph.message"/>
</Action>
<Function Name="ping"><ReturnType Type="Edm.String"/></Function>
<Function Name="range" IsBound="true" IsComposable="true">
  <Parameter Name="bindingParameter" Type="graph.note"/>
  <ReturnType Type="graph.note"/>
</Function>
<Function Name="range" IsBound="true" IsComposable="true">
  <Parameter Name="bindingParameter" Type="graph.note"/>
  <Parameter Name="address" Type="Edm.String"/>
  <ReturnType Type="graph.note"/>
</Function>
<Function Name="export" IsBound="true">
  <Parameter Name="bindingParameter" Type="graph.note"/>
  <ReturnType Type="Edm.Stream"/>
</Function>
<Function Name="find">
  <Parameter Name="path" Type="Edm.String"/>
  <Parameter Name="depth" Type="Edm.Int32"/>
  <ReturnType Type="graph.note"/>
</Function>

<EntityContainer Name="service">
  <EntitySet Name="users" EntityType="graph.user"/>
  <EntitySet Name="groups" EntityType="graph.group"/>
  <EntitySet Name="directoryObjects" EntityType="graph.directoryObject"/>
  <EntitySet Name="notes" EntityType="graph.note"/>
  <EntitySet Name="tags" EntityType="graph.tag"/>
  <EntitySet Name="orphans" EntityType="graph.orphan"/>
  <EntitySet Name="drives" EntityType="graph.drive"/>
  <Singleton Name="me" Type="graph.user"/>
  <Singleton Name="reports" Type="graph.reportRoot"/>
  <Singleton Name="admin" Type="graph.admin"/>
  <FunctionImport Name="ping" Function="graph.ping"/>
  <FunctionImport Name="find" Function="microsoft.graph.find"/>
  @SETS@
</EntityContainer>
)xml";

struct Differences {
  std::string_view address, user, types, sets;
};

constexpr Differences kV1{"", R"xml(<Property Name="oldNote" Type="Edm.String"/>)xml", "", ""};
constexpr Differences kBeta{R"xml(<Property Name="unit" Type="Edm.String"/>)xml",
                            R"xml(<Property Name="betaNote" Type="Edm.String"/>
                               <NavigationProperty Name="gadgets" Type="Collection(graph.gadget)"
                                 ContainsTarget="true"/>)xml",
                            R"xml(<EntityType Name="gadget" BaseType="graph.entity">
                                 <Property Name="size" Type="Edm.Int32"/></EntityType>)xml",
                            R"xml(<EntitySet Name="gadgets" EntityType="graph.gadget"/>
                               <EntitySet Name="betaNotes" EntityType="graph.note"/>)xml"};

std::string small_csdl(const Differences& differences) {
  std::string text(kTypes);
  const auto put = [&text](std::string_view mark, std::string_view replacement) {
    text.replace(text.find(mark), mark.size(), replacement);
  };
  put("@ADDRESS@", differences.address);
  put("@USER@", differences.user);
  put("@TYPES@", differences.types);
  put("@SETS@", differences.sets);
  return csdl(text);
}

}  // namespace

std::string csdl(std::string_view schema_content) {
  return R"xml(<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices>
<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
)xml" + std::string(schema_content) +
         "\n</Schema></edmx:DataServices></edmx:Edmx>\n";
}

std::unique_ptr<model::Model> read_model(const std::string& version, std::string_view csdl_text) {
  base::LoadErrors errors;
  auto model = model::read_csdl(version, version + ".xml", csdl_text, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  shipped_facts().join(*model);
  return model;
}

model::Models small_models() {
  model::Models models;
  models.add(read_model("v1.0", small_csdl(kV1)));
  models.add(read_model("beta", small_csdl(kBeta)));
  return models;
}

std::unique_ptr<model::Model> small_model() {
  return read_model("v1.0", small_csdl(kV1));
}

}  // namespace graphmock::support
