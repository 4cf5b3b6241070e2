// messages.js: shows a message of the site, or hands it to the site's own function. filo.js loads
// it when there is one.
// Invariant: text is shown as text and never as markup; what is opened is a page of the web. With
// the visitor goes what was meant for them.

import style from "./messages.css";

interface Told {
  title?: string;
  text: string;
  lang?: string;
  layout?: string;
  colour?: string;
  ink?: string;
  link?: string;
  label?: string;
  image?: string;
  why?: string;
  /** Out of what it is for. */
  out?: string;
  outLabel?: string;
  closeLabel?: string;
  /** Where it is told what became of it; a test has none. */
  report?: string;
}

interface Site {
  on(name: string, listener: () => void): unknown;
  user(): { anonymousId(): string; id(): string | null };
}

/** What the site's own function gets. */
interface Handle extends Told {
  shown(): void;
  clicked(): void;
  dismissed(): void;
}

type Own = (message: Handle, gone: (listener: () => void) => void) => void;

let leave: (() => void) | undefined;
let watched: Site | undefined;

function tell(url: string | undefined, word: string): void {
  if (!url) return;
  // Nobody reads the answer, and the page may go away at once.
  const request = { method: "POST", body: word, mode: "no-cors", credentials: "omit" } as const;
  fetch(url, { ...request, keepalive: true }).catch(() => undefined);
}

/** Only pages of the web. */
function page(url: string | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

function handleOf(told: Told): Handle {
  const { report, ...rest } = told;
  let ended = false;
  const end = (word: string): void => {
    if (!ended) tell(report, word);
    ended = true;
  };
  const clean = { ...rest, link: page(told.link), out: page(told.out), image: page(told.image) };
  return {
    ...(clean as Told),
    shown: once(() => tell(report, "shown")),
    clicked: () => end("click"),
    dismissed: () => end("close"),
  };
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  kind: string,
  text?: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}

function link(to: string, kind: string, text: string): HTMLAnchorElement {
  const made = element("a", kind, text);
  made.href = to;
  made.rel = "noopener";
  return made;
}

/** The message itself, without what surrounds it. */
function draw(told: Handle, close: () => void): HTMLElement {
  const layout = ["banner", "centre"].find((known) => known === told.layout) ?? "card";
  const box = element("div", `message ${layout}${told.title ? "" : " untitled"}`);
  box.tabIndex = -1;
  if (told.lang) box.lang = told.lang;
  box.setAttribute("role", layout === "centre" ? "dialog" : "region");
  if (layout === "centre") box.setAttribute("aria-modal", "true");
  box.setAttribute("aria-label", told.title || told.text);
  if (told.image) {
    const picture = element("img", "");
    picture.alt = "";
    picture.src = told.image;
    picture.onerror = () => picture.remove();
    box.append(picture);
  }
  if (told.title) box.append(element("h2", "", told.title));
  box.append(element("p", "", told.text));
  if (told.link) {
    const go = link(told.link, "go", told.label || told.link);
    go.onclick = () => {
      told.clicked();
      close();
    };
    box.append(go);
  }
  if (told.why || told.out) {
    const why = element("p", "why", told.why ? `${told.why} ` : "");
    if (told.out) {
      const out = link(told.out, "", told.outLabel ?? "");
      out.target = "_blank";
      why.append(out);
    }
    box.append(why);
  }
  const shut = element("button", "close", "×");
  shut.type = "button";
  shut.setAttribute("aria-label", told.closeLabel ?? "×");
  shut.onclick = () => {
    told.dismissed();
    close();
  };
  // First in order, so that whoever comes by keyboard can leave at once.
  box.prepend(shut);
  return box;
}

function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(element("style", "", style)); // a browser before 2023
  }
}

function show(told: Handle): () => void {
  const before = document.activeElement;
  const host = document.createElement("filo-message");
  host.style.setProperty("--brand", told.colour ?? "#0b5c58");
  host.style.setProperty("--brand-ink", told.ink ?? "#fff");
  const root = host.attachShadow({ mode: "open" });
  dress(root);
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      told.dismissed();
      close();
    } else if (event.key === "Tab" && modal) {
      keepInside(event, root);
    }
  };
  const close = once(() => {
    document.removeEventListener("keydown", keys);
    const had = document.activeElement === host;
    host.remove();
    if (had && before instanceof HTMLElement) before.focus();
  });
  const box = draw(told, close);
  const modal = box.getAttribute("aria-modal") === "true";
  if (modal) {
    const veil = element("div", "veil");
    veil.onclick = () => {
      told.dismissed();
      close();
    };
    root.append(veil);
  }
  root.append(box);
  document.body.append(host);
  document.addEventListener("keydown", keys);
  if (modal) box.focus();
  told.shown();
  return close;
}

/** Focus goes round within what lies over the page. */
function keepInside(event: KeyboardEvent, root: ShadowRoot): void {
  const all = root.querySelectorAll<HTMLElement>("a, button");
  const [first, last] = [all[0], all[all.length - 1]];
  const at = root.activeElement;
  const out = event.shiftKey ? at === first || !at || at.className.startsWith("message") : at === last;
  if (out || !at) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

/** What was meant for one visitor goes when another one sits there. */
function watch(site: Site): void {
  if (watched === site) return;
  watched = site;
  let who = sitting(site);
  site.on("reset", gone);
  site.on("identify", () => {
    // Whoever says their name for the first time is who they were.
    const now = sitting(site);
    if (who.anonymous !== now.anonymous || (who.user && who.user !== now.user)) gone();
    who = now;
  });
}

function sitting(site: Site): { anonymous: string; user: string | null } {
  const user = site.user();
  return { anonymous: user.anonymousId(), user: user.id() };
}

function gone(): void {
  leave?.();
  leave = undefined;
}

/** Shows a message in the place of the one there is. */
function filoMessage(told: Told, own: unknown, site: Site): void {
  gone();
  watch(site);
  const handle = handleOf(told);
  if (typeof own !== "function") {
    leave = show(handle);
    return;
  }
  const listeners: (() => void)[] = [];
  leave = () => listeners.forEach((listener) => listener());
  (own as Own)(handle, (listener) => listeners.push(listener));
}

(window as unknown as { filoMessage: typeof filoMessage }).filoMessage = filoMessage;
