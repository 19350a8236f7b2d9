import type { Cluster, Redis } from "ioredis";
import { refusalOf } from "./connect.ts";
import { type Keys, keysOf } from "./keys.ts";
import { claimEntry } from "./scripts/claim.ts";
import { expireLease, peekLane, restLane } from "./scripts/delivery.ts";
import { claimDue } from "./scripts/due.ts";
import { noteEra } from "./scripts/era.ts";
import { setHold } from "./scripts/hold.ts";
import { beginPoll, commitPoll, extendPoll } from "./scripts/poll.ts";
import { prelude } from "./scripts/prelude.ts";
import { beginDirect, endDirect, writeReview } from "./scripts/review.ts";
import { addNote, endRefilter, refilter, setOverrides, writeSettings } from "./scripts/settings.ts";
import { settleEntry } from "./scripts/settle.ts";
import { endTurn, reserveTurn } from "./scripts/turn.ts";
import { discardWatch, holdUp, pauseWatches, resumeWatch, startWatch, stopWatch } from "./scripts/watch.ts";

const scripts = {
  startWatch,
  stopWatch,
  pauseWatches,
  resumeWatch,
  discardWatch,
  holdUp,
  beginPoll,
  extendPoll,
  commitPoll,
  peekLane,
  claimEntry,
  expireLease,
  settleEntry,
  restLane,
  setHold,
  claimDue,
  noteEra,
  writeReview,
  beginDirect,
  endDirect,
  writeSettings,
  refilter,
  endRefilter,
  setOverrides,
  addNote,
  reserveTurn,
  endTurn,
} as const;

export type ScriptName = keyof typeof scripts;

/** One workspace's state in Redis. */
export interface Store {
  readonly redis: Redis | Cluster;
  readonly keys: Keys;
  /** Runs one of our scripts: `key` is its KEYS[1]; the prefix is given as ARGV[1] before `args`. */
  readonly run: (name: ScriptName, key: string, ...args: readonly (string | number)[]) => Promise<unknown>;
}

/** Opens the state of the workspace `team` on a connection; the connection stays the caller's to close. */
export function createStore(redis: Redis | Cluster, team: string): Store {
  const keys = keysOf(team);
  const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
  for (const [name, lua] of Object.entries(scripts)) {
    redis.defineCommand(commandName(name), { numberOfKeys: 1, lua: prelude + lua });
  }
  return {
    redis,
    keys,
    run: async (name, key, ...args) => await commands[commandName(name)]?.(key, keys.prefix, ...args),
  };
}

/** Later than anything is planned (FAR in the scripts): such a time was written by a clock that was wrong. */
export const FAR_MS = 900_000;

/** What stands in a sorted set of times and is due at `before` (ms), or so late that the time cannot be meant. */
export async function dueBefore(
  store: Store,
  key: string,
  before: number,
  most: number,
  farMs: number = FAR_MS,
): Promise<string[]> {
  const due = await store.redis.zrangebyscore(key, 0, before, "LIMIT", 0, most);
  const astray = await store.redis.zrangebyscore(key, before + 2 * farMs, "+inf", "LIMIT", 0, most);
  return [...due, ...astray];
}

function commandName(script: string): string {
  return `findall_${script}`;
}

const UNAVAILABLE = /^(OOM|READONLY|LOADING|CLUSTERDOWN|MASTERDOWN|MISCONF|NOAUTH|WRONGPASS|TRYAGAIN)$/;

/** Whether a command's failure means that Redis cannot be reached or used now, rather than a mistake of ours. */
export function isStoreUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/ReplyError/.test(error.name)) return UNAVAILABLE.test(refusalOf(error));
  // ioredis and node:net give no class for these; their `code` and fixed messages are what there is.
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return (
    /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NOTFOUND|AI_AGAIN)$/.test(code) ||
    error.name === "MaxRetriesPerRequestError" ||
    error.name === "ClusterAllFailedError" ||
    /^(Command timed out|Connection is closed|Stream isn't writeable|Cluster isn't ready|Too many Cluster redirections|Connection is in closing state)/.test(
      error.message,
    )
  );
}

/** A hash as Redis lists it: field, value, field, value. */
export function fieldsOf(list: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let at = 0; at < list.length; at += 2) fields[list[at] ?? ""] = list[at + 1] ?? "";
  return fields;
}
