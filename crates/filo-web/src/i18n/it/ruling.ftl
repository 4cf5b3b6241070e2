## Decisioni su chi è chi

ruling-together = Uniti da { $actor } il { $date }.
ruling-apart = Separati da { $actor } il { $date }.
ruling-withdrawn = Decisione ritirata da { $actor } il { $date }.
ruling-do-apart = Separa
ruling-do-together = Unisci lo stesso
ruling-do-withdrawn = Ritira la decisione
ruling-title-apart = Separare questi due?
ruling-title-together = Unire questi due?
ruling-title-withdrawn = Ritirare la decisione?
ruling-before = Adesso
ruling-after = Dopo
ruling-no-change = Non cambierebbe nulla nelle persone; la decisione resterebbe scritta.
ruling-not-achieved = Attenzione: da sola questa decisione non basta, perché altri legami o regole dicono il contrario.
ruling-reversible = Si può sempre tornare indietro: nessun evento si perde e gli indirizzi di prima continuano a valere.
ruling-note = Perché
ruling-note-hint = Una frase per chi leggerà.
ruling-confirm-apart = Separa
ruling-confirm-together = Unisci
ruling-confirm-withdrawn = Ritira la decisione
join-title = È la stessa persona di…
join-who = L’altra persona
join-hint = E-mail, telefono, ID utente, tessera o l’indirizzo della sua pagina.
join-do = Mostra che cosa cambierebbe
join-nobody = Nessuna persona ha questo identificativo. Controlla che sia scritto per intero.
join-same = È già questa persona.
