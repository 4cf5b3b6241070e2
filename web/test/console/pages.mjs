// What the console shows: one row per page, and one per thing that can be opened over a page.
// A page that is added to `crates/filo-web/src/console/mod.rs` is added here; a check compares.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import {
  adopted,
  asked,
  audience,
  computed,
  piece,
  promotion,
  forgotten,
  held,
  heldOne,
  imported,
  journey,
  list,
  refusePlan,
  rehearsed,
  segment,
  sought,
  tryOut,
  upload,
  walked,
} from "./made.mjs";
import { MENU } from "./visitor.mjs";

/** Follows a link of a list: ids differ from data to data. */
const first = (list, link) => async (page) => {
  await page.goto(list);
  return page.locator(link).first().getAttribute("href");
};
const person = (name) => first(`/people?search=${name}`, 'main a[href^="/people/cus_"]');

const beside = (name, path) => async (page) => (await person(name)(page)) + path;
const below = (made, path) => async (page) => (await made(page)) + path;

/**
 * `route` is the row of the route table, `at` an address or how to find one; `status` what it
 * answers with when that is not 200; `act` what is done there before it is looked at; `stranger`
 * is a page of somebody who has not logged in; `empty` one that a new company sees differently.
 */
export const PAGES = [
  { name: "login", route: "/login", at: "/login", stranger: true },
  { name: "login refused", at: "/login", stranger: true, act: refuseLogin, status: 422 },
  { name: "a problem explained", route: "/problems/{code}", at: "/problems/too_fast", stranger: true },
  { name: "nothing here", at: "/nothing/here", status: 404 },
  { name: "today", route: "/", at: "/", empty: true },
  { name: "palette", at: "/", act: openPalette },
  { name: "shortcuts", at: "/", act: (page) => page.keyboard.press("?") },
  { name: "menu", at: "/", act: openMenu },
  { name: "people", route: "/people", at: "/people", empty: true },
  { name: "nobody found", at: "/people?search=Zzyzx" },
  { name: "a person", route: "/people/{id}", at: person("Ferrarini") },
  { name: "a person, all unfolded", at: person("Grecchi"), act: unfold },
  { name: "separating", route: "/people/{id}/rulings/preview", at: separating },
  { name: "joining", route: "/people/{id}/joins/preview", at: joining },
  { name: "sources", route: "/sources", at: "/sources", act: unfold, empty: true },
  { name: "quarantine", route: "/quarantine", at: "/quarantine", empty: true },
  {
    name: "a quarantined event",
    route: "/quarantine/{id}",
    at: first("/quarantine", 'main a[href^="/quarantine/qua_"]'),
    act: unfold,
  },
  { name: "incidents", route: "/incidents", at: "/incidents", empty: true },
  { name: "settings", route: "/settings", at: "/settings" },
  { name: "company", route: "/settings/company", at: "/settings/company" },
  { name: "company refused", at: "/settings/company", act: refuseZone, status: 422 },
  { name: "a form from elsewhere", at: "/settings/company", act: forgeToken, status: 403 },
  { name: "keys", route: "/settings/keys", at: "/settings/keys", act: unfold, empty: true },
  { name: "backups", route: "/settings/backups", at: "/settings/backups", empty: true },
  { name: "a code asked for", route: "/login/code", at: "/login", stranger: true },
  { name: "an invitation that is none", route: "/invite", at: "/invite", stranger: true, status: 404 },
  { name: "a password link that is none", route: "/reset", at: "/reset", stranger: true, status: 404 },
  { name: "account", route: "/account", at: "/account" },
  { name: "it is you", route: "/account/confirm", at: "/account/confirm" },
  { name: "second factor", route: "/account/second-factor", at: "/account/second-factor" },
  { name: "team", route: "/users", at: "/users" },
  { name: "many at once", route: "/people/bulk", at: "/people/bulk?act=note&all=1" },
  { name: "a new source", route: "/sources/new", at: "/sources/new" },
  { name: "a source", route: "/sources/{id}", at: first("/sources", 'main a[href^="/sources/"]:not([href="/sources/new"])'), act: unfold },
  { name: "live", route: "/live", at: "/live" },
  { name: "a kind of fault", route: "/quarantine/kin", at: first("/quarantine", 'main a[href^="/quarantine/kin"]') },
  { name: "channels", route: "/settings/channels", at: "/settings/channels" },
  { name: "a channel", route: "/settings/channels/{medium}", at: "/settings/channels/sms", act: unfold },
  { name: "messages on the site", at: "/settings/channels/in_app", act: unfold },
  { name: "mail", route: "/settings/mail", at: "/settings/mail", act: unfold },
  { name: "records of the domain", route: "/settings/mail/dns", at: "/settings/mail/dns" },
  { name: "messages in the folder", route: "/settings/mail/folder", at: "/settings/mail/folder" },
  { name: "a message in the folder", route: "/settings/mail/folder/{name}", at: keptMail },
  { name: "warming up the mail", route: "/settings/mail/warm-up", at: "/settings/mail/warm-up" },
  { name: "mailbox of returned mail", route: "/settings/mail/return-box", at: "/settings/mail/return-box" },
  { name: "mail that came back", route: "/settings/mail/returns", at: "/settings/mail/returns" },
  { name: "webhooks", route: "/settings/webhooks", at: "/settings/webhooks", act: unfold },
  { name: "rules of identity", route: "/settings/identity", at: "/settings/identity", act: unfold },
  { name: "components", route: "/components", at: "/components" },
  { name: "audit", route: "/settings/audit", at: "/settings/audit", act: unfold },
  { name: "consents of a person", route: "/people/{id}/consents", at: beside("Ferrarini", "/consents"), act: unfold },
  { name: "a certificate", route: "/people/{id}/consents/certificate", at: beside("Ferrarini", "/consents/certificate") },
  { name: "privacy of a person", route: "/people/{id}/privacy", at: beside("Ferrarini", "/privacy"), act: unfold },
  { name: "duplicates", route: "/duplicates", at: "/duplicates", empty: true },
  { name: "quality", route: "/quality", at: "/quality", empty: true },
  { name: "findings", route: "/quality/findings", at: first("/quality", 'main a[href^="/quality/findings"]') },
  { name: "imports", route: "/imports", at: "/imports", empty: true },
  { name: "a file, its columns", route: "/imports/{id}", at: (page) => upload(page), act: unfold },
  { name: "a file refused", at: (page) => upload(page), act: refusePlan, status: 422 },
  { name: "a file tried out", at: (page) => upload(page), act: tryOut },
  { name: "a file brought in", at: imported, act: unfold },
  { name: "its people", route: "/imports/{id}/people", at: below(imported, "/people") },
  { name: "taking it back", route: "/imports/{id}/undo", at: below(imported, "/undo") },
  { name: "a receipt", route: "/settings/erasures/{id}", at: forgotten },
  { name: "many pairs", route: "/duplicates/acceptance", at: "/duplicates/acceptance?percent=95" },
  { name: "mending", route: "/quality/mending", at: "/quality/mending?all=1&reason=name_case" },
  { name: "an address that cannot be read", at: "/duplicates/acceptance?percent=x", status: 404 },
  { name: "consent settings", route: "/settings/consent", at: "/settings/consent", act: unfold },
  { name: "duplicates, settings", route: "/settings/duplicates", at: "/settings/duplicates" },
  { name: "sign-on", route: "/settings/sign-on", at: "/settings/sign-on" },
  { name: "erasures", route: "/settings/erasures", at: "/settings/erasures", empty: true },
  { name: "requests", route: "/requests", at: "/requests", empty: true },
  { name: "requests that are closed", at: "/requests?show=closed" },
  { name: "a new request", route: "/requests/new", at: "/requests/new" },
  { name: "a request", route: "/requests/{id}", at: taken, act: unfold },
  { name: "retention", route: "/settings/retention", at: "/settings/retention" },
  { name: "what would go", route: "/settings/retention/preview", at: "/settings/retention/preview?people=1&visitors=1" },
  { name: "register", route: "/settings/register", at: "/settings/register", act: unfold },
  { name: "lists", route: "/lists", at: "/lists", empty: true },
  { name: "a new list", route: "/lists/new", at: "/lists/new" },
  { name: "a list", route: "/lists/{id}", at: list, act: unfold },
  { name: "somebody for a list", at: below(list, "?add=Grecchi") },
  { name: "many on a list", at: "/people/bulk?act=list&all=1" },
  { name: "audiences", route: "/audiences", at: "/audiences", empty: true },
  { name: "a new audience", route: "/audiences/new", at: "/audiences/new" },
  { name: "an audience", route: "/audiences/{id}", at: audience, act: unfold },
  { name: "advertising", route: "/settings/advertising", at: "/settings/advertising", act: unfold },
  { name: "segments", route: "/segments", at: "/segments", empty: true },
  { name: "a new segment", route: "/segments/new", at: "/segments/new?example=cart", act: unfold },
  { name: "a segment out of filters", at: "/segments/new?people=orders%3D2%26source%3D1" },
  { name: "a segment refused", at: "/segments/new?example=cart", act: refuseSegment, status: 422 },
  { name: "a segment as a text", at: "/segments/new?example=cart", act: asText },
  { name: "a segment", route: "/segments/{id}", at: segment, act: unfold },
  { name: "changing a segment", route: "/segments/{id}/edit", at: below(segment, "/edit") },
  { name: "somebody in a segment", route: "/segments/{id}/people", at: below(segment, "/people?search=Ferrarini") },
  { name: "why in a segment", route: "/segments/{id}/people/{customer}", at: whyIn },
  { name: "ways to an order", route: "/analysis", at: "/analysis?days=365", empty: true },
  { name: "whose ways", route: "/analysis/people", at: "/analysis/people?days=365&sequence=web&end=open", empty: true },
  { name: "steps", route: "/analysis/paths", at: "/analysis/paths?days=365", act: unfold, empty: true },
  { name: "whose steps", route: "/analysis/paths/people", at: "/analysis/paths/people?days=365&step=start.web", empty: true },
  { name: "cohorts", route: "/analysis/cohorts", at: "/analysis/cohorts", act: unfold, empty: true },
  { name: "cohorts by week", at: "/analysis/cohorts?unit=week&count=24&show=each" },
  { name: "who of a cohort", route: "/analysis/cohorts/people", at: first("/analysis/cohorts", 'main a[href^="/analysis/cohorts/people"]') },
  { name: "repeat purchases", route: "/analysis/reorder", at: "/analysis/reorder", act: unfold, empty: true },
  { name: "who is due", route: "/analysis/reorder/people", at: "/analysis/reorder/people?who=due", empty: true },
  { name: "what customers are worth", route: "/analysis/worth", at: "/analysis/worth?by=quarter", act: unfold, empty: true },
  { name: "whose worth", route: "/analysis/worth/people", at: "/analysis/worth/people?by=channel&who=once", empty: true },
  { name: "who is leaving", route: "/analysis/leaving", at: "/analysis/leaving?window=90", act: unfold, empty: true },
  { name: "those who leave", route: "/analysis/leaving/people", at: "/analysis/leaving/people?window=90&who=at_risk", empty: true },
  { name: "periods compared", route: "/analysis/compare", at: "/analysis/compare?period=month", act: unfold, empty: true },
  { name: "a figure", route: "/analysis/compare/{metric}", at: "/analysis/compare/orders?period=month", act: unfold, empty: true },
  { name: "a share", at: "/analysis/compare/returning?period=month", act: unfold },
  { name: "whose figure", route: "/analysis/compare/{metric}/people", at: "/analysis/compare/orders/people?period=month&side=now", empty: true },
  { name: "questions in SQL", route: "/analysis/sql", at: "/analysis/sql?example=channels", act: unfold, empty: true },
  { name: "a question that was not saved", at: "/analysis/sql", act: refuseQuery, status: 422 },
  { name: "annotations", route: "/annotations", at: "/annotations", empty: true },
  { name: "an annotation", route: "/annotations/{id}", at: annotation },
  { name: "alerts", route: "/alerts", at: "/alerts", empty: true },
  { name: "what is watched", route: "/alert-rules", at: "/alert-rules" },
  { name: "a rule", route: "/alert-rules/{id}", at: first("/alert-rules", 'main a[href^="/alert-rules/alr_"]') },
  { name: "the Monday page", route: "/monday", at: "/monday", empty: true },
  { name: "who buys", route: "/buyers", at: "/buyers", empty: true },
  { name: "segments over one another", route: "/segments/{id}/overlap", at: overlap },
  { name: "computed traits", route: "/computed-traits", at: "/computed-traits", empty: true },
  { name: "a new computed trait", route: "/computed-traits/new", at: "/computed-traits/new", act: unfold },
  { name: "a computed trait refused", at: "/computed-traits/new", act: refuseComputed, status: 422 },
  { name: "a computed trait", route: "/computed-traits/{id}", at: computed },
  { name: "changing a computed trait", route: "/computed-traits/{id}/edit", at: below(computed, "/edit") },
  { name: "content", route: "/pieces", at: "/pieces", empty: true },
  { name: "a new piece", route: "/pieces/new", at: "/pieces/new" },
  { name: "a new piece refused", at: "/pieces/new", act: refusePiece, status: 422 },
  { name: "a piece", route: "/pieces/{id}", at: piece, act: unfold },
  { name: "a piece as a text message", at: below(piece, "?medium=sms&in=it&tone=formal") },
  { name: "what a piece is for", route: "/pieces/{id}/edit", at: below(piece, "/edit") },
  { name: "the history of a piece", route: "/pieces/{id}/history", at: below(piece, "/history") },
  { name: "the map of content", route: "/pieces/map", at: "/pieces/map", empty: true },
  { name: "sameness", route: "/pieces/sameness", at: "/pieces/sameness", empty: true },
  { name: "the voice", route: "/pieces/voice", at: "/pieces/voice", act: unfold },
  { name: "promotions", route: "/promotions", at: "/promotions", empty: true },
  { name: "a new promotion", route: "/promotions/new", at: "/promotions/new" },
  { name: "a promotion", route: "/promotions/{id}", at: promotion },
  { name: "journeys", route: "/journeys", at: "/journeys", empty: true },
  { name: "a journey", route: "/journeys/{id}", at: journey },
  { name: "working on a journey", route: "/journeys/{id}/edit", at: below(journey, "/edit"), act: unfold },
  { name: "a step of a journey", at: below(journey, "/edit?open=call") },
  { name: "publishing a journey", route: "/journeys/{id}/publishing", at: below(journey, "/publishing") },
  { name: "stopping a journey", route: "/journeys/{id}/stopping", at: below(journey, "/stopping") },
  { name: "who is in a journey", route: "/journeys/{id}/people", at: below(journey, "/people") },
  { name: "rehearsals of a journey", route: "/journeys/{id}/rehearsals", at: below(journey, "/rehearsals") },
  { name: "a rehearsal", route: "/rehearsals/{id}", at: rehearsed, act: unfold },
  {
    name: "one person in a rehearsal",
    route: "/rehearsals/{id}/people/{customer}",
    at: async (page) => {
      await page.goto(await rehearsed(page));
      return page.locator('main a[href^="/rehearsals/"]').first().getAttribute("href");
    },
  },
  { name: "who stands behind a figure", route: "/journeys/{id}/impact", at: below(journey, "/impact?group=1&figure=entered") },
  { name: "one way through a journey", route: "/runs/{id}", at: walked },
  { name: "tasks", route: "/tasks", at: "/tasks", empty: true },
  { name: "a task", route: "/tasks/{id}", at: asked },
  { name: "personas", route: "/personas", at: "/personas", empty: true },
  { name: "a search for personas", route: "/persona-searches/{id}", at: sought, act: unfold },
  { name: "personas in use", at: adopted, act: unfold },
  { name: "messages", route: "/messages", at: "/messages", empty: true },
  { name: "writing to a person", route: "/people/{id}/messages", at: beside("Ferrarini", "/messages") },
  { name: "what the gate says", at: beside("Ferrarini", "/messages"), act: askGate },
  { name: "a message", route: "/messages/{id}", at: written, act: unfold },
  { name: "what waits for a yes", route: "/approvals", at: "/approvals", empty: true },
  { name: "a step that waits", route: "/approvals/{journey}/{step}", at: held, act: unfold },
  { name: "a message that waits", at: heldOne, act: unfold },
  { name: "writing a message anew", route: "/messages/{id}/words", at: below(heldOne, "/words") },
  { name: "how much and when", route: "/settings/messages", at: "/settings/messages" },
  { name: "clicks and opens", route: "/settings/tracking", at: "/settings/tracking" },
  { name: "prices of messages", route: "/settings/prices", at: "/settings/prices" },
  { name: "suppressions", route: "/suppressions", at: "/suppressions", act: unfold, empty: true },
  { name: "audit without a hit", at: "/settings/audit?day=2001-01-01" },
];

/** Addresses of the table that a GET answers without a page of their own. */
const NOT_PAGES = [
  // A stream, a fragment, and a page that needs a webhook of which no demo can have one.
  "/live/events",
  "/people/suggestions",
  "/settings/webhooks/{id}",
  // A message in its frame, and something that came back, which no demo has.
  "/settings/mail/folder/{name}/drawn",
  "/settings/mail/returns/{id}",
  // What a frame shows.
  "/pieces/{id}/frame",
  "/settings/channels/in_app/preview",
  // Files, and a way out to another program.
  "/people/{id}/consents/certificate.json",
  "/imports/{id}/rejected",
  "/login/sign-on",
];

/** Every route that a GET shows has its row above. */
export async function compareWithRoutes() {
  const table = new URL("../../../crates/filo-web/src/console/mod.rs", import.meta.url);
  const routes = (await readFile(table, "utf8")).matchAll(/\.route\("([^"]+)",\s*get\(/g);
  const shown = [...routes].map(([, route]) => route);
  assert.ok(shown.length > 10, "the route table is read");
  const known = new Set([...PAGES.map((row) => row.route), ...NOT_PAGES]);
  const unknown = shown.filter((route) => !known.has(route));
  assert.deepEqual(unknown, [], "pages without a row in web/test/console/pages.mjs");
}

/** Sends a test into the folder and finds it there. */
async function keptMail(page) {
  await page.goto("/settings/mail");
  await page.locator('form[action="/settings/mail/test"] button').click();
  await page.locator(".notice-good").waitFor();
  return first("/settings/mail/folder", 'main a[href^="/settings/mail/folder/"]')(page);
}

async function annotation(page) {
  await page.goto("/annotations");
  await page.fill('main input[name="words"]', "Prezzi aumentati");
  await page.click('main form[action="/annotations"] button[type="submit"]');
  await page.waitForURL("**/annotations?done=*");
  return first("/annotations", 'main a[href^="/annotations/ann_"]')(page);
}

async function refuseQuery(page) {
  await page.fill('textarea[name="statement"]', "SELECT 1");
  await page.click('main button[formaction="/saved-queries"]');
  await page.locator(".wrong").first().waitFor();
}

async function separating(page) {
  await page.goto(await person("Marinelli")(page));
  return page.locator('a[href*="verdict=apart"]').first().getAttribute("href");
}

async function joining(page) {
  const here = await person("Ferrarini")(page);
  const other = await person("Grecchi")(page);
  return `${here}/joins/preview?who=${other.replace("/people/", "")}`;
}

async function whyIn(page) {
  const somebody = await person("Ferrarini")(page);
  return (await segment(page)) + somebody;
}

async function overlap(page) {
  const here = await segment(page);
  await page.goto(`${here}/overlap`);
  const others = page.locator('select[name="with"] option[value^="seg_"]');
  return `${here}/overlap?with=${await others.first().getAttribute("value")}`;
}

async function refuseSegment(page) {
  await page.fill('input[name="c.0.amount"]', "0");
  await page.click('main button[value="save"]');
  await page.locator(".wrong").first().waitFor();
}

async function refusePiece(page) {
  await page.locator('main input[name="name"]').evaluate((field) => field.removeAttribute("required"));
  await page.click('main form:has(input[name="name"]) button');
}

async function refuseComputed(page) {
  await page.click('main button[value="save"]');
  await page.locator(".wrong").first().waitFor();
}

async function asText(page) {
  await page.click('main button[value="as-text"]');
  await page.locator("textarea.code").waitFor();
}

/** A request that is taken down for the look at it. */
async function taken(page) {
  await page.goto("/requests/new");
  await page.fill('input[name="address"]', "ada@torrefazione.example");
  await page.click('main button[type="submit"]');
  await page.waitForURL(/\/requests\/dsr_/);
  return new URL(page.url()).pathname;
}

async function fillMessage(page) {
  await page.fill('input[name="subject"]', "Il Sidamo è arrivato");
  await page.fill('textarea[name="text"]', "Buongiorno,\n\nlo teniamo da parte fino a sabato.");
}

/** Asks the gate about a message that is not sent. */
async function askGate(page) {
  await fillMessage(page);
  await page.click('main button[value="look"]');
  await page.locator("#verdict").waitFor();
}

/** A message that is written for the look at it. */
async function written(page) {
  await page.goto(await beside("Ferrarini", "/messages")(page));
  await fillMessage(page);
  await page.click('main button[value="send"]');
  await page.waitForURL(/\/messages\/mes_/);
  return new URL(page.url()).pathname;
}

async function openPalette(page) {
  await page.keyboard.press("Control+k");
  await page.locator("#palette[open]").waitFor();
}

async function openMenu(page) {
  await page.locator(MENU).click();
}

async function unfold(page) {
  for (const fold of await page.locator("main details:not([open]) > summary").all()) {
    if (await fold.isVisible()) await fold.click();
  }
}

async function refuseLogin(page) {
  await page.fill('input[name="email"]', "nessuno@bottega.example");
  await page.fill('input[name="password"]', "non è questa la parola");
  await page.click('main button[type="submit"]');
  await page.locator(".wrong, .notice-bad").first().waitFor();
}

async function refuseZone(page) {
  await page.fill('input[name="zone"]', "Europe/Nowhere");
  await page.click('main button[type="submit"]');
  await page.locator(".wrong").waitFor();
}

async function forgeToken(page) {
  const form = page.locator('main form[method="post"]');
  await form.locator('input[name="token"]').evaluate((token) => (token.value = "0".repeat(64)));
  await form.locator('button[type="submit"]').click();
  await page.locator(".failure").waitFor();
}
