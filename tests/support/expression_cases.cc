#include "support/expression_cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "odata/check.h"
#include "odata/eval.h"
#include "odata/expr_parser.h"
#include "support/people.h"
#include "support/project_data.h"

namespace graphmock::support {
namespace {

namespace fs = std::filesystem;
using namespace odata;

fs::path folder() {
  return project_file("tests/unit/odata/cases");
}

std::shared_ptr<const base::json::value> parsed(std::string_view text) {
  return std::make_shared<const base::json::value>(base::parse_json(text));
}

}  // namespace

std::vector<std::string> case_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder())) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Case> read_cases(const std::string& file) {
  constexpr std::string_view kArrow = " => ";
  std::vector<Case> cases;
  Case next;
  next.type = "person";
  next.entity = std::make_shared<const base::json::value>(a_person());
  std::ifstream lines(folder() / file);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    next.place = file + ":" + std::to_string(++number);
    const auto text = base::trim(line);
    if (text.empty() || text.starts_with('#')) continue;
    if (text == "in any case") {
      next.ignore_case = true;
      continue;
    }
    if (text.starts_with("with ")) {
      const auto brace = text.find('{');
      next.type = base::trim(text.substr(5, brace - 5));
      next.entity = parsed(text.substr(brace));
      next.ignore_case = false;
      continue;
    }
    const auto arrow = text.rfind(kArrow);
    if (arrow == text.npos) {
      ADD_FAILURE() << next.place << " has no '=>'";
      continue;
    }
    next.expression = base::trim(text.substr(0, arrow));
    next.value = base::trim(text.substr(arrow + kArrow.size()));
    cases.push_back(next);
  }
  return cases;
}

std::string printed(const Value& value) {
  if (value.is_null()) return "null";
  if (const auto* flag = value.get<bool>()) return *flag ? "true" : "false";
  if (const auto exact = value.decimal()) return exact->to_string();
  if (const auto* real = value.get<double>()) {
    if (std::isnan(*real)) return "NaN";
    if (std::isinf(*real)) return *real > 0 ? "INF" : "-INF";
    return base::to_json(base::json::value(*real)) + "d";
  }
  if (const auto* text = value.get<Text>()) return "'" + text->text + "'";
  if (const auto* moment = value.get<Moment>()) return format_moment(*moment);
  if (const auto* date = value.get<Date>()) return format_date(date->days);
  if (const auto* time = value.get<TimeOfDay>()) return format_time_of_day(time->nanoseconds);
  if (const auto* duration = value.get<Duration>()) return format_duration(duration->nanoseconds);
  if (const auto* member = value.get<EnumValue>()) return member->text;
  if (const auto* list = value.list()) {
    std::string text;
    for (const auto& one : *list) text += (text.empty() ? "" : ",") + printed(one);
    return "[" + text + "]";
  }
  return "item";
}

std::string evaluated(const Case& one) {
  static const std::map<std::string, ExprPtr> aliases{{"@three", parse_expression("3")},
                                                      {"@text", parse_expression("'x'")},
                                                      {"@this", parse_expression("$this")},
                                                      {"@list", parse_expression("[1,3]")}};
  People people;
  const auto now = base::Instant(std::chrono::milliseconds(1'769'860'800'125));
  const auto& model = people_model();
  Evaluator evaluator(model, aliases, people, {one.ignore_case, now});
  try {
    const auto parsed_expression = parse_expression(one.expression);
    const auto& expression = *parsed_expression;
    const auto& type = people_type(one.type);
    const Item item{&one.entity->get_object(), &type, one.entity.get()};
    check_expression(expression, model, type, {&aliases});
    return printed(evaluator.value(expression, item));
  } catch (const http::Error& error) {
    return std::to_string(error.status);
  } catch (const SyntaxError& error) {
    return syntax_message(error, one.expression);
  }
}

}  // namespace graphmock::support
