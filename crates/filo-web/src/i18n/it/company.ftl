## L’azienda

company-name = Nome dell’azienda
company-name-hint = Compare accanto alla data, in Oggi.
company-language = Lingua
company-language-hint = Quella di chi entra e non ne ha scelta un’altra.
company-zone = Fuso orario
company-zone-hint = Giorni e ore di tutte le pagine seguono l’orologio di qui. Per l’Italia: Europe/Rome.
company-conflict = Qualcun altro ha appena cambiato questi dati
company-conflict-hint = Qui sotto c’è come stanno adesso; nel modulo è rimasto quello che hai scritto tu. Se salvi, vale il tuo.
wrong-zone = Questo fuso orario non esiste. Scrivilo come nell’elenco, per esempio Europe/Rome.
wrong-choice = Scegli una delle voci dell’elenco.
done-company-saved = Dati dell’azienda salvati.
