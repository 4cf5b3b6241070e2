## What a problem means

problem-invalid = A value was read but cannot be. “field” says which, “detail” what would be right.
problem-malformed = The request cannot be read: broken JSON, for example. Mend it before sending it again.
problem-missing = What you ask for is not there, or your key may not know of it.
problem-no-route = There is nothing at this address. The list is /api/openapi.json.
problem-method-not-allowed = The address exists, but not with this method.
problem-unauthenticated = A valid key is needed: “Authorization: Bearer filo_api_…”.
problem-forbidden = The key is valid but lacks the permission for this.
problem-too-large = The request is larger than allowed. Split it.
problem-too-slow = The body did not arrive in time. Send it again.
problem-too-fast = More arrives than can be taken in. Try again after the seconds of “Retry-After”.
problem-conflict = It contradicts what is there: read again and decide anew.
problem-busy = Nothing more can be taken in right now, and nothing was. Try again after the seconds of “Retry-After”.
problem-internal = A fault of Filo, written in the log. Trying again may help.
problem-not-json = Send the body as JSON, with “Content-Type: application/json”.
problem-not-built = This copy of Filo was built without a part that is needed here: the script for sites, or SQL. “detail” says how to get it.
problem-sql-refused = A question in SQL may only read: SELECT, WITH or EXPLAIN, one statement. This one would do something else.
problem-sql-limit = A question in SQL reached a limit: rows, size, seconds or memory. “field” says which, “detail” how to go on.
problem-unknown-key = The write key does not exist or was revoked.
problem-unknown-encoding = Only gzip is accepted, or no compression.
problem-broken-gzip = The compressed body is broken, or swells too much.
problem-idempotency-key-reused = The same “Idempotency-Key” came with another request: use a new one.
problem-idempotency-running = The first request with this key is still running: try again in a moment.
problem-key-already-shown = The key was made and shown already. If its text is lost, revoke it and make another.
problem-origin-not-allowed = The key is public and holds for some sites only: the request comes from another. Who administers Filo can add the site under Sources, or lift the limit.
problem-source-disabled = The key is right, but its source is disabled: who administers Filo can enable it under Sources.
problem-defect = An event was not taken in and waits in quarantine. { $defect }.
