// Messages of the site: asked for when a page is looked at, shown by a script of their own that is
// loaded only if there is one.
// Invariant: what was asked for one visitor is not shown to the next.

import { type Data } from "./message";
import { type Place, post } from "./push";

/** What the other script gives: it shows a message, or hands it to the site's own function. */
type Shows = (told: Data, own: unknown, site: unknown) => void;

const page = window as unknown as { filoMessage?: Shows };

/** Asks, and shows what comes; says whether there was one. */
export async function messages(
  place: Place,
  who: () => Data,
  own: unknown,
  site: unknown,
): Promise<boolean> {
  const said = (): string => Object.values(who()).join();
  const before = said();
  const answer = await post(place, "/v1/messages", who());
  // Nothing is there: no content.
  if (answer.status !== 200) return false;
  const told = (await answer.json()) as Data;
  if (!page.filoMessage) {
    await new Promise((loaded) => {
      const script = document.createElement("script");
      script.src = place.host + "/messages.js";
      script.onload = script.onerror = loaded;
      document.head.append(script);
    });
  }
  if (said() !== before || !page.filoMessage) return false;
  page.filoMessage(told, own, site);
  return true;
}
