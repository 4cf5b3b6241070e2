## What to know before saying hello

know-now-title = Worth knowing now
welcome-birthday-today = Today is their birthday.
welcome-birthday-soon = Their birthday is on { $day }.
welcome-long-away = { $months ->
    [one] Not seen for more than a month.
   *[other] Not seen for { $months } months.
  }
welcome-back-after = { $months ->
    [one] Bought again after more than a month.
   *[other] Bought again after { $months } months.
  }
welcome-round-order = Has just placed order number { $number }.
welcome-next-round-order = The next order will be number { $number }.
