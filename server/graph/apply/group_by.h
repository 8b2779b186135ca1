// The stages that make several pipelines of one: groupby and concat (OData Data Aggregation 3.2.2,
// 3.2.3).
#pragma once

#include <memory>

#include "graph/apply/pipeline.h"

namespace graphmock::graph {

std::unique_ptr<Stage> group_by_stage(const Step& step, Work& work, Stage& next);
std::unique_ptr<Stage> concat_stage(const Step& step, Work& work, Stage& next);

}  // namespace graphmock::graph
