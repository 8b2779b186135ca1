// What app_fuzz takes for an input: a text of several requests, which a mutation leaves in one
// piece more often than the bytes of a connection. The first line says how the server is started;
// lines of "----" part the requests. Each is written as on the wire, but for line ends of LF alone,
// and Host and Content-Length where it has none. One that begins with "raw" and a line end is sent
// as it stands.
//
// {id}, {etag}, {token}, {refresh}, {code}, {device}, {next} and {body} stand for what an answer
// before has given.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace graphmock::fuzz {

struct Script {
  std::string_view setup;                  // the first line: words that start_server() knows
  std::vector<std::string_view> requests;  // each without the line that parts it from the next
};

Script read_script(std::string_view text);
std::string write_script(const Script& script);

using Given = std::map<std::string, std::string, std::less<>>;  // what stands for a name in braces

// The bytes of a request, or of what is none.
std::string on_the_wire(std::string_view request, const Given& given);

}  // namespace graphmock::fuzz
