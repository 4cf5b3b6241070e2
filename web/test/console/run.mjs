// The console in a real browser, against a program of its own: `npm run --prefix web console`.
// FILO_BIN is the program; words after the command run only the checks whose names hold them, and
// FILO_PAGES has only the pages looked at whose names hold it, and FILO_ROUNDS=all has every page
// looked at in each language on each screen.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { checks as keyboard } from "./keyboard.mjs";
import { checks as plain } from "./plain.mjs";
import { start } from "./program.mjs";
import { checks as screens } from "./screens.mjs";
import { checks as stories } from "./stories.mjs";
import { arrive, enter } from "./visitor.mjs";
import { checks as weight } from "./weight.mjs";

const { CHROMIUM = "/usr/bin/chromium", FILO_BROWSER_TESTS } = process.env;
const built = fileURLToPath(new URL("../../../target/debug/filo", import.meta.url));
const binary = process.env.FILO_BIN ?? built;
/** A company of 300 people whose year ends before today. */
const DEMO = ["--people", "300", "--until", "2026-11-28T09:00:00Z", "--seed", "7"];
if (!existsSync(CHROMIUM) && FILO_BROWSER_TESTS !== "required") {
  console.log(`skipped: there is no ${CHROMIUM}`);
  process.exit(0);
}
if (!existsSync(binary)) {
  console.error(`there is no ${binary}: build it, or name another one with FILO_BIN`);
  process.exit(1);
}

/** What matters is allowed for five minutes after a login: a slow machine logs in again. */
const LOGIN_AGES_MS = 120_000;

const since = (begun) => `${((performance.now() - begun) / 1000).toFixed(1)} s`;

/** What a browser keeps of somebody who has logged in. */
async function loggedIn(browser, program) {
  const { page, context } = await arrive(browser, program.url);
  await enter(page, await program.link());
  const state = await context.storageState();
  await context.close();
  return state;
}

async function runAll(given) {
  const wanted = process.argv.slice(2).join(" ");
  const checks = Object.entries({ ...weight, ...keyboard, ...screens, ...plain, ...stories });
  let failures = 0;
  let entered = performance.now();
  for (const [name, check] of checks.filter(([name]) => name.includes(wanted))) {
    const begun = performance.now();
    try {
      if (begun - entered > LOGIN_AGES_MS) {
        given.state = await loggedIn(given.browser, given.demo);
        given.freshState = await loggedIn(given.browser, given.fresh);
        entered = begun;
      }
      await check(given);
      console.log(`ok: ${name} (${since(begun)})`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED: ${name} (${since(begun)})\n${error.stack}`);
    } finally {
      for (const context of given.browser.contexts()) await context.close();
    }
  }
  return failures;
}

const begun = performance.now();
const programs = [];
let browser;
try {
  const [demo, fresh] = await Promise.all([start(binary, { filled: DEMO }), start(binary)]);
  programs.push(demo, fresh);
  console.log(`a demo at ${demo.url} and a company that begins at ${fresh.url} (${since(begun)})`);
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  const state = await loggedIn(browser, demo);
  const freshState = await loggedIn(browser, fresh);
  process.exitCode = (await runAll({ browser, demo, fresh, state, freshState })) ? 1 : 0;
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
} finally {
  await browser?.close();
  for (const program of programs) {
    await program.stop().catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
  }
  console.log(`${process.exitCode ? "FAILED" : "all well"}, ${since(begun)}`);
}
