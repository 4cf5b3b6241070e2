## Messages to customers

place-messages = Messages
messages-lead = Everything that left for your customers, is about to leave or was stopped, and why.
messages-all = All
messages-none = No messages
messages-none-hint = When you write to a person, from their page, the message appears here.
message-state-queued = waiting
message-state-awaiting = waits for a person
message-state-claimed = leaving
message-state-sent = sent
message-state-unknown = perhaps sent
message-state-failed = refused
message-state-stopped = stopped
message-state-cancelled = cancelled
message-class-marketing = promotional
message-class-transactional = owed
message-class-service = service
medium-every = All together
medium-email = E-mail
medium-sms = SMS
medium-whatsapp = WhatsApp
medium-telegram = Telegram
medium-push = Notification
medium-in-app = On the site or in the app
medium-call = Telephone call
medium-counter = At the counter
message-of-person = Messages of this person
message-cancel = Cancel the message
message-again = Send again
message-again-unknown = Nobody knows whether it arrived: they may get it twice. Send it again
message-again-failed = Try again
message-again-stopped = Take it to the check again
message-again-cancelled = Let it leave after all
message-verdicts = Why it left, or why not
message-verdicts-none = It has not been checked yet.
message-text = Text
message-sent-text = What left
message-facts = In short
message-origin = Where it comes from
message-origin-hand = Written by a person
message-origin-confirmation = A request to confirm
message-confirmation = Confirming your yes
message-confirmation-text = A link by which the person confirms what they asked to get. Only they see the link.
message-origin-journey = A journey
message-planned = Prepared
message-claimed = Let through
message-basis = On the ground of
basis-duty = contract or law
message-answer = What happened
message-piece = A piece of content
message-piece-text = It is put together when it leaves, of what is known of the person then.
message-piece-open = Open the piece
message-own-words = I write it myself
message-what = What you send
message-what-hint = With a piece that is written already, subject, text and purpose are its own: leave the fields below empty.
message-wrong-piece = Choose a piece that is there.
message-to-person = Write to this person
message-purpose = What it is about
message-purpose-hint = It decides which yes is needed. “Orders and services” is for what they asked for or bought.
message-medium = By what
message-wrong-medium = Choose a way by which messages leave from here.
message-subject = Subject
message-subject-hint = Of an e-mail only.
message-text-hint = Plain text; an empty line parts paragraphs. Under an e-mail Filo puts why they get it and, if it is promotional, how to get no more.
message-send = Send
message-look = See whether it leaves
message-would = If you send it now
messages-before = Messages before
messages-before-none = Nobody has written to them from here yet.
message-wrong-no-subject = Write a subject.
message-wrong-subject = The subject is one line of at most 150 letters.
message-wrong-no-text = Write something.
message-wrong-text = The text is too long: at most 10,000 letters.
message-wrong-text-by = The text is too long for this way: at most 918 letters by text message, 1,024 by WhatsApp, 4,096 by Telegram.
message-wrong-purpose = Choose what it is about, among what you do by this way.
message-arrival = How far it came:
message-stage-sent = sent
message-stage-delivered = delivered
message-stage-read = read
message-stage-failed = not arrived
message-shown = { $count ->
    [one] The site showed it once
   *[other] The site showed it { $count } times
 }
message-waits-visit = waits until they come to the site, until { $date }
message-shown-first = First
message-shown-last = Last
message-shown-ended = Not any more
message-shown-clicked = they followed it
message-shown-dismissed = they closed it
message-shown-times = it was shown often enough
message-shown-stopped = the gate stopped it
message-code = Code
message-carrier-id = Its number at the carrier
done-message-written = Prepared: it leaves as soon as the check lets it
done-message-cancelled = Cancelled
done-message-again = On its way to leave again
person-messages = Messages
person-messages-none = No messages so far.
person-messages-write = Write
person-messages-all = All messages

## What the gate said

verdict-go = It may leave
verdict-wait = It waits until { $date }
verdict-ask-person = It waits for a person to decide
verdict-stop = It does not leave
verdict-pass-on = Not by this way: the next one is tried
finding-too-late = It is late: it would make no sense any more.
finding-reason-gone = What it was prepared for is no longer so.
finding-held-back-of-journey = They are among those held back of this journey, so that it is seen what it changes.
finding-held-back = They are among those who get no promotions, so that the effect can be measured.
finding-paused = Nothing leaves: you decided so in the settings.
finding-quiet = Nobody is disturbed at this hour. It goes on at { $date }.
finding-cap = { $medium }: they already got { $most ->
    [one] the one message
   *[other] the { $most } messages
} { $days ->
    [one] of a day
   *[other] of { $days } days
}. There is room from { $date }.
finding-budget = Too much in a short time: they already have { $spent } points of noise of { $points }, and this one weighs { $weight }. There is room from { $date }.
finding-outranked = A message that is worth more goes first. It is tried again at { $date }.
finding-absent = It waits until they come to the site, until { $date } at most.
finding-passes-on = Instead of { $from }: { $medium }.
finding-warm-up = { $provider }: the address of the sender is being warmed up, and the { $allowed } messages of today have gone. It is tried again at { $date }.
finding-warm-up-order = The address of the sender is being warmed up: who showed themselves lately goes first. It goes on at { $date }.

## How much and when

settings-messages = How much and when
settings-messages-lead = The rules that keep you from tiring anybody: they hold for every message, wherever it comes from.
policy-stopping = Stopping everything
policy-paused = Sending
policy-paused-hint = If you stop it, only what is owed leaves, such as confirmations.
policy-paused-no = on
policy-paused-yes = stopped
policy-quiet = Quiet hours
policy-quiet-lead = On the clock of whoever gets it. Not for what is owed.
policy-quiet-from = From
policy-quiet-until = Until
policy-quiet-holidays = Sundays and holidays
policy-quiet-holidays-hint = The national holidays of Italy, Easter Monday included.
policy-yes = quiet all day
policy-no = like other days
policy-caps = How many messages at most
policy-caps-lead = Promotional messages count, back from each moment. An empty row does not count.
policy-cap-medium = By
policy-cap-most = At most
policy-cap-days = In days
policy-budget = How much noise a person bears
policy-budget-lead = Each message weighs as its medium does. When the points are gone, what is worth more goes first.
policy-points = Points
policy-points-hint = 0 for not counting them.
policy-budget-days = In days
policy-weights = What each medium weighs
policy-no-room = If there is no room
policy-no-room-hint = In any case you see it among the messages, with the reason.
policy-no-room-wait = it waits
policy-no-room-drop = it does not leave
policy-wait-days = Days of waiting at most
policy-wait-days-hint = After that it does not leave any more.
policy-holdout = Measuring the effect
policy-holdout-percent = Customers of a hundred who get no promotions
policy-holdout-hint = They are always the same. Comparing them with the others tells you what really changes. 0 for nobody, at most 50.
policy-wrong-time = A time such as 21:00.
policy-wrong-number = It takes a whole number.
policy-wrong-bounds = It is out of bounds: 1 to 1,000 messages or points, 1 to 90 days, at most 50 of a hundred.
policy-wrong-weight = It weighs more than all the points: it could never leave.
policy-conflict = Meanwhile somebody else changed these rules. See whether yours are right and save again.
done-message-policy = Rules saved
