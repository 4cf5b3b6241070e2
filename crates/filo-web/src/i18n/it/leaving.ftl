## Chi se ne va

leaving-title = Chi se ne va
leaving-lead = Quanti clienti si perdono, mese per mese, chi sta per andarsene e perché lo diciamo, e quanto ci avevamo preso prima.
leaving-window = Chi non compra da
leaving-window-days = { $days } giorni è perso
leaving-none = Non ancora
leaving-none-hint = Per dire quanti clienti si perdono servono abbastanza persone che hanno comprato.
leaving-at-risk = A rischio adesso
leaving-lost = Persi adesso
leaving-at-stake = In gioco in un anno, con chi è a rischio
leaving-limits = Secondo il ritmo dei tuoi clienti: dopo { $late } di silenzio si è a rischio, dopo { $gone } persi; chi ha un ritmo suo più lento ha più tempo. Sono i limiti del ciclo di vita.
leaving-no-rhythm = Il ritmo dei tuoi clienti non è ancora misurato, o troppo pochi hanno ricomprato: chi è a rischio non si può dire. Lo dice la pagina:
leaving-months = Persi, mese per mese
leaving-months-hint = Di chi era cliente all’inizio del mese, quanti non lo erano più alla fine: chi non comprava da { $days } giorni, e chi taceva da più di quanto vuole il ritmo. Mesi interi, dalla mezzanotte del primo giorno. Ogni numero porta alle persone.
leaving-months-none = Nessun mese.
leaving-months-last = { $month }: persi { $lost } clienti su { $start }. Tutti i mesi stanno nella tabella.
leaving-rule-window = { $days } giorni senza ordini
leaving-rule-rhythm = Secondo il ritmo
leaving-head-month = Mese
leaving-head-start = All’inizio
leaving-head-lost = Persi
leaving-head-churn = Parte
leaving-risks = Chi sta per andarsene
leaving-risks-hint = Le persone a rischio adesso con cui c’è più in gioco: che cosa porterebbero in un anno se andassero avanti.
leaving-stake = In gioco { $amount } l’anno
leaving-silent = Silenzio da { $silence }.
leaving-silent-usually = Silenzio da { $silence }; di solito ricompra dopo { $usual }. È in ritardo da { $late } in poi, perso da { $gone }.
leaving-still = Compra ancora da te con probabilità { $chance }.
leaving-chance = Comprerà entro 90 giorni con probabilità { $chance }.
leaving-bought = { $count ->
    [one] Finora un ordine per { $amount }.
   *[other] Finora { $number } ordini per { $amount }.
  }
leaving-check = Quanto ci si prende: { $days } giorni fa e oggi
leaving-check-hint = Il modello imparato di nuovo solo da quello che era successo fino ad allora, contro quello che è successo dopo, su tutti. Le fasce hanno lo stesso numero di persone, dalla meno probabile. Dove previsto e comprato si somigliano, delle probabilità ci si può fidare.
leaving-check-none = { $days } giorni fa c’era troppo poco per una prova.
leaving-check-told = Dal { $when }: attesi { $expected } acquisti, arrivati { $came }. Punteggio di Brier { $brier }; chi avesse detto a tutti la stessa parte avrebbe { $share } (meno è meglio, 0 è perfetto).
leaving-head-band = Fascia
leaving-head-people = Persone
leaving-head-predicted = Previsto
leaving-head-bought = Hanno comprato
leaving-head-observed = Parte che ha comprato
leaving-band = { $band } di { $all }
leaving-behind-start = Clienti all’inizio di { $month }: { $rule }
leaving-behind-lost = Persi in { $month }: { $rule }
leaving-behind-band = Prova sul passato, fascia { $band }
leaving-behind-bought = Prova sul passato, fascia { $band }: chi ha comprato
leaving-behind-not-bought = Prova sul passato, fascia { $band }: chi non ha comprato
leaving-how-window = Con la finestra è cliente chi ha ordinato negli ultimi giorni scelti; un giorno sono 24 ore. La parte persa è il numero dei persi diviso i clienti all’inizio, con l’intervallo del 95 % (Wilson). Chi arriva nel mese non conta in quel mese. Gli ordini annullati non contano, nemmeno nei mesi passati.
leaving-how-rhythm = Con il ritmo è perso chi tace da quando 19 su 20 di quelli che ricomprano l’avrebbero già fatto, come nel ciclo di vita; i limiti sono quelli misurati l’ultima volta, per tutti i mesi. Perso non vuol dire per sempre: chi ricompra è di nuovo un cliente.
leaving-how-stake = In gioco è quello che una persona porterebbe in 365 giorni se fosse certo che va avanti: acquisti attesi per importo atteso. La probabilità di comprare entro 90 giorni è di tutti; quella di essere ancora cliente solo di chi ha comprato più di una volta.
leaving-how-source = Limiti: Kaplan e Meier; probabilità: BG/NBD, Fader, Hardie, Lee (2005); prova: Brier (1950).
