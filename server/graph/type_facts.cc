#include "graph/type_facts.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace graphmock::graph {
namespace {

// Source: the resource and method pages of the Graph API reference.
constexpr TypeFacts kFacts[] = {
    {.type = "microsoft.graph.accessPackage", .required = "displayName"},
    {.type = "microsoft.graph.accessPackageAssignmentRequest", .required = "requestType"},
    {.type = "microsoft.graph.accessPackageCatalog", .required = "displayName"},
    {.type = "microsoft.graph.accessPackageResourceRoleScope", .id = IdStyle::GuidPair},
    {.type = "microsoft.graph.accessReviewScheduleDefinition", .required = "displayName scope"},
    {.type = "microsoft.graph.activityHistoryItem", .put_creates = true},
    {.type = "microsoft.graph.administrativeUnit", .required = "displayName", .is_recycled = true},
    {.type = "microsoft.graph.agreement", .required = "displayName"},
    {.type = "microsoft.graph.appConsentRequest", .shown = "userConsentRequests"},
    {.type = "microsoft.graph.appRoleAssignment",
     .id = IdStyle::Grant,
     .required = "appRoleId principalId resourceId"},
    {.type = "microsoft.graph.application",
     .read_only = "appId applicationTemplateId createdByAppId createdDateTime deletedDateTime "
                  "publisherDomain",
     .unique = "appId uniqueName",
     .required = "displayName",
     .is_recycled = true},
    {.type = "microsoft.graph.approval", .shown = "stages steps"},
    {.type = "microsoft.graph.attachment",
     .id = IdStyle::OutlookItem,
     .read_only = "lastModifiedDateTime size",
     .required = "name"},
    {.type = "microsoft.graph.authenticationContextClassReference",
     .required = "id",
     .is_upserted = true},
    {.type = "microsoft.graph.authenticationMethod", .read_only = "createdDateTime"},
    {.type = "microsoft.graph.authenticationMethodsPolicy",
     .shown = "authenticationMethodConfigurations"},
    {.type = "microsoft.graph.baseItem",
     .read_only = "createdBy createdDateTime eTag lastModifiedBy lastModifiedDateTime webUrl"},
    {.type = "microsoft.graph.bookingAppointment",
     .id = IdStyle::OutlookItem,
     .service_made = "serviceName"},
    {.type = "microsoft.graph.bookingService", .service_made = "languageTag"},
    {.type = "microsoft.graph.browserSiteList", .service_made = "revision"},
    {.type = "microsoft.graph.calendar",
     .id = IdStyle::OutlookFolder,
     .read_only = "canEdit canShare canViewPrivateItems changeKey owner",
     .unique = "name",
     .required = "name",
     .deep_update = "multiValueExtendedProperties singleValueExtendedProperties"},
    {.type = "microsoft.graph.calendarGroup",
     .id = IdStyle::OutlookFolder,
     .read_only = "changeKey classId",
     .required = "name"},
    {.type = "microsoft.graph.certificateAuthorityDetail",
     .service_made = "thumbprint",
     .is_recycled = true},
    {.type = "microsoft.graph.certificateBasedAuthPki", .is_recycled = true},
    {.type = "microsoft.graph.changeTrackedEntity", .has_etag = true},
    {.type = "microsoft.graph.channel",
     .id = IdStyle::ChannelThread,
     .read_only = "createdDateTime email membershipType webUrl"},
    {.type = "microsoft.graph.chat",
     .id = IdStyle::ChatThread,
     .read_only = "createdDateTime lastUpdatedDateTime webUrl",
     .required = "chatType members"},
    {.type = "microsoft.graph.chatMessage",
     .id = IdStyle::ChatMessage,
     .read_only = "createdDateTime etag lastModifiedDateTime",
     .required = "body",
     .service_made = "locale"},
    {.type = "microsoft.graph.checklistItem", .required = "displayName"},
    {.type = "microsoft.graph.cloudPcProvisioningPolicy", .service_made = "imageDisplayName"},
    {.type = "microsoft.graph.conditionalAccessPolicy",
     .read_only = "createdDateTime modifiedDateTime",
     .required = "conditions displayName state"},
    {.type = "microsoft.graph.configurationMonitor", .service_made = "tenantId"},
    {.type = "microsoft.graph.connectedOrganization", .required = "displayName"},
    {.type = "microsoft.graph.contact",
     .deep_update = "multiValueExtendedProperties singleValueExtendedProperties"},
    {.type = "microsoft.graph.contactFolder",
     .id = IdStyle::OutlookFolder,
     .unique = "displayName",
     .required = "displayName",
     .deep_update = "multiValueExtendedProperties singleValueExtendedProperties"},
    {.type = "microsoft.graph.contentType",
     .id = IdStyle::HexGuid,
     .id_prefix = "0x0100",
     .required = "name",
     .shown = "base"},
    {.type = "microsoft.graph.conversation",
     .id = IdStyle::OutlookConversation,
     .required = "threads",
     .service_made = "preview"},
    {.type = "microsoft.graph.conversationMember", .id = IdStyle::EncodedPair},
    {.type = "microsoft.graph.conversationThread",
     .id = IdStyle::OutlookConversation,
     .required = "posts",
     .service_made = "preview"},
    {.type = "microsoft.graph.countryNamedLocation", .required = "countriesAndRegions"},
    {.type = "microsoft.graph.crossTenantIdentitySyncPolicyPartner", .put_creates = true},
    {.type = "microsoft.graph.delegatedPermissionClassification",
     .required = "classification permissionId"},
    {.type = "microsoft.graph.device",
     .read_only = "approximateLastSignInDateTime complianceExpirationDateTime deletedDateTime "
                  "onPremisesLastSyncDateTime onPremisesSyncEnabled registrationDateTime trustType",
     .unique = "deviceId",
     .required = "accountEnabled alternativeSecurityIds deviceId"},
    {.type = "microsoft.graph.deviceManagementConfigurationPolicy", .deep_update = "settings"},
    {.type = "microsoft.graph.directoryObject", .read_only = "deletedDateTime"},
    {.type = "microsoft.graph.directoryRole", .required = "roleTemplateId"},
    {.type = "microsoft.graph.directorySetting", .required = "templateId values"},
    {.type = "microsoft.graph.domain",
     .read_only = "availabilityStatus isAdminManaged isInitial isRoot isVerified state",
     .required = "id",
     .service_made = "authenticationType"},
    {.type = "microsoft.graph.drive", .id = IdStyle::Drive},
    {.type = "microsoft.graph.driveItem",
     .id = IdStyle::DriveItem,
     .read_only = "cTag createdBy createdDateTime eTag lastModifiedBy lastModifiedDateTime size "
                  "webDavUrl webUrl"},
    {.type = "microsoft.graph.ediscovery.dataSourceContainer", .id = IdStyle::HexGuid},
    {.type = "microsoft.graph.ediscovery.sourceCollection", .id = IdStyle::HexGuid},
    {.type = "microsoft.graph.ediscovery.tag", .id = IdStyle::HexGuid, .shown = "childTags parent"},
    {.type = "microsoft.graph.educationAssignment", .required = "displayName"},
    {.type = "microsoft.graph.educationCategory", .required = "displayName"},
    {.type = "microsoft.graph.educationRubric", .required = "displayName"},
    {.type = "microsoft.graph.emailAuthenticationMethod", .required = "emailAddress"},
    {.type = "microsoft.graph.event",
     .read_only =
         "bodyPreview changeKey createdDateTime hasAttachments isCancelled isDraft isOrganizer "
         "lastModifiedDateTime onlineMeeting originalStart seriesMasterId type webLink",
     .deep_update = "multiValueExtendedProperties singleValueExtendedProperties"},
    {.type = "microsoft.graph.extensionProperty", .required = "targetObjects"},
    {.type = "microsoft.graph.externalConnectors.externalConnection", .required = "id name"},
    {.type = "microsoft.graph.externalConnectors.externalGroup", .required = "id"},
    {.type = "microsoft.graph.externalConnectors.externalGroupMember",
     .required = "id identitySource type"},
    {.type = "microsoft.graph.externalConnectors.externalItem", .put_creates = true},
    {.type = "microsoft.graph.externalConnectors.schema", .is_upserted = true},
    {.type = "microsoft.graph.featureRolloutPolicy", .required = "feature isEnabled"},
    {.type = "microsoft.graph.federatedIdentityCredential", .required = "audiences"},
    {.type = "microsoft.graph.fido2AuthenticationMethodConfiguration", .shown = "includeTargets"},
    {.type = "microsoft.graph.fieldValueSet", .has_etag = true},
    {.type = "microsoft.graph.fileStorageContainerType", .service_made = "etag"},
    {.type = "microsoft.graph.fileStorageContainerTypeRegistration",
     .service_made = "etag name",
     .put_creates = true},
    {.type = "microsoft.graph.governanceRoleAssignmentRequest",
     .required = "resourceId roleDefinitionId subjectId"},
    {.type = "microsoft.graph.group",
     .read_only = "createdDateTime deletedDateTime expirationDateTime isAssignableToRole mail "
                  "onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName "
                  "onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled "
                  "proxyAddresses renewedDateTime securityIdentifier",
     .unique = "uniqueName",
     .required = "displayName mailEnabled mailNickname securityEnabled",
     .is_recycled = true},
    {.type = "microsoft.graph.groupLifecyclePolicy",
     .required = "groupLifetimeInDays managedGroupTypes"},
    {.type = "microsoft.graph.groupSetting", .required = "templateId values"},
    {.type = "microsoft.graph.identityApiConnector", .required = "displayName targetUrl"},
    {.type = "microsoft.graph.identityProvider", .required = "clientId clientSecret name type"},
    {.type = "microsoft.graph.identityUserFlow", .required = "id userFlowType userFlowTypeVersion"},
    {.type = "microsoft.graph.identityUserFlowAttribute", .required = "dataType displayName"},
    {.type = "microsoft.graph.ipNamedLocation", .required = "ipRanges"},
    {.type = "microsoft.graph.learningContent", .is_upserted = true},
    {.type = "microsoft.graph.list", .required = "displayName", .has_etag = true},
    {.type = "microsoft.graph.listItem", .id = IdStyle::Number, .has_etag = true},
    {.type = "microsoft.graph.mailFolder",
     .id = IdStyle::OutlookFolder,
     .read_only = "childFolderCount parentFolderId totalItemCount unreadItemCount wellKnownName",
     .unique = "displayName",
     .required = "displayName",
     .deep_update = "multiValueExtendedProperties singleValueExtendedProperties"},
    {.type = "microsoft.graph.message",
     .read_only =
         "bodyPreview changeKey conversationId conversationIndex createdDateTime hasAttachments "
         "lastModifiedDateTime parentFolderId receivedDateTime sentDateTime uniqueBody webLink",
     .deep_update = "multiValueExtendedProperties singleValueExtendedProperties"},
    {.type = "microsoft.graph.messageRule", .id = IdStyle::OutlookRule},
    {.type = "microsoft.graph.multiTenantOrganization",
     .read_only = "createdDateTime",
     .put_creates = true},
    {.type = "microsoft.graph.namedLocation", .read_only = "createdDateTime modifiedDateTime"},
    {.type = "microsoft.graph.oAuth2PermissionGrant",
     .id = IdStyle::Grant,
     .read_only = "clientId consentType principalId resourceId",
     .required = "consentType"},
    {.type = "microsoft.graph.onenoteEntityBaseModel", .id_prefix = "1-", .read_only = "self"},
    {.type = "microsoft.graph.onenoteEntityHierarchyModel", .required = "displayName"},
    {.type = "microsoft.graph.onenotePage", .shown = "parentSection"},
    {.type = "microsoft.graph.onenoteSection", .shown = "parentNotebook"},
    {.type = "microsoft.graph.onlineMeeting", .id = IdStyle::EncodedPair},
    {.type = "microsoft.graph.openShift", .id_prefix = "OPNSHFT_"},
    {.type = "microsoft.graph.openTypeExtension", .id = IdStyle::ExtensionName},
    {.type = "microsoft.graph.organization",
     .read_only = "assignedPlans createdDateTime deletedDateTime onPremisesLastSyncDateTime "
                  "provisionedPlans tenantType verifiedDomains"},
    {.type = "microsoft.graph.organizationalBranding", .put_creates = true},
    {.type = "microsoft.graph.outlookCategory", .unique = "displayName", .required = "displayName"},
    {.type = "microsoft.graph.outlookItem",
     .id = IdStyle::OutlookItem,
     .read_only = "changeKey createdDateTime lastModifiedDateTime",
     .has_etag = true},
    {.type = "microsoft.graph.outlookTaskFolder", .id = IdStyle::OutlookFolder, .required = "name"},
    {.type = "microsoft.graph.outlookTaskGroup", .id = IdStyle::OutlookFolder, .required = "name"},
    {.type = "microsoft.graph.permissionGrantPolicy",
     .required = "displayName id",
     .shown = "excludes includes"},
    {.type = "microsoft.graph.phoneAuthenticationMethod", .required = "phoneNumber phoneType"},
    {.type = "microsoft.graph.plannerAssignedToTaskBoardTaskFormat", .has_etag = true},
    {.type = "microsoft.graph.plannerBucket",
     .id = IdStyle::Planner,
     .required = "planId",
     .has_etag = true},
    {.type = "microsoft.graph.plannerBucketTaskBoardTaskFormat", .has_etag = true},
    {.type = "microsoft.graph.plannerPlan",
     .id = IdStyle::Planner,
     .read_only = "container createdBy createdDateTime owner",
     .has_etag = true},
    {.type = "microsoft.graph.plannerPlanDetails", .has_etag = true},
    {.type = "microsoft.graph.plannerProgressTaskBoardTaskFormat", .has_etag = true},
    {.type = "microsoft.graph.plannerTask",
     .id = IdStyle::Planner,
     .read_only = "activeChecklistItemCount checklistItemCount completedBy completedDateTime "
                  "createdBy createdDateTime hasDescription referenceCount",
     .required = "planId",
     .has_etag = true},
    {.type = "microsoft.graph.plannerTaskDetails", .has_etag = true},
    {.type = "microsoft.graph.plannerUser", .has_etag = true},
    {.type = "microsoft.graph.policyBase", .service_made = "description"},
    {.type = "microsoft.graph.printJob", .id = IdStyle::Number},
    {.type = "microsoft.graph.printTaskTrigger", .required = "event"},
    {.type = "microsoft.graph.printer",
     .read_only = "isShared lastSeenDateTime registeredDateTime"},
    {.type = "microsoft.graph.printerCreateOperation", .shown = "printer"},
    {.type = "microsoft.graph.privilegedRoleAssignment", .id = IdStyle::GuidPair},
    {.type = "microsoft.graph.profile",
     .shown = "account addresses anniversaries awards certifications educationalActivities emails "
              "interests languages names notes patents phones positions projects publications "
              "skills webAccounts websites"},
    {.type = "microsoft.graph.request", .service_made = "status"},
    {.type = "microsoft.graph.resourceSpecificPermissionGrant", .id = IdStyle::Grant},
    {.type = "microsoft.graph.room", .service_made = "nickname"},
    {.type = "microsoft.graph.roomList"},
    {.type = "microsoft.graph.schedule", .put_creates = true},
    {.type = "microsoft.graph.scheduleChangeRequest", .id_prefix = "SREQ_"},
    {.type = "microsoft.graph.schedulingGroup", .id_prefix = "TAG_"},
    {.type = "microsoft.graph.schemaExtension",
     .required = "id properties targetTypes",
     .service_made = "owner status"},
    {.type = "microsoft.graph.scopedRoleMembership",
     .id = IdStyle::Grant,
     .service_made = "administrativeUnitId"},
    {.type = "microsoft.graph.sectionGroup", .shown = "parentNotebook"},
    {.type = "microsoft.graph.servicePrincipal",
     .read_only = "appDisplayName appId appOwnerOrganizationId applicationTemplateId "
                  "createdByAppId deletedDateTime signInAudience",
     .unique = "appId",
     .required = "appId",
     .is_recycled = true},
    {.type = "microsoft.graph.shift", .id_prefix = "SHFT_"},
    {.type = "microsoft.graph.shiftPreferences", .id_prefix = "SHPR_"},
    {.type = "microsoft.graph.site", .id = IdStyle::Site},
    {.type = "microsoft.graph.sitePage", .deep_update = "canvasLayout"},
    {.type = "microsoft.graph.stsPolicy", .required = "definition displayName"},
    {.type = "microsoft.graph.subscription",
     .read_only = "applicationId creatorId",
     .required = "expirationDateTime"},
    {.type = "microsoft.graph.synchronizationJob", .required = "templateId"},
    {.type = "microsoft.graph.synchronizationSchema", .deep_update = "directories"},
    {.type = "microsoft.graph.synchronizationTemplate", .deep_update = "schema"},
    {.type = "microsoft.graph.team",
     .read_only = "createdDateTime internalId webUrl",
     .put_creates = true},
    {.type = "microsoft.graph.teamsAppInstallation", .id = IdStyle::EncodedPair},
    {.type = "microsoft.graph.teamsTab", .required = "displayName"},
    {.type = "microsoft.graph.teamworkTag",
     .id = IdStyle::EncodedPair,
     .required = "displayName members"},
    {.type = "microsoft.graph.teamworkTagMember", .id = IdStyle::EncodedPair},
    {.type = "microsoft.graph.timeCard", .id_prefix = "TCK_"},
    {.type = "microsoft.graph.timeOff", .id_prefix = "TOFF_"},
    {.type = "microsoft.graph.timeOffReason", .id_prefix = "TOR_"},
    {.type = "microsoft.graph.todoTask",
     .id = IdStyle::OutlookItem,
     .read_only = "bodyLastModifiedDateTime createdDateTime lastModifiedDateTime",
     .required = "title",
     .shown = "linkedResources",
     .has_etag = true},
    {.type = "microsoft.graph.todoTaskList",
     .id = IdStyle::OutlookFolder,
     .read_only = "isOwner isShared wellknownListName",
     .required = "displayName",
     .has_etag = true},
    {.type = "microsoft.graph.unifiedRoleAssignment",
     .id = IdStyle::Grant,
     .required = "principalId roleDefinitionId"},
    {.type = "microsoft.graph.unifiedRoleDefinition",
     .read_only = "isBuiltIn",
     .required = "displayName isEnabled rolePermissions",
     .shown = "inheritsPermissionsFrom"},
    {.type = "microsoft.graph.unifiedRoleManagementPolicy", .deep_update = "rules"},
    {.type = "microsoft.graph.user",
     .read_only = "assignedPlans createdDateTime creationType deletedDateTime imAddresses "
                  "lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates "
                  "onPremisesDistinguishedName onPremisesDomainName onPremisesLastSyncDateTime "
                  "onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled "
                  "onPremisesUserPrincipalName provisionedPlans proxyAddresses securityIdentifier "
                  "signInActivity signInSessionsValidFromDateTime",
     .unique = "userPrincipalName",
     .required = "accountEnabled displayName mailNickname passwordProfile userPrincipalName",
     .required_unless = "identities",
     .is_recycled = true},
    {.type = "microsoft.graph.userActivity", .put_creates = true},
    {.type = "microsoft.graph.userConsentRequest", .shown = "approval"},
    {.type = "microsoft.graph.userFlowLanguageConfiguration", .put_creates = true},
    {.type = "microsoft.graph.workbookChart", .id = IdStyle::BracedGuid},
    {.type = "microsoft.graph.workbookComment",
     .id = IdStyle::BracedGuid,
     .service_made = "contentType"},
    {.type = "microsoft.graph.workbookCommentReply",
     .id = IdStyle::BracedGuid,
     .service_made = "contentType"},
    {.type = "microsoft.graph.workbookNamedItem", .service_made = "scope"},
    {.type = "microsoft.graph.workbookPivotTable", .id = IdStyle::BracedGuid},
    {.type = "microsoft.graph.workbookTable", .id = IdStyle::BracedGuid},
    {.type = "microsoft.graph.workbookTableColumn", .id = IdStyle::Number},
    {.type = "microsoft.graph.workbookWorksheet",
     .id = IdStyle::BracedGuid,
     .service_made = "visibility"},
    {.type = "microsoft.graph.workspace", .service_made = "nickname"},
};

// A type's row in either table.
struct Rows {
  const TypeFacts* facts = nullptr;
  const TypeFacts* statuses = nullptr;
};

const Rows* rows_of(std::string_view type) {
  static const auto kRows = [] {
    std::unordered_map<std::string_view, Rows> rows;
    for (const auto& row : kFacts) rows[row.type].facts = &row;
    for (const auto& row : type_statuses()) rows[row.type].statuses = &row;
    return rows;
  }();
  const auto found = kRows.find(type);
  return found == kRows.end() ? nullptr : &found->second;
}

template <typename Fact>
void take(Fact& fact, const Fact& inherited) {
  if (fact == Fact()) fact = inherited;
}

void take_facts(TypeFacts& facts, const TypeFacts& row) {
  // A prefix belongs to its style.
  if (facts.id == IdStyle::Inherited && facts.id_prefix.empty()) facts.id_prefix = row.id_prefix;
  take(facts.id, row.id);
  take(facts.read_only, row.read_only);
  take(facts.unique, row.unique);
  take(facts.required, row.required);
  take(facts.required_unless, row.required_unless);
  take(facts.service_made, row.service_made);
  take(facts.shown, row.shown);
  take(facts.deep_update, row.deep_update);
  take(facts.has_etag, row.has_etag);
  take(facts.is_recycled, row.is_recycled);
  take(facts.is_upserted, row.is_upserted);
  take(facts.put_creates, row.put_creates);
}

void take_statuses(TypeFacts& facts, const TypeFacts& row) {
  take(facts.update, row.update);
  if (row.type == facts.type) facts.create = row.create;
  take(facts.replace, row.replace);
  take(facts.remove, row.remove);
}

}  // namespace

std::span<const TypeFacts> type_facts() {
  return kFacts;
}

namespace {

TypeFacts gather_facts(const model::StructuredType& type) {
  TypeFacts facts{.type = type.name};
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base) {
    const auto* rows = rows_of(ancestor->name);
    if (!rows) continue;
    if (rows->facts) take_facts(facts, *rows->facts);
    if (rows->statuses) take_statuses(facts, *rows->statuses);
  }
  if (facts.id == IdStyle::Inherited) facts.id = IdStyle::Guid;
  return facts;
}

}  // namespace

TypeFacts facts_of(const model::StructuredType& type) {
  // A thread asks of few types, of each more than once a request.
  struct Known {
    uint64_t identity = 0;
    TypeFacts facts;
  };
  thread_local std::array<Known, 64> all_known;
  auto& known = all_known[type.identity % all_known.size()];
  if (known.identity != type.identity) known = {type.identity, gather_facts(type)};
  return known.facts;
}

bool lists(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const auto end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

std::span<const ValueDefault> value_defaults() {
  static constexpr ValueDefault kDefaults[] = {
      {"microsoft.graph.attendee", "status",
       R"({"response":"none","time":"0001-01-01T00:00:00Z"})"},
      {"microsoft.graph.location", "locationType", R"("default")"},
  };
  return kDefaults;
}

}  // namespace graphmock::graph
