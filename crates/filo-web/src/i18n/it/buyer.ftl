## Chi compra: punteggi, gruppi, ciclo di vita

buyer-title = Chi compra
buyer-lead = Quanto di recente, quante volte e per quanto compra ciascuno, accanto a tutti gli altri che comprano da te.
buyer-measured = { $count ->
    [one] Misurato il { $when }: una persona su { $customers } ha comprato.
   *[other] Misurato il { $when }: { $number } persone su { $customers } hanno comprato.
  }
buyer-next = Si rimisura da solo il { $when }.
buyer-measure = Misura adesso
done-buyer-measured = Misurato di nuovo.
buyer-none = Non ancora
buyer-none-hint = Un punteggio dice dove uno sta fra tutti quelli che comprano: con meno di { $least } sarebbe un caso.
buyer-missing = { $count ->
    [one] Manca una persona che compri.
   *[other] Mancano { $number } persone che comprino.
  }
buyer-enough = Adesso bastano: si possono misurare.
buyer-days = { $count ->
    [one] un giorno
   *[other] { $number } giorni
  }
buyer-groups = I gruppi
buyer-groups-hint = Dai punteggi R (quanto di recente) e F (quante volte). Ogni numero porta a chi c’è dietro; chi c’è adesso può essere cambiato da quando è stato misurato.
buyer-head-group = Gruppo
buyer-head-people = Persone
buyer-head-share = Parte
buyer-head-revenue = Ricavo
buyer-head-revenue-share = Parte del ricavo
buyer-head-average = Per ordine
buyer-head-before = 30 giorni prima
buyer-head-stage = Fase
buyer-segment = Fanne un segmento
buyer-segment-of = Fanne un segmento: { $name }
buyer-group-champions = Campioni
buyer-group-loyal = Fedeli
buyer-group-potential-loyal = Quasi fedeli
buyer-group-recent = Appena arrivati
buyer-group-promising = Promettenti
buyer-group-need-attention = Da curare
buyer-group-about-to-sleep = Si stanno addormentando
buyer-group-cannot-lose = Da non perdere
buyer-group-at-risk = A rischio
buyer-group-hibernating = In letargo
buyer-group-champions-means = Comprano spesso, e l’ultima volta è di pochissimo fa.
buyer-group-loyal-means = Comprano spesso, e l’ultima volta non è lontana.
buyer-group-potential-loyal-means = Hanno comprato da poco, e non per la prima volta.
buyer-group-recent-means = Hanno comprato da pochissimo, ma ancora poco.
buyer-group-promising-means = Hanno comprato da poco, ma ancora poco.
buyer-group-need-attention-means = Nel mezzo in tutto: possono andare di qua o di là.
buyer-group-about-to-sleep-means = Hanno comprato poche volte, e da un po’ non più.
buyer-group-cannot-lose-means = Compravano moltissimo, e da tempo non più.
buyer-group-at-risk-means = Compravano spesso, e da tempo non più.
buyer-group-hibernating-means = Hanno comprato poche volte, e molto tempo fa.
buyer-grid = Quanto di recente e quante volte
buyer-grid-hint = Quante persone hanno ogni coppia di punteggi. Più il colore è forte, più sono.
buyer-grid-corner = R (recente) e F (volte)
buyer-grid-cell = R { $recency }, F { $frequency }: { $name }
buyer-nobody = nessuno
buyer-recency-best = { $count ->
    [0] oggi
    [one] al massimo un giorno fa
   *[other] al massimo { $number } giorni fa
  }
buyer-recency-worst = ancora prima
buyer-orders-least = { $count ->
    [one] un ordine o più
   *[other] { $number } ordini o più
  }
buyer-orders-fewest = meno ordini
buyer-ladder = Qui troppi comprano poche volte perché i quinti dicano qualcosa: F va per gradini fissi, 2, 3, 5 e 10 ordini.
buyer-money = Il punteggio M dice per quanto: { $list }. Chi sta sotto ha 1.
buyer-money-part = { $score } da { $amount }
buyer-lifecycle = Il ciclo di vita
buyer-limits = { $count ->
    [one] Di chi ricompra, metà lo fa entro { $usual }, quattro su cinque entro { $late }, diciannove su venti entro { $gone }. Misurato su un intervallo fra un ordine e l’altro; su cento, { $never } non hanno fine.
   *[other] Di chi ricompra, metà lo fa entro { $usual }, quattro su cinque entro { $late }, diciannove su venti entro { $gone }. Misurato su { $number } intervalli fra un ordine e l’altro; su cento, { $never } non hanno fine.
  }
buyer-limits-own = Chi di suo compra più di rado ha più tempo: è a rischio dopo il doppio del suo intervallo usuale, perso quando nove dei suoi intervalli su dieci sarebbero finiti.
buyer-lifecycle-none = Non ancora: per dire dopo quanto uno è in ritardo bisogna aver visto abbastanza persone tornare.
buyer-lack-buyers = { $count ->
    [one] Ha comprato una persona: ne servono { $least }.
   *[other] Hanno comprato { $have } persone: ne servono { $least }.
  }
buyer-lack-repeating = { $count ->
    [one] È tornata a comprare una persona: ne servono { $least }.
   *[other] Sono tornate a comprare { $have } persone: ne servono { $least }.
  }
buyer-lack-days = { $count ->
    [one] Il primo ordine è di un giorno fa: servono { $least } giorni.
   *[other] Il primo ordine è di { $have } giorni fa: servono { $least } giorni.
  }
buyer-stage-new = Nuovi
buyer-stage-active = Attivi
buyer-stage-returned = Tornati
buyer-stage-at-risk = A rischio
buyer-stage-lost = Persi
buyer-stage-never-bought = Mai comprato
buyer-stage-new-means = Un acquisto solo, da meno di { $late } o del doppio del loro solito.
buyer-stage-active-means = Più acquisti, l’ultimo da meno di { $late } o del doppio del loro solito.
buyer-stage-returned-means = Erano persi e hanno ricomprato, da meno di { $late } o del doppio del loro solito.
buyer-stage-at-risk-means = Non comprano da { $late } o più, e da più del doppio del loro solito: quattro su cinque di chi torna sarebbero già tornati.
buyer-stage-lost-means = Non comprano da { $gone } o più: diciannove su venti di chi torna sarebbero già tornati.
buyer-stage-never-bought-means = Si conoscono, ma non hanno ancora comprato niente.
buyer-moves = Chi si è spostato
buyer-moves-hint = Da dove viene chi oggi è in ciascun gruppo: in riga il gruppo di allora, in colonna quello di adesso. Allora si misura con gli ordini che oggi si conoscono.
buyer-moves-days = Rispetto a
buyer-moves-30 = 30 giorni prima
buyer-moves-90 = 90 giorni prima
buyer-moves-365 = un anno prima
buyer-moves-from-none = Non aveva comprato
buyer-moves-corner = Da, a
buyer-moves-none = Allora le persone che avevano comprato erano ancora troppo poche.
buyer-how = Come si misura
buyer-how-scores = R, F e M sono quinti di chi compra: chi ha 5 è nel quinto migliore. R conta i giorni interi dall’ultimo ordine, F gli ordini, M quanto hanno portato senza ciò che è tornato, nella valuta dell’azienda. Chi ha lo stesso valore ha lo stesso punteggio.
buyer-how-time = Le soglie si fanno di nuovo ogni notte. Fra l’una e l’altra il punteggio di uno cambia con i suoi ordini, e R scende da solo nell’istante in cui passa il giorno.
buyer-how-source = Quinti secondo Hughes, «Strategic Database Marketing» (1994); nomi dei gruppi secondo Putler; limiti del ciclo di vita con lo stimatore di Kaplan e Meier.
buyer-of-person = Come compra
buyer-logic = Fra tutti i clienti che hanno comprato, ogni punteggio va da 1 (l’ultimo quinto) a 5 (il primo): R guarda i giorni dall’ultimo ordine, F il numero degli ordini, M quanto hanno reso. La fase confronta i giorni dall’ultimo ordine con il ritmo di chi ricompra. Sono conti automatici.
buyer-scores = R { $recency } · F { $frequency } · M { $monetary }
buyer-in-group = È nel gruppo «{ $name }».
buyer-why = { $count ->
    [one] Un ordine per { $amount }, l’ultimo { $ago }.
   *[other] { $number } ordini per { $amount }, l’ultimo { $ago }.
  }
buyer-ago = { $count ->
    [0] oggi
    [one] ieri
   *[other] { $number } giorni fa
  }
buyer-scores-none = Punteggi: non ancora, chi compra è ancora in troppo pochi.
buyer-stage-none = Fase: non ancora, troppo pochi sono tornati a comprare.
buyer-is-new = È nuovo: ha comprato una volta sola, e da meno di { $late }.
buyer-is-active = È attivo: compra ancora, l’ultima volta da meno di { $late }.
buyer-is-returned = È tornato: era perso, e ha ricomprato.
buyer-is-at-risk = È a rischio: non compra da { $late } o più.
buyer-is-lost = È perso: non compra da { $gone } o più.
buyer-changes-late = Senza altri ordini sarà a rischio dal { $when }.
buyer-changes-lost = Senza altri ordini sarà perso dal { $when }.
