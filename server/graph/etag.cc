#include "graph/etag.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "http/error.h"
#include "store/version.h"

namespace graphmock::graph {
namespace {

// The tag's text between the quotes, weak or not: a PATCH compares weakly, as the service does.
std::optional<std::string_view> opaque_part(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() < 2 || !tag.starts_with('"') || !tag.ends_with('"')) return std::nullopt;
  tag = tag.substr(1, tag.size() - 2);
  if (tag.find('"') != std::string_view::npos) return std::nullopt;
  return tag;
}

// What stands before the next comma that is in no tag, taken off `rest`.
std::string_view next_tag(std::string_view& rest) {
  bool is_quoted = false;
  size_t end = 0;
  for (; end < rest.size() && (is_quoted || rest[end] != ','); ++end) {
    if (rest[end] == '"') is_quoted = !is_quoted;
  }
  const auto tag = base::trim(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return tag;
}

// Whether the list of tags has that of the entity, or what it says itself to be its tag; of none
// any list has it.
bool lists_tag(std::string_view header, std::string_view name, const store::Entity* entity) {
  const auto own = entity ? store::tag_of(*entity) : std::string();
  const auto said = entity ? store::own_tag(entity->text) : std::string();
  bool has_it = false;
  auto rest = header;
  do {
    const auto tag = opaque_part(next_tag(rest));
    if (!tag) {
      throw http::Error(400, "",
                        "The header " + std::string(name) + " has the value '" +
                            std::string(header) + "'. Expected '*' or entity tags in quotes.");
    }
    has_it = has_it || !entity || *tag == own || (!said.empty() && *tag == said);
  } while (!rest.empty());
  return has_it;
}

}  // namespace

std::string etag_of(const store::Entity& entity) {
  return "W/\"" + store::tag_of(entity) + "\"";
}

void check_write_conditions(const http::Request& request, const store::Entity* entity) {
  if (const auto header = request.headers.find("If-Match"); header && base::trim(*header) != "*") {
    if (!lists_tag(*header, "If-Match", entity)) {
      throw http::Error(412, "",
                        "The entity has changed: its ETag is " + etag_of(*entity) +
                            ", the header If-Match says " + std::string(*header) + ".");
    }
  }
  const auto header = request.headers.find("If-None-Match");
  if (!header) return;
  const bool is_any = base::trim(*header) == "*";
  if (entity && (is_any || lists_tag(*header, "If-None-Match", entity))) {
    throw http::Error(412, "",
                      "The entity exists, with the ETag " + etag_of(*entity) +
                          ", and the header If-None-Match says " + std::string(*header) + ".");
  }
}

void check_creation(const http::Request& request) {
  if (request.headers.find("If-Match")) {
    throw http::Error(412, "", "There is no entity that the header If-Match could hold for.");
  }
}

bool is_known_to_client(const http::Request& request, const store::Entity& entity) {
  const auto header = request.headers.find("If-None-Match");
  return header && (base::trim(*header) == "*" || lists_tag(*header, "If-None-Match", &entity));
}

}  // namespace graphmock::graph
