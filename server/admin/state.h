// The control plane's hand in a tenant's state: reads, puts in place and removes entities and
// collections by their resource path, whatever Graph's own rules say about it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "tenant/tenant.h"

namespace graphmock::admin {

// `segments` are the resource path without the version. All throw http::Error.
http::Response get_state(tenant::Tenant& tenant, const model::Model& model,
                         const std::vector<std::string>& segments);
// All of it as a fixture document, which --fixtures loads again.
http::Response get_document(const tenant::Tenant& tenant);
// What a document says, for the tenant to begin with.
std::shared_ptr<tenant::Entities> read_document(const tenant::Tenant& tenant,
                                                std::string_view text);
// What has changed since the snapshot, or, where it is null, since the fixtures.
http::Response get_difference(const tenant::Tenant& tenant, const tenant::SnapshotPtr& from);
// Takes what the service itself might answer: properties that the model does not declare and values
// that it has otherwise are kept, and the header X-Mock-Warning says so; with `is_strict` they are
// refused. What has no place in the model is refused always.
http::Response put_state(tenant::Tenant& tenant, const model::Model& model,
                         const std::vector<std::string>& segments, std::string_view body,
                         bool is_strict);
http::Response delete_state(tenant::Tenant& tenant, const model::Model& model,
                            const std::vector<std::string>& segments);

}  // namespace graphmock::admin
