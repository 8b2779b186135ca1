// One entity on its way from what it is to what a body makes of it: what PATCH, PUT, writes to a
// property's path and entities nested in a body have in common (PRO 11.4.3).
#pragma once

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "facts/type_facts.h"
#include "graph/resource.h"
#include "graph/transaction.h"
#include "model/representation.h"

namespace graphmock::graph {

// What it throws, http::Error (400) for a body that is wrong, leaves the transaction not to be
// committed.
class Change {
 public:
  // `found` may be without entity: then one is made at its location.
  Change(Transaction& transaction, Found found);

  // Of the type that the entity is seen as: its own, or, in a version that lacks that, the one that
  // the address declares.
  const model::StructuredType& type() const { return type_; }
  const facts::TypeFacts& facts() const { return facts_; }
  // As it is before the first of the next three.
  const boost::json::object& properties() const { return merged_; }

  // Takes a property away, so that what a body says of it is not merged with what was there.
  void clear(const std::vector<const model::Property*>& path);
  // `pointer` is where the body stands, for messages.
  void merge_in(const boost::json::object& body, const std::string& pointer = "");
  void replace_by(const boost::json::object& body);

  // What has become of it.
  const store::EntityPtr& entity() const { return entity_; }
  const store::Location& location() const { return location_; }

 private:
  // What a client cannot set it cannot take away either.
  bool is_kept(std::string_view name) const;
  model::Representation read(const boost::json::object& body, const std::string& pointer) const;
  void put(const model::Representation& changes);
  void store(const model::Representation& changes);

  Transaction& transaction_;
  const store::Location location_;
  const store::EntityPtr old_;
  const model::StructuredType* const own_type_;
  const model::StructuredType& type_;
  const facts::TypeFacts& facts_;
  boost::json::monotonic_resource memory_;  // of what is parsed and merged
  boost::json::object merged_;
  bool has_lost_ = false;  // something of what it had, on the way
  store::EntityPtr entity_;
};

}  // namespace graphmock::graph
