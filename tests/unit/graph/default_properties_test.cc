#include "graph/default_properties.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/text.h"
#include "support/small_service.h"

namespace graphmock::graph {
namespace {

std::string shown(const DefaultProperties& properties, std::string_view text) {
  std::string out = "{";
  properties.append_shown(out, text);
  return out;
}

TEST(DefaultProperties, AreTheOnlyOnesShown) {
  const DefaultProperties properties({"t", "", DefaultRule::OnlyThese, "id name"});
  EXPECT_EQ(shown(properties, R"({"id":"1","other":{"name":2},"name":[1],"x@odata.type":"#T"})"),
            R"({"id":"1","name":[1]})");
  EXPECT_EQ(shown(properties, R"({"other":1})"), "{}");
  EXPECT_EQ(shown(properties, "{}"), "{}");
}

TEST(DefaultProperties, AreAllButThoseOnDemand) {
  const DefaultProperties properties({"t", "", DefaultRule::AllButThese, "size names"});
  EXPECT_EQ(shown(properties,
                  R"({"id":"1","size":{"a":"}"},"name":"n","names@odata.type":"#T","names":[]})"),
            R"({"id":"1","name":"n"})");
}

TEST(DefaultProperties, FollowWhatIsThereAlready) {
  const DefaultProperties properties({"t", "", DefaultRule::OnlyThese, "id"});
  std::string out = R"({"@odata.etag":"x")";
  properties.append_shown(out, R"({"id":"1"})");
  EXPECT_EQ(out, R"({"@odata.etag":"x","id":"1"})");
}

TEST(DefaultProperties, DifferFromVersionToVersion) {
  const auto models = support::small_models();
  const auto* user = models.structured_type("microsoft.graph.user");
  const auto* first = default_properties(*user, "v1.0");
  const auto* beta = default_properties(*user, "beta");
  ASSERT_TRUE(first && beta);
  EXPECT_TRUE(first->shows("displayName"));
  EXPECT_FALSE(first->shows("accountEnabled"));
  EXPECT_TRUE(beta->shows("accountEnabled"));
  EXPECT_FALSE(beta->shows("mailboxSettings"));
}

TEST(DefaultProperties, HoldForDerivedTypes) {
  const auto models = support::small_models();
  const auto* properties =
      default_properties(*models.structured_type("microsoft.graph.eventMessage"), "v1.0");
  ASSERT_TRUE(properties);
  EXPECT_FALSE(properties->shows("internetMessageHeaders"));
}

TEST(DefaultProperties, AreAllThereAreWhereNothingIsSaid) {
  const auto models = support::small_models();
  EXPECT_FALSE(default_properties(*models.structured_type("microsoft.graph.note"), "v1.0"));
}

TEST(DefaultPropertiesRows, AreSortedAndSayNothingTwice) {
  std::pair<std::string_view, std::string_view> before;
  for (const auto& row : default_properties_rows()) {
    const std::pair key(row.type, row.version);
    EXPECT_LT(before, key) << row.type;
    before = key;
    const auto names = base::split(row.names, ' ');
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end())) << row.type;
    EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size()) << row.type;
  }
}

}  // namespace
}  // namespace graphmock::graph
