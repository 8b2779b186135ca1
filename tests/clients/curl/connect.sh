# A token, and calls with it, for graphmock in place of Microsoft Graph.
server=${GRAPHMOCK_URL:-https://localhost:8443} # in production https://graph.microsoft.com
authority=$server                               # in production https://login.microsoftonline.com
tenant=${GRAPHMOCK_TENANT:-default}
# Whom to trust for graphmock's certificate; in production curl knows by itself.
export CURL_CA_BUNDLE="${GRAPHMOCK_CA:-$HOME/.local/share/graphmock/tls/ca.pem}"

sign_in() {
  token=$(curl -s "$authority/$tenant/oauth2/v2.0/token" -d grant_type=client_credentials \
    -d client_id=my-app -d client_secret=any -d scope=https://graph.microsoft.com/.default |
    sed 's/.*"access_token":"\([^"]*\)".*/\1/')
}

# graph PATH [OPTIONS OF CURL]
graph() {
  path=$1
  shift
  curl -s "$server/v1.0$path" -H "Authorization: Bearer $token" "$@"
}
