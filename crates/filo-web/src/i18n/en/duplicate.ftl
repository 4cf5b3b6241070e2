## Perhaps the same person

duplicate-title = Perhaps the same person
duplicate-count = { $count ->
    [0] No pair waits for an answer
    [one] One pair waits for an answer
   *[other] { $number } pairs wait for an answer
  }
duplicate-search = Search everybody
duplicate-show-later = Put off
duplicate-show-waiting = To decide
duplicate-running = Filo is comparing everybody. You can go on working; the page follows by itself.
duplicate-failed = The search has failed. The reason is in the program’s log; you can try again.
duplicate-searched = Last search: { $people } people looked at, { $proposed } pairs proposed, { $joined } joined by itself.
duplicate-due = More people have changed than are compared one by one: it is time to search everybody again.
duplicate-none = No pair to decide
duplicate-none-later = Nothing was put off
duplicate-none-hint = Whoever arrives or changes is compared by itself. “Search everybody” also looks at those who are here already.
duplicate-chance = { $percent } in 100 that they are one person
duplicate-field = Detail
duplicate-stays = stays, having been here before
duplicate-goes = goes into the other
duplicate-field-first-name = First name
duplicate-field-last-name = Family name
duplicate-field-birthday = Birthday
duplicate-field-email = E-mail
duplicate-field-phone = Telephone
duplicate-field-tax-code = Tax code
duplicate-field-home = Address
duplicate-field-mark = Card or device
duplicate-field-card = Card
duplicate-field-user-id = User ID
duplicate-field-seen = Seen
duplicate-field-household = They may be two of one family
duplicate-field-prior = How likely it was before looking
duplicate-same = Same person
duplicate-different = Different people
duplicate-later = Later
duplicate-keys = Keys: u same, n different, s later, j and k to move.
duplicate-why = What the details say
duplicate-much-for = says much for it
duplicate-little-for = says something for it
duplicate-little-against = says something against it
duplicate-much-against = says much against it
duplicate-figures = The figures
duplicate-figures-hint = A bit more doubles the odds for it, a bit less halves them. A rare name counts more than a common one.
duplicate-moves = What moves
duplicate-moves-identifiers = { $count ->
    [one] one identifier
   *[other] { $number } identifiers
  }
duplicate-moves-events = { $count ->
    [one] one event
   *[other] { $number } events
  }
duplicate-moves-orders = { $count ->
    [one] one order
   *[other] { $number } orders
  }
duplicate-moves-notes = { $count ->
    [one] one note
   *[other] { $number } notes
  }
duplicate-moves-consents = { $count ->
    [one] one consent: if the two differ, the stricter counts
   *[other] { $number } consents: where the two differ, the stricter counts
  }
duplicate-moves-hint = Nothing is lost: “Undo”, or later the person’s page, brings back what was.
duplicate-previous = Previous
duplicate-next = Next
duplicate-list = Waiting
duplicate-bulk = Many at once
duplicate-bulk-hint = First you see how many and which.
duplicate-bulk-from = From { $percent } %
duplicate-bulk-title = Join many pairs at once?
duplicate-bulk-count = { $count ->
    [0] No pair is at { $percent } % or more.
    [one] One pair is at { $percent } % or more.
   *[other] { $number } pairs are at { $percent } % or more.
  }
duplicate-bulk-more = and { $number } more
duplicate-bulk-too-many = Too many at once: { $most } at most. Begin with a higher percentage.
duplicate-bulk-reversible = Each join is a decision of its own, in your name, and can be withdrawn.
duplicate-bulk-do = { $count ->
    [one] Join this pair
   *[other] Join { $number } pairs
  }
duplicate-back = Back to the pairs
duplicate-link = { $count ->
    [one] One pair is perhaps the same person
   *[other] { $number } pairs are perhaps the same person
  }
done-duplicate-same = Done: now they are one person.
done-duplicate-different = Done: they are different people, and you will not be asked again.
done-duplicate-later = Put off: you find it among those put off.
done-duplicate-search = The search has begun.
done-duplicate-search-runs = A search is running already.
done-duplicates-accepted = Done: the pairs were joined.
done-duplicate-settings = Saved. It holds from the next search on, and for whoever arrives now.

settings-duplicates = Duplicates
settings-duplicates-lead = When to ask whether two people are one, and whether Filo may join them by itself.
duplicate-proposed = Ask from (%)
duplicate-proposed-hint = 10 to 95. Lower: more pairs to look at, fewer duplicates missed.
duplicate-automatic = Join by itself
duplicate-automatic-hint = Usually no. Joins made by itself are shown as such and can be withdrawn like others.
duplicate-automatic-no = No, a person always decides
duplicate-automatic-yes = Yes, above the percentage below
duplicate-linked = Join by itself from (%)
duplicate-linked-hint = 90 to 99.99.
duplicate-wrong-percent = Write a percentage, such as 30 or 99.5.
duplicate-wrong-proposed = Choose a value from 10 to 95.
duplicate-wrong-linked = Choose a value from 90 to 99.99.
duplicate-conflict = Somebody else has changed these settings meanwhile. Save again to put yours.
duplicate-open-queue = Go to the pairs to decide
today-duplicates = Pairs that are perhaps one person
