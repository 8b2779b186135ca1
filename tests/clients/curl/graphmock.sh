# What a test asks of graphmock itself: the control plane, for the tenant $tenant.

# admin METHOD PATH [BODY]
admin() {
  curl -sf -X "$1" "$server/__admin/$2" -H "X-Mock-Tenant: $tenant" \
    -H 'Content-Type: application/json' ${3:+-d "$3"}
}

# count METHOD PATH: how many such requests have arrived, whatever became of them.
count() {
  admin POST requests/count "{\"method\": \"$1\", \"path\": \"$2\"}" | tr -dc 0-9
}
