// Puts a fixture set together, file by file or member by member of a document, and tells every
// problem with its line. For store/fixtures, which finds them and says in which order.
#pragma once

#include <boost/json/value.hpp>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/load_error.h"
#include "store/document_counts.h"
#include "store/fixture_place.h"
#include "store/plain_reader.h"
#include "store/snapshot.h"

namespace graphmock::store {

class FixtureLoader {
 public:
  // Whether a collection that no model has an address for is given one, which may be done only
  // before the models are shared.
  enum class NewAddresses { Given, Refused };

  // A text that is loaded, kept for the line numbers of late problems. Not so that of a file whose
  // lines are each an entity.
  struct Text {
    std::string file;
    std::string text;
    bool is_jsonl = false;
  };
  // What fills one address: a file, or a member of a document.
  struct Source {
    const Text* text;
    std::vector<std::string> segments;  // the resource path
    std::string pointer;                // of the member; empty for a file
    std::string name = "this file";     // in messages
  };

  FixtureLoader(const model::Models& models, model::EnumRule enums, NewAddresses new_addresses,
                base::LoadErrors& errors);

  bool gives_addresses() const { return new_addresses_ == NewAddresses::Given; }
  const Text& keep(Text text) { return texts_.emplace_back(std::move(text)); }
  // Of what will be given upon what is loaded; and of what is loaded.
  void load_counts(const Text& text, const boost::json::value& value);
  void load_versions(const Text& text, const boost::json::value& value);
  void load_file(const Source& source);
  void load_lines(const Source& source);  // of the file, which is read for it
  void load(const Source& source, boost::json::value root);
  void problem(const Text& text, const std::string& pointer, std::string what);

  std::shared_ptr<const Snapshot> finish();

 private:
  struct Entities;
  struct StatedList {
    const Text* text;
    std::string pointer;
    std::vector<std::string> segments;
    std::vector<std::string> targets;
  };

  // A line that is not empty.
  struct Line {
    std::string_view text;
    size_t index;  // from 0

    boost::json::value value() const;  // throws JsonError
    std::string pointer() const { return "/" + std::to_string(index); }
  };

  struct Block;
  class Lines;

  static size_t about_how_many(const Text& text, const std::vector<Line>& first);
  Entities all_lines(const Text& text);
  static void read_plain(Block& block, std::vector<PlainReader>& readers);
  void put(const Source& source, const Importer::Place& place, const Block& block);
  static Entities entities_in(boost::json::value root, const std::string& pointer);
  void load(const Source& source, Entities entities);
  void put(const Source& source, const Importer::Place& place, const Entities& entities);
  void put(const Source& source, const Importer::Place& place, const boost::json::value& item,
           const std::string& pointer);
  void put_as_is(const Importer::Place& place, const boost::json::object& object,
                 const Importer::Report& report);
  void put_stream(const Source& source, const std::string& address,
                  const boost::json::value& value);
  bool add_address(const Source& source, const Entities& entities, const std::string& why);
  std::string common_type(const Source& source, const Entities& entities, const std::string& why);
  void collect_lists(const Source& source, const boost::json::value& root);
  void settle();
  void set_stated_lists();

  const model::Models& models_;
  const NewAddresses new_addresses_;
  const model::EnumRule enums_;
  base::LoadErrors& errors_;
  // What has been loaded; what the importer has written since then lies upon it, see settle().
  const std::shared_ptr<Snapshot> loaded_;
  Store store_;
  Store::Write write_;
  Importer importer_;
  std::deque<Text> texts_;
  std::map<std::string, size_t> problems_in_;
  std::vector<StatedList> stated_lists_;
  std::vector<std::string> empty_lists_;  // of added collections that have nothing in them
};

}  // namespace graphmock::store
