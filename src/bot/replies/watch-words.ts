import type { Watch } from "../../domain/watch.ts";
import { explainCode } from "../../slack/explain.ts";
import { DATE, slackDate } from "../../slack/format.ts";
import { foreign, invite } from "./say.ts";

const NAME = 80;

/** How a watch stands, when that is not simply "following". @param now ms; decides whether a mute is over */
export function watchWords(watch: Watch, now: number): string | null {
  switch (watch.state) {
    case "active":
    case "resting":
      return mutedWords(watch, now);
    case "stopped":
      return watch.stoppedByName
        ? `no longer followed: stopped by ${nameOf(watch.stoppedByName)}`
        : "no longer followed";
    case "paused":
      return watch.pausedByName
        ? `⏸ paused by ${nameOf(watch.pausedByName)}`
        : `⏸ held up: ${explainCode(watch.pauseReason ?? "unknown", { botName: null }).what.replace(/\.$/, "")}`;
    case "lost":
      return "no longer known to Parallel";
  }
}

/** What a person can do about what holds a watch up; null when nothing does but a person's own wish. */
export function mendWords({ state, pausedByName, pauseReason }: Watch, botUserId: string): string | null {
  if (state !== "paused" || pausedByName !== null) return null;
  return explainCode(pauseReason ?? "unknown", { botName: null, invite: invite(botUserId) }).mend;
}

/** Whether `/findall resume` would change something. */
export function isHeld(watch: Watch, now: number): boolean {
  return watch.state === "paused" || mutedWords(watch, now) !== null;
}

function mutedWords({ mutedUntil = null, ended }: Watch, now: number): string | null {
  if (ended) return null;
  if (mutedUntil === "end") return "🔇 muted until its end";
  return mutedUntil !== null && mutedUntil > now ? `🔇 muted until ${slackDate(mutedUntil, DATE.at)}` : null;
}

function nameOf(name: string): string {
  return foreign(name, NAME) || "a teammate";
}
