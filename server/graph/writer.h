// Writes entities into an answer: control information around the stored text, and of that what
// is asked for. Text that shows as it is stored is copied; all else is parsed and written again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/default_properties.h"
#include "graph/links.h"
#include "graph/node.h"
#include "graph/outlook_preferences.h"
#include "graph/projection.h"
#include "graph/selected_items.h"
#include "store/locate.h"

namespace graphmock::graph {

// To an object that `out` ends in the middle of: a name with its colon, and "name":"value".
void append_name(std::string& out, std::string_view name);
void append_member(std::string& out, std::string_view name, std::string_view value);
// The members of an object's text, and its '}'.
void append_members(std::string& out, std::string_view object_text);

// For one answer.
class Writer {
 public:
  Writer(const Call& call, const Context& context, const Format& format,
         const store::Location& location);

  // An entity of the location, behind control information, so that `out` ends in '{' or in a
  // member.
  void entity(std::string& out, const Node& node, const Selection* selection);

  // What Preference-Applied has to say of it all; may be empty.
  std::string applied_preferences() const { return preferences_.applied(); }

 private:
  // What holds for every entity of a type; neighbours are mostly of one.
  struct Kind {
    std::string_view name;
    const model::StructuredType* type = nullptr;  // null where the version does not have it
    bool has_etag = false;
    const facts::DefaultProperties* defaults = nullptr;
    bool has_preferences = false;
  };

  // `declared` is the type that the place of the entity has; null where its own has to be said.
  // `paths` are where it is found; with full metadata alone, else empty.
  void write(std::string& out, const Node& node, const model::StructuredType* declared,
             const Selection* selection, const EntityPaths& paths);
  void control_information(std::string& out, const store::Entity& entity,
                           const model::StructuredType* declared, const EntityPaths& paths) const;
  void text(std::string& out, const store::Entity& entity, const Selection* selection);
  void navigation_links(std::string& out, const Selection* selection,
                        const std::string& path) const;
  void branch(std::string& out, const Branch& branch, const std::string& owner_path);
  void related(std::string& out, const Node& node, const Branch& branch,
               const std::string& owner_path);
  void look_at(std::string_view type_name);

  const Call& call_;
  const Context& context_;
  const Format& format_;
  const store::Location& location_;
  const Projection projection_;
  OutlookPreferences preferences_;
  std::optional<SelectedItems> selected_items_;
  Kind kind_;
};

}  // namespace graphmock::graph
