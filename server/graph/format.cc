#include "graph/format.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"

namespace graphmock::graph {
namespace {

using Parameter = std::pair<std::string_view, std::string_view>;

[[noreturn]] void refuse(const Parameter& parameter, std::string_view expected) {
  throw http::Error(400, "",
                    "The format parameter '" + std::string(parameter.first) + "' has the value '" +
                        std::string(parameter.second) + "'. Expected " + std::string(expected) +
                        ".");
}

void take(Format& format, const Parameter& parameter) {
  // OData 4.0 has the prefix, 4.01 none.
  auto name = parameter.first;
  if (base::starts_with_ignoring_case(name, "odata.")) name.remove_prefix(6);
  const auto is = [&](std::string_view value) {
    return base::equals_ignoring_case(parameter.second, value);
  };
  if (base::equals_ignoring_case(name, "metadata")) {
    if (!is("none") && !is("minimal") && !is("full")) {
      refuse(parameter, "'none', 'minimal' or 'full'");
    }
    format.metadata = is("none")   ? MetadataLevel::None
                      : is("full") ? MetadataLevel::Full
                                   : MetadataLevel::Minimal;
  } else if (base::equals_ignoring_case(name, "IEEE754Compatible")) {
    if (!is("true") && !is("false")) refuse(parameter, "'true' or 'false'");
    format.numbers_as_strings = is("true");
  } else if (base::equals_ignoring_case(name, "streaming")) {
    // The order of an answer is that of a stream whether one is asked for or not.
    if (!is("true") && !is("false")) refuse(parameter, "'true' or 'false'");
  }
}

Format format_in(const std::vector<std::string_view>& parts) {
  Format format;
  for (size_t i = 1; i < parts.size(); ++i) take(format, base::split_parameter(parts[i]));
  return format;
}

bool is_json(std::string_view media_type) {
  return base::equals_ignoring_case(media_type, "application/json");
}

double quality_of(const std::vector<std::string_view>& parts) {
  for (size_t i = 1; i < parts.size(); ++i) {
    const auto parameter = base::split_parameter(parts[i]);
    if (!base::equals_ignoring_case(parameter.first, "q")) continue;
    double quality = 0;
    const auto end = parameter.second.data() + parameter.second.size();
    const auto read = std::from_chars(parameter.second.data(), end, quality);
    return read.ec == std::errc() ? quality : 0;
  }
  return 1;
}

// Of the ranges that are JSON the one that is wanted most, the first of those.
Format accepted(std::string_view header) {
  std::vector<std::string_view> best;
  double best_quality = 0;
  for (const auto range : base::split(header, ',')) {
    auto parts = base::split(range, ';');
    if (!is_json(base::trim(parts[0]))) continue;
    const double quality = quality_of(parts);
    if (quality <= best_quality) continue;
    best_quality = quality;
    best = std::move(parts);
  }
  return best.empty() ? Format() : format_in(best);
}

}  // namespace

std::string Format::content_type() const {
  std::string type(kContentType);
  const auto put = [&type](std::string_view usual, std::string_view instead) {
    type.replace(type.find(usual), usual.size(), instead);
  };
  if (metadata == MetadataLevel::None) put("metadata=minimal", "metadata=none");
  if (metadata == MetadataLevel::Full) put("metadata=minimal", "metadata=full");
  if (numbers_as_strings) put("IEEE754Compatible=false", "IEEE754Compatible=true");
  return type;
}

Format format_of(const Call& call) {
  if (call.query.format) {
    const auto parts = base::split(*call.query.format, ';');
    const auto type = base::trim(parts[0]);
    if (!is_json(type) && !base::equals_ignoring_case(type, "json")) {
      throw http::Error(400, "",
                        "The value '" + *call.query.format +
                            "' of '$format' is not supported. Expected 'json' or "
                            "'application/json', with or without parameters such as "
                            "';odata.metadata=none'.");
    }
    return format_in(parts);
  }
  const auto accept = call.request.headers.find("Accept");
  if (!accept) return Format();
  // A client says the same in every request.
  thread_local std::pair<std::string, Format> last;
  if (last.first != *accept) last = {std::string(*accept), accepted(*accept)};
  return last.second;
}

}  // namespace graphmock::graph
