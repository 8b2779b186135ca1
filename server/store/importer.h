// Puts entities in place as fixture files and the control plane give them: with contained
// entities nested in them and references by "@odata.bind", whatever the rules of a PATCH say, but
// never what the model cannot hold.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/models.h"
#include "model/representation.h"
#include "store/locate.h"
#include "store/reading.h"
#include "store/store.h"

namespace graphmock::store {

class Importer {
 public:
  // Where an entity is put.
  struct Place {
    std::string list;
    // An entity's declared type as each version has it; not empty.
    std::vector<Declared> declared;
    Home home;  // where the list's entities live, if not in it
    // Of the one entity that is meant; empty: one more of a collection, known by its own key.
    std::string address;
    std::string key;            // what its key is when the object does not say
    bool is_single = false;     // the list holds one at most, with or without a key
    bool is_reference = false;  // what is put lives elsewhere, and is named here

    // Where the list's entities live.
    const std::string& home_list() const { return home.list.empty() ? list : home.list; }
  };
  using Report = std::function<void(std::string_view pointer, std::string message)>;

  // Replace puts in place what a test asks for, such as a saved answer of the service: properties
  // that the model does not declare and values that it has otherwise are kept, and told as
  // warnings(). Refuse is as strict as the service: none of those, no second entity at an address,
  // no abstract type, no key that is not the address's.
  enum class Existing { Replace, Refuse };

  // One that no other entity of the collection at that address has or had.
  using MakeId = std::function<std::string(const model::StructuredType& type,
                                           const boost::json::object& properties,
                                           const LayerView& view, std::string_view collection)>;

  // What to refer to where nothing is at a URL; null for nothing.
  using MakeTarget = std::function<EntityPtr(const std::string& url)>;

  // What a service does of its own with each entity that is put, a nested one as any other.
  class Rules {
   public:
    virtual ~Rules() = default;
    // Reports what is wrong with an object that the model has nothing against, or throws
    // http::Error.
    virtual void check(const Place& place, const model::StructuredType& type,
                       const boost::json::object& object, const Report& report) const = 0;
    // Of a new entity with its key, before it is stored: adds to its properties, or throws
    // http::Error where there must not be such a one. `list` is the one that will hold it.
    virtual void complete(const Place& place, const std::string& list, const std::string& address,
                          const model::StructuredType& type,
                          boost::json::object& properties) const = 0;
  };

  // With `make_id` an entity that lacks its key is given one; without, that is a problem. Without
  // `rules`, which must outlive the importer, what is put is stored as it is.
  Importer(const model::Models& models, model::EnumRule enums, Store::Write& write,
           Existing existing, MakeId make_id, MakeTarget make_target = {},
           const Rules* rules = nullptr)
      : models_(models),
        enums_(enums),
        write_(write),
        existing_(existing),
        make_id_(std::move(make_id)),
        make_target_(std::move(make_target)),
        rules_(rules) {}

  // Adds the entity or replaces the one that is there. Gives the address; empty when there was a
  // problem.
  std::string put(const Place& place, const boost::json::object& object, const Report& report);
  // What "navigation@odata.bind" of `owner`, an address, says: collected for bind_references().
  void bind(const std::string& owner, const model::Representation::Bind& bind,
            const Report& report);
  // Resolves the references collected so far; their targets have to be there by now.
  void bind_references();

  // What was kept although the model has it otherwise.
  const std::vector<model::Problem>& warnings() const { return warnings_; }

 private:
  // Points to no navigation property: a type's may move while fixtures give it addresses.
  struct PendingBind {
    std::string list;
    bool is_collection;
    const model::StructuredType* type;  // of what may be referred to
    std::vector<std::string> targets;
    std::string pointer;
    Report report;
  };

  // Nothing when there was a problem.
  std::optional<Reading> read(const Place& place, const boost::json::object& object,
                              const Report& report);
  // Its address and whether its key is as the place has it; nothing when it has none.
  std::string address_of(const Place& place, Reading& reading, const Report& report) const;
  std::string address_of_named(const Place& place, const boost::json::object& object) const;
  bool store(const Place& place, const std::string& address, const std::string& list,
             Reading& reading, const Report& report);
  // What says which folder it lies in is listed there too.
  void put_in_folder(const std::string& address, const Reading& reading);
  bool refer_to_known(const Place& place, const boost::json::value& value);
  void store_nested(const std::string& owner, const Reading& reading,
                    const model::Representation::Nested& nested, const Report& report);
  const model::Models& models_;
  const model::EnumRule enums_;
  Store::Write& write_;
  const Existing existing_;
  const MakeId make_id_;
  const MakeTarget make_target_;
  const Rules* const rules_;
  std::vector<PendingBind> pending_;
  std::vector<model::Problem> warnings_;
};

// The entity at a resource path, its segments without escapes, in any version; null when there is
// none.
EntityPtr entity_at_path(const model::Models& models, const LayerView& view,
                         const std::vector<std::string>& segments);
// The same for a URL or a resource path as a URL has it.
EntityPtr entity_at_url(const model::Models& models, const LayerView& view, std::string_view url);

// The place of what a target's location addresses, as `model` declares it.
Importer::Place place_at(const Location& location, const odata::Target& target);

// The place that a navigation property of an entity is.
Importer::Place place_below(const LayerView& view, const std::string& owner,
                            const model::Model& model, const model::StructuredType& type,
                            const model::NavigationProperty& navigation);

// Makes, with nothing but its key, every entity that the target leads through and that is not
// there. False when one cannot be made, as what stands in a path of names.
bool make_owners(Importer& importer, const model::Models& models, const LayerView& view,
                 const odata::Target& target, std::string_view me, const Importer::Report& report);

}  // namespace graphmock::store
