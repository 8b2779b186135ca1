// The cases of the OASIS grammar: what it accepts we accept, what it rejects we reject. Of a whole
// URL its query is read. Rules that are not about queries are named below, each with the reason why
// it is not asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "http/url.h"
#include "odata/expr_parser.h"
#include "odata/literal.h"
#include "odata/query.h"

namespace graphmock {
namespace {

using odata::LiteralKind;

// Says whether the whole input is what the rule describes; it may throw SyntaxError or http::Error
// as well.
using Check = std::function<bool(const std::string&)>;

// As in the query of a URL.
std::string decoded(const std::string& text) {
  const auto value = http::parse_url("/?x=" + text).query.at(0).value;
  // What ends a value in a URL is no part of one.
  if (text.find_first_of("&#") != text.npos) throw odata::SyntaxError(0, "one value");
  return value;
}

// Options that may be there more than once, each on its own.
bool accepts_options(const std::string& input) {
  for (const auto& option : http::parse_url("/?" + input).query) odata::parse_query({option});
  return true;
}

// One system option, and one of these.
Check option(std::vector<std::string_view> names) {
  return [names](const std::string& input) {
    const auto options = http::parse_url("/?" + input).query;
    if (options.size() != 1 || input.find('#') != input.npos) return false;
    auto name = base::lower_case(options[0].name);
    if (name.starts_with('$')) name.erase(0, 1);
    if (std::find(names.begin(), names.end(), name) == names.end()) return false;
    odata::parse_query(options);
    return true;
  };
}

// An expression, of which the input may be a part that needs something before and behind it.
Check expression(std::string before = "", std::string behind = "") {
  return [=](const std::string& input) {
    const auto text = decoded(input);
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    odata::parse_expression(before + text + behind);
    return true;
  };
}

Check of_kind(std::vector<odata::ExprKind> kinds, std::vector<std::string_view> names = {}) {
  return [=](const std::string& input) {
    const auto parsed = odata::parse_expression(decoded(input));
    const bool has_name =
        names.empty() || std::find(names.begin(), names.end(), parsed->name) != names.end();
    return has_name && std::find(kinds.begin(), kinds.end(), parsed->kind) != kinds.end();
  };
}

Check literal(std::vector<LiteralKind> kinds) {
  return [kinds](const std::string& input) {
    const auto text = decoded(input);
    const auto found = odata::literal_at(text);
    return found && found->length == text.size() &&
           std::find(kinds.begin(), kinds.end(), found->literal.kind) != kinds.end();
  };
}

Check shape(std::string_view prefix, std::string_view name) {
  return [=](const std::string& input) {
    const auto start = std::string(prefix) + "'SRID=";
    const auto text = decoded(input);
    const auto semicolon = text.find(';');
    return literal({LiteralKind::Geography})(input) && text.starts_with(start) &&
           semicolon != text.npos &&
           base::starts_with_ignoring_case(text.substr(semicolon + 1), name);
  };
}

Check value(size_t (*length)(std::string_view)) {
  return [length](const std::string& input) { return length(input) == input.size(); };
}

Check not_empty(size_t (*length)(std::string_view)) {
  return [=](const std::string& input) { return !input.empty() && value(length)(input); };
}

Check full_shape(std::string_view name) {
  return [=](const std::string& input) {
    const auto semicolon = input.find(';');
    return not_empty(odata::geo_length)(input) && semicolon != input.npos &&
           base::starts_with_ignoring_case(input.substr(semicolon + 1), name);
  };
}

bool is_integer(std::string_view text, size_t digits, bool has_sign) {
  if (has_sign && !text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= digits &&
         text.find_first_not_of("0123456789") == text.npos;
}

Check integer(size_t digits, bool has_sign = true) {
  return [=](const std::string& input) { return is_integer(input, digits, has_sign); };
}

Check integer_literal(size_t digits) {
  return [=](const std::string& input) { return is_integer(decoded(input), digits, true); };
}

Check word(std::string_view text, bool in_any_case) {
  return [=](const std::string& input) {
    return in_any_case ? base::equals_ignoring_case(input, text) : input == text;
  };
}

Check any_of(std::vector<Check> checks) {
  return [checks](const std::string& input) {
    return std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
      try {
        return check(input);
      } catch (const odata::SyntaxError&) {
        return false;
      }
    });
  };
}

Check search(bool is_whole_value) {
  return [=](const std::string& input) {
    const auto text = decoded(input);
    if (is_whole_value && (text.starts_with(' ') || text.ends_with(' '))) return false;
    odata::parse_search(text);
    return true;
  };
}

template <typename Parse>
Check list(Parse parse, size_t at_most = 1000) {
  return [=](const std::string& input) {
    const auto items = parse(decoded(input));
    return items.size() >= 1 && items.size() <= at_most;
  };
}

const std::map<std::string_view, Check>& checks() {
  using enum LiteralKind;
  using odata::ExprKind;
  const auto boolean = any_of({word("true", true), word("false", true)});
  const auto number = [](const std::string& input) {
    return !input.empty() && odata::number_length(input) == input.size();
  };
  const Check number_literal = [=](const std::string& input) { return number(decoded(input)); };
  const auto time_literal = literal({TimeOfDay});
  const auto date_time_literal = literal({DateTimeOffset});
  const auto any_literal =
      literal({Null, Boolean, Integer, Decimal, Double, String, Guid, Date, DateTimeOffset,
               odata::LiteralKind::TimeOfDay, Duration, Binary, Enum, Geography});
  const auto duration_in_quotes = [](const std::string& input) {
    return literal({Duration})(input) || literal({Duration})("duration" + input);
  };
  const auto enum_in_quotes = [](const std::string& input) {
    return literal({Enum})(input) || literal({Enum})("a.b" + input);
  };
  const auto call = of_kind({ExprKind::Call});
  const auto path = expression();
  const auto after_path = expression("x");
  const auto after_slash = expression("x/");
  static const std::map<std::string_view, Check> kChecks = [&] {
    std::map<std::string_view, Check> all{
        // Query options.
        {"queryOptions", accepts_options},
        {"queryOption", accepts_options},
        {"customQueryOption",
         [](const std::string& input) {
           constexpr std::string_view kNoBeginning = "@$=&";
           return !input.empty() && kNoBeginning.find(input.front()) == kNoBeginning.npos &&
                  accepts_options(input);
         }},
        {"systemQueryOption",
         option({"compute", "count", "deltatoken", "expand", "filter", "format", "id", "index",
                 "orderby", "schemaversion", "search", "select", "skip", "skiptoken", "top"})},
        {"compute", option({"compute"})},
        {"deltatoken", option({"deltatoken"})},
        {"expand", option({"expand"})},
        {"filter", option({"filter"})},
        {"format", option({"format"})},
        {"id", option({"id"})},
        {"index", option({"index"})},
        {"inlinecount", option({"count"})},
        {"orderby", option({"orderby"})},
        {"orderBy", option({"orderby"})},
        {"schemaversion", option({"schemaversion"})},
        {"search", option({"search"})},
        {"select", option({"select"})},
        {"skip", option({"skip"})},
        {"skiptoken", option({"skiptoken"})},
        {"top", option({"top"})},
        {"searchExpr", search(true)},
        {"searchPhrase", search(true)},
        {"searchWord", search(true)},
        {"searchParenExpr", search(true)},
        {"searchNegateExpr", search(true)},
        {"selectItem", list(odata::parse_select, 1)},
        {"expandItem", list(odata::parse_expand, 1)},
        {"expandPath", list(odata::parse_expand, 1)},
        {"orderbyItem", list(odata::parse_orderby, 1)},
        {"computeItem", list(odata::parse_compute, 1)},
        // Expressions.
        {"commonExpr", path},
        {"boolCommonExpr", path},
        {"firstMemberExpr", path},
        {"memberExpr", path},
        {"directMemberExpr", path},
        {"propertyPathExpr", path},
        {"annotationExpr", path},
        {"parameterValue", path},
        {"listExpr", expression("x in ")},
        {"inscopeVariableExpr", path},
        {"implicitVariableExpr", of_kind({ExprKind::Variable})},
        {"lambdaVariableExpr", value(odata::identifier_length)},
        {"collectionPathExpr", after_path},
        {"collectionNavigationExpr", after_path},
        {"collectionNavNoCastExpr", after_path},
        {"singleNavigationExpr", after_path},
        {"complexColPathExpr", after_path},
        {"complexPathExpr", after_path},
        {"primitivePathExpr", after_path},
        {"filterExpr", after_path},
        {"functionExprParameters", after_path},
        {"methodCallExpr", call},
        {"boolMethodCallExpr", call},
        {"isofExpr", of_kind({ExprKind::Call}, {"isof"})},
        {"castExpr", of_kind({ExprKind::Call}, {"cast"})},
        {"notExpr", of_kind({ExprKind::Unary, ExprKind::Binary, ExprKind::In})},
        {"negateExpr", path},
        {"arrayOrObject", of_kind({ExprKind::List, ExprKind::Object})},
        {"array", of_kind({ExprKind::List})},
        {"object", of_kind({ExprKind::Object})},
        {"complexInUri", of_kind({ExprKind::Object})},
        {"complexColInUri", of_kind({ExprKind::List})},
        {"primitiveColInUri", of_kind({ExprKind::List})},
        {"parameterAlias", of_kind({ExprKind::Alias})},
        // Names.
        {"odataIdentifier", not_empty(odata::identifier_length)},
        {"namespace", not_empty(odata::qualified_name_length)},
        {"qualifiedTypeName", expression("isof(", ")")},
        {"optionallyQualifiedTypeName", expression("isof(", ")")},
        {"qualifiedEntityTypeName", not_empty(odata::qualified_name_length)},
        {"qualifiedComplexTypeName", not_empty(odata::qualified_name_length)},
        // Literals as in URLs.
        {"primitiveLiteral", any_literal},
        {"null", word("null", false)},
        {"nullValue", word("null", false)},
        {"boolean", boolean},
        {"booleanValue", any_of({word("true", false), word("false", false)})},
        {"stringLiteral", literal({String})},
        {"string", literal({String})},
        {"binaryLiteral", literal({Binary})},
        {"binary", literal({Binary})},
        {"dateTimeOffsetLiteral", date_time_literal},
        {"dateTimeOffsetValueInUrl", date_time_literal},
        {"timeOfDayLiteral", time_literal},
        {"timeOfDayValueInUrl", time_literal},
        {"durationLiteral", duration_in_quotes},
        {"duration", duration_in_quotes},
        {"enumLiteral", enum_in_quotes},
        {"enum", enum_in_quotes},
        {"decimalLiteral", number_literal},
        {"doubleLiteral", number_literal},
        {"singleLiteral", number_literal},
        {"sbyteLiteral", integer_literal(3)},
        {"int16Literal", integer_literal(5)},
        {"int32Literal", integer_literal(10)},
        {"int64Literal", integer_literal(19)},
        // Values as in JSON.
        {"guid", not_empty(odata::guid_length)},
        {"guidValue", not_empty(odata::guid_length)},
        {"date", not_empty(odata::date_length)},
        {"dateValue", not_empty(odata::date_length)},
        {"timeOfDayValue", not_empty(odata::time_of_day_length)},
        {"dateTimeOffsetValue", not_empty(odata::date_time_offset_length)},
        {"durationValue", not_empty(odata::duration_length)},
        {"binaryValue", value(odata::base64_length)},
        {"enumValue", not_empty(odata::enum_members_length)},
        {"decimalValue", number},
        {"doubleValue", number},
        {"singleValue", number},
        {"byte", integer(3, false)},
        {"byteValue", integer(3, false)},
        {"sbyteValue", integer(3)},
        {"int16Value", integer(5)},
        {"int32Value", integer(10)},
        {"int64Value", integer(19)},
    };
    all["allExpr"] = [after_slash](const std::string& input) {
      return after_slash(input) && input.starts_with("all");
    };
    all["anyExpr"] = [after_slash](const std::string& input) {
      return after_slash(input) && input.starts_with("any");
    };
    const auto operation = [](const std::string& input) {
      odata::parse_expression("x" + decoded(input));
      return input.starts_with(' ') || input.starts_with('%') || input.starts_with('\t');
    };
    for (const std::string_view name :
         {"andExpr", "orExpr", "eqExpr", "neExpr", "ltExpr", "leExpr", "gtExpr", "geExpr", "inExpr",
          "hasExpr", "addExpr", "subExpr", "mulExpr", "divExpr", "divbyExpr", "modExpr"}) {
      all[name] = operation;
    }
    for (const std::string_view name :
         {"member", "annotationInUri", "primitivePropertyInUri", "complexPropertyInUri",
          "collectionPropertyInUri", "navigationPropertyInUri", "singleNavPropInJSON",
          "collectionNavPropInJSON"}) {
      all[name] = expression("{", "}");
    }
    for (const std::string_view name :
         {"valueInUrl", "stringInUrl", "stringInJSON", "primitiveLiteralInJSON", "numberInJSON"}) {
      all[name] = expression("[", "]");
    }
    for (const std::string_view name :
         {"entitySetName", "singletonEntity", "entityTypeName", "complexTypeName",
          "typeDefinitionName", "enumerationTypeName", "enumerationMember", "termName",
          "namespacePart", "parameterName", "computedProperty", "annotationQualifier"}) {
      all[name] = not_empty(odata::identifier_length);
    }
    const auto wrapped = [](auto parse, std::string before, std::string behind) -> Check {
      return [=](const std::string& input) {
        return parse(before + decoded(input) + behind).size() == 1;
      };
    };
    for (const std::string_view name :
         {"selectProperty", "selectPath", "allOperationsInSchema", "optionallyQualifiedActionName",
          "optionallyQualifiedFunctionName"}) {
      all[name] = wrapped(odata::parse_select, "", "");
    }
    all["selectOption"] = wrapped(odata::parse_select, "x(", ")");
    all["selectOptionPC"] = wrapped(odata::parse_select, "x(", ")");
    all["parameterNames"] = wrapped(odata::parse_select, "f(", ")");
    all["expandOption"] = wrapped(odata::parse_expand, "x(", ")");
    all["expandRefOption"] = wrapped(odata::parse_expand, "x/$ref(", ")");
    all["expandCountOption"] = wrapped(odata::parse_expand, "x/$count(", ")");
    all["functionParameters"] = after_path;
    all["functionParameter"] = expression("f(", ")");
    all["functionExprParameter"] = expression("f(", ")");
    all["nanInfinity"] = number;
    all["rootExprCol"] = of_kind({ExprKind::List});
    all["nameAndValue"] = accepts_options;
    all["searchExpr-incomplete"] = search(true);
    for (const std::string_view name :
         {"geoLiteral", "collectionLiteral", "lineStringLiteral", "multiPointLiteral",
          "multiLineStringLiteral", "multiPolygonLiteral", "pointLiteral", "polygonLiteral"}) {
      all[name] = [](const std::string& input) {
        return value(odata::geo_length)("SRID=0;" + input);
      };
    }
    all["positionLiteral"] = [](const std::string& input) {
      return value(odata::geo_length)("SRID=0;Point(" + input + ")");
    };
    all["ringLiteral"] = [](const std::string& input) {
      return value(odata::geo_length)("SRID=0;Polygon(" + input + ")");
    };
    for (const std::string_view name :
         {"rootExpr", "parenExpr", "lambdaPredicateExpr", "functionExpr", "boundFunctionExpr",
          "annotationInQuery", "annotation"}) {
      all[name] = path;
    }
    all["aliasAndValue"] = [](const std::string& input) {
      return input.starts_with('@') && accepts_options(input);
    };
    all["levels"] = [](const std::string& input) {
      return list(odata::parse_expand, 1)("x(" + input + ")");
    };
    for (const std::string_view name : {"Collection", "LineString", "MultiLineString", "MultiPoint",
                                        "MultiPolygon", "Point", "Polygon"}) {
      static std::vector<std::string> names;
      names.reserve(100);  // views of them are kept
      const auto keep = [&](std::string text) -> std::string_view {
        return names.emplace_back(std::move(text));
      };
      const std::string_view word_of = name == "Collection" ? "GeometryCollection" : name;
      all[keep("geography" + std::string(name))] = shape("geography", word_of);
      all[keep("geometry" + std::string(name))] = shape("geometry", word_of);
      all[keep("full" + std::string(name) + "Literal")] = full_shape(word_of);
    }
    all["primitiveValue"] =
        any_of({boolean, number, all["guid"], all["durationValue"], all["dateTimeOffsetValue"],
                all["date"], all["timeOfDayValue"], all["enumValue"], not_empty(odata::geo_length),
                all["binaryValue"]});
    return all;
  }();
  return kChecks;
}

// Rules that are not about queries.
const std::map<std::string_view, std::string_view>& reasons() {
  static const std::map<std::string_view, std::string_view> kReasons{
      {"context", "context URLs are written, never read"},
      {"header", "headers are read by http, whose tests these are"},
      {"prefer", "the preferences that are honoured are looked for by name (graph/call)"},
      {"preference", "the preferences that are honoured are looked for by name (graph/call)"},
      {"maxpagesizePreference", "graph/paging reads it; one that is wrong is ignored (PRO 8.2.8)"},
      {"request-id", "ids of requests in a batch are any text"},
      {"odataUri", "a path is resolved against a model, and this one is of another"},
      {"odataRelativeUri", "a path is resolved against a model, and this one is of another"},
      {"resourcePath", "a path is resolved against a model, and this one is of another"},
  };
  return kReasons;
}

// Cases that are right not to come out as the file says.
const std::map<std::string_view, std::string_view>& exceptions() {
  static const std::map<std::string_view, std::string_view> kExceptions{
      {"$search=more&more",
       "the grammar takes `more` for a custom option; the file's own list of custom names alone "
       "leaves it out (Constraints: customName)"},
  };
  return kExceptions;
}

// Null where nothing of the case is about queries. A URL that has to be refused is so for its path.
const Check* check_of(const std::string& rule, const std::string& input, bool is_expected) {
  static const Check kQuery = [](const std::string& url) {
    return accepts_options(url.substr(url.find('?') + 1));
  };
  const bool is_url = rule == "odataUri" || rule == "odataRelativeUri";
  if (is_url && is_expected && input.find('?') != input.npos) return &kQuery;
  // Each function has a rule of its own.
  const bool is_function = rule.ends_with("MethodCallExpr");
  const auto check = checks().find(is_function ? "methodCallExpr" : std::string_view(rule));
  return check == checks().end() ? nullptr : &check->second;
}

bool accepts(const Check& check, const std::string& input) {
  try {
    return check(input);
  } catch (const odata::SyntaxError&) {
    return false;
  } catch (const http::Error&) {
    return false;
  }
}

TEST(Abnf, CasesAreAcceptedAndRejected) {
  const char* named = std::getenv("GRAPHMOCK_ABNF_CASES");
  const std::string file =
      named ? named : GRAPHMOCK_TEST_SOURCE_DIR "/../shared/data/odata_abnf_cases.dev.jsonl";
  std::ifstream lines(file, std::ios::binary);
  if (!lines) GTEST_SKIP() << "no cases: " << file;
  size_t passed = 0, excepted = 0, not_applicable = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const auto root = base::parse_json(line);
    const auto& test_case = root.as_object();
    const std::string rule(test_case.at("rule").as_string());
    const std::string input(test_case.at("input").as_string());
    const bool is_expected = test_case.at("fail_at").is_null();
    const auto* check = check_of(rule, input, is_expected);
    if (!check) {
      ++not_applicable;
      const auto reason = reasons().find(rule);
      ASSERT_NE(reason, reasons().end()) << "the rule " << rule << " is not known: " << input;
      std::cout << "not applicable: " << rule << ": " << input << ": " << reason->second << "\n";
      continue;
    }
    const bool is_right = accepts(*check, input) == is_expected;
    const auto exception = exceptions().find(input);
    if (exception != exceptions().end()) {
      ++excepted;
      EXPECT_FALSE(is_right) << "no exception any more: " << input;
      std::cout << "exception: " << rule << ": " << input << ": " << exception->second << "\n";
      continue;
    }
    EXPECT_TRUE(is_right) << (is_expected ? "rejected: " : "accepted: ") << rule << ": " << input;
    passed += is_right ? 1 : 0;
  }
  std::cout << "abnf: " << passed << " passed, " << excepted << " excepted, " << not_applicable
            << " not applicable" << std::endl;
}

}  // namespace
}  // namespace graphmock
