## Il filo

thread-title = Il filo
thread-empty = Sul filo non c’è ancora niente.
thread-none-so = Qui non c’è niente di simile.
thread-scanned = Ho guardato gli ultimi { $count } segni da qui: con «Più vecchi» si va più indietro.
thread-views = { $count } pagine viste
thread-lines = { $count ->
    [one] Un articolo
   *[other] { $count } articoli
  }
thread-filter = Che cosa mostrare
thread-all = Tutto
thread-about-orders = Ordini
thread-about-visits = Visite
thread-about-notes = Note
thread-about-consents = Consensi
thread-about-decisions = Decisioni
thread-every-channel = Ogni canale
thread-search = Cerca sul filo
strand-title = Gli ultimi dodici mesi, mese per mese
strand-since = Disegnato dagli ultimi segni, dal { $date }.
strand-bead = { $month }, { $channel }: { $count }
clock-suspect = orologio di chi invia sbagliato
