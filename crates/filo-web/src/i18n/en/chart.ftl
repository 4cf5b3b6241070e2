## Charts

chart-description = { $sum } in all. The most is { $most }: { $when }.
chart-as-table = The same numbers as a table
chart-rest = The rest
chart-notes = Meanwhile
chart-notes-more = And { $count } more: on the page of annotations.
