import type { ConditionFailures, Run, RunSpec } from "../../domain/run.ts";
import { count, humanName, plural } from "../format.ts";
import { bare, codeWord } from "../text.ts";

/** A status as a person says it, with an icon that is never alone. */
export interface StatusWords {
  readonly icon: string;
  readonly words: string;
}

const STATUS: Readonly<Record<string, StatusWords>> = {
  queued: { icon: "🕓", words: "Queued" },
  running: { icon: "🔎", words: "Running" },
  cancelling: { icon: "🛑", words: "Being cancelled" },
  action_required: { icon: "✋", words: "Halted, needs attention" },
  completed: { icon: "✅", words: "Completed" },
  failed: { icon: "❌", words: "Failed" },
  cancelled: { icon: "⏹", words: "Cancelled" },
};

const ACTIVE = new Set(["queued", "running", "cancelling"]);

/**
 * The status in words. Values that do not exist yet are shown as they are. Whether the run goes on is `isActive`'s to
 * say (findall-api 1.1); where the status says otherwise, both are told.
 */
export function statusWords(run: Run): StatusWords {
  const known = Object.hasOwn(STATUS, run.status) ? STATUS[run.status] : undefined;
  const { icon, words } = known ?? { icon: "❔", words: `Status “${bare(run.status, 60) || "unknown"}”` };
  if (known !== undefined && ACTIVE.has(run.status) === run.isActive) return { icon, words };
  return { icon, words: `${words} (${run.isActive ? "still active" : "ended"})` };
}

/** Why a run ended, and what to do next. Both are finished mrkdwn, harmless in top-level text too. */
export interface EndWords {
  readonly reason: string;
  readonly next: string;
}

export interface EndView {
  readonly run: Run;
  readonly spec: RunSpec | null;
  readonly failures: readonly ConditionFailures[];
}

const NEW_RUN = "start a new run at Parallel and send its id with `/findall &lt;id&gt;`";

const REASONS: Readonly<Record<string, (view: EndView) => EndWords>> = {
  match_limit_met: ({ run }) => ({
    reason: "It found as many matches as it was asked for.",
    next:
      run.generator === "preview"
        ? `A preview run cannot be extended. For more matches, ${NEW_RUN}.`
        : `It can be extended: ask Parallel for more matches, then send ${followAgain(run)} here. The same card and thread go on.`,
  }),
  candidates_exhausted: ({ run }) => ({
    reason: "There were no more candidates to look at.",
    next: `To find ${run.matched === 0 ? "any" : "more"}, broaden the objective, then ${NEW_RUN}.`,
  }),
  low_match_rate: ({ failures }) => ({
    reason: "Too few of the candidates matched, so Parallel stopped looking.",
    next: `${strictest(failures)}Loosen a condition or choose a stronger generator, then ${NEW_RUN}.`,
  }),
  insufficient_funds: () => ({
    reason: "The Parallel account ran out of funds.",
    next: `Add funds at Parallel, then ${NEW_RUN}; this one cannot be extended.`,
  }),
  timeout: () => ({
    reason: "It ran into Parallel's time limit.",
    next: `To try again, ${NEW_RUN}.`,
  }),
  error_occurred: () => ({
    reason: "An error happened at Parallel.",
    next: `To try again, ${NEW_RUN}.`,
  }),
  user_cancelled: () => ({
    reason: "Somebody cancelled it at Parallel.",
    next: `To go on, ${NEW_RUN}.`,
  }),
};

/** For a run whose reason is missing or new, by its status. */
const NEXT_BY_STATUS: Readonly<Record<string, string>> = {
  action_required: "Look at the run in the Parallel account that started it; it needs something from its owner.",
  failed: `To try again, ${NEW_RUN}.`,
  cancelled: `To go on, ${NEW_RUN}.`,
};

/** Why the run ended, in plain words, and the next step; for a run that is not active. */
export function endWords(view: EndView): EndWords {
  const { status, terminationReason } = view.run;
  const words = reasonWords(view);
  // Halted is not over: the advice of a reason left over from before would be wrong.
  const next = status === "action_required" ? (NEXT_BY_STATUS[status] ?? "") : words.next;
  const reason =
    status === "action_required" && terminationReason === null ? "Parallel has halted the run." : words.reason;
  return { reason, next: `${kept(view.run)}${next}` };
}

function reasonWords(view: EndView): EndWords {
  const reason = view.run.terminationReason;
  const known = reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (known !== undefined) return known(view);
  return {
    reason:
      reason === null || bare(reason, 80) === ""
        ? "Parallel gave no reason."
        : `Parallel's reason: “${bare(reason, 80)}”.`,
    next: NEXT_BY_STATUS[view.run.status] ?? `For more matches, ${NEW_RUN}.`,
  };
}

/** `/findall <id>` as code. */
export function followAgain(run: { readonly id: string }): string {
  return `\`/findall ${codeWord(run.id).replaceAll("`", "")}\``;
}

/** `/findall resume <id>` as code. */
export function resumeLine(run: { readonly id: string }): string {
  return `\`/findall resume ${codeWord(run.id).replaceAll("`", "")}\``;
}

function kept(run: Run): string {
  const broken = run.status === "failed" || run.status === "cancelled";
  if (!broken || run.matched === 0) return "";
  return run.matched === 1 ? "Its match is kept. " : `Its ${count(run.matched)} matches are kept. `;
}

function strictest(failures: readonly ConditionFailures[]): string {
  const worst = failures.reduce<ConditionFailures | null>(
    (most, each) => (most === null || each.failed > most.failed ? each : most),
    null,
  );
  if (worst === null || worst.failed === 0) return "";
  const name = `*${bare(humanName(worst.name), 80) || "(no name)"}*`;
  const share = `${count(worst.failed)} of ${plural(worst.judged, "candidate")}`;
  return worst.failed * 2 > worst.judged
    ? `Most candidates failed ${name} (${share}). `
    : `The condition failed most often was ${name} (${share}). `;
}
