#include "graph/search.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/json.h"
#include "base/json_members.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "graph/extension_property.h"
#include "graph/search_words.h"
#include "http/error.h"
#include "odata/expr_parser.h"
#include "odata/text_case.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using Kind = odata::Search::Kind;

constexpr std::string_view kDirectoryObject = "microsoft.graph.directoryObject";
constexpr std::string_view kMessage = "microsoft.graph.message";

// What a message may be asked of, and where that stands in it. Of the others that the reference
// lists the messages do not tell enough.
struct PartRow {
  std::string_view name;
  std::array<std::string_view, 4> pointers;
};
constexpr std::array kPartsOfMessages = {
    PartRow{"bcc", {"/bccRecipients"}},
    PartRow{"body", {"/body/content"}},
    PartRow{"cc", {"/ccRecipients"}},
    PartRow{"from", {"/from"}},
    PartRow{"hasAttachment", {"/hasAttachments"}},
    PartRow{"hasAttachments", {"/hasAttachments"}},
    PartRow{"importance", {"/importance"}},
    PartRow{"participants", {"/from", "/toRecipients", "/ccRecipients", "/bccRecipients"}},
    PartRow{"recipients", {"/toRecipients", "/ccRecipients", "/bccRecipients"}},
    PartRow{"subject", {"/subject"}},
    PartRow{"to", {"/toRecipients"}},
};
constexpr std::array<std::string_view, 5> kOtherParts = {"attachment", "kind", "received", "sent",
                                                         "size"};
// Where a word is looked for that names no part.
constexpr std::array<std::string_view, 3> kUsualParts = {"/from", "/subject", "/body/content"};

// Calls `visit` with every text in the value, names of members left out, until it says true.
template <typename Visit>
bool any_text(const json::value& value, const Visit& visit) {
  if (base::is_string(value)) return visit(std::string_view(value.get_string()));
  if (const auto* array = value.if_array()) {
    return std::any_of(array->begin(), array->end(),
                       [&](const json::value& item) { return any_text(item, visit); });
  }
  const auto* object = value.if_object();
  return object && std::any_of(object->begin(), object->end(),
                               [&](const auto& member) { return any_text(member.value(), visit); });
}

// Every one of them begins a word of the text; the last alone may go on.
bool has_words(std::string_view text, const std::vector<std::string>& wanted) {
  constexpr uint64_t kWorkOfByte = 10;
  base::charge(text.size() * kWorkOfByte);
  const auto words = search_words(text);
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& part) {
    base::charge(words.size());
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(part); });
  });
}

bool begins_with(std::string_view text, std::string_view beginning) {
  return odata::to_lower(text).starts_with(beginning);
}

[[noreturn]] void refuse(std::string message) {
  throw http::Error(400, "", std::move(message));
}

}  // namespace

ItemSearch::ItemSearch(const odata::Search& search, const model::Model& model,
                       const model::StructuredType& type)
    : model_(model), type_(type), root_(node_of(search)) {}

ItemSearch::Node ItemSearch::node_of(const odata::Search& search) const {
  if (search.kind == Kind::Word || search.kind == Kind::Phrase) {
    if (type_.derives_from(kDirectoryObject)) return directory_clause(search.text);
    // Outlook's clients send all of it as one phrase: "from:megan AND budget".
    if (search.kind == Kind::Phrase) {
      try {
        const auto inside = odata::parse_search(search.text);
        if (inside->kind != Kind::Phrase) return node_of(*inside);
      } catch (const odata::SyntaxError&) {
        // Words and symbols as they are.
      }
    }
    return clause(search.text);
  }
  Node node;
  node.kind = search.kind;
  for (const auto& operand : search.operands) node.operands.push_back(node_of(*operand));
  return node;
}

ItemSearch::Node ItemSearch::clause(std::string_view text) const {
  Node node;
  node.kind = Kind::Word;
  const auto colon = text.find(':');
  const bool is_message = type_.derives_from(kMessage);
  if (is_message && colon != std::string_view::npos) {
    const auto name = base::trim(text.substr(0, colon));
    for (const auto other : kOtherParts) {
      if (base::equals_ignoring_case(other, name)) {
        throw http::not_implemented("'" + std::string(other) + ":' in '$search'");
      }
    }
    for (const auto& row : kPartsOfMessages) {
      if (!base::equals_ignoring_case(row.name, name)) continue;
      for (const auto pointer : row.pointers) {
        if (!pointer.empty()) node.pointers.push_back(pointer);
      }
      text = base::trim(text.substr(colon + 1));
      if (row.name.starts_with("has")) {
        node.rule = Rule::IsTrue;
        node.words = {odata::to_lower(text)};
        return node;
      }
      break;
    }
  }
  if (is_message && node.pointers.empty()) {
    node.pointers.assign(kUsualParts.begin(), kUsualParts.end());
  }
  node.words = plain_words(text);
  return node;
}

ItemSearch::Node ItemSearch::directory_clause(std::string_view text) const {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    refuse("'" + std::string(text) +
           "' is no clause of '$search' on directory objects. Expected \"property:text\", such as "
           "\"displayName:" +
           std::string(text) + "\".");
  }
  const std::string name(base::trim(text.substr(0, colon)));
  const auto* property = type_.property_ignoring_case(name);
  if (!property && !(type_.is_open && may_have(model_, type_, name))) {
    auto message = "Could not find a property named '" + name + "' on type '" +
                   std::string(type_.name) + "', which '$search' asks for.";
    if (const auto near = base::nearest(name, type_.member_names())) {
      message += " Did you mean '" + std::string(*near) + "'?";
    }
    refuse(std::move(message));
  }
  Node node;
  node.kind = Kind::Word;
  node.property = property ? std::string(property->name) : name;
  text = base::trim(text.substr(colon + 1));
  // Two properties are taken apart into words; of all others the beginning counts.
  const bool has_tokens = node.property == "displayName" || node.property == "description";
  node.rule = has_tokens ? Rule::HasWords : Rule::BeginsWith;
  node.words = has_tokens ? plain_words(text) : std::vector{odata::to_lower(text)};
  if (node.words.empty() || node.words[0].empty()) {
    refuse("'$search' asks for no text in '" + name + "'.");
  }
  return node;
}

struct ItemSearch::Looked {
  const json::value& whole() {
    if (!parsed) parsed = base::parse_json(text);
    return *parsed;
  }

  std::string_view text;
  std::optional<json::value> parsed = {};
};

bool ItemSearch::finds(std::string_view item) const {
  Looked looked{item};
  return finds(root_, looked);
}

bool ItemSearch::finds(const Node& node, Looked& item) {
  const auto holds = [&](const Node& operand) { return finds(operand, item); };
  switch (node.kind) {
    case Kind::And:
      return std::all_of(node.operands.begin(), node.operands.end(), holds);
    case Kind::Or:
      return std::any_of(node.operands.begin(), node.operands.end(), holds);
    case Kind::Not:
      return !holds(node.operands[0]);
    default:
      break;
  }
  const auto matches = [&](std::string_view text) {
    return node.rule == Rule::BeginsWith ? begins_with(text, node.words[0])
                                         : has_words(text, node.words);
  };
  if (!node.property.empty()) {
    base::charge_copy(item.text.size());
    const auto text = base::member_text(item.text, node.property);
    return text && any_text(base::parse_json(*text), matches);
  }
  if (node.pointers.empty()) return any_text(item.whole(), matches);
  return std::any_of(node.pointers.begin(), node.pointers.end(), [&](std::string_view pointer) {
    const auto* value = base::at_pointer(item.whole(), pointer);
    if (!value) return false;
    if (node.rule != Rule::IsTrue) return any_text(*value, matches);
    const bool is_wanted = node.words[0] == "true" || node.words[0] == "yes";
    return value->is_bool() && value->get_bool() == is_wanted;
  });
}

}  // namespace graphmock::graph
