## The shell: navigation and words of every page

skip-to-content = Skip to the content
navigation = Sections
place-people = People
place-sources = Sources and keys
place-quarantine = Quarantine
place-incidents = To look at
log-out = Log out
copy = Copy
cancel = Cancel
older = Older
newest = Back to the newest

## What was just done

done-logged-out = You are logged out.
done-note-added = Note saved.
done-note-removed = Note removed.
done-consent-recorded = Consent recorded.
done-ruling-apart = Done: they are different people now.
done-ruling-together = Done: they are one person now.
done-ruling-withdrawn = Decision taken back: the evidence counts again.
done-key-revoked = Key revoked: it no longer works.
done-repaired = Repaired and taken in: it is on the person’s thread now.
done-discarded = Discarded.
done-resolved = Marked as seen.

## When something goes wrong

failure-missing = There is nothing here
failure-missing-hint = The address leads to no page, or what it showed is gone.
failure-powerless = Your key is not enough
failure-powerless-hint = This needs a key with the permission “{ $power }”. Ask whoever administers Filo.
failure-elsewhere = Form not recognised
failure-elsewhere-hint = The form does not come from this session. Go back, reload the page and try again: nothing was changed.
failure-unreadable = The form cannot be read
failure-unreadable-hint = A field is missing or the text is too long. Go back and check: nothing was changed.
failure-refused = That cannot be done
failure-busy = One moment
failure-busy-hint = Filo cannot take in more right now. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }: nothing was changed.
failure-internal = A fault of Filo
failure-internal-hint = It is not your doing. The fault is in the log; try again soon.
failure-back = Back to people

## Logging in

login-title = Log in to Filo
login-key = Key
login-key-hint = The one of the link that Filo printed, or a key of the API. The command “filo login” gives a new link.
login-name = Your name
login-name-hint = It stands beside the notes and decisions you make.
login-do = Log in
login-wrong = The key does not work: it is wrong, expired or already used. “filo login” gives another.

## Days

day-today = Today
day-yesterday = Yesterday
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday

## The list of people

people-count = { $count ->
    [0] Nobody yet
    [one] One person
   *[other] { $number } people
  }
people-search = Search by name, e-mail or telephone
people-search-do = Search
people-none = No people yet
people-none-hint = People appear by themselves with the first events: from the site, the server or a file.
people-not-found = Nobody for “{ $search }”
people-not-found-hint = Words are searched by their beginning: first name, last name, e-mail, digits of the telephone.
people-all = All people
people-head-person = Person
people-head-email = E-mail
people-head-phone = Telephone
people-head-orders = Orders
people-head-spent = Spent
people-head-last-seen = Last seen

## The page of a person

person-unknown = Without a name
person-sentence-none = Nothing is known of this person yet.
person-sentence-contact = In contact since { $first }; last seen on { $last }. No order so far.
person-sentence-customer = In contact since { $first }, last seen on { $last }. { $orders ->
    [one] Placed one order
   *[other] Placed { $orders } orders
  } for { $amount }.
figure-events = events
figure-orders = orders
figure-spent = spent
figure-average = per order
thread-title = The thread
thread-empty = There is nothing on the thread yet.
clock-suspect = the sender’s clock is wrong
facts-title = In short
fact-birthday = Birthday
fact-address = Address
fact-language = Language
fact-groups = Company
fact-first-touch = Came from
language-it = Italian
language-en = English
language-de = German
language-fr = French
language-es = Spanish

## Identifiers

identifiers-title = Identifiers
identifiers-more = { $count ->
    [one] One more
   *[other] { $count } more
  }
identifiers-why = Why these are one person
identifier-seen = from { $first } to { $last }
kind-user-id = User id
kind-tax-code = Tax code
kind-card = Card
kind-email = E-mail
kind-phone = Mobile
kind-external-id = External id
kind-push-token = Notifications
kind-device-id = Device
kind-advertising-id = Advertising id
kind-ga-client-id = Google Analytics
kind-anonymous-id = Visitor
kind-landline = Landline
kind-group-id = Company
trust-claimed = claimed
trust-claimed-hint = Only the browser says so: whoever reads the page could have sent it.
trust-verified = verified
trust-verified-hint = A system of the company says so.
trust-staff = from staff
trust-staff-hint = A person of the company says so.

## Why they are one person

why-title = Why this is one person
why-single = There is only one identifier: nothing to join.
why-lead = These links joined the identifiers, in the order in which they count.
why-refused = { $count ->
    [one] One link that did not join
   *[other] { $count } links that did not join
  }
why-apart = Kept apart by a decision
why-proof-claimed = Seen together in an event of the browser on { $date }.
why-proof-verified = Seen together in an event of a company system on { $date }.
why-proof-staff = Said by a person of the company on { $date }.
obstacle-kept-apart = A person decided that they are different.
obstacle-limit = There would be too many values of “{ $kind }”.
obstacle-two-verified-people = A browser’s claim cannot join two verified people.
obstacle-suspended = One of them is linked to too many people to be one person’s.
obstacle-customer-full = The person would have too many identifiers.
obstacle-too-many-merges = The person would come of too many joins.
obstacle-component-too-large = The group is too large for claims to count.
obstacle-household = A landline or a company stands for several people.
obstacle-shared-device = Several people use the device.
obstacle-device-of-another = The device is another person’s, on better evidence.

## Deciding who is who

ruling-together = Joined by { $actor } on { $date }.
ruling-apart = Separated by { $actor } on { $date }.
ruling-withdrawn = Decision taken back by { $actor } on { $date }.
ruling-do-apart = Separate
ruling-do-together = Join anyway
ruling-do-withdrawn = Take the decision back
ruling-title-apart = Separate these two?
ruling-title-together = Join these two?
ruling-title-withdrawn = Take the decision back?
ruling-before = Now
ruling-after = Afterwards
ruling-no-change = Nothing would change about the people; the decision would stand written.
ruling-not-achieved = Mind: this decision alone is not enough, because other links or rules say otherwise.
ruling-reversible = You can always go back: no event is lost and earlier addresses keep working.
ruling-note = Why
ruling-note-hint = A sentence for whoever reads it.
ruling-confirm-apart = Separate
ruling-confirm-together = Join
ruling-confirm-withdrawn = Take the decision back
join-title = This is the same person as…
join-who = The other person
join-hint = E-mail, telephone, user id, card or the address of their page.
join-do = Show what would change
join-nobody = Nobody has this identifier. Check that it is written in full.
join-same = That is this person already.

## Notes

notes-title = What they told us
note-title = Write a note
note-text = What they said
note-hint = In their words: why they chose us, what worries them, what they like.
note-about = What it is about
note-do = Save the note
note-remove = Remove
about-reason = Why they chose us
about-worry = What worries them
about-preference = What they prefer
about-promise = What we promised
about-other = Other
wrong-text = Write what they said: 1 to 4,000 characters.
wrong-name = Write a name: 1 to 100 characters.
wrong-proof = A yes needs its proof: where the signed form, the recording or the witness is.

## Orders and channels

orders-title = Orders
orders-more = { $count ->
    [one] and one more
   *[other] and { $count } more
  }
order-items = { $count ->
    [one] one piece
   *[other] { $count } pieces
  }
order-cancelled = cancelled
order-refunded = refunded { $amount }
channels-title = Channels
channel-every = every channel
channel-web = Site
channel-app = App
channel-email = E-mail
channel-sms = SMS
channel-chat = Chat
channel-social = Social
channel-phone = Telephone
channel-shop = Shop
channel-server = Systems

## Consent

consents-title = Consent
consents-none = No consent recorded: without it, no marketing.
consent-title = Record a consent
consent-purpose = What for
consent-channel = On which channel
consent-decision = Answer
consent-granted = yes
consent-denied = no
consent-pending = waits for proof
consent-wording = Text or version agreed to
consent-proof = Proof
consent-proof-hint = Where it is: signed form, recording, witness.
consent-do = Record
purpose-every = everything
purpose-marketing = marketing
purpose-analytics = analytics
purpose-profiling = profiling
purpose-advertising = advertising
purpose-functional = functional
basis-unstated = basis not stated
basis-consent = consent
basis-soft-spam = similar products (soft spam)
basis-contract = contract
basis-legitimate-interest = legitimate interest
basis-legal-obligation = legal obligation

## Events on the thread

event-page = Saw a page
event-screen = Saw a screen
event-identify = Was recognised
event-group = Belongs to a company
event-alias = Two identifiers joined
event-order-completed = Order completed
event-order-updated = Order changed
event-order-cancelled = Order cancelled
event-order-refunded = Order refunded
event-product-viewed = Looked at a product
event-product-added = Put into the cart
event-product-removed = Took out of the cart
event-products-searched = Searched
event-product-list-viewed = Looked at a list of products
event-cart-viewed = Looked at the cart
event-checkout-started = Began the checkout
event-payment-info-entered = Chose the payment
event-coupon-applied = Used a coupon
event-signed-up = Signed up
event-signed-in = Signed in
event-email-delivered = E-mail delivered
event-email-opened = E-mail opened
event-email-link-clicked = Followed a link in an e-mail
event-unsubscribed = Unsubscribed
event-store-visit-recorded = Came to the shop
event-call-logged = Call
event-points-earned = Points earned
event-note-added = Note
event-note-removed = Note removed
event-consent-granted = Consent given
event-consent-withdrawn = Consent withdrawn
event-segment-consent-preference-updated = Chose what to allow
event-customers-joined = Identifiers joined
event-customers-separated = Identifiers separated
event-decision-withdrawn = Decision taken back

## Sources and keys

sources-lead = Where events come from, and the lines to paste.
source-web = site or app
source-server = company system
source-other = import
source-no-key = It has no key: it cannot send.
source-snippet = Lines to paste
snippet-site = Paste before </head> on every page. This key is public: it can only send.
snippet-server = Put the secret key, shown when it was made, in place of YOUR_KEY.
key-revoke = Revoke
key-revoke-confirm = Revoke for good
key-made = Key “{ $name }” made
key-made-hint = Copy it now: if it is secret you will not see it again.
key-made-on = made: { $date }
key-ends = ends: { $date }
api-keys-title = Keys of the API
api-keys-lead = For programs that read or decide, and for whoever logs in here. The description:
api-keys-none = No key of the API.
power-read = reads
power-write = reads and writes
power-admin = administers
new-title = New source or key
new-name = Name
new-name-hint = For example: Site, Till, ERP.
new-kind = Kind
new-kind-public = Site or app (public key)
new-kind-secret = Company system (secret key)
new-kind-api = Key of the API
new-power = Permissions
new-power-hint = They count only for a key of the API.
new-do = Make

## Quarantine

quarantine-lead = What arrived but could not be understood. Nothing is lost: repair it or discard it.
quarantine-none = Quarantine is empty
quarantine-none-hint = Everything that arrived was understood.
quarantine-all = Show closed ones too
quarantine-open = Open
quarantine-repaired = Repaired
quarantine-discarded = Discarded
quarantine-only-open = Only open ones
quarantine-reason = Reason
quarantine-field = Field
quarantine-status = Status
quarantine-received = Arrived
quarantine-source = Source
quarantine-closed = Closed
quarantine-actor = By
quarantine-body = The text as it arrived
quarantine-body-hint = Correct it to what should have been sent; it is taken in with the date on which it arrived.
quarantine-no-source = Nobody knows who sent it: it can only be discarded.
quarantine-repair = Repair and take in
quarantine-discard = Discard
quarantine-discard-confirm = Discard for good
defect-broken-json = The text is not JSON
defect-not-an-object = It had to be an object
defect-wrong-type = A field has a value of the wrong type
defect-repeated-field = A field stands twice
defect-missing-type = “type” is missing
defect-unknown-type = Unknown “type”
defect-no-user-anon-id = It does not say whose it is: userId or anonymousId is missing
defect-missing-event = The event’s name is missing
defect-missing-group-id = groupId is missing
defect-missing-previous-id = previousId is missing
defect-missing-attribute = An attribute of CloudEvents is missing
defect-bad-timestamp = The time cannot be read
defect-event-too-large = Event larger than 32 kB
defect-too-many-events = Too many events in one request
defect-too-many-properties = More than 300 properties
defect-too-deep = Objects nested too deep
defect-message-id-too-long = messageId longer than 100 characters
defect-name-too-long = Name longer than 200 characters
defect-group-id-too-long = groupId longer than 500 characters

## To look at

incidents-lead = Where Filo stopped out of caution and a person should look.
incidents-none = Nothing to look at
incidents-none-hint = Filo did not have to stop.
incident-resolve = Seen
incident-detail = Details
incident-seen = { $count ->
    [one] Once, on { $last }
   *[other] { $count } times, from { $first } to { $last }
  }
incident-identity-suspended = An identifier is linked to too many people
incident-identity-customer-full = A person has too many identifiers
incident-identity-too-many-merges = A person would come of too many joins
incident-identity-component-too-large = A group of identifiers is too large

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
problem-not-built = This copy of Filo was built without the script for sites.
problem-unknown-key = The write key does not exist or was revoked.
problem-unknown-encoding = Only gzip is accepted, or no compression.
problem-broken-gzip = The compressed body is broken, or swells too much.
problem-idempotency-key-reused = The same “Idempotency-Key” came with another request: use a new one.
problem-idempotency-running = The first request with this key is still running: try again in a moment.
problem-key-already-shown = The key was made and shown already. If its text is lost, revoke it and make another.
problem-defect = An event was not taken in and waits in quarantine. { $defect }.
