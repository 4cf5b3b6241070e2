## Le promozioni

promotion-title = Promozioni
promotion-lead = Un’offerta si scrive una volta sola. Ogni contenuto la prende da qui, così è uguale dappertutto.
promotion-new = Nuova promozione
promotion-none = Ancora nessuna promozione
promotion-none-hint = Scrivi qui che cosa offrite, con condizioni, codice e date. Poi un contenuto la sceglie.
promotion-name = Nome
promotion-name-hint = Anche i clienti lo leggono.
promotion-terms-it = Condizioni in italiano
promotion-terms-it-hint = Tutto quello che c’è da sapere, in una o due frasi: entra anche in un SMS.
promotion-terms-en = Condizioni in inglese
promotion-terms-en-hint = Senza, chi legge in inglese trova quelle in italiano.
promotion-code = Codice
promotion-code-hint = Facoltativo: quello che si dice alla cassa o si scrive sul sito.
promotion-starts-on = Dal giorno
promotion-ends-on = Fino al giorno
promotion-ends-on-hint = Dopo, nessun messaggio la dice più.
promotion-media = Dove si può dire
promotion-media-hint = Senza scelta, dappertutto.
promotion-shops = Negozi in cui vale
promotion-shops-hint = Uno per riga. Senza, in tutti.
promotion-window = Quando
promotion-used = Dove si usa
promotion-unused = In nessun contenuto.
promotion-used-hint = Finché la usa qualcuno non si può mettere via.
promotion-over = finita
promotion-always = sempre
promotion-from = dal { $first }
promotion-until = fino al { $last }
promotion-from-until = dal { $first } al { $last }
promotion-pieces = { $count ->
    [0] –
    [one] un contenuto
   *[other] { $count } contenuti
  }
promotion-changed-meanwhile = Intanto qualcun altro ha cambiato questa promozione. Quello che hai scritto è ancora qui: se salvi di nuovo, vale il tuo.
promotion-is-used = Non si può mettere via: la dicono i contenuti qui accanto. Prima vanno cambiati quelli.
done-promotion-made = Promozione creata.
done-promotion-changed = Promozione cambiata: da adesso ogni contenuto la dice così.
done-promotion-back = Riportata.
wrong-promotion-name = Scrivi un nome: al massimo 80 lettere, su una riga.
wrong-promotion-terms-it = Scrivi le condizioni in almeno una lingua: al massimo 300 lettere.
wrong-promotion-code = Solo lettere, cifre, - e _: si deve poter dettare.
wrong-promotion-starts-on = Scegli un giorno.
wrong-promotion-ends-on = L’ultimo giorno non può venire prima del primo.
wrong-promotion-shops = Al massimo cento nomi di 80 lettere.
