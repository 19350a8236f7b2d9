import type { KnownBlock } from "@slack/types";
import { context, lines, section } from "../blocks.ts";
import { count } from "../format.ts";
import { type HoldView, holdWords } from "../messages/hold.ts";
import { clip } from "../text.ts";
import { bytesOf } from "./fit-view.ts";
import { finishedBlocks, type HomeItem, reviewBlocks, runningBlocks, settingsBlocks } from "./home-items.ts";
import { VIEW_LIMITS } from "./modal.ts";

/** A Home tab as `views.publish` takes it. */
export interface HomeTab {
  readonly type: "home";
  readonly callback_id: "home";
  readonly blocks: KnownBlock[];
}

export interface HomeView {
  /** Most recently asked for first; or why nothing may be shown, or can be. */
  readonly items: readonly HomeItem[] | "membership_unknown" | "store_unavailable";
  /** Why Slack takes nothing from the app in the whole workspace, if it does not. */
  readonly hold: HoldView | null;
  /** What just happened, for the person who pressed something. Finished mrkdwn. */
  readonly notice: string | null;
  /** ms since the epoch; decides alone whether a mute is over. */
  readonly now: number;
  readonly botUserId: string;
  /** The bot's user name, for words about a channel that it was removed from. */
  readonly botName: string | null;
}

interface Part {
  readonly title: string;
  readonly items: readonly HomeItem[];
  /** Most that are shown; the rest is counted. */
  readonly most: number;
  readonly blocks: (item: HomeItem, view: HomeView) => readonly KnownBlock[];
}

const NOTICE = 1_500;
const MEMBERSHIP_UNKNOWN =
  "*I cannot tell which channels you are in just now*, so I show none of their runs. This page tries again by itself; `/findall list` in a channel works meanwhile.";
const STORE_UNAVAILABLE =
  "*My storage does not answer just now*, so I cannot show your runs. Nothing is lost; please open this page again in a minute.";

/**
 * What one person should know: what waits for their review, what runs, what has finished lately, the settings of their
 * channels, and help. Depends on nothing but the view, so equal views hash alike.
 */
export function renderHome(view: HomeView): HomeTab {
  const notice = view.notice === null ? [] : [section(clip(view.notice, NOTICE)), { type: "divider" } as const];
  const hold = view.hold === null ? [] : [section(holdWords(view.hold))];
  return fitted([...hold, ...notice, ...bodyOf(view), ...help()]);
}

function bodyOf(view: HomeView): readonly KnownBlock[] {
  if (view.items === "membership_unknown") return [section(MEMBERSHIP_UNKNOWN)];
  if (view.items === "store_unavailable") return [section(STORE_UNAVAILABLE)];
  return view.items.length === 0 ? teaching(view) : partsOf(view, view.items);
}

function partsOf(view: HomeView, items: readonly HomeItem[]): readonly KnownBlock[] {
  const running = items.filter((item) => isRunning(item));
  const channels = new Map(items.map((item) => [item.watch.channel, item] as const));
  const counted = (channel: string) => items.filter((item) => item.watch.channel === channel).length;
  const parts: readonly Part[] = [
    {
      title: "Waiting for review",
      items: items.filter((item) => (item.tally?.toReview ?? 0) > 0),
      most: 12,
      blocks: reviewBlocks,
    },
    { title: "Running", items: running, most: 15, blocks: runningBlocks },
    {
      title: "Recently finished",
      items: items.filter((item) => !running.includes(item)),
      most: 10,
      blocks: finishedBlocks,
    },
    {
      title: "Settings of your channels",
      items: [...channels.values()],
      most: 10,
      blocks: (item) => settingsBlocks(item.watch.channel, counted(item.watch.channel)),
    },
  ];
  return parts.flatMap((part) => blocksOf(part, view));
}

/** Held back counts as running: somebody has to do something about it, or will. */
function isRunning({ watch, run }: HomeItem): boolean {
  return watch.state === "paused" || (watch.state === "active" && (run?.isActive ?? true));
}

function blocksOf({ title, items, most, blocks }: Part, view: HomeView): readonly KnownBlock[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  return [
    head(title),
    ...items.slice(0, most).flatMap((item) => blocks(item, view)),
    ...(left > 0 ? [context(`… and ${count(left)} more: \`/findall list all\``)] : []),
  ];
}

function head(text: string): KnownBlock {
  return { type: "header", text: { type: "plain_text", text, emoji: false } };
}

function teaching({ botUserId }: HomeView): readonly KnownBlock[] {
  return [
    head("No runs yet"),
    section(
      lines([
        "None of your channels follows a FindAll run. To begin:",
        `1. In a channel, type */invite <@${botUserId}>*.`,
        "2. Start a run at Parallel and copy its id.",
        "3. In that channel, type `/findall &lt;id&gt;`.",
      ]),
    ),
    section(
      "One card in the channel then shows how the run is doing, each match arrives in the card’s thread to be reviewed, and you are told when the run has ended. A message that holds an id can start it too: *More actions* → *Watch this FindAll run*.",
    ),
  ];
}

function help(): readonly KnownBlock[] {
  return [
    { type: "divider" },
    context(
      "`/findall &lt;id&gt;` follows a run in a channel · `/findall review &lt;id&gt;` goes through its matches · `/findall export &lt;id&gt;` gives the decisions as a file · `/findall help` tells the rest. Only runs of channels you are in are shown here.",
    ),
  ];
}

/** Every part has its most; should they be too large together all the same, the end is left out and said to be. */
function fitted(blocks: readonly KnownBlock[]): HomeTab {
  const tab = (kept: KnownBlock[]): HomeTab => ({ type: "home", callback_id: "home", blocks: kept });
  if (blocks.length <= VIEW_LIMITS.blocks && bytesOf(tab([...blocks])) <= VIEW_LIMITS.bytes) return tab([...blocks]);
  const rest = context("… the rest did not fit: `/findall list all`");
  const kept: KnownBlock[] = [];
  let size = bytesOf(tab([rest]));
  for (const block of blocks.slice(0, VIEW_LIMITS.blocks - 1)) {
    size += bytesOf(block) + 1;
    if (size > VIEW_LIMITS.bytes) break;
    kept.push(block);
  }
  return tab([...kept, rest]);
}
