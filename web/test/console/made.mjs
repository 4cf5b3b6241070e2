// What the demo has only once somebody made it: a file brought in, a person forgotten. Each is made
// once, by whoever asks first; the others look at the same.
import { Buffer } from "node:buffer";

/** Longer than the work takes on a busy machine. */
const STEPS_MOST = 60;
const STEP_MS = 500;

const FILE = [
  "Nome;Cognome;E-mail;Cellulare;CAP;Taglia",
  "Zenobia;Passalacqua;zenobia.passalacqua@example.it;333 9990001;16121;M",
  "Amintore;Bellincioni;amintore.bellincioni@example.it;333 9990002;20121;L",
  "Carla;Gialli;carla@@example;;00184;S",
  ";;;;;",
].join("\n");
const ONE = ["Nome;E-mail", "Ermenegilda;ermenegilda.dimenticata@example.it"].join("\n");

/** Sends a file, and says where its page is. */
export async function upload(page, text = FILE) {
  await page.goto("/imports");
  const file = { name: "clienti.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.setInputFiles('main input[type="file"]', file);
  await page.click('main form[enctype] button[type="submit"]');
  await page.waitForURL("**/imports/imp_*");
  return new URL(page.url()).pathname;
}

/** Waits until nothing is being done on the page of a file. */
async function settled(page) {
  for (let step = 0; step < STEPS_MOST; step++) {
    if ((await page.locator("main progress").count()) === 0) return;
    await page.waitForTimeout(STEP_MS);
    await page.reload();
  }
  throw new Error("the file is never done with");
}

/** Tries a file out: on its page. */
export async function tryOut(page) {
  await page.click('main button[value="try"]');
  await page.locator('progress, form[action$="/start"]').first().waitFor();
  await settled(page);
}

/** Asks for a consent without saying where its proof is. */
export async function refusePlan(page) {
  await page.locator('main input[name^="consent-"]').first().check();
  await page.click('main button[value="try"]');
  await page.locator(".wrong").first().waitFor();
}

async function bringIn(page, text) {
  const address = await upload(page, text);
  await tryOut(page);
  await page.click('form[action$="/start"] button');
  await page.locator('progress, a[href$="/undo"]').first().waitFor();
  await settled(page);
  return address;
}

async function forget(page) {
  const file = await bringIn(page, ONE);
  await page.goto(`${file}/people`);
  const person = await page.locator('main a[href^="/people/cus_"]').first().getAttribute("href");
  await page.goto(`${person}/privacy`);
  await page.check('main input[name="sure"]');
  await page.click('form[action$="/erasure"] button');
  await page.waitForURL("**/settings/erasures/*");
  return new URL(page.url()).pathname;
}

/** Makes two segments, and says where the other one's page is. */
async function keepUp(page) {
  for (const example of ["cart", "regulars"]) {
    await page.goto(`/segments/new?example=${example}`);
    await page.click('main button[value="save"]');
    await page.waitForURL("**/segments/seg_*");
  }
  const { pathname } = new URL(page.url());
  for (let step = 0; step < STEPS_MOST; step++) {
    await page.goto(pathname);
    if ((await page.locator("main progress").count()) === 0) return pathname;
    await page.waitForTimeout(STEP_MS);
  }
  throw new Error("the segment is never filled");
}

/** Makes a computed trait, and says where its page is. */
async function compute(page) {
  await page.goto("/computed-traits/new");
  await page.fill('input[name="label"]', "Ordini negli ultimi 90 giorni");
  await page.fill('input[name="c.0.name"]', "Order Completed");
  await page.click('main button[value="save"]');
  await page.waitForURL("**/computed-traits/ctr_*");
  const { pathname } = new URL(page.url());
  for (let step = 0; step < STEPS_MOST; step++) {
    await page.goto(pathname);
    if ((await page.locator("main .badge-warn").count()) === 0) return pathname;
    await page.waitForTimeout(STEP_MS);
  }
  throw new Error("the computed trait is never counted");
}

/** Looks for personas, and says where the page of the search is. */
async function seek(page) {
  await page.goto("/personas");
  await page.click('form[action="/personas/search"] button');
  for (let step = 0; step < STEPS_MOST; step++) {
    await page.goto("/personas");
    if ((await page.locator("main progress").count()) === 0) {
      return page.locator('main a[href^="/persona-searches/"]').first().getAttribute("href");
    }
    await page.waitForTimeout(STEP_MS);
  }
  throw new Error("the search never ends");
}

/** Puts what was found in use, if anything was. */
async function adopt(page) {
  await page.goto(await sought(page));
  const button = page.locator('form[action$="/adoption"] button');
  if ((await button.count()) > 0) {
    await button.click();
    await page.waitForURL("**/personas?done=*");
  }
  return "/personas";
}

const once = (make) => {
  let made;
  return (page) => (made ??= make(page));
};

export const imported = once((page) => bringIn(page, FILE));
export const forgotten = once(forget);
export const segment = once(keepUp);
export const computed = once(compute);
export const sought = once(seek);
export const adopted = once(adopt);
