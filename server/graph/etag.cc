#include "graph/etag.h"

#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::graph {
namespace {

// A tag tells versions of one entity apart, it is no secret. The library's hash takes a word at a
// time and is the same in every run.
uint64_t hash_of(const store::Entity& entity) {
  const std::hash<std::string_view> hash;
  return hash(entity.text) ^ (hash(entity.type) << 1);
}

// The tag's text between the quotes, weak or not: a PATCH compares weakly, as the service does.
std::optional<std::string_view> opaque_part(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() < 2 || !tag.starts_with('"') || !tag.ends_with('"')) return std::nullopt;
  tag = tag.substr(1, tag.size() - 2);
  if (tag.find('"') != std::string_view::npos) return std::nullopt;
  return tag;
}

// Whether the list of tags has that of the entity.
bool lists_tag(std::string_view header, std::string_view name, const store::Entity& entity) {
  const auto own = etag_of(entity);
  bool has_it = false;
  for (const auto part : base::split(header, ',')) {
    const auto tag = opaque_part(base::trim(part));
    if (!tag) {
      throw http::Error(400, "",
                        "The header " + std::string(name) + " has the value '" +
                            std::string(header) + "'. Expected '*' or entity tags in quotes.");
    }
    has_it = has_it || tag == opaque_part(own);
  }
  return has_it;
}

}  // namespace

std::string etag_of(const store::Entity& entity) {
  std::array<char, 16> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), hash_of(entity), 16).ptr;
  return "W/\"" + std::string(digits.data(), end) + "\"";
}

void check_write_conditions(const http::Request& request, const store::Entity* entity) {
  if (const auto header = request.headers.find("If-Match"); header && base::trim(*header) != "*") {
    static const store::Entity kNone{};
    if (!lists_tag(*header, "If-Match", entity ? *entity : kNone) && entity) {
      throw http::Error(412, "",
                        "The entity has changed: its ETag is " + etag_of(*entity) +
                            ", the header If-Match says " + std::string(*header) + ".");
    }
  }
  const auto header = request.headers.find("If-None-Match");
  if (!header) return;
  const bool is_any = base::trim(*header) == "*";
  if (entity && (is_any || lists_tag(*header, "If-None-Match", *entity))) {
    throw http::Error(412, "",
                      "The entity exists, with the ETag " + etag_of(*entity) +
                          ", and the header If-None-Match says " + std::string(*header) + ".");
  }
}

bool requires_entity(const http::Request& request) {
  return request.headers.find("If-Match").has_value();
}

bool is_known_to_client(const http::Request& request, const store::Entity& entity) {
  const auto header = request.headers.find("If-None-Match");
  return header && (base::trim(*header) == "*" || lists_tag(*header, "If-None-Match", entity));
}

}  // namespace graphmock::graph
