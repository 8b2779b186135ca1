// A state of the small service that tests write to as the control plane does, and that can be
// written out and loaded again.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/models.h"
#include "store/store.h"

namespace graphmock::support {

class State {
 public:
  State();
  // Loaded as a server loads it that starts with the file; problems are kept.
  explicit State(std::string_view document);

  // A body as PUT /__admin/state/{version}/{path} takes it, in the version that has the path.
  // Fails the test when it is refused; false when an owner is of a type that has no such thing.
  bool put(std::string_view path, std::string_view json);
  void remove(std::string_view address);
  void stream(std::string_view address, std::string_view media_type, std::string_view bytes);
  void refer(std::string_view list, std::string_view target);
  void unrefer(std::string_view list, std::string_view target);

  std::string document() const;
  // What has changed since.
  std::string difference(const store::Layer& from = {}) const;
  // Every entity and every list, in words.
  std::vector<std::string> contents() const;

  model::Models models;
  std::vector<std::string> problems;  // "state.json:3: what"
  std::unique_ptr<store::Store> store;
};

}  // namespace graphmock::support
