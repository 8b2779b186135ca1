#include "app_script.h"

#include "base/text.h"

namespace graphmock::fuzz {
namespace {

constexpr std::string_view kBetween = "\n----\n";
constexpr std::string_view kRaw = "raw\n";

std::string filled(std::string_view text, const Given& given) {
  std::string full;
  for (size_t i = 0; i < text.size();) {
    const auto end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    const auto found =
        end == std::string_view::npos ? given.end() : given.find(text.substr(i + 1, end - i - 1));
    if (found == given.end()) {
      full += text[i++];
    } else {
      full += found->second;
      i = end + 1;
    }
  }
  return full;
}

bool has_field(std::string_view head, std::string_view name) {
  for (const auto line : base::split(head, '\n')) {
    if (base::starts_with_ignoring_case(line, name)) return true;
  }
  return false;
}

}  // namespace

Script read_script(std::string_view text) {
  Script script;
  const auto line = std::min(text.find('\n'), text.size());
  script.setup = text.substr(0, line);
  text.remove_prefix(std::min(line + 1, text.size()));
  while (!text.empty()) {
    const auto end = std::min(text.find(kBetween), text.size());
    script.requests.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + kBetween.size(), text.size()));
  }
  return script;
}

std::string write_script(const Script& script) {
  std::string text(script.setup);
  for (size_t i = 0; i < script.requests.size(); ++i) {
    text += i == 0 ? "\n" : kBetween;
    text += script.requests[i];
  }
  return text;
}

std::string on_the_wire(std::string_view request, const Given& given) {
  const auto text = filled(request, given);
  if (text.starts_with(kRaw)) return text.substr(kRaw.size());
  const auto end = std::min(text.find("\n\n"), text.size());
  const auto head = std::string_view(text).substr(0, end);
  const auto body = std::string_view(text).substr(std::min(end + 2, text.size()));
  std::string bytes;
  for (const auto line : base::split(base::trim(head), '\n')) bytes += std::string(line) + "\r\n";
  if (!has_field(head, "Host:")) bytes += "Host: localhost\r\n";
  if (!has_field(head, "Content-Length:") && !has_field(head, "Transfer-Encoding:")) {
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return bytes + "\r\n" + std::string(body);
}

}  // namespace graphmock::fuzz
