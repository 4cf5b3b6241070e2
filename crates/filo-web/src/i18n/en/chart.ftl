## Charts

chart-description = { $sum } in all. The most is { $most }: { $when }.
chart-as-table = The same numbers as a table
chart-rest = The rest
