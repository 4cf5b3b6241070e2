## In diretta

live-lead = Gli eventi mentre arrivano: che cosa, chi, da dove.
live-source = Sorgente
live-all-sources = Tutte le sorgenti
live-text = Cerca per evento o persona
live-filter = Filtra
live-on = In ascolto
live-off = Collegamento caduto, riprovo…
live-paused = In pausa: gli eventi aspettano
live-still = Gli ultimi eventi.
live-reload = Ricarica
live-sample = 1 su {"{"}n{"}"} mostrati
live-pause = Pausa
live-go = Riprendi
live-none = Da quando Filo è acceso non è ancora arrivato niente che corrisponda.
live-elsewhere = Gli eventi li elabora un altro computer di Filo: la diretta si vede da lì.
