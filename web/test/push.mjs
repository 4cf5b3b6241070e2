// filo.push() and push.js in a real browser: the button's question, what is shown, and what is told
// of it. The push service itself is left out: what it would bring is handed to the worker directly.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { CHROMIUM = "/usr/bin/chromium" } = process.env;
const PATIENCE_MS = 8000;
const KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const SUBSCRIPTION = { endpoint: "https://push.example/1", keys: { p256dh: KEY, auth: "BTBZMqHH6r4Tts7J_aSIgg" } };

if (!existsSync(CHROMIUM)) {
  console.log(`skipped: there is no ${CHROMIUM}`);
  process.exit(0);
}

for (const [source, name] of [["tracker", "filo"], ["push", "push"]]) {
  const shape = ["--bundle", "--minify", "--target=es2020", "--format=iife", "--log-level=warning"];
  const files = [here(`../src/${source}.ts`), `--outfile=${here(`../dist/${name}.js`)}`];
  execFileSync("node", [here("../node_modules/esbuild/bin/esbuild"), ...files, ...shape]);
}

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  // Only this name is trustworthy without https.
  return { server, url: `http://localhost:${server.address().port}` };
}

const told = [];
let isOn = true;
const filo = await listen(async (request, response) => {
  const open = { "Access-Control-Allow-Origin": "*" };
  const script = /^\/(filo|push)\.js$/.exec(request.url);
  if (script) {
    const type = { "Content-Type": "text/javascript; charset=utf-8" };
    return response.writeHead(200, type).end(await readFile(here(`../dist/${script[1]}.js`)));
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  if (request.method === "POST") told.push({ path: request.url, body });
  const asksKey = request.url === "/v1/push/WK";
  response.writeHead(asksKey && !isOn ? 404 : 200, open).end(JSON.stringify({ key: KEY }));
});
const site = await listen((request, response) => {
  const isWorker = request.url === "/filo-push.js";
  const type = isWorker ? "text/javascript" : "text/html; charset=utf-8";
  const page = `<!doctype html><title>Bar</title><script src="${filo.url}/filo.js" data-write-key="WK"></script>`;
  const text = isWorker ? `importScripts("${filo.url}/push.js");` : page;
  response.writeHead(200, { "Content-Type": type }).end(text);
});

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});

async function until(what, condition) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const found = await condition();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** A page whose browser has a push service that answers at once. */
async function visit(permissions) {
  const context = await browser.newContext({ locale: "it-IT" });
  await context.grantPermissions(permissions, { origin: site.url });
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(`the page broke: ${error}`));
  await page.addInitScript((subscription) => {
    PushManager.prototype.subscribe = async (options) => {
      window.asked = { key: options.applicationServerKey, visible: options.userVisibleOnly };
      window.kept = { toJSON: () => subscription, unsubscribe: async () => (window.kept = null) };
      return window.kept;
    };
    PushManager.prototype.getSubscription = async () => window.kept ?? null;
  }, SUBSCRIPTION);
  await page.goto(site.url);
  await page.waitForFunction("window.filo && window.filo.initialized");
  return { context, page };
}

const at = (path) => told.filter((one) => one.path === path);

const checks = {
  "nothing is asked by itself": async () => {
    const { page } = await visit(["notifications"]);
    await page.waitForTimeout(200);
    const workers = await page.evaluate(async () => {
      return (await navigator.serviceWorker.getRegistrations()).length;
    });
    assert.equal(workers, 0);
    assert.equal(told.length, 0);
  },

  "the button asks, and the browser ends it": async () => {
    const { page } = await visit(["notifications"]);
    const asked = await page.evaluate(() => filo.push({ purpose: "loyalty", wording: "loyalty/1" }));
    assert.equal(asked, "asked");
    assert.deepEqual(await page.evaluate("window.asked"), { key: KEY, visible: true });
    const [one] = at("/v1/push").map((it) => JSON.parse(it.body));
    assert.deepEqual(one.subscription, SUBSCRIPTION);
    assert.deepEqual([one.writeKey, one.purpose, one.wording], ["WK", "loyalty", "loyalty/1"]);
    assert.equal(one.anonymousId, await page.evaluate("filo.user().anonymousId()"));
    assert.equal(one.context.page.title, "Bar");
    assert.equal(one.userId, undefined, "who it is the site does not say");
    assert.equal(await page.evaluate(() => filo.push(false)), "off");
    assert.deepEqual(JSON.parse(at("/v1/push/end")[0].body).subscription, SUBSCRIPTION);
    assert.equal(await page.evaluate("window.kept"), null);
  },

  "a no, and a Filo that has it off, are said": async () => {
    const { page } = await visit([]);
    assert.equal(await page.evaluate(() => filo.push()), "denied");
    isOn = false;
    const other = await visit(["notifications"]);
    assert.equal(await other.page.evaluate(() => filo.push()), "off");
    isOn = true;
    assert.equal(at("/v1/push").length, 0);
  },

  "a notification is shown as text, and told of": async () => {
    const { context, page } = await visit(["notifications"]);
    const session = await context.newCDPSession(page);
    let registration;
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      registration = registrations[0]?.registrationId ?? registration;
    });
    await session.send("ServiceWorker.enable");
    await page.evaluate(() => filo.push());
    await until("the worker", () => registration);
    const deliver = (data) => {
      const text = typeof data === "string" ? data : JSON.stringify(data);
      const what = { origin: site.url, registrationId: registration, data: text };
      return session.send("ServiceWorker.deliverPushMessage", what);
    };
    const shown = () =>
      page.evaluate(async () => {
        const { ready } = navigator.serviceWorker;
        const all = await (await ready).getNotifications();
        return all.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
      });
    // The browser's tools hand a message over and do not say whether the worker, which may just
    // be starting or stopping, took it: it is handed over until what it leads to is there.
    const handed = (what, data, isThere) =>
      until(what, async () => {
        if (await isThere()) return true;
        await deliver(data);
        await new Promise((later) => setTimeout(later, 250));
        return isThere();
      });
    const isShown = (isIt) => async () => (await shown()).some(isIt);
    const first = { title: "Bar <b>", text: "Le notifiche sono attive", lang: "it", yes: `${filo.url}/yes` };
    await handed("the answer", first, () => at("/yes").length > 0);
    assert.equal(at("/yes")[0].body, "yes");
    const offer = { title: "Torta", text: "<img src=x onerror=alert(1)>", tag: "mes_1", lang: "it" };
    const report = `${filo.url}/report`;
    const bad = { ...offer, link: "javascript:alert(1)", report, out: `${site.url}/out`, outLabel: "Basta" };
    await handed("that it was shown", bad, () => at("/report").length > 0);
    assert.equal(at("/report")[0].body, "shown");
    const all = await shown();
    assert.ok(all.some((it) => it.title === "Bar <b>"), JSON.stringify(all));
    const found = all.find((it) => it.tag === "mes_1");
    assert.equal(found.body, offer.text, "text stays text");

    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    const act = (tag, name, action) =>
      worker.evaluate(
        async ([tag, name, action]) => {
          const all = await self.registration.getNotifications({ tag });
          self.opened = [];
          self.clients.openWindow = async (url) => void self.opened.push(url);
          const event = new NotificationEvent(name, { notification: all[0], action });
          self.dispatchEvent(event);
          return self.opened;
        },
        [tag, name, action],
      );
    assert.deepEqual(await act("mes_1", "notificationclose", ""), []);
    await until("that it was put away", () => at("/report").some((it) => it.body === "close"));
    assert.deepEqual(await act("mes_1", "notificationclick", ""), [`${site.url}/`], "only pages are opened");
    await until("that it was touched", () => at("/report").some((it) => it.body === "click"));
    const link = "https://bar.example/menu";
    const next = { ...offer, tag: "mes_2", link, out: `${site.url}/out` };
    await handed("the next one", next, isShown((it) => it.tag === "mes_2"));
    assert.deepEqual(await act("mes_2", "notificationclick", "out"), [`${site.url}/out`]);
    const last = { ...offer, tag: "mes_3", link };
    await handed("the last one", last, isShown((it) => it.tag === "mes_3"));
    assert.deepEqual(await act("mes_3", "notificationclick", ""), [link]);
    await handed("an empty one", "no JSON", isShown((it) => it.title === ""));

    // The push service gives another subscription: it is brought over the link that came sealed.
    const renewing = { ...offer, tag: "mes_4", renew: `${filo.url}/renew` };
    await handed("the link", renewing, isShown((it) => it.tag === "mes_4"));
    const changed = { endpoint: "https://push.example/2", keys: SUBSCRIPTION.keys };
    await worker.evaluate((subscription) => {
      const event = new ExtendableEvent("pushsubscriptionchange");
      const newSubscription = { toJSON: () => subscription };
      self.dispatchEvent(Object.assign(event, { oldSubscription: null, newSubscription }));
    }, changed);
    await until("the renewal", () => at("/renew").length > 0);
    assert.deepEqual(JSON.parse(at("/renew")[0].body), changed);
  },
};

let failures = 0;
try {
  for (const [name, check] of Object.entries(checks)) {
    told.length = 0;
    try {
      await check();
      console.log(`ok: ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED: ${name}\n${error.stack}`);
    } finally {
      for (const context of browser.contexts()) await context.close();
    }
  }
} finally {
  await browser.close();
  for (const { server } of [filo, site]) {
    server.closeAllConnections();
    server.close();
  }
}
process.exitCode = failures ? 1 : 0;
