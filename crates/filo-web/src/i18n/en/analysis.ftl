## Analysis: the ways that lead to orders

place-analysis = Analysis
analysis-title = Ways to an order
analysis-lead = What customers touch before they buy, in which order, how long it takes them, and where it is decided: from the site to the counter, on one thread.
analysis-period = Period
analysis-last-days = { $count ->
    [365] Last year
   *[other] Last { $count } days
  }
analysis-which = Orders
analysis-which-all = All
analysis-which-first = Everyone’s first
analysis-which-next = Those after the first
analysis-of = Of whom
analysis-of-all = Everybody
analysis-show = Show
analysis-none = No ways yet
analysis-none-hint = Ways appear here as soon as somebody comes by or buys: it takes the events of the site, the shop or e-mail, and the orders.
analysis-summary = In short
analysis-orders = Orders
analysis-revenue = Revenue
analysis-people = People and visitors
analysis-rate = Ways that ended with an order
analysis-touches = Touchpoints before an order
analysis-touches-middle = { $middle } (half of the orders: { $low } to { $high })
analysis-days = Days from the first touchpoint to the order
analysis-days-middle = { $middle } (half of the orders: { $low } to { $high })
analysis-first-order = Of those who buy sooner or later, half take at most { $days } days from their first visit. Within 30 days { $share } of those who come buy (between { $low } and { $high }, of { $customers }); who has not bought yet counts for as long as we have seen them.
analysis-first-order-same-day = Of those who buy sooner or later, half do so on their first visit. Within 30 days { $share } of those who come buy (between { $low } and { $high }, of { $customers }); who has not bought yet counts for as long as we have seen them.
analysis-untouched = { $count ->
    [one] Of one order nobody knows what came before: a system told of it, and no touchpoint is known.
   *[other] Of { $number } orders nobody knows what came before: a system told of them, and no touchpoint is known.
  }
analysis-sequences = The most frequent sequences
analysis-sequences-hint = The same channel several times in a row counts once. Each number leads to who is behind it.
analysis-head-sequence = Sequence
analysis-head-orders = Orders
analysis-head-share = Share
analysis-head-open = Without an order
analysis-head-revenue = Revenue
analysis-no-touch = no touchpoint known
analysis-moments = Where it is decided
analysis-moments-hint = How much more often those buy who touch a channel than those who do not. It is an association, not a cause: whoever touches more has also come longer.
analysis-head-channel = Channel
analysis-head-ways = Ways
analysis-head-rate = Ended with an order
analysis-head-difference = Difference
analysis-points = { $points } points
analysis-points-between = between { $low } and { $high }
analysis-too-few-to-say = too few to say
analysis-credits = Who gets the credit
analysis-credits-hint = How many orders each method credits each channel with. It is bookkeeping: what would have happened without a channel only a holdout tells.
analysis-credits-too-few = It takes at least { $least } orders with known touchpoints: so far there are { $have }. With fewer, every method would give numbers at random. Choose a longer period.
analysis-credits-how = { $touches ->
    [one] The Markov chain looks at the last touchpoint;
   *[other] The Markov chain looks at the last { $touches } touchpoints;
  } in brackets where the credit lies 95 times of 100. Orders shared out: { $orders }. Revenue is shared out by the chain.
analysis-method-first = First touch
analysis-method-last = Last touch
analysis-method-linear = All alike
analysis-method-decay = More to the recent
analysis-method-position = First and last
analysis-method-markov = Markov chain
analysis-method-shapley = Shapley
analysis-others = small channels together
analysis-how = How this is counted
analysis-how-way = A touchpoint is a visit on a channel: signs of life less than half an hour apart are one. What a system reports without the customer being there is no touchpoint, nor is a message that was merely delivered. A way begins after the order before, at most 90 days back, and ends with the order; while there is none it stays open. Cancelled orders do not count, refunds are taken off the revenue; of an order in another currency the order counts, not its amount.
analysis-how-methods = First and last give everything to one touchpoint, “all alike” to all; “more to the recent” halves every seven days; “first and last” gives 40 % to each of the two. The Markov chain asks how many orders would be lost without the channel; Shapley what it adds to the others. Channels with fewer than 20 orders stand together.
analysis-how-source = Time to the first order: Kaplan and Meier (1958). Chain: Anderl and others (2016), intervals by 200 resamples. Differences: Newcombe’s interval of 95 %.
analysis-behind-order = { $count ->
    [one] One order at the end of this way
   *[other] { $number } orders at the end of this way
  }
analysis-behind-open = { $count ->
    [one] One person or visitor on this way, without an order so far
   *[other] { $number } people and visitors on this way, without an order so far
  }
analysis-behind-none = Nobody is on this way in this period.
analysis-behind-more = Here are the first { $most }.
analysis-just-came = has just come
analysis-csv = Download as CSV
analysis-figure-people = { $count ->
    [one] One person
   *[other] { $number } people
  }
analysis-figure-none = Nobody
analysis-figure-none-hint = Nobody is behind this number.
