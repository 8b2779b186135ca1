#include "graph/new_id.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "graph/type_facts.h"

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

std::string styled(IdStyle style, const boost::json::object& properties, base::IdSource& ids,
                   base::Instant now) {
  switch (style) {
    case IdStyle::HexGuid:
      return ids.next_text(32, kHex);
    case IdStyle::BracedGuid:
      return "{" + upper_case(ids.next_guid()) + "}";
    case IdStyle::GuidPair:
      return ids.next_guid() + "_" + ids.next_guid();
    case IdStyle::Number:
      return ids.next_text(6, kDigits);
    case IdStyle::Grant:
      return ids.next_text(43, kBase64Url);
    case IdStyle::OutlookItem:
      return "AAMkA" + ids.next_text(144, kBase64Url) + "AAA=";
    case IdStyle::OutlookFolder:
      return "AAMkA" + ids.next_text(111, kBase64Url) + "AAA=";
    case IdStyle::OutlookConversation:
      return "AAQkA" + ids.next_text(71, kBase64Url) + "AAA=";
    case IdStyle::Drive:
      return "b!" + ids.next_text(64, kBase64Url);
    case IdStyle::DriveItem:
      return "01" + ids.next_text(32, kBase32);
    case IdStyle::Site:
      return "contoso.sharepoint.com," + ids.next_guid() + "," + ids.next_guid();
    case IdStyle::Planner:
      return ids.next_text(28, kBase64Url);
    case IdStyle::ChannelThread:
      return "19:" + ids.next_text(32, kHex) + "@thread.tacv2";
    case IdStyle::ChatThread:
      return "19:" + ids.next_text(32, kHex) + "@thread.v2";
    case IdStyle::ChatMessage:
      // The time of a message is its id; what is made in the same millisecond is told apart.
      return std::to_string(now.time_since_epoch().count()) + ids.next_text(3, kDigits);
    case IdStyle::EncodedPair:
      return "M" + ids.next_text(97, kBase64Url) + "==";
    case IdStyle::OutlookRule:
      return "AQAAA" + ids.next_text(6, kBase64Url) + "=";
    case IdStyle::ExtensionName:
      if (auto name = base::text_of(properties.if_contains("extensionName")); !name.empty())
        return name;
      return ids.next_guid();
    case IdStyle::Inherited:
    case IdStyle::Guid:
      return ids.next_guid();
  }
  return ids.next_guid();
}

}  // namespace

std::string new_id(const model::StructuredType& type, const boost::json::object& properties,
                   base::IdSource& ids, base::Instant now) {
  const auto facts = facts_of(type);
  return std::string(facts.id_prefix) + styled(facts.id, properties, ids, now);
}

}  // namespace graphmock::graph
