#include "http/target.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace graphmock::http {
namespace {

constexpr std::string_view kControlRoot = "__admin";
constexpr std::string_view kTenantPrefix = "/t/";

bool is_one_of(std::string_view segment, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return base::equals_ignoring_case(segment, name);
  });
}

// What stands behind the tenant in an address of the token service; Graph has none of these there.
bool is_of_tokens(const std::vector<std::string>& behind_tenant) {
  if (behind_tenant.size() < 2) return false;
  const auto& first = behind_tenant[0];
  if (is_one_of(first, {"oauth2", "discovery", "userrealm", ".well-known"})) return true;
  return is_one_of(first, {"v2.0"}) && is_one_of(behind_tenant[1], {".well-known"});
}

// Of bytes that are no text all that are not ASCII are escaped.
std::string escaped(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return text;
}

}  // namespace

Target Target::read(std::string_view as_sent) {
  Target target;
  target.as_sent_ = as_sent;
  if (!base::is_valid_utf8(as_sent)) {
    target.escaped_ = std::make_unique<const std::string>(escaped(as_sent));
  }
  const auto [path, query] = path_and_query(as_sent);
  target.read_path(path);
  target.read_options(query);
  target.decide_plane();
  return target;
}

void Target::read_path(std::string_view path) {
  if (path.starts_with(kTenantPrefix)) {
    const auto end = std::min(path.find('/', kTenantPrefix.size()), path.size());
    tenant_ = decoded(path.substr(kTenantPrefix.size(), end - kTenantPrefix.size()));
    // One that is no text is refused: no link will repeat it.
    prefix_ = escaped_ ? kTenantPrefix : path.substr(0, end);
    path.remove_prefix(end);
  }
  auto segments = split_segments(path);
  if (segments.size() > kMaxSegments) {
    if (!error_) error_ = too_many_segments();
    segments.resize(kMaxSegments);
  }
  if (segments.empty()) return;
  root_ = decoded(segments.front());
  segments_.reserve(segments.size() - 1);
  for (size_t i = 1; i < segments.size(); ++i) segments_.push_back(decoded(segments[i]));
}

void Target::read_options(std::string_view query) {
  try {
    options_ = http::read_options(query);
  } catch (const Error& error) {
    if (!error_) error_ = error;
  }
}

// What cannot be decoded stands for itself: it is refused, by the plane that it is of.
std::string Target::decoded(std::string_view segment) {
  try {
    return decode_segment(segment);
  } catch (const Error& error) {
    if (!error_) error_ = error;
    return escaped(segment);
  }
}

void Target::decide_plane() {
  if (root_ == kControlRoot) {
    plane_ = Plane::Control;
  } else if (is_of_tokens(segments_)) {
    plane_ = Plane::Tokens;
  }
}

}  // namespace graphmock::http
