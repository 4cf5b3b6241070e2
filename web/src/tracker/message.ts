// The messages of the tracker: the Segment HTTP API's shapes and nothing more.
// Invariant: a message is complete when it is made (id, time, who); sending adds only
// `writeKey` and `sentAt`, so a retry is the same event and the server recognises it.

export type Data = Record<string, unknown>;

export type Call = "identify" | "track" | "page" | "screen" | "group" | "alias";

export interface Message extends Data {
  type: Call;
  messageId: string;
  timestamp: string;
  context: Data;
}

export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of an id; numbers are common in shops' data layers. */
export function idText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A random UUID, also on plain http where `crypto.randomUUID` does not exist. */
export function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
