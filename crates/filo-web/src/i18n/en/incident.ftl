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
