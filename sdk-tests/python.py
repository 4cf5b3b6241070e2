"""Segment's client for Python, as a shop's server uses it, tells the story of Anna and Bruno.

FILO_URL, FILO_KEY and FILO_TICKS say where to, as whom and how much, FILO_GZIP whether packed;
crates/filo/tests/sdk.rs knows what must have arrived.
"""

import faulthandler
import json
import os
import pathlib
import sys

from segment.analytics.client import Client

# Longer than the retries that the test provokes; then it says where it hangs, and fails.
PATIENCE_S = 60

faulthandler.dump_traceback_later(PATIENCE_S, exit=True)
story = json.loads(pathlib.Path(__file__).with_name("story.json").read_text())
failed = []
client = Client(
    os.environ["FILO_KEY"],
    host=os.environ["FILO_URL"],
    gzip=os.environ["FILO_GZIP"] == "1",
    on_error=lambda error, batch: failed.append((error, len(batch))),
)

client.track(anonymous_id="anna-laptop", event="Product Viewed", properties=story["product"])
client.alias("anna-tablet", "anna")
client.identify("anna", story["anna"], anonymous_id="anna-laptop")
client.identify(anonymous_id="anna-phone", traits={"email": story["anna"]["email"]})
for order in story["orders"]:
    client.track("anna", "Order Completed", order)
client.track("anna", "Order Refunded", story["refund"])
client.page("anna", "Store", "Cart", {"path": "/cart"})
client.screen("anna", name="Home")
client.group("anna", "acme", story["company"])
client.identify("bruno", story["bruno"], anonymous_id="bruno-laptop")
for tick in range(int(os.environ["FILO_TICKS"])):
    client.track("bruno" if tick % 2 else "anna", f"Tick {tick}", {"tick": tick})
client.shutdown()
sys.exit(f"not delivered: {failed}" if failed else 0)
