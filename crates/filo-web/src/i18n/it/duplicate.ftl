## Forse la stessa persona

duplicate-title = Forse la stessa persona
duplicate-count = { $count ->
    [0] Nessuna coppia aspetta una risposta
    [one] Una coppia aspetta una risposta
   *[other] { $number } coppie aspettano una risposta
  }
duplicate-search = Cerca fra tutte le persone
duplicate-show-later = Rimandate
duplicate-show-waiting = Da decidere
duplicate-running = Filo sta confrontando tutte le persone. Puoi continuare a lavorare; la pagina si aggiorna da sola.
duplicate-failed = La ricerca non è riuscita. Il motivo è nel registro del programma; si può riprovare.
duplicate-searched = Ultima ricerca: { $people } persone guardate, { $proposed } coppie proposte, { $joined } unite da sole.
duplicate-due = Sono cambiate più persone di quante se ne confrontano una per una: conviene cercare di nuovo fra tutte.
duplicate-none = Nessuna coppia da decidere
duplicate-none-later = Niente di rimandato
duplicate-none-hint = Chi arriva o cambia viene confrontato da solo. Con «Cerca fra tutte le persone» si guardano anche quelle che ci sono già.
duplicate-chance = { $percent } su 100 che siano la stessa persona
duplicate-field = Dato
duplicate-stays = resta, perché c’era da prima
duplicate-goes = entra nell’altra
duplicate-field-first-name = Nome
duplicate-field-last-name = Cognome
duplicate-field-birthday = Compleanno
duplicate-field-email = E-mail
duplicate-field-phone = Telefono
duplicate-field-tax-code = Codice fiscale
duplicate-field-home = Indirizzo
duplicate-field-mark = Tessera o dispositivo
duplicate-field-card = Tessera
duplicate-field-user-id = ID utente
duplicate-field-seen = Vista
duplicate-field-household = Potrebbero essere due della stessa famiglia
duplicate-field-prior = Quanto era probabile prima di guardare
duplicate-same = Stessa persona
duplicate-different = Persone diverse
duplicate-later = Più tardi
duplicate-keys = Tasti: u stessa, n diverse, s più tardi, j e k per scorrere.
duplicate-why = Che cosa dicono i dati
duplicate-much-for = dice molto a favore
duplicate-little-for = dice qualcosa a favore
duplicate-little-against = dice qualcosa contro
duplicate-much-against = dice molto contro
duplicate-figures = I numeri
duplicate-figures-hint = Un bit in più raddoppia le probabilità a favore, uno in meno le dimezza. Un nome raro vale più di uno comune.
duplicate-moves = Che cosa si sposta
duplicate-moves-identifiers = { $count ->
    [one] un identificativo
   *[other] { $number } identificativi
  }
duplicate-moves-events = { $count ->
    [one] un evento
   *[other] { $number } eventi
  }
duplicate-moves-orders = { $count ->
    [one] un ordine
   *[other] { $number } ordini
  }
duplicate-moves-notes = { $count ->
    [one] una nota
   *[other] { $number } note
  }
duplicate-moves-consents = { $count ->
    [one] un consenso: se i due non dicono lo stesso, vale il più severo
   *[other] { $number } consensi: dove i due non dicono lo stesso, vale il più severo
  }
duplicate-moves-hint = Niente va perso: con «Annulla», o più avanti dalla pagina della persona, tornano come prima.
duplicate-previous = Precedente
duplicate-next = Prossima
duplicate-list = In attesa
duplicate-bulk = Molte insieme
duplicate-bulk-hint = Prima si vede quante e quali.
duplicate-bulk-from = Da { $percent } %
duplicate-bulk-title = Unire molte coppie insieme?
duplicate-bulk-count = { $count ->
    [0] Nessuna coppia è al { $percent } % o più.
    [one] Una coppia è al { $percent } % o più.
   *[other] { $number } coppie sono al { $percent } % o più.
  }
duplicate-bulk-more = e altre { $number }
duplicate-bulk-too-many = Sono troppe per una volta: se ne uniscono al massimo { $most }. Parti da una percentuale più alta.
duplicate-bulk-reversible = Ogni unione è una decisione a sé, a tuo nome, e si può ritirare.
duplicate-bulk-do = { $count ->
    [one] Unisci questa coppia
   *[other] Unisci { $number } coppie
  }
duplicate-back = Torna alle coppie
duplicate-link = { $count ->
    [one] Una coppia è forse la stessa persona
   *[other] { $number } coppie sono forse la stessa persona
  }
done-duplicate-same = Fatto: ora sono la stessa persona.
done-duplicate-different = Fatto: sono persone diverse, non lo chiederemo più.
done-duplicate-later = Rimandata: la trovi fra le rimandate.
done-duplicate-search = La ricerca è partita.
done-duplicate-search-runs = Una ricerca è già in corso.
done-duplicates-accepted = Fatto: le coppie sono state unite.
done-duplicate-settings = Salvato. Vale dalla prossima ricerca e da chi arriva adesso.

settings-duplicates = Doppioni
settings-duplicates-lead = Quando chiedere se due persone sono la stessa, e se Filo può unirle da solo.
duplicate-proposed = Chiedi a partire da (%)
duplicate-proposed-hint = Da 10 a 95. Più basso: più coppie da guardare, meno doppioni che sfuggono.
duplicate-automatic = Unire da solo
duplicate-automatic-hint = Di solito no. Le unioni fatte da sole si vedono come tali e si possono ritirare come le altre.
duplicate-automatic-no = No, decide sempre una persona
duplicate-automatic-yes = Sì, sopra la percentuale qui sotto
duplicate-linked = Unisci da solo a partire da (%)
duplicate-linked-hint = Da 90 a 99,99.
duplicate-wrong-percent = Scrivi una percentuale, per esempio 30 o 99,5.
duplicate-wrong-proposed = Scegli un valore da 10 a 95.
duplicate-wrong-linked = Scegli un valore da 90 a 99,99.
duplicate-conflict = Intanto qualcun altro ha cambiato queste impostazioni. Salva di nuovo per mettere le tue.
duplicate-open-queue = Vai alle coppie da decidere
today-duplicates = Coppie che forse sono la stessa persona
