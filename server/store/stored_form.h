// What the fixture format says by annotations of our own, because a file that a person writes has
// no need of it: an entity as it is, unchecked; the bytes of a stream; a list in its very order.
// And the form in which the control plane shows an entity.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "store/importer.h"

namespace graphmock::store {

// Of an entity: every other member but the annotations is a property, whatever the model says.
inline constexpr std::string_view kAsIs = "@mock.asIs";
// Beside it: Entity::is_enveloped, and the key of its address where the properties do not say it.
inline constexpr std::string_view kIsEnveloped = "@mock.isEnveloped";
inline constexpr std::string_view kKey = "@mock.key";
// The member of a document, or the file, that says what lists hold, in their order and without
// their inverse: {"users/ID/memberOf": ["groups/ID"]}.
inline constexpr std::string_view kLists = "@mock.lists";
// The member of a document that says what its tenant had given out, so that whoever loads it gives
// nothing twice: {"ids": 12, "versions": 30}.
inline constexpr std::string_view kCounts = "@mock.counts";
// Beside it: of what its tenant had changed, by its address, the version that made it so.
inline constexpr std::string_view kVersions = "@mock.versions";

// "@odata.type" and all properties; of an enveloped one in its envelope, of a stream its bytes.
void append_stored(std::string& out, const Entity& entity);

// `key` is empty where the properties say it.
void append_as_is(std::string& out, const Entity& entity, std::string_view key);
bool is_as_is(const boost::json::object& object);
// Null when there was a problem.
NewEntity read_as_is(const model::Models& models, const Importer::Place& place,
                     const boost::json::object& object, const Importer::Report& report);

// {"@odata.mediaContentType": "image/png", "value": "BASE64URL"} (JSON 4.6.13 and 9).
void append_stream(std::string& out, const Entity& stream);
NewEntity read_stream(std::string address, const boost::json::value& value,
                      const Importer::Report& report);

}  // namespace graphmock::store
