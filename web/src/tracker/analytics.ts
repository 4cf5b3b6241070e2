// The calls of analytics.js, on Filo: same names, same arguments, same ids in the browser.
// Invariant: every call makes exactly one message; who, where and when are those of the call.

import { type Noted, contextOf, isNoted, pageOf } from "./context";
import { Delivery } from "./delivery";
import { CONSENT, Memory } from "./memory";
import { type Call, type Data, type Message, idText, isData, uuid } from "./message";
import { Person } from "./person";
import { messages } from "./messages";
import { type PushOptions, push } from "./push";

export const VERSION = "0.1.0";

export interface Options extends Data {
  /** Where Filo answers; else where the script came from. */
  apiHost?: string;
  /** Keeps nothing in the browser until `consent` grants something. */
  disableClientPersistence?: boolean;
  integrations?: Data;
  /** Asks on every page whether the site has a message to show. */
  messages?: boolean | string;
  /** The proof of the site's server of who is signed in. */
  proof?: string;
}

type Listener = (...detail: unknown[]) => void;

/** What a call was given: values by place, the page noted by the snippet, a callback. */
interface Given {
  values: unknown[];
  noted: Noted | undefined;
  done: Listener | undefined;
}

function sort(given: unknown[]): Given {
  return {
    values: given.filter((value) => !isNoted(value) && typeof value !== "function"),
    noted: given.find(isNoted),
    done: given.find((value): value is Listener => typeof value === "function"),
  };
}

function data(value: unknown): Data {
  return isData(value) ? value : {};
}

export class Analytics {
  readonly initialize = true;
  readonly initialized = true;
  readonly VERSION = VERSION;
  private readonly memory = new Memory();
  private readonly person = new Person(this.memory, "user");
  private readonly company = new Person(this.memory, "group");
  private readonly delivery: Delivery;
  private listeners: [string, Listener][] = [];
  private options: Options = {};
  private loaded = false;
  private loud = false;
  private keeping = true;

  constructor(private readonly ownHost: string) {
    this.delivery = new Delivery(
      (text, detail) => console.warn("filo.js:", text, detail),
      () => this.keeping,
    );
  }

  /** The first one counts: where the events go does not change under way. */
  load = (key: string, options: Options = {}): this => {
    if (this.loaded) return this;
    this.loaded = true;
    this.options = options;
    if (options.disableClientPersistence) {
      this.remember(Object.values(data(this.memory.get(CONSENT))).includes(true));
    }
    const segment = options.integrations?.["Segment.io"];
    const host = String(options.apiHost || data(segment)["apiHost"] || this.ownHost);
    const whole = /^https?:/.test(host) ? host : "https://" + host;
    this.delivery.start(whole.replace(/\/(v1\/?)?$/, ""), key);
    if (options.messages || options.messages === "") this.on("page", () => void this.messages());
    return this;
  };

  track = (...given: unknown[]): Promise<Data> => {
    const call = sort(given);
    const [event, properties, options] = call.values;
    return this.make("track", { event, properties: data(properties) }, options, call);
  };

  identify = (...given: unknown[]): Promise<Data> => {
    const call = sort(given);
    const [id, traits, options] = isData(call.values[0]) ? [null, ...call.values] : call.values;
    this.person.become(idText(id), data(traits));
    return this.make("identify", { traits: this.person.traits() }, options, call);
  };

  group = (...given: unknown[]): Person | Promise<Data> => {
    const call = sort(given);
    if (!call.values.length) return this.company;
    const [id, traits, options] = isData(call.values[0]) ? [null, ...call.values] : call.values;
    this.company.become(idText(id), data(traits));
    const body = { groupId: this.company.id(), traits: this.company.traits() };
    return this.make("group", body, options, call);
  };

  alias = (...given: unknown[]): Promise<Data> => {
    const call = sort(given);
    const previousId = idText(call.values[1]) ?? this.person.id() ?? this.person.anonymousId();
    const body = { userId: idText(call.values[0]), previousId };
    return this.make("alias", body, call.values.slice(1).find(isData), call);
  };

  page = (...given: unknown[]): Promise<Data> => this.view("page", given);

  screen = (...given: unknown[]): Promise<Data> => this.view("screen", given);

  /** What the visitor agreed to, by purpose: kept, said once, and said with every later event. */
  consent = (categoryPreferences: Record<string, boolean>): Promise<Data> => {
    if (this.options.disableClientPersistence) {
      this.remember(Object.values(categoryPreferences).includes(true));
    }
    this.memory.set(CONSENT, categoryPreferences);
    return this.track("Segment Consent Preference Updated");
  };

  /** Asks for notifications: for the site's own button, never called by itself. */
  push = (asked: PushOptions | false = {}): Promise<string> =>
    push(this.delivery.to, asked, () => ({
      anonymousId: this.person.anonymousId(),
      context: contextOf(pageOf(), VERSION),
    }));

  /** Shows what the site has to say to whoever sits here, or hands it to `own`. */
  messages = (own?: unknown, proof: unknown = this.options.proof): Promise<boolean> =>
    messages(this.delivery.to, () => this.sitting(proof), own, this);

  user = (): Person => this.person;

  setAnonymousId = (id: string): string => this.person.anonymousId(id);

  reset = (): void => {
    this.person.forget();
    this.company.forget();
    this.memory.set("ajs_anonymous_id", undefined);
    this.tell("reset");
  };

  ready = (done: Listener = () => undefined): Promise<void> => Promise.resolve().then(() => done());

  on = (name: string, listener: Listener): this => {
    this.listeners.push([name, listener]);
    return this;
  };

  off = (name: string, listener: Listener): this => {
    this.listeners = this.listeners.filter(([its, other]) => its !== name || other !== listener);
    return this;
  };

  once = (name: string, listener: Listener): this => {
    const first: Listener = (...detail) => {
      this.off(name, first);
      listener(...detail);
    };
    return this.on(name, first);
  };

  debug = (on: unknown = true): this => {
    this.loud = on !== false;
    return this;
  };

  /** A link's page may go away at once: the message is kept and sent all the same. */
  trackLink = (elements: unknown, event: unknown, properties?: unknown): this =>
    this.onAct("click", elements, event, properties);

  trackForm = (elements: unknown, event: unknown, properties?: unknown): this =>
    this.onAct("submit", elements, event, properties);

  private onAct(act: string, elements: unknown, event: unknown, properties: unknown): this {
    const list = elements instanceof Element ? [elements] : Array.from((elements ?? []) as Element[]);
    for (const element of list) {
      const of = (value: unknown): unknown => (typeof value === "function" ? value(element) : value);
      element.addEventListener(act, () => void this.track(of(event), of(properties)));
    }
    return this;
  }

  /** One text is the name; two are category and name. */
  private view(type: "page" | "screen", given: unknown[]): Promise<Data> {
    const call = sort(given);
    const texts = call.values.filter((value) => idText(value) !== undefined);
    const [own, options] = call.values.filter(isData);
    const [category, name] = texts.length > 1 ? texts : [undefined, texts[0]];
    const properties = {
      ...(type === "page" && pageOf(call.noted)),
      ...(category !== undefined && { category }),
      ...(name !== undefined && { name }),
      ...own,
    };
    return this.make(type, { category, name, properties }, options, call);
  }

  private make(type: Call, body: Data, options: unknown, { noted, done }: Given): Promise<Data> {
    const { integrations, anonymousId, userId, timestamp, context, ...others } = data(options);
    const consent = this.memory.get(CONSENT);
    const company = type === "group" ? null : this.company.id();
    const at = new Date((timestamp as string | undefined) ?? Date.now());
    const made = {
      type,
      messageId: `filo-${Date.now()}-${uuid()}`,
      timestamp: isNaN(+at) ? new Date() : at,
      anonymousId: idText(anonymousId) ?? this.person.anonymousId(),
      userId: idText(userId) ?? this.person.id(),
      ...body,
      context: {
        ...contextOf(pageOf(noted), VERSION),
        ...(company && { groupId: company }),
        ...(isData(consent) && { consent: { categoryPreferences: consent } }),
        ...others,
        ...data(context),
      },
      integrations: { ...this.options.integrations, ...data(integrations) },
    };
    let event: Message;
    try {
      // As it is now: the page may change its objects later, or have given one in a circle.
      event = JSON.parse(JSON.stringify(made)) as Message;
    } catch (reason) {
      console.warn("filo.js: cannot be sent", reason);
      return Promise.resolve({});
    }
    if (this.loud) console.log("filo.js:", event);
    this.delivery.push(event);
    this.tell(type, body["event"] ?? body["name"] ?? event["userId"], event);
    return Promise.resolve().then(() => (done?.({ event }), { event }));
  }

  private sitting(proof: unknown): Data {
    return {
      anonymousId: this.person.anonymousId(),
      userId: this.person.id(),
      proof,
      test: location.hash.split("filo-test=")[1],
    };
  }

  private remember(on: boolean): void {
    this.keeping = on;
    this.memory.persist(on);
  }

  private tell(name: string, ...detail: unknown[]): void {
    for (const [wanted, listener] of this.listeners) if (wanted === name) listener(...detail);
  }
}
