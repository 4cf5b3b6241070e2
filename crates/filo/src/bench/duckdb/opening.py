"""Opens the lake: what `filo lake files` and `filo lake threads` name."""

import json
import os
import time

import duckdb

with open(os.environ["FILO_FILES"]) as listed:
    files = listed.read().split()

lake = duckdb.connect()
lake.execute("SET threads = 2")
# It would stand among what is printed.
lake.execute("SET enable_progress_bar = false")
lake.register("lake", lake.read_parquet(files, hive_partitioning=False))
lake.execute(
    "CREATE TABLE owner AS SELECT unhex(thread) AS thread, customer FROM read_csv(?, all_varchar = true)",
    [os.environ["FILO_THREADS"]],
)
