## Periods compared

compare-title = Periods compared
compare-lead = The figures of a period beside those before it, and whether the difference is more than chance explains.
compare-period-week = The last week that is over
compare-period-month = The last month that is over
compare-period-quarter = The last quarter that is over
compare-period-year = The last year that is over
compare-period-week-so-far = This week so far
compare-period-month-so-far = This month so far
compare-period-year-so-far = This year so far
compare-period-day = Yesterday
compare-period-between = The days written here
compare-from = From
compare-until = To
compare-against = Against
compare-against-before = The period right before it
compare-against-year-before = The same a year before
compare-days = { $now }, against { $before }
compare-head-figure = Figure
compare-head-difference = Difference
compare-head-change = Relative difference
compare-head-low = Lower end
compare-head-high = Upper end
compare-head-chance = Beyond chance?
compare-head-people = People
compare-head-people-before = People before
compare-head-days = Days
compare-points = { $points } points
compare-between = between { $low } and { $high }
compare-at-least = at least { $low }
compare-higher = More than chance explains ({ $ends })
compare-lower = Less than chance explains ({ $ends })
compare-within-chance = Can be chance ({ $ends })
compare-too-few = { $count ->
    [one] Too few to say: one person, it takes { $least }
   *[other] Too few to say: { $have } people, it takes { $least }
  }
compare-word-higher = more
compare-word-lower = less
compare-word-within-chance = can be chance
compare-word-too-few = too few to say
compare-good = Good
compare-bad = Look here
compare-course = Its course
compare-course-money = In whole { $currency }.
compare-causes = Where the difference comes from
compare-causes-none = No channel, system, kind of event or segment stands out from the others.
compare-causes-hint = It is bookkeeping, not proof of a cause. Segments overlap, so their parts do not add up.
compare-cause-channel = Channel { $name }: { $added }, { $share } % of the difference
compare-cause-source = System { $name }: { $added }, { $share } % of the difference
compare-cause-event = { $name }: { $added }, { $share } % of the difference
compare-cause-segment = Those in { $name }: { $added }, { $share } % of the difference
compare-how-chance = “Beyond chance” means that the interval of 95 % leaves out zero, if people act each for themselves. Who buys in both periods counts once, with their own difference. What moves everybody at once (the weather, a holiday) is no chance: write it down as an annotation. Below 10 people, or 30 where some count much more than others, nothing is said.
compare-how-length = Where the two periods are not equally long (February and March), the interval is of the figure per day. Days are those of the company’s clock: a day of 23 or of 25 hours is one day.
compare-how-many = With fourteen figures at once, now and then one seems to have changed that has not: about one in twenty of those that stood still.
compare-how-source = Counts: Przyborowski and Wilenski (1940), ends of Clopper and Pearson (1934). Sums and means: the variance of the Poisson bootstrap, Chamandy and others (2012). Shares: Newcombe (1998).
