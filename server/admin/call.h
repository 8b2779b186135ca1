// A request to the control plane, matched to its route. Every handler gets one.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/load_error.h"
#include "http/message.h"
#include "tenant/tenants.h"

namespace graphmock::admin {

class Api;

struct AdminCall {
  Api& api;  // for the routes that are about the server, not about tenants
  const http::Request& request;
  tenant::Tenants& tenants;
  const std::string& tenant_name;
  bool is_all_tenants;                                    // "?tenant=*"
  std::map<std::string, std::string, std::less<>> query;  // other options, those the route knows
  std::vector<std::string> rest;                          // what the route's "*" stand for

  // The one tenant, to change it: it comes into being. Throws http::Error (400) when all are asked
  // for.
  tenant::TenantPtr tenant() const;
  // To look at it: if it is new, it is as it would be.
  tenant::TenantPtr tenant_to_read() const;
  // That one, or all there are.
  using Visit = std::function<void(const std::string& name, const tenant::TenantPtr&)>;
  void change_each_tenant(const Visit& visit) const;
  void read_each_tenant(const Visit& visit) const;
  // The one tenant, or all there are, made anew of those parts.
  void replace(const tenant::Tenants::Remake& remake) const;
  // The one that is, with other parts; throws http::Error (409) when it is another by now, because
  // it was dropped or files were reloaded.
  void replace_same(const tenant::TenantPtr& seen, const tenant::Tenants::Remake& remake) const;
  void refuse_all() const;
  void visit_all(const Visit& visit) const;
  // Nothing where it is not given.
  std::optional<std::string_view> option(std::string_view name) const;
  // The body as a JSON object; throws http::Error (400).
  boost::json::object body() const;
};

// 400 with every problem of a file or a body, which the message begins to tell.
[[noreturn]] void throw_problems(const std::string& message, const base::LoadErrors& errors);
http::Response no_content();
http::Response answer(const boost::json::value& body, int status = 200);

}  // namespace graphmock::admin
