#include "graph/new_id.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <set>

#include "model/model.h"
#include "support/small_service.h"

namespace graphmock::graph {
namespace {

// A type that is known by its name alone.
model::StructuredType type_named(std::string_view name) {
  model::StructuredType type;
  type.name = name;
  return type;
}

TEST(NewId, IsDrawnUntilItIsFree) {
  const auto type = type_named("microsoft.graph.group");
  base::IdSource first(1), again(1);
  const auto taken = new_id(type, {}, first, {}, [](const std::string&) { return false; });
  const auto second = new_id(type, {}, first, {}, [](const std::string&) { return false; });
  EXPECT_EQ(new_id(type, {}, again, {}, [&](const std::string& id) { return id == taken; }),
            second);
}

// Of some styles there are only hundreds at a time, or some hundred thousands in all.
TEST(NewId, IsFoundWhereMostAreTaken) {
  for (const std::string_view name : {"microsoft.graph.chatMessage", "microsoft.graph.listItem",
                                      "microsoft.graph.messageRule", "microsoft.graph.group"}) {
    const auto type = type_named(name);
    base::IdSource ids(1);
    std::set<std::string> known;
    size_t asked = 0;
    for (int i = 0; i < 3000; ++i) {
      known.insert(new_id(type, {}, ids, {}, [&](const std::string& id) {
        ++asked;
        return known.contains(id);
      }));
    }
    EXPECT_EQ(known.size(), 3000u) << name;
    EXPECT_LT(asked, 3000u * 40) << name;
  }
}

TEST(NewId, OfANamedExtensionIsItsName) {
  const auto type = type_named("microsoft.graph.openTypeExtension");
  base::IdSource ids(1);
  const boost::json::object properties{{"extensionName", "com.contoso"}};
  const auto is_taken = [](const std::string&) { return true; };
  EXPECT_TRUE(new_id(type, properties, ids, {}, is_taken).ends_with("com.contoso"));
}

}  // namespace
}  // namespace graphmock::graph
