#include "graph/search.h"

#include <gtest/gtest.h>

#include "graph/search_words.h"
#include "http/error.h"
#include "odata/expr_parser.h"
#include "support/project_data.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "|") + word;
  return text;
}

TEST(SearchWords, EndAtBlanksSymbolsDigitsAndCapitals) {
  EXPECT_EQ(joined(search_words("hello world")), "hello|world");
  EXPECT_EQ(joined(search_words("HelloWorld helloWORLD")), "hello|world|hello|world");
  EXPECT_EQ(joined(search_words("HELLOworld HelloWORld")), "helloworld|hello|world");
  EXPECT_EQ(joined(search_words("hello123world")), "hello|123|world");
  EXPECT_EQ(joined(search_words("hello.world")), "hello|world|helloworld");
  EXPECT_EQ(joined(search_words("(Video-Team) 2")), "video|team|videoteam|2");
  EXPECT_EQ(joined(plain_words("hello.world")), "hello|world");
  EXPECT_EQ(joined(search_words("\xC3\x89t\xC3\xA9")), "\xC3\xA9t\xC3\xA9");
  EXPECT_EQ(joined(search_words(" -.")), "");
}

constexpr std::string_view kUser =
    R"({"id":"1","displayName":"Nora Lindqvist-Berg","mail":"nora@contoso.com",)"
    R"("proxyAddresses":["SMTP:nora@contoso.com","smtp:n.berg@contoso.com"],"city":null})";
constexpr std::string_view kMessage =
    R"({"id":"m","subject":"Budget for 2031","body":{"contentType":"text","content":"See below"},)"
    R"("from":{"emailAddress":{"name":"Megan Bowen","address":"meganb@contoso.com"}},)"
    R"("toRecipients":[{"emailAddress":{"name":"Alex Wilber","address":"alex@contoso.com"}}],)"
    R"("hasAttachments":true,"importance":"high","categories":["Finance"]})";

const model::Model& shipped_model() {
  static const auto models = [] {
    base::LoadErrors errors;
    return support::load_shipped_models(errors);
  }();
  return *models.version("v1.0");
}

struct SearchRow {
  std::string_view name, type, search;
  std::string_view expected;  // "true", "false" or a part of the error
};

class SearchOf : public testing::TestWithParam<SearchRow> {};

TEST_P(SearchOf, FindsAsTheServiceDoes) {
  const auto& row = GetParam();
  const auto& model = shipped_model();
  const auto& type = *model.structured_type("microsoft.graph." + std::string(row.type));
  const auto search = odata::parse_search(row.search);
  try {
    const ItemSearch prepared(*search, model, type);
    EXPECT_EQ(prepared.finds(row.type == "user" ? kUser : kMessage) ? "true" : "false",
              row.expected);
  } catch (const http::Error& error) {
    EXPECT_NE(error.message.find(row.expected), std::string::npos) << error.message;
  }
}

constexpr SearchRow kRows[] = {
    {"AWord", "user", R"("displayName:lindqvist")", "true"},
    {"TheBeginningOfAWord", "user", R"("displayName:lind")", "true"},
    {"NotTheMiddleOfAWord", "user", R"("displayName:qvist")", "false"},
    {"WordsInAnyOrder", "user", R"("displayName:berg nora")", "true"},
    {"WordsJoinedBySymbols", "user", R"("displayName:lindqvistberg")", "true"},
    {"AllWords", "user", R"("displayName:nora wilber")", "false"},
    {"TheBeginningOfOthers", "user", R"("mail:NORA@")", "true"},
    {"NotWordsOfOthers", "user", R"("mail:contoso")", "false"},
    {"OneOfACollection", "user", R"("proxyAddresses:smtp:n.berg")", "true"},
    {"ANullProperty", "user", R"("city:x")", "false"},
    {"AnyCaseOfTheName", "user", R"("DISPLAYNAME:nora")", "true"},
    {"AndOrNot", "user", R"("displayName:nora" AND ("mail:x" OR NOT "mail:y"))", "true"},
    {"NoProperty", "user", R"("nora")", "Expected \"property:text\""},
    {"AnUnknownProperty", "user", R"("displayNam:nora")", "Did you mean 'displayName'?"},
    {"AnExtensionProperty", "user", R"("extension_ab_x:nora")", "false"},
    {"NoText", "user", R"("displayName: ")", "asks for no text"},
    {"ASubject", "message", R"("subject:budget")", "true"},
    {"AnotherSubject", "message", R"("subject:below")", "false"},
    {"TheUsualParts", "message", R"("megan")", "true"},
    {"TheBody", "message", "below", "true"},
    {"NotTheRecipientsUnlessAsked", "message", R"("wilber")", "false"},
    {"TheRecipients", "message", R"("to:alex@contoso.com")", "true"},
    {"TheParticipants", "message", R"("participants:bowen")", "true"},
    {"WithinOnePhrase", "message", R"("from:megan AND subject:2031")", "true"},
    {"WithinOnePhraseNot", "message", R"("from:megan AND NOT subject:2031")", "false"},
    {"Attachments", "message", R"("hasAttachments:true")", "true"},
    {"NoAttachments", "message", R"("hasAttachments:false")", "false"},
    {"Importance", "message", R"("importance:high")", "true"},
    {"WhatMessagesDoNotTell", "message", R"("received:07/23/2018")", "'received:' in '$search'"},
    {"AColonOfNoPart", "message", R"("re:below")", "false"},
};

INSTANTIATE_TEST_SUITE_P(Search, SearchOf, testing::ValuesIn(kRows), support::RowName());

TEST(Search, ElsewhereLooksAtEverything) {
  const auto& model = shipped_model();
  const ItemSearch search(*odata::parse_search("finance"), model,
                          *model.structured_type("microsoft.graph.event"));
  EXPECT_TRUE(search.finds(kMessage));
}

}  // namespace
}  // namespace graphmock::graph
