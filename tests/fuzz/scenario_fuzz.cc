// Scenario files of any bytes are read, or refused with what is wrong in which line; and the rules
// that come of one can be asked about requests.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz_support.h"
#include "scenario/player.h"

namespace graphmock::fuzz {
namespace {

// Nobody waits for longer than an hour for each of the rules.
void check(const scenario::Verdict& verdict, size_t rules) {
  expect(verdict.delivery.delay.count() >= 0);
  expect(verdict.delivery.delay <= std::chrono::hours(2) * (rules + 1));
  for (const auto& [name, value] : verdict.headers) expect(!name.empty());
  expect(verdict.acted.size() <= rules);
}

void play(const scenario::ScriptPtr& script) {
  const scenario::Scripts scripts{{script->name, script}};
  scenario::Player player(scripts, nullptr, 1);
  expect(player.activate(script->name));
  for (const std::string_view method : {"GET", "PATCH", "PATCH"}) {
    http::Request request{
        method, http::Target::read("/v1.0/users/1"), {}, R"({"displayName":"x","age":7})"};
    request.headers.add("Prefer", "return=minimal");
    scenario::Facts facts(request);
    facts.version = "v1.0";
    facts.segments = {"users", "1"};
    facts.types = {shipped_model().structured_type("microsoft.graph.user")};
    facts.app = "app";
    check(player.judge(facts, "", base::Instant()), script->rules.size());
    for (const auto& rule : script->rules) {
      const auto why = scenario::mismatches(rule.request, facts);
      expect(why.empty() == scenario::matches(rule.request, facts));
      for (const auto& reason : why) expect(base::is_valid_utf8(reason));
    }
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const scenario::BodyFiles files{{"a.txt", std::make_shared<const std::string>("a")}};
  base::LoadErrors errors;
  const auto script = scenario::read_script("s", "s.json", text, files, errors);
  fuzz::expect((script != nullptr) == errors.empty() && errors.size() <= 50);
  for (const auto& error : errors) fuzz::expect(error.line > 0 && !error.what.empty());
  if (script) fuzz::play(script);
  return 0;
}
