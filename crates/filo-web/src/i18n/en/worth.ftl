## What customers are worth

worth-title = Value of customers
worth-lead = What those who buy from you are worth: by a formula one can do by hand, and by what can be expected of each in the months to come.
worth-by = Groups
worth-by-channel = By channel of the first order
worth-by-quarter = By quarter of the first order
worth-by-month = By month of the first order
worth-as-of = As of { $when }.
worth-none = Not yet
worth-none-hint = To say what a customer is worth, enough people must have bought: with few, every number would tell of them alone.
worth-lack-buyers = { $count ->
    [one] One person has bought: it takes { $least }, { $missing } more.
   *[other] { $have } people have bought: it takes { $least }, { $missing } more.
  }
worth-lack-repeating = { $count ->
    [one] One person has bought again: it takes { $least }, { $missing } more.
   *[other] { $have } people have bought again: it takes { $least }, { $missing } more.
  }
worth-lack-days = { $count ->
    [one] The first order was one day ago: it takes { $least } days, { $missing } more.
   *[other] The first order was { $have } days ago: it takes { $least } days, { $missing } more.
  }
worth-summary = In short
worth-people = Have bought
worth-expected = Purchases expected in { $days } days
worth-year = Value expected in 365 days
worth-year-each = The same, each
worth-between = between { $low } and { $high }
worth-at-least = at least { $low }
worth-expected-hint = What can be expected of those who have bought already, if all goes on as so far. The truth lies between the two numbers 95 times of 100. It is revenue, not profit, and not discounted.
worth-amounts-own = Of how much each will spend there is no model, only what they spent so far: of a few people the value can be far off.
worth-wide = The interval is wide: take it as an order of magnitude.
worth-check = Tried on the past: on { $when } we would have expected { $expected } purchases in the 90 days after; { $came } came.
worth-check-more = How it went, band by band
worth-model-none = What to expect of each cannot be told yet.
worth-model-unfit = The purchases seen so far do not tell those who buy often from those who have stopped.
worth-simple = The simple formula
worth-simple-none = Not yet.
worth-simple-buys = Whoever buys spends { $average } at a time, { $times } times { $period } ({ $buyers } people in the last period).
worth-simple-stays = Of { $base } who had bought in the period before, { $again } bought in the last one too: { $share } (between { $low } and { $high }). So a customer stays on average 1 divided by the part that is lost, counted in periods as long ({ $period }).
worth-simple-endless = All of the period before came again: how long a customer stays cannot be told. They are worth at least { $low }.
worth-simple-beside = The formula tells what an average customer brings from the beginning to the end, looking only at those who buy now. The expected value tells what each of those who have ever bought will do in the next 365 days, those who may never come again among them: so it is often lower.
worth-period-365 = a year
worth-period-90 = in 90 days
worth-period-30 = in 30 days
worth-groups = From where, and when, they came
worth-groups-hint = For each group, what can be expected in the next 365 days. Each number of people leads to them.
worth-head-group = Group
worth-head-people = People
worth-head-share = Share
worth-head-purchases = Purchases expected
worth-head-worth = Value expected
worth-head-each = Each
worth-group-unknown = not known
worth-group-quarter = Quarter { $quarter } of { $year }
worth-chances = Who still buys from you
worth-chances-hint = The chance that somebody who bought more than once is still a customer, by their rhythm and their silence. Of those who bought once the model cannot tell, and they stand apart.
worth-head-chance = Chance
worth-once = Bought once only
worth-top = The people of whom most is expected
worth-top-hint = Purchases expected in 30, 90 and 365 days. Their year lies between the two numbers below 8 times of 10.
worth-head-person = Who
worth-head-bought = Bought
worth-head-still = Still buys
worth-head-ahead = Purchases expected
worth-head-amount = At a time
worth-bought = { $count ->
    [one] One order, { $amount }
   *[other] { $number } orders, { $amount }
  }
worth-last = the last on { $when }
worth-behind-count = { $count ->
    [one] One person, as of { $when }
   *[other] { $number } people, as of { $when }
  }
worth-behind-none = Nobody
worth-behind-none-hint = There is nobody behind this number now.
worth-behind-band = Still buys with a chance of { $ends }
worth-behind-group = First order: { $name }
worth-how-orders = Orders that stand count: cancelled ones do not, refunds are taken off, of an order in another currency the order counts and not its amount. What is ordered within 24 hours of the order before is the same purchase. The whole thread is read, from the site to the counter.
worth-how-model = The model says that each buys at a pace of their own until, after a purchase, they stop without telling (BG/NBD). It learns from everybody how paces and chances of stopping are spread, and of each weighs what was seen of them. What they spend at a time is learned in the same way (Gamma–Gamma): with few purchases one stays near the mean of all. The model learns from everybody; the segment chooses who is told of.
worth-how-intervals = The interval of 95 % joins what is not known of the parameters (delta method) and what is left to chance with each (drawn). For one person 200 futures are drawn: 8 of 10 lie between the two numbers.
worth-how-parameters = Parameters, with time in days: r { $r }, α { $alpha }, a { $a }, b { $b }, from { $buyers } people, of whom { $repeating } bought again.
worth-how-amounts = Amounts: p { $p }, q { $q }, v { $v }.
worth-how-no-amounts = What people spend at a time is too little known, or lies too far apart (a coffee and a pallet of it), for a model: whoever came again is expected to spend what they spent so far at a time; whoever bought once, what lies in the middle of those who came again.
worth-how-correlated = Mind: those who buy often spend differently too (correlation { $correlation }), which the model passes over.
worth-how-source = BG/NBD: Fader, Hardie, Lee (2005). Gamma–Gamma: Fader, Hardie (2013). Under 500 people with a wide assumption to begin with, which keeps the parameters in bounds; from 500 on without.
