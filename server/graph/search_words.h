// The words that a text is found by, as the service takes texts apart for $search ("Use the $search
// query parameter").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace graphmock::graph {

// In lower case: "HelloWorld 123x" is hello, world, 123 and x. Words between which only symbols
// stand are one word too: "video-team" is video, team and videoteam.
std::vector<std::string> search_words(std::string_view text);
// Without those that are joined: what is searched for.
std::vector<std::string> plain_words(std::string_view text);

}  // namespace graphmock::graph
