## Il guscio: navigazione e parole di ogni pagina

skip-to-content = Vai al contenuto
navigation = Sezioni
top-bar = Ricerca e profilo
place-people = Persone
place-sources = Sorgenti
place-quarantine = Quarantena
place-live = In diretta
place-incidents = Da guardare
find = Cerca
find-hint = Cerca persone o sezioni
find-move = scegli
find-open = apri
find-close = chiudi
choose-language = Lingua
choose-theme = Aspetto
theme-system = Sistema
theme-light = Chiaro
theme-dark = Scuro
place-today = Oggi
place-settings = Impostazioni
shortcuts-title = Scorciatoie da tastiera
shortcuts-close = Chiudi
shortcut-find = Cerca ovunque
shortcut-search = Vai alla ricerca della pagina
shortcut-move = Riga sotto, riga sopra
shortcut-note = Scrivi una nota
log-out = Esci
copy = Copia
cancel = Annulla
undo = Annulla
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
done-reopened = Riaperto.
done-restored = Rimesso in quarantena.
done-repaired-all = Riparati e accolti: ora sono sul filo delle persone.
done-renamed = Nome salvato.
done-origins-saved = Siti della chiave salvati.
done-source-disabled = Sorgente disattivata: da adesso non accogliamo più niente.
done-source-enabled = Sorgente riattivata.

## Quando qualcosa non va

failure-missing = Qui non c’è niente
failure-missing-hint = L’indirizzo non porta a nessuna pagina, o ciò che mostrava non esiste più.
failure-powerless = Non hai il permesso
failure-powerless-hint = Per questo serve il permesso di { $right }. Chiedilo a chi amministra Filo.
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
failure-back = Torna all’inizio

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
month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre
