// What people come for, from the beginning to the end.
import assert from "node:assert/strict";

import { lookUp, repairOne, separateAndTakeBack } from "./plain.mjs";
import { MENU, arrive, broken, enter } from "./visitor.mjs";

async function tell(browser, program, how, story) {
  const visit = await arrive(browser, program.url, how);
  await story(visit.page, visit);
  assert.deepEqual(broken(visit, how.expected), []);
  await visit.context.close();
}

export const checks = {
  "the first day: in, a name, a source, an event, a person": ({ browser, fresh, freshState }) =>
    tell(browser, fresh, { state: freshState }, async (page) => {
      await page.goto("/");
      const steps = page.locator(".step:not(.done)");
      const before = await steps.count();
      assert.ok(before > 0, "there is something to begin with");
      await page.goto("/settings/company");
      await page.fill('[name="name"]', "Torrefazione Prova");
      await page.click('main form[method="post"] button[type="submit"]');
      await page.waitForURL("**/settings/company*");
      const [, key] = /Key for your servers\s+(\S+)/.exec(fresh.told());
      const answer = await fetch(`${fresh.url}/v1/identify`, {
        method: "POST",
        headers: { Authorization: `Basic ${btoa(`${key}:`)}`, "Content-Type": "application/json" },
        body: JSON.stringify({
          userId: "1",
          traits: { name: "Nilde Prima", email: "nilde@example.it" },
        }),
      });
      assert.equal(answer.status, 200);
      await page.waitForFunction(
        async () => (await (await fetch("/people?search=Nilde")).text()).includes("/people/cus_"),
        undefined,
        { polling: 50, timeout: 10_000 },
      );
      await page.goto("/");
      assert.ok((await steps.count()) < before, "what is done is ticked");
      assert.match(await page.locator("main").innerText(), /Torrefazione Prova/);
      await lookUp(page, "Nilde");
      assert.equal((await page.locator("h1").innerText()).trim(), "Nilde Prima");
    }),

  "a login link works once": ({ browser, demo }) =>
    tell(browser, demo, { expected: ["status of 404"] }, async (page) => {
      const link = await demo.link();
      await enter(page, link);
      await page.locator(MENU).click();
      await page.locator('form[action="/logout"] button:visible').click();
      await page.waitForURL("**/login*");
      await page.goto("/people");
      await page.waitForURL("**/login?next=*");
      const again = await page.goto(link);
      assert.equal(again.status(), 404);
      assert.equal(await page.locator('main button[type="submit"]').count(), 0, "nothing to press");
    }),

  "a person is found by a piece of a name and of a number": ({ browser, demo, state }) =>
    tell(browser, demo, { state }, async (page) => {
      await lookUp(page, "ferrarin");
      assert.match(await page.locator("h1").innerText(), /Ferrarini/);
      const home = new URL(page.url()).pathname;
      const text = await page.locator("main").innerText();
      const number = /\+39\s?(399[\d\s]+\d)/.exec(text);
      assert.ok(number, "her telephone number is on her page");
      const digits = number[1].replaceAll(/\s/g, "").slice(0, 9);
      await page.goto(`/people?search=${digits}`);
      const links = await page.locator('main a[href^="/people/cus_"]').evaluateAll((all) =>
        all.map((link) => link.getAttribute("href")),
      );
      assert.ok(links.includes(home), `${digits} finds her`);
    }),

  "a wrong join is undone, and that is taken back": ({ browser, demo, state }) =>
    tell(browser, demo, { state }, async (page) => {
      await lookUp(page, "Marinelli");
      await separateAndTakeBack(page);
    }),

  "a quarantined event is repaired": ({ browser, demo, state }) =>
    tell(browser, demo, { state, expected: ["status of 422"] }, repairOne),

  "a segment is put together, counted, changed and put away": ({ browser, demo, state }) =>
    tell(browser, demo, { state, expected: ["status of 422"] }, async (page) => {
      await page.goto("/segments/new");
      await page.click(".parts > .actions summary");
      await page.click('button[value="add:c:happened"]');
      const event = page.locator('[name="c.0.name"]');
      await event.waitFor();
      assert.ok(await event.evaluate((field) => field === document.activeElement), "one goes on typing");
      await event.fill("Order Completed");
      await page.locator("#segment-count strong").waitFor();
      const few = Number((await page.locator("#segment-count strong").innerText()).replace(".", ""));
      await page.selectOption('[name="c.0.win"]', "ever");
      assert.ok(await page.locator('[name="c.0.amount"]').isHidden(), "what is not asked is not shown");
      await page.waitForFunction(
        (few) => Number(document.querySelector("#segment-count strong")?.textContent.replace(".", "")) > few,
        few,
      );
      await page.click('.actions button[value="check"]');
      const name = page.locator('[name="name"]');
      await page.locator("#field-name-wrong").waitFor();
      await name.fill("Hanno ordinato");
      await page.click('button[value="save"]');
      await page.waitForURL("**/segments/seg_*");
      assert.equal((await page.locator("h1").innerText()).trim(), "Hanno ordinato");
      await page.click('a[href$="/edit"]');
      await page.click('button[value="as-text"]');
      const text = page.locator("textarea.code");
      await text.waitFor();
      assert.equal(await text.inputValue(), '"Order Completed"');
      await text.fill('"Order Completed" at least 3 times');
      await page.click('button[value="save"]');
      await page.waitForURL(/seg_\w+(\?|$)/);
      assert.match(await page.locator(".lead").innerText(), /3 volte/);
      await page.click('form[action$="/archiving"] button');
      await page.locator('form[action$="/restoring"] button').click();
      await page.waitForURL("**/segments/seg_*");
    }),

  "language and light are found again": ({ browser, demo, state }) =>
    tell(browser, demo, { state, screen: "phone" }, async (page) => {
      await page.goto("/settings");
      await page.locator(MENU).click();
      await page.locator('.menu a[hreflang="en"]:visible').click();
      await page.waitForFunction("document.documentElement.lang === 'en'");
      assert.equal(new URL(page.url()).search, "", "the address does not keep it");
      await page.locator(MENU).click();
      await page.locator('.menu a[href*="theme=dark"]:visible').click();
      await page.waitForFunction("document.documentElement.dataset.theme === 'dark'");
      await page.reload();
      assert.equal(await page.locator("h1").innerText(), "Settings");
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const [red] = ground.match(/\d+/g).map(Number);
      assert.ok(red < 60, `the ground is dark: ${ground}`);
    }),
};
