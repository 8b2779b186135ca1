// What one version of the service declares: its types, sets, singletons and operations, as a
// CSDL document has them (CSDL 4.01). Built once by read_csdl(), then immutable and shared by all
// threads; every pointer and view in it lives as long as the Model.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/primitive.h"

namespace graphmock::facts {
struct TypeFacts;
struct OperationFacts;
}  // namespace graphmock::facts

namespace graphmock::model {

struct StructuredType;

struct EnumMember {
  std::string_view name;
  int64_t value;
};

struct EnumType {
  std::string_view name;  // qualified
  bool is_flags = false;
  bool is_evolvable = false;  // declares unknownFutureValue: members may come that it does not list
  std::vector<EnumMember> members;

  // Whatever its case: the service takes "HTML" for "html".
  const EnumMember* member(std::string_view member_name) const;
};

// The type of a property, parameter or return value.
struct TypeRef {
  Primitive primitive = Primitive::Untyped;  // where neither of the next two is set
  const EnumType* enumeration = nullptr;
  const StructuredType* structured = nullptr;
  bool is_collection = false;

  std::string name() const;  // "Collection(Edm.String)"
  // Whether it, or its items, are of that primitive type.
  bool is(Primitive wanted) const { return !enumeration && !structured && primitive == wanted; }
};

struct Property {
  std::string_view name;
  TypeRef type;
  bool is_nullable = true;  // of a collection: its items
  bool has_default = false;
  bool is_computed = false;  // the service alone sets it (Core.Computed, Core.Permissions Read)
};

struct NavigationProperty {
  std::string_view name;
  const StructuredType* type = nullptr;
  bool is_collection = false;
  bool is_nullable = true;
  bool is_contained = false;
  bool is_added = false;  // not in the CSDL: a fixture file gave the type this address
};

// An entity type or a complex type.
struct StructuredType {
  StructuredType();

  // No other type of this process has it or will have it, whatever models come and go. From 1.
  const uint64_t identity;
  std::string_view name;  // qualified: "microsoft.graph.user"
  const StructuredType* base = nullptr;
  bool is_entity = false;
  bool is_abstract = false;
  bool is_open = false;  // its own or an ancestor's OpenType
  bool has_stream = false;
  std::vector<std::string_view> key;  // own or inherited; empty where there is none
  // Own ones (Core.AlternateKeys): each one property, or several that identify together.
  std::vector<std::vector<std::string_view>> alternate_keys;
  std::vector<Property> properties;             // own, sorted by name
  std::vector<NavigationProperty> navigations;  // own, sorted by name
  const facts::TypeFacts* facts = nullptr;      // facts/fact_set.h joins them; null: none

  // Own or inherited. JSON names are matched to the letter, path segments without case.
  const Property* property(std::string_view name) const;
  const NavigationProperty* navigation(std::string_view name) const;
  const Property* property_ignoring_case(std::string_view name) const;
  const NavigationProperty* navigation_ignoring_case(std::string_view name) const;

  bool is_key(std::string_view property_name) const;
  // Whether these, in any order, are the properties of an alternate key, own or inherited.
  bool has_alternate_key(const std::vector<std::string_view>& names) const;

  bool derives_from(const StructuredType& ancestor) const;  // or is it
  bool derives_from(std::string_view ancestor_name) const;
  // Every property and navigation property name, inherited ones too. For messages.
  std::vector<std::string_view> member_names() const;
};

// For messages: "Could not find a property named 'x' on type 'y'.", and which may be meant where
// one is near.
std::string no_such_property(std::string_view name, const StructuredType& type);

struct Parameter {
  std::string_view name;
  TypeRef type;
  bool is_nullable = true;
  bool is_optional = false;  // Core.OptionalParameter
};

// An action or a function; overloads are several Operations of one name.
struct Operation {
  std::string_view name;            // "getByIds"
  std::string_view qualified_name;  // "microsoft.graph.getByIds"
  bool is_function = false;
  bool is_bound = false;
  bool is_composable = false;
  std::vector<Parameter> parameters;  // of a bound one without the binding parameter
  TypeRef binding;                    // of a bound one
  std::optional<TypeRef> returns;
  const facts::OperationFacts* facts = nullptr;  // as those of a type

  // Whatever its case: the reference and the model do not always agree.
  const Parameter* parameter(std::string_view parameter_name) const;
};

struct EntitySet {
  std::string_view name;
  const StructuredType* type = nullptr;
  bool is_added = false;  // as for NavigationProperty
};

struct Singleton {
  std::string_view name;
  const StructuredType* type = nullptr;
};

class Model {
 public:
  explicit Model(std::string version) : version_(std::move(version)) {}
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  const std::string& version() const { return version_; }  // "v1.0"

  // By qualified name, or by one whose namespace is a schema's alias.
  const StructuredType* structured_type(std::string_view name) const;
  const EnumType* enum_type(std::string_view name) const;
  // For path segments: slower where the case differs, and quick for what names no namespace.
  const StructuredType* structured_type_ignoring_case(std::string_view name) const;

  // Case does not matter in these three: they are matched against path segments.
  const EntitySet* entity_set(std::string_view name) const;
  const Singleton* singleton(std::string_view name) const;
  // The one set, of those that the CSDL has, whose entities are declared to be of just that type;
  // null when there are several.
  const EntitySet* entity_set_of(const StructuredType& type) const;
  // The unbound operation that an import of that name gives.
  const Operation* import(std::string_view name,
                          const std::vector<std::string_view>& arguments = {}) const;
  // The bound operation that fits, by its plain or qualified name: bound to the type itself or to
  // the nearest ancestor, to the collection or to one entity. Of overloads the one that takes just
  // `arguments`, or else the one with the fewest parameters.
  const Operation* bound_operation(std::string_view name, const StructuredType& type,
                                   bool is_collection,
                                   const std::vector<std::string_view>& arguments = {}) const;

  template <typename Visit>
  void for_each_structured_type(Visit visit) const {
    for (const auto& [name, type] : structured_types_) visit(*type);
  }
  template <typename Visit>
  void for_each_operation(Visit visit) const {
    for (const auto& operation : operations_) visit(operation);
  }
  // Before the model is shared.
  template <typename Visit>
  void for_each_structured_type(Visit visit) {
    for (const auto& [name, type] : structured_types_) visit(*type);
  }
  template <typename Visit>
  void for_each_operation(Visit visit) {
    for (auto& operation : operations_) visit(operation);
  }
  // What types and operations of the model point to.
  void keep(std::shared_ptr<const void> pointed_to) { kept_.push_back(std::move(pointed_to)); }
  size_t type_count() const { return structured_types_.size() + enum_types_.size(); }
  // Names of all sets and singletons. For messages.
  std::vector<std::string_view> root_names() const;

  // Gives a collection an address that the CSDL has none for; fixtures do, before the model is
  // shared. No-op when the name is taken.
  void add_entity_set(std::string_view name, const StructuredType& type);
  void add_navigation(const StructuredType& owner, std::string_view name,
                      const StructuredType& type);

 private:
  friend class CsdlReader;

  std::string_view intern(std::string_view text);
  std::string resolve_alias(std::string_view name) const;
  // The operation's binding type's place among the ancestors of `type`, 0 for itself; nothing
  // when it does not fit.
  static std::optional<int> binding_distance(const Operation& operation, const StructuredType& type,
                                             bool is_collection);

  std::string version_;
  std::unordered_set<std::string> names_;
  std::unordered_map<std::string_view, std::string_view> aliases_;  // alias to namespace
  std::unordered_set<std::string> namespaces_;                      // in lower case
  std::unordered_map<std::string_view, std::unique_ptr<StructuredType>> structured_types_;
  std::unordered_map<std::string_view, std::unique_ptr<EnumType>> enum_types_;
  std::deque<Operation> operations_;
  // By plain name in lower case; an operation's overloads in the order of the document.
  std::unordered_map<std::string, std::vector<const Operation*>> operations_by_name_;
  // By name in lower case.
  std::unordered_map<std::string, EntitySet> entity_sets_;
  std::unordered_map<std::string, Singleton> singletons_;
  // The overloads of the operation that is imported.
  std::unordered_map<std::string, std::vector<const Operation*>> imports_;
  std::vector<std::shared_ptr<const void>> kept_;
};

}  // namespace graphmock::model
