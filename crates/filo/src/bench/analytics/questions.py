# The questions of the boards.
#
# What DuckDB is asked is the gathering of each board: the statistics that Filo works out of it
# (Kaplan and Meier, Markov, BG/NBD) are not in its time, and are in Filo's.

# Visits: what lies on one channel with less than half an hour in between.
VISITS = """
    met AS (
        SELECT customer, channel, "at",
               lag("at") OVER own AS before, lag(channel) OVER own AS channel_before,
               (name = 'Order Completed')::INT AS is_order
          FROM lake JOIN owner USING (thread)
        WINDOW own AS (PARTITION BY customer ORDER BY "at")
    ),
    visit AS (
        SELECT customer, channel, "at", is_order,
               coalesce(sum(is_order) OVER earlier, 0) AS way
          FROM met
         WHERE is_order = 1 OR before IS NULL OR channel <> channel_before
            OR "at" - before > INTERVAL 30 MINUTE
        WINDOW earlier AS (PARTITION BY customer ORDER BY "at" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    )
"""
ORDERS = """
    bought AS (
        SELECT customer, "at", properties
          FROM lake JOIN owner USING (thread)
         WHERE name = 'Order Completed'
    )
"""
QUESTIONS = {
    "ways": f"""
        WITH {VISITS},
        way AS (
            SELECT customer, way, list(channel ORDER BY "at") AS touches, max(is_order) AS ordered
              FROM visit GROUP BY customer, way
        )
        SELECT touches, count(*), sum(ordered) FROM way GROUP BY touches ORDER BY 2 DESC LIMIT 12
    """,
    "paths": f"""
        WITH {VISITS},
        step AS (
            SELECT channel, lead(channel) OVER own AS next, lead("at") OVER own - "at" AS took
              FROM visit
            WINDOW own AS (PARTITION BY customer, way ORDER BY "at")
        )
        SELECT channel, next, count(*), median(epoch(took)) FROM step GROUP BY channel, next
    """,
    "cohorts": f"""
        WITH {ORDERS},
        first AS (SELECT customer, date_trunc('month', min("at")) AS cohort FROM bought GROUP BY customer)
        SELECT cohort, date_diff('month', cohort, date_trunc('month', "at")) AS age,
               count(DISTINCT customer), count(*),
               sum(CAST(properties ->> '$.revenue' AS DECIMAL(18, 2)))
          FROM bought JOIN first USING (customer)
         GROUP BY cohort, age
    """,
    "reorder": f"""
        WITH {ORDERS},
        line AS (
            SELECT customer, "at", unnest(CAST(properties -> '$.products' AS JSON[])) ->> '$.sku' AS product
              FROM bought
        ),
        gap AS (
            SELECT product, "at" - lag("at") OVER (PARTITION BY customer, product ORDER BY "at") AS took
              FROM line
        )
        SELECT product, count(took), quantile_cont(epoch(took), [0.25, 0.5, 0.75]) FROM gap GROUP BY product
    """,
    "worth": f"""
        WITH {ORDERS}
        SELECT customer, count(*), min("at"), max("at"),
               avg(CAST(properties ->> '$.revenue' AS DECIMAL(18, 2)))
          FROM bought GROUP BY customer
    """,
    "leaving": f"""
        WITH {ORDERS},
        month AS (SELECT DISTINCT customer, date_trunc('month', "at") AS month FROM bought)
        SELECT one.month, count(*), count(later.customer)
          FROM month AS one
          LEFT JOIN month AS later
            ON later.customer = one.customer AND later.month = one.month + INTERVAL 1 MONTH
         GROUP BY one.month
    """,
}
