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
quarantine-one-by-one = One by one
quarantine-newest = the newest: { $when }
quarantine-unknown-source = unknown sender
quarantine-very-much = There is very much: these are the newest { $count }.
quarantine-detail = For who looks after the system
kin-open = Look and repair
kin-count = { $count ->
    [one] Only one is waiting
   *[other] { $count } are waiting
  }
kin-none = Nothing of this kind is left
kin-mend-title = How do we repair them?
kin-try = Try on the first three
kin-preview-title = This is what they would be
kin-before = As it arrived
kin-after = As it would be
kin-right = right now
kin-still-wrong = not enough
kin-no-use = This repairs none of them: try another way.
kin-repair = { $count ->
    [one] Repair and take in
   *[other] Repair and take in all ({ $count })
  }
kin-repaired = { $count ->
    [one] One was repaired and taken in.
   *[other] { $count } were repaired and taken in.
  }
kin-left = { $count ->
    [one] One cannot be repaired like this and stays here.
   *[other] { $count } cannot be repaired like this and stay here.
  }
kin-more = There are more: press again to go on.
kin-discard-title = Not wanted?
kin-discard-hint = All of this kind are discarded. You can take it back right afterwards.
kin-discard = Discard all
mend-as-it-is = Try again as it is
mend-as-it-is-hint = Useful if something has changed in the meantime.
mend-event-name = Give the event a name
mend-event-name-hint = To those without a name; the others stay as they are.
mend-event-name-value = Name of the event
mend-type = Choose what it is
mend-type-hint = For those that do not say, or say it with an unknown word.
mend-type-value = Type
mend-day-first = Read dates as day, month, year
mend-day-first-hint = 31/12/2026 14:05, Italian time.
mend-undated = Use the time of arrival
mend-undated-hint = The date that cannot be read is left out.
mend-who-from = Take whose it is from a field
mend-who-from-hint = If the customer’s number came in another field.
mend-who-from-value = Name of the field, such as customer_number
mend-shorten = Shorten
mend-shorten-hint = A name that is too long is cut, the message’s id left out.
mend-wrong-value = Write something, at most 200 letters.
mend-wrong-type = Choose a type of the list.
mend-unknown = There is no such way to repair.
type-track = an action
type-identify = facts about a person
type-page = a page seen
type-screen = a screen seen
type-group = a company
type-alias = two identifiers joined
defect-broken-json-hint = A comma, a bracket or quotes are missing. It can be put right by hand, one by one.
defect-not-an-object-hint = Something else arrived in place of an event. Check the sender.
defect-wrong-type-hint = For example a list where an object was needed. Put it right by hand or in the sending system.
defect-repeated-field-hint = With two values we cannot know which one counts: keep the right one.
defect-missing-type-hint = The event does not say whether it is an action, a page or something else. You can say so, for all.
defect-unknown-type-hint = We know action, facts, page, screen, company and joining. You can choose, for all.
defect-no-user-anon-id-hint = Without an identifier we cannot know on whose thread it belongs. It may be in another field.
defect-missing-event-hint = It is an action, but does not say which. You can give it a name, for all.
defect-missing-group-id-hint = The company’s id is missing: add it by hand or in the sending system.
defect-missing-previous-id-hint = Joining two identifiers needs both.
defect-missing-attribute-hint = The CloudEvents standard demands it: add it by hand or in the sending system.
defect-bad-timestamp-hint = It may be a date written day first. We can read it like that, or use the time of arrival.
defect-event-too-large-hint = Leave out what is not needed, such as pictures or whole texts.
defect-too-many-events-hint = The sender must split the events into several requests.
defect-too-many-properties-hint = Leave out the fields that are not needed.
defect-too-deep-hint = Too many objects inside of objects: simplify what is sent.
defect-message-id-too-long-hint = The message’s id can be left out: the event stays whole.
defect-name-too-long-hint = A whole text may have ended up in the name. It can be shortened, for all.
defect-group-id-too-long-hint = A company’s id cannot be that long.
