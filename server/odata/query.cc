#include "odata/query.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "http/error.h"
#include "odata/grammar.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

constexpr std::array<std::string_view, 16> kSystemOptions{
    "apply", "compute", "count",         "deltatoken", "expand", "filter", "format",    "id",
    "index", "orderby", "schemaversion", "search",     "select", "skip",   "skiptoken", "top"};

bool is_system_option(std::string_view name) {
  return std::find(kSystemOptions.begin(), kSystemOptions.end(), name) != kSystemOptions.end();
}

[[noreturn]] void refuse(std::string message) {
  throw http::Error(400, "", std::move(message));
}

[[noreturn]] void refuse_unknown(std::string_view name) {
  auto message = "The query option '" + std::string(name) + "' is not known.";
  const std::vector<std::string_view> known(kSystemOptions.begin(), kSystemOptions.end());
  if (const auto nearest = base::nearest(name.substr(1), known)) {
    message += " Did you mean '$" + std::string(*nearest) + "'?";
  }
  refuse(std::move(message));
}

// "json", "text/html", "application/json;odata.metadata=none"
void check_format(Cursor& cursor) {
  const auto value = base::trim(cursor.rest());
  const auto type = value.substr(0, value.find(';'));
  const auto slash = type.find('/');
  const bool is_media_type = slash != std::string_view::npos && slash > 0 &&
                             slash + 1 < type.size() && type.find(' ') == std::string_view::npos;
  const bool is_short = base::equals_ignoring_case(type, "json") ||
                        base::equals_ignoring_case(type, "atom") ||
                        base::equals_ignoring_case(type, "xml");
  if (!is_media_type && !is_short) cursor.fail("json, xml, atom or a media type");
}

void check_index(Cursor& cursor) {
  auto digits = base::trim(cursor.rest());
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    cursor.fail("a whole number");
  }
}

void check_schema_version(Cursor& cursor) {
  const auto value = base::trim(cursor.rest());
  const bool is_plain = std::all_of(value.begin(), value.end(), [](char c) {
    return (is_identifier_character(c) && static_cast<unsigned char>(c) < 0x80) || c == '-' ||
           c == '.' || c == '~';
  });
  if (value.empty() || (value != "*" && !is_plain)) cursor.fail("a version or '*'");
}

// Options that are kept as texts.
std::optional<std::string>* text_of(std::string_view name, Query& query) {
  if (name == "format") return &query.format;
  if (name == "skiptoken") return &query.skiptoken;
  if (name == "deltatoken") return &query.deltatoken;
  if (name == "id") return &query.id;
  if (name == "schemaversion") return &query.schemaversion;
  return name == "index" ? &query.index : nullptr;
}

void take_value(std::string_view name, std::string_view value, Query& query) {
  Cursor cursor(value);
  cursor.skip_blanks();
  if (auto* text = text_of(name, query)) {
    if (name == "format") check_format(cursor);
    if (name == "index") check_index(cursor);
    if (name == "schemaversion") check_schema_version(cursor);
    if (cursor.at_end()) cursor.fail("a value");
    *text = base::trim(value);
    return;
  }
  take_option(cursor, name, query);
  cursor.expect_end();
  if (name == "filter") query.filter_text = value;
  if (name == "orderby") query.orderby_text = value;
}

void take_alias(std::string_view name, std::string_view value, Query& query) {
  const auto identifier = name.substr(1);
  if (identifier.empty() || identifier_length(identifier) != identifier.size()) {
    refuse("'" + std::string(name) + "' is not the name of a parameter alias.");
  }
  query.aliases[std::string(name)] = parse_expression(value);
}

// An alias of the request is known within $expand and $select too, unless that has one of its own.
std::shared_ptr<const Query> with_aliases(const std::shared_ptr<const Query>& options,
                                          const std::map<std::string, ExprPtr>& aliases) {
  if (!options) return nullptr;
  auto query = std::make_shared<Query>(*options);
  query->aliases.insert(aliases.begin(), aliases.end());
  for (auto& item : query->expand) item.options = with_aliases(item.options, query->aliases);
  for (auto& item : query->select) item.options = with_aliases(item.options, query->aliases);
  return query;
}

}  // namespace

Query parse_query(const std::vector<http::QueryOption>& options,
                  const std::vector<std::string_view>& parameters) {
  Query query;
  std::set<std::string> given;
  for (const auto& option : options) {
    const auto sent = base::trim(option.name);
    const bool is_alias = sent.starts_with('@');
    const bool has_dollar = sent.starts_with('$');
    const auto name = base::lower_case(has_dollar ? sent.substr(1) : sent);
    if (!is_alias && !is_system_option(name)) {
      if (name == "levels" && has_dollar) {
        refuse("The query option '$levels' stands within $expand alone.");
      }
      if (has_dollar) refuse_unknown(sent);
      continue;
    }
    const bool is_parameter =
        !has_dollar && std::any_of(parameters.begin(), parameters.end(), [&](const auto parameter) {
          return base::equals_ignoring_case(parameter, sent);
        });
    if (is_parameter) continue;
    const auto key = is_alias ? std::string(sent) : "$" + name;
    if (!given.insert(key).second) refuse("The query option '" + key + "' is given twice.");
    try {
      if (is_alias) {
        take_alias(sent, option.value, query);
      } else {
        take_value(name, option.value, query);
      }
    } catch (const SyntaxError& error) {
      throw http::Error(400, "", syntax_message(error, option.value),
                        {{"SyntaxError", key, caret_line(error, option.value)}});
    }
  }
  if (query.aliases.empty()) return query;
  for (auto& item : query.expand) item.options = with_aliases(item.options, query.aliases);
  for (auto& item : query.select) item.options = with_aliases(item.options, query.aliases);
  return query;
}

}  // namespace graphmock::odata
