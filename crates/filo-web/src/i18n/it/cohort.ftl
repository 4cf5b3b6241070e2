## Coorti: chi torna

cohort-title = Chi torna
cohort-lead = Chi ha comprato per la prima volta nello stesso periodo, e quanti di loro hanno comprato di nuovo in ciascuno dei successivi.
cohort-unit = Periodo
cohort-unit-month = Mesi
cohort-unit-week = Settimane
cohort-count = Quanti
cohort-show = Che cosa mostrare
cohort-show-customers = Clienti
cohort-show-orders = Ordini
cohort-show-revenue = Ricavo
cohort-show-each = Ricavo per cliente, accumulato
cohort-until = Fino al
cohort-channel = Visti la prima volta
cohort-channel-any = Ovunque
cohort-running-month = Nuovi clienti in { $period }, mese non ancora finito:
cohort-running-week = Nuovi clienti nella settimana dal { $period }, non ancora finita:
cohort-none = Ancora nessuna coorte
cohort-none-hint = Serve almeno un primo ordine in un periodo già finito. Scegli più periodi, o un altro punto di partenza.
cohort-table-customers = Quanti tornano
cohort-table-customers-hint = La parte della coorte che ha comprato in quel periodo. Ogni cella porta a chi c’è dietro; più è scura, più sono.
cohort-table-orders = Quanti ordini
cohort-table-orders-hint = Gli ordini della coorte in quel periodo. Ogni cella porta a chi li ha fatti; più è scura, più sono.
cohort-table-revenue = Quanto ricavo
cohort-table-revenue-hint = Il ricavo della coorte in quel periodo. Ogni cella porta a chi l’ha portato; più è scura, più è.
cohort-table-each = Quanto ricavo per cliente
cohort-table-each-hint = Il ricavo di tutta la coorte fino alla fine di quel periodo, diviso per quanti erano all’inizio. Ogni cella porta a chi ha comprato in quel periodo.
cohort-head-month = Primo ordine
cohort-head-week = Primo ordine, settimana dal
cohort-head-size = Clienti
cohort-later-month = { $count ->
    [0] Stesso mese
    [one] +1 mese
   *[other] +{ $count } mesi
  }
cohort-later-week = { $count ->
    [0] Stessa settimana
    [one] +1 settimana
   *[other] +{ $count } settimane
  }
cohort-people = { $count ->
    [one] 1 cliente
   *[other] { $number } clienti
  }
cohort-behind-month = { $count ->
    [0] Primo ordine in { $period }
    [one] Primo ordine in { $period }, e un ordine il mese dopo
   *[other] Primo ordine in { $period }, e un ordine { $count } mesi dopo
  }
cohort-behind-week = { $count ->
    [0] Primo ordine nella settimana dal { $period }
    [one] Primo ordine nella settimana dal { $period }, e un ordine la settimana dopo
   *[other] Primo ordine nella settimana dal { $period }, e un ordine { $count } settimane dopo
  }
cohort-how = Una coorte sono i clienti il cui primo ordine in assoluto cade nello stesso mese o nella stessa settimana (dal lunedì). Una cella conta chi di loro ha fatto almeno un ordine in quel periodo. Un periodo non ancora finito non ha numeri, perché sembrerebbe un calo.
cohort-how-amount = Gli ordini annullati non contano; il ricavo è senza spedizione e imposte, tolti i rimborsi, e sta nel periodo dell’ordine. «Visti la prima volta» è il canale della prima visita che conosciamo.
cohort-how-source = I periodi cominciano a mezzanotte nel fuso dell’azienda ({ $zone }). Fonte: gli ordini di tutti gli eventi, al momento in cui guardi.
