## Percorsi: che cosa segue a che cosa

flow-title = Passaggi
flow-lead = Da dove si comincia, che cosa viene dopo, dove ci si perde, e quali contatti vanno insieme a un ordine: fra tutti i canali.
flow-least = Passaggi rari
flow-least-none = Mostra tutti
flow-least-percent = Lascia fuori se sotto { $least } %
flow-place-start = Inizio
flow-place-order = Ordine
flow-place-open = Ancora nessun ordine
flow-graph = Che cosa segue a che cosa
flow-graph-hint = Si legge dall’alto: a destra si va avanti, a sinistra si torna indietro. Più è largo l’arco, più volte è stato percorso; il tratteggio porta a «ancora nessun ordine». Sotto il numero, la metà ci mette al più quel tempo.
flow-drawing = Grafo dei passaggi fra i contatti
flow-drawing-description = I passaggi più frequenti: { $steps }. Tutti stanno nella tabella qui sotto.
flow-people = Persone e visitatori:
flow-summary = Percorsi: { $ways }, di cui { $orders } finiti con un ordine e { $open } ancora senza.
flow-rare = { $count ->
    [0] Non manca nessun passaggio.
   *[other] I passaggi più rari di { $least } ogni 100 percorsi sono lasciati fuori: { $count }.
  }
flow-steps = I passaggi
flow-steps-hint = Lo stesso del disegno. La parte è sui percorsi: uno che torna due volte fa lo stesso passaggio due volte.
flow-head-from = Da
flow-head-to = A
flow-head-times = Volte
flow-head-share = Ogni 100 percorsi
flow-head-people = Persone
flow-head-days = Tempo mediano
flow-sheet-days = Tempo mediano in giorni
flow-minutes = { $time } min
flow-hours = { $time } h
flow-days = { $time } g
flow-touchpoints = Momenti della verità
flow-touchpoints-hint = Prima i contatti con cui gli ordini cambiano di più. Sono legami, non cause: chi tocca di più è anche chi viene da più tempo. Ogni numero porta a chi c’è dietro.
flow-head-touched = Lo toccano
flow-head-ordered = Con un ordine
flow-head-lost = Si fermano lì
flow-head-pace = Tempo fino all’ordine
flow-head-finding = Che cosa se ne può dire
flow-drop-off = ({ $share }, fra { $low } e { $high })
flow-pace-between = (con { $with }, senza { $without }; fra { $low } e { $high })
flow-finding-none = niente di certo
flow-finding-more-orders = più ordini
flow-finding-fewer-orders = meno ordini
flow-finding-slower = ordini più tardi
flow-finding-faster = ordini prima
flow-finding-redundant = sembra superfluo
flow-behind-any = Tutti i percorsi
flow-behind-touch = Percorsi che toccano: { $channel }
flow-behind-order = Percorsi che toccano { $channel } e finiscono con un ordine
flow-behind-open = Percorsi che toccano { $channel }, ancora senza ordine
flow-behind-lost = Percorsi senza ordine fermi a: { $channel }
flow-how-step = Un passaggio va da un contatto al successivo dello stesso percorso; lo stesso canale più volte di fila conta una volta, e il tempo va dall’inizio dell’ultima di quelle visite all’inizio della prossima, o all’ordine. «Persone» conta ciascuno una volta.
flow-how-touchpoint = «Si fermano lì» sono le persone i cui percorsi hanno in quel canale l’ultimo contatto e sono ancora senza ordine; la parte è sui percorsi che lo toccano. I giorni vanno dal primo contatto all’ordine: la mediana con il canale meno quella senza. «Sembra superfluo» vuol dire che la parte di ordini cambia di sicuro per meno di 5 punti, anche a parità di altri contatti, e che l’ordine non arriva prima. Sotto i 30 ordini, con o senza, non si dice nulla.
flow-how-source = Grafo: van der Aalst (2019). Si fermano lì: intervallo di Wilson al 95 %. Ordini: Newcombe al 95 %, e a parità di altri contatti Mantel e Haenszel. Giorni: 1.000 ricampionamenti (Efron 1979), sempre gli stessi. Fonte: tutti gli eventi, al momento in cui guardi.
