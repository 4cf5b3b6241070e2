# Prints the milliseconds of each question, best of three, and how many rows it has, as JSON.
took, rows = {}, {}
for name, question in QUESTIONS.items():
    for _ in range(3):
        begun = time.perf_counter()
        answer = lake.execute(question).fetchall()
        ms = (time.perf_counter() - begun) * 1000
        took[name] = min(ms, took.get(name, ms))
        rows[name] = len(answer)
print(json.dumps({"version": duckdb.__version__, "took": took, "rows": rows}))
