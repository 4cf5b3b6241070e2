## Il guscio: navigazione e parole di ogni pagina

skip-to-content = Vai al contenuto
navigation = Sezioni
place-people = Persone
place-sources = Sorgenti e chiavi
place-quarantine = Quarantena
place-incidents = Da guardare
log-out = Esci
copy = Copia
cancel = Annulla
older = Più vecchi
newest = Torna ai più recenti

## Che cosa è stato appena fatto

done-logged-out = Sei uscito.
done-note-added = Nota salvata.
done-note-removed = Nota tolta.
done-consent-recorded = Consenso registrato.
done-ruling-apart = Fatto: ora sono persone diverse.
done-ruling-together = Fatto: ora sono la stessa persona.
done-ruling-withdrawn = Decisione ritirata: contano di nuovo le prove.
done-key-revoked = Chiave revocata: da adesso non vale più.
done-repaired = Riparato e accolto: ora è sul filo della persona.
done-discarded = Scartato.
done-resolved = Segnato come visto.

## Quando qualcosa non va

failure-missing = Qui non c’è niente
failure-missing-hint = L’indirizzo non porta a nessuna pagina, o ciò che mostrava non esiste più.
failure-powerless = La tua chiave non basta
failure-powerless-hint = Per questo serve una chiave con il permesso «{ $power }». Chiedila a chi amministra Filo.
failure-elsewhere = Modulo non riconosciuto
failure-elsewhere-hint = Il modulo non viene da questa sessione. Torna alla pagina, ricaricala e riprova: nulla è stato cambiato.
failure-unreadable = Il modulo non si legge
failure-unreadable-hint = Manca un campo o il testo è troppo lungo. Torna indietro e controlla: nulla è stato cambiato.
failure-refused = Non si può fare
failure-busy = Un momento
failure-busy-hint = Filo adesso non riesce ad accogliere altro. Riprova tra { $seconds ->
    [one] un secondo
   *[other] { $seconds } secondi
  }: nulla è stato cambiato.
failure-internal = Un guasto di Filo
failure-internal-hint = Non dipende da te. Il guasto è scritto nel registro; riprova tra poco.
failure-back = Torna alle persone

## Entrare

login-title = Entra in Filo
login-key = Chiave
login-key-hint = Quella del collegamento stampato da Filo, o una chiave dell’API. Un collegamento nuovo si ha con il comando «filo login».
login-name = Il tuo nome
login-name-hint = Sta accanto alle note e alle decisioni che prendi.
login-do = Entra
login-wrong = La chiave non vale: è sbagliata, scaduta o già usata. Con «filo login» se ne ha un’altra.

## I giorni

day-today = Oggi
day-yesterday = Ieri
day-monday = lunedì
day-tuesday = martedì
day-wednesday = mercoledì
day-thursday = giovedì
day-friday = venerdì
day-saturday = sabato
day-sunday = domenica

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

## La pagina di una persona

person-unknown = Senza nome
person-sentence-none = Di questa persona non si sa ancora niente.
person-sentence-contact = In contatto dal { $first }; ultimo segno di vita il { $last }. Nessun ordine finora.
person-sentence-customer = In contatto dal { $first }, ultimo segno di vita il { $last }. { $orders ->
    [one] Ha fatto un ordine
   *[other] Ha fatto { $orders } ordini
  } per { $amount }.
figure-events = eventi
figure-orders = ordini
figure-spent = speso
figure-average = per ordine
thread-title = Il filo
thread-empty = Sul filo non c’è ancora niente.
clock-suspect = orologio di chi invia sbagliato
facts-title = In breve
fact-birthday = Compleanno
fact-address = Indirizzo
fact-language = Lingua
fact-groups = Azienda
fact-first-touch = Arrivato da
language-it = italiano
language-en = inglese
language-de = tedesco
language-fr = francese
language-es = spagnolo

## Identificativi

identifiers-title = Identificativi
identifiers-more = { $count ->
    [one] Un altro
   *[other] Altri { $count }
  }
identifiers-why = Perché sono la stessa persona
identifier-seen = dal { $first } al { $last }
kind-user-id = ID utente
kind-tax-code = Codice fiscale
kind-card = Tessera
kind-email = E-mail
kind-phone = Cellulare
kind-external-id = ID esterno
kind-push-token = Notifiche
kind-device-id = Dispositivo
kind-advertising-id = ID pubblicitario
kind-ga-client-id = Google Analytics
kind-anonymous-id = Visitatore
kind-landline = Telefono fisso
kind-group-id = Azienda
trust-claimed = dichiarato
trust-claimed-hint = Lo dice solo il browser: chiunque legga la pagina potrebbe averlo inviato.
trust-verified = verificato
trust-verified-hint = Lo dice un sistema dell’azienda.
trust-staff = dal personale
trust-staff-hint = Lo dice una persona dell’azienda.

## Perché sono una persona sola

why-title = Perché è una persona sola
why-single = C’è un solo identificativo: non c’è niente da unire.
why-lead = Questi legami hanno unito gli identificativi, nell’ordine in cui contano.
why-refused = { $count ->
    [one] Un legame che non ha unito
   *[other] { $count } legami che non hanno unito
  }
why-apart = Tenuti separati da una decisione
why-proof-claimed = Visti insieme in un evento del browser il { $date }.
why-proof-verified = Visti insieme in un evento di un sistema dell’azienda il { $date }.
why-proof-staff = Detto da una persona dell’azienda il { $date }.
obstacle-kept-apart = Una persona ha deciso che sono diversi.
obstacle-limit = Ci sarebbero troppi valori per «{ $kind }».
obstacle-two-verified-people = Una dichiarazione del browser non può unire due persone verificate.
obstacle-suspended = Uno dei due è legato a troppe persone per essere di una sola.
obstacle-customer-full = La persona avrebbe troppi identificativi.
obstacle-too-many-merges = La persona nascerebbe da troppe unioni.
obstacle-component-too-large = Il gruppo è troppo grande perché le dichiarazioni contino.
obstacle-household = Un telefono fisso o un’azienda sta per più persone.
obstacle-shared-device = Il dispositivo è usato da più persone.
obstacle-device-of-another = Il dispositivo è di un’altra persona, con prove migliori.

## Decisioni su chi è chi

ruling-together = Uniti da { $actor } il { $date }.
ruling-apart = Separati da { $actor } il { $date }.
ruling-withdrawn = Decisione ritirata da { $actor } il { $date }.
ruling-do-apart = Separa
ruling-do-together = Unisci lo stesso
ruling-do-withdrawn = Ritira la decisione
ruling-title-apart = Separare questi due?
ruling-title-together = Unire questi due?
ruling-title-withdrawn = Ritirare la decisione?
ruling-before = Adesso
ruling-after = Dopo
ruling-no-change = Non cambierebbe nulla nelle persone; la decisione resterebbe scritta.
ruling-not-achieved = Attenzione: da sola questa decisione non basta, perché altri legami o regole dicono il contrario.
ruling-reversible = Si può sempre tornare indietro: nessun evento si perde e gli indirizzi di prima continuano a valere.
ruling-note = Perché
ruling-note-hint = Una frase per chi leggerà.
ruling-confirm-apart = Separa
ruling-confirm-together = Unisci
ruling-confirm-withdrawn = Ritira la decisione
join-title = È la stessa persona di…
join-who = L’altra persona
join-hint = E-mail, telefono, ID utente, tessera o l’indirizzo della sua pagina.
join-do = Mostra che cosa cambierebbe
join-nobody = Nessuna persona ha questo identificativo. Controlla che sia scritto per intero.
join-same = È già questa persona.

## Note

notes-title = Che cosa ci ha detto
note-title = Scrivi una nota
note-text = Che cosa ha detto
note-hint = Con le sue parole: perché ci ha scelto, che cosa teme, che cosa gli piace.
note-about = Di che si tratta
note-do = Salva la nota
note-remove = Togli
about-reason = Perché ci ha scelto
about-worry = Che cosa teme
about-preference = Che cosa preferisce
about-promise = Che cosa abbiamo promesso
about-other = Altro
wrong-text = Scrivi che cosa ha detto: da 1 a 4.000 caratteri.
wrong-name = Scrivi un nome: da 1 a 100 caratteri.
wrong-proof = Per un sì serve la prova: dove sta il modulo firmato, la registrazione, il testimone.

## Ordini e canali

orders-title = Ordini
orders-more = { $count ->
    [one] e un altro
   *[other] e altri { $count }
  }
order-items = { $count ->
    [one] un pezzo
   *[other] { $count } pezzi
  }
order-cancelled = annullato
order-refunded = rimborsati { $amount }
channels-title = Canali
channel-every = ogni canale
channel-web = Sito
channel-app = App
channel-email = E-mail
channel-sms = SMS
channel-chat = Chat
channel-social = Social
channel-phone = Telefono
channel-shop = Negozio
channel-server = Sistemi

## Consensi

consents-title = Consensi
consents-none = Nessun consenso registrato: senza, niente marketing.
consent-title = Registra un consenso
consent-purpose = Per che cosa
consent-channel = Su quale canale
consent-decision = Risposta
consent-granted = sì
consent-denied = no
consent-pending = in attesa di prova
consent-wording = Testo o versione accettata
consent-proof = Prova
consent-proof-hint = Dove si trova: modulo firmato, registrazione, testimone.
consent-do = Registra
purpose-every = tutto
purpose-marketing = marketing
purpose-analytics = statistiche
purpose-profiling = profilazione
purpose-advertising = pubblicità
purpose-functional = funzionali
basis-unstated = base non indicata
basis-consent = consenso
basis-soft-spam = prodotti simili (soft spam)
basis-contract = contratto
basis-legitimate-interest = legittimo interesse
basis-legal-obligation = obbligo di legge

## Eventi sul filo

event-page = Ha visto una pagina
event-screen = Ha visto una schermata
event-identify = Si è fatto riconoscere
event-group = Appartiene a un’azienda
event-alias = Due identificativi uniti
event-order-completed = Ordine completato
event-order-updated = Ordine modificato
event-order-cancelled = Ordine annullato
event-order-refunded = Ordine rimborsato
event-product-viewed = Ha guardato un prodotto
event-product-added = Ha messo nel carrello
event-product-removed = Ha tolto dal carrello
event-products-searched = Ha cercato
event-product-list-viewed = Ha guardato un elenco di prodotti
event-cart-viewed = Ha guardato il carrello
event-checkout-started = Ha iniziato l’acquisto
event-payment-info-entered = Ha scelto il pagamento
event-coupon-applied = Ha usato un buono
event-signed-up = Si è registrato
event-signed-in = È entrato nel suo conto
event-email-delivered = E-mail consegnata
event-email-opened = E-mail aperta
event-email-link-clicked = Ha premuto un collegamento in un’e-mail
event-unsubscribed = Si è disiscritto
event-store-visit-recorded = È venuto in negozio
event-call-logged = Telefonata
event-points-earned = Punti guadagnati
event-note-added = Nota
event-note-removed = Nota tolta
event-consent-granted = Consenso dato
event-consent-withdrawn = Consenso ritirato
event-segment-consent-preference-updated = Ha scelto i consensi
event-customers-joined = Identificativi uniti
event-customers-separated = Identificativi separati
event-decision-withdrawn = Decisione ritirata

## Sorgenti e chiavi

sources-lead = Da dove arrivano gli eventi, e le righe da incollare.
source-web = sito o app
source-server = sistema dell’azienda
source-other = importazione
source-no-key = Non ha chiavi: non può inviare.
source-snippet = Righe da incollare
snippet-site = Incolla prima di </head> in ogni pagina. Questa chiave è pubblica: può solo inviare.
snippet-server = Al posto di YOUR_KEY metti la chiave segreta, quella mostrata quando fu creata.
key-revoke = Revoca
key-revoke-confirm = Revoca per sempre
key-made = Chiave «{ $name }» creata
key-made-hint = Copiala adesso: se è segreta non la vedrai più.
key-made-on = creata: { $date }
key-ends = finisce: { $date }
api-keys-title = Chiavi dell’API
api-keys-lead = Per i programmi che leggono o decidono, e per chi entra qui. La descrizione:
api-keys-none = Nessuna chiave dell’API.
power-read = legge
power-write = legge e scrive
power-admin = amministra
new-title = Nuova sorgente o chiave
new-name = Nome
new-name-hint = Per esempio: Sito, Cassa, Gestionale.
new-kind = Tipo
new-kind-public = Sito o app (chiave pubblica)
new-kind-secret = Sistema dell’azienda (chiave segreta)
new-kind-api = Chiave dell’API
new-power = Permessi
new-power-hint = Contano solo per una chiave dell’API.
new-do = Crea

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
quarantine-discard-confirm = Scarta per sempre
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

## Da guardare

incidents-lead = Dove Filo si è fermato per prudenza e una persona dovrebbe guardare.
incidents-none = Niente da guardare
incidents-none-hint = Filo non si è dovuto fermare.
incident-resolve = Visto
incident-detail = Dettagli
incident-seen = { $count ->
    [one] Una volta, il { $last }
   *[other] { $count } volte, dal { $first } al { $last }
  }
incident-identity-suspended = Un identificativo è legato a troppe persone
incident-identity-customer-full = Una persona ha troppi identificativi
incident-identity-too-many-merges = Una persona nascerebbe da troppe unioni
incident-identity-component-too-large = Un gruppo di identificativi è troppo grande

## Che cosa vuol dire un problema

problem-invalid = Un valore si legge ma non può andare. «field» dice quale, «detail» che cosa andrebbe bene.
problem-malformed = La richiesta non si legge: per esempio un JSON rotto. Correggila prima di ripeterla.
problem-missing = Ciò che chiedi non c’è, o la tua chiave non può saperlo.
problem-no-route = A questo indirizzo non c’è niente. L’elenco è in /api/openapi.json.
problem-method-not-allowed = L’indirizzo esiste, ma non con questo metodo.
problem-unauthenticated = Serve una chiave valida: «Authorization: Bearer filo_api_…».
problem-forbidden = La chiave è valida ma non ha il permesso per questo.
problem-too-large = La richiesta è più grande del permesso. Dividila.
problem-too-slow = Il corpo della richiesta non è arrivato in tempo. Ripetila.
problem-too-fast = Arriva più di quanto si riesca ad accogliere. Riprova dopo i secondi di «Retry-After».
problem-conflict = Contraddice lo stato presente: rileggi e decidi di nuovo.
problem-busy = Adesso non si può accogliere altro, e nulla è stato accolto. Riprova dopo i secondi di «Retry-After».
problem-internal = Un guasto di Filo, scritto nel registro. Ripetere può servire.
problem-not-json = Il corpo va inviato come JSON, con «Content-Type: application/json».
problem-not-built = Questa copia di Filo è stata costruita senza lo script per i siti.
problem-unknown-key = La chiave di scrittura non esiste o è stata revocata.
problem-unknown-encoding = Si accetta solo gzip, o nessuna compressione.
problem-broken-gzip = Il corpo compresso è rotto, o si gonfia troppo.
problem-idempotency-key-reused = La stessa «Idempotency-Key» è arrivata con una richiesta diversa: usane una nuova.
problem-idempotency-running = La prima richiesta con questa chiave è ancora in corso: riprova tra poco.
problem-key-already-shown = La chiave era già stata creata e mostrata. Se il testo è andato perso, revocala e creane un’altra.
problem-defect = Un evento non è stato accolto e aspetta in quarantena. { $defect }.
