## Quarantena

quarantine-lead = Ciò che è arrivato ma non si poteva capire. Niente va perso: si ripara o si scarta.
quarantine-none = La quarantena è vuota
quarantine-none-hint = Tutto ciò che è arrivato è stato capito.
quarantine-all = Mostra anche i chiusi
quarantine-open = Aperto
quarantine-repaired = Riparato
quarantine-discarded = Scartato
quarantine-only-open = Solo gli aperti
quarantine-reason = Motivo
quarantine-field = Campo
quarantine-status = Stato
quarantine-received = Arrivato
quarantine-source = Sorgente
quarantine-closed = Chiuso
quarantine-actor = Da
quarantine-body = Il testo arrivato
quarantine-body-hint = Correggilo come avrebbe dovuto essere inviato; sarà accolto con la data in cui era arrivato.
quarantine-no-source = Non si sa chi l’abbia inviato: si può solo scartare.
quarantine-repair = Ripara e accogli
quarantine-discard = Scarta
defect-broken-json = Il testo non è JSON
defect-not-an-object = Doveva essere un oggetto
defect-wrong-type = Un campo ha un valore di tipo sbagliato
defect-repeated-field = Un campo compare due volte
defect-missing-type = Manca «type»
defect-unknown-type = «type» sconosciuto
defect-no-user-anon-id = Non dice di chi è: manca userId o anonymousId
defect-missing-event = Manca il nome dell’evento
defect-missing-group-id = Manca groupId
defect-missing-previous-id = Manca previousId
defect-missing-attribute = Manca un attributo di CloudEvents
defect-bad-timestamp = La data non si legge
defect-event-too-large = Evento più grande di 32 kB
defect-too-many-events = Troppi eventi in una richiesta
defect-too-many-properties = Più di 300 proprietà
defect-too-deep = Oggetti annidati troppo in profondità
defect-message-id-too-long = messageId più lungo di 100 caratteri
defect-name-too-long = Nome più lungo di 200 caratteri
defect-group-id-too-long = groupId più lungo di 500 caratteri
quarantine-one-by-one = Uno per uno
quarantine-newest = l’ultimo: { $when }
quarantine-unknown-source = mittente sconosciuto
quarantine-very-much = Sono moltissimi: qui si contano i { $count } più recenti.
quarantine-detail = Per chi cura il sistema
kin-open = Guarda e ripara
kin-count = { $count ->
    [one] Uno solo in attesa
   *[other] { $count } in attesa
  }
kin-none = Di questo tipo non c’è più niente
kin-mend-title = Come li ripariamo?
kin-try = Prova sui primi tre
kin-preview-title = Ecco come diventerebbero
kin-before = Com’è arrivato
kin-after = Come diventa
kin-right = ora va bene
kin-still-wrong = non basta
kin-no-use = Così non se ne ripara nessuno: prova un altro modo.
kin-repair = { $count ->
    [one] Ripara e accogli
   *[other] Ripara e accogli tutti ({ $count })
  }
kin-repaired = { $count ->
    [one] Uno riparato e accolto.
   *[other] { $count } riparati e accolti.
  }
kin-left = { $count ->
    [one] Uno non si ripara così e resta qui.
   *[other] { $count } non si riparano così e restano qui.
  }
kin-more = Ce ne sono altri: premi di nuovo per continuare.
kin-discard-title = Non servono?
kin-discard-hint = Si scartano tutti quelli di questo tipo. Puoi ripensarci subito dopo.
kin-discard = Scarta tutti
mend-as-it-is = Riprova così com’è
mend-as-it-is-hint = Utile se nel frattempo è cambiato qualcosa.
mend-event-name = Dai il nome all’evento
mend-event-name-hint = A quelli senza nome; gli altri restano come sono.
mend-event-name-value = Nome dell’evento
mend-type = Scegli che cos’è
mend-type-hint = Per quelli che non lo dicono, o lo dicono con una parola sconosciuta.
mend-type-value = Tipo
mend-day-first = Leggi le date all’italiana
mend-day-first-hint = 31/12/2026 14:05, ora italiana.
mend-undated = Usa l’ora di arrivo
mend-undated-hint = La data che non si legge viene tolta.
mend-who-from = Prendi da un campo di chi è
mend-who-from-hint = Se il codice cliente è arrivato in un altro campo.
mend-who-from-value = Nome del campo, per esempio codice_cliente
mend-shorten = Accorcia
mend-shorten-hint = Il nome troppo lungo viene tagliato, l’identificativo del messaggio tolto.
mend-wrong-value = Scrivi qualcosa, al massimo 200 lettere.
mend-wrong-type = Scegli un tipo dell’elenco.
mend-unknown = Questo modo di riparare non c’è.
type-track = un’azione
type-identify = dati di una persona
type-page = una pagina vista
type-screen = una schermata vista
type-group = un’azienda
type-alias = due identificativi uniti
defect-broken-json-hint = Manca una virgola, una parentesi o le virgolette. Si può correggere a mano, uno per uno.
defect-not-an-object-hint = Al posto di un evento è arrivato un altro valore. Controlla chi invia.
defect-wrong-type-hint = Per esempio un elenco dove ci voleva un oggetto. Correggilo a mano o nel sistema che invia.
defect-repeated-field-hint = Con due valori diversi non sappiamo quale vale: tieni quello giusto.
defect-missing-type-hint = L’evento non dice se è un’azione, una pagina o altro. Puoi dirlo tu, per tutti.
defect-unknown-type-hint = Conosciamo azione, dati, pagina, schermata, azienda e unione. Puoi scegliere tu, per tutti.
defect-no-user-anon-id-hint = Senza un identificativo non sappiamo su quale filo metterlo. Forse è in un altro campo.
defect-missing-event-hint = È un’azione, ma non dice quale. Puoi darle un nome, per tutti.
defect-missing-group-id-hint = Manca l’identificativo dell’azienda: aggiungilo a mano o nel sistema che invia.
defect-missing-previous-id-hint = Per unire due identificativi servono entrambi.
defect-missing-attribute-hint = Lo standard CloudEvents lo richiede: aggiungilo a mano o nel sistema che invia.
defect-bad-timestamp-hint = Forse è una data scritta all’italiana. Possiamo leggerla così, o usare l’ora di arrivo.
defect-event-too-large-hint = Togli ciò che non serve, per esempio immagini o testi interi.
defect-too-many-events-hint = Chi invia deve dividere gli eventi in più richieste.
defect-too-many-properties-hint = Togli i campi che non servono.
defect-too-deep-hint = Troppi oggetti dentro altri oggetti: semplifica ciò che viene inviato.
defect-message-id-too-long-hint = L’identificativo del messaggio si può togliere: l’evento resta intero.
defect-name-too-long-hint = Forse nel nome è finito un testo intero. Si può accorciare, per tutti.
defect-group-id-too-long-hint = L’identificativo dell’azienda non può essere così lungo.
