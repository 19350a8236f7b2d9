import type { Message } from "../../domain/message.ts";
import type { RunSpec } from "../../domain/run.ts";
import type { Watch } from "../../domain/watch.ts";
import { context, lines, section } from "../blocks.ts";
import { fitMessage } from "../fit.ts";
import { plural } from "../format.ts";
import { checkUrl, link } from "../links.ts";
import { objectiveWords } from "./counts.ts";

export interface ReminderView {
  readonly entryId: string;
  readonly watch: Watch;
  /** Watches of the channel with candidates that nobody has decided about. */
  readonly waiting: readonly {
    readonly watch: Watch;
    readonly spec: RunSpec | null;
    readonly toReview: number;
    readonly cardLink: string | null;
  }[];
}

const OBJECTIVE = 120;

/** Into the channel, once a working day where it is wanted: what waits for a review. Mentions nobody. */
export function renderReminder(view: ReminderView): Message {
  const total = view.waiting.reduce((sum, { toReview }) => sum + toReview, 0);
  const lead =
    total === 0
      ? "✅ *Nothing waits for review any more.*"
      : `🔔 *${plural(total, "candidate waits", "candidates wait")} for review* in this channel.`;
  const items = view.waiting.map(({ watch, spec, toReview, cardLink }) => {
    const objective = `“${objectiveWords(spec, watch.runId, OBJECTIVE)}”`;
    const url = cardLink === null ? null : checkUrl(cardLink);
    const where = url === null ? objective : `${objective} · ${link(url, "card", 20)}`;
    return `• ${toReview} in ${where}`;
  });
  const how = "The *Review* button on a card leads through them. `/findall settings` switches reminders off.";
  return fitMessage({
    text: lines([lead, ...items, how]),
    blocks: [section(lines([lead, ...items])), context(how)],
    metadata: { event_type: "findall_note", event_payload: { id: view.entryId, watch: view.watch.id } },
  });
}
