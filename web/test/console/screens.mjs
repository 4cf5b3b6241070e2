// Every page, in both languages, on a desk or on a phone, by day and by night: nothing that a
// screen reader or weak eyes stumble over, nothing wider than the screen, nothing that moves.
import assert from "node:assert/strict";

import { PAGES, compareWithRoutes } from "./pages.mjs";
import { LOCALES, SCREENS, arrive, broken, idleFonts, scripted, sticksOut, still, stumbles } from "./visitor.mjs";

/** The narrowest phones still in use, in CSS pixels. */
const NARROW = { width: 320, height: 640 };
/** The longest word that Italian children know, and a name nobody could foresee. */
const LONG = "Precipitevolissimevolmente Sovramagnificentissimamente";

async function look(visit, { screen, language }, row, address) {
  const { page } = visit;
  let status = 200;
  const note = (answer) => {
    if (answer.request().isNavigationRequest()) status = answer.status();
  };
  page.on("response", note);
  await page.goto(address, { waitUntil: "load" });
  await still(page);
  await row.act?.(page);
  // What is under the pointer may look otherwise; that is no matter here.
  await page.mouse.move(0, 0);
  // Nor what has slid under the bar that stays: whoever reads would scroll.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  page.off("response", note);
  assert.equal(status, row.status ?? 200);
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  const faults = await stumbles(page);
  faults.push(await idleFonts(page), await scripted(page));
  if (screen === "phone") {
    faults.push(await sticksOut(page));
    await page.setViewportSize(NARROW);
    faults.push(await sticksOut(page));
    await page.evaluate(lengthen, LONG);
    faults.push(await sticksOut(page).then((wide) => wide && `with long words ${wide}`));
    await page.setViewportSize(SCREENS.phone.viewport);
  }
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.waitForFunction(isNight);
  await page.evaluate(settle);
  faults.push(...(await stumbles(page, ["color-contrast"])).map((fault) => `by night, ${fault}`));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  faults.push(...broken(visit, row.status && [`status of ${row.status}`]));
  assert.deepEqual(faults.filter(Boolean), []);
}

/** The ground is dark at last: the browser repaints when it pleases. */
function isNight() {
  const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
  return red < 60;
}

/** Every colour is that of now: what nobody asks for, the browser works out late. */
async function settle() {
  for (const one of document.querySelectorAll("*")) void getComputedStyle(one).color;
  await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
}

/** Gives whatever says something on the page a longer thing to say. */
function lengthen(long) {
  const places = "main :is(h1, h2, h3, p, label, button, .button, summary, dt, dd, th, td, span, strong)";
  for (const place of document.querySelectorAll(places)) {
    const text = [...place.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
    if (text) text.data = long;
  }
}

/** Looks at all pages in one language and on one screen. */
async function round(browser, program, state, rows, language, screen) {
  const failures = [];
  const visits = {
    stranger: await arrive(browser, program.url, { language, screen }),
    known: await arrive(browser, program.url, { language, screen, state }),
  };
  for (const row of rows) {
    const visit = row.stranger ? visits.stranger : visits.known;
    try {
      const address = typeof row.at === "string" ? row.at : await row.at(visit.page);
      assert.ok(address, "there is no such page");
      await look(visit, { screen, language }, row, address);
    } catch (error) {
      visit.faults.splice(0);
      failures.push(`${row.name} (${language}, ${screen}): ${error.message}`);
    }
  }
  for (const visit of Object.values(visits)) await visit.context.close();
  return failures;
}

/** Only the pages whose names hold this are looked at, while one works on them. */
const { FILO_PAGES = "", FILO_ROUNDS } = process.env;
const BOTH = Object.keys(LOCALES).flatMap((language) =>
  Object.keys(SCREENS).map((screen) => [language, screen]),
);
/**
 * Each language and each screen once, the longer words on the narrower screen; all four pairs take
 * twice as long and are looked at with `FILO_ROUNDS=all`, before a release.
 */
const ROUNDS = FILO_ROUNDS === "all" ? BOTH : [["it", "phone"], ["en", "desktop"]];

async function all(browser, program, state, every) {
  const rows = every.filter((row) => row.name.includes(FILO_PAGES));
  const rounds = ROUNDS.map(([language, screen]) =>
    round(browser, program, state, rows, language, screen),
  );
  const failures = (await Promise.all(rounds)).flat();
  assert.equal(failures.length, 0, `\n${failures.join("\n")}`);
  console.log(`    ${rows.length} pages, ${rounds.length} times`);
}

export const checks = {
  "every page of the route table is looked at": compareWithRoutes,
  "every page can be read by everybody": ({ browser, demo, state }) =>
    all(browser, demo, state, PAGES),
  "so can those of a company that begins": ({ browser, fresh, freshState }) =>
    all(browser, fresh, freshState, PAGES.filter((row) => row.empty)),
};
