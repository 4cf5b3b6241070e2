## What to know before saying hello

welcome-title = Worth knowing now
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
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
