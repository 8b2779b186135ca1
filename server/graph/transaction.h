// The one door by which requests and operations write, from the first look at the store to the
// commit. Every entity that is staged comes through here, whoever brings it: the body of a POST
// and what is nested in it, a PATCH, a copy, a stream, an operation. So each gets what the service
// writes of its own (entity_rules.h), and none can go past.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "graph/call.h"
#include "graph/entity_rules.h"
#include "store/importer.h"
#include "store/store.h"

namespace graphmock::graph {

// What is thrown while it is open, http::Error, leaves it not to be committed. One thread's.
class Transaction {
 public:
  // Both must outlive it.
  Transaction(const Call& call, const Context& context);

  const Call& call() const { return call_; }
  const Context& context() const { return context_; }
  // With what is staged.
  const store::LayerView& view() const { return write_.view(); }
  store::EntityPtr find(std::string_view address) const { return write_.find(address); }
  store::Location locate(const odata::Target& target) const;
  const EntityRules& rules() const { return rules_; }

  // Puts new entities in place as bodies say them, as strict as the service. With `make_target`
  // also what references name and the store lacks. It must not outlive the transaction.
  store::Importer importer(store::Importer::MakeTarget make_target = {});
  // One that believes what it is told: for entities that a request takes for granted.
  store::Importer trusting_importer();

  // The body's entity, with those that are nested in it.
  store::EntityPtr create(const store::Importer::Place& place, const boost::json::object& body,
                          store::Importer::MakeTarget make_target = {});
  // One that the service makes.
  store::EntityPtr make(const std::string& address, const std::string& list,
                        const model::StructuredType& type, boost::json::object properties);
  // One that stays where it is, or, where none is stored yet, was there always. `properties` are
  // all that it will have, and are given its tags and its time.
  store::EntityPtr change(const std::string& address, const std::string& list,
                          const model::StructuredType& type, boost::json::object& properties);
  // The same of an entity that is there, as its own type has it.
  store::EntityPtr change(const store::Entity& entity, boost::json::object& properties);
  // With everything it contains, to another address at the end of `list`, changed as well.
  store::EntityPtr move(const store::Entity& from, std::string address, const std::string& list,
                        boost::json::object properties);
  // The same, and it stays: the copy has an id of its own.
  store::EntityPtr copy(const store::Entity& from, const std::string& list,
                        boost::json::object properties);
  store::EntityPtr put_stream(const std::string& address, std::string_view media_type,
                              std::string_view bytes);
  // With everything it contains and every reference to it or to them.
  void remove(std::string_view address) { write_.remove(address); }

  void link(std::string_view list, std::string_view target) { write_.add_reference(list, target); }
  void unlink(std::string_view list, std::string_view target) {
    write_.remove_reference(list, target);
  }
  void unlink_all(std::string_view list) { write_.clear_references(list); }
  // Whom an entity that is back refers to, or is referred to by, knows it again.
  void return_links(std::string_view address) { write_.return_references(address); }

  // It makes room: no limit of what is kept holds it up.
  void store_anyway() { write_.store_anyway(); }
  void commit() { write_.commit(); }

 private:
  const Call& call_;
  const Context& context_;
  store::Store::Write write_;
  const EntityRules rules_;
};

}  // namespace graphmock::graph
