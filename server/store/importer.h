// Puts entities in place as fixture files and the control plane give them: with contained
// entities nested in them and references by "@odata.bind", whatever the rules of a PATCH say, but
// never what the model cannot hold.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "model/models.h"
#include "model/representation.h"
#include "store/locate.h"
#include "store/store.h"

namespace graphmock::store {

class Importer {
 public:
  // An entity's declared type as each version has it. What at least one of them allows is right.
  struct Declared {
    const model::Model* model;
    const model::StructuredType* type;
  };
  struct Place {
    std::string list;
    std::vector<Declared> declared;  // not empty
    // The list refers to entities that live elsewhere: directory objects in their pool, others,
    // for which no path tells a home, under the list itself.
    bool is_reference = false;
  };
  using Report = std::function<void(std::string_view pointer, std::string message)>;

  // Replace puts in place what a test asks for; Refuse is as strict as the service: no second
  // entity at an address, no abstract type, no key that is not the address's.
  enum class Existing { Replace, Refuse };

  // With `ids` an entity that lacks its key is given one; without, that is a problem.
  Importer(const model::Models& models, model::EnumRule enums, Store::Write& write,
           Existing existing, base::IdSource* ids)
      : models_(models), enums_(enums), write_(write), existing_(existing), ids_(ids) {}

  // Adds the entity to the collection, or replaces the one that has its key; of a list of
  // references, the entity at its home. Gives the address; empty when there was a problem.
  std::string put_in_collection(const Place& place, const boost::json::object& object,
                                const Report& report);
  // At an address of its own: a key that the path has, a singleton, a single-valued navigation.
  // `key` is what the entity's key property is when the object does not say.
  void put_at(const std::string& address, const Place& place, std::string_view key,
              const boost::json::object& object, const Report& report);
  // Resolves the references collected so far; their targets have to be there by now.
  void bind_references();

 private:
  struct Reading;
  // Points to no navigation property: a type's may move while fixtures give it addresses.
  struct PendingBind {
    std::string list;
    bool is_collection;
    const model::StructuredType* type;  // of what may be referred to
    std::vector<std::string> targets;
    std::string pointer;
    Report report;
  };

  bool read(const Place& place, const boost::json::object& object, const Report& report,
            Reading& reading) const;
  void store(const std::string& address, const Place& place, Reading& reading,
             const Report& report);
  void store_nested(const std::string& owner, const Reading& reading,
                    const model::Representation::Nested& nested, const Report& report);
  EntityPtr entity_at(std::string_view url) const;  // null: nothing there

  const model::Models& models_;
  const model::EnumRule enums_;
  Store::Write& write_;
  const Existing existing_;
  base::IdSource* const ids_;
  std::vector<PendingBind> pending_;
};

}  // namespace graphmock::store
