// One entity as the store keeps it: an immutable text, shared by every tenant and request that
// sees it, and parsed only when something has to look inside.
#pragma once

#include <atomic>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "model/models.h"

namespace graphmock::store {

// A number that any thread may find out and keep for the others. A copy begins without: whoever
// copies an entity means to change it.
class KeptHash {
 public:
  KeptHash() = default;
  KeptHash(const KeptHash&) noexcept {}
  KeptHash& operator=(const KeptHash&) noexcept {
    value_.store(0, std::memory_order_relaxed);
    return *this;
  }

  template <class Find>
  uint64_t get(const Find& find) const {
    auto value = value_.load(std::memory_order_relaxed);
    if (value == 0) value_.store(value = find(), std::memory_order_relaxed);
    return value;
  }

 private:
  mutable std::atomic<uint64_t> value_ = 0;  // 0: nobody has asked
};

struct Entity {
  std::string_view type;                            // qualified; points into a model
  const model::StructuredType* declared = nullptr;  // as a version has it; null of a stream
  // A JSON object of the structural properties without white space, the key first; no
  // "@odata.type" of its own. Entities that it contains or refers to are not in it.
  std::string text;
  std::string address;  // where it is kept, see below
  // Bit i: the i-th model does not declare all that the text says, so an answer of that version
  // leaves something out.
  uint8_t hidden_in = 0;
  // It was put in place as {"value": {...}}, the form in which the Intune reference shows single
  // entities, and is answered like that.
  bool is_enveloped = false;
  // Its property changeKey or eTag is the tag of its version (store/version.h).
  bool has_own_tag = false;
  // Which of its tenant's changes made it so, counted from 1; 0: it was loaded.
  uint32_t version = 0;
  KeptHash content_hash;  // of type and text, once they are final (store/version.h)

  std::string key() const;                               // as the address has it, escapes undone
  bool derives_from(std::string_view type_name) const {  // or is of it
    return declared && declared->derives_from(type_name);
  }
};

using EntityPtr = std::shared_ptr<const Entity>;
// Nobody has it yet but who made it. A write that stages it gives it its version.
using NewEntity = std::shared_ptr<Entity>;

// Addresses. An entity is kept where the model contains it: "users/ID/messages/ID" below its
// owner, "admin" for a singleton. All directory objects are one pool, "directoryObjects/ID",
// whatever set they are seen in. A key has '/' and '%' escaped and a GUID is in lower case, so
// that an address is one entity's alone.
inline constexpr std::string_view kDirectoryPool = "directoryObjects";

std::string address_of_set(std::string_view set_name, const model::StructuredType& type);
std::string child_address(std::string_view parent, std::string_view name);
std::string entity_address(std::string_view collection, std::string_view key);
// The list that an entity lives in if it is in a collection; empty where the address has no '/'.
std::string_view home_of_address(std::string_view address);
// Whether the list holds the entity because it contains it, not as a reference to it.
bool is_home(std::string_view list, std::string_view entity);
// The key at the end of an address, escapes undone.
std::string key_of_address(std::string_view address);

// `properties` as Representation has them; the key is put first.
NewEntity make_entity(const model::Models& models, std::string address,
                      const model::StructuredType& type, const boost::json::object& properties,
                      bool is_enveloped = false);

// The same of a text that is as Entity has it already.
NewEntity make_written_entity(std::string address, const model::StructuredType& type,
                              std::string_view text, uint8_t hidden_in);

// Whether a member is left out of what the version `here` shows: it is not declared there, but
// declared by another version. `type_name` is the type that holds it.
bool is_hidden(const model::Models& models, const model::Model& here, std::string_view type_name,
               std::string_view member);

}  // namespace graphmock::store
