## Why they are one person

why-title = Why this is one person
why-single = There is only one identifier: nothing to join.
why-lead = These links joined the identifiers, in the order in which they count.
why-refused = { $count ->
    [one] One link that did not join
   *[other] { $count } links that did not join
  }
why-apart = Kept apart by a decision
why-proof-claimed = Seen together in an event of the browser on { $date }.
why-proof-verified = Seen together in an event of a company system on { $date }.
why-proof-staff = Said by a person of the company on { $date }.
obstacle-kept-apart = A person decided that they are different.
obstacle-limit = There would be too many values of “{ $kind }”.
obstacle-two-verified-people = A browser’s claim cannot join two verified people.
obstacle-suspended = One of them is linked to too many people to be one person’s.
obstacle-customer-full = The person would have too many identifiers.
obstacle-too-many-merges = The person would come of too many joins.
obstacle-component-too-large = The group is too large for claims to count.
obstacle-household = A landline or a company stands for several people.
obstacle-shared-device = Several people use the device.
obstacle-device-of-another = The device is another person’s, on better evidence.
why-tied-to = tied to
