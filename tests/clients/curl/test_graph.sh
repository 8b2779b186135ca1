#!/bin/sh
# What a script does with Graph and nothing but curl. Every function test_... is a test, in a tenant
# and a folder of its own; they are told as TAP.
. ./connect.sh
. ./graphmock.sh

nora=151256d4-9bf8-4cfe-9ad3-56ac31a05a2c
leo=f3f5ce7c-276c-4e4f-bb6b-91c4ec07e499
vpn_users=8bc02100-3812-4b4e-9ce7-7d2ee47442bd
una='{"accountEnabled": true, "displayName": "Una", "mailNickname": "una",
  "userPrincipalName": "una@contoso.com", "passwordProfile": {"password": "xWwvJ]6NMw+bWH-d"}}'

# send METHOD PATH BODY [OPTIONS OF CURL]
send() {
  method=$1 where=$2 body=$3
  shift 3
  graph "$where" -X "$method" -H 'Content-Type: application/json' -d "$body" "$@"
}

# The same as graph and send, for whom the status is enough.
status_of() { "$@" -o "$folder/answer" -w '%{http_code}'; }

# texts NAME: the values of that name in the JSON that is read, one a line.
texts() { grep -o "\"$1\":\"[^\"]*\"" | cut -d '"' -f 4; }

etag() { sed 's/.*"@odata.etag":"\([^,]*\)",.*/\1/; s/\\//g'; }

# equal WHAT WANTED GOT
equal() {
  [ "$2" = "$3" ] && return
  printf '%s: wanted "%s", got "%s"\n' "$@"
  exit 1
}

test_client_credentials() {
  equal "the organization" Contoso "$(graph '/organization?$select=displayName' | texts displayName)"
}

test_pages() {
  link='/users?$top=5&$select=userPrincipalName'
  pages=0
  while [ -n "$link" ]; do
    graph "$link" >"$folder/page"
    pages=$((pages + 1))
    texts userPrincipalName <"$folder/page" >>"$folder/seen"
    link=$(texts @odata.nextLink <"$folder/page")
    link=${link#"$server/v1.0"}
  done
  equal "pages" 5 $pages
  equal "users" 25 "$(grep -c . "$folder/seen")"
  equal "users, each once" 25 "$(sort -u "$folder/seen" | grep -c .)"
}

test_filter_and_select() {
  graph /users -G --data-urlencode "\$filter=startswith(displayName,'N')" \
    --data-urlencode '$select=displayName,mail' >"$folder/users"
  equal "names" "Nora Lindqvist" "$(texts displayName <"$folder/users")"
  equal "addresses" nora.lindqvist@contoso.com "$(texts mail <"$folder/users")"
  equal "ids" "" "$(texts id <"$folder/users")"
}

test_create() {
  id=$(send POST /users "$una" | texts id)
  equal "what was made" Una "$(graph "/users/$id" | texts displayName)"
}

test_update_answered_without_content() {
  equal "status" 204 "$(status_of send PATCH "/users/$nora" '{"jobTitle": "Head of Launches"}')"
  equal "title" "Head of Launches" "$(graph "/users/$nora" | texts jobTitle)"
}

test_update_answered_with_the_entity() {
  event=/users/$nora/events/$(graph "/users/$nora/events?\$top=1&\$select=subject" | texts id)
  equal "subject" "Moved to Friday" "$(send PATCH "$event" '{"subject": "Moved to Friday"}' | texts subject)"
}

test_etag_conflict() {
  event=/users/$nora/events/$(graph "/users/$nora/events?\$top=1&\$select=subject" | texts id)
  stale=$(graph "$event" | etag)
  current=$(send PATCH "$event" '{"subject": "Changed by somebody else"}' | etag)
  equal "status" 412 "$(status_of send PATCH "$event" '{"subject": "Mine"}' -H "If-Match: $stale")"
  equal "code" ErrorIrresolvableConflict "$(texts code <"$folder/answer")"
  equal "subject" "Changed by somebody else" "$(graph "$event" | texts subject)"
  equal "status" 200 "$(status_of send PATCH "$event" '{"subject": "Mine"}' -H "If-Match: $current")"
  equal "subject" Mine "$(graph "$event" | texts subject)"
}

test_group_members() {
  is_member() { graph "/groups/$vpn_users/members?\$select=id" | texts id | grep -c $leo; }
  equal "members before" 0 "$(is_member)"
  equal "status" 204 "$(status_of send POST "/groups/$vpn_users/members/\$ref" \
    "{\"@odata.id\": \"https://graph.microsoft.com/v1.0/directoryObjects/$leo\"}")"
  equal "members then" 1 "$(is_member)"
  equal "status" 204 "$(status_of graph "/groups/$vpn_users/members/$leo/\$ref" -X DELETE)"
  equal "members after" 0 "$(is_member)"
}

test_photo() {
  printf '\377\330\377\340 a picture \000 of sorts \377\331' >"$folder/sent"
  graph "/users/$nora/photo/\$value" -f -X PUT -H 'Content-Type: image/jpeg' --data-binary "@$folder/sent"
  type=$(graph "/users/$nora/photo/\$value" -o "$folder/got" -w '%{content_type}')
  equal "type" image/jpeg "$type"
  cmp "$folder/sent" "$folder/got"
}

test_me_with_the_users_password() {
  token=$(curl -s "$authority/$tenant/oauth2/v2.0/token" -d grant_type=password -d client_id=my-app \
    -d username=nora.lindqvist@contoso.com -d password=any -d scope=User.Read | texts access_token)
  equal "me" "$nora" "$(graph '/me?$select=id' | texts id)"
}

test_me_is_nobody_to_an_application() {
  equal "status" 400 "$(status_of graph /me)"
}

test_batch() {
  send POST '/$batch' '{"requests": [
    {"id": "nora", "method": "GET", "url": "/users/nora.lindqvist@contoso.com"},
    {"id": "nobody", "method": "GET", "url": "/users/nobody@contoso.com"}
  ]}' >"$folder/answers"
  equal "statuses" "nobody 404, nora 200" "$(batch_statuses)"
}

test_batch_in_sequence() {
  send POST '/$batch' '{"requests": [
    {"id": "create", "method": "POST", "url": "/users", "body": '"$una"',
      "headers": {"Content-Type": "application/json"}},
    {"id": "update", "method": "PATCH", "url": "/users/una@contoso.com", "body": {"jobTitle": "Buyer"},
      "headers": {"Content-Type": "application/json"}, "dependsOn": ["create"]},
    {"id": "nobody", "method": "GET", "url": "/users/nobody@contoso.com", "dependsOn": ["update"]},
    {"id": "in vain", "method": "DELETE", "url": "/users/una@contoso.com", "dependsOn": ["nobody"]}
  ]}' >"$folder/answers"
  equal "statuses" "create 201, in vain 424, nobody 404, update 204" "$(batch_statuses)"
  equal "title" Buyer "$(graph '/users/una@contoso.com?$select=jobTitle' | texts jobTitle)"
}

# The answers may come in any order.
batch_statuses() {
  grep -o '"id":"[a-z ]*","status":[0-9]*' "$folder/answers" |
    sed 's/"id":"\(.*\)","status":/\1 /' | sort | paste -s -d , | sed 's/,/, /g'
}

test_throttling_is_survived() {
  admin PUT scenarios/throttling-with-retry-after
  equal "status" 200 "$(status_of graph /users --retry 3)"
  equal "requests" 3 "$(count GET /users)"
}

test_lost_reply_is_reported() {
  admin PUT scenarios/lost-reply
  send POST "/users/$nora/messages" '{"subject": "Lost"}' --retry 3
  equal "exit of curl, for an empty reply" 52 $?
  equal "messages made" 1 "$(drafts Lost)"
}

# Only whoever is sure may tell curl to repeat all that fails.
test_lost_reply_and_a_blind_repetition_make_two() {
  admin PUT scenarios/lost-reply
  equal "status" 201 "$(status_of send POST "/users/$nora/messages" '{"subject": "Lost"}' \
    --retry 3 --retry-all-errors)"
  equal "messages made" 2 "$(drafts Lost)"
}

test_reset_of_the_connection_and_a_repetition_make_one() {
  admin PUT scenarios/connection-reset-on-write
  send POST "/users/$nora/messages" '{"subject": "Reset"}'
  equal "exit of curl, for a failure in receiving" 56 $?
  equal "messages made" 0 "$(drafts Reset)"
  equal "status" 201 "$(status_of send POST "/users/$nora/messages" '{"subject": "Reset"}')"
  equal "messages made" 1 "$(drafts Reset)"
  equal "requests" 2 "$(count POST '/users/{id}/messages')"
}

drafts() {
  graph "/users/$nora/messages" -G --data-urlencode "\$filter=subject eq '$1'" \
    --data-urlencode '$select=subject' | texts subject | grep -c .
}

test_report_of_the_beta_version() {
  counts=$server/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532
  curl -s -X PATCH "$counts" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{
    "@odata.type": "#microsoft.graph.credentialUserRegistrationCount",
    "totalUserCount": 14,
    "userRegistrationCounts": [
      {
        "@odata.type": "microsoft.graph.userRegistrationCount",
        "registrationStatus": "String",
        "registrationCount": 1
      }
    ]
  }' -w '%{http_code}' >"$folder/updated"
  equal "what was answered" "$(printf %s \
    "{\"@odata.context\":\"$server/beta/\$metadata#reports/credentialUserRegistrationCounts/\$entity\"," \
    '"@odata.type":"#microsoft.graph.credentialUserRegistrationCount",' \
    '"id":"32a539a1-39a1-32a5-a139-a532a139a532",' \
    '"totalUserCount":14,' \
    '"userRegistrationCounts":[{"@odata.type":"microsoft.graph.userRegistrationCount",' \
    '"registrationStatus":"String","registrationCount":1}]}200')" "$(cat "$folder/updated")"
  equal "what is stored" '"totalUserCount":14' \
    "$(curl -s "$counts" -H "Authorization: Bearer $token" | grep -o '"totalUserCount":[0-9]*')"
}

test_no_token() {
  equal "status" 401 "$(curl -s "$server/v1.0/users" -o "$folder/answer" -w '%{http_code}')"
  equal "code" InvalidAuthenticationToken "$(texts code <"$folder/answer")"
}

test_expired_token() {
  token=$(admin POST tokens '{"lifetimeSeconds": -60}' | texts access_token)
  equal "status" 401 "$(status_of graph /users)"
  equal "code" InvalidAuthenticationToken "$(texts code <"$folder/answer")"
}

test_token_for_somebody_else() {
  token=$(admin POST tokens '{"audience": "https://management.azure.com"}' | texts access_token)
  equal "status" 401 "$(status_of graph /users)"
  equal "code" InvalidAuthenticationToken "$(texts code <"$folder/answer")"
}

# A client whose addresses cannot be changed, where the names of the real services lead to graphmock.
test_addresses_of_the_real_services() {
  lead="--connect-to ::localhost:${server##*:}"
  token=$(curl -s $lead "https://login.microsoftonline.com/$tenant/oauth2/v2.0/token" \
    -d grant_type=client_credentials -d client_id=my-app -d client_secret=any \
    -d scope=https://graph.microsoft.com/.default | texts access_token)
  curl -s $lead 'https://graph.microsoft.com/v1.0/users?$top=5' -H "Authorization: Bearer $token" >"$folder/page"
  equal "users" 5 "$(texts userPrincipalName <"$folder/page" | grep -c .)"
  equal "the next page" https://graph.microsoft.com/v1.0/users \
    "$(texts @odata.nextLink <"$folder/page" | cut -d '?' -f 1)"
}

tests=$(sed -n 's/^\(test_[a-z_]*\)() .*/\1/p' "$0")
number=0 failed=0
echo "1..$(echo "$tests" | grep -c .)"
for test in $tests; do
  number=$((number + 1))
  name=$(echo "${test#test_}" | tr _ ' ')
  tenant=curl-$(echo "${test#test_}" | tr _ -)
  folder=$(mktemp -d)
  sign_in
  if said=$("$test" 2>&1); then
    echo "ok $number - $name"
  else
    failed=$((failed + 1))
    echo "not ok $number - $name"
    echo "$said" | sed 's/^/# /'
  fi
  rm -r "$folder"
  admin DELETE "tenants/$tenant"
done
echo "$((number - failed)) passed, $failed failed"
[ $failed = 0 ]
