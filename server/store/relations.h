// What the model does not say of its navigation properties: which are the inverse of which, which
// follow from others, and which are second ways to entities that live elsewhere. Tables, and what
// the store asks of them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "store/layer_view.h"

namespace graphmock::store {

// The navigation that leads back to the owner: of (group, members) it is "memberOf". Empty when
// none does.
std::string_view inverse_of(const Entity& owner, std::string_view navigation);

// The other way round: of (group, memberOf), what it is that a group lists by "members". Empty
// when the owner has no such navigation.
std::string_view navigation_behind(const Entity& owner, std::string_view inverse);

// Of "transitiveMembers" it is "members", all the way down. Empty for one that is stored itself.
std::string_view closure_of(std::string_view navigation);

// Of "calendarView" it is "events": the same entities, only chosen by the query.
std::string_view selection_of(std::string_view navigation);

// Where the entities live that a second way leads to.
struct Home {
  std::string list;          // empty: where the navigation says itself
  bool is_listed = true;     // whether what is created by the second way is listed at home too
  bool is_same_key = false;  // single-valued: the entity there has its owner's key
};

// `owner` is the address of an entity of `type`, which has the navigation.
Home home_of(const LayerView& view, std::string_view owner, const model::StructuredType& type,
             std::string_view navigation);

bool has_home(const model::StructuredType& type, std::string_view navigation);

// A property that says in which folder of its mailbox an entity lies: of a message
// "parentFolderId". Empty when the type has none.
std::string_view folder_property(const model::StructuredType& type);
// The list of the folder of that id, a second way to the entity at `address`. Empty when the
// entity is in no mailbox.
std::string folder_list(const model::StructuredType& type, std::string_view address,
                        std::string_view folder_id);
// The id of the folder in which an entity of the collection `list` lies if nobody says which.
// Empty when there is none.
std::string default_folder(const LayerView& view, const model::StructuredType& type,
                           std::string_view list);

// Whether the list at that address is a second way, so that its entities go with its owner.
bool is_second_way(const LayerView& view, std::string_view list);

// By what other names than its key an entity of the type may be asked for: a user's
// userPrincipalName, the name of a worksheet, a well-known mail folder, a site's host or "root".
// Null when the list has none like that.
EntityPtr find_by_name(const LayerView& view, std::string_view list,
                       const model::StructuredType& type, std::string_view name);
// By the values of properties, compared as the service does, without case, among those that are
// wanted; null wants all.
using IsWantedEntity = std::function<bool(const Entity& entity)>;
EntityPtr find_by_properties(
    const LayerView& view, std::string_view list,
    const std::vector<std::pair<std::string_view, std::string>>& properties,
    const IsWantedEntity& is_wanted = nullptr);
// The item at `path` below another one: children by their names, sites by their URL.
EntityPtr find_by_path(const LayerView& view, const EntityPtr& from, std::string_view path);

}  // namespace graphmock::store
