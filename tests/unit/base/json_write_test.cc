#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <random>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "support/test_name.h"

namespace graphmock::base {
namespace {

using namespace std::string_view_literals;

TEST(JsonWrite, LeavesOutWhiteSpaceOnly) {
  EXPECT_EQ(to_json(parse_json(" { \"b\" : [ 1 , \"x y\" , null , true , false , { } , [ ] ] } ")),
            R"({"b":[1,"x y",null,true,false,{},[]]})");
}

TEST(JsonWrite, EscapesWhatAStringCannotHold) {
  std::string out = "before ";
  append_json_string(out, "\"\\\b\f\n\r\t\x01\x1F/\x7F\0é"sv);
  const auto text = out.substr(7);
  EXPECT_EQ(out.substr(0, 7), "before ");
  for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  EXPECT_EQ(std::string_view(parse_json(text).as_string()), "\"\\\b\f\n\r\t\x01\x1F/\x7F\0é"sv);
}

TEST(JsonWrite, LeavesUnicodeAsItIs) {
  EXPECT_EQ(to_json(parse_json(R"("\u20ac \ud83d\ude00 /")")), "\"\u20AC \U0001F600 /\"");
}

TEST(JsonWrite, EscapesKeysToo) {
  EXPECT_EQ(to_json(parse_json(R"({"a\"b\\c":1})")), R"({"a\"b\\c":1})");
}

TEST(JsonWrite, NamesEveryKind) {
  EXPECT_EQ(kind_name(parse_json("{}")), "object");
  EXPECT_EQ(kind_name(parse_json("[]")), "array");
  EXPECT_EQ(kind_name(parse_json("\"\"")), "string");
  EXPECT_EQ(kind_name(parse_json("0.10")), "number");
  EXPECT_EQ(kind_name(parse_json("true")), "Boolean");
  EXPECT_EQ(kind_name(parse_json("null")), "null");
}

// Documents made at random from a fixed seed: what is written reads as what was written.
class RandomJson {
 public:
  explicit RandomJson(uint32_t seed) : random_(seed) {}

  std::string value(int depth) {
    switch (below(depth > 0 ? 8 : 6)) {
      case 0:
        return "null";
      case 1:
        return below(2) ? "true" : "false";
      case 2:
      case 3:
        return number();
      case 4:
      case 5:
        return string();
      case 6:
        return list('[', ']', depth, false);
      default:
        return list('{', '}', depth, true);
    }
  }

 private:
  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_()) % limit; }

  std::string digits(uint32_t most) {
    std::string text;
    for (uint32_t i = 0; i <= below(most); ++i) text += static_cast<char>('0' + below(10));
    return text;
  }

  std::string number() {
    std::string text = below(2) ? "-" : "";
    text += below(3) ? static_cast<char>('1' + below(9)) + digits(30) : std::string("0");
    if (below(2)) text += "." + digits(20);
    if (below(3) == 0) text += (below(2) ? "e" : "E-") + digits(3);
    return text;
  }

  std::string string() {
    std::string text;
    for (uint32_t i = below(12); i > 0; --i) {
      static constexpr std::string_view kPieces[] = {"a",  "Z",    "\"",     "\\",         "/",
                                                     "\n", "\x01", "\u00E9", "\u20AC",     " ",
                                                     "{",  "//",   "\x7F",   "\U0001F600", "1e9"};
      text += kPieces[below(std::size(kPieces))];
    }
    std::string out;
    append_json_string(out, text);
    return out;
  }

  std::string list(char open, char close, int depth, bool has_keys) {
    std::string text(1, open);
    const uint32_t size = below(5);
    for (uint32_t i = 0; i < size; ++i) {
      if (i > 0) text += ',';
      if (has_keys) text += "\"k" + std::to_string(i) + "\":";
      text += value(depth - 1);
    }
    return text + close;
  }

  std::mt19937 random_;
};

TEST(JsonWrite, GivesBackWhatWasRead) {
  RandomJson random(20260131);
  for (int i = 0; i < 2000; ++i) {
    const auto text = random.value(6);
    ASSERT_EQ(to_json(parse_json(text)), text);
    ASSERT_EQ(to_json(parse_json(text, JsonSyntax::Relaxed)), text);
  }
}

// Texts broken at random: refused or read, never a crash, and what is read is whole.
TEST(JsonWrite, StandsAnyDamageToATextRead) {
  RandomJson random(7);
  std::mt19937 noise(7);
  for (int i = 0; i < 3000; ++i) {
    auto text = random.value(5);
    text[noise() % text.size()] = static_cast<char>(noise());
    for (const auto syntax : {JsonSyntax::Strict, JsonSyntax::Relaxed}) {
      try {
        const auto printed = to_json(parse_json(text, syntax));
        ASSERT_EQ(to_json(parse_json(printed)), printed);
        ASSERT_TRUE(is_valid_utf8(printed));
      } catch (const JsonError& error) {
        ASSERT_GE(error.line, 1u);
        ASSERT_GE(error.column, 1u);
      }
    }
  }
}

}  // namespace
}  // namespace graphmock::base
