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

/** Waits for the words on what was just done; the address forgets them before it can be read. */
const said = (page) => page.locator("[data-toast]").waitFor();

/** Makes a list, puts somebody on it, and says where its page is. */
async function gather(page) {
  await page.goto("/lists/new");
  await page.fill('input[name="name"]', "Invitati alla degustazione");
  await page.click('main section form button');
  await page.waitForURL("**/lists/lst_*");
  const { pathname } = new URL(page.url());
  await page.goto(`${pathname}?add=Ferrarini`);
  await page.locator('main form[action$="/members"] button').first().click();
  await said(page);
  return pathname;
}

/** Makes an audience that is taken to its platform as a file, and says where its page is. */
async function target(page) {
  await page.goto("/audiences/new");
  await page.fill('input[name="name"]', "Clienti fedeli per pubblici simili");
  await page.click('main section form button');
  await page.waitForURL("**/audiences/aud_*");
  return new URL(page.url()).pathname;
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

/** Begins a piece from an example, and says where its page is. */
async function begin(page) {
  await page.goto("/pieces/new");
  await page.click('main form:has(input[value="welcome"]) button');
  await page.waitForURL("**/pieces/pce_*");
  return new URL(page.url()).pathname;
}

/** Makes an offer, and says where its page is. */
async function offer(page) {
  await page.goto("/promotions/new");
  await page.fill('input[name="name"]', "Festa dei dieci anni");
  await page.fill('textarea[name="terms_it"]', "Due caffè al prezzo di uno, fino a esaurimento.");
  await page.click('main form[action="/promotions"] button[type="submit"]');
  await page.waitForURL("**/promotions/prm_*");
  return new URL(page.url()).pathname;
}

/** Starts a journey that asks somebody at once, lets a person in, and says where its page is. */
async function travel(page) {
  await page.goto("/journeys");
  await page.check('input[name="playbook"][value="after-visit"]');
  await page.click('main form[action="/journeys"] button');
  await page.waitForURL("**/journeys/jrn_*/edit*");
  const { pathname } = new URL(page.url());
  const here = pathname.replace("/edit", "");
  await page.click('main form:has(input[value="day"]) button[value="remove"]');
  await page.waitForURL("**/edit");
  await page.goto(`${here}/publishing`);
  await page.click(`main form[action="${here}/publishing"] button[type=submit]`);
  await said(page);
  await page.goto("/people");
  const person = await page.locator('main a[href^="/people/cus_"]').first().getAttribute("href");
  await page.goto(`${here}/people`);
  await page.fill('main input[name="who"]', person);
  await page.click(`main form[method="post"][action="${here}/people"] button[type=submit]`);
  await page.waitForURL("**/runs/run_*");
  return here;
}

/** People who are tried: most of them said yes to something. */
const TRIED_MOST = 20;

/** Has a message wait for a yes, and says where the page of its step is. */
async function hold(page) {
  const says = (await piece(page)).split("/").pop();
  await page.goto("/journeys");
  await page.check('input[name="playbook"][value="birthday"]');
  await page.click('main form[action="/journeys"] button');
  await page.waitForURL("**/journeys/jrn_*/edit*");
  const here = new URL(page.url()).pathname.replace("/edit", "");
  const journey = {
    trigger: { hand: {} },
    holdout_percent: 0,
    approval: "every",
    steps: [{ id: "saluto", do: { send: { piece: says } } }],
  };
  const document = page.locator('main form[action$="/document"]');
  await page.locator('main details:has(form[action$="/document"]) > summary').click();
  await document.locator("textarea").fill(JSON.stringify({ version: 2, journey }));
  await document.locator('button[type="submit"]').click();
  await page.waitForURL("**/edit*");
  await page.goto(`${here}/publishing`);
  await page.click(`main form[action="${here}/publishing"] button[type=submit]`);
  await said(page);
  await page.goto("/people");
  const links = await page.locator('main a[href^="/people/cus_"]').all();
  const people = await Promise.all(links.map((link) => link.getAttribute("href")));
  for (const person of [...new Set(people)].slice(0, TRIED_MOST)) {
    await page.goto(`${here}/people`);
    await page.fill('main input[name="who"]', person);
    await page.click(`main form[method="post"][action="${here}/people"] button[type=submit]`);
    await page.waitForURL("**/runs/run_*");
  }
  for (let step = 0; step < STEPS_MOST; step++) {
    await page.goto("/approvals");
    const found = page.locator('main a[href^="/approvals/jrn_"]').first();
    if ((await found.count()) > 0) return found.getAttribute("href");
    await page.waitForTimeout(STEP_MS);
  }
  throw new Error("nothing waits for a yes");
}

/** A message that waits there. */
async function one(page) {
  await page.goto(await held(page));
  return page.locator('main a[href^="/messages/mes_"]').first().getAttribute("href");
}

/** The way of that person. */
async function walk(page) {
  const here = await journey(page);
  await page.goto(`${here}/people`);
  return page.locator('main a[href^="/runs/run_"]').first().getAttribute("href");
}

/** What is asked of somebody for that person. */
async function ask(page) {
  await journey(page);
  await page.goto("/tasks");
  return page.locator('main a[href^="/tasks/tsk_"]').first().getAttribute("href");
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
    await said(page);
  }
  return "/personas";
}

/** Plays the calls on birthdays over the last days, and says where its page is. */
async function rehearse(page) {
  await page.goto("/journeys");
  await page.check('input[name="playbook"][value="birthday"]');
  await page.click('main form[action="/journeys"] button');
  await page.waitForURL("**/journeys/jrn_*/edit*");
  const here = new URL(page.url()).pathname.replace("/edit", "");
  await page.goto(here);
  await page.click(`main form[action="${here}/rehearsals"] button`);
  await page.waitForURL("**/rehearsals/reh_*");
  const { pathname } = new URL(page.url());
  for (let step = 0; step < STEPS_MOST; step++) {
    await page.goto(pathname);
    if ((await page.locator("main progress").count()) === 0) {
      return pathname;
    }
    await page.waitForTimeout(STEP_MS);
  }
  throw new Error("the rehearsal never ends");
}

const once = (make) => {
  let made;
  return (page) => (made ??= make(page));
};

export const imported = once((page) => bringIn(page, FILE));
export const forgotten = once(forget);
export const segment = once(keepUp);
export const list = once(gather);
export const audience = once(target);
export const computed = once(compute);
export const piece = once(begin);
export const promotion = once(offer);
export const sought = once(seek);
export const adopted = once(adopt);
export const journey = once(travel);
export const walked = once(walk);
export const asked = once(ask);
export const rehearsed = once(rehearse);
export const held = once(hold);
export const heldOne = once(one);
