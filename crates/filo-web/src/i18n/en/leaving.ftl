## Who is leaving

leaving-title = Who is leaving
leaving-lead = How many customers are lost, month by month, who is about to leave and why we say so, and how right we were before.
leaving-window = Whoever has not bought for
leaving-window-days = { $days } days is lost
leaving-none = Not yet
leaving-none-hint = To say how many customers are lost, enough people must have bought.
leaving-at-risk = At risk now
leaving-lost = Lost now
leaving-at-stake = At stake in a year, with those at risk
leaving-limits = By the rhythm of your customers: after { $late } of silence one is at risk, after { $gone } lost; whoever has a slower pace of their own has more time. These are the limits of the lifecycle.
leaving-no-rhythm = The rhythm of your customers has not been measured yet, or too few bought again: who is at risk cannot be told. The page says it:
leaving-months = Lost, month by month
leaving-months-hint = Of those who were customers at the start of a month, how many were none at its end: who had not bought for { $days } days, and who was silent for longer than the rhythm has it. Whole months, from midnight of the first day. Each number leads to the people.
leaving-months-none = No month.
leaving-months-last = { $month }: { $lost } customers lost of { $start }. All months are in the table.
leaving-rule-window = { $days } days without an order
leaving-rule-rhythm = By the rhythm
leaving-head-month = Month
leaving-head-start = At the start
leaving-head-lost = Lost
leaving-head-churn = Share
leaving-risks = Who is about to leave
leaving-risks-hint = The people at risk now with whom most is at stake: what they would bring in a year if they went on.
leaving-stake = { $amount } a year at stake
leaving-silent = Silent for { $silence }.
leaving-silent-usually = Silent for { $silence }; usually buys again after { $usual }. Late from { $late } on, lost from { $gone }.
leaving-still = Still buys from you with a chance of { $chance }.
leaving-chance = Will buy within 90 days with a chance of { $chance }.
leaving-bought = { $count ->
    [one] One order so far, for { $amount }.
   *[other] { $number } orders so far, for { $amount }.
  }
leaving-check = How right it is: { $days } days ago and today
leaving-check-hint = The model learned again only from what had happened by then, against what happened since, of everybody. Bands have equally many people, from the least likely on. Where predicted and bought are alike, chances can be relied on.
leaving-check-none = { $days } days ago there was too little to try it.
leaving-check-told = Since { $when }: { $expected } purchases expected, { $came } came. Brier score { $brier }; who had told everybody the same share would have { $share } (less is better, 0 is perfect).
leaving-head-band = Band
leaving-head-people = People
leaving-head-predicted = Predicted
leaving-head-bought = Bought
leaving-head-observed = Share that bought
leaving-band = { $band } of { $all }
leaving-behind-start = Customers at the start of { $month }: { $rule }
leaving-behind-lost = Lost in { $month }: { $rule }
leaving-behind-band = Tried on the past, band { $band }
leaving-behind-bought = Tried on the past, band { $band }: who bought
leaving-behind-not-bought = Tried on the past, band { $band }: who did not buy
leaving-how-window = By the window whoever ordered in the chosen last days is a customer; a day is 24 hours. The share lost is the number of those lost divided by the customers at the start, with its interval of 95 % (Wilson). Who comes in a month does not count in it. Cancelled orders do not count, in past months neither.
leaving-how-rhythm = By the rhythm whoever is silent for longer than 19 of 20 of those who buy again take is lost, as in the lifecycle; the limits are those measured last, for all months. Lost is not for ever: whoever buys again is a customer again.
leaving-how-stake = At stake is what somebody would bring in 365 days if it were certain that they go on: expected purchases times expected amount. The chance of buying within 90 days is told of everybody; that of still being a customer only of those who bought more than once.
leaving-how-source = Limits: Kaplan and Meier; chances: BG/NBD, Fader, Hardie, Lee (2005); trial: Brier (1950).
