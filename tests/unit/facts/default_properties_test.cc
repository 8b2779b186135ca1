#include "facts/default_properties.h"

#include <gtest/gtest.h>

#include <string>

#include "facts/type_facts.h"
#include "support/small_service.h"

namespace graphmock::facts {
namespace {

std::string shown(const DefaultProperties& properties, std::string_view text) {
  std::string out = "{";
  properties.append_shown(out, text);
  return out;
}

TEST(DefaultProperties, AreTheOnlyOnesShown) {
  const DefaultProperties properties(DefaultRule::OnlyThese, {"id", "name"});
  EXPECT_EQ(shown(properties, R"({"id":"1","other":{"name":2},"name":[1],"x@odata.type":"#T"})"),
            R"({"id":"1","name":[1]})");
  EXPECT_EQ(shown(properties, R"({"other":1})"), "{}");
  EXPECT_EQ(shown(properties, "{}"), "{}");
}

TEST(DefaultProperties, AreAllButThoseOnDemand) {
  const DefaultProperties properties(DefaultRule::AllButThese, {"size", "names"});
  EXPECT_EQ(shown(properties,
                  R"({"id":"1","size":{"a":"}"},"name":"n","names@odata.type":"#T","names":[]})"),
            R"({"id":"1","name":"n"})");
}

TEST(DefaultProperties, FollowWhatIsThereAlready) {
  const DefaultProperties properties(DefaultRule::OnlyThese, {"id"});
  std::string out = R"({"@odata.etag":"x")";
  properties.append_shown(out, R"({"id":"1"})");
  EXPECT_EQ(out, R"({"@odata.etag":"x","id":"1"})");
}

const DefaultProperties* of(const model::Models& models, const char* version, const char* type) {
  return facts_of(*models.version(version)->structured_type(type)).default_properties.get();
}

TEST(DefaultProperties, DifferFromVersionToVersion) {
  const auto models = support::small_models();
  const auto* first = of(models, "v1.0", "microsoft.graph.user");
  const auto* beta = of(models, "beta", "microsoft.graph.user");
  ASSERT_TRUE(first && beta);
  EXPECT_TRUE(first->shows("displayName"));
  EXPECT_FALSE(first->shows("accountEnabled"));
  EXPECT_TRUE(beta->shows("accountEnabled"));
  EXPECT_FALSE(beta->shows("mailboxSettings"));
}

TEST(DefaultProperties, HoldForDerivedTypes) {
  const auto models = support::small_models();
  const auto* properties = of(models, "v1.0", "microsoft.graph.eventMessage");
  ASSERT_TRUE(properties);
  EXPECT_FALSE(properties->shows("internetMessageHeaders"));
}

TEST(DefaultProperties, AreAllThereAreWhereNothingIsSaid) {
  const auto models = support::small_models();
  EXPECT_FALSE(of(models, "v1.0", "microsoft.graph.note"));
}

}  // namespace
}  // namespace graphmock::facts
