// Where the visitor is: page, campaign, language, time zone.
// Invariant: only what the browser tells every page; nothing is computed to recognise a person.

import type { Data } from "./message";

/** The page as the snippet noted it at the moment of the call, before this script was there. */
export interface Noted {
  __t: "bpc";
  c?: string;
  p: string;
  u: string;
  s: string;
  t: string;
  r: string;
}

export function isNoted(value: unknown): value is Noted {
  return typeof value === "object" && value !== null && (value as Data)["__t"] === "bpc";
}

function now(): Noted {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel='canonical']");
  return {
    __t: "bpc",
    ...(canonical?.getAttribute("href") && { c: canonical.href }),
    p: location.pathname,
    u: location.href,
    s: location.search,
    t: document.title,
    r: document.referrer,
  };
}

export function pageOf(noted: Noted = now()): Data {
  let url = noted.u.replace(/#.*/, "");
  let path = noted.p;
  if (noted.c) {
    try {
      const canonical = new URL(noted.c, noted.u);
      path = canonical.pathname;
      url = canonical.search ? canonical.href : canonical.href + noted.s;
    } catch {
      // a broken canonical link says nothing
    }
  }
  return { path, referrer: noted.r, search: noted.s, title: noted.t, url };
}

function campaignOf(search: string): Data | undefined {
  const campaign: Data = {};
  new URLSearchParams(search).forEach((value, key) => {
    const part = /^utm_(.+)/i.exec(key)?.[1]?.toLowerCase();
    if (part) campaign[part === "campaign" ? "name" : part] = value;
  });
  return Object.keys(campaign).length ? campaign : undefined;
}

export function contextOf(page: Data, version: string): Data {
  const campaign = campaignOf(String(page["search"]));
  return {
    page,
    ...(campaign && { campaign }),
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    library: { name: "filo.js", version },
  };
}
