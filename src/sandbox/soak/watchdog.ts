import { doubledOf } from "../audit.ts";
import type { LiveAudit } from "../audit-live.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { Lapses } from "./lapses.ts";
import type { Story } from "./story.ts";

/** Looks all the time whether what must always hold does hold. */
export interface Watchdog {
  /** Notes something that must not be; the same thing is noted once. */
  readonly violated: (what: string) => void;
  readonly look: () => void;
  /** With when it was first seen. */
  readonly violations: () => readonly string[];
  readonly stop: () => void;
}

const LOOK_EVERY_MS = 2_000;
/** A death is noticed a little after it (ms). */
const SURE_AFTER_MS = 1_000;
/** What Slack says of a message that is not as it must be; expected only where a fault said it. */
const MALFORMED = /^(invalid_(?!auth)|msg_|no_text|metadata_|too_many_)/;

export interface WatchdogOptions {
  readonly slack: FakeSlack;
  readonly stories: readonly Story[];
  readonly lapses: Lapses;
  readonly live: LiveAudit;
  readonly say: (line: string) => void;
}

export function startWatchdog({ slack, stories, lapses, live, say }: WatchdogOptions): Watchdog {
  const found = new Map<string, string>();
  const violated = (what: string) => {
    if (found.has(what)) return;
    found.set(what, new Date().toISOString());
    say(`VIOLATED  ${what}`);
  };
  const look = () => {
    for (const story of stories) for (const each of story.followed()) doubledOf(slack, each).forEach(violated);
    slack.problems().forEach(violated);
    live.problems().forEach(violated);
    const { tooFast, impatient } = slack.stats();
    for (const { method, error, fault } of slack.calls()) {
      if (fault === null && error !== null && MALFORMED.test(error)) violated(`${method} was refused: ${error}`);
    }
    if (tooFast > 0) violated("a message followed another within a second");
    for (const { what, toldAt, at } of impatient) {
      // Who was told and died at once could tell nobody.
      if (at > Date.now() - SURE_AFTER_MS || lapses.mayHaveLost(toldAt)) continue;
      violated(`${what} was called ${at - toldAt} ms after Slack had said to wait, at ${new Date(at).toISOString()}`);
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    violated,
    look,
    violations: () => [...found].map(([what, when]) => `${when}  ${what}`),
    stop: () => clearInterval(timer),
  };
}
