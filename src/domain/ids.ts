import { createHash } from "node:crypto";

function digest(...parts: readonly string[]): string {
  // Length-prefixed, so that no two different lists of parts can run together into the same text.
  const text = parts.map((part) => `${part.length}:${part}`).join("");
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The id of the watch of one run in one channel: the same for everybody who asks, on every process. */
export function watchIdOf(team: string, channel: string, runId: string): string {
  return `w-${digest(team, channel, runId)}`;
}

/** The id of an outbox entry, and so of a message: known before it is sent, found again in the message's metadata. */
export function entryIdOf(watchId: string, kind: string, subject: string): string {
  return `d-${digest(watchId, kind, subject)}`;
}

/** Digest of anything that JSON can hold; equal content, equal digest. */
export function contentHash(value: unknown): string {
  return digest(JSON.stringify(value));
}
