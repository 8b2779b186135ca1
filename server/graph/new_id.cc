#include "graph/new_id.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "facts/type_facts.h"

namespace graphmock::graph {
namespace {

constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kDigits = "123456789";

std::string upper_case(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// Where there are few of a style and most may be taken, one is drawn that is longer.
constexpr size_t kTriesAtLength = 16;

// `more` characters longer, where the style has no more than some thousands or millions of ids.
std::string styled(facts::IdStyle style, base::IdSource& ids, base::Instant now, size_t more) {
  switch (style) {
    case facts::IdStyle::HexGuid:
      return ids.next_text(32, kHex);
    case facts::IdStyle::BracedGuid:
      return "{" + upper_case(ids.next_guid()) + "}";
    case facts::IdStyle::GuidPair:
      return ids.next_guid() + "_" + ids.next_guid();
    case facts::IdStyle::Number:
      return ids.next_text(6 + more, kDigits);
    case facts::IdStyle::Grant:
      return ids.next_text(43, kBase64Url);
    case facts::IdStyle::OutlookItem:
      return "AAMkA" + ids.next_text(144, kBase64Url) + "AAA=";
    case facts::IdStyle::OutlookFolder:
      return "AAMkA" + ids.next_text(111, kBase64Url) + "AAA=";
    case facts::IdStyle::OutlookConversation:
      return "AAQkA" + ids.next_text(71, kBase64Url) + "AAA=";
    case facts::IdStyle::Drive:
      return "b!" + ids.next_text(64, kBase64Url);
    case facts::IdStyle::DriveItem:
      return "01" + ids.next_text(32, kBase32);
    case facts::IdStyle::Site:
      return "contoso.sharepoint.com," + ids.next_guid() + "," + ids.next_guid();
    case facts::IdStyle::Planner:
      return ids.next_text(28, kBase64Url);
    case facts::IdStyle::ChannelThread:
      return "19:" + ids.next_text(32, kHex) + "@thread.tacv2";
    case facts::IdStyle::ChatThread:
      return "19:" + ids.next_text(32, kHex) + "@thread.v2";
    case facts::IdStyle::ChatMessage:
      // The time of a message is its id; what is made in the same millisecond is told apart.
      return std::to_string(now.time_since_epoch().count()) + ids.next_text(3 + more, kDigits);
    case facts::IdStyle::EncodedPair:
      return "M" + ids.next_text(97, kBase64Url) + "==";
    case facts::IdStyle::OutlookRule:
      return "AQAAA" + ids.next_text(6 + more, kBase64Url) + "=";
    case facts::IdStyle::ExtensionName:
    case facts::IdStyle::Guid:
      return ids.next_guid();
  }
  return ids.next_guid();
}

}  // namespace

std::string new_id(const model::StructuredType& type, const boost::json::object& properties,
                   base::IdSource& ids, base::Instant now, const IsTaken& is_taken) {
  const auto& facts = facts::facts_of(type);
  const auto& prefix = facts.id_prefix;
  if (facts.id == facts::IdStyle::ExtensionName) {
    const auto name = base::text_of(properties.if_contains("extensionName"));
    if (!name.empty()) return prefix + name;
  }
  for (size_t tries = 0;; ++tries) {
    auto id = prefix + styled(facts.id, ids, now, tries / kTriesAtLength);
    if (!is_taken(id)) return id;
  }
}

std::string new_id(const model::StructuredType& type, const boost::json::object& properties,
                   base::IdSource& ids, base::Instant now, const store::LayerView& view,
                   std::string_view collection) {
  return new_id(type, properties, ids, now, [&](const std::string& id) {
    return view.knows(store::entity_address(collection, id));
  });
}

}  // namespace graphmock::graph
