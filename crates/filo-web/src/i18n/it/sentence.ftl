## Le condizioni dei segmenti come frasi

# Congiunzioni e valori
said-and = , e { $next }
said-or = , oppure { $next }
said-both = { $before } e { $next }
said-untrue = non è vero che { $what }
said-quote = «{ $text }»
said-last-value = { $before } o { $value }
said-more-values = { $count ->
    [one] { $before } o un altro
   *[other] { $before } o altri { $count }
  }
said-everybody = è un cliente qualsiasi
said-nobody = non può essere nessuno

# Numeri
said-exactly = esattamente { $number }
said-other = non esattamente { $number }
said-below = meno di { $number }
said-at-most = al massimo { $number }
said-above = più di { $number }
said-at-least = almeno { $number }
said-between = tra { $least } e { $most }
said-times = { $count ->
    [one] { $compared } volta
   *[other] { $compared } volte
  }

# Tempi
said-span-minutes = { $count ->
    [one] un minuto
   *[other] { $number } minuti
  }
said-span-hours = { $count ->
    [one] un’ora
   *[other] { $number } ore
  }
said-span-days = { $count ->
    [one] un giorno
   *[other] { $number } giorni
  }
said-span-weeks = { $count ->
    [one] una settimana
   *[other] { $number } settimane
  }
said-last-minutes = { $count ->
    [one] nell’ultimo minuto
   *[other] negli ultimi { $number } minuti
  }
said-last-hours = { $count ->
    [one] nell’ultima ora
   *[other] nelle ultime { $number } ore
  }
said-last-days = { $count ->
    [one] nell’ultimo giorno
   *[other] negli ultimi { $number } giorni
  }
said-last-weeks = { $count ->
    [one] nell’ultima settimana
   *[other] nelle ultime { $number } settimane
  }
said-next-minutes = { $count ->
    [one] nel prossimo minuto
   *[other] nei prossimi { $number } minuti
  }
said-next-hours = { $count ->
    [one] nella prossima ora
   *[other] nelle prossime { $number } ore
  }
said-next-days = { $count ->
    [one] nel prossimo giorno
   *[other] nei prossimi { $number } giorni
  }
said-next-weeks = { $count ->
    [one] nella prossima settimana
   *[other] nelle prossime { $number } settimane
  }
said-before = almeno { $span } fa
said-ago = tra { $oldest } e { $newest } fa
said-today = oggi
said-yesterday = ieri
said-this-week = questa settimana
said-last-week = la settimana scorsa
said-this-month = questo mese
said-last-month = il mese scorso
said-this-year = quest’anno
said-last-year = l’anno scorso
said-day = il { $day }
said-days = dal { $first } al { $last }
said-since = dal { $day } in poi
said-weekday = di { $day }
said-weekdays = da { $first } a { $last }
said-any-day = in qualsiasi giorno
said-hours = tra le { $from } e le { $to }
said-around = { $last } o { $next }

# Eventi
said-did = { $what }
said-did-not = non { $what }
said-event = ha fatto { $name }
said-any-track = ha avuto un evento qualsiasi
said-any-page = ha visto una pagina
said-any-screen = ha visto una schermata
said-any-identify = si è fatto riconoscere
said-any-group = è stato messo in un’azienda
said-any-alias = ha avuto due identificativi uniti
said-any-decision = ha avuto una decisione su chi è
said-page = ha visto la pagina { $name }
said-screen = ha visto la schermata { $name }
said-identify = si è fatto riconoscere come { $name }
said-group = è stato messo nell’azienda { $name }
said-alias = ha avuto due identificativi uniti come { $name }
said-decision = ha avuto la decisione { $name }
said-with = con { $field } { $values }
said-with-not = con { $field } diverso da { $values }
said-with-part = con { $field } che contiene { $values }
said-with-set = con un valore in { $field }
said-with-empty = senza { $field }
said-first = per la prima volta
said-last = per l’ultima volta
said-sum = con un totale di { $field }: { $compared }
said-average = con una media di { $field }: { $compared }
said-smallest = con il valore più piccolo di { $field }: { $compared }
said-greatest = con il valore più grande di { $field }: { $compared }
said-distinct = con valori diversi di { $field }: { $compared }
said-last-is = l’ultima volta { $with }
said-then = { $first }, poi entro { $span } { $then }
said-then-without = { $first }, poi entro { $span } { $then }, e nel frattempo { $without }

# Dati della persona
said-is = ha come { $trait } { $values }
said-is-not = non ha come { $trait } { $values }
said-contains = ha { $values } dentro { $trait }
said-contains-not = non ha { $values } dentro { $trait }
said-set = ha un valore per { $trait }
said-set-not = non ha un valore per { $trait }
said-date = una data { $when }
said-date-ever = una data già passata
said-anniversary = ha la ricorrenza di { $trait } { $when }
said-anniversary-not = non ha la ricorrenza di { $trait } { $when }
said-birthday = compie gli anni { $when }
said-birthday-not = non compie gli anni { $when }
said-known = si riconosce da { $kind }
said-known-not = non si riconosce da { $kind }
said-kind-user-id = un ID utente
said-kind-tax-code = un codice fiscale
said-kind-card = una tessera
said-kind-email = un’e-mail
said-kind-phone = un cellulare
said-kind-external-id = un ID esterno
said-kind-push-token = le notifiche di un’app
said-kind-device-id = un dispositivo
said-kind-advertising-id = un ID pubblicitario
said-kind-ga-client-id = Google Analytics
said-kind-anonymous-id = un browser
said-kind-landline = un telefono fisso
said-kind-group-id = un’azienda
said-kind-telegram = una chat di Telegram
said-kind-web-push = un browser con notifiche
said-yes = ha detto sì a { $purpose }
said-yes-not = non ha un sì che vale per { $purpose }
said-no = ha detto no a { $purpose }
said-no-not = non ha detto no a { $purpose }
said-pending = ha un sì in attesa di conferma per { $purpose }
said-pending-not = non ha un sì in attesa di conferma per { $purpose }
said-void = ha un sì che non vale per { $purpose }
said-void-not = non ha un sì che non vale per { $purpose }
said-unasked = non ha mai risposto su { $purpose }
said-unasked-not = ha già risposto su { $purpose }

# Ordini, canali, segmenti, quote
said-orders-count = { $count ->
    [one] ha { $compared } ordine
   *[other] ha { $compared } ordini
  }
said-orders-count-not = { $count ->
    [one] non ha { $compared } ordine
   *[other] non ha { $compared } ordini
  }
said-orders-revenue = ha speso { $compared }
said-orders-revenue-not = non ha speso { $compared }
said-orders-average = ha speso in media { $compared } per ordine
said-orders-average-not = non ha speso in media { $compared } per ordine
said-met = si è fatto vivo { $on }
said-met-not = non si è fatto vivo { $on }
said-channels = { $count ->
    [one] si è fatto vivo su { $compared } canale
   *[other] si è fatto vivo su { $compared } canali
  }
said-channels-not = { $count ->
    [one] non si è fatto vivo su { $compared } canale
   *[other] non si è fatto vivo su { $compared } canali
  }
said-on-web = sul sito
said-on-app = nell’app
said-on-email = per e-mail
said-on-sms = per SMS
said-on-chat = in chat
said-on-social = sui social
said-on-phone = al telefono
said-on-shop = in negozio
said-on-server = attraverso i nostri sistemi
said-segment = è nel segmento { $name }
said-segment-not = non è nel segmento { $name }
said-list = è nella lista { $name }
said-list-not = non è nella lista { $name }
said-persona = è del tipo { $name }
said-persona-not = non è del tipo { $name }
said-share = è nella quota da { $from }% a { $to }% del sorteggio { $name }
said-share-not = non è nella quota da { $from }% a { $to }% del sorteggio { $name }
said-rfm-group = è nel gruppo { $name }
said-rfm-group-not = non è nel gruppo { $name }
said-rfm-recency = ha come punteggio R (quanto di recente) { $compared }
said-rfm-recency-not = non ha come punteggio R (quanto di recente) { $compared }
said-rfm-frequency = ha come punteggio F (quante volte) { $compared }
said-rfm-frequency-not = non ha come punteggio F (quante volte) { $compared }
said-rfm-monetary = ha come punteggio M (per quanto) { $compared }
said-rfm-monetary-not = non ha come punteggio M (per quanto) { $compared }
said-stage-new = ha comprato per la prima volta da poco
said-stage-new-not = non ha comprato per la prima volta da poco
said-stage-active = è un cliente attivo
said-stage-active-not = non è un cliente attivo
said-stage-returned = è un cliente tornato
said-stage-returned-not = non è un cliente tornato
said-stage-at-risk = è a rischio di non tornare
said-stage-at-risk-not = non è a rischio di non tornare
said-stage-lost = è un cliente perso
said-stage-lost-not = non è un cliente perso
said-stage-never-bought = non ha mai comprato
said-stage-never-bought-not = ha comprato almeno una volta

# Eventi che si conoscono
said-event-order-completed = ha fatto un ordine
said-event-order-updated = ha modificato un ordine
said-event-order-cancelled = ha annullato un ordine
said-event-order-refunded = ha avuto un rimborso
said-event-product-viewed = ha guardato un prodotto
said-event-product-added = ha messo un prodotto nel carrello
said-event-product-removed = ha tolto un prodotto dal carrello
said-event-products-searched = ha cercato un prodotto
said-event-product-list-viewed = ha guardato un elenco di prodotti
said-event-cart-viewed = ha guardato il carrello
said-event-checkout-started = ha iniziato l’acquisto
said-event-payment-info-entered = ha scelto il pagamento
said-event-coupon-applied = ha usato un buono
said-event-signed-up = si è registrato
said-event-signed-in = è entrato nel suo conto
said-event-application-installed = ha installato l’app
said-event-application-opened = ha aperto l’app
said-event-application-updated = ha aggiornato l’app
said-event-product-clicked = ha aperto un prodotto
said-event-product-added-to-wishlist = ha messo un prodotto tra i preferiti
said-event-product-removed-from-wishlist = ha tolto un prodotto dai preferiti
said-event-product-reviewed = ha recensito un prodotto
said-event-form-submitted = ha inviato un modulo
said-event-quote-requested = ha chiesto un preventivo
said-event-survey-answered = ha risposto a un sondaggio
said-event-card-issued = ha ricevuto una tessera
said-event-appointment-kept = è venuto a un appuntamento
said-event-email-bounced = ha avuto un’e-mail tornata indietro
said-event-email-delivered = ha ricevuto un’e-mail
said-event-email-opened = ha aperto un’e-mail
said-event-email-link-clicked = ha premuto un collegamento in un’e-mail
said-event-unsubscribed = si è disiscritto
said-event-store-visit-recorded = è venuto in negozio
said-event-points-earned = ha guadagnato punti

# Campi e dati che si conoscono
said-field-channel = canale
said-field-revenue = ricavo
said-field-total = importo
said-field-value = valore
said-field-price = prezzo
said-field-quantity = quantità
said-field-currency = valuta
said-field-coupon = buono
said-field-category = categoria
said-field-name = nome
said-field-brand = marca
said-field-order-id = numero d’ordine
said-field-payment-method = metodo di pagamento
said-field-products-category = categoria dei prodotti
said-field-products-name = nome dei prodotti
said-field-products-brand = marca dei prodotti
said-field-products-sku = codice dei prodotti
said-field-products-product-id = ID dei prodotti
said-field-products-price = prezzo dei prodotti
said-field-context-page-path = indirizzo della pagina
said-field-context-campaign-name = nome della campagna
said-field-context-campaign-source = fonte della campagna
said-trait-address = indirizzo
said-trait-age = età
said-trait-birthday = data di nascita
said-trait-city = città
said-trait-company = azienda
said-trait-country = Paese
said-trait-created-at = data di iscrizione
said-trait-email = e-mail
said-trait-first-name = nome
said-trait-gender = genere
said-trait-language = lingua
said-trait-last-name = cognome
said-trait-name = nome completo
said-trait-phone = telefono
said-trait-postal-code = CAP
said-trait-state = provincia
said-trait-street = via
said-trait-title = titolo
said-trait-website = sito
