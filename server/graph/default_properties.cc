#include "graph/default_properties.h"

#include <bit>
#include <unordered_map>

#include "base/json_members.h"
#include "base/text.h"

namespace graphmock::graph {
namespace {

using enum DefaultRule;

// Source: the resource pages of the Graph API reference ("Returned only on $select", "Returned by
// default"). Where a page's own examples show a property without $select, it is shown.
constexpr DefaultPropertiesRow kRows[] = {
    {"microsoft.graph.application", "", AllButThese, "authenticationBehaviors"},
    {"microsoft.graph.channel", "", AllButThese, "summary"},
    {"microsoft.graph.cloudPcOnPremisesConnection", "", AllButThese,
     "healthCheckStatusDetails inUse inUseByCloudPc"},
    {"microsoft.graph.event", "", AllButThese, "cancelledOccurrences"},
    {"microsoft.graph.group", "", AllButThese,
     "allowExternalSenders assignedLabels assignedLicenses autoSubscribeNewMembers "
     "hasMembersWithLicenseErrors hideFromAddressLists hideFromOutlookClients isSubscribedByMail "
     "licenseProcessingState membershipRuleProcessingStatus unseenConversationsCount unseenCount "
     "unseenMessagesCount"},
    {"microsoft.graph.message", "beta", AllButThese, "internetMessageHeaders"},
    {"microsoft.graph.message", "v1.0", AllButThese, "internetMessageHeaders uniqueBody"},
    {"microsoft.graph.printer", "", AllButThese, "capabilities"},
    {"microsoft.graph.printerShare", "", AllButThese, "capabilities"},
    {"microsoft.graph.protectionPolicyBase", "", AllButThese, "protectionPolicyArtifactCount"},
    {"microsoft.graph.restoreSessionBase", "", AllButThese, "restoreSessionArtifactCount"},
    {"microsoft.graph.servicePrincipal", "", AllButThese, "customSecurityAttributes"},
    {"microsoft.graph.user", "beta", AllButThese,
     "aboutMe birthday customSecurityAttributes hireDate interests mailboxSettings mySite "
     "pastProjects preferredName print responsibilities schools signInActivity skills"},
    // The pages of Intune show deviceEnrollmentLimit, and all of it within "value". What is deleted
    // says when.
    {"microsoft.graph.user", "v1.0", OnlyThese,
     "businessPhones deletedDateTime deviceEnrollmentLimit displayName givenName id jobTitle mail "
     "mobilePhone officeLocation preferredLanguage surname userPrincipalName value"},
};

struct OfType {
  std::string_view version;
  DefaultProperties properties;
};

// A name is not empty.
size_t hash_of(std::string_view name) {
  const auto at = [name](size_t i) { return static_cast<unsigned char>(name[i]); };
  return at(0) * 7u + at(name.size() / 2) * 5u + at(name.size() - 1) * 3u + name.size();
}

}  // namespace

DefaultProperties::DefaultProperties(const DefaultPropertiesRow& row) : rule_(row.rule) {
  const auto names = base::split(row.names, ' ');
  slots_.resize(std::bit_ceil(4 * names.size()));
  const auto mask = slots_.size() - 1;
  for (const auto name : names) {
    auto slot = hash_of(name);
    while (!slots_[slot & mask].empty()) ++slot;
    slots_[slot & mask] = name;
  }
}

bool DefaultProperties::shows(std::string_view name) const {
  bool is_listed = false;
  if (!name.empty()) {
    const auto mask = slots_.size() - 1;
    auto slot = hash_of(name) & mask;
    while (!slots_[slot].empty() && slots_[slot] != name) slot = (slot + 1) & mask;
    is_listed = !slots_[slot].empty();
  }
  return is_listed == (rule_ == OnlyThese);
}

void DefaultProperties::append_shown(std::string& out, std::string_view entity_text) const {
  auto rest = entity_text.substr(1);
  while (base::has_member(rest)) {
    const auto member = base::next_member(rest);
    // What is said of a property, "name@odata.type", goes with it.
    if (!shows(member.name.substr(0, member.name.find('@')))) continue;
    if (out.back() != '{') out += ',';
    out += member.text;
  }
  out += '}';
}

const DefaultProperties* default_properties(const model::StructuredType& type,
                                            std::string_view version) {
  static const auto kTable = [] {
    std::unordered_multimap<std::string_view, OfType> table;
    for (const auto& row : kRows)
      table.emplace(row.type, OfType{row.version, DefaultProperties(row)});
    return table;
  }();
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base) {
    const auto [begin, end] = kTable.equal_range(ancestor->name);
    for (auto row = begin; row != end; ++row) {
      const auto& found = row->second;
      if (found.version.empty() || found.version == version) return &found.properties;
    }
  }
  return nullptr;
}

std::span<const DefaultPropertiesRow> default_properties_rows() {
  return kRows;
}

}  // namespace graphmock::graph
