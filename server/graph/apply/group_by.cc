#include "graph/apply/group_by.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/json.h"
#include "base/work_budget.h"
#include "graph/value_json.h"

namespace graphmock::graph {
namespace {

using Properties = std::vector<odata::ComputedProperty>;

const Properties* nested(const odata::Value& value) {
  const auto* item = value.get<odata::Item>();
  return item ? item->computed : nullptr;
}

void charge_copy_of(const Computed& computed) {
  base::charge((1 + computed.properties.size() + computed.kept.size()) * base::work::kEntity);
  for (const auto& property : computed.properties) {
    if (const auto* text = property.value.string()) base::charge_copy(text->size());
  }
}

// An instance that has these properties, typed, and is compared by them.
odata::Value complex_value(const model::StructuredType* type,
                           std::shared_ptr<const Properties> properties,
                           std::vector<std::shared_ptr<const void>>& kept) {
  odata::Item item{nullptr, type, nullptr, "{}", properties.get()};
  const auto object = std::make_shared<const base::json::object>(object_of(item));
  item.object = object.get();
  kept.push_back(object);
  kept.push_back(std::move(properties));
  return {item};
}

odata::ComputedProperty holder(const odata::ComputedProperty& like,
                               std::shared_ptr<const Properties> below, Computed& to) {
  auto property = like;
  const auto* item = like.value.get<odata::Item>();
  property.value = complex_value(item ? item->type : nullptr, std::move(below), to.kept);
  return property;
}

// The properties of `others` that are not among those of `into`, also within complex ones.
Properties merged(const Properties& into, const Properties& others, Computed& kept) {
  auto all = into;
  for (const auto& other : others) {
    base::charge(all.size());
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const auto& one) { return one.name == other.name; });
    if (same == all.end()) {
      all.push_back(other);
      continue;
    }
    const auto* below = nested(same->value);
    const auto* more = nested(other.value);
    if (!below || !more) continue;
    *same = holder(*same, std::make_shared<const Properties>(merged(*below, *more, kept)), kept);
  }
  return all;
}

// Gives the instances of one group its properties.
class GroupSink : public Stage {
 public:
  GroupSink(Stage& next, bool& wants_more) : next_(next), wants_more_(wants_more) {}

  Computed& group() { return group_; }
  bool take(Row row) override {
    // An entity has them itself.
    if (!row.entity) {
      charge_copy_of(group_);
      row.computed.properties = merged(group_.properties, row.computed.properties, row.computed);
      row.computed.kept.insert(row.computed.kept.end(), group_.kept.begin(), group_.kept.end());
    }
    wants_more_ = wants_more_ && next_.take(std::move(row));
    return wants_more_;
  }
  void end() override {}

 private:
  Stage& next_;
  bool& wants_more_;
  Computed group_;
};

class GroupBy : public Stage {
 public:
  GroupBy(const Step& step, Work& work, Stage& next) : step_(step), work_(work), next_(next) {
    constexpr size_t kOfPart = 300;
    constexpr size_t kOfGroup = 500;
    bytes_of_group_ = kOfGroup + (step.inner.empty() ? 0 : parts_of(step.inner[0]) * kOfPart);
  }

  bool take(Row row) override {
    if (!wants_more_) return false;
    Computed values;
    const auto identity = look_at(row, values);
    const auto known = by_identity_.find(identity);
    if (known != by_identity_.end()) {
      if (known->second->pipeline) known->second->pipeline->take(std::move(row));
      return wants_more_;
    }
    work_.keep(identity.size() + bytes_of_group_);
    auto& group = *groups_.emplace_back(std::make_unique<Group>(next_, wants_more_));
    by_identity_.emplace(identity, &group);
    build(step_.groupings, values, group.sink.group().properties, group.sink.group().kept);
    auto& kept = group.sink.group().kept;
    kept.insert(kept.end(), values.kept.begin(), values.kept.end());
    if (step_.inner.empty()) {
      group.sink.take({});
    } else {
      group.pipeline.emplace(step_.inner[0], work_, group.sink);
      group.pipeline->take(std::move(row));
    }
    return wants_more_;
  }

  void end() override {
    for (const auto& group : groups_) {
      if (wants_more_ && group->pipeline) group->pipeline->end();
      group->pipeline.reset();
    }
    next_.end();
  }

 private:
  struct Group {
    Group(Stage& next, bool& wants_more) : sink(next, wants_more) {}
    GroupSink sink;
    std::optional<Pipeline> pipeline;
  };

  // What the row is grouped by, one value a path; what is equal has the same text.
  std::string look_at(const Row& row, Computed& values) {
    std::string identity;
    for (const auto& group : step_.transformation->groups) {
      const auto value = work_.value(*group, row);
      const auto text = work_.identity_of(value);
      identity += std::to_string(text.size()) + ":" + text;
      values.properties.push_back({"", lasting(value, "groupby", values.kept)});
    }
    return identity;
  }

  void build(const std::vector<Grouping>& groupings, const Computed& values, Properties& to,
             std::vector<std::shared_ptr<const void>>& kept) {
    for (const auto& grouping : groupings) {
      odata::ComputedProperty property;
      property.name = grouping.name;
      property.type = grouping.type;
      property.is_declared = grouping.is_declared;
      if (grouping.below.empty()) {
        property.value = values.properties[grouping.expression].value;
      } else {
        auto below = std::make_shared<Properties>();
        build(grouping.below, values, *below, kept);
        property.value = complex_value(grouping.owner, std::move(below), kept);
      }
      to.push_back(std::move(property));
    }
  }

  const Step& step_;
  Work& work_;
  Stage& next_;
  size_t bytes_of_group_ = 0;
  bool wants_more_ = true;
  std::vector<std::unique_ptr<Group>> groups_;  // as they first appear
  std::unordered_map<std::string, Group*> by_identity_;
};

// Passes rows on at once, or keeps them until it is its turn.
class BranchSink : public Stage {
 public:
  BranchSink(Work& work, Stage& next, bool passes_on)
      : work_(work), next_(next), passes_on_(passes_on) {}

  bool take(Row row) override {
    if (passes_on_) return wants_more_ = wants_more_ && next_.take(std::move(row));
    work_.keep(row);
    rows_.push_back(std::move(row));
    return true;
  }
  void end() override {}

  void pass_on() {
    passes_on_ = true;
    for (auto& row : rows_) {
      if (!take(std::move(row))) break;
    }
    rows_.clear();
  }

 private:
  Work& work_;
  Stage& next_;
  bool passes_on_;
  bool wants_more_ = true;
  std::vector<Row> rows_;
};

class Concat : public Stage {
 public:
  Concat(const Step& step, Work& work, Stage& next) : next_(next) {
    for (const auto& inner : step.inner) {
      branches_.push_back(std::make_unique<Branch>(inner, work, next, branches_.empty()));
    }
  }

  bool take(Row row) override {
    bool wants_more = false;
    for (const auto& branch : branches_) {
      charge_copy_of(row.computed);
      branch->wants_more = branch->wants_more && branch->pipeline.take(row);
      wants_more = wants_more || branch->wants_more;
    }
    return wants_more;
  }

  void end() override {
    for (const auto& branch : branches_) {
      branch->sink.pass_on();
      branch->pipeline.end();
    }
    next_.end();
  }

 private:
  struct Branch {
    Branch(const Steps& steps, Work& work, Stage& next, bool passes_on)
        : sink(work, next, passes_on), pipeline(steps, work, sink) {}
    BranchSink sink;
    Pipeline pipeline;
    bool wants_more = true;
  };

  Stage& next_;
  std::vector<std::unique_ptr<Branch>> branches_;
};

}  // namespace

std::unique_ptr<Stage> group_by_stage(const Step& step, Work& work, Stage& next) {
  return std::make_unique<GroupBy>(step, work, next);
}

std::unique_ptr<Stage> concat_stage(const Step& step, Work& work, Stage& next) {
  return std::make_unique<Concat>(step, work, next);
}

}  // namespace graphmock::graph
