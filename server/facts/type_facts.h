// What differs from type to type and no model says, as it is joined to each type of a model when
// that is loaded (fact_set.h): every fact from the nearest ancestor, the type itself first, that
// has it. docs/facts.md says what each means and where it is written.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "facts/default_properties.h"
#include "model/model.h"

namespace graphmock::facts {

// How the service makes an id for a new entity, each with one as an example. Those of Outlook are
// base64url of a head, the mailbox's GUID as text, a length and that many bytes: 03 24 00 and 70
// for items ("AAMkA...AAA=", 152 characters), 46 for folders (120), 04 24 00 and 16 for
// conversations ("AAQkA...", 80), all after a zero byte.
enum class IdStyle : uint8_t {
  Guid,                 // 6e7b768e-07e2-4810-8459-485f84f8f204
  HexGuid,              // fd03ce02ecde42a58d24fcbc9ebbea3e, a GUID's digits alone
  BracedGuid,           // {97A21473-8339-4BF0-BCB6-F55E4909FFB8}, in a workbook
  GuidPair,             // ad5c7636-e481-4528-991f-198e3b38dd56_ffd4004a-f4a9-4b22-b027-759e55c0d28a
  EncodedPair,          // MmFiOWM3OTYtMjkwMi00NWY4LWI3MTItN2M1YTYz..., base64 of GUID##GUID
  Number,               // 20, one more than the largest in the collection
  Grant,                // pNl5diMjzUS1wmc-yI2LEkGgWqFFrFdLhG2Ly2CysL4, 32 bytes in base64url
  OutlookItem,          // AAMkAGViNDU7zAAAAA7zAAAZb2ckAAA=, shortened as on the pages
  OutlookFolder,        // AAMkADIyAAAAABrJAAA=
  OutlookConversation,  // AAQkADDVKtMlRp4Txc6k=
  OutlookRule,          // AQAAAJ5dZp8=, 8 bytes in base64
  Drive,                // b!CbtYWrofwUGBJWnaJkNwoNrBLp_kC3RKklSXPwrdeP3yH8_qmH9xT7Y6RihF-9jH
  DriveItem,            // 01BYE5RZ6QN3ZWBTUFOFD3GSPGOHDJD36K, 01 and 32 characters of base32
  Site,                 // contoso.sharepoint.com,da60e844-ba1d-49bc-b4d4-d5e36bae9019,712a596e-...
  Planner,              // 01gzSlKkIUSUl6DF_EilrmQAKDhh, 21 bytes in base64url
  ChannelThread,        // 19:4b6bed8d24574f6a9e436813cb2617d8@thread.tacv2
  ChatThread,           // 19:b8577894a63548969c5c92bb9c80c5e1@thread.v2
  ChatMessage,          // 1616990032035, the milliseconds since 1970
  ExtensionName,        // com.contoso.roamingSettings, the extensionName of the body
};

// Whose conventions a type follows: error codes, page sizes, rules of comparing.
enum class Family : uint8_t { Directory, Outlook, Drive, Other };

using Names = std::vector<std::string>;  // of properties and navigation properties

// The value of a new entity, or of a complex value in one, that the client leaves out.
struct DefaultValue {
  std::string property;
  std::string json;
};

// What a request to a property, or to the references of a navigation property, answers.
struct MemberStatus {
  std::string member;
  std::string method;
  int status;
};

struct TypeFacts {
  // The documented success statuses; 0: as for all, that is 200, 201, 200 and 204.
  int update = 0;
  int create = 0;  // of the type itself alone: a user is no plain directoryObject
  int replace = 0;
  int remove = 0;

  IdStyle id = IdStyle::Guid;
  std::string id_prefix;       // before what the style gives: "SHFT_"
  Names read_only;             // the service computes them: a PATCH may not change them
  Names unique;                // no two entities of a collection share a value
  Names required;              // of a POST, beyond what the model requires
  Names required_unless;       // a POST that has one of these needs no `required`
  Names made_by_service;       // Nullable="false", but filled in where a POST lacks them
  Names from_owner;            // taken over from the entity that contains it, if not said
  Names expanded;              // navigation properties in an answer without $expand
  Names deep_update;           // navigation properties that a PATCH may carry inline
  Names preferences;           // those of Outlook that mean something for it
  bool has_etag = false;       // answers carry @odata.etag
  bool is_recycled = false;    // DELETE moves it to /directory/deletedItems
  bool patch_creates = false;  // PATCH of a missing one creates it
  bool put_creates = false;    // PUT of a missing one creates it
  Family family = Family::Other;
  std::vector<DefaultValue> defaults;
  std::vector<MemberStatus> property_statuses;
  std::vector<MemberStatus> reference_statuses;
  std::unique_ptr<const DefaultProperties> default_properties;  // null: all are shown
};

// Of an operation; overloads of one name that return something and that do not may differ.
struct OperationFacts {
  int status = 0;  // 0: 200 with a result and 204 without
};

const TypeFacts& facts_of(const model::StructuredType& type);
// Null is of no family.
Family family_of(const model::StructuredType* type);

bool lists(const Names& names, std::string_view name);
// 0 where nothing but the general rule is documented.
int documented_status(const std::vector<MemberStatus>& statuses, std::string_view member,
                      std::string_view method);

}  // namespace graphmock::facts
