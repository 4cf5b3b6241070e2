## Grafici

chart-description = In tutto { $sum }. Il massimo è { $most }: { $when }.
chart-as-table = Gli stessi numeri in una tabella
chart-rest = Il resto
chart-notes = Intanto è successo
chart-notes-more = E altre { $count }: nella pagina delle annotazioni.
