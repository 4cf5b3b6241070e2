## Periodi a confronto

compare-title = Periodi a confronto
compare-lead = Le cifre di un periodo accanto a quelle di prima, e se la differenza è più di quanto spieghi il caso.
compare-period-week = L’ultima settimana finita
compare-period-month = L’ultimo mese finito
compare-period-quarter = L’ultimo trimestre finito
compare-period-year = L’ultimo anno finito
compare-period-week-so-far = Questa settimana finora
compare-period-month-so-far = Questo mese finora
compare-period-year-so-far = Quest’anno finora
compare-period-day = Ieri
compare-period-between = I giorni scritti qui
compare-from = Dal
compare-until = Al
compare-against = Contro
compare-against-before = Il periodo subito prima
compare-against-year-before = Lo stesso di un anno prima
compare-days = { $now }, contro { $before }
compare-head-figure = Cifra
compare-head-difference = Differenza
compare-head-change = Differenza relativa
compare-head-low = Estremo inferiore
compare-head-high = Estremo superiore
compare-head-chance = Oltre il caso?
compare-head-people = Persone
compare-head-people-before = Persone prima
compare-head-days = Giorni
compare-points = { $points } punti
compare-between = tra { $low } e { $high }
compare-at-least = almeno { $low }
compare-higher = Più di quanto spieghi il caso ({ $ends })
compare-lower = Meno di quanto spieghi il caso ({ $ends })
compare-within-chance = Può essere il caso ({ $ends })
compare-too-few = { $count ->
    [one] Troppo poco per dirlo: una persona, ne servono { $least }
   *[other] Troppo poco per dirlo: { $have } persone, ne servono { $least }
  }
compare-word-higher = di più
compare-word-lower = di meno
compare-word-within-chance = può essere il caso
compare-word-too-few = troppo poco per dirlo
compare-good = Bene
compare-bad = Attenzione
compare-course = L’andamento
compare-course-money = In { $currency } interi.
compare-causes = Da dove viene la differenza
compare-causes-none = Nessun canale, sistema, tipo di evento o segmento spicca sugli altri.
compare-causes-hint = È un conto, non la prova di una causa. I segmenti si sovrappongono, quindi le loro parti non si sommano.
compare-cause-channel = Canale { $name }: { $added }, il { $share } % della differenza
compare-cause-source = Sistema { $name }: { $added }, il { $share } % della differenza
compare-cause-event = { $name }: { $added }, il { $share } % della differenza
compare-cause-segment = Chi è in { $name }: { $added }, il { $share } % della differenza
compare-how-chance = “Oltre il caso” vuol dire che l’intervallo del 95 % lascia fuori lo zero, se le persone agiscono ciascuna per sé. Chi compra in tutti e due i periodi conta una volta, con la sua differenza. Ciò che muove tutti insieme (il tempo, una festa) non è caso: scrivetelo come annotazione. Sotto le 10 persone, o 30 dove alcune contano molto più di altre, non si dice nulla.
compare-how-length = Dove i due periodi non sono lunghi uguali (febbraio e marzo), l’intervallo è della cifra al giorno. I giorni sono quelli dell’orologio dell’azienda: un giorno di 23 o di 25 ore è un giorno.
compare-how-many = Con quattordici cifre alla volta, ogni tanto una sembra cambiata senza esserlo: circa una su venti di quelle ferme.
compare-how-source = Conteggi: Przyborowski e Wilenski (1940), estremi di Clopper e Pearson (1934). Somme e medie: la varianza del bootstrap di Poisson, Chamandy e altri (2012). Quote: Newcombe (1998).
