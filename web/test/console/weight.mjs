// What a page weighs on its way, and how soon there is something to see.
import assert from "node:assert/strict";

import { arrive } from "./visitor.mjs";

const STYLE_AND_SCRIPT_BYTES_MOST = 60_000;
/** On loopback, on a busy machine, of a debug build: beyond this something is wrong. */
const FIRST_PAINT_MS_MOST = 3000;

export const checks = {
  "style and script are small, and something is seen soon": async ({ browser, demo, state }) => {
    const { page, context } = await arrive(browser, demo.url, { state });
    await page.goto("/people");
    await page.waitForFunction(
      () => performance.getEntriesByName("first-contentful-paint").length > 0,
    );
    const seen = await page.evaluate(() => ({
      bytes: performance
        .getEntriesByType("resource")
        .filter((one) => /\.(css|js)$/.test(one.name))
        .reduce((sum, one) => sum + one.encodedBodySize, 0),
      paint_ms: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      page_bytes: performance.getEntriesByType("navigation")[0].encodedBodySize,
    }));
    await context.close();
    const paint = Math.round(seen.paint_ms);
    console.log(
      `    style and script ${seen.bytes} B packed, the list of people ${seen.page_bytes} B, first paint after ${paint} ms`,
    );
    assert.ok(seen.bytes > 5_000, "both were loaded");
    assert.ok(seen.bytes < STYLE_AND_SCRIPT_BYTES_MOST, `${seen.bytes} bytes of style and script`);
    assert.ok(paint < FIRST_PAINT_MS_MOST, `first paint after ${paint} ms`);
  },
};
