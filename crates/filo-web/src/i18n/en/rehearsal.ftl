rehearsal-title = Rehearsals
rehearsal-hint = Before it goes live, see who would have got what: it is tried on what really happened.
rehearsal-open = All rehearsals
rehearsal-do = Rehearse the last 90 days
rehearsal-lead = Filo plays the journey over what really happened in the past days, with your rules as they are now, and tells you what would have happened. Nothing is sent and nobody comes in.
rehearsal-none = No rehearsal yet
rehearsal-none-hint = Begin with the last 90 days: a few minutes are usually enough.
rehearsal-kept = Rehearsals so far
rehearsal-kept-hint = The last { $most } are kept.
rehearsal-new = A new rehearsal
rehearsal-version = What to rehearse
rehearsal-beside = Compared with
rehearsal-alone = Nothing
rehearsal-draft = The draft
rehearsal-how-far = Over how many days
rehearsal-days = { $days ->
    [one] Last day
   *[other] Last { $days } days
  }
rehearsal-on = The day it starts
rehearsal-on-hint = If you leave it empty, the first of the days that are rehearsed.
rehearsal-begin = Begin
rehearsal-under-way = A rehearsal of this journey is under way: wait until it has ended, or stop it.
rehearsal-faulty = Something in the journey is still to be put right: open it, look at the marked steps, then try again.
rehearsal-beside-wrong = To compare, choose another version that was published.
rehearsal-on-wrong = Choose one of the days that are rehearsed.
rehearsal-days-wrong = Choose from 1 to 366 days.
rehearsal-state-running = Under way
rehearsal-state-done = Done
rehearsal-state-cancelled = Stopped
rehearsal-state-failed = Failed
rehearsal-people = { $count ->
    [one] One person would have come in
   *[other] { $count } people would have come in
  }
rehearsal-of-days = { $days ->
    [one] Rehearsal of the last day
   *[other] Rehearsal of the last { $days } days
  }
rehearsal-asked = { $version }, up to { $until }. Asked for by { $who }.
rehearsal-again = Rehearse again
rehearsal-remove = Delete
rehearsal-remove-do = Delete the rehearsal
rehearsal-cancel = Stop it
rehearsal-cancelled = The rehearsal was stopped: there is nothing to see.
rehearsal-failed = The rehearsal could not be done. Try again; if it happens again, whoever runs Filo finds the reason in the log.
rehearsal-unreadable = Another version of Filo made this rehearsal. Do it again.
rehearsal-nothing-happens = You can close this page: the rehearsal goes on by itself, and sends nothing to anybody.
rehearsal-step-gathering = Getting ready
rehearsal-step-playing = Playing the past days
rehearsal-step-reading = Comparing the texts
rehearsal-by-hand = People come into this journey by hand only: in a rehearsal nobody does.
rehearsal-nobody = Nobody would have come in during these days. See below whether somebody was turned away at the door.
rehearsal-figure-people = people would have come in
rehearsal-figure-left = messages would have left
rehearsal-figure-stopped = messages stopped
rehearsal-figure-waits = still waiting
rehearsal-of-customers = { $count ->
    [one] Of one customer in all.
   *[other] Of { $count } customers in all.
  }
rehearsal-busiest = The busiest hour: { $day }, from { $from }, with { $count ->
    [one] one message.
   *[other] { $count } messages.
  }
rehearsal-cut = { $count ->
    [one] With one person the rehearsal was broken off, because something changed too often.
   *[other] With { $count } people the rehearsal was broken off, because something changed too often.
  }
rehearsal-compared = Side by side
rehearsal-what = What
rehearsal-difference = Difference
rehearsal-row-runs = times somebody came in
rehearsal-row-planned = messages prepared
rehearsal-row-goals = goal reached anyway
rehearsal-reasons = Why not
rehearsal-held-up = Why later
rehearsal-refused = Why they would not have come in
rehearsal-outcomes = How it would have gone
rehearsal-under-way-still = Still under way
rehearsal-of-planned = { $left } sent of { $planned }
rehearsal-goals-hint = It really happened, and without this journey: it is no effect of it.
rehearsal-per-day = Messages a day
rehearsal-day = Day
rehearsal-messages = Messages
rehearsal-each = How many each
rehearsal-each-label = { $count } messages
rehearsal-budget = How much noise
rehearsal-budget-share = How full
rehearsal-budget-label = { $share } full
rehearsal-budget-hint = For each, the moment at which they had got the most: the limit is { $points } points in { $days } days, messages that were really sent included.
rehearsal-alike = How alike it reads
rehearsal-alike-within = The same text, as different people read it
rehearsal-alike-across = Different texts
rehearsal-alike-unsayable = Texts in which something is missing
rehearsal-alike-likest = “{ $one }” and “{ $other }” read almost the same: { $score } of 100.
rehearsal-alike-how = Of { $texts } texts of this rehearsal, from 0 to 100. From { $from } on two texts seem the same.
rehearsal-steps = Step by step
rehearsal-step-nobody = Nobody would have come here.
rehearsal-step-messages = { $planned } prepared: { $left } sent, { $stopped } stopped, { $waits } waiting
rehearsal-step-people = { $count ->
    [one] Once
   *[other] { $count } times
  }
rehearsal-draft-changed = The draft has changed since: these are its steps as they are now, with the numbers of those that were there.
rehearsal-sample = Some of them
rehearsal-sample-hint = { $count ->
    [one] One of the people who would have come in. Open it to read what they would have got.
   *[other] { $count } of the people who would have come in, always the same ones. Open one to read what they would have got.
  }
rehearsal-sample-more = { $count ->
    [one] One more
   *[other] { $count } more
  }
rehearsal-entered-on = comes in on { $when }
rehearsal-no-message = No message.
rehearsal-more-messages = { $count ->
    [one] and one more
   *[other] and { $count } more
  }
rehearsal-fate-waits = still waiting
rehearsal-fate-left = sent on { $when }
rehearsal-fate-stopped = stopped on { $when }
rehearsal-fate-asks-person = since { $when } it waits for a person
rehearsal-fate-unsayable = the text is no more
rehearsal-why-suppressed = The address is on the list of those not to be contacted.
rehearsal-why-too-late = It was late: it would have made no sense any more.
rehearsal-why-reason-gone = They had left the journey by then.
rehearsal-why-held-back = They are among those who get no promotions, so that their effect can be measured.
rehearsal-why-paused = Everything is stopped: you decided so in the settings.
rehearsal-why-quiet = Nobody is disturbed at that hour.
rehearsal-why-cap = They had got too many messages already.
rehearsal-why-budget = Too much noise in too little time.
rehearsal-why-outranked = A message that is worth more went first.
rehearsal-why-absent = It waited for them to come to the site.
rehearsal-person-lead = What would have happened, played once more for you with what was known then. It is written down nowhere.
rehearsal-person-open = Open their page
rehearsal-person-none = They would not have come into the journey.
rehearsal-way = Comes in on { $when }
rehearsal-unsayable = It could not be said:
rehearsal-draft-changed-person = The draft has changed since this rehearsal: do it again, then come back.
rehearsal-limits = What a rehearsal cannot know
rehearsal-limit-answers = How they would have reacted. Who would have answered, bought or had enough because of a message is not in it: the ways “if it happens” follow what really happened.
rehearsal-limit-tasks = What would have come of the tasks: in a rehearsal nobody answers, and whoever waits for an answer waits to the end of its time.
rehearsal-limit-people = Who was who then: people are joined as they are today.
rehearsal-limit-late = When imported data came: what was imported more than a day later counts from the moment it happened.
rehearsal-limit-own = If the journey was running already, what it really did does not count twice: it is left aside and played anew.
rehearsal-limit-rules = The rules of then: hours, limits, segments and texts are those of now. Consents and the list of those not to be contacted are those of that moment.
rehearsal-limit-others = The other journeys that this one would have started: they are counted, not played.
done-rehearsal-removed = Rehearsal deleted.
