import type { Button, KnownBlock } from "@slack/types";
import type { Tally } from "../../domain/review.ts";
import type { Run, RunSpec, Trouble } from "../../domain/run.ts";
import type { Watch } from "../../domain/watch.ts";
import { button, dotted, lines, section } from "../blocks.ts";
import { explainCode } from "../explain.ts";
import { count, DATE, plural, slackDate } from "../format.ts";
import { checkUrl, linkOrLabel } from "../links.ts";
import { matchedWords, progressWords } from "../messages/counts.ts";
import { endWords, statusWords } from "../messages/reasons.ts";
import { verdictCounts } from "../messages/tally-words.ts";
import { bare, codeWord, mrkdwn } from "../text.ts";
import { HOME_ACTIONS, type HomeAction } from "./home-actions.ts";

/** A watch as its people see it. */
export interface HomeItem {
  readonly watch: Watch;
  readonly run: Run | null;
  readonly spec: RunSpec | null;
  /** Null while the card is on its way. */
  readonly cardLink: string | null;
  /** Null while nothing can be reviewed. */
  readonly tally: Tally | null;
  /** Why the run cannot be read now. */
  readonly trouble: Trouble | null;
}

/** What the words depend on besides the item. */
export interface HomeContext {
  readonly now: number;
  readonly botName: string | null;
}

const TITLE = 150;
const NAME = 80;

/** A run with candidates that nobody has decided about, and the way into its queue. */
export function reviewBlocks(item: HomeItem): readonly KnownBlock[] {
  const toReview = item.tally?.toReview ?? 0;
  const decided = item.tally ? verdictCounts(item.tally) : "";
  const text = lines([title(item), dotted([`*${count(toReview)} to review*`, decided])]);
  const review = homeButton(`Review ${count(toReview)}`, HOME_ACTIONS.review, item.watch.id, { style: "primary" });
  return [{ ...section(text), accessory: review }];
}

/** A run that goes on, or is held up: how far it is, what is the matter, and what can be done about it. */
export function runningBlocks(item: HomeItem, at: HomeContext): readonly KnownBlock[] {
  const { watch, run, spec } = item;
  const facts = run
    ? dotted([`${statusWords(run).icon} ${statusWords(run).words}`, matchedWords(run, spec), progressWords(run, spec)])
    : "Not read yet";
  const isHeld = watch.state === "paused" || isMuted(watch, at.now);
  const stop: Button = {
    ...homeButton("Stop following", HOME_ACTIONS.stop, watch.id, { style: "danger" }),
    confirm: {
      title: plainText("Stop following this run?"),
      text: plainText("Nothing new of it is posted in its channel. The run itself goes on, and what was found stays."),
      confirm: plainText("Stop following"),
      deny: plainText("Keep following"),
    },
  };
  const hold = isHeld
    ? homeButton("Resume", HOME_ACTIONS.resume, watch.id, { style: "primary" })
    : homeButton("Pause", HOME_ACTIONS.pause, watch.id);
  return [
    section(lines([title(item), facts, heldWords(watch, at), troubleWords(item.trouble)])),
    { type: "actions", elements: [hold, stop] },
  ];
}

/** A run that is over, or not followed any more, and why. */
export function finishedBlocks(item: HomeItem): readonly KnownBlock[] {
  return [section(lines([title(item), endingWords(item)]))];
}

/** A channel of the person, and the way to what is set there. */
export function settingsBlocks(channel: string, runs: number): readonly KnownBlock[] {
  const text = dotted([placeName(channel), plural(runs, "run")]);
  return [{ ...section(text), accessory: homeButton("Settings", HOME_ACTIONS.settings, channel) }];
}

function endingWords({ watch, run, spec }: HomeItem): string {
  if (watch.state === "stopped") return `🔕 Not followed any more: stopped by ${nameOf(watch.stoppedByName)}.`;
  if (watch.state === "lost") return "❔ Parallel no longer knows this run; what was found stays in the thread.";
  if (run === null) return "Not read yet";
  const { icon, words } = statusWords(run);
  return lines([dotted([`${icon} ${words}`, matchedWords(run, spec)]), endWords({ run, spec, failures: [] }).reason]);
}

function heldWords(watch: Watch, { now, botName }: HomeContext): string {
  if (watch.state === "paused" && watch.pausedByName !== null)
    return `⏸ *Paused* by ${nameOf(watch.pausedByName)}; what is found meanwhile is kept.`;
  if (watch.state === "paused") {
    const { what, mend } = explainCode(watch.pauseReason ?? "unknown", { botName });
    return `⏸ *Posting is held up*: ${what} ${mend} Everything missed is then delivered.`;
  }
  if (!isMuted(watch, now)) return "";
  const until = watch.mutedUntil === "end" ? "the run ends" : slackDate(Number(watch.mutedUntil), DATE.at);
  return `🔇 *Muted* until ${until}; what is found meanwhile is kept.`;
}

function isMuted({ mutedUntil }: Watch, now: number): boolean {
  return mutedUntil === "end" || (mutedUntil !== null && mutedUntil > now);
}

const TROUBLE: Readonly<Record<Trouble["kind"], string>> = {
  unreachable: "Parallel cannot be reached",
  unauthorized: "Parallel refuses the app’s API key",
  too_large: "The result is larger than the app accepts",
  unreadable: "Parallel’s answer cannot be read",
  not_found: "Parallel does not find this run",
};

function troubleWords(trouble: Trouble | null): string {
  if (trouble === null) return "";
  return `⚠️ ${TROUBLE[trouble.kind]} since ${slackDate(trouble.since, DATE.at)}; the numbers are as last seen.`;
}

/** The objective as the link to the card, and where that is. Slack shows a channel's name only to who may know it. */
function title({ watch, spec, cardLink }: HomeItem): string {
  const url = cardLink === null ? null : checkUrl(cardLink);
  const objective = mrkdwn(spec?.objective ?? "", TITLE) === "" ? null : (spec?.objective ?? null);
  const named =
    objective === null
      ? linkOrLabel(url, `FindAll run ${watch.runId}`, 600, mrkdwn)
      : linkOrLabel(url, objective, 600, mrkdwn);
  return `*${named}* in ${placeName(watch.channel)}`;
}

function placeName(channel: string): string {
  if (/^[CG][A-Z0-9]{1,30}$/.test(channel)) return `<#${channel}>`;
  return channel.startsWith("D") ? "your messages with me" : codeWord(channel);
}

function nameOf(name: string | null): string {
  return bare(name ?? "", NAME) || "a teammate";
}

function homeButton(text: string, action: HomeAction, value: string, more: Pick<Button, "style"> = {}): Button {
  return button(text, action, { value, ...more });
}

function plainText(text: string) {
  return { type: "plain_text", text } as const;
}
