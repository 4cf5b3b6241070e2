## Il valore dei clienti

worth-title = Valore dei clienti
worth-lead = Quanto vale chi compra da te: con una formula che si fa a mano, e con quello che ci si può aspettare da ciascuno nei prossimi mesi.
worth-by = Gruppi
worth-by-channel = Per canale del primo ordine
worth-by-quarter = Per trimestre del primo ordine
worth-by-month = Per mese del primo ordine
worth-as-of = Com’era il { $when }.
worth-none = Non ancora
worth-none-hint = Per dire quanto vale un cliente servono abbastanza persone che hanno comprato: con poche, ogni numero racconterebbe solo di loro.
worth-lack-buyers = { $count ->
    [one] Ha comprato una persona: ne servono { $least }, ne mancano { $missing }.
   *[other] Hanno comprato { $have } persone: ne servono { $least }, ne mancano { $missing }.
  }
worth-lack-repeating = { $count ->
    [one] Una persona ha ricomprato: ne servono { $least }, ne mancano { $missing }.
   *[other] Hanno ricomprato { $have } persone: ne servono { $least }, ne mancano { $missing }.
  }
worth-lack-days = { $count ->
    [one] Il primo ordine è di un giorno fa: servono { $least } giorni, ne mancano { $missing }.
   *[other] Il primo ordine è di { $have } giorni fa: servono { $least } giorni, ne mancano { $missing }.
  }
worth-summary = In breve
worth-people = Hanno comprato
worth-expected = Acquisti attesi in { $days } giorni
worth-year = Valore atteso in 365 giorni
worth-year-each = Lo stesso, a testa
worth-between = fra { $low } e { $high }
worth-at-least = almeno { $low }
worth-expected-hint = Quello che ci si aspetta da chi ha già comprato, se tutto va avanti come finora. Fra i due numeri sta il vero 95 volte su 100. Sono ricavi, non guadagni, e non sono scontati.
worth-amounts-own = Di quanto spenderà ciascuno non c’è un modello, solo quanto ha speso finora: per poche persone il valore può essere molto lontano.
worth-wide = L’intervallo è largo: prendilo come un ordine di grandezza.
worth-check = Prova sul passato: il { $when } ci saremmo aspettati { $expected } acquisti nei 90 giorni dopo; ne sono arrivati { $came }.
worth-check-more = Come è andata, fascia per fascia
worth-model-none = Che cosa aspettarsi da ciascuno non si può dire ancora.
worth-model-unfit = Gli acquisti visti finora non bastano a distinguere chi compra spesso da chi ha smesso.
worth-simple = La formula semplice
worth-simple-none = Non ancora.
worth-simple-buys = Chi compra spende { $average } per volta, { $times } volte { $period } ({ $buyers } persone nell’ultimo periodo).
worth-simple-stays = Di { $base } che avevano comprato nel periodo prima, { $again } hanno comprato anche nell’ultimo: il { $share } (fra { $low } e { $high }). Chi smette lascia il posto, perciò un cliente resta in media 1 diviso la parte che si perde, contato in periodi lunghi uguale ({ $period }).
worth-simple-endless = Tutti quelli del periodo prima sono tornati: quanto resti un cliente non si può dire. Vale almeno { $low }.
worth-simple-beside = La formula dice quanto porta un cliente medio da quando comincia a quando smette, guardando solo chi compra adesso. Il valore atteso dice che cosa farà nei prossimi 365 giorni ciascuno di quelli che hanno già comprato, anche chi forse non torna più: per questo è spesso più basso.
worth-period-365 = all’anno
worth-period-90 = in 90 giorni
worth-period-30 = in 30 giorni
worth-groups = Da dove, e quando, sono arrivati
worth-groups-hint = Per ogni gruppo, quello che ci si aspetta nei prossimi 365 giorni. Ogni numero di persone porta a loro.
worth-head-group = Gruppo
worth-head-people = Persone
worth-head-share = Parte
worth-head-purchases = Acquisti attesi
worth-head-worth = Valore atteso
worth-head-each = A testa
worth-group-unknown = non si sa
worth-group-quarter = { $quarter }° trimestre { $year }
worth-chances = Chi compra ancora da te
worth-chances-hint = La probabilità che chi ha comprato più di una volta sia ancora un cliente, dal suo ritmo e da quanto tace. Di chi ha comprato una volta sola il modello non lo sa dire, e sta a parte.
worth-head-chance = Probabilità
worth-once = Ha comprato una volta sola
worth-top = Le persone da cui ci si aspetta di più
worth-top-hint = Acquisti attesi in 30, 90 e 365 giorni. Fra i due numeri sotto sta il suo anno 8 volte su 10.
worth-head-person = Chi
worth-head-bought = Ha comprato
worth-head-still = Compra ancora
worth-head-ahead = Acquisti attesi
worth-head-amount = Per volta
worth-bought = { $count ->
    [one] Un ordine, { $amount }
   *[other] { $number } ordini, { $amount }
  }
worth-last = l’ultimo il { $when }
worth-behind-count = { $count ->
    [one] Una persona, com’era il { $when }
   *[other] { $number } persone, com’era il { $when }
  }
worth-behind-none = Nessuno
worth-behind-none-hint = Dietro questo numero adesso non c’è nessuno.
worth-behind-band = Compra ancora con probabilità { $ends }
worth-behind-group = Primo ordine: { $name }
worth-how-orders = Contano gli ordini che valgono: gli annullati no, i rimborsi si tolgono, di un ordine in un’altra valuta conta l’ordine e non l’importo. Quello che si ordina entro 24 ore dall’ordine prima è lo stesso acquisto. Si legge tutto il filo, dal sito al banco.
worth-how-model = Il modello dice che ciascuno compra a un suo ritmo finché, dopo un acquisto, smette senza dirlo (BG/NBD). Impara da tutti come sono sparsi i ritmi e le probabilità di smettere, e per ognuno pesa quello che si è visto di lui. Quanto spende per volta si impara allo stesso modo (Gamma–Gamma): con pochi acquisti si sta vicino alla media di tutti. Il modello impara da tutti; il segmento sceglie di chi si parla.
worth-how-intervals = L’intervallo del 95 % mette insieme quello che non si sa dei parametri (metodo delta) e il caso dei singoli (estratto). Per una persona sono 200 futuri estratti: fra i due numeri ne stanno 8 su 10.
worth-how-parameters = Parametri, con il tempo in giorni: r { $r }, α { $alpha }, a { $a }, b { $b }, da { $buyers } persone, di cui { $repeating } hanno ricomprato.
worth-how-amounts = Importi: p { $p }, q { $q }, v { $v }.
worth-how-no-amounts = Quanto si spende ogni volta è troppo poco noto, o troppo diverso da persona a persona (un caffè e un bancale), per un modello: di chi è tornato ci si aspetta quanto ha speso finora ogni volta; di chi ha comprato una volta sola, il valore che sta nel mezzo di chi è tornato.
worth-how-correlated = Attenzione: chi compra spesso spende anche diversamente (correlazione { $correlation }), e il modello lo trascura.
worth-how-source = BG/NBD: Fader, Hardie, Lee (2005). Gamma–Gamma: Fader, Hardie (2013). Sotto le 500 persone con un’ipotesi di partenza larga, che tiene i parametri nei limiti; da 500 in su senza.
