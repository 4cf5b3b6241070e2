## Analisi: i percorsi che portano agli ordini

place-analysis = Analisi
ways-title = Percorsi d’acquisto
ways-lead = Che cosa toccano i clienti prima di comprare, in quale ordine, quanto ci mettono, e dove si decide: dal sito al banco, su un filo solo.
ways-period = Periodo
ways-last-days = { $count ->
    [365] Ultimo anno
   *[other] Ultimi { $count } giorni
  }
ways-which = Ordini
ways-which-all = Tutti
ways-which-first = Il primo di ciascuno
ways-which-next = Quelli dopo il primo
ways-of = Di chi
ways-of-all = Tutti
ways-show = Mostra
ways-none = Ancora nessun percorso
ways-none-hint = Qui compaiono i percorsi appena qualcuno passa di qui o compra: servono gli eventi del sito, del negozio o delle e-mail, e gli ordini.
ways-summary = In breve
ways-orders = Ordini
ways-revenue = Ricavo
ways-people = Persone e visitatori
ways-rate = Percorsi finiti con un ordine
ways-touches = Contatti prima di un ordine
ways-touches-middle = { $middle } (metà degli ordini: da { $low } a { $high })
ways-days = Giorni dal primo contatto all’ordine
ways-days-middle = { $middle } (metà degli ordini: da { $low } a { $high })
ways-first-order = Di chi prima o poi compra, metà ci mette al più { $days } giorni dalla prima visita. Entro 30 giorni compra il { $share } di chi arriva (fra { $low } e { $high }, su { $customers }); chi non ha ancora comprato conta per il tempo in cui l’abbiamo visto.
ways-untouched = { $count ->
    [one] Di un ordine non si sa che cosa ci fosse prima: l’ha detto un sistema, e nessun contatto è noto.
   *[other] Di { $number } ordini non si sa che cosa ci fosse prima: li ha detti un sistema, e nessun contatto è noto.
  }
ways-sequences = Le sequenze più frequenti
ways-sequences-hint = Lo stesso canale più volte di fila conta una volta. Ogni numero porta a chi c’è dietro.
ways-head-sequence = Sequenza
ways-head-orders = Ordini
ways-head-share = Parte
ways-head-open = Senza ordine
ways-head-revenue = Ricavo
ways-no-touch = nessun contatto noto
ways-moments = Dove si decide
ways-moments-hint = Quanto più spesso compra chi tocca un canale, rispetto a chi non lo tocca. È un legame, non una causa: chi tocca di più è anche chi viene da più tempo.
ways-head-channel = Canale
ways-head-ways = Percorsi
ways-head-rate = Finiti con un ordine
ways-head-difference = Differenza
ways-points = { $points } punti
ways-difference-told = { $channel }: { $points } punti percentuali, fra { $low } e { $high }
ways-too-few-to-say = troppo pochi per dirlo
ways-credits = A chi va il merito
ways-credits-hint = Quanti ordini ogni metodo attribuisce a ogni canale. È contabilità: che cosa sarebbe successo senza un canale lo dice solo un gruppo di controllo.
ways-credits-too-few = Servono almeno { $least } ordini con contatti noti: per ora sono { $have }. Con meno, ogni metodo darebbe numeri a caso. Scegli un periodo più lungo.
ways-credits-how = { $touches ->
    [one] La catena di Markov guarda l’ultimo contatto;
   *[other] La catena di Markov guarda gli ultimi { $touches } contatti;
  } fra parentesi dove sta il merito 95 volte su 100. Ordini ripartiti: { $orders }. Il ricavo è ripartito con la catena.
ways-method-first = Primo contatto
ways-method-last = Ultimo contatto
ways-method-linear = In parti uguali
ways-method-decay = Più ai recenti
ways-method-position = Primo e ultimo
ways-method-markov = Catena di Markov
ways-method-shapley = Shapley
ways-others = canali piccoli insieme
ways-how = Come si conta
ways-how-way = Un contatto è una visita su un canale: i segni di vita a meno di mezz’ora l’uno dall’altro sono uno solo. Quello che un sistema riferisce senza che il cliente ci sia non è un contatto, e nemmeno un messaggio solo consegnato. Un percorso comincia dopo l’ordine precedente, al più 90 giorni prima, e finisce con l’ordine; se non c’è ancora, resta aperto. Gli ordini annullati non contano, i rimborsi si tolgono dal ricavo; di un ordine in un’altra valuta conta l’ordine, non l’importo.
ways-how-methods = Primo e ultimo danno tutto a un contatto, le parti uguali a tutti; «più ai recenti» dimezza ogni sette giorni; «primo e ultimo» dà il 40 % a ciascuno dei due. La catena di Markov chiede quanti ordini si perderebbero togliendo il canale; Shapley che cosa aggiunge agli altri. I canali con meno di 20 ordini stanno insieme.
ways-how-source = Tempo al primo ordine: Kaplan e Meier (1958). Catena: Anderl e altri (2016), intervalli con 200 ricampionamenti. Differenze: intervallo di Newcombe al 95 %.
ways-behind-order = { $count ->
    [one] Un ordine alla fine di questo percorso
   *[other] { $number } ordini alla fine di questo percorso
  }
ways-behind-open = { $count ->
    [one] Una persona o un visitatore su questo percorso, senza un ordine finora
   *[other] { $number } persone e visitatori su questo percorso, senza un ordine finora
  }
ways-behind-none = Nessuno è su questo percorso in questo periodo.
ways-behind-more = Qui stanno i primi { $most }.
ways-just-came = appena arrivato
