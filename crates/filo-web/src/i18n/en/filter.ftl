## Filters of the list

filter-title = Filters
filter-clear = Clear all filters
filter-remove = Remove this filter
filter-apply = Apply
filter-wrong = The filter “{ $name }” cannot be read: it was not used.
filter-channel = Channel
filter-source = Came through
filter-list = On the list
filter-last = Last seen
filter-first = With us since
filter-orders = Orders
filter-spent = Spent
filter-marketing = Marketing
filter-birthday = Birthday
filter-reach = Reachable
filter-first-from = With us since
filter-first-to = With us since
filter-last-from = Last seen
filter-last-to = Last seen
filter-spent-from = Spent
filter-spent-to = Spent
filter-from-day = From
filter-to-day = To
filter-from-amount = At least (€)
filter-to-amount = At most (€)
filter-orders-least = How many, at least
filter-least = at least { $value }
filter-since = from { $from }
filter-until = until { $to }
filter-marketing-granted = Said yes
filter-marketing-denied = Said no
filter-marketing-unknown = Never asked
filter-birthday-today = Today
filter-birthday-week = In the next 7 days
filter-birthday-month = This month
filter-reach-email = By e-mail
filter-reach-phone = By phone
filter-reach-both = By e-mail and phone
filter-trait = A detail
filter-trait-name = Which detail
filter-trait-hint = As it is called on the person’s page, for example city or size. Capitals make no difference.
filter-trait-is = How it must be
filter-trait-value = Value
filter-trait-equals = is
filter-trait-contains = contains
filter-trait-set = is there
filter-trait-empty = is missing
people-looked = We looked at { $number } people; not yet at the others.
people-looked-all = { $count ->
    [one] We looked at one person: it was the last.
   *[other] We looked at { $number } people, to the last.
}
people-look-on = Look at the next
