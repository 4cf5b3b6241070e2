## Approval: what waits for a person's yes

place-approvals = To approve
approvals-lead = What does not leave before a person has seen it. You decide that journey by journey.
approvals-none = There is nothing to approve
approvals-none-hint = When a journey asks for your yes, its messages wait here. You set that in the journey, under “Who says go”.
approvals-waiting = Waiting
approvals-decided = What was decided
approval-title = To approve
approval-journey = Open the journey
approval-messages = { $count ->
    [one] one message
   *[other] { $number } messages
}
approval-since = since { $date }
approval-until = makes sense until { $date }
approval-half = { $count ->
    [one] one has a yes and waits for another
   *[other] { $number } have a yes and wait for another
}
approval-wait = waiting for your yes
approval-nobody-waits = Nobody waits here any more.
approval-note = Why
approval-note-hint = If you like: those who look at the decisions see it. Write nothing about people here.
approval-note-wrong = At most 200 letters.
approval-standing = Also for those that will come, as long as the content and the journey stay as they are
approval-second-hint = Above { $number } people, or if it also holds for what comes, a second person has to say yes.
approval-second-needed = One person has said yes: it takes another one now.
approval-second-waits = waits for a second person
approval-second-do = I say yes too
approval-yes = They may leave
approval-no = They do not leave
approval-withdraw = Take it back
approval-reopen = Let them wait again
approval-samples = What they would read
approval-samples-lead = The people who differ most, with the text as it is for each of them now.
approval-somebody = Somebody
approval-open-one = Open, change or decide this one alone
approval-unsayable = It cannot be said:
approval-also = Even with your yes:
approval-excluded = Who is left out, and why
approval-excluded-lead = Over the last thirty days the gate stopped them before you had to look.
approval-decisions = Decisions about this step
approval-said-yes = { $who } said yes to { $messages }
approval-said-no = { $who } said no to { $messages }
approval-said-always = { $who } said yes to { $messages } and to those that will come
approval-seconded = confirmed by { $who } on { $date }
approval-withdrawn = taken back by { $who } on { $date }
approval-news = What has changed since the last yes
approval-news-lead = It was version { $before }, now it is { $now }.
approval-news-around = The texts are the same: what changed stands around them, such as the offer or the line that says why.
approval-was = Before
approval-was-nothing = There was none.
approval-is-now = Now
approval-one = It waits for your yes
approval-one-yes = It may leave
approval-one-no = It does not leave
approval-all-of-step = Look at all that wait with it
approval-rule = Who says go
approval-rule-hint = Before a message leaves, a person may want to see it.
approval-rule-as-journey = As the journey says
approval-rule-automatic = Nobody: it leaves by itself
approval-rule-sample = A person, for a sample
approval-rule-every = A person, each time
approval-rule-above = A person, when they are many
approval-number = How many
approval-number-hint = For a sample, how many of a hundred (1 to 99). When they are many, above how many people within a day.
approval-wrong-number = For a sample write a number from 1 to { $percent }; when they are many, from 1 to { $people }.
approval-is-automatic = It leaves by itself, and nobody looks.
approval-is-sample = A person looks at { $count ->
    [one] one message
   *[other] { $number } messages
} of a hundred; the others leave by themselves.
approval-is-every = A person looks at every message.
approval-is-above = A person looks when there are more than { $count ->
    [one] one person
   *[other] { $number } people
} within a day.
message-state-unapproved = to approve
message-rewrite = Change the text
message-rewrite-lead = It changes for this person alone. Under it, Filo adds why they get it and how to get no more.
message-back = Back to the message
finding-unapproved = A person has to see it before it leaves.
excluded-cap = They got enough by this way already.
excluded-budget = Too much noise in a short time.
excluded-outranked = A message that was worth more went first.
excluded-absent = They have not come to the site yet.
excluded-warm-up = The address of the sender was being warmed up, and there was no room in time.
excluded-warm-up-order = The address of the sender was being warmed up, and others went first.
policy-approving = Saying go
policy-approving-lead = When a person approves for many, two look better than one.
policy-second = A second person is needed above
policy-second-hint = How many people may be told something with the yes of one. Empty: one is always enough.
done-approval-yes = Go: they leave as soon as the gate lets them
done-approval-half = Said: it takes another person's yes now
done-approval-no = They do not leave
done-approval-gone = Something changed meanwhile: look again
done-approval-withdrawn = Taken back: what has not left waits again
done-message-rewritten = Text changed
today-approvals = Messages to approve
audit-act-messages-approved = Let messages leave
audit-act-messages-refused = Called messages off that waited for a yes
audit-act-approval-seconded = Let messages leave as the second person
audit-act-approval-withdrawn = Took back a decision about messages
audit-act-message-rewritten = Changed what a message says
approval-nowhere = there is no address to send it to.
message-decision = Who says go
message-decision-yes = { $who } said yes on { $date }
message-decision-no = { $who } said no on { $date }
