// Who is looking at the page: anonymous until `identify`.
// Invariant: when another person identifies, the anonymous id changes, so that two people
// at one computer are not made one by it.

import { type Data, idText, isData, uuid } from "./message";
import type { Memory } from "./memory";

export class Person {
  private readonly traitsName: string;

  constructor(
    private readonly memory: Memory,
    private readonly kind: "user" | "group",
  ) {
    this.traitsName = this.name(kind === "user" ? "traits" : "properties");
  }

  id = (value?: unknown): string | null => {
    const before = idText(this.memory.get(this.name("id"))) ?? null;
    if (value === undefined) return before;
    const after = idText(value) ?? null;
    if (this.kind === "user" && before && after && before !== after) {
      this.memory.set("ajs_anonymous_id", uuid());
    }
    this.memory.set(this.name("id"), after);
    return after;
  };

  traits = (value?: Data): Data => {
    if (value) this.memory.set(this.traitsName, value);
    const kept = this.memory.get(this.traitsName);
    return isData(kept) ? kept : {};
  };

  anonymousId = (value?: unknown): string => {
    const given = idText(value);
    if (given) this.memory.set("ajs_anonymous_id", given);
    let id = idText(this.memory.get("ajs_anonymous_id"));
    if (!id) this.memory.set("ajs_anonymous_id", (id = uuid()));
    return id;
  };

  /** Takes over an id and traits; the traits of somebody else are not carried along. */
  become(id: string | undefined, traits: Data): void {
    const same = !id || !this.id() || this.id() === id;
    if (id) this.id(id);
    this.traits(same ? { ...this.traits(), ...traits } : traits);
  }

  forget(): void {
    this.memory.set(this.name("id"), undefined);
    this.memory.set(this.traitsName, undefined);
  }

  private name(field: string): string {
    return `ajs_${this.kind}_${field}`;
  }
}
