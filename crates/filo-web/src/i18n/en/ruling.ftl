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
