#include "graph/operation_facts.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

namespace graphmock::graph {
namespace {

enum class Returns : uint8_t { Nothing, Value };

// Source: the "Response" sections of the pages of the Graph API reference. An operation goes by
// what it is bound to and its name.
struct OperationStatus {
  std::string_view operation;
  Returns returns;  // overloads of one name may differ
  int status;
};

constexpr OperationStatus kOperations[] = {
    {"Collection(microsoft.graph.attachment)/createUploadSession", Returns::Value, 201},
    {"Collection(microsoft.graph.call)/logTeleconferenceDeviceQuality", Returns::Nothing, 200},
    {"Collection(microsoft.graph.contentType)/addCopy", Returns::Value, 201},
    {"Collection(microsoft.graph.governanceResource)/register", Returns::Nothing, 200},
    {"Collection(microsoft.graph.groupLifecyclePolicy)/renewGroup", Returns::Value, 204},
    {"Collection(microsoft.graph.officeClientConfiguration)/updatePriorities", Returns::Nothing,
     200},
    {"Collection(microsoft.graph.printer)/create", Returns::Nothing, 202},
    {"Collection(microsoft.graph.timeCard)/clockIn", Returns::Value, 201},
    {"Collection(microsoft.graph.windowsUpdates.updatableAsset)/enrollAssets", Returns::Nothing,
     202},
    {"Collection(microsoft.graph.windowsUpdates.updatableAsset)/enrollAssetsById", Returns::Nothing,
     202},
    {"Collection(microsoft.graph.windowsUpdates.updatableAsset)/unenrollAssets", Returns::Nothing,
     202},
    {"Collection(microsoft.graph.windowsUpdates.updatableAsset)/unenrollAssetsById",
     Returns::Nothing, 202},
    {"Collection(microsoft.graph.workbookPivotTable)/refreshAll", Returns::Nothing, 200},
    {"microsoft.graph.applicationTemplate/instantiate", Returns::Value, 201},
    {"microsoft.graph.authenticationMethod/disableSmsSignIn", Returns::Nothing, 200},
    {"microsoft.graph.authenticationMethod/enableSmsSignIn", Returns::Nothing, 200},
    {"microsoft.graph.authenticationMethod/resetPassword", Returns::Value, 202},
    {"microsoft.graph.call/answer", Returns::Nothing, 202},
    {"microsoft.graph.call/changeScreenSharingRole", Returns::Nothing, 202},
    {"microsoft.graph.call/keepAlive", Returns::Nothing, 200},
    {"microsoft.graph.call/redirect", Returns::Nothing, 202},
    {"microsoft.graph.call/reject", Returns::Nothing, 202},
    {"microsoft.graph.call/transfer", Returns::Nothing, 202},
    {"microsoft.graph.conversationThread/reply", Returns::Nothing, 202},
    {"microsoft.graph.ediscovery.noncustodialDataSource/release", Returns::Nothing, 202},
    {"microsoft.graph.ediscovery.reviewSet/addToReviewSet", Returns::Nothing, 202},
    {"microsoft.graph.ediscovery.reviewSet/export", Returns::Nothing, 202},
    {"microsoft.graph.ediscovery.reviewSetQuery/applyTags", Returns::Nothing, 202},
    {"microsoft.graph.ediscovery.settings/resetToDefault", Returns::Nothing, 200},
    {"microsoft.graph.ediscovery.sourceCollection/estimateStatistics", Returns::Nothing, 202},
    {"microsoft.graph.educationAssignment/publish", Returns::Value, 204},
    {"microsoft.graph.educationSubmission/return", Returns::Value, 204},
    {"microsoft.graph.educationSubmission/submit", Returns::Value, 204},
    {"microsoft.graph.educationSubmission/unsubmit", Returns::Value, 204},
    {"microsoft.graph.educationSynchronizationProfile/pause", Returns::Nothing, 200},
    {"microsoft.graph.educationSynchronizationProfile/reset", Returns::Nothing, 200},
    {"microsoft.graph.educationSynchronizationProfile/resume", Returns::Nothing, 200},
    {"microsoft.graph.event/accept", Returns::Nothing, 202},
    {"microsoft.graph.event/cancel", Returns::Nothing, 202},
    {"microsoft.graph.event/decline", Returns::Nothing, 202},
    {"microsoft.graph.event/dismissReminder", Returns::Nothing, 200},
    {"microsoft.graph.event/forward", Returns::Nothing, 202},
    {"microsoft.graph.event/snoozeReminder", Returns::Nothing, 200},
    {"microsoft.graph.event/tentativelyAccept", Returns::Nothing, 202},
    {"microsoft.graph.governanceRoleAssignmentRequest/updateRequest", Returns::Value, 204},
    {"microsoft.graph.group/addFavorite", Returns::Nothing, 200},
    {"microsoft.graph.group/assignLicense", Returns::Value, 202},
    {"microsoft.graph.group/removeFavorite", Returns::Nothing, 200},
    {"microsoft.graph.group/resetUnseenCount", Returns::Nothing, 200},
    {"microsoft.graph.group/subscribeByMail", Returns::Nothing, 200},
    {"microsoft.graph.group/unsubscribeByMail", Returns::Nothing, 200},
    {"microsoft.graph.message/createForward", Returns::Value, 201},
    {"microsoft.graph.message/forward", Returns::Nothing, 200},
    {"microsoft.graph.message/move", Returns::Value, 201},
    {"microsoft.graph.message/reply", Returns::Nothing, 202},
    {"microsoft.graph.message/replyAll", Returns::Nothing, 200},
    {"microsoft.graph.message/send", Returns::Nothing, 202},
    {"microsoft.graph.message/unsubscribe", Returns::Nothing, 202},
    {"microsoft.graph.notebook/copyNotebook", Returns::Value, 202},
    {"microsoft.graph.onenotePage/copyToSection", Returns::Value, 202},
    {"microsoft.graph.onenoteSection/copyToNotebook", Returns::Value, 202},
    {"microsoft.graph.onenoteSection/copyToSectionGroup", Returns::Value, 202},
    {"microsoft.graph.post/forward", Returns::Nothing, 200},
    {"microsoft.graph.post/reply", Returns::Nothing, 202},
    {"microsoft.graph.presence/clearPresence", Returns::Nothing, 200},
    {"microsoft.graph.presence/setPresence", Returns::Nothing, 200},
    {"microsoft.graph.printDocument/uploadData", Returns::Nothing, 202},
    {"microsoft.graph.reportRoot/getYammerActivityUserDetail", Returns::Value, 302},
    {"microsoft.graph.reportRoot/getYammerDeviceUsageUserDetail", Returns::Value, 302},
    {"microsoft.graph.reportRoot/getYammerGroupsActivityDetail", Returns::Value, 302},
    {"microsoft.graph.scheduleChangeRequest/approve", Returns::Nothing, 200},
    {"microsoft.graph.scheduleChangeRequest/decline", Returns::Nothing, 200},
    {"microsoft.graph.securityAction/cancelSecurityAction", Returns::Nothing, 200},
    {"microsoft.graph.team/archive", Returns::Nothing, 202},
    {"microsoft.graph.team/unarchive", Returns::Nothing, 202},
    {"microsoft.graph.timeCard/clockOut", Returns::Value, 204},
    {"microsoft.graph.timeCard/confirm", Returns::Value, 204},
    {"microsoft.graph.timeCard/endBreak", Returns::Value, 204},
    {"microsoft.graph.timeCard/startBreak", Returns::Value, 204},
    {"microsoft.graph.user/exportPersonalData", Returns::Nothing, 202},
    {"microsoft.graph.user/invalidateAllRefreshTokens", Returns::Value, 204},
    {"microsoft.graph.user/revokeSignInSessions", Returns::Value, 204},
    {"microsoft.graph.user/sendMail", Returns::Nothing, 202},
    {"microsoft.graph.windowsUpdates.deploymentAudience/updateAudience", Returns::Nothing, 202},
    {"microsoft.graph.windowsUpdates.deploymentAudience/updateAudienceById", Returns::Nothing, 202},
    {"microsoft.graph.windowsUpdates.updatableAsset/addMembers", Returns::Nothing, 202},
    {"microsoft.graph.windowsUpdates.updatableAsset/addMembersById", Returns::Nothing, 202},
    {"microsoft.graph.windowsUpdates.updatableAsset/removeMembers", Returns::Nothing, 202},
    {"microsoft.graph.windowsUpdates.updatableAsset/removeMembersById", Returns::Nothing, 202},
    {"microsoft.graph.workbook/createSession", Returns::Value, 201},
    {"microsoft.graph.workbookApplication/calculate", Returns::Nothing, 200},
    {"microsoft.graph.workbookChart/setData", Returns::Nothing, 200},
    {"microsoft.graph.workbookChart/setPosition", Returns::Nothing, 200},
    {"microsoft.graph.workbookChartFill/clear", Returns::Nothing, 200},
    {"microsoft.graph.workbookChartFill/setSolidColor", Returns::Nothing, 200},
    {"microsoft.graph.workbookChartLineFormat/clear", Returns::Nothing, 200},
    {"microsoft.graph.workbookFilter/apply", Returns::Nothing, 200},
    {"microsoft.graph.workbookFilter/clear", Returns::Nothing, 200},
    {"microsoft.graph.workbookPivotTable/refresh", Returns::Nothing, 200},
    {"microsoft.graph.workbookTable/clearFilters", Returns::Nothing, 200},
    {"microsoft.graph.workbookTable/reapplyFilters", Returns::Nothing, 200},
    {"microsoft.graph.workbookTableSort/apply", Returns::Nothing, 200},
    {"microsoft.graph.workbookTableSort/clear", Returns::Nothing, 200},
    {"microsoft.graph.workbookTableSort/reapply", Returns::Nothing, 200},
    {"microsoft.graph.workbookWorksheetProtection/protect", Returns::Nothing, 200},
    {"microsoft.graph.workbookWorksheetProtection/unprotect", Returns::Nothing, 200},
};

// Likewise of what a request to a property, or to the references of a navigation property, answers.
struct MemberStatus {
  std::string_view owner;
  std::string_view member;
  std::string_view method;
  int status;
};

constexpr MemberStatus kProperties[] = {
    {"microsoft.graph.onPremisesPublishingProfile", "hybridAgentUpdaterConfiguration", "PATCH",
     204},
    {"microsoft.graph.onenotePage", "content", "PATCH", 204},
    {"microsoft.graph.organizationalBrandingProperties", "bannerLogo", "PATCH", 204},
    {"microsoft.graph.print", "settings", "PATCH", 204},
    {"microsoft.graph.user", "responsibilities", "POST", 201},
};

constexpr MemberStatus kReferences[] = {
    {"microsoft.graph.b2cIdentityUserFlow", "userFlowIdentityProviders", "PATCH", 204},
    {"microsoft.graph.b2xIdentityUserFlow", "userFlowIdentityProviders", "PATCH", 204},
    {"microsoft.graph.connector", "memberOf", "POST", 201},
    {"microsoft.graph.featureRolloutPolicy", "appliesTo", "POST", 201},
    {"microsoft.graph.organization", "certificateBasedAuthConfiguration", "POST", 201},
};

// "Collection(microsoft.graph.call)/logTeleconferenceDeviceQuality"
std::string key_of(std::string_view type, bool is_collection, std::string_view name) {
  std::string key;
  if (is_collection) key += "Collection(";
  key += type;
  if (is_collection) key += ')';
  key += '/';
  key += name;
  return key;
}

const OperationStatus* find_operation(const std::string& key, Returns returns) {
  static const auto kRows = [] {
    std::unordered_multimap<std::string_view, const OperationStatus*> all;
    for (const auto& row : kOperations) all.emplace(row.operation, &row);
    return all;
  }();
  const auto [begin, end] = kRows.equal_range(key);
  for (auto row = begin; row != end; ++row) {
    if (row->second->returns == returns) return row->second;
  }
  return nullptr;
}

int find_member(std::span<const MemberStatus> rows, const model::StructuredType& owner,
                std::string_view member, std::string_view method) {
  for (const auto& row : rows) {
    if (row.member == member && row.method == method && owner.derives_from(row.owner)) {
      return row.status;
    }
  }
  return 0;
}

}  // namespace

int documented_status(const model::Operation& operation) {
  const auto returns = operation.returns ? Returns::Value : Returns::Nothing;
  for (auto type = operation.binding.structured; type; type = type->base) {
    const auto key = key_of(type->name, operation.binding.is_collection, operation.name);
    if (const auto* row = find_operation(key, returns)) return row->status;
  }
  return 0;
}

int documented_status_of_property(const model::StructuredType& owner, std::string_view property,
                                  std::string_view method) {
  return find_member(kProperties, owner, property, method);
}

int documented_status_of_reference(const model::StructuredType& owner, std::string_view navigation,
                                   std::string_view method) {
  return find_member(kReferences, owner, navigation, method);
}

}  // namespace graphmock::graph
