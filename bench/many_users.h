// A world of many users of 1 KB each, made in the process.
#pragma once

#include <memory>
#include <string>

#include "app/app.h"
#include "base/json.h"

namespace graphmock::bench {

// The key of the user with that number, from 0.
std::string id_of(size_t number);
base::json::object user(size_t number);

// With the shipped models and scenarios. The clock must outlive it.
std::shared_ptr<tenant::World> world_of_users(size_t count, const base::Clock& clock);

}  // namespace graphmock::bench
