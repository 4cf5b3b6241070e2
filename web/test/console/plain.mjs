// Without any script: every page reads and every form posts.
import assert from "node:assert/strict";

import { MENU, arrive, enter } from "./visitor.mjs";

/** What browsers say of a form that comes back. */
const REFUSED = ["status of 422"];

async function plain(browser, program, { expected = [], ...how }, story) {
  const visit = await arrive(browser, program.url, { script: false, ...how });
  await story(visit.page);
  const isForeseen = (fault) => expected.some((one) => fault.includes(one));
  assert.deepEqual(visit.faults.filter((fault) => !isForeseen(fault)), []);
  await visit.context.close();
}

/** Opens the page of somebody by searching for them. */
export async function lookUp(page, name) {
  await page.goto("/people");
  await page.fill('main input[type="search"]', name);
  await page.press('main input[type="search"]', "Enter");
  await page.waitForURL("**/people?*");
  await page.locator('main a[href^="/people/cus_"]').first().click();
  await page.waitForURL("**/people/cus_*");
}

/** Opens whatever a form is folded into. */
async function unfold(form) {
  for (const fold of await form.locator("xpath=ancestor::details[not(@open)]/summary").all()) {
    await fold.click();
  }
}

/** Separates two who were joined, and takes it back: on the page of somebody. */
export async function separateAndTakeBack(page) {
  const home = new URL(page.url()).pathname;
  await page.locator('a[href*="verdict=apart"]').first().click();
  await page.waitForURL("**/rulings/preview?*");
  const groups = (side) => page.locator(`.before-after > :nth-child(${side}) .group`).count();
  const [before, after] = [await groups(1), await groups(2)];
  assert.ok(after > before, `after the decision there would be ${after} people, not ${before}`);
  await page.fill('main [name="note"]', "Il numero è della moglie");
  await page.click('main form[method="post"] button[type="submit"]');
  await page.waitForURL("**/people/cus_*");
  const back = page.locator('a[href*="verdict=withdrawn"]').first();
  assert.ok(await back.isVisible(), "the decision stands on the page, with the way back");
  await back.click();
  await page.waitForURL("**/rulings/preview?*");
  assert.ok((await groups(1)) > (await groups(2)), "taking it back joins them again");
  await page.click('main form[method="post"] button[type="submit"]');
  await page.waitForURL(`**${home}*`);
  assert.equal(await page.locator('a[href*="verdict=withdrawn"]').count(), 0);
  assert.ok((await page.locator('a[href*="verdict=apart"]').count()) > 0);
}

/** Gives the newest nameless event of the quarantine its name. */
export async function repairOne(page) {
  await page.goto("/quarantine");
  const nameless = page.locator('main a[href^="/quarantine/qua_"]', { hasText: "Manca il nome" });
  const before = await nameless.count();
  assert.ok(before > 0, "the demo has events without a name");
  await nameless.first().click();
  await page.waitForURL("**/quarantine/qua_*");
  const text = page.locator('form[action$="/repair"] textarea');
  const event = JSON.parse(await text.inputValue());
  await text.fill("{ this is no JSON");
  await page.click('form[action$="/repair"] button[type="submit"]');
  assert.ok(await page.locator('textarea[aria-invalid="true"]').isVisible(), "says what is wrong");
  await text.fill(JSON.stringify({ ...event, event: "Chiamata ricevuta" }));
  await page.click('form[action$="/repair"] button[type="submit"]');
  await page.waitForURL(/\/quarantine(\?|$)/);
  await page.goto("/quarantine");
  assert.equal(await nameless.count(), before - 1);
}

export const checks = {
  "without a script one makes a segment": ({ browser, demo, state }) =>
    plain(browser, demo, { state, expected: REFUSED }, async (page) => {
      await page.goto("/segments/new");
      await page.click(".parts > .actions summary");
      await page.click('button[value="add:c:trait"]');
      assert.equal(new URL(page.url()).hash, "#c.0", "one arrives at what was added");
      await page.fill('[name="name"]', "Di Parma");
      await page.click('button[value="save"]');
      assert.ok(await page.locator('[id="field-c.0.key-wrong"]').isVisible(), "says what is missing");
      assert.equal(await page.inputValue('[name="name"]'), "Di Parma");
      await page.fill('[name="c.0.key"]', "city");
      await page.fill('[name="c.0.values"]', "Parma\nModena");
      await page.click('button[value="count"]');
      assert.ok(await page.locator("#segment-count strong").isVisible(), "says how many it would be");
      await page.click('button[value="save"]');
      await page.waitForURL("**/segments/seg_*");
      assert.match(await page.locator(".lead").innerText(), /«Parma» o «Modena»/);
    }),

  "without a script one logs in": ({ browser, demo }) =>
    plain(browser, demo, {}, async (page) => {
      await enter(page, await demo.link());
      assert.equal(new URL(page.url()).pathname, "/");
    }),

  "without a script one searches, and writes a note": ({ browser, demo, state }) =>
    plain(browser, demo, { state }, async (page) => {
      await lookUp(page, "Villani");
      assert.match(await page.locator("h1").innerText(), /Villani/);
      const form = page.locator('form[action$="/notes"]');
      await unfold(form);
      const said = `Torna per il profumo <b>${Date.now()}</b>`;
      await form.locator("textarea").fill(said);
      await form.locator("select").selectOption("reason");
      await form.locator('button[type="submit"]').click();
      await page.waitForURL("**/people/cus_*");
      assert.ok(await page.locator(".said", { hasText: said }).first().isVisible());
      const removal = page.locator('form[action$="/removal"] button').first();
      await removal.click();
      await page.waitForURL("**/people/cus_*");
      assert.equal(await page.locator("aside .said", { hasText: said }).count(), 0);
    }),

  "without a script one records a consent, with its proof": ({ browser, demo, state }) =>
    plain(browser, demo, { state, expected: REFUSED }, async (page) => {
      await lookUp(page, "Fontanini");
      const form = page.locator('form[action$="/consents"]');
      const send = () => form.locator('button[type="submit"]').click();
      await unfold(form);
      await form.locator('[name="purpose"]').fill("analytics");
      await form.locator('[name="decision"]').selectOption("granted");
      await send();
      assert.ok(await form.locator(".wrong").isVisible(), "a yes needs a proof");
      await form.locator('[name="proof"]').fill("Modulo firmato, cartella 12");
      await send();
      await page.waitForURL("**/people/cus_*");
      const line = page.locator("#consents li", { hasText: "statistiche" });
      assert.match(await line.innerText(), /sì/);
    }),

  "without a script one separates two people, and takes it back": ({ browser, demo, state }) =>
    plain(browser, demo, { state, language: "en" }, async (page) => {
      await lookUp(page, "Marinelli");
      await separateAndTakeBack(page);
    }),

  "without a script one makes a source": ({ browser, demo, state }) =>
    plain(browser, demo, { state }, async (page) => {
      await page.goto("/sources/new");
      const form = page.locator('main form[action="/sources"]');
      await form.locator('[name="name"]').fill("Cassa di Lucca");
      const kind = form.locator('[name="kind"][value="server"]');
      if (await kind.count()) await kind.check();
      else await form.locator('[name="kind"]').selectOption("server");
      await form.locator('button[type="submit"]').click();
      const key = await page.locator("#made-key").innerText();
      const body = JSON.stringify({ userId: "u-lucca", event: "Order Completed" });
      const headers = { Authorization: `Basic ${btoa(`${key.trim()}:`)}`, "Content-Type": "application/json" };
      const answer = await fetch(`${demo.url}/v1/track`, { method: "POST", headers, body });
      assert.equal(answer.status, 200, "the key that was shown sends");
      await page.goto("/sources");
      assert.ok(await page.getByText("Cassa di Lucca").first().isVisible());
      assert.ok(!(await page.content()).includes(key.trim()), "the key is shown once");
    }),

  "without a script one repairs an event": ({ browser, demo, state }) =>
    plain(browser, demo, { state, expected: REFUSED }, repairOne),

  "without a script one chooses language and light": ({ browser, demo, state }) =>
    plain(browser, demo, { state }, async (page) => {
      await page.goto("/people?search=a");
      await page.locator(MENU).click();
      await page.locator('.menu a[hreflang="en"]:visible').click();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(new URL(page.url()).searchParams.get("search"), "a", "one stays where one was");
      await page.locator(MENU).click();
      await page.locator('.menu a[href*="theme=dark"]:visible').click();
      await page.goto("/settings");
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    }),
};
