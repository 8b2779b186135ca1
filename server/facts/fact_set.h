// The files of facts, each laid over those before it: what they say of the types and operations of
// a model is joined to these before anybody else has the model, so that a request looks nothing
// up.
#pragma once

#include <filesystem>
#include <vector>

#include "base/load_error.h"
#include "facts/said.h"
#include "model/models.h"

namespace graphmock::facts {

class FactSet {
 public:
  // A file, or all files of a folder that end in ".json", in the order of their names. Problems go
  // to `errors`; with any, the set must not be used.
  void load(const std::filesystem::path& path, base::LoadErrors& errors);
  void add(SaidFile file) { files_.push_back(std::move(file)); }

  void join(model::Model& model) const;

  size_t size() const;  // how many facts there are
  // What the models have otherwise: a type, member or operation that none of them has; one that is
  // required though the service computes it; one that need not be made as it may be null. Of the
  // files from `first` on; `is_whole` says that the models are all that there is, so that a type
  // that is not there is a problem as well.
  base::LoadErrors contradictions(const model::Models& models, size_t first, bool is_whole) const;
  size_t file_count() const { return files_.size(); }

 private:
  std::vector<SaidFile> files_;
};

}  // namespace graphmock::facts
