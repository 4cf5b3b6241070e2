## Sorgenti e chiavi

sources-lead = Da dove arrivano gli eventi, e le righe da incollare.
source-no-key = Non ha chiavi: non può inviare.
source-snippet = Righe da incollare
snippet-site = Incolla prima di </head> in ogni pagina. Questa chiave è pubblica: può solo inviare.
key-revoke = Revoca
key-revoke-confirm = Revoca per sempre
key-made = Chiave «{ $name }» creata
key-made-hint = Copiala adesso: se è segreta non la vedrai più.
key-made-on = creata: { $date }
key-ends = finisce: { $date }
api-keys-title = Chiavi dell’API
api-keys-lead = Per i programmi che leggono o decidono. La descrizione:
api-keys-none = Nessuna chiave dell’API.
power-read = legge
power-write = legge e scrive
power-admin = amministra
new-name = Nome
new-name-hint = Per esempio: Sito, Cassa, Gestionale.
new-power = Permessi
new-do = Crea
source-new = Nuova sorgente
source-new-lead = Scegli da dove arrivano gli eventi: poi ti diamo la chiave e le righe da incollare.
source-what = Che cos’è?
source-create = Crea e mostra la chiave
source-kind-web = Sito
source-kind-web-hint = Pagine, carrello, ordini: si incollano due righe nel sito.
source-kind-app = App
source-kind-app-hint = L’app sul telefono dei clienti.
source-kind-server = Cassa o gestionale
source-kind-server-hint = Un sistema tuo: negozio online, cassa, contabilità. Ciò che invia vale come provato.
source-kind-ga4 = Google Analytics 4
source-kind-ga4-hint = Chi invia già con il Measurement Protocol cambia solo l’indirizzo.
source-kind-cloudevents = CloudEvents
source-kind-cloudevents-hint = Per sistemi che parlano già questo standard.
source-kind-other = Importazione
source-disabled = disattivata
source-disabled-since = Disattivata dal { $date }: chi invia con le sue chiavi riceve un rifiuto chiaro, e niente viene accolto.
source-enable = Riattiva
source-disable = Disattiva la sorgente
source-disable-confirm = Sì, non accogliere più niente
source-disable-hint = Le chiavi restano, ma da subito non accogliamo più niente. Puoi riattivarla quando vuoi.
source-last = Ultimo evento: { $when }
source-never = Mai un evento: incolla le righe che trovi dentro
source-without-key = Arriva con le importazioni: non serve una chiave.
source-recent = Ultimi eventi
source-recent-none = Qui compaiono gli eventi arrivati da poco. Quelli più vecchi sono sul filo di ogni persona.
source-live = Guarda in diretta
source-faults = Da riparare
source-faults-none = Niente: ciò che è arrivato è stato capito.
source-keys = Chiavi
source-key-new = Aggiungi una chiave
source-keys-hint = Per cambiare chiave senza interruzioni: aggiungine una, mettila nel sistema, poi revoca la vecchia.
source-key-made = Ecco la chiave
source-settings = Nome e stato
source-rename = Salva il nome
sources-none = Ancora nessuna sorgente
sources-none-hint = Collega il sito, la cassa o l’app: bastano pochi minuti.
volume-day = in 24 ore
volume-day-hint = Quest’ora e le 23 prima
volume-month = in 30 giorni
volume-title = Eventi al giorno
volume-head-day = Giorno
volume-head-events = Eventi
volume-sum = { $day } nelle ultime 24 ore · { $month } in 30 giorni
volume-hint = Contati uno per uno all’arrivo; un evento inviato due volte conta una volta.
ago-now = adesso
ago-minutes = { $count ->
    [one] un minuto fa
   *[other] { $count } minuti fa
  }
ago-hours = { $count ->
    [one] un’ora fa
   *[other] { $count } ore fa
  }
keys-more = { $count ->
    [one] e un’altra chiave
   *[other] e altre { $count } chiavi
  }
key-used = usata: { $when }
key-unused = mai usata
key-made-public-hint = È pubblica: può solo inviare eventi, e la trovi già nelle righe qui sotto.
your-key = LA_TUA_CHIAVE
your-key-hint = Al posto di LA_TUA_CHIAVE metti la chiave mostrata quando fu creata. L’hai persa? Aggiungine una nuova qui sopra.
snippet-segment = Per chi usa già analytics.js: lo stesso caricatore, con l’indirizzo di Filo.
snippet-curl = Incolla nel terminale per inviare un evento di prova.
snippet-app = La libreria di Segment per le app, con l’indirizzo di Filo.
snippet-node = npm install @segment/analytics-node
snippet-python = pip install segment-analytics-python
snippet-ga4 = Il Measurement Protocol di Google Analytics 4, con l’indirizzo di Filo e la chiave al posto di api_secret.
snippet-cloudevents = L’evento intero nel corpo della richiesta.
snippet-cloudevents-http = I dati nel corpo, il resto nelle intestazioni.
waiting-title = Aspettiamo il primo evento.
waiting-hint = Appena arriva lo vedi qui.
waiting-reload = Controlla adesso
waiting-arrived = Arrivato il primo evento: { $event }
api-key-new = Nuova chiave dell’API
api-key-name-hint = Per esempio: Contabilità, Foglio di calcolo.
wrong-kind = Scegli che cos’è.
key-sites = Siti
key-sites-count = { $count ->
    [0] Vale da qualsiasi sito
    [one] Vale solo da un sito
   *[other] Vale solo da { $count } siti
}
key-sites-hint = Uno per riga, come https://negozio.example. Vuoto: da qualsiasi sito. App e server non dicono da dove scrivono: per loro lascia vuoto.
key-sites-wrong = Scrivi ogni sito per intero, come https://negozio.example, senza altro dietro; al massimo { $most }.
