// Notifications: asked for by the site's own button, over the site's own service worker.
// Invariant: nothing is asked by itself; whoever says no is not asked again by this script.

import { type Data } from "./message";

export interface PushOptions extends Data {
  /** What they are asked about; else offers. */
  purpose?: string;
  /** The version of the text beside the button. */
  wording?: string;
  /** Where the site has its service worker. */
  worker?: string;
}

/** Where Filo is, and with which key the site speaks to it. */
export interface Place {
  host: string;
  key: string;
}

export function post(place: Place, path: string, body: Data): Promise<Response> {
  return fetch(place.host + path, {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: JSON.stringify({ ...body, writeKey: place.key }),
  });
}

/** Asks for notifications; `false` ends them. Says what became of it, in a word. */
export async function push(
  place: Place,
  asked: PushOptions | false,
  who: () => Data,
): Promise<string> {
  const workers = navigator.serviceWorker;
  if (!workers || !window.PushManager) return "unsupported";
  if (!asked) {
    // The browser's own subscription ends, and with it the yes that was said over it.
    const known = await workers.getRegistration();
    const subscription = await known?.pushManager.getSubscription();
    if (subscription) {
      await post(place, "/v1/push/end", { subscription });
      await subscription.unsubscribe();
    }
    return "off";
  }
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const answer = await fetch(`${place.host}/v1/push/${place.key}`);
  if (!answer.ok) return "off";
  const { key } = (await answer.json()) as { key: string };
  await workers.register(asked.worker || "/filo-push.js");
  const { pushManager } = await workers.ready;
  const subscribe = (): Promise<PushSubscription> =>
    pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const subscription = await subscribe().catch(async () => {
    // It is tied to a key that there was before.
    await (await pushManager.getSubscription())?.unsubscribe();
    return subscribe();
  });
  const taken = await post(place, "/v1/push", { ...who(), ...asked, subscription });
  return taken.ok ? "asked" : "refused";
}
