// Which properties an answer shows: what $select asks for (URL 5.1.3), checked against the type.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/query.h"

namespace graphmock::graph {

class SelectedItems;

class Selection {
 public:
  // Null when `query` selects nothing in particular. Throws http::Error (400) that names a property
  // that the type does not have.
  static std::shared_ptr<const Selection> of(const odata::Query& query, const model::Model& model,
                                             const model::StructuredType& type);

  // "*" is among what is selected: nothing is left out, not even what is shown on demand alone.
  bool shows_all() const { return has_star_; }
  // Whether a navigation property is asked for, which then shows its links.
  bool names(std::string_view navigation) const;

  // Leaves what is selected, control information aside. What the type declares and the entity does
  // not say is null. `items` narrows collections by the options within $select.
  void apply(boost::json::object& entity, const model::StructuredType& type,
             SelectedItems& items) const;

  // Whether it asks for whole properties by their names and no more, so that append_shown() does.
  bool is_plain() const { return is_plain_; }
  // What apply() leaves of the entity, without parsing it: behind the '{' or the member that `out`
  // ends with, up to the '}'. `entity_text` as store::Entity has it.
  void append_shown(std::string& out, std::string_view entity_text,
                    const model::StructuredType& type) const;

  // "id,displayName,mailboxSettings/timeZone", as a context URL has it.
  const std::string& to_string() const { return text_; }

 private:
  struct Part {
    std::string name;
    const model::StructuredType* of;  // what is of this type alone shows it; null: all do
    bool is_whole = false;            // else of a complex property these parts alone
    std::vector<Part> parts;
    std::shared_ptr<const odata::Query> options;  // that narrow a collection; null for none
  };
  // A name on the way that an item of $select describes.
  struct Step {
    std::string name;
    const model::StructuredType* of;
    const model::Property* property;  // null for a navigation property or a dynamic one
  };
  struct Path {
    std::vector<Step> steps;
    std::string text;
  };

  static Path path_of(const std::vector<std::string>& names, const model::Model& model,
                      const model::StructuredType& type);
  // `it` is the type that the whole selection is of.
  void take(const odata::SelectItem& item, const model::Model& model,
            const model::StructuredType& type, const model::StructuredType& it, const Path& before);
  Part& part_at(const Path& path);
  void say(std::string_view text);

  static bool applies(const Part& part, const model::StructuredType* type);
  static boost::json::object shown(const std::vector<Part>& parts, boost::json::object object,
                                   const model::StructuredType* type, SelectedItems& items);
  static void show_inside(const Part& part, boost::json::value& value,
                          const model::StructuredType* declared, SelectedItems& items);

  std::vector<Part> parts_;
  std::vector<std::string> shown_too_;  // where the entity has them
  bool has_star_ = false;
  bool is_plain_ = false;
  std::string text_;
};

// What `query` selects of entities of the type, which have what its $compute gives them too. Throws
// as Selection::of() does.
std::shared_ptr<const Selection> selection_of(const odata::Query& query, const model::Model& model,
                                              const model::StructuredType& type);

// What $select and $expand show, as a context URL has it: "id,manager(displayName)"; empty where
// neither is given.
std::string select_list(const odata::Query& query, const Selection* selection,
                        const model::Model& model, const model::StructuredType& type);

}  // namespace graphmock::graph
