#include "http/fields.h"

#include <gtest/gtest.h>

#include <vector>

namespace graphmock::http {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

Texts texts_of(const Fields& fields) {
  Texts texts;
  for (const auto& [name, value] : fields) texts.emplace_back(name, value);
  return texts;
}

Fields example() {
  Fields fields;
  fields.add("ETag", "\"1\"");
  fields.add("Set-Cookie", "a=1");
  fields.add("X-Empty", "");
  fields.add("Set-Cookie", "b=2");
  return fields;
}

TEST(Fields, KeepTheirOrderAndThoseOfTheSameName) {
  EXPECT_EQ(
      texts_of(example()),
      (Texts{{"ETag", "\"1\""}, {"Set-Cookie", "a=1"}, {"X-Empty", ""}, {"Set-Cookie", "b=2"}}));
}

TEST(Fields, FindTheFirstOfANameWhateverItsCase) {
  EXPECT_EQ(example().find("set-cookie"), "a=1");
  EXPECT_EQ(example().find("x-empty"), "");
  EXPECT_EQ(example().find("Set"), std::nullopt);
  EXPECT_EQ(Fields().find("ETag"), std::nullopt);
}

TEST(Fields, ReplaceTheFirstOfANameWithAShorterAndALongerValue) {
  for (const std::string value : {"", "x", "a value that is longer than the one before"}) {
    auto fields = example();
    fields.set("SET-COOKIE", value);
    EXPECT_EQ(
        texts_of(fields),
        (Texts{{"ETag", "\"1\""}, {"Set-Cookie", value}, {"X-Empty", ""}, {"Set-Cookie", "b=2"}}));
  }
}

TEST(Fields, AddWhatCannotBeReplaced) {
  Fields fields;
  fields.set("A", "1");
  fields.set("B", "2");
  EXPECT_EQ(texts_of(fields), (Texts{{"A", "1"}, {"B", "2"}}));
}

TEST(Fields, AreEqualWhenTheySayTheSame) {
  EXPECT_EQ(example(), example());
  auto other = example();
  other.set("ETag", "\"2\"");
  EXPECT_NE(other, example());
  EXPECT_TRUE(Fields().empty());
  EXPECT_FALSE(other.empty());
}

TEST(Fields, HoldAnyBytes) {
  Fields fields;
  fields.add(std::string("a\0b", 3), std::string(100'000, '\xFF'));
  fields.add("last", "1");
  EXPECT_EQ(fields.find(std::string("A\0B", 3))->size(), 100'000u);
  EXPECT_EQ(fields.find("last"), "1");
}

}  // namespace
}  // namespace graphmock::http
