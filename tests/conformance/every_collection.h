// A server with the shipped models or with the service's own, and bodies for entities of any of
// their types: for tests of every collection that the models have.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/json.h"
#include "facts/type_facts.h"
#include "model/csdl_reader.h"
#include "support/project_data.h"
#include "support/test_server.h"

namespace graphmock {

inline std::map<std::string, std::filesystem::path> full_models() {
  const std::filesystem::path data = GRAPHMOCK_TEST_SOURCE_DIR "/../shared/data";
  return {{"v1.0", data / "v1.0.csdl.xml"}, {"beta", data / "beta.csdl.xml"}};
}

class EveryCollection : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    auto options = support::shipped_options();
    if (GetParam()) options.metadata = full_models();
    if (!std::filesystem::exists(options.metadata["v1.0"]))
      GTEST_SKIP() << "no CSDL of the service";
    for (const auto& [version, file] : options.metadata) {
      base::LoadErrors errors;
      models_.add(model::load_csdl(version, file, errors));
    }
    for (const auto& model : models_.all()) support::shipped_facts().join(*model);
    server_ = std::make_unique<support::TestServer>(options);
  }

  // A type that an entity can be of: the declared one, or the first that derives from it.
  static std::string concrete_type(const model::Model& model, const model::StructuredType& type) {
    if (!type.is_abstract) return std::string(type.name);
    std::string best;
    model.for_each_structured_type([&](const model::StructuredType& other) {
      if (other.is_abstract || !other.derives_from(type)) return;
      if (best.empty() || other.name < best) best = other.name;
    });
    return best;
  }

  base::json::value example(const model::TypeRef& type) {
    using model::Primitive;
    if (type.is_collection) return base::json::array();
    if (type.structured) return base::json::object();
    if (type.enumeration) return base::json::string(type.enumeration->members.front().name);
    switch (type.primitive) {
      case Primitive::Boolean:
        return true;
      case Primitive::Guid:
        return base::json::string("01234567-89ab-cdef-0123-456789abcdef");
      case Primitive::DateTimeOffset:
        return base::json::string("2026-01-31T12:00:00Z");
      case Primitive::String:
        return base::json::string("text " + std::to_string(++count_));
      default:
        return 1;
    }
  }

  // With what the model and the facts of the type ask of a new entity.
  base::json::object whole(const model::StructuredType& type) {
    base::json::object body;
    body["@odata.type"] = "#" + std::string(type.name);
    for (auto from = &type; from; from = from->base) {
      for (const auto& property : from->properties) {
        const bool is_key =
            std::find(type.key.begin(), type.key.end(), property.name) != type.key.end();
        const auto& own = property.type;
        const bool is_text = own.primitive == model::Primitive::String && !own.structured &&
                             !own.enumeration && !own.is_collection;
        if (!property.is_nullable && is_text && !is_key) body[property.name] = example(own);
      }
    }
    for (const auto& name : facts::facts_of(type).required) {
      if (const auto* property = type.property(name)) body[name] = example(property->type);
      if (type.navigation(name)) body[name] = base::json::array();
    }
    return body;
  }

  // The same body with other texts than any has had: as what no two may share.
  base::json::object with_new_texts(base::json::object body) {
    for (auto& member : body) {
      const auto* text = member.value().if_string();
      if (text && text->starts_with("text ")) {
        member.value() = base::json::string("text " + std::to_string(++count_));
      }
    }
    return body;
  }

  model::Models models_;
  std::unique_ptr<support::TestServer> server_;
  int count_ = 0;
};

}  // namespace graphmock
