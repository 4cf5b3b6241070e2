// Sends messages and keeps them until the server has taken them.
// Invariant: a message leaves the queue only when the server answered that it has it or will
// never take it, or after a week; sending one twice is harmless, its id makes it recognisable.
// The write key travels in the body and the type is text/plain: no CORS preflight is needed.

import { type Data, type Message, isData, uuid } from "./message";
import type { Place } from "./push";

/** As analytics.js: half a second, doubled up to a minute, a tenth of chance. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** A server may ask for more patience than that, but not for a visitor's whole visit. */
const LONGEST_RETRY_AFTER_S = 300;
const IN_FLIGHT_MOST = 6;
/** A broken page in a loop must not fill the browser. */
const QUEUE_MOST = 500;
const KEPT_MS = 7 * 86_400_000;
/** Browsers allow 64 KiB of requests that outlive their page, all together. */
const BEACON_BYTES_MOST = 60_000;
/** A letter takes up to three bytes; what is longer is sent by the page or by a later one. */
const KEEPALIVE_LETTERS_MOST = BEACON_BYTES_MOST / 3;

function mayPass(status: number): boolean {
  if (status >= 500) return status !== 501 && status !== 505 && status !== 511;
  return status === 408 || status === 410 || status === 429 || status === 460;
}

/** Since it was made: its timestamp may be one that the page gave. */
function age_ms(message: Message): number {
  return Date.now() - Number(message.messageId.split("-")[1]);
}

export class Delivery {
  private queue: Message[] = [];
  private readonly flying = new Set<string>();
  private failures = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** Where it all goes, and with which key. */
  readonly to: Place = { host: "", key: "" };
  /** One place per open page, so that two tabs do not overwrite each other. */
  private place = "";

  constructor(
    private readonly say: (text: string, detail: unknown) => void,
    private readonly mayKeep: () => boolean,
  ) {
    addEventListener("pagehide", () => this.handOver());
    addEventListener("online", () => this.send());
  }

  /** From now on there is somewhere to send to; what earlier pages left is taken over. */
  start(host: string, key: string): void {
    this.to.host = host;
    this.to.key = key;
    const prefix = `filo_queue_${key}_`;
    this.place = prefix + uuid();
    try {
      for (const name of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) {
        const left: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
        localStorage.removeItem(name);
        if (Array.isArray(left)) this.queue.unshift(...(left.filter(isData) as Message[]));
      }
    } catch {
      // storage is forbidden, or holds something that is not ours
    }
    this.send();
  }

  push(message: Message): void {
    this.queue.push(message);
    if (this.queue.length > QUEUE_MOST) this.say("queue full, dropped", this.queue.shift());
    this.keep();
    this.send();
  }

  private send(): void {
    if (!this.to.key || this.waiting) return;
    for (const message of this.queue) {
      if (this.flying.size >= IN_FLIGHT_MOST) return;
      if (!this.flying.has(message.messageId)) void this.sendOne(message);
    }
  }

  private async sendOne(message: Message): Promise<void> {
    this.flying.add(message.messageId);
    let wait: number | undefined;
    try {
      const body = this.signed(message);
      const answer = await fetch(`${this.to.host}/v1/${message.type.charAt(0)}`, {
        method: "POST",
        headers: { "Content-Type": "text/plain" },
        body,
        // Too much at once is refused by the browser itself: then without, next time.
        keepalive: !this.failures && body.length < KEEPALIVE_LETTERS_MOST,
        credentials: "omit",
      });
      if (mayPass(answer.status)) {
        const asked = Number(answer.headers.get("Retry-After")) || 0;
        wait = Math.min(asked, LONGEST_RETRY_AFTER_S) * 1000;
      } else if (!answer.ok) {
        this.say(`refused with ${answer.status}, dropped`, message);
      }
    } catch {
      wait = 0; // no network, or the request was cut off
    }
    this.flying.delete(message.messageId);
    if (wait !== undefined) this.pause(wait);
    else this.failures = 0;
    if (wait === undefined || age_ms(message) > KEPT_MS) {
      this.queue = this.queue.filter((other) => other !== message);
      this.keep();
      this.send();
    }
  }

  private pause(asked_ms: number): void {
    if (this.waiting) return;
    const doubled = Math.min(FIRST_WAIT_MS * 2 ** this.failures++, LONGEST_WAIT_MS);
    this.waiting = setTimeout(
      () => {
        this.waiting = undefined;
        this.send();
      },
      Math.max(asked_ms, doubled * (1 + Math.random() / 10)),
    );
  }

  private signed(message: Message | Data): string {
    return JSON.stringify({ ...message, writeKey: this.to.key, sentAt: new Date().toISOString() });
  }

  /** The page goes away: what waits is handed to the browser, and stays kept for the next page. */
  private handOver(): void {
    const batch: Message[] = [];
    let size = 0;
    for (const message of this.queue) {
      size += JSON.stringify(message).length;
      if (this.flying.has(message.messageId)) continue;
      if (size < BEACON_BYTES_MOST) batch.push(message);
    }
    if (this.to.key && batch.length) navigator.sendBeacon(`${this.to.host}/v1/b`, this.signed({ batch }));
  }

  private keep(): void {
    if (!this.place) return;
    try {
      if (this.queue.length && this.mayKeep()) {
        localStorage.setItem(this.place, JSON.stringify(this.queue));
      } else {
        localStorage.removeItem(this.place);
      }
    } catch {
      // storage is forbidden or full: the queue lives as long as the page
    }
  }
}
