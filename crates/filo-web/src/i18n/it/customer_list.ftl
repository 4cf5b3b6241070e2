## Le liste fatte a mano

place-lists = Liste
customer-list-lead = Persone messe insieme a mano, una per una o molte insieme.
customer-list-new = Nuova lista
customer-list-make = Crea la lista
customer-list-none = Ancora nessuna lista
customer-list-none-hint = Una lista raccoglie chi decidi tu: gli invitati alla degustazione, i grossisti di Verona. Chi ci sta non cambia da solo; per questo ci sono i segmenti.
customer-list-none-here = Nessuna lista qui.
customer-list-none-yet = Non c’è ancora nessuna lista in uso.
customer-list-tab-standing = In uso
customer-list-tab-away = Messe via
customer-list-search = Cerca una lista
customer-list-head-name = Lista
customer-list-changed = Cambiata
customer-list-made = Creata
customer-list-put-away = «{ $name }» messa via.
customer-list-name = Nome
customer-list-name-hint = Per esempio: Invitati alla degustazione
customer-list-description = A che cosa serve
customer-list-wrong-name = Scrivi un nome di una riga, fino a 80 lettere.
customer-list-wrong-description = Al massimo 500 lettere.
customer-list-edit = Cambia nome e descrizione
customer-list-save = Salva
customer-list-archive = Metti via
customer-list-restore = Riporta
customer-list-away-since = Messa via il { $when } da { $who }. Chi c’era c’è ancora, e si può riportare.
customer-list-used = «{ $name }» la usa: prima cambia quello.
customer-list-stale = Intanto qualcun altro l’ha cambiata. Qui la vedi com’è adesso.
customer-list-as-people = Apri fra le persone
customer-list-everybody = Tutta la lista
customer-list-add = Metti in lista
customer-list-add-search = Cerca chi mettere in lista
customer-list-add-hint = Per metterne molti insieme, sceglili fra le persone.
customer-list-put-on-do = Metti in lista
customer-list-put-on-one = Metti in lista: { $name }
customer-list-is-on = già in lista
customer-list-take-off = Togli dalla lista
customer-list-look = Cerca nella lista
customer-list-empty = In questa lista non c’è ancora nessuno.
customer-list-head-since = In lista dal
customer-list-head-by = Messo da
customer-list-by-file = un file importato
customer-list-by-journey = il percorso «{ $name }»
customer-list-put-on = { $count ->
    [0] Erano già in lista.
    [one] Una persona messa in lista.
   *[other] { $number } persone messe in lista.
  }
customer-list-taken-off = { $count ->
    [0] Non erano in lista.
    [one] Una persona tolta dalla lista.
   *[other] { $number } persone tolte dalla lista.
  }
customer-list-which = Quale lista
customer-list-bulk = Liste
customer-list-bulk-all = Mettile in una lista, o toglile
customer-list-bulk-title = { $count ->
    [one] Una persona: in quale lista?
   *[other] { $number } persone: in quale lista?
  }
customer-list-bulk-hint = Chi è già dove deve essere resta com’è.
customer-list-too-many = Sono troppe per una volta sola: al massimo { $most }. Filtra un po’ di più.
customer-list-wrong-which = Scegli una lista in uso.
customer-list-of-person = Liste
customer-list-on-none = In nessuna lista.
customer-list-since = Dal { $when }
customer-list-since-by = Dal { $when } · { $who }
done-list-made = Lista creata.
done-list-changed = Lista cambiata.
done-list-back = Lista riportata, con tutti quelli che c’erano.
done-list-nobody = Non hai scelto nessuno.
done-list-undone = Annullato.
import-list = In una lista
import-list-hint = Tutti quelli del file vengono messi anche in questa lista.
import-list-none = — nessuna —
wrong-import-list = Scegli una lista in uso.
import-change-on-list = Lista
import-list-joined = messo in lista
