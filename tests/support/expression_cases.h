// Tables of expressions and their values, in tests/unit/odata/cases/*.txt. A line is one of
//   # a comment
//   with TYPE {...}       what the lines below it are evaluated for; before the first it is a
//   person in any case           strings are compared without case from here on, up to the next
//   `with` EXPRESSION => VALUE   true, false, null, a number, 'a text', a date ...; 400 or 501 for
//   an error
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <vector>

#include "odata/value.h"

namespace graphmock::support {

struct Case {
  std::string place;  // "strings.txt:12"
  std::string type;
  std::shared_ptr<const boost::json::value> entity;
  bool ignore_case = false;
  std::string expression;
  std::string value;
};

std::vector<std::string> case_files();  // their names
std::vector<Case> read_cases(const std::string& file);

// What the case's expression gives: parsed, checked and evaluated.
std::string evaluated(const Case& one);
std::string printed(const odata::Value& value);

}  // namespace graphmock::support
