## Cohorts: who comes back

cohort-title = Who comes back
cohort-lead = Those who bought for the first time in the same period, and how many of them bought again in each of the following.
cohort-unit = Period
cohort-unit-month = Months
cohort-unit-week = Weeks
cohort-count = How many
cohort-show = What to show
cohort-show-customers = Customers
cohort-show-orders = Orders
cohort-show-revenue = Revenue
cohort-show-each = Revenue per customer, cumulated
cohort-until = Until
cohort-channel = First seen
cohort-channel-any = Anywhere
cohort-running-month = New customers in { $period }, a month that is not over:
cohort-running-week = New customers in the week from { $period }, which is not over:
cohort-none = No cohort yet
cohort-none-hint = It takes at least one first order in a period that is over. Choose more periods, or another beginning.
cohort-table-customers = How many come back
cohort-table-customers-hint = The share of the cohort that bought in that period. Each cell leads to who is behind it; the darker, the more.
cohort-table-orders = How many orders
cohort-table-orders-hint = The orders of the cohort in that period. Each cell leads to who made them; the darker, the more.
cohort-table-revenue = How much revenue
cohort-table-revenue-hint = The revenue of the cohort in that period. Each cell leads to who brought it; the darker, the more.
cohort-table-each = How much revenue per customer
cohort-table-each-hint = The revenue of the whole cohort until the end of that period, divided by how many they were at first. Each cell leads to who bought in that period.
cohort-head-month = First order
cohort-head-week = First order, week from
cohort-head-size = Customers
cohort-later-month = { $count ->
    [0] Same month
    [one] +1 month
   *[other] +{ $count } months
  }
cohort-later-week = { $count ->
    [0] Same week
    [one] +1 week
   *[other] +{ $count } weeks
  }
cohort-people = { $count ->
    [one] 1 customer
   *[other] { $number } customers
  }
cohort-behind-month = { $count ->
    [0] First order in { $period }
    [one] First order in { $period }, and an order the month after
   *[other] First order in { $period }, and an order { $count } months later
  }
cohort-behind-week = { $count ->
    [0] First order in the week from { $period }
    [one] First order in the week from { $period }, and an order the week after
   *[other] First order in the week from { $period }, and an order { $count } weeks later
  }
cohort-how = A cohort are the customers whose very first order falls in the same month or the same week (from Monday). A cell counts who of them made at least one order in that period. A period that is not over has no numbers, because it would look like a fall.
cohort-how-amount = Cancelled orders do not count; revenue is without shipping and tax, less refunds, and stands in the period of the order. “First seen” is the channel of the first visit that is known.
cohort-how-source = Periods begin at midnight in the company’s time zone ({ $zone }). Source: the orders in all events, at the moment you look.
