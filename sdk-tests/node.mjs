// Segment's client for Node, as a shop's server uses it, tells the story of Anna and Bruno.
// FILO_URL, FILO_KEY and FILO_TICKS say where to, as whom and how much; crates/filo/tests/sdk.rs
// knows what must have arrived.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { Analytics } from "@segment/analytics-node";

const { FILO_URL, FILO_KEY, FILO_TICKS } = process.env;
const story = JSON.parse(readFileSync(new URL("story.json", import.meta.url), "utf8"));
/** Longer than the retries that the test provokes. */
const PATIENCE_MS = 60_000;

const analytics = new Analytics({ writeKey: FILO_KEY, host: FILO_URL });
const failed = [];
analytics.on("error", (error) => failed.push(error));

const [userId, anonymousId] = ["anna", "anna-laptop"];
analytics.track({ anonymousId, event: "Product Viewed", properties: story.product });
analytics.alias({ userId, previousId: "anna-tablet" });
analytics.identify({ userId, anonymousId, traits: story.anna });
analytics.identify({ anonymousId: "anna-phone", traits: { email: story.anna.email } });
for (const properties of story.orders) {
  analytics.track({ userId, event: "Order Completed", properties });
}
analytics.track({ userId, event: "Order Refunded", properties: story.refund });
analytics.page({ userId, category: "Store", name: "Cart", properties: { path: "/cart" } });
analytics.screen({ userId, name: "Home" });
analytics.group({ userId, groupId: "acme", traits: story.company });
analytics.identify({ userId: "bruno", anonymousId: "bruno-laptop", traits: story.bruno });
for (let tick = 0; tick < Number(FILO_TICKS); tick++) {
  const who = tick % 2 ? "bruno" : "anna";
  analytics.track({ userId: who, event: `Tick ${tick}`, properties: { tick } });
}
await analytics.closeAndFlush({ timeout: PATIENCE_MS });
assert.deepEqual(failed, [], "everything was delivered");
