// By keyboard alone: everything can be reached, one always sees where one is, and whoever closes
// something is back where they opened it.
import assert from "node:assert/strict";

import { NAME, arrive, broken } from "./visitor.mjs";

/** More steps than any page has. */
const STEPS_MOST = 400;

/** What has the focus, in words a failure can be read by. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    return `${one.tagName.toLowerCase()}${one.id && `#${one.id}`} ${one.getAttribute("href") ?? one.getAttribute("name") ?? ""} ${one.textContent.trim().slice(0, 30)}`;
  });

/** Remembers how everything looks while it has no focus. */
const rememberLooks = () => {
  window.lookOf = (one) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(one);
    const outline = outlineStyle === "none" ? "none" : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    return [outline, boxShadow, borderColor].join(" / ");
  };
  window.looks = new Map();
  for (const one of document.querySelectorAll("*")) window.looks.set(one, window.lookOf(one));
};

/** Why the focus cannot be seen; nothing if it can. */
const hiddenFocus = async () => {
  const one = document.activeElement;
  // Scrolling to what has the focus comes with the next frame.
  await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
  if (window.looks.get(one) === window.lookOf(one)) return "looks as without focus";
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "is off the screen";
  const above = document.elementFromPoint(x, y);
  if (above && !one.contains(above) && !above.contains(one)) return `is under ${above.tagName} ${above.className}`;
  return "";
};

/** Goes through a page with Tab until it begins anew, and says how many steps that took. */
async function walk(page) {
  await page.evaluate(rememberLooks);
  await page.evaluate(() => document.activeElement?.blur());
  const seen = new Set();
  for (let step = 0; step < STEPS_MOST; step++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      if (document.activeElement === document.body) return "the end";
      document.activeElement.dataset.walked ??= String(Math.random());
      return document.activeElement.dataset.walked;
    });
    if (here === "the end" || seen.has(here)) return seen.size;
    seen.add(here);
    const fault = await page.evaluate(hiddenFocus);
    assert.equal(fault, "", await focused(page));
  }
  throw new Error("the page never ends");
}

async function tabTo(page, wanted) {
  for (let step = 0; step < STEPS_MOST; step++) {
    if ((await focused(page)).includes(wanted)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${wanted}`);
}

const WALKED = ["/", "/people", "/sources", "/settings", "/settings/company", "/settings/audit"];

export const checks = {
  "one logs in without a mouse": async ({ browser, demo }) => {
    const visit = await arrive(browser, demo.url);
    const { page } = visit;
    await page.goto(await demo.link());
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /#content/, "the first step skips the navigation");
    await tabTo(page, "button");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${demo.url}/`);
    assert.deepEqual(broken(visit), []);
  },

  "one skips the navigation, and walks through it": async ({ browser, demo, state }) => {
    const visit = await arrive(browser, demo.url, { state });
    const { page } = visit;
    await page.goto("/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.match(await focused(page), /^main/);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main")), await focused(page));
    await page.goto("/");
    await tabTo(page, "/people Persone");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/people");
    assert.equal(await page.locator('.places [aria-current="page"]').innerText(), "Persone");
    assert.deepEqual(broken(visit), []);
  },

  "one always sees where one is": async ({ browser, demo, state }) => {
    for (const screen of ["desktop", "phone"]) {
      const visit = await arrive(browser, demo.url, { state, screen });
      for (const path of WALKED) {
        await visit.page.goto(path);
        const steps = await walk(visit.page);
        assert.ok(steps > 5, `${path} has only ${steps} steps`);
      }
      await visit.context.close();
    }
  },

  "the palette opens, leads on, and gives the focus back": async ({ browser, demo, state }) => {
    const visit = await arrive(browser, demo.url, { state });
    const { page } = visit;
    await page.goto("/people");
    await tabTo(page, "/settings Impostazioni");
    await page.keyboard.press("Control+k");
    assert.match(await focused(page), /#palette-input/);
    await page.keyboard.press("Escape");
    assert.match(await focused(page), /\/settings Impostazioni/, "back where it was opened");
    await page.keyboard.press("Control+k");
    const chosen = () => page.locator('#palette [aria-selected="true"]').innerText();
    const before = await chosen();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await chosen(), before);
    const active = await page.locator("#palette-input").getAttribute("aria-activedescendant");
    assert.equal((await page.locator(`#${active}`).innerText()).trim(), (await chosen()).trim());
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal((await chosen()).trim(), "Componenti", "up from the first is the last");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/components");
    assert.deepEqual(broken(visit), []);
  },

  "letters lead through the console": async ({ browser, demo, state }) => {
    const visit = await arrive(browser, demo.url, { state });
    const { page } = visit;
    await page.goto("/");
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.waitForURL("**/people");
    await page.keyboard.press("j");
    const first = await focused(page);
    await page.keyboard.press("j");
    const second = await focused(page);
    assert.notEqual(first, second);
    await page.keyboard.press("k");
    assert.equal(await focused(page), first);
    assert.match(first, /\/people\/cus_/);
    await page.keyboard.press("/");
    await page.keyboard.type("gp?jk");
    assert.equal(await page.locator('main input[type="search"]').inputValue(), "gp?jk");
    assert.equal(new URL(page.url()).pathname, "/people", "what one types is text, not a command");
    await page.locator("main h1").click();
    await page.keyboard.press("?");
    assert.ok(await page.locator("#shortcuts[open]").isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#shortcuts[open]").count(), 0);
    assert.deepEqual(broken(visit), []);
  },

  "menus and details open and close, and the focus stays": async ({ browser, demo, state }) => {
    const visit = await arrive(browser, demo.url, { state });
    const { page } = visit;
    await page.goto("/settings/keys");
    await tabTo(page, "summary");
    const menu = page.locator("details.me:visible");
    assert.match(await focused(page), new RegExp(NAME), "the menu is the first that unfolds");
    await page.keyboard.press("Enter");
    assert.notEqual(await menu.getAttribute("open"), null);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest(".menu")));
    await page.keyboard.press("Escape");
    assert.equal(await menu.getAttribute("open"), null);
    assert.match(await focused(page), new RegExp(`^summary.*${NAME}`), "back on what opened it");
    await page.keyboard.press("Enter");
    for (let step = 0; step < 12 && (await menu.getAttribute("open")) !== null; step++) {
      await page.keyboard.press("Tab");
    }
    assert.equal(await menu.getAttribute("open"), null, "who leaves it closes it");
    await page.goto("/settings/webhooks");
    const fold = page.locator("main details > summary").first();
    await fold.focus();
    await page.keyboard.press("Space");
    assert.notEqual(await fold.locator("..").getAttribute("open"), null);
    await page.keyboard.press("Space");
    assert.equal(await fold.locator("..").getAttribute("open"), null);
    assert.deepEqual(broken(visit), []);
  },
};
