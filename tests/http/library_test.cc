// The shipped scenarios: a client meets in each of them exactly what its description says, and gets
// to where it ends. What every one of them is made of, tests/style/scenario_list_test.cc shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "http/library_stage.h"
#include "support/project_data.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::RawResponse;

constexpr std::string_view kUsers = "/v1.0/users";
constexpr std::string_view kFile = "/v1.0/me/drive/items/014TG5WMJQY5BOQHT2VNBZKSMT7J7647I6";

std::string code_of(const RawResponse& response) {
  return at(response, "/error/code");
}

std::chrono::milliseconds time_of(const std::function<void()>& what) {
  const auto begin = std::chrono::steady_clock::now();
  what();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin);
}

// So many times the same answer, then the real one.
void meet(const Stage& stage, int times, int status, const std::string& code,
          const std::optional<std::string>& retry_after) {
  for (int i = 0; i < times; ++i) {
    const auto refused = stage.update("Lead");
    EXPECT_EQ(refused.status, status);
    EXPECT_EQ(code_of(refused), '"' + code + '"');
    EXPECT_EQ(refused.header("Retry-After"), retry_after);
  }
  EXPECT_EQ(stage.update("Lead").status, 204);
  EXPECT_EQ(stage.title(), R"("Lead")");
}

void throttle_with_retry_after(const Stage& stage) {
  meet(stage, 2, 429, "TooManyRequests", "1");
}
void throttle_without_retry_after(const Stage& stage) {
  meet(stage, 3, 429, "TooManyRequests", std::nullopt);
}
void throttle_with_fraction(const Stage& stage) {
  meet(stage, 1, 429, "TooManyRequests", "0.25");
}
void burst(const Stage& stage) {
  meet(stage, 5, 503, "ServiceUnavailable", std::nullopt);
}

void throttle_updates(const Stage& stage) {
  EXPECT_EQ(stage.update("Lead").status, 204);
  meet(stage, 2, 429, "TooManyRequests", "2");
}

void throttle_one_of_several(const Stage& stage) {
  EXPECT_EQ(stage.get(kMe).status, 200);
  const auto throttled = stage.get(kUsers);
  EXPECT_EQ(throttled.status, 429);
  EXPECT_EQ(throttled.header("Retry-After"), "1");
  EXPECT_EQ(stage.get(kMail).status, 200);
  EXPECT_EQ(stage.get(kUsers).status, 200);

  stage.server.send("PUT", "/__admin/scenarios/batch-item-throttled");
  const auto ask = [&](std::string_view requests) {
    return stage.server.send("POST", "/v1.0/$batch",
                             R"({"requests": [)" + std::string(requests) + "]}");
  };
  const auto batch = ask(R"({"id": "1", "method": "GET", "url": "/me"},
                            {"id": "2", "method": "GET", "url": "/users"},
                            {"id": "3", "method": "GET", "url": "/me/messages"})");
  EXPECT_EQ(batch.status, 200);
  EXPECT_EQ(at(batch, "/responses/0/status"), "200");
  EXPECT_EQ(at(batch, "/responses/1/status"), "429");
  EXPECT_EQ(at(batch, "/responses/1/headers/Retry-After"), R"("1")");
  EXPECT_EQ(at(batch, "/responses/2/status"), "200");
  EXPECT_EQ(at(ask(R"({"id": "2", "method": "GET", "url": "/users"})"), "/responses/0/status"),
            "200");
}

void limit_each_app(Stage& stage) {
  const auto ask_as = [&](const std::string& app) {
    const auto claims = base::base64url_encode(R"({"appid": ")" + app + "\"}");
    return stage.server.send("GET", kMe, "", {{"Authorization", "Bearer e30." + claims + "."}});
  };
  for (int i = 9; i >= 0; --i) {
    const auto answer = ask_as("one");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("RateLimit-Remaining"), std::to_string(i));
    EXPECT_EQ(answer.header("x-ms-throttle-limit-percentage").has_value(), i <= 2) << i;
  }
  stage.server.clock().advance(std::chrono::seconds(4));
  const auto refused = ask_as("one");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "6");
  EXPECT_EQ(refused.header("x-ms-throttle-scope"), "Tenant_Application/Read/one");
  EXPECT_EQ(ask_as("two").status, 200);
  stage.server.clock().advance(std::chrono::seconds(6));
  EXPECT_EQ(ask_as("one").status, 200);
}

void close_until_it_is_over(const Stage& stage) {
  for (int i = 0; i < 3; ++i) {
    const auto refused = stage.get(kMe);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "120");
  }
  stage.set_state("Over");
  EXPECT_EQ(stage.get(kMe).status, 200);
  stage.set_state("Started");
  EXPECT_EQ(stage.get(kMe).status, 503);
  stage.server.send("DELETE", "/__admin/scenarios/maintenance");
  EXPECT_EQ(stage.get(kMe).status, 200);
}

void fail_by_chance(const Stage& stage) {
  const auto statuses = [&] {
    std::vector<int> all;
    for (int i = 0; i < 200; ++i) all.push_back(stage.get(kMe).status);
    return all;
  };
  const auto first = statuses();
  for (const int status : {500, 503}) {
    const auto count = std::count(first.begin(), first.end(), status);
    EXPECT_GT(count, 5) << status;
    EXPECT_LT(count, 40) << status;
  }
  EXPECT_GT(std::count(first.begin(), first.end(), 200), 120);
  stage.server.send("POST", "/__admin/reset/scenarios");
  stage.server.send("PUT", "/__admin/scenarios/intermittent-errors");
  EXPECT_EQ(statuses(), first);
}

void fail_regularly(const Stage& stage) {
  for (const int status : {200, 200, 503, 200, 200, 503}) {
    const auto answer = stage.get(kMe);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Retry-After").has_value(), status == 503);
  }
  for (const int status : {204, 204, 204, 504, 204}) {
    EXPECT_EQ(stage.update("Lead").status, status);
  }
}

void time_out_after_commit(const Stage& stage) {
  const auto before = stage.mails();
  const auto answer = stage.write_mail();
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(code_of(answer), R"("UnknownError")");
  EXPECT_EQ(at(answer, "/error/message"), R"("")");
  EXPECT_FALSE(answer.header("Retry-After"));
  EXPECT_EQ(stage.mails(), before + 1);
  EXPECT_EQ(stage.write_mail().status, 201);
  EXPECT_EQ(stage.mails(), before + 2);
}

void lose_the_reply(const Stage& stage) {
  const auto before = stage.mails();
  EXPECT_EQ(stage.rest_of("POST", kMail, R"({"subject": "Launch"})"), "");
  EXPECT_EQ(stage.mails(), before + 1);
  EXPECT_EQ(stage.write_mail().status, 201);
}

void reset_on_write(const Stage& stage) {
  const auto before = stage.mails();
  support::RawClient client(stage.server.port());
  client.send(Stage::request("POST", kMail, R"({"subject": "Launch"})"));
  EXPECT_EQ(client.read_until_close(), "");
  EXPECT_TRUE(client.was_reset());
  EXPECT_EQ(stage.mails(), before);
  EXPECT_EQ(stage.write_mail().status, 201);
  EXPECT_EQ(stage.mails(), before + 1);
}

void expire_the_token(const Stage& stage) {
  const auto refused = stage.get(kMe);
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(code_of(refused), R"("InvalidAuthenticationToken")");
  const auto challenge = refused.header("WWW-Authenticate").value_or("");
  EXPECT_TRUE(challenge.starts_with("Bearer ")) << challenge;
  EXPECT_NE(challenge.find(R"(error="invalid_token")"), std::string::npos) << challenge;
  EXPECT_EQ(stage.get(kMe).status, 200);
}

void challenge_for_claims(const Stage& stage) {
  const auto refused = stage.get(kMe);
  EXPECT_EQ(refused.status, 401);
  const auto challenge = refused.header("WWW-Authenticate").value_or("");
  EXPECT_NE(challenge.find(R"(error="insufficient_claims")"), std::string::npos) << challenge;
  const auto begin = challenge.find("claims=\"eyJ");
  ASSERT_NE(begin, std::string::npos) << challenge;
  auto claims = challenge.substr(begin + 8);
  claims.resize(claims.find('"'));
  while (claims.ends_with('=')) claims.pop_back();
  EXPECT_EQ(base::base64url_decode(claims),
            R"({"access_token":{"nbf":{"essential":true,"value":"1769860800"}}})");
  EXPECT_EQ(stage.get(kMe).status, 200);
}

void deny_writes(const Stage& stage) {
  for (int i = 0; i < 2; ++i) {
    const auto refused = stage.update("Lead");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(code_of(refused), R"("Authorization_RequestDenied")");
    EXPECT_EQ(code_of(stage.write_mail()), R"("ErrorAccessDenied")");
  }
  EXPECT_NE(stage.title(), R"("Lead")");
}

void conflict_over_the_etag(const Stage& stage) {
  const auto path = at(stage.get("/v1.0/me/messages?$top=1"), "/value/0/id");
  const auto mail = std::string(kMail) + "/" + path.substr(1, path.size() - 2);
  const auto etag = [&] { return stage.get(mail).header("ETag").value_or(""); };
  const auto old = etag();
  const auto update = [&](const std::string& if_match) {
    return stage.server.send("PATCH", mail, R"({"importance": "high"})", {{"If-Match", if_match}});
  };
  for (int i = 0; i < 2; ++i) {
    const auto refused = update(old);
    EXPECT_EQ(refused.status, 412);
    EXPECT_EQ(code_of(refused), R"("ErrorIrresolvableConflict")");
  }
  EXPECT_EQ(update(etag()).status, 200);
}

void conflict_over_the_tenant(const Stage& stage) {
  meet(stage, 2, 409, "Directory_ConcurrencyViolation", std::nullopt);
  stage.server.send("PUT", "/__admin/scenarios/concurrent-writes");
  EXPECT_EQ(code_of(stage.write_mail()), R"("ErrorIrresolvableConflict")");
  EXPECT_EQ(stage.write_mail().status, 409);
  EXPECT_EQ(stage.write_mail().status, 201);
}

void lock_the_file(const Stage& stage) {
  const auto rename = [&] {
    return stage.server.send("PATCH", kFile, R"({"description": "Final"})");
  };
  EXPECT_EQ(code_of(rename()), R"("resourceLocked")");
  EXPECT_EQ(stage.get(kFile).status, 200);
  EXPECT_EQ(stage.update("Lead").status, 204);
  EXPECT_EQ(rename().status, 423);
  EXPECT_EQ(rename().status, 200);
}

void create_late(const Stage& stage) {
  const auto before = stage.mails();
  const auto made = stage.write_mail();
  EXPECT_EQ(made.status, 201);
  const auto id = at(made, "/id");
  const auto mail = std::string(kMail) + "/" + id.substr(1, id.size() - 2);
  EXPECT_EQ(stage.get(mail).status, 404);
  EXPECT_EQ(stage.mails(), before);
  EXPECT_EQ(stage.get(mail).status, 404);
  EXPECT_EQ(stage.get(mail).status, 200);
  EXPECT_EQ(stage.mails(), before + 1);
}

void update_late(const Stage& stage) {
  const auto before = stage.title();
  EXPECT_EQ(stage.update("Lead").status, 204);
  EXPECT_EQ(stage.title(), before);
  EXPECT_EQ(stage.title(), before);
  EXPECT_EQ(stage.title(), R"("Lead")");
}

void expire_the_delta_token(const Stage& stage) {
  for (const auto& [path, code] : {std::pair("/v1.0/me/drive/root/delta", "\"resyncRequired\""),
                                   std::pair("/v1.0/users/delta", "\"syncStateNotFound\"")}) {
    stage.server.send("PUT", "/__admin/scenarios/delta-token-expired");
    const auto refused = stage.get(std::string(path) + "?$deltatoken=old");
    EXPECT_EQ(refused.status, 410) << path;
    EXPECT_EQ(code_of(refused), code);
    EXPECT_EQ(stage.get(path).status, 200) << path;
    EXPECT_NE(stage.get(std::string(path) + "?$deltatoken=old").status, 410) << path;
  }
}

// Through all pages, each entity once.
void fail_midway(const Stage& stage) {
  for (const std::string first : {"/v1.0/users?$top=10", "/v1.0/me/messages?$top=1"}) {
    stage.server.send("PUT", "/__admin/scenarios/page-fails-midway");
    std::set<std::string> ids;
    std::string next = first;
    int failures = 0, pages = 0;
    while (!next.empty() && failures < 3) {
      const auto page = stage.get(next);
      if (page.status == 504) {
        EXPECT_EQ(pages, 1);
        ++failures;
        continue;
      }
      ++pages;
      const auto body = support::json_of(page);
      for (const auto& one : body.at("value").as_array()) {
        EXPECT_TRUE(ids.insert(base::to_json(one.at("id"))).second) << base::to_json(one);
      }
      const auto link = base::text_of(base::at_pointer(body, "/@odata.nextLink"));
      next = link.empty() ? "" : link.substr(stage.server.origin().size());
    }
    EXPECT_EQ(failures, 1) << first;
    EXPECT_GE(pages, 2) << first;
    const auto whole = support::json_of(stage.get(first.substr(0, first.find('?')) + "?$top=500"));
    EXPECT_EQ(ids.size(), whole.at("value").as_array().size()) << first;
  }
}

void be_late_by_chance(const Stage& stage) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(stage.get(kMe).status, 200);
  const auto journal = support::json_of(stage.get("/__admin/requests"));
  std::set<int64_t> delays;
  for (const auto& one : journal.at("requests").as_array()) {
    const auto delay = one.at("delayMilliseconds").as_int64();
    EXPECT_LE(delay, 2000);
    delays.insert(delay);
  }
  EXPECT_GE(delays.size(), 5u);
}

void be_late_each_time(const Stage& stage) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_GE(time_of([&] { EXPECT_EQ(stage.get(kMe).status, 200); }).count(), 300);
  }
}

void be_late_once(const Stage& stage) {
  support::RawClient slow(stage.server.port());
  const auto time = time_of([&] {
    slow.send(Stage::request("GET", kMe));
    EXPECT_EQ(stage.get(kMe).status, 200);
    EXPECT_EQ(slow.read_response().status, 200);
  });
  EXPECT_GE(time.count(), 1500);
}

void hang_once(const Stage& stage) {
  support::RawClient hanging(stage.server.port());
  hanging.send(Stage::request("GET", kMe));
  // The journal has it once it was judged; the answer waits.
  const auto is_judged = [&] { return at(stage.get("/__admin/requests"), "/meta/total") == "1"; };
  for (int i = 0; i < 10'000 && !is_judged(); ++i) continue;
  ASSERT_TRUE(is_judged());
  EXPECT_EQ(stage.get(kMe).status, 200);
  EXPECT_FALSE(hanging.has_news());
  EXPECT_EQ(at(stage.get("/__admin/requests"), "/requests/1/delayMilliseconds"), "600000");
}

void dribble(const Stage& stage) {
  support::RawClient client(stage.server.port());
  std::string first;
  RawResponse answer;
  const auto time = time_of([&] {
    client.send(Stage::request("GET", kUsers));
    answer = client.read_response();
  });
  EXPECT_GE(time.count(), 1000);
  EXPECT_EQ(support::json_of(answer).at("value").as_array().size(), 25u);
  client.send(Stage::request("GET", kUsers));
  first = client.read_some();
  EXPECT_TRUE(first.starts_with("HTTP/1.1 200")) << first;
  EXPECT_LT(first.size(), answer.body.size());
}

void break_json(const Stage& stage) {
  const auto broken = stage.get(kUsers);
  EXPECT_EQ(broken.status, 200);
  EXPECT_EQ(broken.header("Content-Type"), "application/json");
  EXPECT_THROW(base::parse_json(broken.body), base::JsonError);
  EXPECT_EQ(support::json_of(stage.get(kUsers)).at("value").as_array().size(), 25u);
}

void break_a_chunk(const Stage& stage) {
  const auto broken = stage.rest_of("GET", kMe);
  EXPECT_TRUE(broken.starts_with("HTTP/1.1 200")) << broken;
  EXPECT_NE(broken.find("Transfer-Encoding: chunked"), std::string::npos) << broken;
  EXPECT_FALSE(broken.ends_with("0\r\n\r\n"));
  EXPECT_EQ(stage.title().front(), '"');
}

void truncate(const Stage& stage) {
  const auto broken = stage.rest_of("GET", kMe);
  EXPECT_TRUE(broken.starts_with("HTTP/1.1 200")) << broken;
  // The same request again, as the host that it asks for stands in the answer.
  support::RawClient client(stage.server.port());
  client.send(Stage::request("GET", kMe));
  const auto whole = client.read_response();
  EXPECT_EQ(whole.status, 200);
  EXPECT_NE(broken.find("Content-Length: " + std::to_string(whole.body.size())), std::string::npos)
      << broken;
  const auto body = broken.substr(broken.find("\r\n\r\n") + 4);
  EXPECT_GT(body.size(), 0u);
  EXPECT_LT(body.size(), whole.body.size());
}

void answer_a_web_page(const Stage& stage) {
  const auto page = stage.get(kMe);
  EXPECT_EQ(page.status, 502);
  EXPECT_EQ(page.header("Content-Type"), "text/html");
  EXPECT_TRUE(page.body.starts_with("<!DOCTYPE html>")) << page.body;
  EXPECT_EQ(stage.get(kMe).status, 200);
}

void answer_noise(const Stage& stage) {
  const auto noise = stage.rest_of("GET", kMe);
  EXPECT_GT(noise.size(), 0u);
  EXPECT_EQ(noise.find("HTTP/1.1"), std::string::npos);
  EXPECT_EQ(stage.get(kMe).status, 200);
}

struct Play {
  std::string name;
  std::function<void(Stage&)> play;
};

std::vector<Play> plays() {
  return {{"access-denied", deny_writes},
          {"batch-item-throttled", throttle_one_of_several},
          {"burst-of-503", burst},
          {"claims-challenge", challenge_for_claims},
          {"concurrent-writes", conflict_over_the_tenant},
          {"connection-reset-on-write", reset_on_write},
          {"delta-token-expired", expire_the_delta_token},
          {"dribbled-page", dribble},
          {"etag-conflict", conflict_over_the_etag},
          {"eventual-consistency-after-create", create_late},
          {"flaky-service", fail_regularly},
          {"gateway-timeout-after-commit", time_out_after_commit},
          {"hanging-request", hang_once},
          {"html-error-page", answer_a_web_page},
          {"intermittent-errors", fail_by_chance},
          {"locked-file", lock_the_file},
          {"lognormal-network", be_late_by_chance},
          {"lost-reply", lose_the_reply},
          {"maintenance", close_until_it_is_over},
          {"malformed-chunk", break_a_chunk},
          {"malformed-json", break_json},
          {"no-http", answer_noise},
          {"page-fails-midway", fail_midway},
          {"rate-limit-by-app", limit_each_app},
          {"slow-first-byte", be_late_once},
          {"slow-network", be_late_each_time},
          {"stale-reads-after-update", update_late},
          {"throttle-updates", throttle_updates},
          {"throttling-with-fractional-retry-after", throttle_with_fraction},
          {"throttling-with-retry-after", throttle_with_retry_after},
          {"throttling-without-retry-after", throttle_without_retry_after},
          {"token-expired", expire_the_token},
          {"truncated-body", truncate}};
}

class Library : public testing::TestWithParam<Play> {};

TEST_P(Library, ShowsAClientWhatItsDescriptionSays) {
  Stage stage(GetParam().name);
  GetParam().play(stage);
}

INSTANTIATE_TEST_SUITE_P(All, Library, testing::ValuesIn(plays()), support::RowName());

TEST(LibraryPlays, AreOfEveryShippedScenario) {
  std::set<std::string> played, shipped;
  for (const auto& one : plays()) played.insert(one.name);
  for (const auto& entry :
       std::filesystem::directory_iterator(support::project_file("scenarios"))) {
    if (entry.path().extension() == ".json") shipped.insert(entry.path().stem().string());
  }
  EXPECT_EQ(played, shipped);
}

}  // namespace
}  // namespace graphmock
