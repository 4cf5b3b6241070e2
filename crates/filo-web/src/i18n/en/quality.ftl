## The quality of what is known

quality-title = Data quality
quality-lead = How good what you know of people is, what to mend first, and what that brings.
quality-none = Nobody to look at yet
quality-none-hint = As soon as people with a name, an e-mail address or a telephone number arrive, this page shows how good their data is.
quality-first-title = Mend these first
quality-all-well = There is nothing to mend.
quality-gain-email = { $count ->
    [one] One person becomes reachable by e-mail
   *[other] { $number } people become reachable by e-mail
  }
quality-gain-phone = { $count ->
    [one] One person becomes reachable by telephone
   *[other] { $number } people become reachable by telephone
  }
quality-more = { $count ->
    [one] One more
   *[other] { $count } more
  }
quality-left-count = { $count ->
    [one] One value was left as it is.
   *[other] { $number } values were left as they are.
  }
quality-proposed = { $count ->
    [one] There is a proposal for one person
   *[other] There is a proposal for { $number } people
  }
quality-gained = { $count ->
    [one] one becomes reachable
   *[other] { $number } become reachable
  }
quality-open = Look
quality-people = { $count ->
    [0] Nobody
    [one] One person
   *[other] { $number } people
  }
quality-whole = Overall
quality-completeness = Completeness
quality-completeness-hint = name, e-mail, telephone, birthday, address
quality-validity = Validity
quality-validity-hint = values that can be used
quality-freshness = Freshness
quality-freshness-hint = counts half after two years
quality-uniqueness = Uniqueness
quality-uniqueness-hint = contacts that nobody else has
quality-consistency = Consistency
quality-consistency-hint = values that agree
quality-course = How it went
quality-day = Day
quality-score-percent = Overall, per cent
quality-by-field = Value by value
quality-by-field-head = Value
quality-by-source = Source by source
quality-by-source-head = Source
quality-head-people = People
quality-how = The figures are worked out anew as data arrives. A dash means that there is nothing to measure yet.
quality-source-staff = Entered by you in Filo
quality-source-unknown = Source { $number }
quality-severity-broken = Cannot be used
quality-severity-doubtful = To be checked
quality-severity-untidy = Could be better
quality-list-none = There is nothing left to mend here
quality-head-raw = As it is
quality-head-proposal = As it would be
quality-head-act = What to do
quality-no-proposal = ask them
quality-missing = missing
quality-mend = Correct
quality-mend-all = Correct all
quality-leave = Leave as it is
quality-mend-title = Correct
quality-mend-many = { $count ->
    [0] Nothing to correct
    [one] Correct the data of one person?
   *[other] Correct the data of { $number } people?
  }
quality-mend-hint = The former value stays on each person’s thread, and right afterwards this can still be undone.
quality-leave-many = { $count ->
    [0] Nothing to leave
    [one] Leave the data of one person as it is?
   *[other] Leave the data of { $number } people as it is?
  }
quality-leave-hint = These values will not be pointed out again while they stay as they are.
quality-nothing = You chose nothing, or there is no proposal for what you chose. Go back and tick the rows.
quality-first-ones = This takes the first { $most } values; the others stay in the list.
quality-preview-more = These are the first { $count }.
quality-mended = { $count ->
    [one] The data of one person is corrected.
   *[other] The data of { $count } people is corrected.
  }
quality-left = { $count ->
    [one] One value stays as it is.
   *[other] { $count } values stay as they are.
  }
quality-to-mend = { $count ->
    [one] One thing to mend
   *[other] { $count } things to mend
  }
quality-person-score = Data quality: { $score }
done-quality-undone = Everything is as before.
done-quality-taken-up = The values are looked at again.
done-quality-changed = The data changed meanwhile: there was nothing left to correct.

quality-field-name = Name
quality-field-first-name = First name
quality-field-last-name = Last name
quality-field-email = E-mail
quality-field-phone = Telephone
quality-field-birthday = Birthday
quality-field-gender = Sex
quality-field-tax-code = Tax code
quality-field-vat-number = VAT number
quality-field-language = Language
quality-field-address = Address
quality-field-city = Town
quality-field-postal-code = Postal code
quality-field-state = Province

quality-reason-email-malformed = The e-mail address is not written right
quality-reason-email-domain-typo = Mistyped domain of an e-mail address
quality-reason-email-ending-typo = The e-mail address ends with something that does not exist
quality-reason-email-placeholder = E-mail address made up to fill in a form
quality-reason-email-disposable = Throw-away e-mail address
quality-reason-email-role = E-mail address of an office, not of a person
quality-reason-phone-malformed = The telephone is not a number
quality-reason-phone-short = The telephone number lacks digits
quality-reason-phone-long = The telephone number has digits too many
quality-reason-phone-placeholder = Telephone number made up to fill in a form
quality-reason-phone-fixed = Fixed line: messages do not reach it
quality-reason-name-placeholder = Name made up to fill in a form
quality-reason-name-not-a-name = There are digits or an e-mail address in the name
quality-reason-name-swapped = First and last name are swapped
quality-reason-name-company = The name is a company’s
quality-reason-name-title = There is a title in the name
quality-reason-name-signs = There are symbols in the name
quality-reason-name-case = Capitals or spaces out of place in the name
quality-reason-birthday-unreadable = The birthday cannot be read
quality-reason-birthday-future = The birthday is in the future
quality-reason-birthday-absurd = An age that nobody has
quality-reason-birthday-placeholder = Birthday filled in by a program
quality-reason-birthday-child = Younger than fourteen
quality-reason-birthday-tax-code = The birthday does not fit the tax code
quality-reason-gender-tax-code = The sex does not fit the tax code
quality-reason-tax-code-malformed = Wrong tax code
quality-reason-tax-code-name = The tax code does not fit the name
quality-reason-vat-malformed = Wrong VAT number
quality-reason-language-unknown = Unknown language
quality-reason-postal-malformed = The postal code has not five digits, or does not exist
quality-reason-postal-short = The postal code lost the zeros it begins with
quality-reason-postal-generic = General postal code, used no more
quality-reason-postal-province = Postal code and province do not agree
quality-reason-postal-city = Postal code and town do not agree
quality-reason-province-unknown = The province is not a code of two letters
quality-reason-province-missing = The province is missing, and the postal code tells it
quality-reason-city-province = Town and province do not agree
