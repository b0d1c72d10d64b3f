#!/bin/sh
# Asks the service what README.md says of it, and holds its answers against that. To be run in the folder of the issuer's keys.
#
#   calls.sh [SERVICE] [ISSUER]
#
# MINT is the command that mints tokens there: `npx kit-issuer mint` unless set; in Python it is `kit-jwt issuer mint`.
set -eu

service=${1:-http://127.0.0.1:3000}
issuer=${2:-http://127.0.0.1:8787}
mint=${MINT:-npx kit-issuer mint}
# The service remembers budgets and grants: each run has users of its own.
run=$(date +%s)-$$
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
passed=0
failed=0

token() {
  $mint "$@" 2>"$work/told" && return
  cat "$work/told" >&2
  exit 1
}

# ask TOKEN METHOD URL [OPTION OF CURL…]: the token goes by curl's input, as everybody on this machine sees its arguments.
ask() {
  token=$1 method=$2 url=$3
  shift 3
  status=$(printf "${token:+header = \"authorization: Bearer %s\"\\n}" "$token" |
    curl --silent --show-error --max-time 10 --config - --request "$method" \
      --dump-header "$work/head" --output "$work/body" --write-out '%{http_code}' "$@" "$url")
}

# Of the last answer.
header() { tr -d '\r' <"$work/head" | awk -v name="$1:" 'tolower($1) == name { sub(/^[^:]*: */, ""); print }'; }

# expect WHAT STATUS BODY [HEADER PATTERN]…: counts one call. `*` stands for any text, in a body alone or in a header.
expect() {
  what=$1 wrong=
  [ "$status" = "$2" ] || wrong="status $status, not $2"
  [ "$3" = '*' ] || [ "$(cat "$work/body")" = "$3" ] || wrong="$wrong body $(cat "$work/body"), not $3"
  shift 3
  while [ $# -gt 0 ]; do
    # The pattern is meant to be one.
    # shellcheck disable=SC2254
    case $(header "$1") in $2) ;; *) wrong="$wrong $1: $(header "$1"), not $2" ;; esac
    shift 2
  done
  if [ -z "$wrong" ]; then
    passed=$((passed + 1))
    echo "ok      $what"
  else
    failed=$((failed + 1))
    echo "NOT OK  $what: $wrong"
  fi
}

unauthorized() {
  expect "$1" 401 "{\"code\":\"$2\",\"status\":401,\"title\":\"Unauthorized\",\"type\":\"about:blank\"}" \
    www-authenticate "$3" cache-control no-store content-type application/problem+json
}
nobody() { unauthorized "$1" authentication_required Bearer; }
invalid() { unauthorized "$1" invalid_token 'Bearer error="invalid_token"'; }
forbidden() {
  expect "$1" 403 '{"code":"insufficient_scope","status":403,"title":"Forbidden","type":"about:blank"}' \
    www-authenticate 'Bearer error="insufficient_scope"' cache-control no-store content-type application/problem+json
}

alice=alice-$run
of_alice=$service/users/$alice/entitlements
grants=$service/users/$alice/grants
expiring=$(token --sub "$alice" --ttl 1)
hers=$(token --sub "$alice")
bobs=$(token --sub "bob-$run")
finance=$(token --sub "finance-$run" --roles finance)
admin=$(token --sub "admin-$run" --roles admin)
elsewhere=$(token --sub "$alice" --aud another-service)

ask '' GET "$service/healthz"
expect 'it is healthy' 200 '{"status":"ok"}' content-type application/json
ask '' GET "$issuer/.well-known/jwks.json"
expect 'the keys of the issuer' 200 '*' content-type application/jwk-set+json cache-control 'public, max-age=*'

ask '' GET "$of_alice"
nobody 'no token'
ask '' GET "$of_alice" --user alice:password
nobody 'a password'
ask "$hers" GET "$of_alice" --header 'authorization: Bearer another'
invalid 'two Authorization headers'
ask "$elsewhere" GET "$of_alice"
invalid 'a token for another service'
ask '' GET "$of_alice?access_token=$hers"
nobody 'a token in the query'

ask "$hers" GET "$of_alice"
expect 'Alice herself' 200 "{\"balance\":0,\"user\":\"$alice\"}" \
  content-type application/json ratelimit-policy '"read";q=*;w=*' ratelimit '"read";r=*;t=*'
ask "$bobs" GET "$of_alice"
forbidden 'another user'
ask "$finance" GET "$of_alice"
expect 'finance' 200 "{\"balance\":0,\"user\":\"$alice\"}"

# grant TOKEN JSON
grant() { ask "$1" POST "$grants" --header 'content-type: application/json' --data "$2"; }
order="{\"externalRef\":\"order-$run\",\"credits\":25}"
granted="{\"balance\":25,\"credits\":25,\"externalRef\":\"order-$run\",\"user\":\"$alice\"}"
grant "$hers" "$order"
forbidden 'a grant by Alice'
grant "$finance" "$order"
forbidden 'a grant by finance'
grant "$admin" "$order"
expect 'a grant by an admin' 201 "$granted" content-type application/json ratelimit '"write";r=*;t=*'
grant "$admin" "$order"
expect 'the same once more: it was there already' 200 "$granted"
ask "$hers" GET "$of_alice"
expect 'it was credited once' 200 "{\"balance\":25,\"user\":\"$alice\"}"
grant "$admin" "{\"externalRef\":\"order-$run\",\"credits\":26}"
expect 'another grant under this name' 409 \
  '{"code":"external_ref_taken","status":409,"title":"Conflict","type":"about:blank"}'
grant "$admin" '{"externalRef":"order-17","credits":-1}'
expect 'no grant' 400 '{"code":"grant_invalid","status":400,"title":"Bad Request","type":"about:blank"}'

# What the policy says passes, and soon no more does: while this goes on, some of the budget comes back.
cap=$(header ratelimit-policy | sed 's/.*;q=\([0-9]*\);.*/\1/')
left=$(header ratelimit | sed 's/.*;r=\([0-9]*\);.*/\1/')
asked=0
while [ "$status" != 429 ] && [ "$asked" -le $((2 * cap)) ]; do
  grant "$admin" "$order"
  asked=$((asked + 1))
done
[ "$asked" -gt "$left" ] || status="429 after $asked requests, of $left that were left;"
expect "too many requests: $left were left" 429 \
  '{"code":"quota_exceeded","status":429,"title":"Quota Exceeded","type":"https://iana.org/assignments/http-problem-types#quota-exceeded","violated-policies":["write"]}' \
  retry-after '[1-9]*' ratelimit '"write";r=0;t=*' ratelimit-policy "\"write\";q=$cap;w=*" cache-control no-store
ask "$hers" GET "$of_alice"
expect 'the budget of another caller is another one' 200 "{\"balance\":25,\"user\":\"$alice\"}"

# The service takes it for JWT_LEEWAY seconds more.
for _ in $(seq 95); do
  ask "$expiring" GET "$of_alice"
  [ "$status" = 401 ] && break
  sleep 1
done
invalid 'an expired token'

echo "calls: $passed passed, $failed failed"
[ "$failed" = 0 ]
