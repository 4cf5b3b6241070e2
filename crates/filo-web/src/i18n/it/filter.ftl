## I filtri dell’elenco

filter-title = Filtri
filter-clear = Togli tutti i filtri
filter-remove = Togli questo filtro
filter-apply = Applica
filter-wrong = Il filtro «{ $name }» non si legge: non è stato usato.
filter-channel = Canale
filter-source = Arrivati da
filter-list = In lista
filter-last = Ultimo segno
filter-first = Con noi dal
filter-orders = Ordini
filter-spent = Speso
filter-marketing = Marketing
filter-birthday = Compleanno
filter-reach = Raggiungibili
filter-first-from = Con noi dal
filter-first-to = Con noi dal
filter-last-from = Ultimo segno
filter-last-to = Ultimo segno
filter-spent-from = Speso
filter-spent-to = Speso
filter-from-day = Dal giorno
filter-to-day = Al giorno
filter-from-amount = Almeno (€)
filter-to-amount = Al massimo (€)
filter-orders-least = Quanti, almeno
filter-least = almeno { $value }
filter-since = da { $from }
filter-until = fino a { $to }
filter-marketing-granted = Ha detto sì
filter-marketing-denied = Ha detto no
filter-marketing-unknown = Mai chiesto
filter-birthday-today = Oggi
filter-birthday-week = Nei prossimi 7 giorni
filter-birthday-month = Questo mese
filter-reach-email = Per e-mail
filter-reach-phone = Per telefono
filter-reach-both = Per e-mail e telefono
filter-trait = Un dato
filter-trait-name = Quale dato
filter-trait-hint = Come si chiama nella scheda della persona, per esempio città o taglia. Maiuscole e minuscole non contano.
filter-trait-is = Come dev’essere
filter-trait-value = Valore
filter-trait-equals = è
filter-trait-contains = contiene
filter-trait-set = c’è
filter-trait-empty = manca
people-looked = Abbiamo guardato { $number } persone; le altre ancora no.
people-looked-all = { $count ->
    [one] Abbiamo guardato una persona: era l’ultima.
   *[other] Abbiamo guardato { $number } persone, fino all’ultima.
}
people-look-on = Guarda le prossime
