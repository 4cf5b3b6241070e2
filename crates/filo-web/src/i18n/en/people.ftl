## The list of people

people-count = { $count ->
    [0] Nobody yet
    [one] One person
   *[other] { $number } people
  }
people-found = { $count ->
    [0] Nobody like this
    [one] One person like this
   *[other] { $number } people like this
  }
people-found-more = More than { $number } people like this
people-search-short = Name, e-mail or phone
people-search = Search by name, e-mail or phone
people-search-do = Search
people-none = Nobody yet
people-none-hint = People appear by themselves as soon as the first events arrive: from the site, the till or a file.
people-none-do = Connect a source
people-import = Import a file
people-none-so = Nobody matches these filters
people-not-found = Nobody for “{ $search }”
people-not-found-hint = Search looks at the beginnings of words: first name, last name, e-mail, digits of the phone number.
people-all = Everybody
people-first-page = Back to the beginning
people-next = More people
people-head-person = Person
people-head-email = E-mail
people-head-phone = Phone
people-head-channels = Channels
people-head-orders = Orders
people-head-spent = Spent
people-head-since = Since
people-head-last-seen = Last seen

## With many people at once

bulk-pick = Pick
bulk-pick-one = Pick { $name }
bulk-picked = With the people picked
bulk-all = With all these people
bulk-note = Write a note
bulk-note-all = Write a note for all of them
bulk-note-title = { $count ->
    [one] A note for one person
   *[other] The same note for { $number } people
  }
bulk-note-hint = It stays on the thread of each of them. Right afterwards it can still be undone.
bulk-noted = { $count ->
    [one] Note written for one person.
   *[other] Note written for { $count } people.
  }
bulk-nobody = You picked nobody. Go back to the list and tick people.
bulk-back = Back to the list
bulk-too-many = A note goes to { $most } people at most: narrow the list with filters.
bulk-export = Export for Excel
bulk-export-title = { $count ->
    [one] Export one person
   *[other] Export { $number } people
  }
bulk-export-hint = You download a CSV file that opens in Excel or LibreOffice. It holds personal data: keep it with care. The export is recorded in your name.
bulk-export-do = Download the file
export-head-id = Code
export-head-currency = Currency
export-head-birthday = Birthday
wrong-people = Choose one to a thousand people.
people-exactly = Search for the whole card number, e-mail or telephone.
