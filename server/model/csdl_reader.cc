#include "model/csdl_reader.h"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include "base/file.h"
#include "base/text.h"

namespace graphmock::model {

// In three passes, since a type may be named before it is declared: the names of all types, then
// what they consist of, then operations and the container.
class CsdlReader {
 public:
  CsdlReader(Model& model, const std::string& file_name, std::string_view text,
             base::LoadErrors& errors)
      : model_(model), file_name_(file_name), text_(text), errors_(errors) {}

  void read() {
    pugi::xml_document document;
    const auto result =
        document.load_buffer(text_.data(), text_.size(), pugi::parse_minimal | pugi::parse_escapes);
    if (!result) {
      return problem_at(result.offset, std::string("not well-formed XML: ") + result.description());
    }
    const auto services = document.child("edmx:Edmx").child("edmx:DataServices");
    if (!services.child("Schema")) {
      return problem_at(0, "no CSDL: expected edmx:Edmx / edmx:DataServices / Schema");
    }
    // A broken or circular type tree cannot be walked, so the first two passes end at a problem.
    for (const auto schema : services.children("Schema")) declare_schema(schema);
    if (!errors_.empty()) return;
    for (const auto schema : services.children("Schema")) link_bases(schema);
    if (!errors_.empty()) return;
    for (const auto schema : services.children("Schema")) read_members(schema);
    for (const auto schema : services.children("Schema")) read_annotations(schema);
    for (auto& [name, type] : model_.structured_types_) inherit(*type);
    for (const auto schema : services.children("Schema")) read_operations(schema);
    for (const auto schema : services.children("Schema")) {
      for (const auto container : schema.children("EntityContainer")) read_container(container);
    }
  }

 private:
  void problem_at(ptrdiff_t offset, std::string what) {
    const auto end = text_.begin() + std::clamp<ptrdiff_t>(offset, 0, std::ssize(text_));
    const auto line = static_cast<size_t>(std::count(text_.begin(), end, '\n')) + 1;
    errors_.push_back({file_name_, line, std::move(what)});
  }
  void problem(pugi::xml_node node, std::string what) {
    problem_at(node.offset_debug(), std::move(what));
  }

  static bool flag(pugi::xml_node node, const char* attribute, bool otherwise) {
    const std::string_view value = node.attribute(attribute).value();
    return value.empty() ? otherwise : value == "true";
  }

  std::string_view required(pugi::xml_node node, const char* attribute) {
    const std::string_view value = node.attribute(attribute).value();
    if (value.empty()) {
      problem(node, std::string(node.name()) + " lacks the attribute '" + attribute + "'");
    }
    return value;
  }

  std::string qualified(pugi::xml_node schema, std::string_view name) {
    return std::string(schema.attribute("Namespace").value()) + "." + std::string(name);
  }

  void declare_schema(pugi::xml_node schema) {
    const auto name_space = required(schema, "Namespace");
    model_.namespaces_.insert(base::lower_case(name_space));
    if (const std::string_view alias = schema.attribute("Alias").value(); !alias.empty()) {
      model_.aliases_.emplace(model_.intern(alias), model_.intern(name_space));
    }
    for (const auto node : schema.children()) {
      const std::string_view kind = node.name();
      if (kind == "EntityType" || kind == "ComplexType") declare_type(schema, node);
      if (kind == "EnumType") read_enum(schema, node);
    }
  }

  bool is_declared(std::string_view name) const {
    return model_.structured_types_.contains(name) || model_.enum_types_.contains(name);
  }

  void declare_type(pugi::xml_node schema, pugi::xml_node node) {
    const auto name = model_.intern(qualified(schema, required(node, "Name")));
    if (is_declared(name))
      return problem(node, "type '" + std::string(name) + "' is declared twice");
    auto type = std::make_unique<StructuredType>();
    type->name = name;
    type->is_entity = std::string_view(node.name()) == "EntityType";
    type->is_abstract = flag(node, "Abstract", false);
    type->is_open = flag(node, "OpenType", false);
    type->has_stream = flag(node, "HasStream", false);
    model_.structured_types_.emplace(name, std::move(type));
  }

  void read_enum(pugi::xml_node schema, pugi::xml_node node) {
    const auto name = model_.intern(qualified(schema, required(node, "Name")));
    if (is_declared(name))
      return problem(node, "type '" + std::string(name) + "' is declared twice");
    auto type = std::make_unique<EnumType>();
    type->name = name;
    type->is_flags = flag(node, "IsFlags", false);
    int64_t next = 0;
    for (const auto child : node.children("Member")) {
      const std::string_view value = child.attribute("Value").value();
      const auto end = value.data() + value.size();
      if (!value.empty()) {
        const auto result = std::from_chars(value.data(), end, next);
        if (result.ec != std::errc() || result.ptr != end) {
          problem(child, "'" + std::string(value) + "' is no 64-bit integer");
        }
      }
      const auto member = model_.intern(required(child, "Name"));
      if (member == "unknownFutureValue") type->is_evolvable = true;
      type->members.push_back({member, next});
      if (next < INT64_MAX) ++next;
    }
    model_.enum_types_.emplace(name, std::move(type));
  }

  StructuredType& declared(pugi::xml_node schema, pugi::xml_node node) {
    return *model_.structured_types_.at(qualified(schema, node.attribute("Name").value()));
  }

  template <typename Visit>
  void for_each_structured(pugi::xml_node schema, Visit visit) {
    for (const auto node : schema.children()) {
      const std::string_view kind = node.name();
      if (kind == "EntityType" || kind == "ComplexType") visit(node, declared(schema, node));
    }
  }

  void link_bases(pugi::xml_node schema) {
    for_each_structured(schema, [this](pugi::xml_node node, StructuredType& type) {
      const std::string_view base_name = node.attribute("BaseType").value();
      if (base_name.empty()) return;
      const auto* ancestor = model_.structured_type(base_name);
      if (!ancestor || ancestor->is_entity != type.is_entity) {
        return problem(node, "unknown base type '" + std::string(base_name) + "'");
      }
      if (ancestor->derives_from(type)) {
        return problem(node, "'" + std::string(type.name) + "' derives from itself");
      }
      type.base = ancestor;
    });
  }

  void read_members(pugi::xml_node schema) {
    for_each_structured(schema, [this](pugi::xml_node node, StructuredType& type) {
      for (const auto reference : node.child("Key").children("PropertyRef")) {
        type.key.push_back(model_.intern(required(reference, "Name")));
      }
      for (const auto child : node.children("Property")) {
        const auto property_type = read_type(child, "Type");
        Property property{model_.intern(required(child, "Name")), property_type,
                          flag(child, "Nullable", true)};
        property.has_default = child.attribute("DefaultValue");
        property.is_computed = is_computed(child);
        type.properties.push_back(property);
      }
      for (const auto child : node.children("NavigationProperty")) {
        read_navigation(child, type);
      }
      sort_members(node, type.properties);
      sort_members(node, type.navigations);
      read_alternate_keys(node, type);
    });
  }

  static bool is_computed(pugi::xml_node annotated) {
    for (const auto annotation : annotated.children("Annotation")) {
      const std::string_view term = annotation.attribute("Term").value();
      if (term == "Org.OData.Core.V1.Computed") return flag(annotation, "Bool", true);
      if (term == "Org.OData.Core.V1.Permissions") {
        const std::string_view permission = annotation.child_value("EnumMember");
        if (permission == "Org.OData.Core.V1.Permission/Read") return true;
      }
    }
    return false;
  }

  // Annotations that stand apart from what they describe: Target="namespace.type/property".
  void read_annotations(pugi::xml_node schema) {
    for (const auto node : schema.children("Annotations")) {
      const std::string_view target = node.attribute("Target").value();
      const auto slash = target.find('/');
      if (slash == std::string_view::npos || !is_computed(node)) continue;
      const auto found =
          model_.structured_types_.find(model_.resolve_alias(target.substr(0, slash)));
      if (found == model_.structured_types_.end()) continue;
      for (auto& property : found->second->properties) {
        if (property.name == target.substr(slash + 1)) property.is_computed = true;
      }
    }
  }

  // Core.AlternateKeys: a collection of keys, each a collection of PropertyRef records.
  void read_alternate_keys(pugi::xml_node node, StructuredType& type) {
    for (const auto annotation : node.children("Annotation")) {
      if (std::string_view(annotation.attribute("Term").value()) !=
          "Org.OData.Core.V1.AlternateKeys") {
        continue;
      }
      for (const auto key : annotation.child("Collection").children("Record")) {
        std::vector<std::string_view> names;
        for (const auto reference :
             key.child("PropertyValue").child("Collection").children("Record")) {
          const auto name = reference.find_child_by_attribute("PropertyValue", "Property", "Name");
          names.push_back(model_.intern(name.attribute("PropertyPath").value()));
        }
        if (!names.empty()) type.alternate_keys.push_back(std::move(names));
      }
    }
  }

  void read_navigation(pugi::xml_node node, StructuredType& owner) {
    const auto target = read_type(node, "Type");
    if (!target.structured || !target.structured->is_entity) {
      // Edm.EntityType, the abstract ancestor of all, has no members to navigate to.
      if (std::string_view(node.attribute("Type").value()).find("Edm.EntityType") ==
          std::string_view::npos) {
        problem(node, "a navigation property leads to an entity type");
      }
      return;
    }
    NavigationProperty navigation;
    navigation.name = model_.intern(required(node, "Name"));
    navigation.type = target.structured;
    navigation.is_collection = target.is_collection;
    navigation.is_nullable = flag(node, "Nullable", true);
    navigation.is_contained = flag(node, "ContainsTarget", false);
    owner.navigations.push_back(navigation);
  }

  template <typename Member>
  void sort_members(pugi::xml_node node, std::vector<Member>& members) {
    std::sort(members.begin(), members.end(),
              [](const Member& a, const Member& b) { return a.name < b.name; });
    const auto twin =
        std::adjacent_find(members.begin(), members.end(),
                           [](const Member& a, const Member& b) { return a.name == b.name; });
    if (twin != members.end()) {
      problem(node, "'" + std::string(twin->name) + "' is declared twice in '" +
                        node.attribute("Name").value() + "'");
    }
    members.shrink_to_fit();
  }

  // Key and openness come from the nearest ancestor that has them.
  static void inherit(StructuredType& type) {
    for (auto ancestor = type.base; ancestor; ancestor = ancestor->base) {
      if (type.key.empty()) type.key = ancestor->key;
      type.is_open = type.is_open || ancestor->is_open;
      type.has_stream = type.has_stream || ancestor->has_stream;
    }
  }

  // What Graph has in the place of Edm.Untyped: a complex type without members whose values are any
  // JSON, such as the cells of a workbook.
  static constexpr std::string_view kAnyJson = "microsoft.graph.Json";

  TypeRef read_type(pugi::xml_node node, const char* attribute) {
    auto name = required(node, attribute);
    TypeRef type;
    if (name.starts_with("Collection(") && name.ends_with(')')) {
      type.is_collection = true;
      name = name.substr(11, name.size() - 12);
    }
    if (const auto primitive = primitive_named(name)) {
      type.primitive = *primitive;
    } else if (model_.resolve_alias(name) == kAnyJson) {
      type.primitive = Primitive::Untyped;
    } else if (const auto* structured = model_.structured_type(name)) {
      type.structured = structured;
    } else if (const auto* enumeration = model_.enum_type(name)) {
      type.enumeration = enumeration;
    } else if (!name.empty()) {
      problem(node, "unknown type '" + std::string(name) + "'");
    }
    return type;
  }

  void read_operations(pugi::xml_node schema) {
    for (const auto node : schema.children()) {
      const std::string_view kind = node.name();
      if (kind == "Action" || kind == "Function") read_operation(schema, node);
    }
  }

  void read_operation(pugi::xml_node schema, pugi::xml_node node) {
    Operation operation;
    operation.name = model_.intern(required(node, "Name"));
    operation.qualified_name = model_.intern(qualified(schema, operation.name));
    operation.is_function = std::string_view(node.name()) == "Function";
    operation.is_bound = flag(node, "IsBound", false);
    operation.is_composable = flag(node, "IsComposable", false);
    for (const auto child : node.children("Parameter")) {
      const auto type = read_type(child, "Type");
      const bool is_optional = child.find_child_by_attribute("Annotation", "Term",
                                                             "Org.OData.Core.V1.OptionalParameter");
      operation.parameters.push_back({model_.intern(required(child, "Name")), type,
                                      flag(child, "Nullable", true), is_optional});
    }
    if (operation.is_bound) {
      if (operation.parameters.empty()) {
        return problem(node, "the bound operation '" + std::string(operation.name) +
                                 "' lacks its binding parameter");
      }
      operation.binding = operation.parameters.front().type;
      operation.parameters.erase(operation.parameters.begin());
    }
    if (const auto returns = node.child("ReturnType")) {
      operation.returns = read_type(returns, "Type");
    }
    model_.operations_.push_back(std::move(operation));
    const auto& stored = model_.operations_.back();
    model_.operations_by_name_[base::lower_case(stored.name)].push_back(&stored);
  }

  void read_container(pugi::xml_node container) {
    for (const auto node : container.children()) {
      const std::string_view kind = node.name();
      if (kind == "EntitySet") {
        if (const auto* type = container_type(node, "EntityType")) {
          const auto name = model_.intern(required(node, "Name"));
          model_.entity_sets_.emplace(base::lower_case(name), EntitySet{name, type});
        }
      } else if (kind == "Singleton") {
        if (const auto* type = container_type(node, "Type")) {
          const auto name = model_.intern(required(node, "Name"));
          model_.singletons_.emplace(base::lower_case(name), Singleton{name, type});
        }
      } else if (kind == "ActionImport" || kind == "FunctionImport") {
        read_import(node, kind == "ActionImport" ? "Action" : "Function");
      }
    }
  }

  const StructuredType* container_type(pugi::xml_node node, const char* attribute) {
    const auto name = required(node, attribute);
    const auto* type = model_.structured_type(name);
    if (!type || !type->is_entity) problem(node, "unknown entity type '" + std::string(name) + "'");
    return type && type->is_entity ? type : nullptr;
  }

  void read_import(pugi::xml_node node, const char* attribute) {
    const auto wanted = model_.resolve_alias(required(node, attribute));
    std::vector<const Operation*> overloads;
    for (const auto& operation : model_.operations_) {
      if (!operation.is_bound && operation.qualified_name == wanted)
        overloads.push_back(&operation);
    }
    if (!overloads.empty()) {
      model_.imports_.emplace(base::lower_case(required(node, "Name")), std::move(overloads));
      return;
    }
    problem(node, "unknown unbound operation '" + wanted + "'");
  }

  Model& model_;
  const std::string& file_name_;
  std::string_view text_;
  base::LoadErrors& errors_;
};

std::unique_ptr<Model> read_csdl(std::string version, const std::string& file_name,
                                 std::string_view text, base::LoadErrors& errors) {
  auto model = std::make_unique<Model>(std::move(version));
  base::LoadErrors own_errors;
  CsdlReader(*model, file_name, text, own_errors).read();
  errors.insert(errors.end(), own_errors.begin(), own_errors.end());
  return model;
}

std::unique_ptr<Model> load_csdl(std::string version, const std::filesystem::path& file,
                                 base::LoadErrors& errors) {
  const auto text = base::read_file(file, errors);
  if (!text) return nullptr;
  return read_csdl(std::move(version), file.string(), *text, errors);
}

}  // namespace graphmock::model
