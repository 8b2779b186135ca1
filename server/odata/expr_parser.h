// Text to expression: the grammar of OData's ABNF, by recursive descent, of bounded depth.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "odata/expr.h"
#include "odata/query.h"

namespace graphmock::odata {

// Where a text stops being what it should be.
struct SyntaxError : std::exception {
  SyntaxError(size_t at, std::string what_was_expected)
      : position(at), expected(std::move(what_was_expected)) {}
  const char* what() const noexcept override { return expected.c_str(); }

  size_t position;       // in bytes
  std::string expected;  // "an operator"
};

// Each takes the whole text or throws SyntaxError.
ExprPtr parse_expression(std::string_view text);
std::vector<OrderItem> parse_orderby(std::string_view text);
std::vector<SelectItem> parse_select(std::string_view text);
std::vector<ExpandItem> parse_expand(std::string_view text);
std::vector<ComputeItem> parse_compute(std::string_view text);
SearchPtr parse_search(std::string_view text);
// A transformation that is the standard's and not implemented is an http::Error 501.
SequencePtr parse_apply(std::string_view text);

// "Syntax error at position 12 in 'displayName eqq 'x'': expected an operator."
std::string syntax_message(const SyntaxError& error, std::string_view text);
// The text, and below it a caret at the position; of a long text the part around it.
std::string caret_line(const SyntaxError& error, std::string_view text);

}  // namespace graphmock::odata
