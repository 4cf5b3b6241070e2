## Content: list, editor, preview, map, sameness

place-content = Content
content-lead = What you say, written once and ready for every channel, language and tone.
content-new = New piece
content-none = No content yet
content-none-hint = Begin from an example: it is written in Italian and English, in a friendly and a formal tone. Then change it as you like.
content-none-here = There is nothing here.
content-every = Every piece
content-tab-away = Put away
content-away = Put away
content-put-away = “{ $name }” was put away.
content-search = Name or pillar
content-every-medium = Every channel
content-every-pillar = Every pillar
content-by = Channel
content-head-name = Piece
content-head-by = Channels
content-changed = Changed
content-no-text = no texts
content-written = written
content-medium-email = E-mail
content-medium-sms = SMS
content-medium-whatsapp = WhatsApp
content-medium-telegram = Telegram
content-medium-push = Notification
content-medium-in-app = On the site
content-medium-call = Phone call
content-medium-counter = At the counter
content-in-it = Italian
content-in-en = English
content-tone-friendly = Friendly
content-tone-formal = Formal
content-tone-ironic = Ironic
content-tone-technical = Technical
content-tone-bottom-line = Bottom line
content-variant = Version { $letter }
content-class-marketing = Marketing
content-class-transactional = Transactional
content-class-service = Service
content-stage-new = New
content-stage-active = Active
content-stage-returned = Returned
content-stage-at-risk = At risk
content-stage-lost = Lost
content-stage-never-bought = Never bought
content-stage-any = Anybody
done-content-made = The piece was made.
done-content-saved = Saved.
done-content-copied = A copy was made.
done-content-back = Brought back.
done-content-text-removed = The text was taken out: the history still has it.
done-content-returned = Done: it says again what it said.

# Beginning
content-name = Name
content-name-hint = What you call it among yourselves, such as “Welcome”.
content-from-nothing = From nothing
content-begin = Make
content-from-example = From an example
content-from-example-hint = Written by hand: e-mail and SMS, in Italian and English, friendly and formal.
content-take-example = Begin here
wrong-content-name = Give it a name: at most 80 characters, on one line.
wrong-content-purpose = Choose one of the purposes in the settings of consent.
wrong-content-promotion = Choose a promotion that is in use.
wrong-content-text = This cannot be saved: see what is missing, field by field.
wrong-content-details = This cannot be saved: see the list.
content-changed-meanwhile = Somebody else changed this piece meanwhile. What you wrote is still here: if you save again, yours holds.
content-is-away = This piece was put away: bring it back first.

# The editor
content-details = What it is for
content-history = History
content-copy = Make a copy
content-copy-of = { $name } (copy)
content-try = Check
content-remove-text = Take this text out
content-findings = Worth a look
content-no-findings = Nothing to say: it is clear and sounds like you.
content-nothing-written = There is no text here yet. Write, and Filo says what to look at.
content-field-subject = Subject
content-field-preheader = Preheader
content-field-title = Title
content-field-text = Text
content-field-link = Where it leads
content-field-label = Words on the button
content-field-image = Picture
content-field-layout = Where it stands
content-field-template = Name of the template
content-field-why = Why it came
content-field-variation = Words that change
content-hint-mail-subject = What is inside, in a few words.
content-hint-mail-preheader = The line beside the subject, before it is opened.
content-hint-mail-text = An empty line parts paragraphs. # heading, - list, **bold**, [words](https://…), [button: words](https://…), ![what it shows](https://…), [promotion], and --- for a line.
content-hint-sms-text = Up to 160 characters it is one message. Straight quotes and apostrophes cost less.
content-hint-chat-text = Write as one writes to a person.
content-hint-chat-template = What WhatsApp calls the template: it is needed when somebody has not written in the last 24 hours.
content-hint-chat-label = Optional: what stands on the button.
content-hint-chat-link = Optional: where the button leads.
content-hint-push-title = The first line, the one that is always read.
content-hint-push-text = One sentence.
content-hint-push-link = Optional: what opens when it is touched.
content-hint-push-label = Optional: what stands on the button.
content-hint-site-title = Optional: the first line, the one that is always read.
content-hint-site-text = One or two sentences.
content-hint-site-label = Optional: what stands on the button.
content-hint-site-link = Optional: the page that the button opens, with https://.
content-hint-site-image = Optional: the address of a picture, with https://. It is decoration: say nothing in it alone.
content-hint-site-layout = As the site has it, or otherwise for this message.
content-layout-usual = As the site has it
content-site-out = No more of these
content-hint-spoken-text = What to say, in your own words: whoever calls or stands at the counter reads it.
content-category = Category at WhatsApp
content-category-hint = Rules and price depend on it.
content-category-none = Not chosen yet
content-category-marketing = Marketing
content-category-utility = Utility (orders, appointments)
content-category-authentication = Codes to log in
content-count = { $letters } characters; up to { $good } read well
content-count-gsm = { $letters } characters, { $parts ->
    [one] one SMS
   *[other] { $parts } SMS
  }; { $left } left in the last one
content-count-ucs = { $letters } characters, { $parts ->
    [one] one SMS
   *[other] { $parts } SMS
  } of 70, because of a special character; { $left } left in the last one
content-variables = What you can put into the text
content-variables-hint = Where something may be missing, say what to write in its place: | default("…").
content-may-miss = may be missing
content-variable-first-name = the first name
content-variable-last-name = the family name
content-variable-name = the whole name
content-variable-company = the name of your company
content-variable-today = today’s date
content-variable-orders-count = how many orders they placed
content-variable-orders-spent = how much they spent
content-variable-orders-average = how much they spend per order
content-variable-orders-first-day = the day of the first order
content-variable-orders-last-day = the day of the last order
content-variable-traits = something known of the person, by its name: traits.city
content-variable-computed = a computed trait, by its name
content-variable-event = something the event says that the message is sent for
content-variable-promotion-name = the name of the promotion
content-variable-promotion-terms = the terms of the promotion
content-variable-promotion-code = the code of the promotion
content-variable-promotion-until = the last day of the promotion
content-variable-promotion-shops = the shops in which it holds
content-variable-links = an address given by whoever sends: links.shop, links.unsubscribe, links.preferences
content-variable-variations = one of the words that change

# The preview
content-preview = Preview
content-preview-again = Refresh the preview
content-screen = Screen
content-screen-phone = Phone
content-screen-desktop = Computer
content-light = Light
content-with = Try with a person
content-with-invented = With Giulia Rossi, who is invented. The event and the links are examples too.
content-with-nobody = Back to the invented person
content-with-not-found = Nobody of this name.
content-sample-reason = this is only a preview
content-spoken = This is not sent: a person says it.
content-weight = Weight
content-kilobytes = { $count } kB
content-too-heavy = Gmail cuts off beyond 102 kB
content-plain = Plain text
content-variations-here = Words that change: { $names }

# What is wrong
content-fault-line = line { $line }
content-fault-unclosed = a brace is opened and never closed
content-fault-not-allowed = “{ $about }” is not possible in a text: values, if, for and the filters default, upper, lower, capitalize, first, last, length and join are
content-fault-syntax = it cannot be read: check what stands between braces
content-fault-unknown = “{ $about }” does not exist
content-fault-unknown-near = “{ $about }” does not exist: did you mean { $near }?
content-fault-missing = “{ $about }” is not known of this person: add | default("…"), or put it into an if
content-fault-list = this is a list: say its parts with for, or put them together with | join(", ")
content-fault-too-much = this does too much: shorten lists and repetitions
content-fault-too-long = has { $about } characters, of which this channel takes { $most }
content-fault-link = “{ $about }” is no address: it begins with https://, mailto: or tel:
content-fault-block = [{ $about }] does not exist: there are [button: words](address), [promotion] and ![words](picture)
content-fault-picture = say in words what it shows: ![words](picture)
content-fault-no-text = there is no text for this channel yet
content-fault-empty = is missing
content-fault-no-promotion = speaks of a promotion, and none was chosen
content-fault-promotion-over = the promotion is over
content-fault-promotion-elsewhere = the promotion is not told on this channel
content-fault-no-link = a marketing message needs the link { $about }
content-fault-variation = there are no words that change called “{ $about }” in this language
content-fault-varies = “{ $about }” must not change: figures, links, codes and terms stay outside of words that change
content-fault-twice = there are two of the same
content-fault-name = this cannot be: check characters and length
content-weight-bad = To change
content-weight-warn = Careful
content-weight-hint = Advice
content-instead = rather: { $instead }
content-rule-address = “{ $quote }” mixes tu and Lei.
content-rule-sensitive = “{ $quote }” is delicate: it is not spoken of in a message.
content-rule-fake-reply = The subject pretends to be an answer: “{ $quote }”.
content-rule-promise = “{ $quote }” is a promise that is hard to keep.
content-rule-profiling = “{ $quote }” speaks of what you know, not of what happened.
content-rule-banned = “{ $quote }” is among the phrases you do not use.
content-rule-stock = “{ $quote }”: everybody says it.
content-rule-superlative = “{ $quote }” is a superlative that says nothing.
content-rule-shouting = “{ $quote }” is all capitals: it reads like a cry.
content-rule-exclamation = { $number } exclamation marks are too many.
content-rule-emoji = { $number } emoji are too many.
content-rule-hard = It is hard to read: { $number } of 100. Shorter sentences and plainer words help.
content-rule-long-sentence = A sentence of { $number } words: “{ $quote }”
content-rule-long = { $number } characters: a phone does not show them all.
content-rule-parts = These are { $number } SMS, and each is paid for.
content-rule-foreign = “{ $quote }” is not in the alphabet of SMS: 70 characters fit instead of 160.
content-rule-no-default = “{ $quote }” may be missing: say what to write in its place.
content-rule-own-figures = “{ $quote }”: the figures of an offer stand in the promotion, so that they are the same everywhere.
content-rule-no-terms = The text does not tell the terms of the promotion.
content-rule-no-stop = It does not say how to stop these SMS.
content-rule-no-preheader = Without a preheader mail programs show the first words they find.
content-rule-no-template = Outside of 24 hours WhatsApp wants a template with a name and a category.

# What it is for
content-purpose = Purpose
content-purpose-hint = What the person said yes to.
content-class = Kind
content-class-hint = Marketing: only with consent and within limits. Transactional: receipts and confirmations. Service: answers and appointments.
content-stage = For whom
content-stage-hint = At which stage they are: the map needs it.
content-pillar = Pillar
content-pillar-hint = The subject it belongs to, such as “Our craft” or “Products”.
content-promotion = Promotion
content-promotion-hint = The offer it speaks of: terms and code come from there.
content-no-promotion = None
content-variations = Words that change
content-variations-hint = One line for each: greeting: Hello | Hi | Good morning. In the text write {"{{"} variations.greeting {"}}"}. Everybody gets one of them, and another one the next time. For one tone only: greeting (formal): Good morning. No figures, links or terms.
content-why = Why it came
content-why-hint = Empty: Filo writes it, from what really happened. You can use {"{{"} reason.day {"}}"}, {"{{"} reason.what {"}}"} and {"{{"} reason.who {"}}"}.

# The history
content-history-lead = Every time somebody saved. Any version can be brought back, and that can be undone too.
content-version = Version { $number }
content-version-now = in use
content-version-first = how it began
content-return = Back to this one
content-cannot-return = This version cannot be used today: a promotion or a purpose is gone.

# The map
content-map = Map
content-map-lead = To whom you speak, and with what. Where there is a gap, you tell those people nothing.
content-map-gaps = { $count ->
    [0] No gap.
    [one] One gap.
   *[other] { $count } gaps.
  }
content-map-gap = missing

# Sameness
content-same = Sameness
content-same-lead = How alike your messages are, to each other and to everybody’s. Whoever gets them notices before you do.
content-same-none = Nothing is alike
content-same-none-hint = Your texts say different things in different ways. Those that repeat each other show up here.
content-same-own = To each other
content-same-stock = To everybody’s
content-same-nothing = Nothing.
content-same-score = { $score } of 100
content-same-how = From { $from } on two texts read as the same. The number puts together letters, build and runs of words; it is a measure of our own.
