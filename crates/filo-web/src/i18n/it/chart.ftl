## Grafici

chart-description = In tutto { $sum }. Il massimo è { $most }: { $when }.
chart-as-table = Gli stessi numeri in una tabella
chart-rest = Il resto
