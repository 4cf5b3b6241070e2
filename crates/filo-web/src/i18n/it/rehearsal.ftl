rehearsal-title = Prove
rehearsal-hint = Prima di avviarlo, guarda a chi sarebbe arrivato che cosa: si prova su quello che è successo davvero.
rehearsal-open = Tutte le prove
rehearsal-do = Prova sugli ultimi 90 giorni
rehearsal-lead = Filo rifà il percorso su quello che è successo davvero nei giorni passati, con le tue regole di adesso, e ti dice che cosa sarebbe successo. Non parte niente e non entra nessuno.
rehearsal-none = Ancora nessuna prova
rehearsal-none-hint = Comincia dagli ultimi 90 giorni: di solito bastano pochi minuti.
rehearsal-kept = Prove fatte
rehearsal-kept-hint = Restano le ultime { $most }.
rehearsal-new = Una prova nuova
rehearsal-version = Che cosa provare
rehearsal-beside = A confronto con
rehearsal-alone = Niente
rehearsal-draft = La bozza
rehearsal-how-far = Su quanti giorni
rehearsal-days = { $days ->
    [one] Ultimo giorno
   *[other] Ultimi { $days } giorni
  }
rehearsal-on = Il giorno dell’avvio
rehearsal-on-hint = Se lo lasci vuoto, il primo dei giorni su cui si prova.
rehearsal-begin = Comincia la prova
rehearsal-under-way = Di questo percorso c’è già una prova in corso: aspetta che finisca, o fermala.
rehearsal-faulty = Il percorso ha ancora qualcosa da sistemare: aprilo e guarda i passi segnati, poi riprova.
rehearsal-beside-wrong = Scegli per il confronto un’altra versione già pubblicata.
rehearsal-on-wrong = Scegli un giorno tra quelli su cui si prova.
rehearsal-days-wrong = Scegli da 1 a 366 giorni.
rehearsal-state-running = In corso
rehearsal-state-done = Finita
rehearsal-state-cancelled = Fermata
rehearsal-state-failed = Non riuscita
rehearsal-people = { $count ->
    [one] Sarebbe entrata una persona
   *[other] Sarebbero entrate { $count } persone
  }
rehearsal-of-days = { $days ->
    [one] Prova sull’ultimo giorno
   *[other] Prova sugli ultimi { $days } giorni
  }
rehearsal-asked = { $version }, fino al { $until }. L’ha chiesta { $who }.
rehearsal-again = Prova ancora
rehearsal-remove = Elimina
rehearsal-remove-do = Elimina la prova
rehearsal-cancel = Fermala
rehearsal-cancelled = La prova è stata fermata: non c’è niente da vedere.
rehearsal-failed = La prova non è riuscita. Riprova; se succede ancora, chi gestisce Filo trova il motivo nel registro.
rehearsal-unreadable = Questa prova l’ha fatta una versione diversa di Filo. Rifalla.
rehearsal-nothing-happens = Puoi chiudere questa pagina: la prova va avanti da sola, e non manda niente a nessuno.
rehearsal-step-gathering = Si prepara
rehearsal-step-playing = Rifà i giorni passati
rehearsal-step-reading = Confronta i testi
rehearsal-by-hand = In questo percorso si entra solo a mano: in una prova non entra nessuno.
rehearsal-nobody = In questi giorni non sarebbe entrato nessuno. Guarda qui sotto se qualcuno è stato fermato all’ingresso.
rehearsal-figure-people = persone sarebbero entrate
rehearsal-figure-left = messaggi sarebbero partiti
rehearsal-figure-stopped = messaggi fermati
rehearsal-figure-waits = ancora in attesa
rehearsal-of-customers = { $count ->
    [one] Su un cliente in tutto.
   *[other] Su { $count } clienti in tutto.
  }
rehearsal-busiest = L’ora più piena: { $day }, dalle { $from }, con { $count ->
    [one] un messaggio.
   *[other] { $count } messaggi.
  }
rehearsal-cut = { $count ->
    [one] Con una persona la prova si è interrotta, perché qualcosa cambiava troppo spesso.
   *[other] Con { $count } persone la prova si è interrotta, perché qualcosa cambiava troppo spesso.
  }
rehearsal-compared = A confronto
rehearsal-what = Che cosa
rehearsal-difference = Differenza
rehearsal-row-runs = ingressi
rehearsal-row-planned = messaggi preparati
rehearsal-row-goals = obiettivo raggiunto comunque
rehearsal-reasons = Perché no
rehearsal-held-up = Perché più tardi
rehearsal-refused = Perché non sarebbero entrati
rehearsal-outcomes = Come sarebbe andata
rehearsal-under-way-still = Ancora in corso
rehearsal-of-planned = { $left } partiti su { $planned }
rehearsal-goals-hint = È successo davvero, e senza questo percorso: non è un suo effetto.
rehearsal-per-day = Messaggi al giorno
rehearsal-day = Giorno
rehearsal-messages = Messaggi
rehearsal-each = Quanti a testa
rehearsal-each-label = { $count } messaggi
rehearsal-budget = Quanto disturbo
rehearsal-budget-share = Quanto pieno
rehearsal-budget-label = pieno al { $share }
rehearsal-budget-hint = Per ciascuno, il momento in cui ha ricevuto di più: il limite è di { $points } punti in { $days } giorni, contando anche i messaggi partiti davvero.
rehearsal-alike = Quanto si somigliano
rehearsal-alike-within = Lo stesso testo, letto da persone diverse
rehearsal-alike-across = Testi diversi tra loro
rehearsal-alike-unsayable = Testi a cui manca qualcosa
rehearsal-alike-likest = «{ $one }» e «{ $other }» si leggono quasi uguali: { $score } su 100.
rehearsal-alike-how = Su { $texts } testi di questa prova, da 0 a 100. Da { $from } in su due testi sembrano lo stesso.
rehearsal-steps = Passo per passo
rehearsal-step-nobody = Qui non sarebbe arrivato nessuno.
rehearsal-step-messages = { $planned } preparati: { $left } partiti, { $stopped } fermati, { $waits } in attesa
rehearsal-step-people = { $count ->
    [one] Una volta
   *[other] { $count } volte
  }
rehearsal-draft-changed = Da allora la bozza è cambiata: qui vedi i passi di adesso, con i numeri di quelli che c’erano già.
rehearsal-sample = Per esempio loro
rehearsal-sample-hint = { $count ->
    [one] Una delle persone che sarebbero entrate. Aprila per leggere che cosa le sarebbe arrivato.
   *[other] { $count } delle persone che sarebbero entrate, sempre le stesse. Aprine una per leggere che cosa le sarebbe arrivato.
  }
rehearsal-sample-more = { $count ->
    [one] Ancora una
   *[other] Altre { $count }
  }
rehearsal-entered-on = entra il { $when }
rehearsal-no-message = Nessun messaggio.
rehearsal-more-messages = { $count ->
    [one] e un altro
   *[other] e altri { $count }
  }
rehearsal-fate-waits = ancora in attesa
rehearsal-fate-left = partito il { $when }
rehearsal-fate-stopped = fermato il { $when }
rehearsal-fate-asks-person = dal { $when } aspetta una persona
rehearsal-fate-unsayable = il testo non c’è più
rehearsal-why-suppressed = Il recapito è tra quelli da non contattare.
rehearsal-why-too-late = Era tardi: ormai non avrebbe avuto senso.
rehearsal-why-reason-gone = Intanto era uscito dal percorso.
rehearsal-why-held-back = È fra chi non riceve promozioni, per misurare che effetto fanno.
rehearsal-why-paused = Le partenze sono ferme: lo hai deciso nelle impostazioni.
rehearsal-why-quiet = A quell’ora non si disturba.
rehearsal-why-cap = Aveva già ricevuto troppi messaggi.
rehearsal-why-budget = Troppo disturbo in poco tempo.
rehearsal-why-outranked = Passava prima un messaggio che vale di più.
rehearsal-why-absent = Aspettava che tornassero sul sito.
rehearsal-person-lead = Che cosa sarebbe successo, rifatto adesso per te con quello che si sapeva allora. Non resta scritto da nessuna parte.
rehearsal-person-open = Apri la sua pagina
rehearsal-person-none = Non sarebbe entrato nel percorso.
rehearsal-way = Entra il { $when }
rehearsal-unsayable = Non si poteva dire:
rehearsal-draft-changed-person = Da quando è stata fatta la prova la bozza è cambiata: rifalla, poi torna qui.
rehearsal-limits = Che cosa una prova non può sapere
rehearsal-limit-answers = Come avrebbero reagito. Chi avrebbe risposto, comprato o detto basta per via di un messaggio, qui non c’è: le strade «se succede» seguono quello che è successo davvero.
rehearsal-limit-tasks = Che cosa sarebbe venuto fuori dalle cose da fare: in una prova non risponde nessuno, e chi aspetta una risposta aspetta fino al suo termine.
rehearsal-limit-people = Chi era chi allora: le persone sono unite come lo sono oggi.
rehearsal-limit-late = Quando sono arrivati i dati importati: quello che è stato importato più di un giorno dopo conta dal momento in cui è successo.
rehearsal-limit-own = Se il percorso girava già, quello che ha fatto davvero non conta due volte: si lascia da parte e si rifà.
rehearsal-limit-rules = Le regole di allora: orari, limiti, segmenti e testi sono quelli di adesso. I consensi e l’elenco di chi non va contattato, invece, sono quelli di quel momento.
rehearsal-limit-others = Gli altri percorsi che questo avrebbe avviato: si contano, ma non si rifanno.
done-rehearsal-removed = Prova eliminata.
