// The table of scenarios/README.md: all shipped scenarios, with what their files say of them.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "scenario/response_reader.h"
#include "scenario/script_reader.h"
#include "support/project_data.h"

namespace graphmock::style {
namespace {

void add_answer(const scenario::ScriptedResponse& response, std::vector<std::string>& answers) {
  if (response.status) answers.push_back(std::to_string(*response.status));
  if (response.delay.count() > 0 || response.distribution) answers.emplace_back("late");
  if (response.dribble.chunks > 0) answers.emplace_back("in pieces");
  if (response.fault != http::Fault::None) {
    answers.push_back("`" + std::string(scenario::name_of(response.fault)) + "`");
  }
}

// What its rules answer, in their order: "429", "504 after the write".
std::string answers_of(const scenario::Script& script) {
  std::string all;
  for (const auto& rule : script.rules) {
    std::vector<std::string> answers;
    for (const auto& response : rule.responses) add_answer(*response, answers);
    if (rule.rate_limit) answers.emplace_back("429 over the limit");
    if (rule.lag) answers.emplace_back("late reads");
    for (auto& answer : answers) {
      if (rule.phase == scenario::Phase::After) answer += " after the write";
      const bool is_new = (", " + all + ",").find(", " + answer + ",") == std::string::npos;
      if (is_new) all += (all.empty() ? "" : ", ") + answer;
    }
  }
  return all;
}

TEST(ScenarioList, HoldsTheFactsOfEveryShippedScenario) {
  base::LoadErrors errors;
  const auto library = scenario::load_library(support::project_file("scenarios"), errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  std::string expected;
  for (const auto& [name, script] : library.scripts) {
    EXPECT_EQ(script->description.find('|'), std::string::npos) << name;
    expected += "| [" + name + "](" + name + ".json) | " + script->description + " | " +
                answers_of(*script) + " |\n";
  }
  std::ifstream file(support::project_file("scenarios/README.md"));
  std::string table;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| [")) table += line + "\n";
  }
  EXPECT_EQ(table, expected) << "This is the table that scenarios/README.md should hold:\n"
                             << expected;
}

}  // namespace
}  // namespace graphmock::style
