// What differs from type to type and no model says, in two tables: type_statuses.cc has the
// documented success statuses, type_facts.cc the rest.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/model.h"

namespace graphmock::graph {

// How the service makes an id for a new entity, each with one as an example. Those of Outlook are
// base64url of a head, the mailbox's GUID as text, a length and that many bytes: 03 24 00 and 70
// for items ("AAMkA...AAA=", 152 characters), 46 for folders (120), 04 24 00 and 16 for
// conversations ("AAQkA...", 80), all after a zero byte.
enum class IdStyle : uint8_t {
  Inherited,            // in a row: as an ancestor's; facts_of() gives Guid where none says
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

// Names of properties and navigation properties stand in one text, blanks between them; empty:
// none.
struct TypeFacts {
  std::string_view type;  // it and what derives from it, unless that says otherwise itself

  // The documented success statuses; 0: as for all, that is 200, 201, 200 and 204.
  int update = 0;
  int create = 0;  // of the type itself alone: a user is no plain directoryObject
  int replace = 0;
  int remove = 0;

  IdStyle id = IdStyle::Inherited;
  std::string_view id_prefix = {};        // before what the style gives: "SHFT_"
  std::string_view read_only = {};        // the service computes them: a PATCH may not change them
  std::string_view unique = {};           // no two entities of a collection share a value
  std::string_view required = {};         // of a POST, beyond what the model requires
  std::string_view required_unless = {};  // a POST that has one of these needs no `required`
  std::string_view service_made = {};     // Nullable="false", but filled in where a POST lacks them
  std::string_view shown = {};            // navigation properties in an answer without $expand
  std::string_view deep_update = {};      // navigation properties that a PATCH may carry inline
  bool has_etag = false;                  // answers carry @odata.etag
  bool is_recycled = false;               // DELETE moves it to /directory/deletedItems
  bool is_upserted = false;               // PATCH of a missing one creates it
  bool put_creates = false;               // PUT of a missing one creates it
};

// Every fact from the nearest ancestor (the type itself first) that has it.
TypeFacts facts_of(const model::StructuredType& type);

// What the service says in a complex value of a new entity where the client leaves it out.
struct ValueDefault {
  std::string_view type;
  std::string_view property;
  std::string_view json;
};
std::span<const ValueDefault> value_defaults();

// Whether the blank-separated names hold it.
bool lists(std::string_view names, std::string_view name);

// The tables themselves, sorted by type, a row a type in each; for facts_of() and tests.
std::span<const TypeFacts> type_facts();
std::span<const TypeFacts> type_statuses();

}  // namespace graphmock::graph
