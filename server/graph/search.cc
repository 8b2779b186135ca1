#include "graph/search.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// "Video-Team 2" is video, team and 2.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : base::lower_case(text)) {
    if (is_word_character(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// Every word of the term begins a word of the text.
bool begins_words(std::string_view text, std::string_view term) {
  const auto words = words_of(text);
  const auto wanted = words_of(term);
  return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const auto& part) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return word.starts_with(part); });
  });
}

bool contains(const json::value& value, const std::string& term) {
  if (base::is_string(value)) {
    return base::lower_case(std::string_view(value.get_string())).find(term) != std::string::npos;
  }
  if (const auto* array = value.if_array()) {
    return std::any_of(array->begin(), array->end(),
                       [&](const json::value& item) { return contains(item, term); });
  }
  const auto* object = value.if_object();
  return object && std::any_of(object->begin(), object->end(),
                               [&](const auto& member) { return contains(member.value(), term); });
}

bool property_begins(const json::value& value, std::string_view term) {
  if (base::is_string(value)) return begins_words(std::string_view(value.get_string()), term);
  const auto* array = value.if_array();
  return array && std::any_of(array->begin(), array->end(),
                              [&](const json::value& item) { return property_begins(item, term); });
}

bool term_found(const std::string& text, const json::object& entity) {
  const auto colon = text.find(':');
  if (colon != std::string::npos) {
    const auto name = base::trim(std::string_view(text).substr(0, colon));
    for (const auto& member : entity) {
      if (!base::equals_ignoring_case(member.key(), name)) continue;
      return property_begins(member.value(), std::string_view(text).substr(colon + 1));
    }
  }
  const auto term = base::lower_case(text);
  return std::any_of(entity.begin(), entity.end(),
                     [&](const auto& member) { return contains(member.value(), term); });
}

}  // namespace

bool found(const odata::Search& search, const json::object& entity) {
  using Kind = odata::Search::Kind;
  const auto holds = [&](const odata::SearchPtr& operand) { return found(*operand, entity); };
  const auto& operands = search.operands;
  switch (search.kind) {
    case Kind::Word:
    case Kind::Phrase:
      return term_found(search.text, entity);
    case Kind::And:
      return std::all_of(operands.begin(), operands.end(), holds);
    case Kind::Or:
      return std::any_of(operands.begin(), operands.end(), holds);
    case Kind::Not:
      return !holds(operands[0]);
  }
  return false;
}

}  // namespace graphmock::graph
