calendar-title = Calendar
calendar-next = The next dates
calendar-no-next = There are no more dates.
calendar-past = Past dates
calendar-no-past = None yet.
calendar-outcome-entering = Who is in the segment is coming in: { $number } so far
calendar-outcome-entered = { $count ->
    [one] { $number } person came in
   *[other] { $number } people came in
}
calendar-outcome-cut = Interrupted for too long: { $count ->
    [one] { $number } person came in
   *[other] { $number } people came in
}
calendar-outcome-late = Left out: too much time had passed
calendar-outcome-overtaken = Left out: the next date had come already
calendar-unread = By a rule that cannot be read ({ $rule })
calendar-daily = { $count ->
    [1] Every day
   *[other] Every { $count } days
}
calendar-weekly = { $count ->
    [1] Every week
   *[other] Every { $count } weeks
}
calendar-monthly = { $count ->
    [1] Every month
   *[other] Every { $count } months
}
calendar-yearly = { $count ->
    [1] Every year
   *[other] Every { $count } years
}
calendar-days = on { $all }
calendar-dates = on { $all }
calendar-year-days = on these days of the year: { $all }
calendar-weeks = in these weeks of the year: { $all }
calendar-months = in { $all }
calendar-places = and of these only: { $all }
calendar-nth-day = the { $nth } { $day }
calendar-date = day { $number }
calendar-date-last = the { $nth } day of the month
calendar-nth = { $number ->
    [1] first
    [2] second
    [3] third
    [4] fourth
    [5] fifth
   *[other] no. { $number }
}
calendar-nth-last = { $number ->
    [1] last
    [2] last but one
    [3] last but two
   *[other] no. { $number } from the end,
}
calendar-at = at { $time }
calendar-from = from { $day } on
calendar-count = { $count ->
    [one] once only
   *[other] { $count } times
}
calendar-until = until { $day }
calendar-fields = By the calendar: when
calendar-field-often = How often
calendar-field-often-hint = Counts only if the calendar brings them in. Every year means the day of the first date.
calendar-often-day = Every day
calendar-often-week = Every week, on the days you choose
calendar-often-month-weekday = Every month, such as on the first Monday
calendar-often-month-day = Every month, on day number …
calendar-often-year = Every year
calendar-often-rule = By a rule of my own
calendar-field-every = One in how many
calendar-field-every-hint = 2 means every other day, week, month or year. Empty means each of them.
calendar-field-days = Days of the week
calendar-field-nth = Which of the month
calendar-choose-1 = The first
calendar-choose-2 = The second
calendar-choose-3 = The third
calendar-choose-4 = The fourth
calendar-choose--1 = The last
calendar-field-weekday = Which day
calendar-field-day = Day of the month
calendar-field-day-hint = From 1 to 31, or -1 for the last. A month without that day is left out.
calendar-field-from = From the day
calendar-field-from-hint = Counted from here; it is a date only if the rule says so.
calendar-field-at = At what time
calendar-field-at-hint = Such as 09:00, on the company’s clock.
calendar-field-rule = A rule of my own
calendar-field-rule-hint = As RFC 5545 writes it, such as FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 for the last working day of the month.
calendar-wrong-from = Choose the first day.
calendar-wrong-days = Choose on which days.
calendar-wrong-rule = This rule will not do: { $why }
journey-when-schedule = { $when }: who is in the segment “{ $segment }”
journey-trigger-schedule = By the calendar, who is in a segment
journey-start-schedule = On the next date whoever is in the segment then comes in. Until then nobody does.
