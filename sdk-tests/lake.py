"""Reads the lake as somebody would who knows nothing of Filo but its book: with DuckDB, from the
files that `filo lake files` names and the threads that `filo lake threads` tells apart."""

import json
import os

import duckdb

with open(os.environ["FILO_FILES"]) as listed:
    files = listed.read().split()

lake = duckdb.connect()
# It would stand among what is printed.
lake.execute("SET enable_progress_bar = false")
events = lake.read_parquet(files, hive_partitioning=False)
lake.register("lake", events)
lake.execute(
    "CREATE TABLE owner AS SELECT unhex(thread) AS thread, customer FROM read_csv(?, all_varchar = true)",
    [os.environ["FILO_THREADS"]],
)
columns = {name: str(kind) for name, kind in zip(events.columns, events.types)}
rows = lake.execute(
    """
    SELECT customer,
           count(*),
           count(*) FILTER (name = 'Order Completed'),
           sum(CAST(properties ->> '$.revenue' AS DECIMAL(18, 2))) FILTER (name = 'Order Completed'),
           min("at"),
           count(DISTINCT channel)
      FROM lake JOIN owner USING (thread)
     GROUP BY customer
     ORDER BY customer
    """
).fetchall()
customers = [
    {
        "customer": customer,
        "events": count,
        "orders": orders,
        "revenue": None if revenue is None else str(revenue),
        "first_at": first.isoformat(),
        "channels": channels,
    }
    for customer, count, orders, revenue, first, channels in rows
]
# Sorted by thread and time, so that whoever reads a thread reads it once, in order.
unsorted = 0
for file in files:
    rows = lake.execute('SELECT thread, "at" FROM read_parquet(?, hive_partitioning = false)', [file]).fetchall()
    unsorted += sum(one > other for one, other in zip(rows, rows[1:]))
print(json.dumps({"columns": columns, "customers": customers, "unsorted": unsorted}))
