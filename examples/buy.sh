#!/bin/sh
# Buy one seat that is free: sh examples/buy.sh http://127.0.0.1:8001 1
#
# A client to copy, with curl. Whatever changes something is sent with a key of its own, and sent again with the same
# key until there is an answer (--retry-all-errors also tries again where the reply was lost), so it is done once.
set -eu

api=$1/v1
show=$2
email=${HOLDFAST_EMAIL:-buyer@holdfast.example}
password=${HOLDFAST_PASSWORD:-demo-buyer}

field() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }
new_key() { python3 -c "import uuid; print(uuid.uuid4())"; }

# post PATH BODY: the answer; a problem document goes to standard error.
post() {
    reply=$(curl --silent --show-error --retry 8 --retry-all-errors --retry-max-time 60 --write-out '\n%{http_code}' \
        --header "Authorization: Bearer ${token:-}" --header "Content-Type: application/json" \
        --header "Idempotency-Key: $(new_key)" --data "$2" "$api$1")
    status=${reply##*
}
    body=${reply%
*}
    case $status in
    2*) printf '%s\n' "$body" ;;
    *) printf '%s\n' "$body" >&2; return 1 ;;
    esac
}

token=$(post /login "{\"email\": \"$email\", \"password\": \"$password\"}" | field "['access_token']")
held=$(post "/shows/$show/best-available" '{"seats": 1, "hold_minutes": 5}')
id=$(printf '%s' "$held" | field "[0]['id']")
post "/reservations/$id/confirm" '{}' | field "['seat_number']"
