// An entity of no type, for tests of what keeps entities and does not look into them.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "store/entity.h"

namespace graphmock::support {

inline store::NewEntity plain_entity(std::string address, std::string text = "{}") {
  auto made = std::make_shared<store::Entity>();
  made->address = std::move(address);
  made->text = std::move(text);
  return made;
}

}  // namespace graphmock::support
