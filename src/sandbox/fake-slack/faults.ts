import type { Args } from "./args.ts";
import type { Changes } from "./changes.ts";

/** What goes wrong with a call. `commit` says whether Slack did what was asked all the same. */
export type FaultKind =
  /** Done, but the answer is lost: the socket is destroyed. */
  | { readonly kind: "lost" }
  /** The connection is reset before anything happened. */
  | { readonly kind: "reset" }
  /** An HTTP error status (500 unless said), before or after the work was done. */
  | { readonly kind: "http"; readonly status?: number; readonly commit?: boolean }
  /** No answer, for `ms` or until released; done at once (`commit`) or never. Afterwards an answer, or a reset. */
  | { readonly kind: "hang"; readonly ms?: number; readonly commit?: boolean }
  /** HTTP 429. `retryAfter` is the header as sent: seconds, nonsense, or null for none. Default 1. */
  | { readonly kind: "rate_limited"; readonly retryAfter?: number | string | null }
  /** HTTP 200 with `ok: false` and this code. */
  | {
      readonly kind: "error";
      readonly error: string;
      readonly commit?: boolean;
      readonly extra?: Record<string, unknown>;
    }
  /** A page of HTML where JSON should be. */
  | { readonly kind: "html"; readonly status?: number; readonly commit?: boolean }
  /** Everything as usual, `ms` later: the work too. */
  | { readonly kind: "delay"; readonly ms: number };

/** Which calls it happens to: `method` may be `*`, `response_url`, or `upload_url` for the bytes of a file. */
export interface FaultTarget {
  readonly method: string;
  /** As the caller names it, or the direct message a person's id stands for. */
  readonly channel?: string;
  readonly match?: (args: Args) => boolean;
  /** How many calls it happens to; without it, all until removed. */
  readonly times?: number;
  /** Calls that match but go well first. */
  readonly skip?: number;
}

export type FaultSpec = FaultTarget & FaultKind;

export interface FaultHandle {
  /** Ends the fault; what hangs is released. */
  remove(): void;
  /** Lets everything that hangs go on. */
  release(): void;
  /** Calls it happened to so far. */
  readonly hits: number;
}

/** One fault that happens to the call at hand. */
export interface Strike {
  readonly kind: FaultKind;
  /** Resolves when a hanging call is released. */
  readonly released: Promise<void>;
}

export interface Faults {
  add(spec: FaultSpec): FaultHandle;
  /** Ends all faults. */
  clear(): void;
  /** The fault that happens to this call, counted. The first one added wins. */
  take(method: string, channel: string | null, args: Args): Strike | null;
}

interface Entry {
  readonly spec: FaultSpec;
  hits: number;
  skipped: number;
  removed: boolean;
  release: () => void;
  released: Promise<void>;
}

/** Faults that tests and the sandbox order, by method and channel. */
export function createFaults(changes: Changes): Faults {
  const entries = new Set<Entry>();

  const arm = (entry: Entry) => {
    entry.released = new Promise((resolve) => {
      entry.release = resolve;
    });
  };

  const remove = (entry: Entry) => {
    entry.removed = true;
    entries.delete(entry);
    entry.release();
  };

  const add = (spec: FaultSpec): FaultHandle => {
    const entry: Entry = { spec, hits: 0, skipped: 0, removed: false, release: () => {}, released: Promise.resolve() };
    arm(entry);
    entries.add(entry);
    return {
      remove: () => remove(entry),
      release: () => {
        entry.release();
        arm(entry);
      },
      get hits() {
        return entry.hits;
      },
    };
  };

  const take: Faults["take"] = (method, channel, args) => {
    for (const entry of entries) {
      if (!applies(entry, method, channel, args)) continue;
      entry.hits += 1;
      // A used-up fault stops matching but stays releasable: something may still hang on it.
      if (entry.hits >= (entry.spec.times ?? Number.POSITIVE_INFINITY)) entries.delete(entry);
      changes.emit("fault", `${entry.spec.kind} on ${method}`);
      return { kind: entry.spec, released: entry.released };
    }
    return null;
  };

  return { add, take, clear: () => [...entries].forEach(remove) };
}

function applies(entry: Entry, method: string, channel: string | null, args: Args): boolean {
  const { spec } = entry;
  if (spec.method !== "*" && spec.method !== method) return false;
  if (spec.channel !== undefined && spec.channel !== channel && spec.channel !== args.channel) return false;
  if (spec.match && !spec.match(args)) return false;
  if (entry.skipped >= (spec.skip ?? 0)) return true;
  entry.skipped += 1;
  return false;
}
