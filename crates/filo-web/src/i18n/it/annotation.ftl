## Annotazioni

annotation-title = Annotazioni
annotation-lead = Ciò che è successo e spiega le cifre: sta sui grafici, con il suo giorno. Percorsi, promozioni e importazioni ci sono da soli.
annotation-new = Scrivi un’annotazione
annotation-one = Annotazione
annotation-none = Nessuna annotazione
annotation-none-hint = Prezzi cambiati, negozio chiuso, un articolo sul giornale: scrivetelo qui e lo ritroverete sui grafici.
annotation-meanwhile = Intanto è successo
annotation-days = Giorni
annotation-what = Che cosa è successo
annotation-what-hint = Una riga, fino a 140 lettere. Non scrivete nomi di clienti.
annotation-whose = Scritta da
annotation-first = Giorno
annotation-last = Fino al
annotation-last-hint = Solo se è durata.
annotation-save = Salva
annotation-remove = Togli
annotation-restore = Rimetti
annotation-removed = Annotazione tolta.
annotation-is-removed = Questa annotazione è stata tolta.
annotation-conflict = Qualcun altro l’ha cambiata nel frattempo: guardate e salvate di nuovo.
annotation-by = Ultima modifica di { $name }, { $when }.
annotation-journey-started = Percorso partito: { $name }
annotation-journey-halted = Percorso fermato o ripreso: { $name }
annotation-promotion-runs = Promozione: { $name }
annotation-imported = File importato: { $name }
annotation-import-undone = Importazione tolta: { $name }
wrong-annotation-words = Scrivete che cosa è successo, in una riga fino a 140 lettere.
wrong-annotation-first = Scegliete un giorno.
wrong-annotation-last = L’ultimo giorno non può venire prima del primo.
done-annotation-made = Annotazione scritta: è sui grafici.
done-annotation-changed = Annotazione cambiata.
done-annotation-restored = Annotazione rimessa.

register-place-annotation = Le annotazioni: che cosa è successo e quando, scritto da chi lavora qui
