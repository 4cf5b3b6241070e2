## La qualità dei dati

quality-title = Qualità dei dati
quality-lead = Quanto sono buoni i dati delle persone, che cosa conviene sistemare per prima cosa e che cosa porta.
quality-none = Ancora nessuna persona da guardare
quality-none-hint = Appena arrivano persone con un nome, un’e-mail o un telefono, qui si vede quanto sono buoni i loro dati.
quality-first-title = Da sistemare per prima cosa
quality-all-well = Non c’è niente da sistemare.
quality-gain-email = { $count ->
    [one] Una persona diventa raggiungibile per e-mail
   *[other] { $number } persone diventano raggiungibili per e-mail
  }
quality-gain-phone = { $count ->
    [one] Una persona diventa raggiungibile per telefono
   *[other] { $number } persone diventano raggiungibili per telefono
  }
quality-more = { $count ->
    [one] Un’altra cosa
   *[other] Altre { $count } cose
  }
quality-left-count = { $count ->
    [one] Un valore è stato lasciato com’è.
   *[other] { $number } valori sono stati lasciati come sono.
  }
quality-proposed = { $count ->
    [one] Per una persona c’è una proposta
   *[other] Per { $number } persone c’è una proposta
  }
quality-gained = { $count ->
    [one] una diventa raggiungibile
   *[other] { $number } diventano raggiungibili
  }
quality-open = Guarda
quality-people = { $count ->
    [0] Nessuna persona
    [one] Una persona
   *[other] { $number } persone
  }
quality-whole = In tutto
quality-completeness = Completezza
quality-completeness-hint = nome, e-mail, telefono, compleanno, indirizzo
quality-validity = Validità
quality-validity-hint = valori che si possono usare
quality-freshness = Freschezza
quality-freshness-hint = dopo due anni vale la metà
quality-uniqueness = Unicità
quality-uniqueness-hint = recapiti che nessun altro ha
quality-consistency = Coerenza
quality-consistency-hint = valori che vanno d’accordo
quality-course = Come è andata
quality-day = Giorno
quality-score-percent = In tutto, in percentuale
quality-by-field = Dato per dato
quality-by-field-head = Dato
quality-by-source = Sorgente per sorgente
quality-by-source-head = Sorgente
quality-head-people = Persone
quality-how = Le cifre si rifanno da sole mentre arrivano i dati. Un trattino vuol dire che non c’è ancora niente da misurare.
quality-source-staff = Inseriti da voi in Filo
quality-source-unknown = Sorgente { $number }
quality-severity-broken = Non si può usare
quality-severity-doubtful = Da controllare
quality-severity-untidy = Si può migliorare
quality-list-none = Qui non c’è più niente da sistemare
quality-head-raw = Com’è
quality-head-proposal = Come sarebbe
quality-head-act = Che cosa fare
quality-no-proposal = da chiedere
quality-missing = manca
quality-mend = Correggi
quality-mend-all = Correggi tutti
quality-leave = Lascia così
quality-mend-title = Correggere
quality-mend-many = { $count ->
    [0] Niente da correggere
    [one] Correggere i dati di una persona?
   *[other] Correggere i dati di { $number } persone?
  }
quality-mend-hint = Il valore di prima resta sul filo di ciascuna, e subito dopo si può ancora annullare.
quality-leave-many = { $count ->
    [0] Niente da lasciare
    [one] Lasciare così i dati di una persona?
   *[other] Lasciare così i dati di { $number } persone?
  }
quality-leave-hint = Questi valori non saranno più segnalati, finché restano come sono.
quality-nothing = Non hai scelto niente, o per ciò che hai scelto non c’è una proposta. Torna indietro e spunta le righe.
quality-first-ones = Si comincia dai primi { $most } valori; gli altri restano nell’elenco.
quality-preview-more = Qui i primi { $count }.
quality-mended = { $count ->
    [one] Corretti i dati di una persona.
   *[other] Corretti i dati di { $count } persone.
  }
quality-left = { $count ->
    [one] Un valore resta com’è.
   *[other] { $count } valori restano come sono.
  }
quality-to-mend = { $count ->
    [one] Una cosa da sistemare
   *[other] { $count } cose da sistemare
  }
quality-person-score = Qualità dei dati: { $score }
done-quality-undone = Tutto come prima.
done-quality-taken-up = I valori si guardano di nuovo.
done-quality-changed = Intanto i dati sono cambiati: non c’era più niente da correggere.

quality-field-name = Nome e cognome
quality-field-first-name = Nome
quality-field-last-name = Cognome
quality-field-email = E-mail
quality-field-phone = Telefono
quality-field-birthday = Compleanno
quality-field-gender = Sesso
quality-field-tax-code = Codice fiscale
quality-field-vat-number = Partita IVA
quality-field-language = Lingua
quality-field-address = Indirizzo
quality-field-city = Città
quality-field-postal-code = CAP
quality-field-state = Provincia

quality-reason-email-malformed = L’e-mail non è scritta giusta
quality-reason-email-domain-typo = Dominio dell’e-mail scritto male
quality-reason-email-ending-typo = L’e-mail finisce con qualcosa che non esiste
quality-reason-email-placeholder = E-mail inventata per riempire il modulo
quality-reason-email-disposable = E-mail usa e getta
quality-reason-email-role = E-mail di un ufficio, non di una persona
quality-reason-phone-malformed = Il telefono non è un numero
quality-reason-phone-short = Al telefono mancano cifre
quality-reason-phone-long = Il telefono ha cifre di troppo
quality-reason-phone-placeholder = Telefono inventato per riempire il modulo
quality-reason-phone-fixed = Telefono fisso: i messaggi non arrivano
quality-reason-name-placeholder = Nome inventato per riempire il modulo
quality-reason-name-not-a-name = Nel nome ci sono cifre o un’e-mail
quality-reason-name-swapped = Nome e cognome scambiati
quality-reason-name-company = Il nome è di un’azienda
quality-reason-name-title = Nel nome c’è un titolo
quality-reason-name-signs = Nel nome ci sono simboli
quality-reason-name-case = Maiuscole o spazi fuori posto nel nome
quality-reason-birthday-unreadable = Il compleanno non si legge
quality-reason-birthday-future = Il compleanno è nel futuro
quality-reason-birthday-absurd = Un’età che non esiste
quality-reason-birthday-placeholder = Compleanno messo da un programma
quality-reason-birthday-child = Ha meno di quattordici anni
quality-reason-birthday-tax-code = Il compleanno non torna con il codice fiscale
quality-reason-gender-tax-code = Il sesso non torna con il codice fiscale
quality-reason-tax-code-malformed = Codice fiscale sbagliato
quality-reason-tax-code-name = Il codice fiscale non torna con il nome
quality-reason-vat-malformed = Partita IVA sbagliata
quality-reason-language-unknown = Lingua sconosciuta
quality-reason-postal-malformed = Il CAP non è di cinque cifre, o non esiste
quality-reason-postal-short = Il CAP ha perso gli zeri iniziali
quality-reason-postal-generic = CAP generico, non più in uso
quality-reason-postal-province = CAP e provincia non vanno d’accordo
quality-reason-postal-city = CAP e città non vanno d’accordo
quality-reason-province-unknown = La provincia non è una sigla
quality-reason-province-missing = Manca la provincia, e il CAP la dice
quality-reason-city-province = Città e provincia non vanno d’accordo
