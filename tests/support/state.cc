#include "support/state.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "http/error.h"
#include "store/difference.h"
#include "store/fixtures.h"
#include "store/importer.h"
#include "store/state_document.h"
#include "store/state_lists.h"
#include "store/stream.h"
#include "support/small_service.h"
#include "support/temporary_folder.h"

namespace graphmock::support {

State::State() : models(small_models()) {
  store = std::make_unique<store::Store>(std::make_shared<store::Snapshot>());
}

State::State(std::string_view document) : models(small_models()) {
  const TemporaryFolder folder;
  const auto file = folder.write("state.json", document);
  base::LoadErrors errors;
  auto fixtures = store::load_fixtures(file, models, model::EnumRule::Evolvable, errors);
  for (const auto& error : errors) {
    problems.push_back(error.text().substr(folder.path().string().size() + 1));
  }
  store = std::make_unique<store::Store>(std::move(fixtures));
}

bool State::put(std::string_view path, std::string_view json) {
  const auto body = base::parse_json(json);
  for (const auto& model : models.all()) {
    odata::Target target;
    try {
      target = odata::resolve(*model, path);
    } catch (const http::Error&) {
      continue;
    }
    store::Store::Write write(*store);
    store::Importer importer(models, model::EnumRule::Evolvable, write,
                             store::Importer::Existing::Replace, nullptr);
    const auto report = [&](std::string_view pointer, const std::string& message) {
      ADD_FAILURE() << path << " " << pointer << ": " << message;
    };
    if (!store::make_owners(importer, models, write.view(), target, {}, report)) return false;
    const auto place = store::place_at(store::locate(models, write.view(), target), target);
    importer.put(place, body.get_object(), report);
    importer.bind_references();
    write.commit();
    return true;
  }
  ADD_FAILURE() << "no version has the address " << path;
  return false;
}

void State::remove(std::string_view address) {
  store::Store::Write write(*store);
  write.remove(address);
  write.commit();
}

void State::stream(std::string_view address, std::string_view media_type, std::string_view bytes) {
  store::Store::Write write(*store);
  auto stream = store::make_stream(std::string(address), media_type, bytes);
  write.find(address) ? write.replace(std::move(stream)) : write.create(std::move(stream), address);
  write.commit();
}

void State::refer(std::string_view list, std::string_view target) {
  store::Store::Write write(*store);
  write.add_reference(list, target);
  write.commit();
}

void State::unrefer(std::string_view list, std::string_view target) {
  store::Store::Write write(*store);
  write.remove_reference(list, target);
  write.commit();
}

std::string State::document() const {
  return store::state_document(models, model::EnumRule::Evolvable, store->fixtures(),
                               store->changes());
}

std::string State::difference(const store::Layer& from) const {
  return store::difference(models, store->fixtures(), from, store->changes());
}

std::vector<std::string> State::contents() const {
  const auto changes = store->changes();
  const store::StateLists lists(store->fixtures(), changes);
  std::vector<std::string> lines;
  const auto describe = [&](const store::Entity& entity) {
    lines.push_back(entity.address + " " + std::string(entity.type) +
                    (entity.is_enveloped ? " in an envelope " : " ") + entity.text + " " +
                    std::to_string(entity.hidden_in));
  };
  for (const auto& [list, elements] : lists.all()) {
    if (elements.empty()) continue;
    std::string line = list + ":";
    for (const auto& entity : elements) {
      line += " " + entity->address;
      if (store::is_home(list, entity->address)) describe(*entity);
    }
    lines.push_back(std::move(line));
  }
  for (const auto& entity : lists.unlisted()) describe(*entity);
  return lines;
}

}  // namespace graphmock::support
