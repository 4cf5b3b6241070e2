## L’elenco delle persone

people-count = { $count ->
    [0] Ancora nessuno
    [one] Una persona
   *[other] { $number } persone
  }
people-found = { $count ->
    [0] Nessuna persona così
    [one] Una persona così
   *[other] { $number } persone così
  }
people-found-more = Più di { $number } persone così
people-search-short = Nome, e-mail o telefono
people-search = Cerca per nome, e-mail o telefono
people-search-do = Cerca
people-none = Ancora nessuna persona
people-none-hint = Le persone compaiono da sole appena arrivano i primi eventi: dal sito, dalla cassa o da un file.
people-none-do = Collega una sorgente
people-import = Importa un file
people-none-so = Nessuno corrisponde a questi filtri
people-not-found = Nessuno per «{ $search }»
people-not-found-hint = Si cerca per l’inizio delle parole: nome, cognome, e-mail, cifre del telefono.
people-all = Tutte le persone
people-first-page = Torna all’inizio
people-next = Altre persone
people-head-person = Persona
people-head-email = E-mail
people-head-phone = Telefono
people-head-channels = Canali
people-head-orders = Ordini
people-head-spent = Speso
people-head-since = Dal
people-head-last-seen = Ultimo segno

## Con molte persone insieme

bulk-pick = Scegli
bulk-pick-one = Scegli { $name }
bulk-picked = Con le persone scelte
bulk-all = Con tutte queste persone
bulk-note = Scrivi una nota
bulk-note-all = Scrivi una nota per tutte
bulk-note-title = { $count ->
    [one] Una nota per una persona
   *[other] La stessa nota per { $number } persone
  }
bulk-note-hint = Resta sul filo di ciascuna. Subito dopo si può ancora annullare.
bulk-noted = { $count ->
    [one] Nota scritta per una persona.
   *[other] Nota scritta per { $count } persone.
  }
bulk-nobody = Non hai scelto nessuno. Torna all’elenco e spunta le persone.
bulk-back = Torna all’elenco
bulk-too-many = Una nota va al massimo a { $most } persone: restringi con i filtri.
bulk-export = Esporta per Excel
bulk-export-title = { $count ->
    [one] Esporta una persona
   *[other] Esporta { $number } persone
  }
bulk-export-hint = Scarichi un file CSV che si apre con Excel o LibreOffice. Contiene dati personali: conservalo con cura. L’esportazione viene registrata a tuo nome.
bulk-export-do = Scarica il file
export-head-id = Codice
export-head-currency = Valuta
export-head-birthday = Compleanno
wrong-people = Scegli da una a mille persone.
people-exactly = Cerca il numero della carta, l’e-mail o il telefono per intero.
