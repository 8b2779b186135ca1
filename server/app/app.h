// The whole server put together: what the options name is loaded, and requests are led to the
// control plane, to the token service or to the tenant that they belong to.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "admin/api.h"
#include "app/admission.h"
#include "app/options.h"
#include "auth/signing_key.h"
#include "base/clock.h"
#include "base/load_error.h"
#include "http/message.h"
#include "http/server.h"
#include "issuer/issuer.h"
#include "tenant/tenants.h"

namespace graphmock::app {

// Loads model, fixtures and scenarios. Throws base::LoadFailure with every problem found.
// Tokens that the key has signed go on being good in a world that is loaded anew.
std::shared_ptr<tenant::World> load_world(
    const Options& options, const base::Clock& clock,
    std::shared_ptr<const auth::SigningKey> key = std::make_shared<auth::SigningKey>());

// From any thread.
class App {
 public:
  using Load = std::function<tenant::WorldPtr()>;

  // `reload` makes another world like the first; it throws base::LoadFailure when it cannot. Of
  // the options those that say who may ask; the world is what the others name.
  App(tenant::WorldPtr world, Load reload, const Options& options = {});

  http::Response serve(const http::Request& request);
  // For bytes that are no request: the same error body as any.
  http::Response refuse(const http::Error& error);
  // Loads all anew, and every tenant is as new. Throws base::LoadFailure; then all is as it was.
  void reload() { admin_.reload(); }

 private:
  http::Response serve_graph(const http::Request& request, const tenant::Selection& selection);
  tenant::TenantPtr tenant_of(const http::Request& request, const std::string& name);
  http::Response serve_tokens(const http::Request& request, const tenant::Selection& selection);
  void identify(http::Response& response, const std::string& id, base::Instant now) const;

  const base::WorkBudget::Limits limits_, admin_limits_;  // of a request
  Admission admission_;
  tenant::Tenants tenants_;
  const base::Clock& clock_;
  issuer::Issuer issuer_;
  admin::Api admin_;
  base::IdSource refusal_ids_;
};

// Runs the command that the options name until it is done; gives the exit code.
int run(const Options& options);

}  // namespace graphmock::app
