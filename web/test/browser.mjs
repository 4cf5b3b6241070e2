// filo.js in a real browser. Without FILO_URL everything is checked against a recorder; with
// FILO_URL and FILO_KEY (a public key) the same page sends to a running Filo, whose answers are
// checked; with FILO_API_KEY (scope read) also that each event arrived once, on one customer.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { record, servePage } from "./recorder.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { FILO_URL, FILO_KEY = "WK_TEST", FILO_API_KEY, CHROMIUM = "/usr/bin/chromium" } = process.env;
const SCRIPT = here("../dist/filo.js");
/** Longer than any wait of the script that a check provokes. */
const PATIENCE_MS = 8000;

if (!existsSync(CHROMIUM)) {
  console.log(`skipped: there is no ${CHROMIUM}`);
  process.exit(0);
}

const site = await servePage(here("page.html"));
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
let collector;

async function until(what, condition) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Opens the page in a browser of its own; `cookies` are there before it. */
async function visit({ options = {}, cookies = [], query = "", context } = {}) {
  const own = context ?? (await browser.newContext({ locale: "it-IT", timezoneId: "Europe/Rome" }));
  await own.addCookies(cookies.map((cookie) => ({ ...cookie, url: site.url })));
  const page = await own.newPage();
  page.on("pageerror", (error) => assert.fail(`the page broke: ${error}`));
  const filo = encodeURIComponent(FILO_URL ?? collector.url);
  const packed = encodeURIComponent(JSON.stringify(options));
  await page.goto(`${site.url}/?filo=${filo}&key=${FILO_KEY}&options=${packed}${query}`);
  await page.waitForFunction("window.analytics.initialized");
  return { page, context: own };
}

const sent = (type) => collector.kept.messages.filter((message) => message.type === type);

const checks = {
  "calls made before the script are sent once, with the page of the call": async () => {
    await visit({ query: "&utm_source=news&utm_campaign=natale" });
    await until("the page call", () => sent("page").length);
    const [page] = sent("page");
    assert.equal(page.path, "/v1/p");
    assert.equal(page.writeKey, "WK_TEST");
    assert.match(page.messageId, /^filo-\d{13}-[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-/);
    assert.equal(page.properties.category, "Store");
    assert.equal(page.properties.name, "Carrello");
    assert.equal(page.properties.path, "/cart");
    assert.equal(page.context.page.title, "Carrello");
    assert.deepEqual(page.context.campaign, { source: "news", name: "natale" });
    assert.equal(page.context.locale, "it-IT");
    assert.equal(page.context.timezone, "Europe/Rome");
    assert.equal(page.context.library.name, "filo.js");
    assert.equal(page.userId, null);
    assert.ok(Date.parse(page.sentAt) >= Date.parse(page.timestamp));
    assert.equal(sent("page").length, 1);
    assert.equal(collector.kept.preflights, 0, "text/plain needs no preflight");
  },

  "arguments are those of analytics.js": async () => {
    const { page } = await visit();
    await page.evaluate(async () => {
      await analytics.identify(42, { email: "anna@example.it" });
      await analytics.identify({ plan: "pro" });
      await analytics.track("Product Added", { sku: "A1", price: 10.5 }, { context: { ip: "0" } });
      await analytics.track("No properties", null, { anonymousId: "given", timestamp: "bad" });
      await analytics.group("acme", { employees: 3 });
      await analytics.alias("new-id");
      await analytics.page({ path: "/own" });
      await analytics.screen("Home");
      early.push(["track", "By the old array"]);
      await new Promise((done) => analytics.track("With callback", done));
    });
    await until("ten calls", () => collector.kept.messages.length >= 11);
    const [first, second] = sent("identify");
    assert.equal(first.userId, "42");
    assert.deepEqual(second.traits, { email: "anna@example.it", plan: "pro" });
    const tracks = Object.fromEntries(sent("track").map((message) => [message.event, message]));
    assert.equal(tracks["Product Added"].path, "/v1/t");
    assert.equal(tracks["Product Added"].context.ip, "0");
    assert.equal(tracks["Product Added"].properties.price, 10.5);
    assert.equal(tracks["No properties"].anonymousId, "given");
    assert.deepEqual(tracks["No properties"].properties, {});
    assert.ok(tracks["By the old array"] && tracks["With callback"]);
    assert.equal(tracks["With callback"].context.groupId, "acme");
    assert.equal(sent("group")[0].groupId, "acme");
    assert.equal(sent("alias")[0].userId, "new-id");
    assert.equal(sent("alias")[0].previousId, "42");
    assert.equal(sent("page").at(-1).properties.path, "/own");
    assert.equal(sent("screen")[0].name, "Home");
  },

  "ids of analytics.js are kept, quoted or not": async () => {
    for (const value of ["%22old-visitor%22", "old-visitor"]) {
      const { page } = await visit({ cookies: [{ name: "ajs_anonymous_id", value }] });
      assert.equal(await page.evaluate("analytics.user().anonymousId()"), "old-visitor");
    }
  },

  "the next person at the same computer gets a new anonymous id": async () => {
    const { page } = await visit();
    const [before, same, after, reset] = await page.evaluate(() => {
      const id = () => analytics.user().anonymousId();
      const seen = [id()];
      analytics.identify("anna", { email: "anna@example.it" });
      seen.push(id());
      analytics.identify("bruno");
      seen.push(id());
      analytics.reset();
      return [...seen, id(), analytics.user().id()];
    });
    assert.equal(before, same);
    assert.notEqual(same, after);
    assert.notEqual(after, reset);
    await until("both people", () => sent("identify").length === 2);
    assert.deepEqual(sent("identify")[1].traits, {}, "traits of Anna are not Bruno's");
  },

  "a server that asks for patience gets it, and the event once more": async () => {
    collector.kept.answers.push([503, { "Retry-After": "2" }]);
    await visit();
    await until("the second try", () => sent("page").length === 2);
    const [first, second] = sent("page");
    assert.deepEqual([first.status, second.status], [503, 200]);
    assert.equal(first.messageId, second.messageId);
    assert.ok(Date.parse(second.sentAt) - Date.parse(first.sentAt) >= 2000);
  },

  "what a server refuses for good is not sent again": async () => {
    collector.kept.answers.push([400, {}]);
    const { page } = await visit();
    await until("the answer", () => sent("page").length);
    await page.evaluate(() => analytics.track("After"));
    await until("the next event", () => sent("track").length);
    assert.equal(sent("page").length, 1);
  },

  "events too long to outlive the page are sent all the same": async () => {
    const { page } = await visit();
    await page.evaluate(() => {
      for (let turn = 0; turn < 5; turn++) analytics.track("Long", { text: "è".repeat(19_000) });
      analytics.track("Longest", { text: "è".repeat(31_000) });
    });
    await until("all of them", () => sent("track").length === 6);
    assert.equal(new Set(sent("track").map((message) => message.messageId)).size, 6);
  },

  "what could not be sent is sent by a later page": async () => {
    const { page, context } = await visit();
    await until("the page call", () => sent("page").length);
    await context.setOffline(true);
    await page.evaluate(() => analytics.track("While offline"));
    await page.close();
    await context.setOffline(false);
    assert.equal(sent("track").length, 0);
    await visit({ context });
    await until("the kept event", () => sent("track").length);
    assert.equal(sent("track")[0].event, "While offline");
  },

  "what waits when the page goes away is handed to the browser": async () => {
    collector.kept.answers.push([503, { "Retry-After": "60" }]);
    const { page } = await visit();
    await until("the refusal", () => sent("page").length);
    await page.evaluate(() => analytics.track("Last words"));
    await page.goto("about:blank");
    await until("the beacon", () => sent("track").length);
    assert.equal(sent("track")[0].path, "/v1/b");
    assert.equal(sent("track")[0].writeKey, "WK_TEST");
    assert.equal(sent("page").at(-1).messageId, sent("page")[0].messageId);
  },

  "nothing is kept in the browser before consent, and a refusal erases": async () => {
    const { page, context } = await visit({ options: { disableClientPersistence: true } });
    await until("the page call", () => sent("page").length);
    const kept = async () => [
      ...(await context.cookies()).map((cookie) => cookie.name),
      ...(await page.evaluate("Object.keys(localStorage)")),
    ];
    assert.deepEqual(await kept(), []);
    await page.evaluate(() => analytics.consent({ analytics: true, marketing: false }));
    assert.ok((await kept()).includes("ajs_anonymous_id"));
    await until("the consent", () => sent("track").length);
    const [consent] = sent("track");
    assert.equal(consent.event, "Segment Consent Preference Updated");
    const wanted = { analytics: true, marketing: false };
    assert.deepEqual(consent.context.consent.categoryPreferences, wanted);
    await page.evaluate(() => analytics.consent({ analytics: false, marketing: false }));
    await until("the refusal", () => sent("track").length === 2);
    assert.deepEqual(await kept(), ["filo_consent"]);
  },

  "one tag is enough, and may ask for consent first": async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.url}/?plain`);
    for (const consent of ["", "required"]) {
      await page.evaluate(
        ([src, consent]) =>
          new Promise((done) => {
            delete window.analytics;
            const tag = Object.assign(document.createElement("script"), { src, onload: done });
            tag.dataset.consent = consent;
            document.head.append(tag);
          }),
        [`${collector.url}/analytics.js/v1/WK_TEST/analytics.min.js`, consent],
      );
      await page.evaluate((consent) => analytics.load("OTHER").track(`tag ${consent}`), consent);
      await until("the event", () => sent("track").some((one) => one.event === `tag ${consent}`));
      const names = (await context.cookies()).map((cookie) => cookie.name);
      assert.equal(names.includes("ajs_anonymous_id"), consent !== "required");
    }
    assert.ok(sent("track").every((one) => one.writeKey === "WK_TEST"));
  },

  "a call that cannot be sent does not cost the others": async () => {
    const { page } = await visit();
    await page.evaluate(async () => {
      const circle = {};
      circle.self = circle;
      await analytics.track("In a circle", circle);
      await analytics.track("After the circle");
    });
    await until("the other", () => sent("track").length);
    assert.equal(sent("track")[0].event, "After the circle");
  },
};

async function askFilo(path) {
  const headers = { Authorization: `Bearer ${FILO_API_KEY}` };
  const answer = await fetch(`${FILO_URL}/api/v1${path}`, { headers });
  return answer.ok ? answer.json() : undefined;
}

/** Against a running Filo: every request is answered with success, every event is there once. */
async function checkFilo() {
  const { page } = await visit();
  const answers = [];
  page.on("response", (response) => {
    if (/\/v1\/[a-z]$/.test(response.url())) answers.push([response.url(), response.status()]);
  });
  const userId = `browser-${Date.now()}`;
  await page.evaluate(async (userId) => {
    await analytics.identify(userId, { email: `${userId}@example.it` });
    await analytics.track("Product Added", { sku: "A1", price: 10.5 });
    await analytics.group("acme", { name: "Acme" });
    await analytics.consent({ analytics: true });
  }, userId);
  await until("four answers", () => answers.length >= 4);
  for (const [url, status] of answers) assert.equal(status, 200, url);
  await until("an empty queue", () =>
    page.evaluate(() => !Object.keys(localStorage).some((name) => name.startsWith("filo_queue"))),
  );
  console.log(`ok: Filo took every event of user_id ${userId}`);
  if (!FILO_API_KEY) return;
  let customer;
  await until("the customer", async () => {
    customer = await askFilo(`/customers/lookup?user_id=${userId}`);
    return customer;
  });
  const named = (one) => `${one.kind} ${one.name}`.trim();
  let events = [];
  const wanted = [
    "group",
    "identify",
    "page Carrello",
    "track Product Added",
    "track Segment Consent Preference Updated",
  ];
  await until("five events", async () => {
    events = (await askFilo(`/customers/${customer.id}/events`))?.data ?? [];
    return events.length >= wanted.length;
  });
  assert.deepEqual(events.map(named).sort(), wanted);
  const kinds = customer.identifiers.map((identifier) => identifier.kind);
  for (const kind of ["user_id", "email", "anonymous_id"]) assert.ok(kinds.includes(kind), kind);
  console.log("ok: each event is on the customer's thread once, the visit before it included");
}

let failures = 0;
try {
  if (FILO_URL) {
    await checkFilo();
  } else {
    const esbuild = [here("../node_modules/esbuild/bin/esbuild"), here("../src/tracker.ts")];
    const shape = ["--bundle", "--minify", "--target=es2020", "--format=iife"];
    execFileSync("node", [...esbuild, ...shape, `--outfile=${SCRIPT}`, "--log-level=warning"]);
    for (const [name, check] of Object.entries(checks)) {
      collector = await record(SCRIPT);
      try {
        await check();
        console.log(`ok: ${name}`);
      } catch (error) {
        failures += 1;
        console.log(`FAILED: ${name}\n${error.stack}`);
      } finally {
        for (const context of browser.contexts()) await context.close();
        collector.server.closeAllConnections();
        collector.server.close();
      }
    }
  }
} finally {
  await browser.close();
  site.server.closeAllConnections();
  site.server.close();
}
process.exitCode = failures ? 1 : 0;
