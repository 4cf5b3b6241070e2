## Analysis: the ways that lead to orders

place-analysis = Analysis
ways-title = Ways to an order
ways-lead = What customers touch before they buy, in which order, how long it takes them, and where it is decided: from the site to the counter, on one thread.
ways-period = Period
ways-last-days = { $count ->
    [365] Last year
   *[other] Last { $count } days
  }
ways-which = Orders
ways-which-all = All
ways-which-first = Everyone’s first
ways-which-next = Those after the first
ways-of = Of whom
ways-of-all = Everybody
ways-show = Show
ways-none = No ways yet
ways-none-hint = Ways appear here as soon as somebody comes by or buys: it takes the events of the site, the shop or e-mail, and the orders.
ways-summary = In short
ways-orders = Orders
ways-revenue = Revenue
ways-people = People and visitors
ways-rate = Ways that ended with an order
ways-touches = Touchpoints before an order
ways-touches-middle = { $middle } (half of the orders: { $low } to { $high })
ways-days = Days from the first touchpoint to the order
ways-days-middle = { $middle } (half of the orders: { $low } to { $high })
ways-first-order = Of those who buy sooner or later, half take at most { $days } days from their first visit. Within 30 days { $share } of those who come buy (between { $low } and { $high }, of { $customers }); who has not bought yet counts for as long as we have seen them.
ways-untouched = { $count ->
    [one] Of one order nobody knows what came before: a system told of it, and no touchpoint is known.
   *[other] Of { $number } orders nobody knows what came before: a system told of them, and no touchpoint is known.
  }
ways-sequences = The most frequent sequences
ways-sequences-hint = The same channel several times in a row counts once. Each number leads to who is behind it.
ways-head-sequence = Sequence
ways-head-orders = Orders
ways-head-share = Share
ways-head-open = Without an order
ways-head-revenue = Revenue
ways-no-touch = no touchpoint known
ways-moments = Where it is decided
ways-moments-hint = How much more often those buy who touch a channel than those who do not. It is an association, not a cause: whoever touches more has also come longer.
ways-head-channel = Channel
ways-head-ways = Ways
ways-head-rate = Ended with an order
ways-head-difference = Difference
ways-points = { $points } points
ways-difference-told = { $channel }: { $points } percentage points, between { $low } and { $high }
ways-too-few-to-say = too few to say
ways-credits = Who gets the credit
ways-credits-hint = How many orders each method credits each channel with. It is bookkeeping: what would have happened without a channel only a holdout tells.
ways-credits-too-few = It takes at least { $least } orders with known touchpoints: so far there are { $have }. With fewer, every method would give numbers at random. Choose a longer period.
ways-credits-how = { $touches ->
    [one] The Markov chain looks at the last touchpoint;
   *[other] The Markov chain looks at the last { $touches } touchpoints;
  } in brackets where the credit lies 95 times of 100. Orders shared out: { $orders }. Revenue is shared out by the chain.
ways-method-first = First touch
ways-method-last = Last touch
ways-method-linear = All alike
ways-method-decay = More to the recent
ways-method-position = First and last
ways-method-markov = Markov chain
ways-method-shapley = Shapley
ways-others = small channels together
ways-how = How this is counted
ways-how-way = A touchpoint is a visit on a channel: signs of life less than half an hour apart are one. What a system reports without the customer being there is no touchpoint, nor is a message that was merely delivered. A way begins after the order before, at most 90 days back, and ends with the order; while there is none it stays open. Cancelled orders do not count, refunds are taken off the revenue; of an order in another currency the order counts, not its amount.
ways-how-methods = First and last give everything to one touchpoint, “all alike” to all; “more to the recent” halves every seven days; “first and last” gives 40 % to each of the two. The Markov chain asks how many orders would be lost without the channel; Shapley what it adds to the others. Channels with fewer than 20 orders stand together.
ways-how-source = Time to the first order: Kaplan and Meier (1958). Chain: Anderl and others (2016), intervals by 200 resamples. Differences: Newcombe’s interval of 95 %.
ways-behind-order = { $count ->
    [one] One order at the end of this way
   *[other] { $number } orders at the end of this way
  }
ways-behind-open = { $count ->
    [one] One person or visitor on this way, without an order so far
   *[other] { $number } people and visitors on this way, without an order so far
  }
ways-behind-none = Nobody is on this way in this period.
ways-behind-more = Here are the first { $most }.
ways-just-came = has just come
