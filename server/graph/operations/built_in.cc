#include "graph/operations/built_in.h"

#include <algorithm>
#include <array>

namespace graphmock::graph {
namespace {

struct Row {
  std::string_view bound_to;  // a type
  std::string_view name;
  BuiltIn run;
};

constexpr std::array kBuiltIns = {
    Row{"microsoft.graph.directoryObject", "getByIds", get_by_ids},
    Row{"microsoft.graph.directoryObject", "checkMemberGroups", check_member_groups},
    Row{"microsoft.graph.directoryObject", "checkMemberObjects", check_member_objects},
    Row{"microsoft.graph.directoryObject", "getMemberGroups", get_member_groups},
    Row{"microsoft.graph.directoryObject", "getMemberObjects", get_member_objects},
    Row{"microsoft.graph.directoryObject", "restore", restore},
    Row{"microsoft.graph.user", "assignLicense", assign_license},
    Row{"microsoft.graph.group", "assignLicense", assign_license},
    Row{"microsoft.graph.user", "revokeSignInSessions", revoke_sign_in_sessions},
    Row{"microsoft.graph.user", "invalidateAllRefreshTokens", revoke_sign_in_sessions},
    Row{"microsoft.graph.user", "sendMail", send_mail},
    Row{"microsoft.graph.message", "send", send_draft},
    Row{"microsoft.graph.message", "move", move_to_folder},
    Row{"microsoft.graph.message", "copy", copy_to_folder},
    Row{"microsoft.graph.mailFolder", "move", move_to_folder},
    Row{"microsoft.graph.mailFolder", "copy", copy_to_folder},
    Row{"microsoft.graph.message", "createReply", create_reply},
    Row{"microsoft.graph.message", "createReplyAll", create_reply},
    Row{"microsoft.graph.message", "createForward", create_forward},
    Row{"microsoft.graph.driveItem", "copy", copy_item},
};

}  // namespace

BuiltIn built_in(const model::Operation& operation) {
  const auto* bound_to = operation.binding.structured;
  if (!bound_to) return nullptr;
  if (operation.name == "delta" && operation.is_function) return first_delta;
  const auto row = std::find_if(kBuiltIns.begin(), kBuiltIns.end(), [&](const Row& one) {
    return one.name == operation.name && bound_to->derives_from(one.bound_to);
  });
  if (row != kBuiltIns.end()) return row->run;
  const bool is_long_running =
      operation.returns && operation.returns->structured && status_of(operation) == 202;
  return is_long_running ? start_long_running : nullptr;
}

}  // namespace graphmock::graph
