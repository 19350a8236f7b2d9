import type { ChannelRefusal, StartWatchResult } from "./results.ts";

type NotStarted = Exclude<StartWatchResult, { watch: unknown }>;

/** What a workflow is told, in plain text: Slack shows it to whoever looks after the workflow. */
export const WORDS = {
  noId: "The step was given no id of a FindAll run. Give it the id as Parallel shows it, such as findall_1234abcd.",
  tooLong: "The run did not end, or could not be delivered, within seven days, so the workflow was let go.",
  gone: "The run could not be followed: FindAll could not post in the channel, or the run is kept no longer. Invite the app into the channel, then run the workflow again.",
  lost: "Parallel no longer knows this run, so nobody will learn how it ended.",
  stopped: (byName: string | null) =>
    `${clipped(byName ?? "") || "A teammate"} stopped following the run before it had ended.`,
} as const;

const REFUSED: Readonly<Record<ChannelRefusal, string>> = {
  not_in_channel: "FindAll is not in that channel. Invite it there with /invite, then run the workflow again.",
  private_channel:
    "FindAll cannot see that channel. If it is private, invite the app there with /invite, then run the workflow again.",
  direct_message: "FindAll is no part of that direct message. Choose a channel that the app is in.",
  archived: "That channel is archived. Choose another one.",
};

/** Whether waiting may help. */
export function isPassing(result: NotStarted): boolean {
  return result.kind !== "channel_refused" && result.kind !== "run_not_found" && result.kind !== "id_refused";
}

/** Why a watch could not be started. */
export function whyNotStarted(result: NotStarted, runId: string): string {
  switch (result.kind) {
    case "channel_refused":
      return REFUSED[result.refusal];
    case "run_not_found":
      return `Parallel does not know the run ${clipped(runId)}, or it belongs to another account.`;
    case "id_refused":
      return `Parallel refuses ${clipped(runId)} as the id of a run. Give the id as Parallel shows it.`;
    case "api_key_rejected":
      return "Parallel rejects FindAll's API key. The app's operator must check it; then run the workflow again.";
    case "parallel_unavailable":
    case "answer_unreadable":
      return "Parallel could not be reached for ten minutes. Please run the workflow again later.";
    case "store_unavailable":
    case "slack_unavailable":
      return "FindAll could not start following the run within ten minutes. Please run the workflow again later.";
  }
}

function clipped(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 80);
}
