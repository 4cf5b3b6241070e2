## I pubblici per la pubblicità

place-audiences = Pubblici
audience-lead = Persone che mostri alle piattaforme pubblicitarie, o che escludi dagli annunci. Esce solo l’impronta degli indirizzi di chi ha detto sì.
audience-new = Nuovo pubblico
audience-make = Crea il pubblico
audience-none = Ancora nessun pubblico
audience-none-hint = Un pubblico segue un segmento: chi entra viene aggiunto alla piattaforma, chi esce, ritira il consenso o chiede di essere dimenticato viene tolto.
audience-head-name = Pubblico
audience-head-platform = Piattaforma
audience-head-offered = Mostrati
audience-head-people = Persone
audience-head-state = Stato
audience-state-by-hand = con file
audience-state-paused = in pausa
audience-state-ending = in chiusura
audience-state-failing = non arriva
audience-state-behind = in corso
audience-state-in-step = allineato
audience-platform = Piattaforma
audience-delivery = Come ci arriva
audience-delivery-file = Con un file che porti tu
audience-delivery-push = Da solo, via internet
audience-delivery-hint = Piattaforma e modo non si cambiano più. Perché vada da solo, prima collega la piattaforma in Impostazioni → Pubblicità.
audience-remote = Identificativo del pubblico sulla piattaforma
audience-remote-hint = Solo se va da solo. Meta: il pubblico personalizzato; Google: l’elenco di Customer Match; LinkedIn: il segmento DMP. Crealo prima là.
audience-name = Nome
audience-description = A che cosa serve
audience-segment = Segmento
audience-segment-hint = Chi è nel segmento entra da solo. Senza segmento entra solo chi vi mette un percorso.
audience-segment-none = nessuno, solo dai percorsi
audience-purpose = Consenso richiesto
audience-purpose-hint = Esce solo chi ha detto sì a questo.
audience-fields = Oltre all’indirizzo
audience-fields-hint = Fa trovare più persone e dice di più su di loro. LinkedIn riceve solo l’impronta dell’e-mail; Google riceve CAP e paese così come sono, perché li vuole così.
audience-field-name = Nome e cognome
audience-field-place = Città, CAP e paese
audience-field-own-id = L’identificativo in Filo (solo Meta)
audience-knows-delicate = Lo so, e posso farlo
audience-wrong-name = Scrivi un nome di una riga, fino a 80 lettere.
audience-wrong-description = Al massimo 500 lettere.
audience-wrong-platform = Scegli una piattaforma.
audience-wrong-delivery = Questa piattaforma non è ancora collegata: fallo in Impostazioni → Pubblicità, o scegli il file.
audience-wrong-remote = Serve l’identificativo che ha sulla piattaforma: lettere, cifre, - e _.
audience-wrong-segment = Scegli un segmento in uso.
audience-wrong-purpose = Scegli un consenso che si chiede alle persone.
audience-wrong-delicate = Questo segmento dice qualcosa di delicato: { $words }. Chi entra nel pubblico lo rivela alla piattaforma, e molte lo vietano. Se hai una base per farlo, confermalo.
audience-which = Pubblico
audience-edit = Cambia
audience-save = Salva
audience-stale = Intanto qualcun altro l’ha cambiato. Qui lo vedi com’è adesso.
audience-used = Un percorso lo usa: prima cambia quello.
audience-pause = Metti in pausa
audience-resume = Riprendi
audience-paused-hint = In pausa non si aggiunge nessuno. Chi deve uscire viene tolto lo stesso.
audience-filling = Si guardano tutti: le cifre crescono ancora.
audience-ending-left = { $count ->
    [0] Tutti sono stati tolti: fra poco il pubblico sparisce.
    [one] Resta da togliere un indirizzo dalla piattaforma. Si prova finché non riesce.
   *[other] Restano da togliere { $number } indirizzi dalla piattaforma. Si prova finché non riesce.
  }
audience-keep = Tienilo
audience-gone-there = Là non c’è più
audience-gone-there-hint = Se hai già cancellato il pubblico sulla piattaforma, non c’è nulla da togliere.
audience-gone-there-do = Sì, là non c’è più: eliminalo
audience-people = Chi c’è
audience-standing-offered = Mostrati
audience-standing-no-yes = Senza il loro sì
audience-standing-no-address = Senza un indirizzo utile
audience-by-email = Indirizzi e-mail
audience-by-phone = Numeri
audience-refused-count = Rifiutati dalla piattaforma
audience-nobody-hint = Nessuno ha detto sì a questo consenso, o nessuno ha un indirizzo utile: non esce nulla.
audience-empty-hint = Ancora nessuno.
audience-telling = Con la piattaforma
audience-to-put = Da aggiungere
audience-to-take-out = Da togliere
audience-last-success = Riuscito l’ultima volta
audience-last-failure = Fallito l’ultima volta
audience-failing-since = Dal { $date } la piattaforma non prende nulla.
audience-next = Si riprova il { $date }.
audience-test = Prova
audience-tell-now = Riprova subito
audience-test-good = Funziona: la piattaforma conosce questo pubblico. Nessuno è stato aggiunto.
audience-why-account = La piattaforma non ci riconosce, o non ci permette di farlo: guarda il collegamento in Impostazioni → Pubblicità.
audience-why-audience = La piattaforma non conosce questo pubblico, o non è tuo.
audience-why-too-fast = La piattaforma chiede di andare più piano.
audience-why-transient = La piattaforma ora non risponde.
audience-why-batch = La piattaforma non capisce quello che le si dice.
audience-handing = Da portare alla piattaforma
audience-handing-hint = Chiudi i cambiamenti in un file e caricalo là: uno aggiunge, l’altro toglie. Chi è uscito resta là finché non carichi il secondo.
audience-changes-in = { $count ->
    [one] un indirizzo da aggiungere
   *[other] { $number } indirizzi da aggiungere
  }
audience-changes-out = { $count ->
    [one] un indirizzo da togliere
   *[other] { $number } indirizzi da togliere
  }
audience-file-close = Chiudi i cambiamenti in un file
audience-file-last = Ultimo file chiuso il { $date }.
audience-file-added = Scarica chi aggiungere
audience-file-removed = Scarica chi togliere
audience-file-everybody = Scarica tutti
audience-file-whole = Il pubblico intero
audience-file-whole-hint = Un CSV nella forma della piattaforma, con le sole impronte. Chi lo scarica resta scritto.
audience-refused = Indirizzi rifiutati dalla piattaforma
audience-refused-hint = Non si riprova finché l’indirizzo non cambia.
audience-facts = Com’è fatto
audience-made = Creato
audience-changed = Cambiato
audience-remove = Elimina
audience-remove-hint = Prima tutti vengono tolti dalla piattaforma, poi il pubblico sparisce. Finché dura si può tenere.
audience-remove-confirm = Sì, togli tutti ed elimina
audience-remove-file-hint = Quello che hai caricato sulla piattaforma resta là: cancellalo anche lì.
audience-remove-file-confirm = Sì, elimina
audience-made-of = Il pubblico «{ $name }» è fatto di questo segmento: prima cambia quello.
refused-audiences-many = I pubblici sono già 50: prima eliminane uno.
refused-audience-ending = Tutti stanno uscendo da questo pubblico: prima tienilo.
refused-audience-paused = Il pubblico è in pausa: prima riprendilo.
done-audience-made = Pubblico creato.
done-audience-changed = Pubblico cambiato.
done-audience-paused = In pausa.
done-audience-resumed = Ripreso.
done-audience-told = Si riprova: ricarica la pagina per vedere com’è andata.
done-audience-ending = Tutti vengono tolti dalla piattaforma.
done-audience-kept = Tenuto: tutti vengono rimessi.
done-audience-removed = Pubblico eliminato.
done-audience-file-closed = File chiuso: scarica chi aggiungere e chi togliere.
incident-audience-failing = Una piattaforma pubblicitaria non prende un pubblico da più di un giorno
incident-audience-failing-why = Chi è uscito dal pubblico è ancora sulla piattaforma, e chi è entrato non c’è. Filo continua a provare.
incident-audience-failing-do = Apri il pubblico e leggi che cosa risponde la piattaforma; spesso il token è scaduto: cambialo in Impostazioni → Pubblicità.
audit-setting-audience-account-meta = L’account pubblicitario di Meta
audit-setting-audience-account-google = L’account pubblicitario di Google
audit-setting-audience-account-linkedin = L’account pubblicitario di LinkedIn
audit-act-audience-changed = Pubblico creato, cambiato, messo in pausa, ripreso o eliminato
audit-act-audience-exported = Ha preso le persone di un pubblico come file
register-place-audience-member = Chi è in un pubblico, e se può essere mostrato
register-place-audience-entry = Le impronte degli indirizzi mostrati alle piattaforme pubblicitarie
register-place-audience-look = Chi è da riguardare per i pubblici
erasure-place-audiences = Indirizzi nei pubblici delle piattaforme pubblicitarie
journey-join-audience = Aggiungi al pubblico «{ $name }»
journey-leave-audience = Togli dal pubblico «{ $name }»
journey-kind-join-audience = Aggiungi a un pubblico
journey-kind-leave-audience = Togli da un pubblico
journey-wrong-audience = Scegli un pubblico.
run-line-offered = { $step }
run-line-recalled = { $step }

## I collegamenti con le piattaforme

settings-advertising = Pubblicità
settings-advertising-lead = Gli account sulle piattaforme pubblicitarie, per tenere allineati i pubblici.
advertising-hint = Senza un account i pubblici si portano con un file.
advertising-on = collegato
advertising-off = non collegato
advertising-account = Account
advertising-how-meta = In Meta Business crea un utente di sistema che possa gestire i pubblici, e copia il suo token. L’account pubblicitario deve avere accettato le condizioni dei pubblici personalizzati.
advertising-how-google = Serve un programma registrato in Google Cloud con la Data Manager API e un token di aggiornamento per l’ambito datamanager. L’account deve poter usare Customer Match.
advertising-how-linkedin = Serve un token con il permesso rw_dmp_segments. Dura due mesi: quando scade i pubblici non arrivano più e lo vedi qui.
advertising-account-hint = Dieci cifre, come le mostra Google Ads.
advertising-login-account = Account amministratore
advertising-login-account-hint = Solo se entri da un account sopra l’altro.
advertising-client-id = ID client
advertising-token = Token
advertising-client-secret = Segreto del client
advertising-refresh-token = Token di aggiornamento
advertising-secret-kept = C’è già: scrivilo solo per cambiarlo.
advertising-save = Salva
advertising-carries = { $count ->
    [one] Un pubblico passa da qui: prima elimina quello.
   *[other] { $count } pubblici passano da qui: prima elimina quelli.
  }
advertising-remove = Scollega
advertising-remove-confirm = Sì, scollega e dimentica i segreti
advertising-stale = Intanto qualcun altro ha cambiato questo account. Qui lo vedi com’è adesso.
advertising-used = Dei pubblici passano da questo account: prima elimina quelli.
advertising-wrong-account = Serve il numero dell’account, dieci cifre.
advertising-wrong-login-account = Serve il numero dell’account, dieci cifre, o nulla.
advertising-wrong-client-id = Serve l’ID client di Google Cloud.
advertising-wrong-token = Serve il token.
advertising-wrong-client-secret = Serve il segreto del client.
advertising-wrong-refresh-token = Serve il token di aggiornamento.
done-advertising-saved = Account salvato.
done-advertising-removed = Account scollegato.
