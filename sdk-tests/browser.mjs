// A script for browsers tells the story of Anna and Bruno from a page of another origin, in
// Chromium: Segment's analytics.js (FILO_SCRIPT=analytics-next, FILO_STRATEGY=batching for
// batches) or Filo's own (FILO_SCRIPT=filo.js). FILO_URL, FILO_KEY and FILO_TICKS say where to,
// as whom and how much; crates/filo/tests/sdk.rs knows what must have arrived.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "../web/node_modules/playwright-core/index.mjs";

const { FILO_URL, FILO_KEY, FILO_TICKS, FILO_SCRIPT, FILO_STRATEGY, CHROMIUM } = process.env;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const story = JSON.parse(await readFile(here("story.json"), "utf8"));
const scripts = here("node_modules/@segment/analytics-next/dist/umd/");
/** Longer than the retries that the test provokes. */
const PATIENCE_MS = 90_000;

/** The shop's site: its page, and the scripts that it serves itself. */
async function openShop() {
  const html = await readFile(here("page.html"));
  const server = createServer(async (request, response) => {
    if (!request.url.startsWith("/umd/")) {
      return response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(html);
    }
    const script = await readFile(scripts + basename(request.url));
    response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(script);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** What Anna does in her browser, page included; says how many calls that was. */
async function tellOfAnna([story, ticks]) {
  let calls = 1; // the page, called by the snippet
  const call = (method, ...given) => {
    calls += 1;
    return window.analytics[method](...given);
  };
  call("track", "Product Viewed", story.product);
  await call("alias", "anna");
  await call("identify", "anna", story.anna);
  for (const order of story.orders) call("track", "Order Completed", order);
  call("track", "Order Refunded", story.refund);
  call("screen", "Home");
  await call("group", "acme", story.company);
  for (let tick = 0; tick < ticks; tick += 2) call("track", `Tick ${tick}`, { tick });
  return calls;
}

/** Bruno comes to the same computer. */
async function tellOfBruno([story, ticks]) {
  let calls = 1;
  window.analytics.reset();
  await window.analytics.identify("bruno", story.bruno);
  for (let tick = 1; tick < ticks; tick += 2) {
    calls += 1;
    window.analytics.track(`Tick ${tick}`, { tick });
  }
  return calls;
}

setTimeout(() => {
  console.error("the page hangs");
  process.exit(1);
}, 3 * PATIENCE_MS).unref();
const shop = await openShop();
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  const page = await browser.newPage({ locale: "it-IT", timezoneId: "Europe/Rome" });
  const [broken, strangers, delivered] = [[], new Set(), new Set()];
  page.on("pageerror", (error) => broken.push(error));
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (![shop.url, FILO_URL].includes(origin)) strangers.add(request.url());
  });
  page.on("response", (response) => {
    const request = response.request();
    if (request.method() !== "POST" || !response.ok()) return;
    const body = JSON.parse(request.postData());
    for (const message of body.batch ?? [body]) delivered.add(message.messageId);
  });

  const strategy = { strategy: FILO_STRATEGY, config: { size: 20, timeout: 200 } };
  const segment = FILO_STRATEGY ? { "Segment.io": { deliveryStrategy: strategy } } : {};
  const address = new URLSearchParams({
    script:
      FILO_SCRIPT === "filo.js"
        ? `${FILO_URL}/analytics.js/v1/${FILO_KEY}/analytics.min.js`
        : "/umd/standalone.js",
    filo: FILO_URL,
    key: FILO_KEY,
    options: JSON.stringify({ integrations: segment }),
  });
  const campaign = "utm_source=newsletter&utm_medium=email&utm_campaign=natale";
  // In the fragment, because the page's own address is part of what is measured.
  await page.goto(`${shop.url}/negozio/carrello?${campaign}#${address}`, {
    referer: "https://www.google.it/",
  });
  await page.waitForFunction("window.analytics.initialized");
  // analytics.js gives an event without a user the user of the moment at which it is sent again:
  // Bruno must not come before what Anna did as an unknown visitor has arrived, or it is his.
  let calls = 0;
  for (const part of [tellOfAnna, tellOfBruno]) {
    calls += await page.evaluate(part, [story, Number(FILO_TICKS)]);
    for (const end = Date.now() + PATIENCE_MS; delivered.size < calls && Date.now() < end; ) {
      await new Promise((later) => setTimeout(later, 50));
    }
    assert.equal(delivered.size, calls, "everything was delivered");
  }
  assert.deepEqual(broken, [], "the page did not break");
  assert.deepEqual([...strangers], [], "nobody else was told");
} finally {
  await browser.close();
  shop.server.closeAllConnections();
  shop.server.close();
}
