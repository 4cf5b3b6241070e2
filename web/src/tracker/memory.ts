// What the browser remembers: ids in a cookie and in localStorage under the names of
// analytics.js, so that a site that changes over keeps its visitors.
// Invariant: while `persistent` is false nothing is written but the visitor's own choice about
// it, and turning it off erases what was there.

const YEAR_S = 31_536_000;

/** What the visitor agreed to: a refusal has to be remembered too. */
export const CONSENT = "filo_consent";

/** Every other name under which something may stand. */
const NAMES = [
  "ajs_anonymous_id",
  "ajs_user_id",
  "ajs_user_traits",
  "ajs_group_id",
  "ajs_group_properties",
];

/** analytics.js wrote ids with and without JSON quotes: both are read. */
function unquote(text: string | null | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return text;
  }
}

function readCookie(name: string): string | undefined {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
  try {
    return found && decodeURIComponent(found.slice(name.length + 1));
  } catch {
    return undefined;
  }
}

function writeCookie(name: string, value: string, domain: string, seconds: number): void {
  document.cookie =
    `${name}=${encodeURIComponent(value)}; path=/; max-age=${seconds}; SameSite=Lax` +
    (domain && `; domain=${domain}`) +
    (location.protocol === "https:" ? "; Secure" : "");
}

/** The widest domain on which this page may set a cookie, so that shop. and www. agree. */
function widestDomain(): string {
  const parts = location.hostname.split(".");
  if (parts.length < 2 || /^[\d.]+$/.test(location.hostname)) return "";
  for (let from = parts.length - 2; from >= 0; from--) {
    const domain = "." + parts.slice(from).join(".");
    writeCookie("ajs_try", "1", domain, 9);
    if (readCookie("ajs_try")) {
      writeCookie("ajs_try", "", domain, 0);
      return domain;
    }
  }
  return "";
}

export class Memory {
  private readonly held = new Map<string, unknown>();
  private domain: string | undefined;
  private persistent = true;

  /** Turning persistence on writes what is held, turning it off erases what was written. */
  persist(on: boolean): void {
    this.persistent = on;
    for (const name of NAMES) {
      if (!on || this.held.has(name)) this.write(name, this.held.get(name));
    }
  }

  get(name: string): unknown {
    if (!this.held.has(name)) this.held.set(name, this.read(name));
    return this.held.get(name);
  }

  set(name: string, value: unknown): void {
    this.held.set(name, value ?? undefined);
    this.write(name, value ?? undefined);
  }

  private mayKeep(name: string): boolean {
    return this.persistent || name === CONSENT;
  }

  private read(name: string): unknown {
    if (!this.mayKeep(name)) return undefined;
    const cookie = unquote(readCookie(name));
    if (cookie !== undefined) return cookie;
    try {
      return unquote(localStorage.getItem(name));
    } catch {
      return undefined; // storage is forbidden on this page
    }
  }

  private write(name: string, value: unknown): void {
    const erase = !this.mayKeep(name) || value === undefined;
    if (erase ? readCookie(name) : typeof value !== "object") {
      this.domain ??= widestDomain();
      writeCookie(name, erase ? "" : String(value), this.domain, erase ? 0 : YEAR_S);
    }
    try {
      if (erase) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // storage is forbidden or full: the cookie remains
    }
  }
}
