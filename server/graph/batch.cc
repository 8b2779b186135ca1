#include "graph/batch.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cctype>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "graph/body.h"
#include "graph/format.h"
#include "http/request_head.h"
#include "http/response_head.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using std::chrono::milliseconds;

// Of all parts together: each may be as large as an answer gets.
constexpr size_t kMostAnswerBytes = 64 * 1024 * 1024;

// What a part says as OData lets it and the service does not.
constexpr std::array<std::string_view, 2> kUnknownToTheService = {"atomicityGroup", "if"};

// Said once, by the envelope; a part cannot be another's.
constexpr std::array<std::string_view, 2> kOfTheBatch = {"Host", "X-Mock-Tenant"};
// Said by the envelope for those parts that say nothing themselves.
constexpr std::array<std::string_view, 3> kInherited = {"Authorization", "client-request-id",
                                                        "X-Mock-Scenario"};
// Said once, of the batch's answer.
constexpr std::array<std::string_view, 4> kOfTheAnswer = {"request-id", "client-request-id",
                                                          "x-ms-ags-diagnostic", "Date"};

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view one) { return base::equals_ignoring_case(one, name); });
}

[[noreturn]] void refuse(std::string message) {
  throw http::Error(400, "BadRequest", std::move(message));
}

[[noreturn]] void refuse_format(const std::string& why) {
  refuse("Invalid batch payload format. " + why);
}

// A member that is null is one that is not given.
const json::value* find(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

bool is_absolute(std::string_view url) {
  const auto end = std::find_if_not(url.begin(), url.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.';
  });
  const auto scheme = static_cast<size_t>(end - url.begin());
  return url.starts_with("//") || (scheme > 0 && url.substr(scheme).starts_with("://"));
}

// "application/json", and what is JSON by another name.
bool says_json(std::string_view content_type) {
  const auto type = base::trim(content_type.substr(0, content_type.find(';')));
  constexpr std::string_view kSuffix = "+json";
  return is_json(content_type) ||
         (type.size() > kSuffix.size() &&
          base::equals_ignoring_case(type.substr(type.size() - kSuffix.size()), kSuffix));
}

bool is_well_formed(std::string_view text) {
  try {
    base::parse_json(text, base::JsonSyntax::Strict,
                     boost::json::make_shared_resource<boost::json::monotonic_resource>());
    return true;
  } catch (const base::JsonError&) {
    return false;
  }
}

// Reads one of the requests; `before` are those that it may depend on.
class PartReader {
 public:
  PartReader(const json::value& value, const std::vector<BatchPart>& before)
      : value_(value), before_(before) {}

  BatchPart read() {
    if (!value_.is_object()) {
      refuse_format("The request at " + place() + " is a JSON " +
                    std::string(base::kind_name(value_)) + ". Expected an object.");
    }
    read_id();
    for (const auto name : kUnknownToTheService) {
      if (!find(object(), name)) continue;
      throw http::not_implemented("'" + std::string(name) + "' of a request in a batch");
    }
    read_method();
    read_url();
    read_headers();
    read_body();
    read_dependencies();
    if (part_.error && part_.error->status == 431) part_.headers.clear();
    return std::move(part_);
  }

 private:
  const json::object& object() const { return value_.get_object(); }
  std::string place() const { return "/requests/" + std::to_string(before_.size()); }
  std::string named() const { return "The request with id '" + part_.id + "'"; }

  std::string text(std::string_view name, const std::string& of) const {
    const auto* value = find(object(), name);
    if (!value) refuse_format(of + " has no '" + std::string(name) + "'.");
    if (!base::is_string(*value)) {
      refuse_format(of + " has a JSON " + std::string(base::kind_name(*value)) + " as '" +
                    std::string(name) + "'. Expected a string.");
    }
    auto text = base::text_of(value);
    if (text.empty()) refuse_format(of + " has an empty '" + std::string(name) + "'.");
    return text;
  }

  size_t index_of(std::string_view id) const {
    const auto found = std::find_if(before_.begin(), before_.end(), [&](const BatchPart& part) {
      return base::equals_ignoring_case(part.id, id);
    });
    return static_cast<size_t>(found - before_.begin());
  }

  void read_id() {
    part_.id = text("id", "The request at " + place());
    if (part_.id.size() > kMostShown) {
      refuse_format("The request at " + place() + " has an 'id' of more than " +
                    std::to_string(kMostShown) + " bytes.");
    }
    if (index_of(part_.id) == before_.size()) return;
    refuse("Request Id " + part_.id + " has to be unique in a batch.");
  }

  void read_method() {
    part_.method = text("method", named());
    auto& method = part_.method;
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (!http::is_token(method) || method.size() > kMostShown) {
      refuse_format(named() + " has a 'method' that cannot be one.");
    }
  }

  void read_url() {
    part_.url = text("url", named());
    if (is_absolute(part_.url)) {
      refuse("Invalid request URL. " + named() + " has the absolute URL '" +
             std::string(base::beginning_of(part_.url, kMostShown)) +
             "'. Expected one below the version of the batch, such as '/users'.");
    }
    if (!part_.url.starts_with('/')) part_.url.insert(0, 1, '/');
    if (part_.url.size() > http::kMaxTargetBytes) {
      part_.error = http::Error(414, "",
                                "The URL is longer than " + std::to_string(http::kMaxTargetBytes) +
                                    " bytes, in a batch as well as alone.");
      part_.url.resize(base::beginning_of(part_.url, kMostShown).size());
    }
  }

  void read_headers() {
    const auto* headers = find(object(), "headers");
    if (!headers) return;
    const auto* fields = headers->if_object();
    if (!fields) refuse_format(named() + " has 'headers' that are no JSON object.");
    size_t bytes = 0;
    for (const auto& field : *fields) {
      const std::string_view name = field.key();
      const auto is_strange = [](char c) { return base::is_control(c) && c != '\t'; };
      const auto value = base::text_of(&field.value());
      if (!base::is_string(field.value()) || !http::is_token(name) ||
          std::any_of(value.begin(), value.end(), is_strange)) {
        refuse_format(named() + " has a header '" +
                      std::string(base::beginning_of(name, kMostShown)) +
                      "' that cannot be one: its name is a token, its value a string on one line.");
      }
      if (http::is_framing_field(name) || is_one_of(kOfTheBatch, name)) continue;
      bytes += name.size() + value.size();
      part_.headers.emplace_back(name, base::trim(value));
    }
    if (bytes <= kMostHeaderBytes) return;
    part_.error = http::Error(431, "",
                              "The headers are larger than " + std::to_string(kMostHeaderBytes) +
                                  " bytes, in a batch as well as alone.");
  }

  std::optional<std::string_view> header(std::string_view wanted) const {
    for (const auto& [name, value] : part_.headers) {
      if (base::equals_ignoring_case(name, wanted)) return value;
    }
    return std::nullopt;
  }

  // JSON as it is, anything else in base64 of either alphabet.
  void read_body() {
    const auto* body = find(object(), "body");
    const auto type = header("Content-Type");
    const auto& method = part_.method;
    const bool writes = method == "POST" || method == "PATCH" || method == "PUT";
    if ((writes && (!body || !type)) || (body && !type)) {
      refuse((writes ? "Write request id : " : "Request id : ") + part_.id +
             " does not contain Content-Type header or body." +
             (writes ? " An empty body is {}." : ""));
    }
    if (!body) return;
    const auto coding = header("Content-Encoding").value_or("identity");
    if (!base::equals_ignoring_case(coding, "identity") && !part_.error) {
      part_.error = http::Error(415, "",
                                "The body has the Content-Encoding '" +
                                    std::string(base::beginning_of(coding, kMostShown)) +
                                    "'. Within a batch there is none.");
    }
    if (says_json(*type)) {
      part_.body = base::to_json(*body);
      return;
    }
    auto bytes = base::is_string(*body) ? base::base64_decode(base::text_of(body)) : std::nullopt;
    if (bytes) {
      part_.body = *std::move(bytes);
    } else if (!part_.error) {
      part_.error =
          http::Error(400, "BadRequest",
                      "The body is neither base64url nor base64 text. Expected one, as "
                      "the Content-Type '" +
                          std::string(base::beginning_of(*type, kMostShown)) + "' is not JSON's.");
    }
  }

  void read_dependencies() {
    const auto* ids = find(object(), "dependsOn");
    if (!ids) return;
    const auto* list = ids->if_array();
    const auto invalid = "Invalid dependency for request Id " + part_.id + ". ";
    if (!list) refuse(invalid + "Expected an array of ids.");
    for (const auto& id : *list) {
      const auto index = base::is_string(id) ? index_of(base::text_of(&id)) : before_.size();
      if (index == before_.size()) {
        refuse(invalid + "No request before it in the batch has the id " +
               std::string(base::beginning_of(base::to_json(id), kMostShown)) + ".");
      }
      auto& known = part_.depends_on;
      if (std::find(known.begin(), known.end(), index) == known.end()) known.push_back(index);
    }
  }

  static constexpr size_t kMostShown = 200;  // of what a client sends, in messages
  static constexpr size_t kMostHeaderBytes = 64 * 1024;

  const json::value& value_;
  const std::vector<BatchPart>& before_;
  BatchPart part_;
};

// Fields of one name are one field with several values (RFC 9110, 5.3).
std::vector<std::pair<std::string_view, std::string>> fields_of(const http::Response& response,
                                                                bool has_body) {
  std::vector<std::pair<std::string_view, std::string>> fields;
  for (const auto& [field, value] : response.headers) {
    const auto name = field;
    if (http::is_framing_field(name) || is_one_of(kOfTheAnswer, name)) continue;
    if (!has_body && base::equals_ignoring_case(name, "Content-Type")) continue;
    const auto known = std::find_if(fields.begin(), fields.end(), [&](const auto& one) {
      return base::equals_ignoring_case(one.first, name);
    });
    if (known == fields.end()) {
      fields.emplace_back(name, value);
    } else {
      known->second += ", " + std::string(value);
    }
  }
  return fields;
}

void append_answer(const BatchPart& part, const http::Response& response, std::string& out) {
  // Whatever the parts took, each has its answer.
  const base::WorkBudget::Pause pause;
  const bool has_body =
      !response.body.empty() && !http::has_no_body(response.status) && part.method != "HEAD";
  out += "{\"id\":";
  base::append_json_string(out, part.id);
  out += ",\"status\":" + std::to_string(response.status) + ",\"headers\":{";
  bool is_first = true;
  for (const auto& [name, value] : fields_of(response, has_body)) {
    if (!is_first) out += ',';
    is_first = false;
    base::append_json_string(out, name);
    out += ':';
    base::append_json_string(out, value);
  }
  out += '}';
  if (has_body) {
    out += ",\"body\":";
    if (says_json(response.header("Content-Type").value_or("")) && is_well_formed(response.body)) {
      out += response.body;
    } else {
      base::append_json_string(out, base::base64_encode(response.body));
    }
  }
  out += '}';
}

http::Error failed_dependency(const std::string& id) {
  return {424, "FailedDependency",
          "The request was not carried out, as the one with id '" + id +
              "', which it depends on, has failed."};
}

// The real answer is lost, though not what the request has done.
http::Response too_large(const ErrorIdentity& identity) {
  const http::Error error(413, "ResponseTooLarge",
                          "The answers of a batch are at most " +
                              std::to_string(kMostAnswerBytes >> 20) +
                              " MB together. This one is left out; ask for it alone.");
  return error_response(error, facts::Family::Other, identity);
}

}  // namespace

std::vector<BatchPart> read_batch(const json::object& envelope) {
  const auto* requests = find(envelope, "requests");
  if (!requests) refuse_format("It has no 'requests'.");
  const auto* list = requests->if_array();
  if (!list || list->empty()) {
    refuse_format("Expected 'requests' to be an array with 1 to " +
                  std::to_string(kMostBatchParts) + " requests.");
  }
  if (list->size() > kMostBatchParts) {
    refuse("The batch has " + std::to_string(list->size()) +
           " requests, which exceeds the maximum value of " + std::to_string(kMostBatchParts) +
           ".");
  }
  std::vector<BatchPart> parts;
  parts.reserve(list->size());
  for (const auto& request : *list) parts.push_back(PartReader(request, parts).read());
  return parts;
}

http::Request request_of(const BatchPart& part, const http::Request& envelope,
                         std::string_view target) {
  http::Request request;
  request.method = part.method;
  request.target = http::Target::read(target);
  request.body = part.body;
  request.is_secure = envelope.is_secure;
  for (const auto& [name, value] : part.headers) request.headers.add(name, value);
  for (const auto& [name, value] : envelope.headers) {
    if (is_one_of(kOfTheBatch, name) ||
        (is_one_of(kInherited, name) && !request.headers.find(name))) {
      request.headers.add(name, value);
    }
  }
  return request;
}

http::Response answer_batch(std::vector<BatchPart> parts, const ErrorIdentity& identity,
                            const ServePart& serve) {
  http::Response answer;
  answer.set_header("Content-Type", kErrorContentType);
  std::vector<bool> has_failed;
  std::vector<milliseconds> ends;  // when the answers are there
  size_t bytes = 0;
  answer.body = "{\"responses\":[";
  for (auto& part : parts) {
    milliseconds begin{0};
    for (const auto index : part.depends_on) {
      begin = std::max(begin, ends[index]);
      if (has_failed[index] && !part.error) part.error = failed_dependency(parts[index].id);
    }
    auto response = serve(part);
    const auto& delivery = response.delivery;
    ends.push_back(begin + delivery.delay);
    // Its pieces come together here, when the last of them is there.
    if (delivery.dribble.chunks > 0) ends.back() += delivery.dribble.total;
    has_failed.push_back(response.status >= 400);
    bytes += response.body.size();
    if (bytes > kMostAnswerBytes) {
      bytes -= response.body.size();
      response = too_large(identity);
    }
    if (&part != &parts.front()) answer.body += ',';
    append_answer(part, response, answer.body);
  }
  answer.body += "]}";
  answer.delivery.delay = *std::max_element(ends.begin(), ends.end());
  return answer;
}

}  // namespace graphmock::graph
