// HTML and plain text, one as the other, for the bodies of mail: simple and bounded, no more of a
// browser than tags, breaks and entities.
#pragma once

#include <string>
#include <string_view>

namespace graphmock::base {

// What a reader of the page would see: tags, comments, scripts and styles off, blocks on lines of
// their own, entities as characters, white space as a browser joins it.
std::string html_to_text(std::string_view html);

// A page that shows the text, its line ends kept.
std::string text_to_html(std::string_view text);

}  // namespace graphmock::base
