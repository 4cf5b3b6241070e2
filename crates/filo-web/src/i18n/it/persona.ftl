## I tipi di clienti: cercarli, che cosa li distingue, metterli in uso

place-personas = Tipi di clienti
persona-lead = Gruppi di persone che comprano e si fanno vedere in modo simile, trovati nei tuoi dati. Ciascuno è descritto solo da fatti contati: il nome glielo dai tu.
persona-seek = Trova i tipi
persona-seek-again = Cerca di nuovo
persona-none = Ancora nessuna ricerca
persona-none-hint = Filo guarda chi si somiglia nel modo di comprare e dove si fa vedere. Se i gruppi non si ritroverebbero una seconda volta, lo dice e non ne mostra.
persona-search = Una ricerca di tipi
persona-asked = Chiesta il { $when } da { $who }.
persona-step-reading = Le persone vengono lette
persona-step-grouping = Si cerca chi si somiglia, e se i gruppi si ritrovano
persona-failed = L’ultima ricerca non è arrivata in fondo. Puoi cercare di nuovo.
persona-look = Guarda che cosa ha trovato
persona-too-few = Le persone da confrontare sono { $people }: ne servono almeno { $least }. Con meno si vedono gruppi che non ci sono.
persona-nothing = Fra { $people } persone non ci sono gruppi che si ritroverebbero: chi compra qui non si divide in tipi netti. Meglio nessun tipo che uno inventato.
persona-found = { $count ->
    [one] Un tipo trovato.
   *[other] { $count } tipi trovati.
  }
persona-moved = Rispetto ai tipi in uso: { $again } ritrovati, con il loro nome; { $lost } non più ritrovati; { $moved } persone su { $people } passerebbero a un altro tipo.
persona-drift-little = Da quando sono stati fatti i tipi in uso le persone sono cambiate poco (indice { $index }).
persona-drift-noticeable = Da quando sono stati fatti i tipi in uso qualcosa è cambiato (indice { $index }; di più in: { $aspect }, { $most }).
persona-drift-much = Da quando sono stati fatti i tipi in uso le persone sono cambiate molto (indice { $index }; di più in: { $aspect }, { $most }). È il momento di rinnovarli.
persona-is-in-force = Questi tipi sono in uso.
persona-adopt-hint = Finché non li metti in uso non cambia nulla. Dopo si può tornare indietro.
persona-adopt = Metti in uso
persona-outdated = Intanto sono in uso altri tipi: per confrontarli con questi serve una ricerca nuova.
persona-since = In uso dal { $when }, messi da { $who }.
persona-refresh-hint = Una ricerca nuova dice quali tipi si ritrovano e quante persone cambierebbero.
persona-withdraw = Torna ai tipi di prima
persona-withdraw-all = Togli dall’uso
persona-stale = Intanto è cambiato che cosa è in uso. Qui lo vedi com’è adesso.
done-persona-adopted = I tipi sono in uso.
done-persona-withdrawn = Tolti dall’uso: vale quello che c’era prima.
done-persona-named = Nome salvato.
persona-number = Tipo { $number }
persona-size = { $count ->
    [one] Una persona: { $share } % di quelle confrontate.
   *[other] { $number } persone: { $share } % di quelle confrontate.
  }
persona-no-facts = Nessun singolo fatto lo distingue nettamente: è la loro somma a farne un gruppo.
persona-fact = { $share } % ({ $low }–{ $high } %) { $told }, contro { $others } % degli altri
persona-fact-counts = { $inside } su { $people }; degli altri { $outside } su { $all }
persona-typical = Per esempio:
persona-stability = Si ritrova: { $figure } su 1 (da 0,75 in su è sicuro).
persona-make-segment = Fai un segmento
persona-give-name = Nome e nota
persona-name = Nome
persona-name-hint = Senza, si chiama col suo numero.
persona-note = Nota
persona-note-hint = Che cosa è utile sapere di queste persone.
persona-save-name = Salva
persona-too-long = Al massimo { $most } caratteri.
persona-named-meanwhile = Intanto qualcun altro gli ha dato un nome. Se salvi di nuovo, il tuo prende il posto del suo.
persona-which = Tipo
persona-yes = sì
persona-no = no
persona-how = Come è stato fatto
persona-how-everybody = Confrontate { $people } persone, su { $customers } schede: tutte quelle con un recapito, una tessera o un account, che hanno comprato almeno una volta o si sono fatte vedere almeno tre.
persona-how-sample = Confrontate { $people } persone su { $customers } schede, prese a caso ma sempre le stesse: di più non se ne guardano, perché le cifre non cambierebbero. Contano quelle con un recapito, una tessera o un account, che hanno comprato almeno una volta o si sono fatte vedere almeno tre.
persona-how-compared = Si guardano: quanti ordini, quanto e quanti pezzi a ordine, dove e su quanti canali, tessera, e-mail, cellulare, account, app, consensi, resi.
persona-how-never = Mai: età, sesso, salute, lingua, luogo, note. E mai quando: i tipi dicono come qualcuno compra, non da quanto.
persona-tried-groups = Gruppi
persona-tried-stability = Il meno sicuro si ritrova
persona-tried-share = Il più piccolo
persona-tried-enough = Uno in più non serve
persona-tried-more = Più netti di uno solo
persona-how-chosen = Si sceglie il numero più grande in cui ogni gruppo si ritrova (0,75 o più) e ha almeno il 2 % delle persone e venti di loro, un gruppo in più non direbbe nettamente di più, e un gruppo solo nettamente di meno.
persona-seed = Numero del caso: { $seed }. Con le stesse persone e lo stesso numero vengono gli stessi gruppi.
persona-of-person = Tipo di cliente
persona-of-person-hint = È il tipo al cui centro somiglia di più. Cambia solo quando succede qualcosa.
persona-shared = Come il suo tipo:
persona-not-shared = A differenza del suo tipo:
persona-not = non { $told }
persona-logic = È il tipo al cui centro la persona somiglia di più per: numero di ordini, importo e pezzi a ordine, dove e su quanti canali si è fatta vedere, quali recapiti si conoscono, consensi, resi. I tipi sono gruppi di persone simili trovati nei dati (k-prototypes) e messi in uso da una persona dell’azienda. Età, sesso, salute, lingua e luogo non contano. Da soli i tipi non decidono niente.
persona-is-orders = { $count ->
    [one] ha comprato almeno una volta
   *[other] ha comprato almeno { $number } volte
  }
persona-is-average = ha speso in media almeno { $number } { $currency } a ordine
persona-is-pieces = ha preso in media almeno { $number } pezzi a ordine
persona-is-mainly-online = si è fatto vedere soprattutto sul sito o nell’app
persona-is-mainly-shop = si è fatto vedere soprattutto in negozio
persona-is-mainly-remote = si è fatto sentire soprattutto per messaggio o telefono
persona-is-channels = ha usato almeno { $number } canali
persona-is-card = ha una tessera
persona-is-email = ha lasciato un’e-mail
persona-is-phone = ha lasciato un cellulare
persona-is-account = ha un account
persona-is-app = ha l’app
persona-is-consent = ha dato un consenso
persona-is-returned = ha annullato un ordine o reso qualcosa
persona-aspect-orders = numero di ordini
persona-aspect-average = importo degli ordini
persona-aspect-pieces = pezzi a ordine
persona-aspect-mainly = dove si fanno vedere
persona-aspect-channels = numero di canali
persona-aspect-card = tessera
persona-aspect-email = e-mail
persona-aspect-phone = cellulare
persona-aspect-account = account
persona-aspect-app = app
persona-aspect-consent = consensi
persona-aspect-returned = resi
