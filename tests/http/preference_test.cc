// Prefer: outlook.timezone and outlook.body-content-type, which change how Outlook's items look.
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::RawResponse;

const std::string kEvents = "/v1.0/users/u/events";

class Preference : public testing::Test {
 protected:
  void SetUp() override {
    put("", R"({"displayName": "U"})");
    put("/events/utc",
        R"({"subject": "utc", "start": {"dateTime": "2026-07-01T16:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-07-01T17:00:00", "timeZone": "UTC"},
            "body": {"contentType": "html",
                     "content": "<html><body><p>Hello &amp; <b>welcome</b></p>bye</body></html>"}})");
    put("/events/pacific", R"({"subject": "pacific", "start": {"dateTime": "2026-07-01T09:00:00",
            "timeZone": "Pacific Standard Time"}})");
    put("/events/day", R"({"subject": "day", "isAllDay": true,
            "start": {"dateTime": "2026-07-02T00:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-07-03T00:00:00.0000000", "timeZone": "UTC"}})");
    put("/messages/m", R"({"subject": "m", "body": {"contentType": "text", "content": "a < b\nc"},
            "uniqueBody": {"contentType": "html", "content": "<p>u</p>"}})");
  }
  void put(const std::string& path, std::string_view body) {
    ASSERT_EQ(server.send("PUT", "/__admin/state/v1.0/users/u" + path, body).status, 201) << path;
  }
  RawResponse get(const std::string& target, const std::string& preference) {
    return server.send("GET", target, "", {{"Prefer", preference}});
  }
  static std::string applied(const RawResponse& response) {
    return std::string(response.header("Preference-Applied").value_or("(absent)"));
  }

  support::TestServer server;
};

TEST_F(Preference, OfAZoneMovesTheTimesOfEvents) {
  const auto event = get(kEvents + "/utc", "outlook.timezone=\"Pacific Standard Time\"");
  EXPECT_EQ(at(event, "/start"),
            R"({"dateTime":"2026-07-01T09:00:00.0000000","timeZone":"Pacific Standard Time"})");
  EXPECT_EQ(at(event, "/end/dateTime"), R"("2026-07-01T10:00:00.0000000")");
  EXPECT_EQ(applied(event), "outlook.timezone=\"Pacific Standard Time\"");
  EXPECT_EQ(at(server.get(kEvents + "/utc"), "/start/timeZone"), R"("UTC")");
  EXPECT_EQ(applied(server.get(kEvents + "/utc")), "(absent)");
}

TEST_F(Preference, OfAZoneMayHaveTheNameOfTheDatabase) {
  const auto list = get(kEvents + "?$filter=subject%20eq%20'pacific'&$select=start",
                        "odata.maxpagesize=5, outlook.timezone=\"Europe/Berlin\"");
  EXPECT_EQ(at(list, "/value/0/start"),
            R"({"dateTime":"2026-07-01T18:00:00.0000000","timeZone":"Europe/Berlin"})");
  EXPECT_EQ(applied(list), "outlook.timezone=\"Europe/Berlin\"");
}

TEST_F(Preference, OfAZoneLeavesADayFromMidnightToMidnight) {
  const auto event = get(kEvents + "/day", "outlook.timezone=\"Tokyo Standard Time\"");
  EXPECT_EQ(at(event, "/start"),
            R"({"dateTime":"2026-07-02T00:00:00.0000000","timeZone":"Tokyo Standard Time"})");
}

TEST_F(Preference, OfAZoneThatIsNotKnownIsRefused) {
  const auto response = get(kEvents, "outlook.timezone=\"Greenwich Mean Time\"");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/code"), R"("TimeZoneNotSupportedException")");
  EXPECT_NE(at(response, "/error/message").find("'Greenwich Mean Time'"), std::string::npos);
  EXPECT_EQ(get(kEvents, "outlook.timezone=\"../../etc/passwd\"").status, 400);
}

TEST_F(Preference, OfAZoneMeansNothingToWhatHasNoTimes) {
  const auto response = get("/v1.0/users/u", "outlook.timezone=\"Nowhere\"");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(applied(response), "(absent)");
  EXPECT_EQ(get(kEvents + "/utc", "outlook.timezone").status, 200) << "no zone, no preference";
}

TEST_F(Preference, HoldsForTheAnswerOfAWriteAndNotForWhatIsStored) {
  constexpr std::string_view kEvent =
      R"({"subject": "new", "start": {"dateTime": "2026-12-01T12:00:00", "timeZone": "UTC"},
          "end": {"dateTime": "2026-12-01T13:00:00", "timeZone": "UTC"}})";
  const auto made = server.send("POST", kEvents, kEvent,
                                {{"Prefer", "outlook.timezone=\"India Standard Time\""}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(at(made, "/start/dateTime"), R"("2026-12-01T17:30:00.0000000")");
  EXPECT_EQ(applied(made), "outlook.timezone=\"India Standard Time\"");
  const auto stored = server.get(kEvents + "?$filter=subject%20eq%20'new'");
  EXPECT_EQ(at(stored, "/value/0/start/dateTime"), R"("2026-12-01T12:00:00")");

  const auto refused = server.send("POST", kEvents, R"({"subject": "lost"})",
                                   {{"Prefer", "outlook.timezone=\"Nowhere\""}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(at(server.get(kEvents + "?$filter=subject%20eq%20'lost'"), "/value"), "[]");
}

TEST_F(Preference, StandsBesideTheOneForARepresentation) {
  const auto changed = server.send(
      "PATCH", kEvents + "/utc", R"({"subject": "x"})",
      {{"Prefer", "return=representation, outlook.timezone=\"Pacific Standard Time\""}});
  EXPECT_EQ(at(changed, "/start/dateTime"), R"("2026-07-01T09:00:00.0000000")");
  EXPECT_EQ(applied(changed), "return=representation, outlook.timezone=\"Pacific Standard Time\"");
}

TEST_F(Preference, OfTextTakesTheTagsOffBodies) {
  const auto event = get(kEvents + "/utc", "outlook.body-content-type=\"text\"");
  EXPECT_EQ(at(event, "/body"), R"({"contentType":"text","content":"Hello & welcome\r\nbye"})");
  EXPECT_EQ(applied(event), "outlook.body-content-type=\"text\"");
  EXPECT_NE(at(server.get(kEvents + "/utc"), "/body/content").find("<b>"), std::string::npos);
}

TEST_F(Preference, OfTextHoldsForUniqueBodiesToo) {
  const auto message =
      get("/v1.0/users/u/messages/m?$select=body,uniqueBody", "outlook.body-content-type=text");
  EXPECT_EQ(at(message, "/body"), R"({"contentType":"text","content":"a < b\nc"})");
  EXPECT_EQ(at(message, "/uniqueBody"), R"({"contentType":"text","content":"u"})");
}

TEST_F(Preference, OfHtmlMakesAPageOfText) {
  const auto message = get("/v1.0/users/u/messages/m", "outlook.body-content-type=\"html\"");
  EXPECT_EQ(at(message, "/body/contentType"), R"("html")");
  EXPECT_NE(at(message, "/body/content").find("<body>a &lt; b<br>"), std::string::npos);
  EXPECT_EQ(applied(message), "outlook.body-content-type=\"html\"");
}

TEST_F(Preference, OfAnotherFormatIsPassedOver) {
  const auto message = get("/v1.0/users/u/messages/m", "outlook.body-content-type=\"markdown\"");
  EXPECT_EQ(at(message, "/body/contentType"), R"("text")");
  EXPECT_EQ(applied(message), "(absent)");
}

TEST_F(Preference, IsAppliedToWhatIsExpanded) {
  const auto user = get("/v1.0/users/u?$expand=events", "outlook.timezone=\"Europe/Berlin\"");
  EXPECT_EQ(at(user, "/events/0/start/dateTime"), R"("2026-07-01T18:00:00.0000000")") << user.body;
  EXPECT_EQ(applied(user), "outlook.timezone=\"Europe/Berlin\"");
}

TEST_F(Preference, IsSaidOfAnEmptyCollection) {
  const auto list =
      get(kEvents + "?$filter=subject%20eq%20'none'", "outlook.timezone=\"Europe/Berlin\"");
  EXPECT_EQ(at(list, "/value"), "[]");
  EXPECT_EQ(applied(list), "outlook.timezone=\"Europe/Berlin\"");
}

TEST_F(Preference, OfNoMetadataStandsBesideIt) {
  const auto event = server.send(
      "GET", kEvents + "/pacific?$select=start", "",
      {{"Prefer", "outlook.timezone=\"UTC\""}, {"Accept", "application/json;odata.metadata=none"}});
  EXPECT_EQ(event.body, R"({"id":"pacific","start":{"dateTime":"2026-07-01T16:00:00.0000000",)"
                        R"("timeZone":"UTC"}})");
}

class CalendarWindow : public Preference {
 protected:
  std::string subjects(const std::string& from, const std::string& to) {
    const auto view = server.get("/v1.0/users/u/calendarView?startDateTime=" + from +
                                 "&endDateTime=" + to + "&$select=subject");
    EXPECT_EQ(view.status, 200) << view.body;
    std::string text;
    const auto body = support::json_of(view);
    for (const auto& one : body.at("value").as_array()) {
      text += (text.empty() ? "" : " ") + std::string(one.at("subject").as_string());
    }
    return text;
  }
};

TEST_F(CalendarWindow, TakesTheZonesOfEventsIntoAccount) {
  // Both begin at 16:00 in UTC; what has no end is taken for its beginning.
  EXPECT_EQ(subjects("2026-07-01T16:00:00Z", "2026-07-01T16:01:00Z"), "utc pacific");
  EXPECT_EQ(subjects("2026-07-01T09:00:00Z", "2026-07-01T09:30:00Z"), "");
}

TEST_F(CalendarWindow, TakesTheOffsetsOfItsWindowIntoAccount) {
  EXPECT_EQ(subjects("2026-07-01T18:00:00%2B02:00", "2026-07-01T18:01:00%2B02:00"), "utc pacific");
  EXPECT_EQ(subjects("2026-07-01T16:00:00%2B02:00", "2026-07-01T17:00:00%2B02:00"), "");
}

TEST_F(CalendarWindow, DoesNotMoveItsWindowByThePreference) {
  const auto view =
      get("/v1.0/users/u/calendarView?startDateTime=2026-07-01T16:00:00"
          "&endDateTime=2026-07-01T16:30:00",
          "outlook.timezone=\"Pacific Standard Time\"");
  EXPECT_EQ(at(view, "/value/0/subject"), R"("utc")") << view.body;
  EXPECT_EQ(at(view, "/value/0/start/dateTime"), R"("2026-07-01T09:00:00.0000000")");
}

}  // namespace
}  // namespace graphmock
