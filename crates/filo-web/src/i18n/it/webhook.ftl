## Avvisi ad altri sistemi

settings-webhooks = Avvisi
settings-webhooks-lead = Filo può avvisare un altro tuo programma (il gestionale, il sito, un foglio condiviso) appena succede qualcosa.
webhooks-none = Nessun avviso
webhooks-none-hint = Chiedi a chi segue l’altro programma l’indirizzo a cui mandarli.
webhooks-back = Tutti gli avvisi
webhook-new = Nuovo avviso
webhook-make = Crea
webhook-url = Indirizzo
webhook-url-hint = Intero, con https:// davanti. Filo non segue rimandi e non entra in reti private.
webhook-url-wrong = Filo non può usare questo indirizzo: controlla che sia scritto bene e che si raggiunga da Internet ({ $reason }).
webhook-description = A che cosa serve
webhook-topics = Quando avvisare
webhook-topics-wrong = Scegline almeno uno.
webhook-topic-customer-created = C’è un nuovo cliente
webhook-topic-customer-joined = Due clienti sono diventati uno
webhook-topic-customer-separated = Un cliente è stato diviso in due
webhook-topic-customer-updated = Un cliente è cambiato
webhook-topic-customer-erased = I dati di un cliente sono stati cancellati
webhook-topic-order-completed = Un ordine è stato completato
webhook-topic-consent-changed = Un consenso è cambiato
webhook-topic-consent-confirmation-requested = Un cliente ha detto sì e deve confermarlo
webhook-topic-segment-entered = Un cliente è entrato in un segmento
webhook-topic-segment-left = Un cliente è uscito da un segmento
webhook-topic-event-quarantined = Un evento è finito in quarantena
webhook-topic-incident-opened = C’è una cosa da guardare
webhook-topic-webhook-test = Prova
webhook-state-disabled = spento
webhook-state-failing = non arriva
webhook-state-well = funziona
webhook-state-new = mai usato
webhook-reason-gone = L’altro programma ha risposto che non vuole più avvisi (410), e Filo ha smesso di mandarli.
webhook-reason-failing = Per cinque giorni non è arrivato nulla, e Filo ha smesso di mandarli. Quando l’altro programma è a posto, accendi di nuovo l’avviso.
webhook-secret = Il segreto per riconoscere gli avvisi
webhook-secret-hint = Copialo adesso e dallo all’altro programma: non lo vedrai più.
webhook-test = Manda una prova
webhook-replay-failed = Rimanda ciò che non è arrivato (7 giorni)
webhook-rotate = Cambia il segreto
webhook-rotate-confirm = Cambia: quello di prima vale ancora un giorno
webhook-remove = Elimina
webhook-remove-confirm = Elimina l’avviso e ciò che aspetta
webhook-change = Modifica
webhook-save = Salva
webhook-enabled = Stato
webhook-enabled-yes = Acceso
webhook-enabled-no = Spento
webhook-last-success = ultimo arrivato: { $date }
webhook-last-failure = ultimo non arrivato: { $date }
webhook-failures = { $count ->
    [one] un tentativo andato male di fila
   *[other] { $count } tentativi andati male di fila
  }
webhook-dropped = { $count ->
    [one] un messaggio lasciato perdere perché ne aspettavano troppi
   *[other] { $count } messaggi lasciati perdere perché ne aspettavano troppi
  }
webhook-both-secrets = Fino al { $date } gli avvisi portano anche la firma del segreto di prima.
webhook-deliveries = Messaggi
webhook-deliveries-none = Ancora nessuno. Manda una prova per vedere se arriva.
webhook-delivery-waiting = in attesa
webhook-delivery-delivered = arrivato
webhook-delivery-failed = non arrivato
webhook-delivery-dropped = lasciato perdere
webhook-delivery-detail = Messaggio e risposta
webhook-answer = Risposta:
webhook-replay = Rimanda
webhook-tries = { $count ->
    [0] mai provato
    [one] un tentativo
   *[other] { $count } tentativi
  }
webhook-next = di nuovo il { $date }
incident-webhook-disabled = Un avviso è stato spento perché non arriva
incident-webhook-queue-full = Troppi messaggi aspettano un avviso: i più vecchi sono persi
done-webhook-changed = Avviso salvato.
done-webhook-tested = Prova mandata: ricarica la pagina per vedere com’è andata.
done-webhook-replayed = Rimandato: ricarica la pagina per vedere com’è andata.
done-webhook-removed = Avviso eliminato.
webhook-topic-journey-step = Un percorso avvisa gli altri sistemi
