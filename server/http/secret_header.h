// Which header fields, parameters and members tell who somebody is, by the kind of their names, and
// what may be shown in their place: nothing that is shown may repeat them.
#pragma once

#include <string>
#include <string_view>

namespace graphmock::http {

// Of a header. What a server asks for ("WWW-Authenticate") is none.
bool is_secret_header(std::string_view name);
// Of an option of a query, or of a form: an access token as well as a code or a signature. None of
// OData ("$skiptoken") is one. `name` is as sent, percent-encoded.
bool is_secret_parameter(std::string_view name);
// Of a member of JSON: a "password", but not "passwordPolicies".
bool is_secret_member(std::string_view name);

// What of a secret header's value may be shown: "Bearer ***".
std::string masked(std::string_view value);
// A URL with "***" for the values of its secret parameters, in its fragment, too.
std::string masked_url(std::string_view url);
// Likewise a form ("application/x-www-form-urlencoded").
std::string masked_form(std::string_view form);

}  // namespace graphmock::http
