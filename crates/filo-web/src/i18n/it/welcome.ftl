## Che cosa sapere prima di salutare

know-now-title = Da sapere adesso
welcome-birthday-today = Oggi è il suo compleanno.
welcome-birthday-soon = Compie gli anni il { $day }.
welcome-long-away = { $months ->
    [one] Non si vede da più di un mese.
   *[other] Non si vede da { $months } mesi.
  }
welcome-back-after = { $months ->
    [one] Compra di nuovo, dopo più di un mese.
   *[other] Compra di nuovo, dopo { $months } mesi.
  }
welcome-round-order = Ha appena fatto il suo { $number }º ordine.
welcome-next-round-order = Il prossimo ordine sarà il { $number }º.
