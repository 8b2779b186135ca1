#include "base/html.h"

#include <gtest/gtest.h>

#include "support/test_name.h"

namespace graphmock::base {
namespace {

struct HtmlRow {
  std::string_view name;
  std::string_view html;
  std::string_view text;
};

class Html : public testing::TestWithParam<HtmlRow> {};

TEST_P(Html, IsReadAsText) {
  EXPECT_EQ(html_to_text(GetParam().html), GetParam().text);
}

constexpr HtmlRow kHtml[] = {
    {"Nothing", "", ""},
    {"PlainText", "just words", "just words"},
    {"Tags", "<b>bold</b> and <i class=\"x\">not</i>", "bold and not"},
    {"Paragraphs", "<p>one</p><p>two</p>", "one\r\ntwo"},
    {"Breaks", "one<br>two<br/>three<BR />four", "one\r\ntwo\r\nthree\r\nfour"},
    {"Divisions", "<div><div>one</div></div><div>two</div>", "one\r\ntwo"},
    {"AnEmptyLine", "one<br><br>two", "one\r\n\r\ntwo"},
    {"Lists", "<ul><li>one</li><li>two</li></ul>", "one\r\ntwo"},
    {"Tables", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\r\nc"},
    {"WhiteSpace", "  one \r\n\t two  ", "one two"},
    {"PreformattedText", "<pre>a\n  b</pre>", "a\n  b"},
    {"NamedCharacters", "a &lt; b &amp;&amp; c &quot;&eacute;&quot;", "a < b && c \"&eacute;\""},
    {"NumberedCharacters", "&#233;&#xE9;&#128512;&#0;", "\u00e9\u00e9\U0001f600\ufffd"},
    {"AnAmpersand", "R&D; &nothing &#; &#x;", "R&D; &nothing &#; &#x;"},
    {"ALessThan", "1 < 2 <3 and <", "1 < 2 <3 and <"},
    {"AGreaterThanInAnAttribute", "<a title=\"x > y\" href='>'>link</a>", "link"},
    {"Styles", "<style>p { color: red }</style>text<style>", "text"},
    {"Scripts", "<SCRIPT>if (a < b) x('</b>');</SCRIPT>text", "text"},
    {"Comments", "a<!-- <p>no</p> -->b<!-- open", "ab"},
    {"ADeclaration", "<!DOCTYPE html><html><head><title>T</title></head><body>b</body></html>",
     "b"},
    {"AnOpenTag", "text<a href=\"never closed", "text"},
};

INSTANTIATE_TEST_SUITE_P(HtmlToText, Html, testing::ValuesIn(kHtml), support::RowName());

TEST(TextToHtml, ShowsTheTextAsItIs) {
  const auto html = text_to_html("a < b & c\r\nd");
  EXPECT_NE(html.find("<body>a &lt; b &amp; c<br>\r\nd</body>"), std::string::npos) << html;
  EXPECT_EQ(html_to_text(html), "a < b & c\r\nd");
}

}  // namespace
}  // namespace graphmock::base
