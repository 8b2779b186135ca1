#include "support/random_expression.h"

#include "support/small_service.h"

namespace graphmock::support {
namespace {

constexpr std::string_view kTypes = R"xml(
<ComplexType Name="part"><Property Name="i" Type="Edm.Int32"/>
  <Property Name="s" Type="Edm.String"/></ComplexType>
<EntityType Name="thing">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="i" Type="Edm.Int32"/><Property Name="j" Type="Edm.Int32"/>
  <Property Name="d" Type="Edm.Decimal"/>
  <Property Name="s" Type="Edm.String"/><Property Name="t" Type="Edm.String"/>
  <Property Name="b" Type="Edm.Boolean"/><Property Name="c" Type="Edm.Boolean"/>
  <Property Name="n" Type="Collection(Edm.Int32)"/>
  <Property Name="w" Type="Collection(Edm.String)"/>
  <Property Name="p" Type="graph.part"/>
</EntityType>
)xml";

}  // namespace

const model::Model& random_model() {
  static const auto model = read_model("v1.0", csdl(kTypes));
  return *model;
}

const model::StructuredType& random_type() {
  return *random_model().structured_type("microsoft.graph.thing");
}

std::string RandomExpressions::any_value() {
  switch (below(4)) {
    case 0:
      return number(4);
    case 1:
      return text(4);
    case 2:
      return "concat(n,[" + number(3) + "])";
    default:
      return boolean(4);
  }
}

std::string RandomExpressions::boolean(int depth) {
  if (depth <= 0) return one_of({"b", "c", "true", "false", "null"});
  const auto comparison = [&] { return " " + one_of({"eq", "ne", "lt", "le", "gt", "ge"}) + " "; };
  const auto inner = [&] { return "(" + boolean(depth - 1) + ")"; };
  switch (below(11)) {
    case 0:
      return inner() + " and " + inner();
    case 1:
      return boolean(depth - 1) + " or " + boolean(depth - 1);
    case 2:
      return "not " + inner();
    case 3:
    case 4:
      return number(depth - 1) + comparison() + number(depth - 1);
    case 5:
      return text(depth - 1) + comparison() + text(depth - 1);
    case 6:
      return inner() + " " + one_of({"eq", "ne"}) + " " + inner();
    case 7:
      return one_of({"contains", "startswith", "endswith"}) + "(" + text(depth - 1) + "," +
             text(depth - 1) + ")";
    case 8:
      return below(2) == 0
                 ? "(" + number(depth - 1) + ") in " + list_of_numbers(depth - 1)
                 : text(depth - 1) + " in " + one_of({"w", "('a','b','')", "()", "('ab',null)"});
    case 9:
      return lambda(depth);
    default:
      return "case(" + boolean(depth - 1) + ":" + boolean(depth - 1) +
             ",true:" + boolean(depth - 1) + ")";
  }
}

std::string RandomExpressions::lambda(int depth) {
  const auto over = one_of({"any", "all"});
  if (below(3) == 0) {
    const auto word = one_of({"eq 'a'", "ne 'b'", "in ('','ab')", "lt s"});
    return "w/" + over + "(x:x " + word + ")";
  }
  ++variables_;
  const auto inner = boolean(depth - 1);
  const auto name = "v" + std::to_string(variables_--);
  return "n/" + over + "(" + name + ":" + inner + ")";
}

std::string RandomExpressions::number(int depth) {
  if (variables_ > 0 && below(3) == 0) return "v" + std::to_string(1 + below(variables_));
  if (depth <= 0) return one_of({"i", "j", "d", "p/i", "0", "1", "-2", "3", "0.5", "1.25", "null"});
  const auto inner = [&] { return "(" + number(depth - 1) + ")"; };
  switch (below(9)) {
    case 0:
    case 1:
      return inner() + " " + one_of({"add", "sub", "mul"}) + " " + inner();
    case 2:
      return inner() + " " + one_of({"div", "mod"}) + " " + one_of({"2", "4", "0", "-1", "i"});
    case 3:
      return "-" + inner();
    case 4:
      return "length(" + text(depth - 1) + ")";
    case 5:
      return "indexof(" + text(depth - 1) + "," + text(depth - 1) + ")";
    case 6:
      return one_of({"round", "floor", "ceiling"}) + "(" + number(depth - 1) + ")";
    case 7:
      return one_of({"n/$count", "w/$count", "n/$count($filter=$this gt 1)", "length(n)"});
    default:
      return number(0);
  }
}

std::string RandomExpressions::text(int depth) {
  if (depth <= 0) return one_of({"s", "t", "p/s", "'a'", "'ab'", "''", "'b A'", "null"});
  switch (below(5)) {
    case 0:
      return one_of({"tolower", "toupper", "trim"}) + "(" + text(depth - 1) + ")";
    case 1:
      return "concat(" + text(depth - 1) + "," + text(depth - 1) + ")";
    case 2:
      return "substring(" + text(depth - 1) + "," + one_of({"0", "1", "-1", "5", "i"}) + ")";
    case 3:
      return "case(" + boolean(depth - 1) + ":" + text(depth - 1) + ")";
    default:
      return text(0);
  }
}

std::string RandomExpressions::list_of_numbers(int depth) {
  if (depth <= 0 || below(2) == 0) return one_of({"n", "(1,2,3)", "()", "(0,null,1.25)"});
  if (below(3) == 0) return "(concat(n,[" + number(depth - 1) + "]))";
  return "[" + number(depth - 1) + "," + number(depth - 1) + "]";
}

std::string RandomExpressions::entity() {
  const auto part = [&] {
    const auto i = one_of({"null", "1", "7"});
    return below(3) == 0 ? std::string("null")
                         : "{\"i\":" + i + ",\"s\":" + one_of({"null", "\"a\""}) + "}";
  };
  std::string json = "{\"id\":\"x\"";
  for (const std::string name : {"i", "j"}) {
    if (below(6) > 0) json += ",\"" + name + "\":" + one_of({"null", "0", "1", "2", "-3", "7"});
  }
  if (below(6) > 0) json += ",\"d\":" + one_of({"null", "0", "0.25", "-1.5", "2", "3.75"});
  for (const std::string name : {"s", "t"}) {
    if (below(6) > 0)
      json +=
          ",\"" + name + "\":" + one_of({"null", "\"\"", "\"a\"", "\" ab \"", "\"Ab\"", "\"bAb\""});
  }
  for (const std::string name : {"b", "c"}) {
    if (below(6) > 0) json += ",\"" + name + "\":" + one_of({"null", "true", "false"});
  }
  if (below(6) > 0) json += ",\"n\":" + one_of({"[]", "[1]", "[0,1,2]", "[3,-3]"});
  if (below(6) > 0) json += ",\"w\":" + one_of({"[]", "[\"a\"]", "[\"b\",\"ab\"]"});
  if (below(6) > 0) json += ",\"p\":" + part();
  return json + "}";
}

}  // namespace graphmock::support
