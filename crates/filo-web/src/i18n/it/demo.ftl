## Il negozio di prova

demo-invented = Dati inventati: azienda, persone e ordini di questa prova non esistono.
