## Who buys: scores, groups, lifecycle

buyer-title = Who buys
buyer-lead = How recently, how often and for how much each one buys, beside everybody else who buys from you.
buyer-measured = { $count ->
    [one] Measured on { $when }: one of { $customers } people has bought.
   *[other] Measured on { $when }: { $number } of { $customers } people have bought.
  }
buyer-next = Measured again by itself on { $when }.
buyer-measure = Measure now
done-buyer-measured = Measured again.
buyer-none = Not yet
buyer-none-hint = A score says where somebody stands among all who buy: with fewer than { $least } it would be chance.
buyer-missing = { $count ->
    [one] One more person has to buy.
   *[other] { $number } more people have to buy.
  }
buyer-enough = There are enough now: they can be measured.
buyer-days = { $count ->
    [one] one day
   *[other] { $number } days
  }
buyer-groups = Groups
buyer-groups-hint = By the scores R (how recently) and F (how often). Each number leads to those behind it; who is there now may have changed since it was measured.
buyer-head-group = Group
buyer-head-people = People
buyer-head-share = Share
buyer-head-revenue = Revenue
buyer-head-revenue-share = Share of revenue
buyer-head-average = Per order
buyer-head-before = 30 days before
buyer-head-stage = Stage
buyer-segment = Make a segment of it
buyer-segment-of = Make a segment of it: { $name }
buyer-group-champions = Champions
buyer-group-loyal = Loyal
buyer-group-potential-loyal = Potential loyalists
buyer-group-recent = Recent
buyer-group-promising = Promising
buyer-group-need-attention = Need attention
buyer-group-about-to-sleep = About to sleep
buyer-group-cannot-lose = Cannot lose them
buyer-group-at-risk = At risk
buyer-group-hibernating = Hibernating
buyer-group-champions-means = Buy often, and did so just now.
buyer-group-loyal-means = Buy often, and not long ago.
buyer-group-potential-loyal-means = Bought of late, and not for the first time.
buyer-group-recent-means = Bought just now, but little so far.
buyer-group-promising-means = Bought of late, but little so far.
buyer-group-need-attention-means = In the middle of everything: they can go either way.
buyer-group-about-to-sleep-means = Bought a few times, and not for a while.
buyer-group-cannot-lose-means = Bought very often, and not for a long time.
buyer-group-at-risk-means = Bought often, and not for a long time.
buyer-group-hibernating-means = Bought a few times, a long time ago.
buyer-grid = How recently and how often
buyer-grid-hint = How many people have each pair of scores. The stronger the colour, the more they are.
buyer-grid-corner = R (recent) and F (times)
buyer-grid-cell = R { $recency }, F { $frequency }: { $name }
buyer-nobody = nobody
buyer-recency-best = { $count ->
    [0] today
    [one] at most one day ago
   *[other] at most { $number } days ago
  }
buyer-recency-worst = longer ago
buyer-orders-least = { $count ->
    [one] one order or more
   *[other] { $number } orders or more
  }
buyer-orders-fewest = fewer orders
buyer-ladder = Too many buy only a few times here for fifths to say anything: F goes by fixed steps, 2, 3, 5 and 10 orders.
buyer-money = The score M says for how much: { $list }. Whoever is below has 1.
buyer-money-part = { $score } from { $amount }
buyer-lifecycle = Lifecycle
buyer-limits = { $count ->
    [one] Of those who buy again half do so within { $usual }, four of five within { $late }, nineteen of twenty within { $gone }. Measured on one gap between two orders; of a hundred, { $never } never end.
   *[other] Of those who buy again half do so within { $usual }, four of five within { $late }, nineteen of twenty within { $gone }. Measured on { $number } gaps between two orders; of a hundred, { $never } never end.
  }
buyer-limits-own = Whoever buys more seldom of their own accord has more time: at risk after twice their usual gap, lost when nine of ten of their gaps would have ended.
buyer-lifecycle-none = Not yet: to say after how long somebody is late, enough people must have come again.
buyer-lack-buyers = { $count ->
    [one] One person has bought: it takes { $least }.
   *[other] { $have } people have bought: it takes { $least }.
  }
buyer-lack-repeating = { $count ->
    [one] One person has bought again: it takes { $least }.
   *[other] { $have } people have bought again: it takes { $least }.
  }
buyer-lack-days = { $count ->
    [one] The first order was one day ago: it takes { $least } days.
   *[other] The first order was { $have } days ago: it takes { $least } days.
  }
buyer-stage-new = New
buyer-stage-active = Active
buyer-stage-returned = Returned
buyer-stage-at-risk = At risk
buyer-stage-lost = Lost
buyer-stage-never-bought = Never bought
buyer-stage-new-means = Bought once, less than { $late } or twice their usual gap ago.
buyer-stage-active-means = Bought more than once, the last time less than { $late } or twice their usual gap ago.
buyer-stage-returned-means = Were lost and bought again, less than { $late } or twice their usual gap ago.
buyer-stage-at-risk-means = Have not bought for { $late } or more, nor for twice their usual gap: four of five of those who come again would have done so.
buyer-stage-lost-means = Have not bought for { $gone } or more: nineteen of twenty of those who come again would have done so.
buyer-stage-never-bought-means = Are known, but have bought nothing yet.
buyer-moves = Who moved
buyer-moves-hint = Where those come from who are in each group now: a row is the group of then, a column that of now. Then is measured with the orders that are known of today.
buyer-moves-days = Compared with
buyer-moves-30 = 30 days before
buyer-moves-90 = 90 days before
buyer-moves-365 = a year before
buyer-moves-from-none = Had not bought
buyer-moves-corner = From, to
buyer-moves-none = Those who had bought by then were still too few.
buyer-how = How it is measured
buyer-how-scores = R, F and M are fifths of those who buy: whoever has 5 is in the best fifth. R counts whole days since the last order, F orders, M what they brought less what went back, in the company’s currency. Equal values have equal scores.
buyer-how-time = The cuts are made anew every night. In between somebody’s scores change with their orders, and R falls by itself at the instant at which the day has passed.
buyer-how-source = Fifths after Hughes, “Strategic Database Marketing” (1994); names of groups after Putler; limits of the lifecycle by the estimator of Kaplan and Meier.
buyer-of-person = How they buy
buyer-logic = Among all customers who have bought, each score goes from 1 (the last fifth) to 5 (the first): R looks at the days since the last order, F at the number of orders, M at what they brought. The stage compares the days since the last order with the rhythm of those who buy again. They are automatic reckonings.
buyer-scores = R { $recency } · F { $frequency } · M { $monetary }
buyer-in-group = Is in the group “{ $name }”.
buyer-why = { $count ->
    [one] One order for { $amount }, the last one { $ago }.
   *[other] { $number } orders for { $amount }, the last one { $ago }.
  }
buyer-ago = { $count ->
    [0] today
    [one] yesterday
   *[other] { $number } days ago
  }
buyer-scores-none = Scores: not yet, too few people buy.
buyer-stage-none = Stage: not yet, too few have come again.
buyer-is-new = Is new: bought once, less than { $late } ago.
buyer-is-active = Is active: still buys, the last time less than { $late } ago.
buyer-is-returned = Has returned: was lost, and bought again.
buyer-is-at-risk = Is at risk: has not bought for { $late } or more.
buyer-is-lost = Is lost: has not bought for { $gone } or more.
buyer-changes-late = Without another order at risk from { $when }.
buyer-changes-lost = Without another order lost from { $when }.
