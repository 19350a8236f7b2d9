import type { WireRun } from "../findall/wire.ts";
import type { FakeRun } from "./fake-findall/run.ts";
import type { StoredMessage } from "./fake-slack/model.ts";

/** What a run is, as its API says. */
export interface RunNow {
  readonly status: string;
  readonly isActive: boolean;
  /** Of its last end; left over while it is active again. */
  readonly reason: string | null;
  readonly matched: number;
}

/** The run as its API shows it now. */
export function runNowOf(run: FakeRun): RunNow {
  const { status } = run.runBody() as WireRun;
  return {
    status: status.status,
    isActive: status.is_active,
    reason: status.termination_reason ?? null,
    matched: status.metrics.matched_candidates_count ?? 0,
  };
}

// Written once more, and not taken from the product: what it says is judged here.
const STATUS_WORDS: Readonly<Record<string, string>> = {
  queued: "Queued",
  running: "Running",
  cancelling: "Being cancelled",
  action_required: "Halted, needs attention",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};
const REASON_WORDS: Readonly<Record<string, string>> = {
  match_limit_met: "It found as many matches as it was asked for.",
  candidates_exhausted: "There were no more candidates to look at.",
  low_match_rate: "Too few of the candidates matched",
  insufficient_funds: "The Parallel account ran out of funds.",
  timeout: "It ran into Parallel's time limit.",
  error_occurred: "An error happened at Parallel.",
  user_cancelled: "Somebody cancelled it at Parallel.",
};
const GOES_ON = new Set(["queued", "running", "cancelling"]);
const NO_REASON = "Parallel gave no reason.";

/** Where a card says other than its run, in what people see and in what a screen reader says. */
export function cardProblems(run: RunNow, card: StoredMessage, shown: string): readonly string[] {
  return [
    ...wordProblems(run, shown).map((each) => `the card ${each}`),
    ...wordProblems(run, card.text).map((each) => `the card's plain text ${each}`),
  ];
}

function wordProblems(run: RunNow, text: string): readonly string[] {
  const [, status = "nothing", matched = ""] = /^\S+ \*?(.+?)\*? · ([\d,]+) (?:of [\d,]+ )?matched/m.exec(text) ?? [];
  const wanted = statusOf(run);
  const problems: string[] = [];
  if (status !== wanted) problems.push(`says “${status}”; the run is “${wanted}”`);
  if (Number(matched.replaceAll(",", "")) !== run.matched)
    problems.push(`says ${matched || "nothing"} matched; the run says ${run.matched}`);
  const reasons = [...Object.values(REASON_WORDS), NO_REASON, "Parallel's reason: "];
  const said = reasons.filter((words) => text.includes(words));
  const reason = run.isActive ? null : reasonOf(run.reason);
  if (reason !== null && !text.includes(reason)) problems.push(`does not say “${reason}”`);
  for (const words of said)
    if (reason === null || !reason.startsWith(words)) problems.push(`says “${words}”, which is not so`);
  return problems;
}

/** Known statuses have words of their own; what does not exist yet is shown as it is, with whether it goes on. */
function statusOf({ status, isActive }: RunNow): string {
  const known = STATUS_WORDS[status];
  if (known !== undefined && GOES_ON.has(status) === isActive) return known;
  return `${known ?? `Status “${status}”`} (${isActive ? "still active" : "ended"})`;
}

function reasonOf(reason: string | null): string {
  if (reason === null) return NO_REASON;
  return REASON_WORDS[reason] ?? `Parallel's reason: “${reason}”.`;
}
