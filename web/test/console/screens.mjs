// Every page, in both languages, on a desk and on a phone, by day and by night: nothing that a
// screen reader or weak eyes stumble over, nothing wider than the screen, nothing that moves.
import assert from "node:assert/strict";

import { PAGES, compareWithRoutes } from "./pages.mjs";
import { LOCALES, SCREENS, arrive, quiet, sticksOut, stumbles } from "./visitor.mjs";

/** The narrowest phones still in use, in CSS pixels. */
const NARROW = { width: 320, height: 640 };
/** The longest word that Italian children know, and a name nobody could foresee. */
const LONG = "Precipitevolissimevolmente Sovramagnificentissimamente";

async function look(visit, screen, row) {
  const { page } = visit;
  let status = 200;
  page.on("response", (answer) => {
    if (answer.request().isNavigationRequest()) status = answer.status();
  });
  const address = typeof row.at === "string" ? row.at : await row.at(page);
  assert.ok(address, "there is such a page");
  await page.goto(address, { waitUntil: "load" });
  await row.act?.(page);
  assert.equal(status, row.status ?? 200);
  const faults = await stumbles(page);
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
  faults.push(...(await stumbles(page, ["color-contrast"])).map((fault) => `by night, ${fault}`));
  assert.deepEqual(faults.filter(Boolean), []);
  await quiet(visit, row.status ? [`status of ${row.status}`] : []);
}

/** The ground is dark at last: the browser repaints when it pleases. */
function isNight() {
  const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
  return red < 60;
}

/** Gives whatever says something on the page a longer thing to say. */
function lengthen(long) {
  const places = "main :is(h1, h2, h3, p, label, button, .button, summary, dt, dd, th, td, span, strong)";
  for (const place of document.querySelectorAll(places)) {
    const text = [...place.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
    if (text) text.data = long;
  }
}

/** Checks of all pages for one language and one screen. */
async function round(browser, program, state, rows, language, screen) {
  const failures = [];
  for (const row of rows) {
    const how = { language, screen, state: row.stranger ? undefined : state };
    const visit = await arrive(browser, program.url, how);
    try {
      await look(visit, screen, row);
    } catch (error) {
      failures.push(`${row.name} (${language}, ${screen}): ${error.message}`);
    } finally {
      await visit.context.close();
    }
  }
  return failures;
}

async function all(browser, program, state, rows) {
  const rounds = Object.keys(LOCALES).flatMap((language) =>
    Object.keys(SCREENS).map((screen) => round(browser, program, state, rows, language, screen)),
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
