## To look at

incidents-lead = Where Filo stopped out of caution and a person should look.
incidents-none = Nothing to look at
incidents-none-hint = Filo did not have to stop.
incident-resolve = Seen
incident-detail = Details
incident-identity-suspended = An identifier is linked to too many people
incident-identity-customer-full = A person has too many identifiers
incident-identity-too-many-merges = A person would come of too many joins
incident-identity-component-too-large = A group of identifiers is too large
incidents-open = To look at
incidents-all = All
incident-do = What to do:
incident-reopen = Open again
incident-open-person = Open the person
incident-other-why = Filo stopped to be safe.
incident-other-do = Read the details; if they say nothing to you, tell who looks after Filo.
incident-identity-suspended-why = The same address or number came with many different people: it may be the office’s, or one for trials. Filo joins nobody by it any more.
incident-identity-suspended-do = Open the page and see whose it is. If it is really one person’s, join them by hand.
incident-identity-customer-full-why = A real customer does not have that many: a system may be sending one number for different customers.
incident-identity-customer-full-do = Open the person, see which source they come from and put the sender right.
incident-identity-too-many-merges-why = Joining so many people at once would almost certainly be a mistake, so Filo did not.
incident-identity-too-many-merges-do = Open the person: if they really are the same, join them by hand.
incident-identity-component-too-large-why = Too many identifiers hang together: that happens when a system sends a fixed value in place of the customer.
incident-identity-component-too-large-do = Look for the value that repeats and put right the system that sends it.
incident-channel-refused = A carrier does not take our messages
incident-channel-refused-why = The account, its keys or the sender are not in order, or there is no credit. Messages wait and are tried again.
incident-channel-refused-do = Open Settings, Channels: mend the account and send a test.
incident-seen = { $count ->
    [one] Once: { $last }
   *[other] { $count } times since { $first }; the last: { $last }
  }
