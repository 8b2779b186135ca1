#include "base/html.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace graphmock::base {
namespace {

struct NamedCharacter {
  std::string_view name;
  std::string_view text;
};

// Those that mail has; others stay as they are written.
constexpr NamedCharacter kCharacters[] = {
    {"amp", "&"},         {"apos", "'"},       {"bull", "\u2022"},   {"copy", "\u00a9"},
    {"euro", "\u20ac"},   {"gt", ">"},         {"hellip", "\u2026"}, {"laquo", "\u00ab"},
    {"ldquo", "\u201c"},  {"lsquo", "\u2018"}, {"lt", "<"},          {"mdash", "\u2014"},
    {"middot", "\u00b7"}, {"nbsp", "\u00a0"},  {"ndash", "\u2013"},  {"quot", "\""},
    {"raquo", "\u00bb"},  {"rdquo", "\u201d"}, {"reg", "\u00ae"},    {"rsquo", "\u2019"},
    {"trade", "\u2122"},
};

constexpr size_t kLongestEntity = 10;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void append_code_point(std::string& out, uint32_t code) {
  const bool is_character = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (!is_character) code = 0xfffd;
  const auto byte = [&out](uint32_t value) { out += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | code >> 6);
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else {
    byte(0xf0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3f));
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
}

// Of "#233" and "#xe9".
std::optional<uint32_t> numbered(std::string_view entity) {
  entity.remove_prefix(1);
  const bool is_hex = entity.starts_with('x') || entity.starts_with('X');
  if (is_hex) entity.remove_prefix(1);
  if (entity.empty()) return std::nullopt;
  uint32_t code = 0;
  for (const char c : entity) {
    uint32_t digit = 16;
    if (c >= '0' && c <= '9') digit = static_cast<uint32_t>(c - '0');
    if (is_hex && is_letter(c)) digit = static_cast<uint32_t>((c | 0x20) - 'a') + 10;
    if (digit >= (is_hex ? 16u : 10u)) return std::nullopt;
    code = std::min<uint32_t>(code * (is_hex ? 16 : 10) + digit, 0x110000);
  }
  return code;
}

class Reader {
 public:
  explicit Reader(std::string_view html) : rest_(html) { out_.reserve(html.size() / 2); }

  std::string text() {
    while (!rest_.empty()) {
      if (rest_.front() == '<' && take_markup()) continue;
      if (rest_.front() == '&' && take_entity()) continue;
      take_character();
    }
    while (!out_.empty() && is_blank(out_.back())) out_.pop_back();
    return std::move(out_);
  }

 private:
  // A tag, a comment or a declaration; false for a '<' that begins none.
  bool take_markup() {
    if (rest_.starts_with("<!--")) {
      skip_behind("-->");
      return true;
    }
    if (rest_.size() < 2) return false;
    const bool is_end = rest_[1] == '/';
    const size_t begin = is_end ? 2 : 1;
    size_t end = begin;
    while (end < rest_.size() &&
           (is_letter(rest_[end]) || (rest_[end] >= '0' && rest_[end] <= '9'))) {
      ++end;
    }
    if (end > begin && !is_letter(rest_[begin])) return false;
    if (end == begin && rest_[1] != '!' && rest_[1] != '?') return false;
    const auto name = lower_case(rest_.substr(begin, end - begin));
    skip_tag();
    if (!is_end && (name == "script" || name == "style" || name == "title")) {
      skip_element("</" + name);
    } else {
      take_tag(name, is_end);
    }
    return true;
  }

  void take_tag(std::string_view name, bool is_end) {
    const bool is_block = name == "p" || name == "div" || name == "li" || name == "tr" ||
                          name == "ul" || name == "ol" || name == "table" || name == "blockquote" ||
                          name == "hr" || name == "body" ||
                          (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6');
    if (name == "pre") is_preformatted_ = !is_end;
    if (name == "br") {
      drop_blanks();
      out_ += "\r\n";
    } else if (is_block || name == "pre") {
      drop_blanks();
      if (!out_.empty() && !out_.ends_with('\n')) out_ += "\r\n";
    } else if (is_end && (name == "td" || name == "th")) {
      out_ += '\t';
    }
  }

  bool take_entity() {
    const auto end = rest_.substr(0, kLongestEntity + 2).find(';');
    if (end == std::string_view::npos || end < 2) return false;
    const auto entity = rest_.substr(1, end - 1);
    if (entity.front() == '#') {
      const auto code = numbered(entity);
      if (!code) return false;
      append_code_point(out_, *code);
    } else {
      const auto named = std::find_if(std::begin(kCharacters), std::end(kCharacters),
                                      [&](const auto& one) { return one.name == entity; });
      if (named == std::end(kCharacters)) return false;
      out_ += named->text;
    }
    rest_.remove_prefix(end + 1);
    return true;
  }

  void take_character() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (is_preformatted_ || !is_blank(c)) {
      out_ += c;
    } else if (!out_.empty() && !is_blank(out_.back())) {
      out_ += ' ';
    }
  }

  void drop_blanks() {
    while (out_.ends_with(' ') || out_.ends_with('\t')) out_.pop_back();
  }

  // A '>' within a quoted attribute ends no tag.
  void skip_tag() {
    char quote = 0;
    size_t at = 1;
    for (; at < rest_.size(); ++at) {
      const char c = rest_[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        break;
      }
    }
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
  }

  void skip_behind(std::string_view end) {
    const auto at = rest_.find(end);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
  }

  void skip_element(std::string_view end) {
    while (!rest_.empty() && !starts_with_ignoring_case(rest_, end)) {
      const auto at = rest_.find('<', 1);
      rest_.remove_prefix(std::min(at, rest_.size()));
    }
    if (!rest_.empty()) skip_tag();
  }

  std::string_view rest_;
  std::string out_;
  bool is_preformatted_ = false;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  return Reader(html).text();
}

std::string text_to_html(std::string_view text) {
  std::string html =
      "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">"
      "</head><body>";
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '\r':
        break;
      case '\n':
        html += "<br>\r\n";
        break;
      default:
        html += c;
    }
  }
  return html + "</body></html>";
}

}  // namespace graphmock::base
