// JSON objects read field by field, for files and bodies that people write: what is unknown or of
// another kind is a problem with its line.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/load_error.h"

namespace graphmock::scenario {

class Fields {
 public:
  using Read = std::function<void(const boost::json::value&, const std::string& pointer)>;
  using Known = std::initializer_list<std::pair<std::string_view, Read>>;

  // `file` is only a name. All must outlive it.
  Fields(const std::string& file, std::string_view text, base::LoadErrors& errors)
      : file_(file), text_(text), errors_(errors) {}

  size_t problem_count() const { return count_; }
  // Beyond kMost they are counted, not told: finding a line takes reading the text again.
  void problem(const std::string& pointer, std::string what);
  static constexpr size_t kMost = 50;

  // Calls what is known of each member; others are problems.
  void read(const boost::json::value& value, const std::string& pointer, Known known);

  const boost::json::object* object(const boost::json::value& value, const std::string& pointer);
  std::string string(const boost::json::value& value, const std::string& pointer);
  int64_t integer(const boost::json::value& value, const std::string& pointer, int64_t low,
                  int64_t high);
  double number(const boost::json::value& value, const std::string& pointer, double low,
                double high);
  bool boolean(const boost::json::value& value, const std::string& pointer);

 private:
  const std::string& file_;
  std::string_view text_;
  base::LoadErrors& errors_;
  size_t count_ = 0;
};

}  // namespace graphmock::scenario
