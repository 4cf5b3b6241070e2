## What a person may ask for

settings-erasures = Erased people
settings-erasures-lead = Who asked to be forgotten: when, what is gone and what stays.
person-privacy = Their data
person-privacy-lead = Hand over everything there is, or erase it.
privacy-title = The data of this person
privacy-lead = Anybody may ask what you know about them, have a copy and be erased. You have one month to answer. First make sure that it is really they who ask.
privacy-copy-title = A copy of everything
privacy-copy-lead = Who they are, what they did, what they allowed, where each piece came from, which other programs are told, and why these identifiers are one person. That you took it is written in the audit log.
privacy-copy-page = Open the page to print
privacy-copy-file = Download the file (JSON)
erasure-title = Erase everything
erasure-lead = Filo forgets this person as if they had never come: in lists, on their thread, in the archive, in quarantine, in webhooks.
erasure-goes = What goes
erasure-goes-events = { $count ->
    [one] One event
   *[other] { $count } events
}
erasure-goes-identifiers = { $count ->
    [one] One identifier
   *[other] { $count } identifiers
}
erasure-goes-beside = { $count ->
    [one] One thing beside the thread: in quarantine, among deliveries, in saved views
   *[other] { $count } things beside the thread: in quarantine, among deliveries, in saved views
}
erasure-stays = What stays
erasure-stays-hashes = { $count ->
    [one] One keyed hash, which leads to nobody: it keeps them from coming back with old data
   *[other] { $count } keyed hashes, which lead to nobody: they keep them from coming back with old data
}
erasure-backups-none = No backup
erasure-backups-until = { $count ->
    [one] One backup, which is gone by itself by { $date }; if you restore it, the erasure is repeated before Filo answers
   *[other] { $count } backups, which are gone by themselves by { $date }; if you restore one, the erasure is repeated before Filo answers
}
erasure-backups-kept = { $count ->
    [one] One backup, until you delete it; if you restore it, the erasure is repeated before Filo answers
   *[other] { $count } backups, until you delete them; if you restore one, the erasure is repeated before Filo answers
}
erasure-will-tell = { $count ->
    [one] One other program will be told to erase too
   *[other] { $count } other programs will be told to erase too
}
erasure-for-good = There is no way back. If they buy or write again, they will be new to Filo.
erasure-ground = Why
erasure-ground-request = They asked for it
erasure-ground-objection = They withdrew consent, or objected
erasure-ground-not-needed = Their data are not needed any more
erasure-ground-unlawful = The data should not have been here
erasure-sure = I know that this cannot be undone
erasure-not-sure = To erase, choose why and tick the box.
erasure-do = Erase for good
erasures-lead = Of these people nothing is here any more, neither name nor address. Each row is the receipt of an erasure.
erasures-none = Nobody was erased
erasures-none-hint = It begins on the page of a person, at the bottom: “Their data”.
erasures-turned-away = { $count ->
    [0] Since Filo was started nothing old has arrived about erased people.
    [one] Since Filo was started one old event has arrived about an erased person, and was not taken in.
   *[other] Since Filo was started { $count } old events have arrived about erased people, and were not taken in.
}
erasure-ended = done
erasure-not-ended = to be ended
erasure-not-ended-hint = The erasure was begun and has not ended, because a backup was being made, say. Meanwhile nothing old comes back in. Filo ends it at the next start in any case.
erasure-end = End it now
erasure-by-filo = Repeated by Filo after a restore
erasure-receipt = Receipt of an erasure
erasure-receipt-lead = To hand to whoever asked, or to keep as proof.
erasure-at = Asked for
erasure-actor = By
erasure-number = Number
erasure-ended-at = Ended
erasure-went = What is gone
erasure-left = What stays
erasure-mended = { $count ->
    [one] One event of others, from which their identifier was taken
   *[other] { $count } events of others, from which their identifiers were taken
}
erasure-place-quarantine = In quarantine
erasure-place-deliveries = Messages to other programs
erasure-place-answers = Answers kept for repeated requests
erasure-place-acts = Acts on many people, and saved views
erasure-place-imports = Imported files
erasure-place-incidents = Incidents
erasure-told = { $count ->
    [one] One other program was told
   *[other] { $count } other programs were told
}
erasure-print = To have it on paper, print this page.
done-erased = Erased. This is the receipt.
dossier-title = Everything there is about { $name }
dossier-lead = Made on { $date }.
dossier-identifiers = Identifiers
dossier-known = What is known
dossier-known-hint = For each piece, when it was said: of two that differ the more trusted sender counts, then the newer.
dossier-notes = Notes
dossier-consents = What they allowed, and when
dossier-consents-none = Nothing.
dossier-sources = Where the data come from
dossier-source-staff = Written in Filo by hand
dossier-recipients = Who is told
dossier-recipients-none = No other program.
dossier-logic = How what is shown is arrived at
dossier-logic-links = { $count ->
    [0] There is one identifier: nothing to join.
    [one] One link between two identifiers, seen together in an event or joined by a person, says that they are one person.
   *[other] { $count } links between identifiers, seen together in an event or joined by a person, say that they are one person.
}
dossier-logic-values = Name, birthday and the rest are what the most trusted source said last: first the people of the company, then its systems, then the site.
dossier-logic-figures = Spending, rhythm of buying and the sentences on top of the page are counted from the orders below. No decision is made automatically.
dossier-computed = What the sums come to
dossier-computed-counting = being counted
dossier-events = The thread, event by event
dossier-cut = There are more events than fit a page: the oldest can be read through the API.
privacy-copy-csv = Download the table (CSV)
erasure-place-requests = Requests about their data
erasure-place-messages = Messages that name them
erasure-place-message-copies = Texts that left and name them
erasure-place-journeys = Journeys
erasure-place-tasks = To do
