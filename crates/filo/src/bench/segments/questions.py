# Who is in a segment, asked from nothing. What is in a window is counted back from now.
NOW = int(time.time() * 1e6)


def since(days):
    return f"""epoch_us("at") > {NOW - days * 86_400_000_000}"""


QUESTIONS = {
    "three": f"""
        SELECT customer
          FROM lake JOIN owner USING (thread)
         WHERE name IN ('Product Viewed', 'Order Completed', 'Email Opened')
         GROUP BY customer
        HAVING count(*) FILTER (name = 'Product Viewed' AND {since(30)}) >= 2
           AND count(*) FILTER (name = 'Order Completed' AND {since(365)}) >= 1
           AND count(*) FILTER (name = 'Email Opened' AND {since(60)}) = 0
    """,
    "recompute": f"""
        SELECT customer
          FROM lake JOIN owner USING (thread)
         WHERE name = 'Product Viewed' AND {since(45)}
           AND properties ->> '$.category' IN ('Scarpe', 'Scarpe 0')
         GROUP BY customer
        HAVING sum(CAST(properties ->> '$.price' AS DECIMAL(18, 2))) >= 300
    """,
}
