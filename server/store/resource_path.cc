#include "store/resource_path.h"

#include <algorithm>

#include "base/text.h"
#include "store/stream.h"

namespace graphmock::store {
namespace {

// What stands in a segment as it is, beside letters, digits and "-._~": nothing that means
// something there, as quotes and parentheses do.
constexpr std::string_view kKeyCharacters = "!$*+,;:@=";

// Whether a segment behind a collection is a key in every version, not an operation, a cast or a
// system segment.
bool is_plain_key(const model::Models& models, const model::StructuredType& type,
                  std::string_view key) {
  if (key.starts_with('$') || key.ends_with(':') ||
      key.find_first_of("'()") != std::string_view::npos) {
    return false;
  }
  const bool is_qualified = key.find('.') != std::string_view::npos;
  return std::none_of(models.all().begin(), models.all().end(), [&](const auto& model) {
    if (is_qualified && model->structured_type_ignoring_case(key)) return true;
    const auto* own = model->structured_type(type.name);
    return own && model->bound_operation(key, *own, true);
  });
}

// "users/ID" or "users('a''b')".
void append_key(const model::Models& models, const model::StructuredType& type, std::string& path,
                std::string_view key) {
  if (is_plain_key(models, type, key)) {
    path.append(1, '/').append(base::percent_encode(key, kKeyCharacters));
    return;
  }
  path += "('";
  for (const char c : key) {
    path += c == '\'' ? std::string("''") : base::percent_encode({&c, 1}, kKeyCharacters);
  }
  path += "')";
}

bool has_stream(const model::StructuredType& type, std::string_view name) {
  if (name == "$value") return type.has_stream;
  const auto* property = type.property(name);
  return property && !property->type.is_collection && property->type.is(model::Primitive::Stream);
}

}  // namespace

// Goes along an address by what one version declares.
class ResourcePaths::Walk {
 public:
  Walk(ResourcePaths& paths, const model::Model& model, std::string_view address)
      : paths_(paths), model_(model), address_(address) {}

  std::optional<Path> run() {
    if (!begin()) return std::nullopt;
    while (at_ < address_.size()) {
      const bool is_right = is_collection_ ? key() : member();
      if (!is_right) return std::nullopt;
    }
    return std::move(path_);
  }

 private:
  std::string_view next() {
    const auto end = std::min(address_.find('/', at_), address_.size());
    const auto part = address_.substr(at_, end - at_);
    at_ = std::min(end + 1, address_.size());
    end_ = end;
    return part;
  }
  // What the last part that was taken leads to.
  std::string_view reached() const { return address_.substr(0, end_); }

  bool begin() {
    const auto root = next();
    const auto* set = model_.entity_set(root);
    if (root == kDirectoryPool && at_ < address_.size()) set = set_in_pool(set);
    if (set) {
      path_.text = set->name;
      type_ = set->type;
      is_collection_ = true;
      return true;
    }
    const auto* singleton = model_.singleton(root);
    if (!singleton) return false;
    path_.text = singleton->name;
    type_ = singleton->type;
    return true;
  }

  // A directory object is seen in the set of its type, or, where there is none, in that of all.
  const model::EntitySet* set_in_pool(const model::EntitySet* all) {
    const auto end = address_.find('/', at_);
    const auto entity = paths_.view_.find(address_.substr(0, end));
    const auto* type = entity ? model_.structured_type(entity->type) : nullptr;
    if (!type) return nullptr;
    const auto [known, is_new] = paths_.sets_.try_emplace(type);
    if (is_new) known->second = model_.entity_set_of(*type);
    return known->second ? known->second : all;
  }

  bool key() {
    const auto key = key_of_address(next());
    path_.before_key = path_.text.size();
    append_key(paths_.models_, *type_, path_.text, key);
    is_collection_ = false;
    return !key.empty();
  }

  bool member() {
    const auto owner = reached();
    const auto name = next();
    const bool is_last = at_ == address_.size();
    path_.before_key = 0;
    if (!knows(name, is_last) && !cast(owner, name, is_last)) return false;
    path_.text.append(1, '/').append(name);
    const auto* navigation = type_->navigation(name);
    if (!navigation) return true;  // a stream, the last there is
    type_ = navigation->type;
    is_collection_ = navigation->is_collection;
    return true;
  }

  bool knows(std::string_view name, bool is_last) const {
    return type_->navigation(name) || (is_last && has_stream(*type_, name));
  }

  // What the declared type does not have, that of the entity may.
  bool cast(std::string_view owner, std::string_view name, bool is_last) {
    const auto entity = paths_.view_.find(owner);
    const auto* type = entity ? model_.structured_type(entity->type) : nullptr;
    if (!type || !type->derives_from(*type_)) return false;
    type_ = type;
    path_.text.append(1, '/').append(type->name);
    return knows(name, is_last);
  }

  ResourcePaths& paths_;
  const model::Model& model_;
  const std::string_view address_;
  size_t at_ = 0;
  size_t end_ = 0;
  const model::StructuredType* type_ = nullptr;
  bool is_collection_ = false;
  Path path_;
};

const FixturePlace& ResourcePaths::place_at(const std::string& name, bool wants_collection) {
  const auto [known, is_new] = places_.try_emplace((wants_collection ? "/" : "") + name);
  if (is_new) {
    known->second = fixture_place(models_, view_, fixture_segments(name), wants_collection);
  }
  return known->second;
}

std::optional<ResourcePaths::Member> ResourcePaths::member_of(std::string_view address) {
  const auto list = address.substr(0, std::min(address.rfind('/'), address.size()));
  for (const auto& model : models_.all()) {
    auto path = Walk(*this, *model, address).run();
    if (!path) continue;
    const bool is_in_collection = path->before_key > 0;
    auto name = is_in_collection ? path->text.substr(0, path->before_key) : path->text;
    const auto& found = place_at(name, is_in_collection);
    if (!found.is_found()) continue;
    const auto& place = found.place;
    const bool is_right = !found.stream.empty()
                              ? found.stream == address
                              : found.is_collection == is_in_collection &&
                                    place.home_list() == place.list &&
                                    (is_in_collection ? place.list == list
                                                      : place.is_single && place.list == address);
    if (is_right) return Member{std::move(name), &found, std::move(path->text)};
  }
  return std::nullopt;
}

std::string ResourcePaths::of_entity(std::string_view address) {
  const auto member = member_of(address);
  if (!member || !member->place->stream.empty()) return {};
  const auto there = entity_at_path(models_, view_, fixture_segments(member->path));
  return there && there->address == address ? member->path : std::string();
}

std::string ResourcePaths::of_list(std::string_view list) {
  for (const auto& model : models_.all()) {
    auto path = Walk(*this, *model, list).run();
    if (!path || path->before_key > 0) continue;
    for (const bool wants_collection : {true, false}) {
      if (place_at(path->text, wants_collection).place.list == list) return path->text;
    }
  }
  return {};
}

}  // namespace graphmock::store
