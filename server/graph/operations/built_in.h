// The operations that do something, each a function. One that has nothing to work on, since the
// entity it is bound to is not there, gives nothing and leaves the answer to the default.
#pragma once

#include <optional>

#include "graph/operations.h"

namespace graphmock::graph {

using BuiltIn = std::optional<http::Response> (*)(const OperationCall&);

// Null when the operation is none of them.
BuiltIn built_in(const model::Operation& operation);

// directory.cc
std::optional<http::Response> get_by_ids(const OperationCall&);
std::optional<http::Response> check_member_groups(const OperationCall&);
std::optional<http::Response> check_member_objects(const OperationCall&);
std::optional<http::Response> get_member_groups(const OperationCall&);
std::optional<http::Response> get_member_objects(const OperationCall&);
std::optional<http::Response> restore(const OperationCall&);
std::optional<http::Response> assign_license(const OperationCall&);
std::optional<http::Response> revoke_sign_in_sessions(const OperationCall&);

// mail.cc
std::optional<http::Response> send_mail(const OperationCall&);
std::optional<http::Response> send_draft(const OperationCall&);
std::optional<http::Response> move_to_folder(const OperationCall&);
std::optional<http::Response> copy_to_folder(const OperationCall&);
std::optional<http::Response> create_reply(const OperationCall&);
std::optional<http::Response> create_forward(const OperationCall&);

// delta.cc
std::optional<http::Response> first_delta(const OperationCall&);

// long_running.cc
std::optional<http::Response> start_long_running(const OperationCall&);

// drive.cc
std::optional<http::Response> copy_item(const OperationCall&);

}  // namespace graphmock::graph
