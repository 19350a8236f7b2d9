import type { Message } from "../../domain/message.ts";
import type { Run, RunSpec } from "../../domain/run.ts";
import { actions, button, dotted, section } from "../../slack/blocks.ts";
import { LIST_ACTIONS, LIST_BLOCKS } from "../../slack/controls.ts";
import { fitMessage } from "../../slack/fit.ts";
import { count, plural } from "../../slack/format.ts";
import { matchedWords, progressWords } from "../../slack/messages/counts.ts";
import { statusWords } from "../../slack/messages/reasons.ts";
import { clipPlain } from "../../slack/text.ts";
import type { OverviewItem } from "../../steps/overview-results.ts";
import type { WatchListItem } from "../../steps/results.ts";
import { code, linked, runTitle, say } from "./say.ts";
import { isHeld, watchWords } from "./watch-words.ts";

/** Which page of which list. */
export interface ListPage {
  /** Of every channel that the person is in. */
  readonly all: boolean;
  /** From 1; one that does not exist becomes the nearest. */
  readonly page: number;
  /** ms; decides whether a mute is over */
  readonly now: number;
}

const PAGE = 10;
const TITLE_LENGTH = 70;

/** The runs that this channel follows, or all channels of one person do; most recently asked for first. */
export function list(items: readonly (WatchListItem | OverviewItem)[], { all, page, now }: ListPage): Message {
  if (items.length === 0) return nothing(all);
  const pages = Math.ceil(items.length / PAGE);
  const at = Math.min(pages, Math.max(1, page));
  const shown = items.slice((at - 1) * PAGE, at * PAGE);
  const head = headOf(items.length, all, at, pages);
  const tail = tailOf(
    all,
    at,
    pages,
    shown.some(({ watch }) => isHeld(watch, now)),
  );
  const lineOf = (item: WatchListItem | OverviewItem, title: string) => summary(item, title, { all, now });
  return fitMessage({
    text: [head, ...shown.map((item) => `• ${lineOf(item, runTitle(item.spec, TITLE_LENGTH))}`), tail].join("\n"),
    blocks: [
      section(head),
      ...shown.map((item) => section(lineOf(item, linkedTitle(item)))),
      section(tail),
      ...turning(all, at, pages),
    ],
  });
}

function nothing(all: boolean): Message {
  return all
    ? say(
        `None of the channels that you are in follows a run. ${code("/findall <run id>")} follows one in the channel where it is typed.`,
      )
    : say(
        `This channel does not follow any run yet. ${code("/findall <run id>")} follows one; ${code("/findall list all")} shows those of your other channels.`,
      );
}

function headOf(items: number, all: boolean, page: number, pages: number): string {
  const where = all ? "in your channels" : "in this channel";
  const which = pages > 1 ? ` · page ${count(page)} of ${count(pages)}` : "";
  return `*${items === 1 ? "One run" : plural(items, "run")} ${where}*${which}`;
}

function tailOf(all: boolean, page: number, pages: number, hasHeld: boolean): string {
  const next = page < pages ? `${code(`/findall list ${all ? "all " : ""}${page + 1}`)} shows older ones. ` : "";
  const resume = hasHeld ? `${code("/findall resume <run id>")} lets go on what is paused, held up or muted. ` : "";
  return `${next}${resume}${code("/findall status <run id>")} tells more, ${code("/findall stop <run id>")} stops following.`;
}

function turning(all: boolean, page: number, pages: number) {
  const newer = page > 1 ? [button("← Newer", LIST_ACTIONS.newer, { value: String(page - 1) })] : [];
  const older = page < pages ? [button("Older →", LIST_ACTIONS.older, { value: String(page + 1) })] : [];
  return pages > 1 ? [actions(all ? LIST_BLOCKS.all : LIST_BLOCKS.channel, [...newer, ...older])] : [];
}

function summary(item: WatchListItem | OverviewItem, title: string, { all, now }: Omit<ListPage, "page">): string {
  const { watch, run, spec } = item;
  const toReview = "tally" in item ? (item.tally?.toReview ?? 0) : 0;
  return dotted([
    all ? `${title} in ${placeName(watch.channel)}` : title,
    watchWords(watch, now),
    ...(run ? runFacts(run, spec) : ["not read yet"]),
    toReview > 0 ? `*${count(toReview)} to review*` : null,
    code(watch.runId),
  ]);
}

function runFacts(run: Run, spec: RunSpec | null): (string | null)[] {
  const { icon, words } = statusWords(run);
  return [`${icon} ${words}`, matchedWords(run, spec), run.isActive ? progressWords(run, spec) : null];
}

/** Slack shows a channel's name only to who may know it. */
function placeName(channel: string): string {
  return channel.startsWith("D") ? "your messages with me" : `<#${channel}>`;
}

function linkedTitle(item: WatchListItem): string {
  const label = clipPlain(item.spec?.objective || item.watch.runId, TITLE_LENGTH);
  return `*${linked(item.cardLink, label) ?? runTitle(item.spec, TITLE_LENGTH)}*`;
}
