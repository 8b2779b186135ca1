// Where a request leads: its target taken apart, once, when the request has come in whole. All that
// is behind the wire is handed this one value, so that no two readers can disagree about a target.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/error.h"
#include "http/url.h"

namespace graphmock::http {

// Which part of the server a target is of.
enum class Plane { Graph, Control, Tokens };

// [/t/TENANT]/ROOT/SEGMENT/...[?OPTIONS]. The root is a version of Graph, "__admin", or the tenant
// that the token service is asked about. Moves, but does not copy.
class Target {
 public:
  Target() = default;
  // Never throws: what is wrong with it (400) is in error(), and all that can be told of it is
  // told. `as_sent` has to outlive the target; a scheme, a host and a fragment are left out.
  static Target read(std::string_view as_sent);

  Plane plane() const { return plane_; }
  // Of the prefix /t/TENANT: whether there is one, its tenant, and itself, as links repeat it.
  bool has_tenant() const { return !prefix_.empty(); }
  const std::string& tenant() const { return tenant_; }
  std::string_view prefix() const { return prefix_; }
  // What follows the prefix, decoded once, after splitting; empty segments are left out.
  const std::string& root() const { return root_; }
  const std::vector<std::string>& segments() const { return segments_; }
  const std::vector<QueryOption>& options() const { return options_; }
  const std::optional<Error>& error() const { return error_; }

  // For people and records alone: nobody reads it again to serve by it. UTF-8.
  std::string_view as_sent() const { return escaped_ ? *escaped_ : as_sent_; }

 private:
  void read_path(std::string_view path);
  void read_options(std::string_view query);
  std::string decoded(std::string_view segment);
  void decide_plane();

  std::string_view as_sent_;
  std::unique_ptr<const std::string> escaped_;  // in its place, where it is no UTF-8
  Plane plane_ = Plane::Graph;
  std::string tenant_;
  std::string_view prefix_;
  std::string root_;
  std::vector<std::string> segments_;
  std::vector<QueryOption> options_;
  std::optional<Error> error_;  // the first
};

}  // namespace graphmock::http
