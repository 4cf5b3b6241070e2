## L’elenco delle persone

people-count = { $count ->
    [0] Ancora nessuno
    [one] Una persona
   *[other] { $number } persone
  }
people-search = Cerca per nome, e-mail o telefono
people-search-do = Cerca
people-none = Ancora nessuna persona
people-none-hint = Le persone compaiono da sole appena arrivano i primi eventi: dal sito, dal server o da un file.
people-not-found = Nessuno per «{ $search }»
people-not-found-hint = Si cerca per l’inizio delle parole: nome, cognome, e-mail, cifre del telefono.
people-all = Tutte le persone
people-head-person = Persona
people-head-email = E-mail
people-head-phone = Telefono
people-head-orders = Ordini
people-head-spent = Speso
people-head-last-seen = Ultimo segno
