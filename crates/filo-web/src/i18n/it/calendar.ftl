calendar-title = Calendario
calendar-next = Le prossime date
calendar-no-next = Non ci sono altre date.
calendar-past = Le date passate
calendar-no-past = Ancora nessuna.
calendar-outcome-entering = Sta entrando chi è nel segmento: { $number } finora
calendar-outcome-entered = { $count ->
    [one] È entrata { $number } persona
   *[other] Sono entrate { $number } persone
}
calendar-outcome-cut = Interrotta per troppo tempo: { $count ->
    [one] è entrata { $number } persona
   *[other] sono entrate { $number } persone
}
calendar-outcome-late = Saltata: era passato troppo tempo
calendar-outcome-overtaken = Saltata: era già arrivata la data dopo
calendar-unread = Secondo una regola che non si può leggere ({ $rule })
calendar-daily = { $count ->
    [1] Ogni giorno
   *[other] Ogni { $count } giorni
}
calendar-weekly = { $count ->
    [1] Ogni settimana
   *[other] Ogni { $count } settimane
}
calendar-monthly = { $count ->
    [1] Ogni mese
   *[other] Ogni { $count } mesi
}
calendar-yearly = { $count ->
    [1] Ogni anno
   *[other] Ogni { $count } anni
}
calendar-days = { $all }
calendar-dates = { $all }
calendar-year-days = nei giorni dell’anno: { $all }
calendar-weeks = nelle settimane dell’anno: { $all }
calendar-months = nei mesi: { $all }
calendar-places = e di questi solo: { $all }
calendar-nth-day = { $nth } { $day }
calendar-date = il giorno { $number }
calendar-date-last = { $nth } giorno del mese
calendar-nth = { $number ->
    [1] il primo
    [2] il secondo
    [3] il terzo
    [4] il quarto
    [5] il quinto
   *[other] il n. { $number }
}
calendar-nth-last = { $number ->
    [1] l’ultimo
    [2] il penultimo
    [3] il terzultimo
   *[other] il n. { $number } dalla fine,
}
calendar-at = alle { $time }
calendar-from = dal { $day }
calendar-count = { $count ->
    [one] una volta sola
   *[other] per { $count } volte
}
calendar-until = fino al { $day }
calendar-fields = A calendario: quando
calendar-field-often = Ogni quanto
calendar-field-often-hint = Vale solo se fa entrare il calendario. Ogni anno vuol dire il giorno della prima data.
calendar-often-day = Ogni giorno
calendar-often-week = Ogni settimana, nei giorni scelti
calendar-often-month-weekday = Ogni mese, per esempio il primo lunedì
calendar-often-month-day = Ogni mese, il giorno numero …
calendar-often-year = Ogni anno
calendar-often-rule = Con una regola mia
calendar-field-every = Uno ogni quanti
calendar-field-every-hint = 2 vuol dire un giorno, una settimana, un mese o un anno sì e uno no. Vuoto vuol dire sempre.
calendar-field-days = Giorni della settimana
calendar-field-nth = Quale del mese
calendar-choose-1 = Il primo
calendar-choose-2 = Il secondo
calendar-choose-3 = Il terzo
calendar-choose-4 = Il quarto
calendar-choose--1 = L’ultimo
calendar-field-weekday = Che giorno
calendar-field-day = Giorno del mese
calendar-field-day-hint = Da 1 a 31, oppure -1 per l’ultimo. Un mese che non ha quel giorno si salta.
calendar-field-from = Dal giorno
calendar-field-from-hint = Si conta da qui; conta come data solo se la regola lo dice.
calendar-field-at = A che ora
calendar-field-at-hint = Per esempio 09:00, sull’orologio dell’azienda.
calendar-field-rule = Regola mia
calendar-field-rule-hint = Come la scrive RFC 5545, per esempio FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 per l’ultimo giorno lavorativo del mese.
calendar-wrong-from = Scegli il primo giorno.
calendar-wrong-days = Scegli in quali giorni.
calendar-wrong-rule = Questa regola non va: { $why }
journey-when-schedule = { $when }: chi è nel segmento «{ $segment }»
journey-trigger-schedule = A calendario, chi è in un segmento
journey-start-schedule = Alla prossima data entra chi in quel momento è nel segmento. Fino ad allora non entra nessuno.
