## Per quanto tempo si tengono i dati

settings-retention = Quanto tenere i dati
settings-retention-lead = Dopo quanti mesi i dati che non servono più si cancellano da soli.
retention-lead = La legge chiede di non tenere i dati più a lungo di quanto servono. Scrivi dopo quanti mesi ogni cosa si cancella da sola; dove lasci vuoto, resta.
retention-off = Adesso non si cancella nulla da solo.
retention-on = La prossima volta è il { $date }.
retention-visitors = Visitatori senza nome
retention-visitors-hint = Mesi dall’ultima visita. Di loro si conosce solo un browser o un telefono.
retention-people = Persone
retention-people-hint = Mesi dall’ultima volta che è successo qualcosa: un acquisto, una visita, una nota. Di loro sparisce tutto, ordini compresi. Le fatture restano nel tuo programma di contabilità.
retention-quarantine = Eventi in quarantena già sistemati
retention-quarantine-hint = Mesi da quando sono arrivati. Quelli ancora da guardare restano.
retention-incidents = Cose da guardare già viste
retention-incidents-hint = Mesi da quando le hai segnate come viste.
retention-requests = Chi ha chiesto che cosa sui suoi dati
retention-requests-hint = Mesi dalla risposta. Resta scritto quando hai risposto, non a chi.
retention-wrong = Un numero di mesi da 1 a { $most }, oppure niente.
retention-preview = Guarda che cosa si cancellerebbe
retention-preview-title = Che cosa si cancellerebbe
retention-preview-lead = Con queste regole, se si cominciasse adesso:
retention-all-off = Hai lasciato tutto vuoto: nulla si cancella da solo.
retention-after = { $months ->
    [one] dopo un mese
   *[other] dopo { $months } mesi
}
retention-would-go = { $count ->
    [0] adesso nessuno
    [one] adesso 1
   *[other] adesso { $count }
}
retention-partial = Sono troppi per contarli tutti: saranno almeno questi.
retention-stays = Resta finché non lo cancelli tu:
retention-for-good = Non si torna indietro: chi è stato cancellato non si recupera, nemmeno da una copia di sicurezza. Si cancella ogni giorno alle quattro, al massimo 5.000 persone per volta. Chi aspetta una risposta sui suoi dati non si tocca.
retention-unsure = Spunta la casella se sei sicuro.
retention-do = Da oggi cancella così
retention-second = Nel frattempo qualcun altro ha cambiato queste regole. Non è stato salvato nulla: guarda di nuovo e riprova.
retention-fixed = Questo si cancella già da solo
retention-fixed-deliveries = Gli avvisi mandati ad altri programmi: dopo 30 giorni.
retention-fixed-imports = I file importati, con le righe scartate: dopo 30 giorni.
retention-fixed-answers = Le risposte tenute per chi ripete una richiesta all’API: dopo un giorno.
retention-fixed-jobs = L’elenco dei lavori lunghi: dopo 90 giorni.
retention-never = Il registro di chi ha fatto che cosa resta per sempre, e non contiene nomi né recapiti di clienti. Le copie di sicurezza invecchiano come dici nella loro pagina.
retention-history = Che cosa si è cancellato
retention-history-none = Ancora nulla.
retention-nothing = Nulla da cancellare.
retention-failed = da finire
retention-failed-hint = Non è arrivata in fondo: la prossima volta continua da dove era.
retention-under-way = in corso
done-retention-saved = Salvato.
