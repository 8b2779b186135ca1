#include "store/value_hash.h"

#include "base/json_members.h"
#include "base/work_budget.h"
#include "odata/text_case.h"

namespace graphmock::store {

// FNV-1a over the text in lower case.
uint32_t value_hash(std::string_view text) {
  // Indexes are kept by commits, which no budget may stop midway.
  const base::WorkBudget::Pause pause;
  uint32_t hash = 2166136261u;
  for (const char c : odata::to_lower(text)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  }
  return hash;
}

std::optional<uint32_t> value_hash(const Entity& entity, std::string_view property) {
  const base::WorkBudget::Pause pause;
  const auto text = base::member_text(entity.text, property);
  if (!text || text->front() != '"') return std::nullopt;
  if (const auto plain = base::plain_string(*text)) return value_hash(*plain);
  return value_hash(base::string_in(*text));
}

}  // namespace graphmock::store
