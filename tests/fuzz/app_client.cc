#include "app_client.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "fuzz_support.h"
#include "http/request_reader.h"
#include "store/fixtures.h"
#include "support/project_data.h"

namespace graphmock::fuzz {
namespace {

constexpr std::string_view kAdminToken = "secret";
constexpr size_t kMostBodyBytes = 1024 * 1024;
constexpr size_t kDeepest = 400;  // an answer has what is stored within lists and objects
constexpr size_t kMostStates = 4;

bool has_word(std::string_view setup, std::string_view word) {
  return setup.find(word) != std::string_view::npos;
}

[[noreturn]] void fail(const std::string& what, const http::Request& request,
                       const http::Response* response) {
  std::fprintf(stderr, "%s\n%.*s %.*s\n", what.c_str(), static_cast<int>(request.method.size()),
               request.method.data(), static_cast<int>(request.target.as_sent().size()),
               request.target.as_sent().data());
  if (response) {
    std::fprintf(stderr, "%d\n%.*s\n", response->status,
                 static_cast<int>(std::min<size_t>(response->body.size(), 4000)),
                 response->body.data());
  }
  std::abort();
}

tenant::WorldPtr make_world(bool is_auth_required) {
  static const base::ManualClock clock(base::Instant(std::chrono::hours(24 * 365 * 56)));
  static const auto key = std::make_shared<auth::SigningKey>();
  auto world = std::make_shared<tenant::World>();
  base::LoadErrors errors;
  world->models = support::load_shipped_models(errors);
  const auto file = support::project_file("tests/fuzz/app_world.json");
  world->fixtures = store::load_fixtures(file, world->models, world->enums, errors);
  auto permissions =
      auth::load_permissions(support::project_file("fixtures/permissions.json"), errors);
  for (const auto& error : errors) std::fprintf(stderr, "%s\n", error.text().c_str());
  expect(errors.empty());
  world->gate = std::make_shared<auth::Gate>(is_auth_required, key, std::move(permissions));
  world->seed = 1;
  world->clock = &clock;
  return world;
}

tenant::WorldPtr world(bool is_auth_required) {
  static const auto open = make_world(false);
  if (!is_auth_required) return open;
  static const auto shut = make_world(true);
  return shut;
}

app::Options options(std::string_view setup) {
  app::Options options;
  if (has_word(setup, "admin")) options.admin_token = kAdminToken;
  return options;
}

// Streams are what their clients have sent, whatever type these have said it to be.
bool is_stream(const http::Request& request) {
  const auto& segments = request.target.segments();
  return std::any_of(segments.begin(), segments.end(), [](const std::string& segment) {
    return base::equals_ignoring_case(segment, "$value") ||
           base::lower_case(segment).ends_with("content");
  });
}

bool puts_scenario(const http::Request& request, const http::Response& response) {
  const auto& target = request.target;
  return request.method == "PUT" && target.plane() == http::Plane::Control &&
         !target.segments().empty() && target.segments()[0] == "scenarios" && response.status < 300;
}

// Each line is one field, of which no other can be made.
void check_head(std::string_view answer) {
  const auto end = answer.find("\r\n\r\n");
  expect(answer.starts_with("HTTP/1.1 ") && end != std::string_view::npos);
  for (auto line : base::split(answer.substr(0, end), '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (const char c : line) expect(c == '\t' || !base::is_control(c));
    expect(line.starts_with("HTTP/1.1 ") || http::is_token(line.substr(0, line.find(':'))));
  }
}

std::optional<boost::json::value> parsed(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::system::error_code error;
  auto value = boost::json::parse({text.data(), text.size()}, error, {}, options);
  if (error) return std::nullopt;
  return value;
}

std::string behind_origin(std::string_view url) {
  const auto scheme = url.find("://");
  const auto path = scheme == std::string_view::npos ? scheme : url.find('/', scheme + 3);
  return path == std::string_view::npos ? std::string() : std::string(url.substr(path));
}

}  // namespace

Client::Client(std::string_view setup)
    : is_auth_required_(has_word(setup, "auth")),
      app_(
          world(is_auth_required_), [this] { return world(is_auth_required_); }, options(setup)),
      handler_([this](const http::Request& request) { return serve(request); }),
      refuse_([this](const http::Error& error) { return app_.refuse(error); }),
      responder_(handler_, refuse_, http::ServerOptions()) {}

void Client::send(std::string_view bytes) {
  http::RequestReader reader({64 * 1024, kMostBodyBytes});
  reader.append(bytes);
  for (;;) {
    http::Request request;
    std::string out;
    try {
      if (!reader.next(request)) return;
    } catch (const http::Error& error) {
      check({}, app_.refuse(error));
      responder_.refuse(error, out);
      if (!is_scripted_) check_head(out);
      return;
    }
    const bool close = responder_.answer(request, reader.keep_alive(), out).close;
    if (!is_scripted_) check_head(out);
    reader.pop();
    if (close) return;
  }
}

http::Response Client::serve(const http::Request& request) {
  try {
    auto response = app_.serve(request);
    check(request, response);
    note(response);
    read_back(request, response);
    return response;
  } catch (const std::exception& exception) {
    fail(std::string("thrown: ") + exception.what(), request, nullptr);
  }
}

void Client::check(const http::Request& request, const http::Response& response) {
  is_scripted_ = is_scripted_ || puts_scenario(request, response);
  if (is_scripted_) return;
  if (response.status < 200 || response.status > 599 || response.status == 500) {
    fail("a status that may not be", request, &response);
  }
  const auto type = response.header("Content-Type").value_or("");
  if (type.find("json") == std::string_view::npos || response.body.empty()) return;
  if (!parsed(response.body) && !is_stream(request)) {
    fail("no JSON", request, &response);
  }
}

void Client::note(const http::Response& response) {
  const auto location = response.header("Location").value_or("");
  if (const auto code = location.find("code="); code != std::string_view::npos) {
    const auto begin = code + 5;
    given_["code"] = location.substr(begin, location.find('&', begin) - begin);
  }
  if (const auto etag = response.header("ETag")) given_["etag"] = *etag;
  given_["body"] = response.body;
  const auto body = parsed(response.body);
  const auto* object = body ? body->if_object() : nullptr;
  if (!object) return;
  const auto keep = [&](std::string_view name, const std::string& as) {
    const auto* value = object->if_contains(name);
    if (value && value->is_string()) given_[as] = base::text_of(value);
  };
  keep("id", "id");
  keep("access_token", "token");
  keep("refresh_token", "refresh");
  keep("device_code", "device");
  keep("@odata.nextLink", "next");
  keep("@odata.deltaLink", "next");
  if (const auto next = given_.find("next"); next != given_.end()) {
    if (next->second.find("://") != std::string::npos) next->second = behind_origin(next->second);
  }
}

// What was created is where the answer says that it is.
void Client::read_back(const http::Request& request, const http::Response& response) {
  const auto target = behind_origin(response.header("Location").value_or(""));
  if (response.status != 201 || target.empty() || is_scripted_ || is_auth_required_) return;
  http::Request question;
  question.method = "GET";
  question.target = http::Target::read(target);
  question.headers.add("Host", request.headers.find("Host").value_or("localhost"));
  if (const auto name = request.headers.find("X-Mock-Tenant")) {
    question.headers.add("X-Mock-Tenant", *name);
  }
  const auto found = app_.serve(question);
  check(question, found);
  if (found.status != 200) fail("created and not there", question, &found);
}

http::Response Client::ask(std::string_view method, std::string_view target,
                           std::string_view body) {
  const std::string token = "Bearer " + std::string(kAdminToken);
  http::Request request;
  request.method = method;
  request.target = http::Target::read(target);
  request.body = body;
  request.headers.add("Host", "localhost");
  request.headers.add("Authorization", token);
  auto response = app_.serve(request);
  if (response.status >= 300) fail("the control plane refuses", request, &response);
  return response;
}

void Client::check_states() {
  const auto list = base::parse_json(ask("GET", "/__admin/tenants", "").body);
  std::vector<std::string> names = {"default"};
  for (const auto& tenant : list.at("tenants").as_array()) {
    names.push_back(base::text_of(&tenant.at("name")));
  }
  names.resize(std::min(names.size(), kMostStates));
  for (const auto& name : names) {
    const auto target = "/t/" + name + "/__admin/state";
    const auto state = ask("GET", target, "").body;
    expect(parsed(state).has_value());
    ask("PUT", target, state);
    const auto again = ask("GET", target, "").body;
    if (again != state && !is_scripted_) {
      std::fprintf(stderr, "another state:\n%s\n%s\n", state.c_str(), again.c_str());
      std::abort();
    }
  }
}

}  // namespace graphmock::fuzz
