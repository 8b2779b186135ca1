// What a request addresses, found in the store, as every handler needs it.
#pragma once

#include "graph/call.h"
#include "store/importer.h"
#include "store/locate.h"

namespace graphmock::graph {

class Transaction;

store::Location locate(const Call& call, const Context& context, const store::LayerView& view,
                       const odata::Target& target);

struct Found {
  store::Location location;
  store::EntityPtr entity;  // null where none is there, and of a collection
};

// An entity of another type than the address's is none. Throws http::Error: 404 when something on
// the way to what is addressed is missing.
Found find(const Call& call, const Context& context, const store::LayerView& view,
           const odata::Target& target);
// The same in the store as it is now.
Found find_addressed(const Call& call, const Context& context, const odata::Target& target);

// 404 with the words of the service.
[[noreturn]] void throw_not_found(std::string_view key);
// The key or name by which a path names what it addresses last. For messages.
std::string_view last_name(const odata::Target& target);

// A singleton, or what behaves like one: it can be written to though nothing has been stored yet.
bool is_always_there(const odata::Target& target);

// Collects problems with a body, to be thrown together.
class Problems {
 public:
  store::Importer::Report report();
  void throw_if_any() const;

 private:
  std::vector<model::Problem> problems_;
};

// Whether the owner of what the target addresses, the entity that its last navigation begins at,
// is in the store; true where there is none. What is said below a known owner has to be right; an
// owner that is not known is taken on trust, and so is what is said of it.
bool is_owner_known(const Call& call, const Context& context, const store::LayerView& view,
                    const odata::Target& target);
// A write goes through entities that the fixtures need not have: each that is missing is made,
// with its key alone. Throws http::Error: 404 where that cannot be.
void make_owners(Transaction& transaction, const odata::Target& target);
// The same for the entity that a URL names, and for its owners. Throws http::Error: 400 where the
// URL is that of no entity.
store::EntityPtr make_target(Transaction& transaction, const std::string& url);

}  // namespace graphmock::graph
