// push.js: what a site's service worker loads to show notifications that come from Filo.
// Invariant: text is shown as text; what is opened and told came sealed for this browser alone.

interface Told {
  title?: string;
  text?: string;
  lang?: string;
  tag?: string;
  /** Where a touch leads. */
  link?: string;
  /** Out of what it is for. */
  out?: string;
  outLabel?: string;
  /** Where it is told what became of it. */
  report?: string;
  /** Where the first one is answered. */
  yes?: string;
  /** Where another subscription is brought, if the push service gives one. */
  renew?: string;
}

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Pushed extends Waiting {
  data: { json(): Told } | null;
}

interface Changed extends Waiting {
  oldSubscription: PushSubscription | null;
  newSubscription: PushSubscription | null;
}

interface Touched extends Waiting {
  notification: Notification;
  action: string;
}

const worker = self as unknown as EventTarget & {
  registration: ServiceWorkerRegistration;
  clients: { openWindow(url: string): Promise<unknown> };
};

function tell(url: string | undefined, word: string): Promise<unknown> {
  if (!url) return Promise.resolve();
  // Nobody reads the answer, and a page of another origin need not be asked whether it may.
  const request = { method: "POST", body: word, mode: "no-cors", credentials: "omit" } as const;
  return fetch(url, { ...request, keepalive: true }).catch(() => undefined);
}

/** Where a browser keeps what outlives the worker, without anything of the site's. */
const KEPT = "filo-push";

async function keep(renew: string | undefined): Promise<void> {
  if (renew) await (await caches.open(KEPT)).put("/renew", new Response(renew));
}

/** The push service has given up a subscription: the site's own key asks it for another. */
async function renew(changed: Changed): Promise<void> {
  const key = changed.oldSubscription?.options.applicationServerKey;
  const { pushManager } = worker.registration;
  const kept = await (await caches.open(KEPT)).match("/renew");
  const subscription =
    changed.newSubscription ??
    (await pushManager.getSubscription()) ??
    (key && (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })));
  if (kept && subscription) await tell(await kept.text(), JSON.stringify(subscription));
}

async function show(told: Told): Promise<void> {
  await keep(told.renew).catch(() => undefined);
  await worker.registration.showNotification(told.title ?? "", {
    body: told.text ?? "",
    lang: told.lang ?? "",
    ...(told.tag && { tag: told.tag }),
    data: told,
    // Not in every browser: the others have a way out of their own.
    ...(told.out && { actions: [{ action: "out", title: told.outLabel ?? "" }] }),
  });
  await Promise.all([tell(told.yes, "yes"), tell(told.report, "shown")]);
}

/** Only pages of the web. */
function page(url: string | undefined): string {
  return url && /^https?:/.test(url) ? url : worker.registration.scope;
}

worker.addEventListener("push", (event) => {
  const pushed = event as Pushed;
  let told: Told = {};
  try {
    told = pushed.data?.json() ?? {};
  } catch {
    // Something else came: browsers want to see a notification all the same.
  }
  pushed.waitUntil(show(told));
});

worker.addEventListener("notificationclick", (event) => {
  const { notification, action, waitUntil } = event as Touched;
  const told = (notification.data ?? {}) as Told;
  notification.close();
  const work =
    action === "out"
      ? worker.clients.openWindow(page(told.out))
      : Promise.all([tell(told.report, "click"), worker.clients.openWindow(page(told.link))]);
  waitUntil.call(event, work);
});

worker.addEventListener("notificationclose", (event) => {
  const closed = event as Touched;
  const told = (closed.notification.data ?? {}) as Told;
  closed.waitUntil(tell(told.report, "close"));
});

worker.addEventListener("pushsubscriptionchange", (event) => {
  const changed = event as Changed;
  changed.waitUntil(renew(changed).catch(() => undefined));
});
