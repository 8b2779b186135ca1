// Which permissions which requests take, as a list says it that has the shape of the service's own
// public one: permissions by name, each with the methods and paths that it opens.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/load_error.h"

namespace graphmock::auth {

// One permission that opens a request to tokens of users, of applications, or of both.
struct Opening {
  std::string permission;
  std::vector<std::string> also_required;  // of these one is needed beside it, if there are any
  bool is_for_users = false;
  bool is_for_applications = false;
  bool is_least_for_users = false;  // of all that would do it gives the least away
  bool is_least_for_applications = false;
  size_t methods = 0;  // of the path that it opens together with this one

  bool is_for(bool is_delegated) const { return is_delegated ? is_for_users : is_for_applications; }
  bool is_least_for(bool is_delegated) const {
    return is_delegated ? is_least_for_users : is_least_for_applications;
  }
};

// What the list says of one method of one path.
struct Listed {
  std::string path;  // "/users/{id}"
  std::vector<Opening> openings;
};

// Immutable once it is read.
class Permissions {
 public:
  Permissions();
  ~Permissions();
  Permissions(Permissions&&) noexcept;
  Permissions& operator=(Permissions&&) noexcept;

  void add(std::string_view path, std::string_view method, const Opening& opening);

  // Null where the list says nothing of such a request. The segments are those of
  // the path without the version, as odata::plain_segments has them of a target.
  const Listed* find(std::string_view method, const std::vector<std::string>& segments) const;
  // Those that users, or applications, can have; sorted.
  std::vector<std::string> names(bool is_delegated) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

// Whether a token of a user, or of an application, that has those permissions is let through.
bool covers(const std::vector<std::string>& permissions, bool is_delegated,
            const std::vector<Opening>& openings);

// Those that give the least away and yet let such a token through. Of several that the list marks
// as that, it is those that open the fewest methods.
std::vector<std::string> least(const Listed& listed, bool is_delegated);

// Collects what is wrong with the file in `errors`.
Permissions load_permissions(const std::filesystem::path& file, base::LoadErrors& errors);
Permissions read_permissions(const std::string& file, std::string_view text,
                             base::LoadErrors& errors);

}  // namespace graphmock::auth
