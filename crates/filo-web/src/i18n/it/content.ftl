## I contenuti: elenco, editor, anteprima, mappa, somiglianza

place-content = Contenuti
content-lead = Quello che dite, scritto una volta e pronto per ogni canale, lingua e tono.
content-new = Nuovo contenuto
content-none = Ancora nessun contenuto
content-none-hint = Comincia da un esempio: è già scritto in italiano e in inglese, dando del tu e del Lei. Poi lo cambi come vuoi.
content-none-here = Qui non c’è niente.
content-every = Tutti i contenuti
content-tab-away = Messi via
content-away = Messo via
content-put-away = «{ $name }» messo via.
content-search = Nome o pilastro
content-every-medium = Ogni canale
content-every-pillar = Ogni pilastro
content-by = Canale
content-head-name = Contenuto
content-head-by = Canali
content-changed = Cambiato
content-no-text = senza testi
content-written = scritto
content-medium-email = E-mail
content-medium-sms = SMS
content-medium-whatsapp = WhatsApp
content-medium-telegram = Telegram
content-medium-push = Notifica
content-medium-in-app = Sul sito
content-medium-call = Telefonata
content-medium-counter = Al banco
content-in-it = Italiano
content-in-en = Inglese
content-tone-friendly = Amichevole (tu)
content-tone-formal = Formale (Lei)
content-tone-ironic = Ironico
content-tone-technical = Tecnico
content-tone-bottom-line = Al sodo
content-variant = Versione { $letter }
content-class-marketing = Promozionale
content-class-transactional = Transazionale
content-class-service = Di servizio
content-stage-new = Nuovi
content-stage-active = Attivi
content-stage-returned = Tornati
content-stage-at-risk = A rischio
content-stage-lost = Persi
content-stage-never-bought = Mai comprato
content-stage-any = Chiunque
done-content-made = Contenuto creato.
done-content-saved = Salvato.
done-content-copied = Copia creata.
done-content-back = Riportato.
done-content-text-removed = Testo tolto: lo ritrovi nella cronologia.
done-content-returned = Fatto: dice di nuovo quello che diceva.

# Cominciare
content-name = Nome
content-name-hint = Come lo chiamate tra voi, per esempio «Benvenuto».
content-from-nothing = Da zero
content-begin = Crea
content-from-example = Da un esempio
content-from-example-hint = Scritti a mano: e-mail e SMS, in italiano e in inglese, con il tu e con il Lei.
content-take-example = Comincia da qui
wrong-content-name = Scrivi un nome: al massimo 80 lettere, su una riga.
wrong-content-purpose = Scegli uno degli scopi che ci sono nelle impostazioni dei consensi.
wrong-content-promotion = Scegli una promozione in uso.
wrong-content-text = Così non si può salvare: guarda che cosa manca, campo per campo.
wrong-content-details = Così non si può salvare: guarda l’elenco.
content-changed-meanwhile = Intanto qualcun altro ha cambiato questo contenuto. Quello che hai scritto è ancora qui: se salvi di nuovo, vale il tuo.
content-is-away = Questo contenuto è stato messo via: prima riportalo.

# L’editor
content-details = A che cosa serve
content-history = Cronologia
content-copy = Fai una copia
content-copy-of = { $name } (copia)
content-try = Controlla
content-remove-text = Togli questo testo
content-findings = Da guardare
content-no-findings = Niente da dire: è chiaro e fa per voi.
content-nothing-written = Qui non c’è ancora un testo. Scrivi, e Filo ti dice che cosa guardare.
content-field-subject = Oggetto
content-field-preheader = Anteprima nella posta
content-field-title = Titolo
content-field-text = Testo
content-field-link = Dove porta
content-field-label = Parole del pulsante
content-field-image = Immagine
content-field-layout = Dove sta
content-field-template = Nome del modello
content-field-why = Perché è arrivato
content-field-variation = Parole che cambiano
content-hint-mail-subject = Che cosa c’è dentro, in poche parole.
content-hint-mail-preheader = La riga accanto all’oggetto, prima di aprire.
content-hint-mail-text = Una riga vuota divide i paragrafi. # titolo, - elenco, **grassetto**, [parole](https://…), [pulsante: parole](https://…), ![che cosa si vede](https://…), [promozione] e --- per una linea.
content-hint-sms-text = Fino a 160 lettere è un messaggio solo. Le virgolette e gli apostrofi dritti costano meno.
content-hint-chat-text = Scrivi come si scrive a una persona.
content-hint-chat-template = Il nome che il modello ha da WhatsApp: serve quando la persona non ha scritto nelle ultime 24 ore.
content-hint-chat-label = Facoltativo: che cosa c’è scritto sul pulsante.
content-hint-chat-link = Facoltativo: l’indirizzo a cui porta il pulsante.
content-hint-push-title = La prima riga, quella che si legge sempre.
content-hint-push-text = Una frase.
content-hint-push-link = Facoltativo: che cosa si apre toccandola.
content-hint-push-label = Facoltativo: che cosa c’è scritto sul pulsante.
content-hint-site-title = Facoltativo: la prima riga, quella che si legge sempre.
content-hint-site-text = Una o due frasi.
content-hint-site-label = Facoltativo: che cosa c’è scritto sul pulsante.
content-hint-site-link = Facoltativo: la pagina che apre il pulsante, con https://.
content-hint-site-image = Facoltativo: l’indirizzo di un’immagine, con https://. È un ornamento: non dire niente solo lì.
content-hint-site-layout = Come sta di solito sul sito, o diversamente per questo messaggio.
content-layout-usual = Come sta di solito
content-site-out = Non ne voglio più
content-hint-spoken-text = Che cosa dire, con parole vostre: lo legge chi chiama o chi sta al banco.
content-category = Categoria per WhatsApp
content-category-hint = Da questa dipendono le regole e il prezzo.
content-category-none = Non ancora scelta
content-category-marketing = Marketing
content-category-utility = Utilità (ordini, appuntamenti)
content-category-authentication = Codici di accesso
content-count = { $letters } lettere; fino a { $good } si leggono bene
content-count-gsm = { $letters } lettere, { $parts ->
    [one] un SMS
   *[other] { $parts } SMS
  }; ancora { $left } nell’ultimo
content-count-ucs = { $letters } lettere, { $parts ->
    [one] un SMS
   *[other] { $parts } SMS
  } da 70, perché c’è una lettera speciale; ancora { $left } nell’ultimo
content-variables = Che cosa puoi mettere nel testo
content-variables-hint = Dove qualcosa può mancare, di’ che cosa scrivere al suo posto: | default("…").
content-may-miss = può mancare
content-variable-first-name = il nome
content-variable-last-name = il cognome
content-variable-name = nome e cognome
content-variable-company = il nome della vostra azienda
content-variable-today = la data di oggi
content-variable-orders-count = quanti ordini ha fatto
content-variable-orders-spent = quanto ha speso
content-variable-orders-average = quanto spende per ordine
content-variable-orders-first-day = il giorno del primo ordine
content-variable-orders-last-day = il giorno dell’ultimo ordine
content-variable-traits = un dato della persona, con il suo nome: traits.city
content-variable-computed = una caratteristica calcolata, con il suo nome
content-variable-event = un dato dell’evento da cui parte il messaggio
content-variable-promotion-name = il nome della promozione
content-variable-promotion-terms = le condizioni della promozione
content-variable-promotion-code = il codice della promozione
content-variable-promotion-until = l’ultimo giorno della promozione
content-variable-promotion-shops = i negozi in cui vale
content-variable-links = un indirizzo dato da chi spedisce: links.shop, links.unsubscribe, links.preferences
content-variable-variations = una delle parole che cambiano

# L’anteprima
content-preview = Anteprima
content-preview-again = Aggiorna l’anteprima
content-screen = Schermo
content-screen-phone = Telefono
content-screen-desktop = Computer
content-light = Luce
content-with = Prova con una persona
content-with-invented = Con Giulia Rossi, che è inventata. Anche l’evento e i link sono di esempio.
content-with-nobody = Torna alla persona inventata
content-with-not-found = Nessuno con questo nome.
content-sample-reason = è solo un’anteprima
content-spoken = Questo non si spedisce: lo dice una persona.
content-weight = Peso
content-kilobytes = { $count } kB
content-too-heavy = Gmail taglia oltre i 102 kB
content-plain = Solo testo
content-variations-here = Parole che cambiano: { $names }

# Che cosa non va
content-fault-line = riga { $line }
content-fault-unclosed = una parentesi graffa è aperta e mai chiusa
content-fault-not-allowed = «{ $about }» in un testo non si può: si possono valori, if, for e i filtri default, upper, lower, capitalize, first, last, length e join
content-fault-syntax = non si legge: controlla quello che sta tra le parentesi graffe
content-fault-unknown = «{ $about }» non esiste
content-fault-unknown-near = «{ $about }» non esiste: forse volevi dire { $near }?
content-fault-missing = «{ $about }» di questa persona non si sa: aggiungi | default("…"), oppure mettilo dentro un if
content-fault-list = è un elenco: di’ le sue parti con for, oppure uniscile con | join(", ")
content-fault-too-much = fa troppo: accorcia elenchi e ripetizioni
content-fault-too-long = ha { $about } lettere, e questo canale ne prende { $most }
content-fault-link = «{ $about }» non è un indirizzo: comincia con https://, mailto: o tel:
content-fault-block = [{ $about }] non esiste: ci sono [pulsante: parole](indirizzo), [promozione] e ![parole](immagine)
content-fault-picture = di’ a parole che cosa si vede: ![parole](immagine)
content-fault-no-text = per questo canale non c’è ancora un testo
content-fault-empty = manca
content-fault-no-promotion = parla di una promozione, ma non ne è stata scelta una
content-fault-promotion-over = la promozione è finita
content-fault-promotion-elsewhere = la promozione non si dice su questo canale
content-fault-no-link = un messaggio promozionale ha bisogno del link { $about }
content-fault-variation = in questa lingua non c’è la parola che cambia «{ $about }»
content-fault-varies = «{ $about }» non può cambiare: cifre, link, codici e condizioni restano fuori dalle parole che cambiano
content-fault-twice = ce ne sono due uguali
content-fault-name = così non va: controlla lettere e lunghezza
content-weight-bad = Da cambiare
content-weight-warn = Attenzione
content-weight-hint = Consiglio
content-instead = piuttosto: { $instead }
content-rule-address = «{ $quote }» mescola tu e Lei.
content-rule-sensitive = «{ $quote }» è un dato delicato: non se ne parla in un messaggio.
content-rule-fake-reply = L’oggetto finge di essere una risposta: «{ $quote }».
content-rule-promise = «{ $quote }» è una promessa difficile da mantenere.
content-rule-profiling = «{ $quote }» parla di quello che sai, non di quello che è successo.
content-rule-banned = «{ $quote }» è tra le frasi che non usate.
content-rule-stock = «{ $quote }» lo dicono tutti.
content-rule-superlative = «{ $quote }» è un superlativo che non dice niente.
content-rule-shouting = «{ $quote }» è tutto maiuscolo: sembra un grido.
content-rule-exclamation = { $number } punti esclamativi sono troppi.
content-rule-emoji = { $number } faccine sono troppe.
content-rule-hard = Si legge con fatica: { $number } su 100. Frasi più corte e parole più comuni aiutano.
content-rule-long-sentence = Una frase di { $number } parole: «{ $quote }»
content-rule-long = { $number } lettere: sul telefono non si legge tutto.
content-rule-parts = Sono { $number } SMS, e si pagano tutti.
content-rule-foreign = «{ $quote }» non è nell’alfabeto degli SMS: ne entrano 70 lettere invece di 160.
content-rule-no-default = «{ $quote }» può mancare: di’ che cosa scrivere al suo posto.
content-rule-own-figures = «{ $quote }»: le cifre di un’offerta stanno nella promozione, così sono uguali dappertutto.
content-rule-no-terms = Il testo non dice le condizioni della promozione.
content-rule-no-stop = Non dice come smettere di ricevere SMS.
content-rule-no-preheader = Senza anteprima la posta mostra le prime parole che trova.
content-rule-no-template = Fuori dalle 24 ore WhatsApp vuole un modello con nome e categoria.

# A che cosa serve
content-purpose = Scopo
content-purpose-hint = Quello per cui la persona ha detto sì.
content-class = Tipo
content-class-hint = Promozionale: solo con il consenso e nei limiti. Transazionale: ricevute e conferme. Di servizio: risposte e appuntamenti.
content-stage = Per chi
content-stage-hint = In che momento del rapporto: serve alla mappa.
content-pillar = Pilastro
content-pillar-hint = Il tema a cui appartiene, per esempio «Il mestiere» o «I prodotti».
content-promotion = Promozione
content-promotion-hint = L’offerta di cui parla: condizioni e codice vengono da lì.
content-no-promotion = Nessuna
content-variations = Parole che cambiano
content-variations-hint = Una riga per parola: saluto: Ciao | Eccoci | Buongiorno. Nel testo scrivi {"{{"} variations.saluto {"}}"}. A ciascuno ne tocca una, e la volta dopo un’altra. Per un tono solo: saluto (formal): Buongiorno. Niente cifre, link o condizioni.
content-why = Perché è arrivato
content-why-hint = Vuoto: lo scrive Filo, da quello che è successo davvero. Puoi usare {"{{"} reason.day {"}}"}, {"{{"} reason.what {"}}"} e {"{{"} reason.who {"}}"}.

# La cronologia
content-history-lead = Ogni volta che qualcuno ha salvato. Si può tornare a una versione qualsiasi, e anche quello si può disfare.
content-version = Versione { $number }
content-version-now = in uso
content-version-first = com’è cominciato
content-return = Torna a questa
content-cannot-return = Questa versione oggi non si può più usare: manca una promozione o uno scopo.

# La mappa
content-map = Mappa
content-map-lead = A chi parlate, e con che cosa. Dove c’è un vuoto, a quelle persone non dite niente.
content-map-gaps = { $count ->
    [0] Nessun vuoto.
    [one] Un vuoto.
   *[other] { $count } vuoti.
  }
content-map-gap = manca

# La somiglianza
content-same = Somiglianza
content-same-lead = Quanto si somigliano i vostri messaggi, tra loro e con quelli di tutti. Chi li riceve se ne accorge prima di voi.
content-same-none = Niente che si somigli
content-same-none-hint = I vostri testi dicono cose diverse in modi diversi. Qui compaiono quelli che si ripetono.
content-same-own = Tra loro
content-same-stock = Con quelli di tutti
content-same-nothing = Niente.
content-same-score = { $score } su 100
content-same-how = Da { $from } in su due testi si leggono come lo stesso. Il numero mette insieme lettere, costruzione e parole di seguito; è una misura nostra.
