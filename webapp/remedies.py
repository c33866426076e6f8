"""What to do about each kind of no, for whoever writes a program that meets it."""

from collections.abc import Mapping

_SAME_KEY = "Correct the request; the same Idempotency-Key is still good for it."
_READ_AGAIN = "Read it again, decide anew, and send that with a new Idempotency-Key."

REMEDIES: Mapping[str, str] = {
    "unreadable": f"Send one JSON object in UTF-8, to a host name of this site. {_SAME_KEY}",
    "not-signed-in": "Get an access token with POST /v1/login, or make an API key, and send it as Authorization: "
    "Bearer. Then send the request again, with its Idempotency-Key if it had one.",
    "sign-in-failed": "Check both. After some failures in a row the next try has to wait.",
    "forbidden": "Ask as somebody who may, or for what is yours: trying again changes nothing.",
    "scope-missing": "Make an API key that has the scope, or ask with an access token.",
    "not-found": "Check the ids: each is as an answer of this site had it. What others may see, you may not.",
    "form-outdated": "Open the page again, and send its form anew.",
    "method-not-allowed": "Use one of the methods in the header Allow.",
    "already-in-use": "Sign in to that account, or use another address and number.",
    "still-organizing": "Cancel these shows first, or wait until they are over.",
    "seat-taken": "Send the seat ids of one of the offers to POST /v1/shows/{show_id}/holds, or read the "
    "availability and choose others; take a new Idempotency-Key, since this answer is kept under the old one. A "
    "seat that is held is free again at held_until at the latest, unless it is bought.",
    "none-together": "Take one of the offers, or wish for fewer seats, or without a category or price. Where "
    "`free` is 0 all is held or sold: follow the show's changes to hear when a seat comes back. Take a new "
    "Idempotency-Key.",
    "lonely-seat": "Take one of the offers, or seats that leave no single one. Take a new Idempotency-Key.",
    "others-first": "Take one of the offers, or ask again at open_at, with a new Idempotency-Key: the seat can be "
    "yours then, unless somebody who had fewer of those that came back has taken it. Asking sooner changes nothing.",
    "seat-limit-reached": "Release a seat to hold another. Only what one holds or has bought counts.",
    "guest-limit-reached": "Sign in or sign up: what is held stays held.",
    "not-on-sale": "Where it is not on sale yet, come back at on_sale_at. Otherwise nothing can be had here any more.",
    "hold-expired": "The seat is free again, or another's. Hold it anew, with a new Idempotency-Key.",
    "hold-released": "Hold the seat anew, if it is still free, with a new Idempotency-Key.",
    "already-confirmed": "It is bought. Only those who run the show can cancel a sale.",
    "changed-meanwhile": _READ_AGAIN,
    "precondition-failed": _READ_AGAIN,
    "start-over": "Read GET /v1/shows/{show_id}/changes without since, and go on from the cursor it has.",
    "has-buyers": "Leave it published, or cancel the show.",
    "not-sold": "Read these reservations again, and send those that are sold.",
    "buyer-gone": "Nothing can be done for this buyer; the sale stands.",
    "seats-still-taken": "Move or cancel what these seats are sold to, wait for the holds, or choose a plan that "
    "has them.",
    "seat-number-in-use": "Leave out these labels, or name the seats otherwise.",
    "invitation-unusable": "Ask the organizer for a new one, unless you run the show already.",
    "still-under-way": "Wait as many seconds as Retry-After tells, and send the same with the same Idempotency-Key.",
    "told-once": "It is done. Where the secret was lost, revoke what it belongs to and make another.",
    "key-reused": "Take a new Idempotency-Key for each thing to be done; to ask again, send the very same bytes.",
    "key-unusable": "Send 1 to 255 printable ASCII characters, such as a new UUID.",
    "too-many-keys": "Wait as many seconds as Retry-After tells, or send the request without a key.",
    "too-many-requests": "Wait as many seconds as Retry-After tells, and send the same with the same "
    "Idempotency-Key. Whether it was done before, by a request whose answer was lost, is told then.",
    "sign-in-slowed": "Wait as many seconds as Retry-After tells, then try once.",
    "busy": "Wait as many seconds as Retry-After tells, and send the same with the same Idempotency-Key.",
    "seats-not-free": "Leave out the seats that are told, or release or cancel what they are taken by.",
    "seats-not-blocked": "Leave out the seats that are told: they are not kept.",
    "seat-number-unusable": "Name the seat otherwise: letters, digits and few signs, none of them invisible.",
    "plan-unusable": "Mend the plan at the place that is told, and send it again.",
    "plan-unwritable": "Download it in another format.",
    "picture-unusable": "Send a JPEG, PNG or WebP file of at most 6 MB and 30 million pixels.",
    "invalid": f"Each of the errors points to a field of the body, or to a parameter by its name. {_SAME_KEY}",
    "too-large": "Send less at once.",
    "unsupported-media-type": f"Send Content-Type: application/json. {_SAME_KEY}",
    "error": "Send the same with the same Idempotency-Key later, and tell us the request_id if it comes again.",
}
