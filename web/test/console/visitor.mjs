// Somebody at a browser: how they see, how they log in, and what goes wrong under their eyes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Who looks, in every story. */
export const NAME = "Giulia Ferri";
/** What opens the menu of who is logged in. */
export const MENU = "details.me > summary:visible";
export const LOCALES = { it: "it-IT", en: "en-GB" };
export const SCREENS = {
  desktop: { viewport: { width: 1360, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
/** What is pressed must answer within this, on a busy machine too. */
const PATIENCE_MS = 15_000;
/** How much may move by itself while a page is read, as browsers count it. */
const SHIFT_MOST = 0.02;

/** Everything about shifts from the first byte on; a test of the page, not a part of it. */
const watchShifts = () => {
  window.shifted = { by: 0, what: [] };
  const named = ({ node, previousRect, currentRect }) => {
    const where = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    const name = `${node?.nodeName} ${node?.textContent?.trim().slice(0, 30)}`;
    return `${name} (${where(previousRect)} → ${where(currentRect)})`;
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
      window.shifted.by += entry.value;
      window.shifted.what.push(...entry.sources.map(named));
    }
  }).observe({ type: "layout-shift", buffered: true });
};

/** Who logged in chose a language with it; each visitor reads in that of their own browser. */
const isNoChoice = ({ name }) => name !== "filo_lang";

/**
 * A browser of its own. `state` is that of somebody who has logged in; what breaks is kept in
 * `faults`, which [`broken`] reads.
 */
export async function arrive(browser, url, how = {}) {
  const { language = "it", screen = "desktop", scheme = "light", state, script = true } = how;
  const context = await browser.newContext({
    ...SCREENS[screen],
    baseURL: url,
    locale: LOCALES[language],
    timezoneId: "Europe/Rome",
    colorScheme: scheme,
    // Colours are measured when they stand still.
    reducedMotion: "reduce",
    storageState: state && { ...state, cookies: state.cookies.filter(isNoChoice) },
    javaScriptEnabled: script,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (script) await context.addInitScript(watchShifts);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`a script broke: ${error.message}`));
  page.on("console", (said) => {
    // How late a busy machine draws is no fault of the page: `idleFonts` asks what was in vain.
    if (/was preloaded using link preload but not used/.test(said.text())) return;
    // A frame that lets no script in keeps out this visitor's own watch too: `scripted` asks
    // whether there was another one.
    if (/^Blocked script execution in .* sandboxed/.test(said.text())) return;
    if (["error", "warning"].includes(said.type())) faults.push(`the console says: ${said.text()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== url) faults.push(`asks elsewhere: ${request.url()}`);
  });
  return { page, context, faults };
}

/**
 * Logs in with a link, as a person does: the first one makes the owner's account, later ones are
 * the operator's way in.
 */
export async function enter(page, link) {
  await page.goto(link);
  const account = page.locator('form[action="/welcome"]');
  if (await account.count()) {
    await account.locator('[name="person"]').fill(NAME);
    await account.locator('[name="email"]').fill("giulia@bottega.example");
    await account.locator('[name="password"]').fill("tre mele verdi sul tavolo");
  }
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForURL((address) => !/^\/(login|welcome)/.test(address.pathname));
}

/** What broke since it was last asked, but for what was `expected`. */
export function broken({ faults }, expected = []) {
  return faults.splice(0).filter((fault) => !expected.some((one) => fault.includes(one)));
}

/** Nothing moves under the reader's eyes once there is something to read. */
export async function still(page) {
  const shifted = await page.evaluate(async () => {
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    return window.shifted;
  });
  assert.ok(shifted.by < SHIFT_MOST, `the page moved by ${shifted.by}: ${shifted.what.join(", ")}`);
}

/** A script that stands in a frame, though none is let in there. */
export async function scripted(page) {
  const frames = page.frames().slice(1).map((frame) => frame.url());
  for (const address of frames.filter((address) => address.startsWith("http"))) {
    const answer = await page.request.get(address);
    // What was tried out with a form cannot be asked for again.
    const text = answer.ok() ? await answer.text() : "";
    if (/<script|javascript:|\son\w+\s*=/i.test(text)) return `a script stands in ${address}`;
  }
  return "";
}

/** What was fetched ahead for letters, and no letter is drawn with. */
export async function idleFonts(page) {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const drawn = [...document.fonts].filter((face) => face.status === "loaded").length;
    const fetched = document.querySelectorAll('link[rel="preload"][as="font"]').length;
    return drawn < fetched ? `${fetched} fonts were fetched, ${drawn} are drawn with` : "";
  });
}

/** What a screen reader or weak eyes would stumble over, one line per thing. */
export async function stumbles(page, only) {
  if (!(await page.evaluate(() => "axe" in window))) {
    // The policy of the pages lets no script in, so it comes by the debugger's door.
    const door = await page.context().newCDPSession(page);
    await door.send("Runtime.evaluate", { expression: axe });
    await door.detach();
  }
  return page.evaluate(async (only) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const runOnly = only ? { type: "rule", values: only } : { type: "tag", values: tags };
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.flatMap((rule) =>
      rule.nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" ");
        return `${rule.id} at ${node.target.join(" ")}: ${why || rule.help}`;
      }),
    );
  }, only);
}

/** By how much a page is wider than the screen, and what sticks out. */
export async function sticksOut(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide < 1) return "";
    const names = [...document.querySelectorAll("body *")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .filter((one) => getComputedStyle(one).position !== "absolute")
      .slice(-3)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className} «${one.textContent.trim().slice(0, 40)}»`);
    return `${wide} px wider than the screen: ${names.join(", ")}`;
  });
}
