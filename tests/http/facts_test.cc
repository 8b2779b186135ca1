// A user's own facts, laid over the shipped ones, change what the server does without a compiler:
// docs/facts.md, whose file this is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/readme.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using testing::HasSubstr;

std::string file_of_the_page() {
  for (const auto& block : support::readme_blocks()) {
    if (block.info == "json facts") return block.text;
  }
  return {};
}

TEST(OwnFacts, ChangeAStatusADefaultAndARequiredProperty) {
  const support::TemporaryFolder folder;
  auto options = support::shipped_options();
  options.facts = {folder.write("mine.json", file_of_the_page())};
  const support::TestServer server(options);

  const auto created = server.send("POST", "/v1.0/me/calendars", R"({"name":"C"})");
  EXPECT_EQ(created.status, 400) << created.body;
  EXPECT_THAT(created.body, HasSubstr("'color'"));
  const auto whole =
      server.send("POST", "/v1.0/me/calendars", R"({"name":"C","color":"lightBlue"})");
  EXPECT_EQ(whole.status, 201) << whole.body;
  EXPECT_EQ(at(whole, "/isTallyingResponses"), "false");
  const auto id = at(whole, "/id");
  const auto changed =
      server.send("PATCH", "/v1.0/me/calendars/" + id.substr(1, id.size() - 2), R"({"name":"D"})");
  EXPECT_EQ(changed.status, 204);
  EXPECT_EQ(changed.body, "");
  // What is not said otherwise is as it was.
  EXPECT_EQ(server.send("POST", "/v1.0/me/calendars", R"({"color":"lightBlue"})").status, 400);
}

TEST(OwnFacts, AreWithoutThemAsShipped) {
  const support::TestServer server;
  const auto created = server.send("POST", "/v1.0/me/calendars", R"({"name":"C"})");
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(at(created, "/isTallyingResponses"), "(absent)");
}

TEST(OwnFacts, OfWhatIsNotThereEndTheStart) {
  const support::TemporaryFolder folder;
  auto options = support::shipped_options();
  options.facts = {folder.write("mine.json", "{\"types\": {\n\"calender\": {\"hasETag\": true}}}")};
  const base::SystemClock clock;
  try {
    app::load_world(options, clock);
    FAIL() << "it has started";
  } catch (const base::LoadFailure& failure) {
    ASSERT_EQ(failure.errors.size(), 1u);
    EXPECT_THAT(failure.errors[0].text(), HasSubstr("mine.json:2: no model has a type"));
  }
}

}  // namespace
}  // namespace graphmock
