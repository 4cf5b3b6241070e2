## Che cosa può chiedere una persona

settings-erasures = Persone cancellate
settings-erasures-lead = Chi ha chiesto di essere dimenticato: quando, che cosa è sparito e che cosa resta.
person-privacy = I suoi dati
person-privacy-lead = Consegnarle tutto ciò che c’è, o cancellarlo.
privacy-title = I dati di questa persona
privacy-lead = Chiunque può chiedere che cosa sai di lui, averne una copia e farsi cancellare. Hai un mese di tempo per rispondere: scrivi la richiesta qui sotto e Filo conta i giorni. Prima accertati che sia davvero lui a chiederlo.
privacy-copy-title = Una copia di tutto
privacy-copy-lead = Chi è, che cosa ha fatto, che cosa ha permesso, da dove viene ogni dato, a quali altri programmi lo racconti e perché questi recapiti sono la stessa persona. Resta scritto nel registro che l’hai presa.
privacy-copy-page = Apri la pagina da stampare
privacy-copy-file = Scarica il file (JSON)
erasure-title = Cancellare tutto
erasure-lead = Filo dimentica questa persona come se non fosse mai arrivata: negli elenchi, nella sua storia, nell’archivio, nella quarantena, negli avvisi.
erasure-goes = Che cosa sparisce
erasure-goes-events = { $count ->
    [one] Un evento
   *[other] { $count } eventi
}
erasure-goes-identifiers = { $count ->
    [one] Un recapito o codice
   *[other] { $count } recapiti e codici
}
erasure-goes-beside = { $count ->
    [one] Una cosa fuori dalla storia: in quarantena, tra gli avvisi, nelle viste salvate
   *[other] { $count } cose fuori dalla storia: in quarantena, tra gli avvisi, nelle viste salvate
}
erasure-stays = Che cosa resta
erasure-stays-hashes = { $count ->
    [one] Un’impronta cifrata, da cui non si risale alla persona: serve a non farla tornare con dati vecchi
   *[other] { $count } impronte cifrate, da cui non si risale alla persona: servono a non farla tornare con dati vecchi
}
erasure-backups-none = Nessuna copia di sicurezza
erasure-backups-until = { $count ->
    [one] Una copia di sicurezza, che sparisce da sola entro il { $date }; se la ripristini, la cancellazione si ripete prima che Filo risponda
   *[other] { $count } copie di sicurezza, che spariscono da sole entro il { $date }; se ne ripristini una, la cancellazione si ripete prima che Filo risponda
}
erasure-backups-kept = { $count ->
    [one] Una copia di sicurezza, finché non la cancelli tu; se la ripristini, la cancellazione si ripete prima che Filo risponda
   *[other] { $count } copie di sicurezza, finché non le cancelli tu; se ne ripristini una, la cancellazione si ripete prima che Filo risponda
}
erasure-will-tell = { $count ->
    [one] Un altro programma sarà avvisato che deve cancellare anche lui
   *[other] { $count } altri programmi saranno avvisati che devono cancellare anche loro
}
erasure-for-good = Non si torna indietro. Se la persona comprerà o scriverà di nuovo, per Filo sarà nuova.
erasure-ground = Perché
erasure-ground-request = Lo ha chiesto
erasure-ground-objection = Ha ritirato il consenso o si è opposta
erasure-ground-not-needed = I suoi dati non servono più
erasure-ground-unlawful = Non dovevano esserci
erasure-sure = So che non si può annullare
erasure-not-sure = Per cancellare, scegli il perché e spunta la casella.
erasure-do = Cancella per sempre
erasures-lead = Di queste persone qui non c’è più nulla: né nome né recapiti. Ogni riga è la ricevuta di una cancellazione.
erasures-none = Nessuno è stato cancellato
erasures-none-hint = Si comincia dalla pagina di una persona, in fondo: «I suoi dati».
erasures-turned-away = { $count ->
    [0] Da quando Filo è acceso non è arrivato nulla di vecchio su persone cancellate.
    [one] Da quando Filo è acceso è arrivato un evento vecchio su una persona cancellata, e non è stato preso.
   *[other] Da quando Filo è acceso sono arrivati { $count } eventi vecchi su persone cancellate, e non sono stati presi.
}
erasure-ended = fatta
erasure-not-ended = da finire
erasure-not-ended-hint = La cancellazione è cominciata e non è finita, per esempio perché era in corso una copia di sicurezza. Intanto nulla di vecchio torna dentro. Filo la finisce comunque al prossimo avvio.
erasure-end = Finisci adesso
erasure-by-filo = Ripetuta da Filo dopo un ripristino
erasure-receipt = Ricevuta di cancellazione
erasure-receipt-lead = Da consegnare a chi l’ha chiesta, o da tenere come prova.
erasure-at = Chiesta
erasure-actor = Da chi
erasure-number = Numero
erasure-ended-at = Finita
erasure-went = Che cosa è sparito
erasure-left = Che cosa resta
erasure-mended = { $count ->
    [one] Un evento di altri, da cui il suo recapito è stato tolto
   *[other] { $count } eventi di altri, da cui i suoi recapiti sono stati tolti
}
erasure-place-quarantine = In quarantena
erasure-place-deliveries = Avvisi ad altri programmi
erasure-place-answers = Risposte tenute per richieste ripetute
erasure-place-acts = Azioni su molte persone e viste salvate
erasure-place-imports = File importati
erasure-place-incidents = Cose da guardare
erasure-told = { $count ->
    [one] Un altro programma è stato avvisato
   *[other] { $count } altri programmi sono stati avvisati
}
erasure-print = Per averla su carta, stampa questa pagina.
done-erased = Cancellata. Questa è la ricevuta.
dossier-title = Tutto ciò che c’è su { $name }
dossier-lead = Preparato il { $date }.
dossier-identifiers = Recapiti e codici
dossier-known = Che cosa si sa
dossier-known-hint = Per ogni dato, quando è stato detto: tra due diversi vale quello di chi è più affidabile, poi il più recente.
dossier-notes = Note
dossier-consents = Che cosa ha permesso e quando
dossier-consents-none = Nulla.
dossier-sources = Da dove vengono i dati
dossier-source-staff = Scritti a mano in Filo
dossier-recipients = A chi vengono raccontati
dossier-recipients-none = A nessun altro programma.
dossier-logic = Come si arriva a ciò che si vede
dossier-logic-links = { $count ->
    [0] C’è un solo recapito: nulla da unire.
    [one] Un legame tra due recapiti, visti insieme nello stesso evento o uniti da una persona, dice che sono la stessa persona.
   *[other] { $count } legami tra recapiti, visti insieme nello stesso evento o uniti da una persona, dicono che sono la stessa persona.
}
dossier-logic-values = Nome, compleanno e gli altri dati sono quelli detti per ultimi dalla fonte più affidabile: prima chi lavora qui, poi i sistemi dell’azienda, poi il sito.
dossier-logic-figures = Spesa, ritmo degli acquisti e le frasi in cima alla pagina sono contati dagli ordini qui sotto. Nessuna decisione è presa in modo automatico.
dossier-computed = Quello che risulta dai conti
dossier-computed-counting = si sta contando
dossier-events = La storia, evento per evento
dossier-cut = Gli eventi sono più di quanti ne stia in una pagina: i più vecchi si leggono dall’API.
privacy-copy-csv = Scarica la tabella (CSV)
erasure-place-requests = Richieste sui propri dati
erasure-place-messages = Messaggi in cui compare
erasure-place-message-copies = Testi partiti in cui compare
erasure-place-journeys = Percorsi
erasure-place-tasks = Cose da fare
