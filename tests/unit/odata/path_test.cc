#include "odata/path.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "http/error.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::odata {
namespace {

const model::Model& small() {
  static const auto model = support::small_model();
  return *model;
}

std::string printed(const Step& step) {
  const std::string name(step.name);
  switch (step.kind) {
    case StepKind::EntitySet:
      return "set " + name;
    case StepKind::Singleton:
      return "singleton " + name;
    case StepKind::Key:
      return (step.alternate_key.empty() ? "key " : "alternate key ") + step.key;
    case StepKind::Path:
      return "path " + step.key;
    case StepKind::Navigation:
      return "nav " + name;
    case StepKind::Property:
      return "property " + name;
    case StepKind::Cast:
      return "cast " + name;
    case StepKind::Operation: {
      std::string text = "call " + std::string(step.operation->qualified_name);
      for (const auto& [argument, literal] : step.arguments) text += " " + argument + "=" + literal;
      return text;
    }
    case StepKind::Count:
    case StepKind::Value:
    case StepKind::Ref:
      return name;
  }
  return "?";
}

std::string printed(const Target& target) {
  std::string text;
  for (const auto& step : target.steps) text += (text.empty() ? "" : " / ") + printed(step);
  return text;
}

struct PathRow {
  std::string_view name;
  std::string_view path;
  std::string_view steps;
};

class ResourcePath : public testing::TestWithParam<PathRow> {};

TEST_P(ResourcePath, IsReadAsSteps) {
  EXPECT_EQ(printed(resolve(small(), GetParam().path)), GetParam().steps);
}

constexpr PathRow kPaths[] = {
    {"EntitySet", "users", "set users"},
    {"Singleton", "me", "singleton me"},
    {"KeyAsSegment", "users/ID", "set users / key ID"},
    {"KeyInParentheses", "users('ID')", "set users / key ID"},
    {"KeyInParenthesesByName", "users(id='ID')", "set users / key ID"},
    {"KeyInParenthesesWithBlanks", "users( id = 'ID' )", "set users / key ID"},
    {"KeyWithoutQuotes", "users(17)", "set users / key 17"},
    {"KeyOfAnotherName", "tags(name='a')", "set tags / key a"},
    {"DoubledQuoteInAKey", "users('o''brien')", "set users / key o'brien"},
    {"QuotesAlone", "users('''')", "set users / key '"},
    {"EmptyKeyInQuotes", "users('')", "set users / key "},
    {"QuoteInAKeySegment", "users/o'brien", "set users / key o'brien"},
    {"DoubledQuoteInAKeySegmentStays", "users/o''brien", "set users / key o''brien"},
    {"CommaInAKey", "users('a,b')", "set users / key a,b"},
    {"EqualsInAKey", "users('a=b')", "set users / key a=b"},
    {"SlashInAKey", "users('a/b')", "set users / key a/b"},
    {"ParenthesisInAKey", "users('a(b)')", "set users / key a(b)"},
    {"KeyWithPunctuation", "users/a@b.c:d,e=f", "set users / key a@b.c:d,e=f"},
    {"KeyLikeAProperty", "users/displayName", "set users / key displayName"},
    {"KeyLikeAType", "users/microsoft.graph.none", "set users / key microsoft.graph.none"},
    {"CaseIsTheModels", "USERS/ID/Messages/MID/ATTACHMENTS",
     "set users / key ID / nav messages / key MID / nav attachments"},
    {"SingletonInAnotherCase", "ME/DisplayName", "singleton me / property displayName"},
    {"Navigation", "users/ID/messages", "set users / key ID / nav messages"},
    {"NavigationFromASingleton", "me/messages/MID", "singleton me / nav messages / key MID"},
    {"NavigationToOne", "users/ID/manager", "set users / key ID / nav manager"},
    {"NavigationBehindANavigationToOne", "me/outlook/categories/C",
     "singleton me / nav outlook / nav categories / key C"},
    {"NavigationWithKeyInParentheses", "users('ID')/messages('MID')/attachments('A')",
     "set users / key ID / nav messages / key MID / nav attachments / key A"},
    {"SingletonOfASingleton", "admin/settings", "singleton admin / nav settings"},
    {"Property", "users/ID/displayName", "set users / key ID / property displayName"},
    {"PropertyOfAComplexProperty", "users/ID/home/City",
     "set users / key ID / property home / property city"},
    {"DeepComplexProperty", "me/home/place/latitude",
     "singleton me / property home / property place / property latitude"},
    {"Value", "users/ID/displayName/$value", "set users / key ID / property displayName / $value"},
    {"Count", "users/$count", "set users / $count"},
    {"CountOfANavigation", "me/messages/$count", "singleton me / nav messages / $count"},
    {"Ref", "groups/G/members/$ref", "set groups / key G / nav members / $ref"},
    {"RefOfOne", "groups/G/members/U/$ref", "set groups / key G / nav members / key U / $ref"},
    {"RefToOne", "users/U/manager/$ref", "set users / key U / nav manager / $ref"},
    {"SystemSegmentInAnotherCase", "users/$COUNT", "set users / $count"},
    {"CastOfACollection", "directoryObjects/microsoft.graph.user",
     "set directoryObjects / cast microsoft.graph.user"},
    {"CastOfOne", "groups/G/members/U/microsoft.graph.user/displayName",
     "set groups / key G / nav members / key U / cast microsoft.graph.user / property displayName"},
    {"CastByAlias", "directoryObjects/graph.group/G",
     "set directoryObjects / cast microsoft.graph.group / key G"},
    {"CastToAnAncestor", "users/ID/microsoft.graph.directoryObject",
     "set users / key ID / cast microsoft.graph.directoryObject"},
    {"CastInAnotherCase", "directoryObjects/Microsoft.Graph.User",
     "set directoryObjects / cast microsoft.graph.user"},
    {"KeyBehindACast", "directoryObjects/microsoft.graph.user('ID')",
     "set directoryObjects / cast microsoft.graph.user / key ID"},
    {"CastThenOperation", "groups/G/members/microsoft.graph.user/delta",
     "set groups / key G / nav members / cast microsoft.graph.user / call microsoft.graph.delta"},
    {"BoundFunction", "users/delta", "set users / call microsoft.graph.delta"},
    {"BoundFunctionWithParentheses", "users/delta()", "set users / call microsoft.graph.delta"},
    {"BoundFunctionQualified", "users/microsoft.graph.delta",
     "set users / call microsoft.graph.delta"},
    {"BoundFunctionQualifiedWithParentheses", "users/microsoft.graph.delta()",
     "set users / call microsoft.graph.delta"},
    {"BoundFunctionByAlias", "users/graph.delta()", "set users / call microsoft.graph.delta"},
    {"BoundActionOfAnAncestor", "users/getByIds", "set users / call microsoft.graph.getByIds"},
    {"OperationInAnotherCase", "users/GETBYIDS", "set users / call microsoft.graph.getByIds"},
    {"OperationOnOne", "users/U/restore", "set users / key U / call microsoft.graph.restore"},
    {"OperationOnASingleton", "me/microsoft.graph.restore",
     "singleton me / call microsoft.graph.restore"},
    {"OperationOnANavigation", "me/messages/M/forward",
     "singleton me / nav messages / key M / call microsoft.graph.forward"},
    {"FunctionWithArguments",
     "me/reminderView(startDateTime='2026-01-31T08:00:00Z',endDateTime=@end)",
     "singleton me / call microsoft.graph.reminderView startDateTime='2026-01-31T08:00:00Z' "
     "endDateTime=@end"},
    {"ArgumentsWithBlanks", "me/reminderView( startDateTime = 'a' , endDateTime = 'b' )",
     "singleton me / call microsoft.graph.reminderView startDateTime='a' endDateTime='b'"},
    {"CommaAndEqualsInAnArgument", "find(path='a,b=c',depth=2)",
     "call microsoft.graph.find path='a,b=c' depth=2"},
    {"SlashInAnArgument", "find(path='a/b/c',depth=1)",
     "call microsoft.graph.find path='a/b/c' depth=1"},
    {"QuotesInAnArgument", "find(path='o''brien',depth=1)",
     "call microsoft.graph.find path='o''brien' depth=1"},
    {"ImportedFunction", "ping", "call microsoft.graph.ping"},
    {"ImportedFunctionWithParentheses", "ping()", "call microsoft.graph.ping"},
    {"ImportInAnotherCase", "Ping()", "call microsoft.graph.ping"},
    {"AlternateKey", "drives/D/items(name='a,b=''c')",
     "set drives / key D / nav items / alternate key name='a,b='c'"},
    {"PathBelowTheRoot", "drives/D/root:/a/b.txt:/content",
     "set drives / key D / nav root / path a/b.txt / property content"},
    {"PathBelowAnItem", "drives/D/items/I:/a:/children",
     "set drives / key D / nav items / key I / path a / nav children"},
    {"PathToTheEnd", "drives/D/root:/a/b", "set drives / key D / nav root / path a/b"},
    {"EmptyPath", "drives/D/root:/:/children",
     "set drives / key D / nav root / path  / nav children"},
    {"KeyWithAColon", "drives/D/items/19:a", "set drives / key D / nav items / key 19:a"},
    {"OverloadWithoutArguments", "notes/N/range", "set notes / key N / call microsoft.graph.range"},
    {"OverloadWithArguments", "notes/N/range(address='A1')",
     "set notes / key N / call microsoft.graph.range address='A1'"},
    {"BehindAComposableFunction", "notes/N/range()/title",
     "set notes / key N / call microsoft.graph.range / property title"},
    {"ContentOfAStreamResult", "notes/N/export()/$value",
     "set notes / key N / call microsoft.graph.export / $value"},
    {"TrailingSlash", "users/", "set users"},
    {"LeadingSlash", "/users/ID", "set users / key ID"},
};

INSTANTIATE_TEST_SUITE_P(Path, ResourcePath, testing::ValuesIn(kPaths), support::RowName());

struct RefusedRow {
  std::string_view name;
  std::string_view path;
  int status;
  std::string_view message;
};

class RefusedPath : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedPath, HasStatusAndMessage) {
  try {
    FAIL() << "read as " << printed(resolve(small(), GetParam().path));
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, GetParam().status);
    EXPECT_EQ(error.message, GetParam().message);
    EXPECT_EQ(error.code, error.status == 501 ? "NotImplemented" : "BadRequest");
  }
}

constexpr RefusedRow kRefused[] = {
    {"UnknownRoot", "usrs", 400,
     "Resource not found for the segment 'usrs'. Did you mean 'users'?"},
    {"UnknownRootWithNoNeighbour", "somethingElse", 400,
     "Resource not found for the segment 'somethingElse'."},
    {"UnknownMember", "users/ID/mesages", 400,
     "Resource not found for the segment 'mesages'. Did you mean 'messages'?"},
    {"UnknownMemberOfAComplexProperty", "me/home/cty", 400,
     "Resource not found for the segment 'cty'. Did you mean 'city'?"},
    {"MemberOfAPrimitiveProperty", "me/displayName/length", 400,
     "Resource not found for the segment 'length'."},
    {"KeyOfACollectionOfValues", "me/phones/0", 400, "Resource not found for the segment '0'."},
    {"KeyOfACollectionOfComplexValues", "me/addresses/0", 400,
     "Resource not found for the segment '0'."},
    {"KeyOfASingleton", "me('ID')", 400, "Resource not found for the segment 'me('ID')'."},
    {"KeyOfANavigationToOne", "users/ID/manager('M')", 400,
     "Resource not found for the segment 'manager'."},
    {"ArgumentsOfAProperty", "me/displayName()", 400,
     "Resource not found for the segment 'displayName()'. Did you mean 'displayName'?"},
    {"UnknownSystemSegment", "users/$all", 400, "Resource not found for the segment '$all'."},
    {"CountNotLast", "users/$count/x", 400, "Resource not found for the segment '$count'."},
    {"EmptyKey", "users()", 400,
     "The key in parentheses is neither one value nor names with values: ''."},
    {"KeyOfMixedParts", "users('a',name='b')", 400,
     "The key in parentheses is neither one value nor names with values: ''a',name='b''."},
    {"NoAlternateKey", "users(displayName='a')", 400,
     "The type 'microsoft.graph.user' has no alternate key of 'displayName'."},
    {"AlternateKeyOfUnknownProperties", "users(id='a',name='b')", 400,
     "The type 'microsoft.graph.user' has no alternate key of 'id'."},
    {"PathBelowWhatHasNone", "me/messages/M:/a/b", 400,
     "Resource not found for the segment 'a'. Did you mean 'id'?"},
    {"PathFromANavigationThatHasNone", "me/outlook:/a", 400,
     "Resource not found for the segment 'outlook:'. Did you mean 'outlook'?"},
    {"ArgumentWithoutName", "find('a')", 400,
     "The arguments of 'find' are given as name=value; ''a'' is not."},
    {"SegmentBehindAnOperation", "users/delta/x", 400, "Resource not found for the segment 'x'."},
    {"CountOfOne", "users/ID/$count", 400, "Resource not found for the segment '$count'."},
    {"ValueOfACollection", "users/$value", 400, "Resource not found for the segment '$value'."},
    {"ReferenceOfAProperty", "me/home/$ref", 400, "Resource not found for the segment '$ref'."},
    {"DynamicProperty", "notes/N/extra", 400, "Resource not found for the segment 'extra'."},
    {"ServiceDocument", "", 501, "graphmock does not implement the service document."},
    {"Metadata", "$metadata", 501, "graphmock does not implement '$metadata'."},
    {"Batch", "$batch", 400,
     "'$batch' is no resource: requests are sent to it, and nothing stands behind it."},
    {"SegmentBehindABatch", "$batch/x", 400,
     "'$batch' is no resource: requests are sent to it, and nothing stands behind it."},
    {"CastToAnUnrelatedType", "users/ID/microsoft.graph.message", 400,
     "Resource not found for the segment 'microsoft.graph.message'."},
    {"CollectionOperationOnOne", "users/ID/delta", 400,
     "Resource not found for the segment 'delta'."},
    {"OperationOfADerivedType", "me/messages/M/reminderView", 400,
     "Resource not found for the segment 'reminderView'."},
    {"SetOfAnotherVersion", "gadgets", 400, "Resource not found for the segment 'gadgets'."},
};

INSTANTIATE_TEST_SUITE_P(Path, RefusedPath, testing::ValuesIn(kRefused), support::RowName());

TEST(PathTarget, SaysWhatOneIsAtAfterEachStep) {
  const auto target = resolve(small(), "groups/G/members/U/microsoft.graph.user/home");
  std::vector<std::string> types;
  for (const auto& step : target.steps) {
    types.push_back((step.is_collection ? "many " : "one ") +
                    (step.type ? std::string(step.type->name).substr(16) : "value"));
  }
  EXPECT_EQ(types, (std::vector<std::string>{"many group", "one group", "many directoryObject",
                                             "one directoryObject", "one user", "one address"}));
  EXPECT_EQ(resolve(small(), "me/phones").last().type, nullptr);
  EXPECT_TRUE(resolve(small(), "me/phones").last().is_collection);
}

TEST(PathTarget, SaysWhatAnOperationReturns) {
  const auto delta = resolve(small(), "users/delta");
  EXPECT_TRUE(delta.is_operation());
  EXPECT_EQ(delta.last().type->name, "microsoft.graph.user");
  EXPECT_TRUE(delta.last().is_collection);
  EXPECT_EQ(resolve(small(), "ping").last().type, nullptr);
}

TEST(PathTarget, TellsEntitiesFromAllElse) {
  for (const std::string_view path :
       {"users", "users/ID", "me", "me/messages", "me/manager", "me/messages/M",
        "directoryObjects/microsoft.graph.user", "directoryObjects/ID/microsoft.graph.user"}) {
    EXPECT_TRUE(resolve(small(), path).is_entities()) << path;
    EXPECT_FALSE(resolve(small(), path).is_operation()) << path;
  }
  for (const std::string_view path : {"users/$count", "me/displayName", "me/home", "users/delta",
                                      "ping", "me/manager/$ref", "me/displayName/$value"}) {
    EXPECT_FALSE(resolve(small(), path).is_entities()) << path;
  }
}

TEST(PathTarget, TakesDecodedSegmentsAsTheyAre) {
  const std::vector<std::string> segments{"users", "a/b", "messages", "m%20(1"};
  EXPECT_EQ(printed(resolve(small(), segments)), "set users / key a/b / nav messages / key m%20(1");
}

// Whatever a client sends is read or refused.
TEST(PathTarget, StandsAnySegments) {
  static constexpr std::string_view kPieces[] = {
      "users",   "me", "'",        "(",    ")",    ",",     "=",      "$count",
      "$ref",    ":",  "messages", "home", "a",    "''",    "delta",  "find",
      "@",       "%",  "id",       " ",    "\xFF", "notes", "graph.", "microsoft.graph.user",
      "reports", ""};
  std::mt19937 random(5);
  int resolved = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::string> segments(random() % 5);
    for (auto& segment : segments) {
      for (auto pieces = random() % 4; pieces > 0; --pieces) {
        segment += kPieces[random() % std::size(kPieces)];
      }
    }
    try {
      const auto target = resolve(small(), segments);
      ASSERT_FALSE(target.steps.empty());
      ASSERT_NE(printed(target), "?");
      ++resolved;
    } catch (const http::Error& error) {
      ASSERT_TRUE(error.status == 400 || error.status == 501) << error.message;
    }
    plain_segments(segments);
  }
  EXPECT_GT(resolved, 100) << "the pieces make no paths";
}

struct PlainRow {
  std::string_view name;
  std::vector<std::string> segments;
  std::vector<std::string> plain;
};

void PrintTo(const PlainRow& row, std::ostream* out) {
  *out << row.name;
}

class PlainSegments : public testing::TestWithParam<PlainRow> {};

TEST_P(PlainSegments, HaveKeysOnTheirOwn) {
  EXPECT_EQ(plain_segments(GetParam().segments), GetParam().plain);
}

INSTANTIATE_TEST_SUITE_P(
    Path, PlainSegments,
    testing::Values(
        PlainRow{"Plain", {"users", "ID"}, {"users", "ID"}},
        PlainRow{"KeyInParentheses", {"users('ID')", "messages"}, {"users", "ID", "messages"}},
        PlainRow{"DoubledQuote", {"users('o''brien')"}, {"users", "o'brien"}},
        PlainRow{"KeyWithoutQuotes", {"users(17)"}, {"users", "17"}},
        PlainRow{"SlashInAKey", {"users('a/b')"}, {"users", "a/b"}},
        PlainRow{"NoArguments", {"users", "delta()"}, {"users", "delta()"}},
        PlainRow{"Arguments", {"find(path='a')"}, {"find(path='a')"}},
        PlainRow{"SeveralArguments", {"f(a=1,b=2)"}, {"f(a=1,b=2)"}}, PlainRow{"None", {}, {}}),
    support::RowName());

TEST(PlainSegments, OfATargetAreTheSameWhicheverWayItIsWritten) {
  using Segments = std::vector<std::string>;
  const auto plain = [](std::string_view path) { return plain_segments(resolve(small(), path)); };
  EXPECT_EQ(plain("USERS('o''brien')/microsoft.graph.user/displayName"),
            (Segments{"users", "o'brien", "displayName"}));
  EXPECT_EQ(plain("groups/G/members/microsoft.graph.user/graph.delta()"),
            (Segments{"groups", "G", "members", "delta"}));
  EXPECT_EQ(plain("find(path='a',depth=1)"), (Segments{"find"}));
  EXPECT_EQ(plain("users/ID/manager/$ref"), (Segments{"users", "ID", "manager", "$ref"}));
  EXPECT_EQ(plain("drives/D/items(name='a')"), (Segments{"drives", "D", "items", "a"}));
  EXPECT_EQ(plain("drives/D/root:/a/b.txt:/content"),
            (Segments{"drives", "D", "items", "a/b.txt", "content"}));
  EXPECT_EQ(plain("drives/D/items/I:/a:/children"),
            (Segments{"drives", "D", "items", "I", "children"}));
}

}  // namespace
}  // namespace graphmock::odata
