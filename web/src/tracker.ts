// filo.js: the script for customers' sites. It takes the place of the snippet's array of
// calls, replays what was called before it arrived, and answers to the same names.
// Invariant: a call made before the script was there is neither lost nor sent twice.

import { Analytics, type Options } from "./tracker/analytics";
import type { Data } from "./tracker/message";

type Stub = unknown[] & { _writeKey?: string; _loadOptions?: Options };
type Calls = Record<string, ((...given: unknown[]) => unknown) | undefined>;

const script = document.currentScript as HTMLScriptElement | null;
const src = script?.src ?? location.href;
const name = script?.getAttribute("data-global-segment-analytics-key") ?? "analytics";
const page = window as unknown as Data;
const stub = page[name] as Stub | Analytics | undefined;

/** The key stands on the tag, in the snippet, or in the address of the script. */
function writeKey(): string | undefined {
  return (
    script?.dataset["writeKey"] ??
    (Array.isArray(stub) ? stub._writeKey : undefined) ??
    /\/analytics\.js\/v1\/([^/]+)\//.exec(src)?.[1]
  );
}

/** `data-consent="required"` on the tag: nothing is kept in the browser before `consent`;
 *  `data-messages`: the site's messages are asked for, `data-proof` says whose. */
function options(): Options {
  const asked = script?.dataset["consent"] === "required" && { disableClientPersistence: true };
  return { ...script?.dataset, ...asked, ...(Array.isArray(stub) && stub._loadOptions) };
}

function start(): void {
  const analytics = new Analytics(new URL(src).origin);
  const calls = analytics as unknown as Calls;
  calls["trackClick"] = calls["trackLink"];
  calls["trackSubmit"] = calls["trackForm"];
  calls["pageview"] = calls["page"];
  for (const missing of ["addSourceMiddleware", "addDestinationMiddleware", "register"]) {
    calls[missing] = () => console.warn(`filo.js: ${missing} does not exist here`);
  }
  const call = (given: unknown): void => {
    if (!Array.isArray(given)) return;
    const [method, ...rest] = given as [string, ...unknown[]];
    try {
      calls[method]?.(...rest);
    } catch (reason) {
      console.warn("filo.js:", method, reason); // one bad call must not cost the others
    }
  };

  page[name] = page["filo"] = analytics;
  const key = writeKey();
  if (key) analytics.load(key, options());
  if (Array.isArray(stub)) {
    // Who kept the array, or an old snippet's functions, reaches the same calls.
    const early = stub.splice(0);
    stub.push = (...later: unknown[]) => (later.forEach(call), 0);
    early.forEach(call);
  }
}

if (!(stub && (stub as unknown as Data)["initialized"])) start();
