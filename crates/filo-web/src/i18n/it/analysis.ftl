## Analisi: i percorsi che portano agli ordini

place-analysis = Analisi
analysis-title = Percorsi d’acquisto
analysis-lead = Che cosa toccano i clienti prima di comprare, in quale ordine, quanto ci mettono, e dove si decide: dal sito al banco, su un filo solo.
analysis-period = Periodo
analysis-last-days = { $count ->
    [365] Ultimo anno
   *[other] Ultimi { $count } giorni
  }
analysis-which = Ordini
analysis-which-all = Tutti
analysis-which-first = Il primo di ciascuno
analysis-which-next = Quelli dopo il primo
analysis-of = Di chi
analysis-of-all = Tutti
analysis-show = Mostra
analysis-none = Ancora nessun percorso
analysis-none-hint = Qui compaiono i percorsi appena qualcuno passa di qui o compra: servono gli eventi del sito, del negozio o delle e-mail, e gli ordini.
analysis-summary = In breve
analysis-orders = Ordini
analysis-revenue = Ricavo
analysis-people = Persone e visitatori
analysis-rate = Percorsi finiti con un ordine
analysis-touches = Contatti prima di un ordine
analysis-touches-middle = { $middle } (metà degli ordini: da { $low } a { $high })
analysis-days = Giorni dal primo contatto all’ordine
analysis-days-middle = { $middle } (metà degli ordini: da { $low } a { $high })
analysis-first-order = Di chi prima o poi compra, metà ci mette al più { $days } giorni dalla prima visita. Entro 30 giorni compra il { $share } di chi arriva (fra { $low } e { $high }, su { $customers }); chi non ha ancora comprato conta per il tempo in cui l’abbiamo visto.
analysis-first-order-same-day = Di chi prima o poi compra, metà lo fa già alla prima visita. Entro 30 giorni compra il { $share } di chi arriva (fra { $low } e { $high }, su { $customers }); chi non ha ancora comprato conta per il tempo in cui l’abbiamo visto.
analysis-untouched = { $count ->
    [one] Di un ordine non si sa che cosa ci fosse prima: l’ha detto un sistema, e nessun contatto è noto.
   *[other] Di { $number } ordini non si sa che cosa ci fosse prima: li ha detti un sistema, e nessun contatto è noto.
  }
analysis-sequences = Le sequenze più frequenti
analysis-sequences-hint = Lo stesso canale più volte di fila conta una volta. Ogni numero porta a chi c’è dietro.
analysis-head-sequence = Sequenza
analysis-head-orders = Ordini
analysis-head-share = Parte
analysis-head-open = Senza ordine
analysis-head-revenue = Ricavo
analysis-no-touch = nessun contatto noto
analysis-moments = Dove si decide
analysis-moments-hint = Quanto più spesso compra chi tocca un canale, rispetto a chi non lo tocca. È un legame, non una causa: chi tocca di più è anche chi viene da più tempo.
analysis-head-channel = Canale
analysis-head-ways = Percorsi
analysis-head-rate = Finiti con un ordine
analysis-head-difference = Differenza
analysis-points = { $points } punti
analysis-points-between = fra { $low } e { $high }
analysis-too-few-to-say = troppo pochi per dirlo
analysis-credits = A chi va il merito
analysis-credits-hint = Quanti ordini ogni metodo attribuisce a ogni canale. È contabilità: che cosa sarebbe successo senza un canale lo dice solo un gruppo di controllo.
analysis-credits-too-few = Servono almeno { $least } ordini con contatti noti: per ora sono { $have }. Con meno, ogni metodo darebbe numeri a caso. Scegli un periodo più lungo.
analysis-credits-how = { $touches ->
    [one] La catena di Markov guarda l’ultimo contatto;
   *[other] La catena di Markov guarda gli ultimi { $touches } contatti;
  } fra parentesi dove sta il merito 95 volte su 100. Ordini ripartiti: { $orders }. Il ricavo è ripartito con la catena.
analysis-method-first = Primo contatto
analysis-method-last = Ultimo contatto
analysis-method-linear = In parti uguali
analysis-method-decay = Più ai recenti
analysis-method-position = Primo e ultimo
analysis-method-markov = Catena di Markov
analysis-method-shapley = Shapley
analysis-others = canali piccoli insieme
analysis-how = Come si conta
analysis-how-way = Un contatto è una visita su un canale: i segni di vita a meno di mezz’ora l’uno dall’altro sono uno solo. Quello che un sistema riferisce senza che il cliente ci sia non è un contatto, e nemmeno un messaggio solo consegnato. Un percorso comincia dopo l’ordine precedente, al più 90 giorni prima, e finisce con l’ordine; se non c’è ancora, resta aperto. Gli ordini annullati non contano, i rimborsi si tolgono dal ricavo; di un ordine in un’altra valuta conta l’ordine, non l’importo.
analysis-how-methods = Primo e ultimo danno tutto a un contatto, le parti uguali a tutti; «più ai recenti» dimezza ogni sette giorni; «primo e ultimo» dà il 40 % a ciascuno dei due. La catena di Markov chiede quanti ordini si perderebbero togliendo il canale; Shapley che cosa aggiunge agli altri. I canali con meno di 20 ordini stanno insieme.
analysis-how-source = Tempo al primo ordine: Kaplan e Meier (1958). Catena: Anderl e altri (2016), intervalli con 200 ricampionamenti. Differenze: intervallo di Newcombe al 95 %.
analysis-behind-order = { $count ->
    [one] Un ordine alla fine di questo percorso
   *[other] { $number } ordini alla fine di questo percorso
  }
analysis-behind-open = { $count ->
    [one] Una persona o un visitatore su questo percorso, senza un ordine finora
   *[other] { $number } persone e visitatori su questo percorso, senza un ordine finora
  }
analysis-behind-none = Nessuno è su questo percorso in questo periodo.
analysis-behind-more = Qui stanno i primi { $most }.
analysis-just-came = appena arrivato
analysis-csv = Scarica come CSV
analysis-figure-people = { $count ->
    [one] Una persona
   *[other] { $number } persone
  }
analysis-figure-none = Nessuno
analysis-figure-none-hint = Dietro a questo numero non c’è nessuno.
