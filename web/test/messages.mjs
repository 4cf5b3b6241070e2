// Messages of the site in a real browser: asked for with the page, drawn by a script of their own,
// told of once, and gone with the visitor for whom they were. Filo itself is a recorder.
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

if (!existsSync(CHROMIUM)) {
  console.log(`skipped: there is no ${CHROMIUM}`);
  process.exit(0);
}

for (const [source, name] of [["tracker", "filo"], ["messages", "messages"]]) {
  const shape = ["--bundle", "--minify", "--target=es2020", "--format=iife", "--loader:.css=text"];
  const files = [here(`../src/${source}.ts`), `--outfile=${here(`../dist/${name}.js`)}`];
  const quiet = "--log-level=warning";
  execFileSync("node", [here("../node_modules/esbuild/bin/esbuild"), ...files, ...shape, quiet]);
}

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** What Filo was asked and told. */
const told = [];
/** What it has to say; nothing: 204. */
let message = null;
/** An answer that takes its time. */
let hold = Promise.resolve();

const filo = await listen(async (request, response) => {
  const open = { "Access-Control-Allow-Origin": "*" };
  const script = /^\/(filo|messages)\.js$/.exec(request.url);
  if (script) {
    told.push({ path: request.url, body: "" });
    const type = { "Content-Type": "text/javascript; charset=utf-8" };
    return response.writeHead(200, type).end(await readFile(here(`../dist/${script[1]}.js`)));
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  told.push({ path: request.url, body: Buffer.concat(chunks).toString() });
  if (request.url !== "/v1/messages") return response.writeHead(200, open).end("{}");
  const now = message;
  await hold;
  return now
    ? response.writeHead(200, { ...open, "Content-Type": "application/json" }).end(JSON.stringify(now))
    : response.writeHead(204, open).end();
});
const site = await listen((request, response) => {
  const { searchParams } = new URL(request.url, "http://x");
  const attributes = searchParams.get("tag") ?? "data-messages";
  // As strict as a site that lets nothing in but scripts of its own and of Filo.
  const policy = `default-src 'none'; script-src ${filo.url} 'nonce-x'; connect-src ${filo.url}; img-src *; style-src 'self'`;
  const page = `<!doctype html><html lang="it"><title>Bar</title>
    <script src="${filo.url}/filo.js" data-write-key="WK" ${attributes}></script>
    <script nonce="x">analytics.page();</script>
    <body><button id="mine">Mio</button></body></html>`;
  const head = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
  response.writeHead(200, head).end(page);
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

async function visit({ query = "", ...options } = {}) {
  const context = await browser.newContext({ locale: "it-IT", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(`the page broke: ${error}`));
  await page.goto(`${site.url}/${query}`);
  await page.waitForFunction("window.filo && window.filo.initialized");
  return page;
}

const at = (path) => told.filter((one) => one.path === path);
const asked = () => at("/v1/messages").map((one) => JSON.parse(one.body));
const words = () => at("/report").map((one) => one.body);
const isThere = (page) => page.evaluate(() => Boolean(document.querySelector("filo-message")));
const shown = (page) => until("the message", () => isThere(page));
const gone = (page) => until("its end", async () => !(await isThere(page)));
const box = (page) => page.locator("filo-message .message");

const torta = () => ({
  id: "mes_1",
  title: "Torta <b>del giorno</b>",
  text: "<img src=x onerror=alert(1)>\nOggi è tua",
  lang: "it",
  layout: "card",
  colour: "#ffcc00",
  ink: "#000000",
  link: `${site.url}/?torta`,
  label: "Scopri",
  why: "Perché l’hai chiesto.",
  out: `${site.url}/?basta`,
  outLabel: "Non ne voglio più",
  closeLabel: "Chiudi",
  report: `${filo.url}/report`,
});

const checks = {
  "where nothing waits, nothing else is loaded": async () => {
    message = null;
    const page = await visit();
    await until("the question", () => asked().length);
    const [one] = asked();
    assert.equal(one.writeKey, "WK");
    assert.equal(one.anonymousId, await page.evaluate("filo.user().anonymousId()"));
    assert.equal(one.userId, null);
    await page.waitForTimeout(200);
    assert.equal(at("/messages.js").length, 0);
    assert.equal(await isThere(page), false);
  },

  "without the word on the tag nothing is asked": async () => {
    message = torta();
    const page = await visit({ query: "?tag=" });
    await until("the page call", () => at("/v1/p").length);
    await page.waitForTimeout(200);
    assert.equal(asked().length, 0);
  },

  "text is text, only pages of the web are opened, and it is told of once": async () => {
    message = { ...torta(), out: "javascript:alert(1)" };
    const page = await visit();
    await shown(page);
    const drawn = await box(page).evaluate((it) => ({
      title: it.querySelector("h2").textContent,
      text: it.querySelector("p").textContent,
      pictures: it.querySelectorAll("img, script").length,
      links: [...it.querySelectorAll("a")].map((link) => link.href),
      role: it.getAttribute("role"),
      lang: it.lang,
      close: it.querySelector("button").getAttribute("aria-label"),
      brand: getComputedStyle(it.querySelector(".go")).backgroundColor,
      fixed: getComputedStyle(it).position,
    }));
    assert.deepEqual(drawn, {
      title: "Torta <b>del giorno</b>",
      text: torta().text,
      pictures: 0,
      links: [torta().link],
      role: "region",
      lang: "it",
      close: "Chiudi",
      brand: "rgb(255, 204, 0)",
      fixed: "fixed",
    });
    await until("that it was shown", () => words().length);
    // The page it leads to asks as well, and would show it once more.
    message = null;
    await Promise.all([page.waitForURL("**/?torta"), box(page).locator(".go").click()]);
    await until("that it was followed", () => words().includes("click"));
    assert.deepEqual(words(), ["shown", "click"]);
  },

  "Escape and the button put it away, and the page keeps its focus": async () => {
    message = torta();
    const page = await visit();
    await page.focus("#mine");
    await page.evaluate(() => filo.page());
    await shown(page);
    assert.equal(await page.evaluate("document.activeElement.id"), "mine", "a card takes no focus");
    await page.keyboard.press("Escape");
    await gone(page);
    assert.deepEqual(words().filter((word) => word === "close").length, 1);
    message = { ...torta(), layout: "banner" };
    await page.evaluate(() => filo.page());
    await shown(page);
    await box(page).locator(".close").click();
    await gone(page);
    assert.deepEqual(words().filter((word) => word === "close").length, 2);
  },

  "over the page it holds the focus and gives it back": async () => {
    message = null;
    const page = await visit();
    await page.focus("#mine");
    message = { ...torta(), layout: "centre" };
    await page.evaluate(() => filo.page());
    await shown(page);
    const inside = () =>
      page.evaluate(() => {
        const { shadowRoot } = document.querySelector("filo-message");
        return shadowRoot.activeElement?.className ?? "";
      });
    assert.match(await inside(), /^message/);
    assert.equal(await box(page).getAttribute("role"), "dialog");
    const seen = [];
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press("Tab");
      seen.push(await inside());
    }
    assert.deepEqual(seen, ["close", "go", "", "close"], "it goes round");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await inside(), "", "and back");
    await page.keyboard.press("Escape");
    await gone(page);
    assert.equal(await page.evaluate("document.activeElement.id"), "mine");
  },

  "what was meant for one visitor goes with them": async () => {
    message = torta();
    const page = await visit();
    await shown(page);
    await page.evaluate(() => filo.identify("anna"));
    assert.equal(await isThere(page), true, "she only says her name");
    await page.evaluate(() => filo.identify("bruno"));
    await gone(page);
    await page.evaluate(() => filo.page());
    await shown(page);
    await page.evaluate(() => filo.reset());
    await gone(page);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]));
    for (const word of ["anna", "bruno", "Torta", "mes_1"]) assert.ok(!kept.includes(word), kept);
    // An answer that comes when somebody else sits there is shown to nobody.
    let go;
    hold = new Promise((free) => (go = free));
    const before = asked().length;
    await page.evaluate(() => void filo.page());
    await until("the question", () => asked().length > before);
    await page.evaluate(() => filo.reset());
    go();
    hold = Promise.resolve();
    await page.waitForTimeout(300);
    assert.equal(await isThere(page), false);
  },

  "the site draws it itself, with proof of who is signed in": async () => {
    message = { ...torta(), link: "javascript:alert(1)" };
    const page = await visit({ query: "?tag=" });
    await page.evaluate(() => filo.identify("anna"));
    const got = await page.evaluate(
      () =>
        new Promise((done) => {
          filo.messages((told, gone) => {
            gone(() => (window.left = true));
            told.shown();
            told.dismissed();
            told.clicked();
            done({ ...told });
          }, "proof-of-anna");
        }),
    );
    assert.equal(got.title, torta().title);
    assert.equal(got.link, undefined, "only pages of the web");
    assert.equal(got.report, undefined, "it is told by what it was given");
    const [one] = asked();
    assert.deepEqual([one.userId, one.proof], ["anna", "proof-of-anna"]);
    await until("what was told", () => words().length === 2);
    assert.deepEqual(words().sort(), ["close", "shown"]);
    assert.equal(await isThere(page), false);
    await page.evaluate(() => filo.reset());
    assert.equal(await page.evaluate("window.left"), true);
  },

  "a test in the address is asked for": async () => {
    message = { ...torta(), report: undefined };
    const page = await visit({ query: "?tag=data-messages%20data-proof=abc#filo-test=tok_1" });
    await shown(page);
    assert.deepEqual([asked()[0].test, asked()[0].proof], ["tok_1", "abc"]);
    await page.keyboard.press("Escape");
    await gone(page);
    assert.deepEqual(words(), []);
  },

  "on a phone, at night and without motion it fits": async () => {
    message = { ...torta(), layout: "banner", text: "Riconfigurazioneprecipitevolissimevolmente ".repeat(5) };
    const page = await visit({
      viewport: { width: 320, height: 568 },
      colorScheme: "dark",
      reducedMotion: "reduce",
    });
    await shown(page);
    const seen = await box(page).evaluate((it) => {
      const style = getComputedStyle(it);
      const close = it.querySelector(".close").getBoundingClientRect();
      const { left, right } = it.getBoundingClientRect();
      return {
        animation: style.animationName,
        ground: style.backgroundColor,
        fits: left >= 0 && right <= innerWidth && it.scrollWidth <= it.clientWidth,
        touch: close.width >= 44 && close.height >= 44,
      };
    });
    assert.deepEqual(seen, { animation: "none", ground: "rgb(33, 30, 27)", fits: true, touch: true });
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
