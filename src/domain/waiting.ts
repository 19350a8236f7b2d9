import { candidateDue, quietUntil, releaseRules } from "./release.ts";
import type { Settings } from "./settings.ts";
import type { Watch } from "./watch.ts";

/** Why something new of a watch is not posted now, and until when (ms) where a clock tells. */
export type Wait =
  /** Somebody stopped the watch. */
  | { readonly kind: "stopped" }
  /** A person paused it. */
  | { readonly kind: "paused" }
  /** Slack refuses what is new. */
  | { readonly kind: "refused" }
  /** Null: until the run has ended. */
  | { readonly kind: "muted"; readonly until: number | null }
  | { readonly kind: "quiet"; readonly until: number }
  | { readonly kind: "digest"; readonly until: number }
  /** Nothing comes before the run's end. */
  | { readonly kind: "end" };

export type WaitingWatch = Pick<Watch, "state" | "pausedByName" | "mutedUntil" | "ended">;

/**
 * Why a candidate that was handed over at `addedAt` (ms) waits; null when nothing but the pace of posts holds it. The
 * time is the one at which it is due, so that it stays the same from minute to minute.
 */
export function waitOf(settings: Settings, watch: WaitingWatch, now: number, addedAt = now): Wait | null {
  if (watch.state === "stopped") return { kind: "stopped" };
  if (watch.state === "paused") return { kind: watch.pausedByName === null ? "refused" : "paused" };
  // As the lane sees it: a run that Parallel no longer knows keeps nothing for its end.
  const rules = releaseRules(settings, { mutedUntil: watch.mutedUntil, ended: watch.ended || watch.state === "lost" });
  const due = candidateDue(rules, addedAt, now);
  if (due === null) return rules.arrives === "end" ? { kind: "end" } : { kind: "muted", until: null };
  if (due <= now) return null;
  // What is due within quiet hours waits for their end.
  const quiet = quietUntil(rules, due) ?? quietUntil(rules, now) ?? 0;
  if (quiet >= due) return { kind: "quiet", until: quiet };
  const isMuted = !rules.ended && rules.mutedUntil === due;
  return { kind: isMuted ? "muted" : "digest", until: due };
}

/** Whether it also holds back what is no candidate, such as the alert at the end. */
export function holdsEverything(wait: Wait): boolean {
  return wait.kind !== "digest" && wait.kind !== "end";
}
