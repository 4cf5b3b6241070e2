## Messaggi ai clienti

place-messages = Messaggi
messages-lead = Tutto quello che è partito per i tuoi clienti, che sta per partire o che è stato fermato, e perché.
messages-all = Tutti
messages-none = Nessun messaggio
messages-none-hint = Quando scrivi a una persona, dalla sua pagina, il messaggio compare qui.
message-state-queued = in attesa
message-state-awaiting = aspetta una persona
message-state-claimed = sta partendo
message-state-sent = partito
message-state-unknown = forse partito
message-state-failed = rifiutato
message-state-stopped = fermato
message-state-cancelled = annullato
message-class-marketing = promozionale
message-class-transactional = dovuto
message-class-service = di servizio
medium-every = Tutti insieme
medium-email = E-mail
medium-sms = SMS
medium-whatsapp = WhatsApp
medium-telegram = Telegram
medium-push = Notifica
medium-in-app = Nel sito o nell’app
medium-call = Telefonata
medium-counter = Al banco
message-of-person = Messaggi di questa persona
message-cancel = Annulla il messaggio
message-again = Rimanda
message-again-unknown = Non si sa se è arrivato: potrebbe riceverlo due volte. Rimandalo
message-again-failed = Prova di nuovo
message-again-stopped = Fallo passare di nuovo dal controllo
message-again-cancelled = Rimettilo in partenza
message-verdicts = Perché è partito, o perché no
message-verdicts-none = Non è ancora passato dal controllo.
message-text = Testo
message-sent-text = Quello che è partito
message-facts = In breve
message-origin = Da dove viene
message-origin-hand = Scritto da una persona
message-origin-confirmation = Richiesta di conferma
message-confirmation = Conferma del tuo sì
message-confirmation-text = Un link con cui la persona conferma ciò che ha chiesto di ricevere. Il link lo vede solo chi riceve.
message-origin-journey = Un percorso
message-planned = Preparato
message-claimed = Passato
message-basis = In base a
basis-duty = contratto o legge
message-answer = Che cosa è successo
message-piece = Un contenuto
message-piece-text = Si compone quando parte, con quello che si sa della persona in quel momento.
message-piece-open = Apri il contenuto
message-own-words = Lo scrivo io
message-what = Che cosa mandi
message-what-hint = Con un contenuto già scritto, oggetto, testo e scopo sono i suoi: lascia vuoti i campi qui sotto.
message-wrong-piece = Scegli un contenuto che c’è.
message-to-person = Scrivi a questa persona
message-purpose = Di che cosa si tratta
message-purpose-hint = Decide quale sì serve per scrivere. «Ordini e servizi» è per ciò che ha chiesto o comprato.
message-medium = Con quale mezzo
message-wrong-medium = Scegli un mezzo che parte da qui.
message-subject = Oggetto
message-subject-hint = Solo per le e-mail.
message-text-hint = Testo semplice; una riga vuota separa i paragrafi. Sotto una e-mail Filo aggiunge perché lo riceve e, se è promozionale, come non riceverne più.
message-send = Manda
message-look = Vedi se parte
message-would = Se lo mandi adesso
messages-before = Messaggi di prima
messages-before-none = Non le è mai stato scritto da qui.
message-wrong-no-subject = Scrivi un oggetto.
message-wrong-subject = L’oggetto sta su una riga e ha al massimo 150 lettere.
message-wrong-no-text = Scrivi qualcosa.
message-wrong-text = Il testo è troppo lungo: al massimo 10.000 lettere.
message-wrong-text-by = Il testo è troppo lungo per questo mezzo: al massimo 918 lettere per SMS, 1.024 per WhatsApp, 4.096 per Telegram.
message-wrong-purpose = Scegli di che cosa si tratta, fra ciò che fai con questo mezzo.
message-arrival = Fin dove è arrivato:
message-stage-sent = partito
message-stage-delivered = consegnato
message-stage-read = letto
message-stage-failed = non arrivato
message-shown = { $count ->
    [one] Il sito l’ha mostrato una volta
   *[other] Il sito l’ha mostrato { $count } volte
 }
message-waits-visit = aspetta che torni sul sito, fino al { $date }
message-shown-first = La prima
message-shown-last = L’ultima
message-shown-ended = Non più
message-shown-clicked = l’ha seguito
message-shown-dismissed = l’ha chiuso
message-shown-times = è stato mostrato abbastanza
message-shown-stopped = l’ha fermato il controllo
message-code = Codice
message-carrier-id = Numero presso chi lo porta
done-message-written = Preparato: parte appena passa il controllo
done-message-cancelled = Annullato
done-message-again = Rimesso in partenza
person-messages = Messaggi
person-messages-none = Nessun messaggio finora.
person-messages-write = Scrivi
person-messages-all = Tutti i messaggi

## Che cosa ha detto il controllo

verdict-go = Può partire
verdict-wait = Aspetta fino al { $date }
verdict-ask-person = Aspetta che decida una persona
verdict-stop = Non parte
verdict-pass-on = Con questo mezzo no: si prova il prossimo
finding-too-late = È tardi: ormai non avrebbe senso.
finding-reason-gone = Il motivo per cui era stato preparato non c’è più.
finding-held-back-of-journey = È fra chi questo percorso tiene da parte, per vedere che effetto fa.
finding-held-back = È fra chi non riceve promozioni, per misurare che effetto fanno.
finding-paused = Le partenze sono ferme: lo hai deciso nelle impostazioni.
finding-quiet = A quest’ora non si disturba. Riparte il { $date }.
finding-cap = { $medium }: ha già ricevuto { $most ->
    [one] l’unico messaggio
   *[other] i { $most } messaggi
} { $days ->
    [one] di un giorno
   *[other] di { $days } giorni
}. C’è posto dal { $date }.
finding-budget = Troppo in poco tempo: ha già { $spent } punti di disturbo su { $points }, e questo ne pesa { $weight }. C’è posto dal { $date }.
finding-outranked = Passa prima un messaggio che vale di più. Si riprova il { $date }.
finding-absent = Aspetta che tornino sul sito, al massimo fino al { $date }.
finding-passes-on = Al posto di { $from }: { $medium }.
finding-warm-up = { $provider }: l’indirizzo del mittente è in riscaldamento, e i { $allowed } messaggi di oggi sono partiti. Si riprova il { $date }.
finding-warm-up-order = L’indirizzo del mittente è in riscaldamento: passa prima chi si è fatto vivo da poco. Si va avanti il { $date }.

## Quanto e quando

settings-messages = Quanto e quando
settings-messages-lead = Le regole per non stancare nessuno: valgono per ogni messaggio, da qualunque parte venga.
policy-stopping = Fermare tutto
policy-paused = Partenze
policy-paused-hint = Se fermi, partono solo i messaggi dovuti, come le conferme.
policy-paused-no = attive
policy-paused-yes = ferme
policy-quiet = Ore di quiete
policy-quiet-lead = Sull’orologio di chi riceve. Non vale per ciò che è dovuto.
policy-quiet-from = Dalle
policy-quiet-until = Alle
policy-quiet-holidays = Domeniche e feste
policy-quiet-holidays-hint = Le feste nazionali italiane, compresa Pasquetta.
policy-yes = quiete tutto il giorno
policy-no = come gli altri giorni
policy-caps = Quanti messaggi al massimo
policy-caps-lead = Contano i messaggi promozionali, all’indietro da ogni momento. Una riga vuota non conta.
policy-cap-medium = Mezzo
policy-cap-most = Al massimo
policy-cap-days = In giorni
policy-budget = Quanto disturbo sopporta una persona
policy-budget-lead = Ogni messaggio pesa secondo il mezzo. Quando i punti finiscono, passa prima ciò che vale di più.
policy-points = Punti
policy-points-hint = 0 per non contarli.
policy-budget-days = In giorni
policy-weights = Quanto pesa ogni mezzo
policy-no-room = Se non c’è posto
policy-no-room-hint = In ogni caso lo vedi fra i messaggi, con il motivo.
policy-no-room-wait = aspetta
policy-no-room-drop = non parte
policy-wait-days = Giorni di attesa al massimo
policy-wait-days-hint = Poi non parte più.
policy-holdout = Misurare l’effetto
policy-holdout-percent = Clienti su cento che non ricevono promozioni
policy-holdout-hint = Sono sempre gli stessi. Confrontandoli con gli altri sai che cosa cambia davvero. 0 per nessuno, al massimo 50.
policy-wrong-time = Un’ora come 21:00.
policy-wrong-number = Serve un numero intero.
policy-wrong-bounds = È fuori dai limiti: da 1 a 1.000 messaggi o punti, da 1 a 90 giorni, al massimo 50 su cento.
policy-wrong-weight = Pesa più di tutti i punti: non potrebbe partire mai.
policy-conflict = Intanto qualcun altro ha cambiato queste regole. Guarda se vanno bene le tue e salva di nuovo.
done-message-policy = Regole salvate
