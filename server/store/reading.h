// One JSON object as every version that knows its type reads it: what either declares is right.
// For the importer, and for whoever has to know what it would make of an object.
#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "model/models.h"
#include "model/representation.h"

namespace graphmock::store {

// An entity's declared type as one version has it.
struct Declared {
  const model::Model* model;
  const model::StructuredType* type;
};

struct Reading {
  // Those that know the type which the object says, side by side; empty when none does.
  std::vector<const model::Model*> models;
  std::vector<model::Representation> versions;  // the values of their properties are below
  boost::json::object properties;               // that any of them has, in the order of the object
  // What is wrong with it in all of them.
  std::vector<model::Problem> problems;
  bool is_enveloped = false;

  // As the first version has it; there must be one.
  const model::StructuredType& type() const { return *versions.front().type; }
  std::string_view key_name() const {
    return type().key.empty() ? std::string_view() : type().key[0];
  }
};

// `object` must outlive the result, and what is made is made in its memory.
Reading read_in_versions(const std::vector<Declared>& declared, const boost::json::object& object,
                         model::EnumRule enums, model::Unknown unknown = model::Unknown::Dropped);

// A key's value as an address has it; empty for what can be none.
std::string key_text(const boost::json::value& value);

}  // namespace graphmock::store
