## The list of people

people-count = { $count ->
    [0] Nobody yet
    [one] One person
   *[other] { $number } people
  }
people-search = Search by name, e-mail or telephone
people-search-do = Search
people-none = No people yet
people-none-hint = People appear by themselves with the first events: from the site, the server or a file.
people-not-found = Nobody for “{ $search }”
people-not-found-hint = Words are searched by their beginning: first name, last name, e-mail, digits of the telephone.
people-all = All people
people-head-person = Person
people-head-email = E-mail
people-head-phone = Telephone
people-head-orders = Orders
people-head-spent = Spent
people-head-last-seen = Last seen
