#include "graph/new_id.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <set>

#include "facts/type_facts.h"

namespace graphmock::graph {
namespace {

// A type of which nothing is known but the style of its ids.
class TypeWith {
 public:
  explicit TypeWith(facts::IdStyle style) {
    facts_.id = style;
    type_.facts = &facts_;
  }
  TypeWith(const TypeWith&) = delete;
  TypeWith& operator=(const TypeWith&) = delete;

  operator const model::StructuredType&() const { return type_; }

 private:
  facts::TypeFacts facts_;
  model::StructuredType type_;
};

TEST(NewId, IsDrawnUntilItIsFree) {
  const TypeWith type(facts::IdStyle::Guid);
  base::IdSource first(1), again(1);
  const auto taken = new_id(type, {}, first, {}, [](const std::string&) { return false; });
  const auto second = new_id(type, {}, first, {}, [](const std::string&) { return false; });
  EXPECT_EQ(new_id(type, {}, again, {}, [&](const std::string& id) { return id == taken; }),
            second);
}

// Of some styles there are only hundreds at a time, or some hundred thousands in all.
TEST(NewId, IsFoundWhereMostAreTaken) {
  for (const auto style : {facts::IdStyle::ChatMessage, facts::IdStyle::Number,
                           facts::IdStyle::OutlookRule, facts::IdStyle::Guid}) {
    const TypeWith type(style);
    base::IdSource ids(1);
    std::set<std::string> known;
    size_t asked = 0;
    for (int i = 0; i < 3000; ++i) {
      known.insert(new_id(type, {}, ids, {}, [&](const std::string& id) {
        ++asked;
        return known.contains(id);
      }));
    }
    EXPECT_EQ(known.size(), 3000u) << static_cast<int>(style);
    EXPECT_LT(asked, 3000u * 40) << static_cast<int>(style);
  }
}

TEST(NewId, OfANamedExtensionIsItsName) {
  const TypeWith type(facts::IdStyle::ExtensionName);
  base::IdSource ids(1);
  const boost::json::object properties{{"extensionName", "com.contoso"}};
  const auto is_taken = [](const std::string&) { return true; };
  EXPECT_TRUE(new_id(type, properties, ids, {}, is_taken).ends_with("com.contoso"));
}

}  // namespace
}  // namespace graphmock::graph
