import type { Message } from "../../domain/message.ts";
import { plural } from "../../slack/format.ts";
import type { WatchListItem } from "../../steps/results.ts";
import { code, invite, linked, runName, say } from "./say.ts";
import { isHeld, watchWords } from "./watch-words.ts";

const EXAMPLE = "findall_1234abcd";

export interface HelpMoment {
  /** What this channel follows, newest first; null when that cannot be said just now. */
  readonly items: readonly WatchListItem[] | null;
  readonly botUserId: string;
  readonly now: number;
}

/** `/findall` and `/findall help`: what fits the moment first, then everything. */
export function help(moment: HelpMoment): Message {
  return say(
    "*Follow a FindAll run in this channel.* I post one status card, put every match into its thread, and say when the run has ended.",
    ...now(moment),
    commands(),
    `You can paste the id as you have it: plain, in quotes, or as a link or ${code("curl")} line with the id in it. A message with an id in it has *Watch this FindAll run* under _More message shortcuts_.`,
  );
}

function now({ items, botUserId, now: at }: HelpMoment): readonly string[] {
  if (items === null) return [];
  const [newest] = items;
  if (newest === undefined)
    return [
      `*To begin:* type ${invite(botUserId)} if I am not here yet, then ${code("/findall <run id>")} with the id that Parallel gave when the run was created.`,
    ];
  const held = items.find(({ watch }) => isHeld(watch, at));
  const running = items.find((item) => isRunning(item) && item !== held);
  const parts = [
    held &&
      `${named(held)} is ${watchWords(held.watch, at)}: ${code(`/findall resume ${held.watch.runId}`)} lets it go on.`,
    running &&
      `🔎 ${named(running)} is running: ${code(`/findall review ${running.watch.runId}`)} goes through what it has found, ${code(`/findall mute ${running.watch.runId} 2h`)} makes it quiet for a while.`,
    !held && !running && overWords(newest, items.find(isDone), at),
    items.length > 1 && `${code("/findall list")} shows all ${plural(items.length, "run")} here.`,
  ];
  return [`*Here and now:* ${parts.filter((part) => typeof part === "string").join(" ")}`];
}

/** Nothing goes on here: what can be done with what is done, or that nothing is followed any more. */
function overWords(newest: WatchListItem, done: WatchListItem | undefined, at: number): string {
  if (done === undefined)
    return `${named(newest)} is ${watchWords(newest.watch, at) ?? "not read yet"}. ${code(`/findall ${newest.watch.runId}`)} follows it again.`;
  const { runId } = done.watch;
  return `✅ Everything that this channel follows is done: ${code(`/findall review ${runId}`)} decides about the matches of ${named(done)}, ${code(`/findall export ${runId}`)} gives them as a file.`;
}

function isDone({ watch, run }: WatchListItem): boolean {
  return watch.state === "resting" || run?.isActive === false;
}

function isRunning({ watch, run }: WatchListItem): boolean {
  return watch.state === "active" && (run?.isActive ?? true);
}

function named({ watch, spec, cardLink }: WatchListItem): string {
  const card = linked(cardLink, "card");
  return card === null ? runName(watch.runId, spec) : `${runName(watch.runId, spec)} (${card})`;
}

function commands(): string {
  return [
    `• ${code(`/findall ${EXAMPLE}`)}  follow a run here; add ${code("digest 30m")}, ${code("end")}, ${code("confidence>=high")}, ${code("-domain:example.com")} … for this run alone`,
    `• ${code("/findall settings")}  what arrives here and when: digests, filters, quiet hours, reminders`,
    `• ${code("/findall list")}  the runs this channel follows; ${code("list all")} for all your channels`,
    `• ${code(`/findall review ${EXAMPLE}`)}  go through its matches, one after another`,
    `• ${code(`/findall export ${EXAMPLE}`)}  the decisions as a file; add ${code("json")}, ${code("accepted")}, ${code("unreviewed")} …`,
    `• ${code(`/findall status ${EXAMPLE}`)}  how a run is doing, shown to you alone`,
    `• ${code(`/findall pause ${EXAMPLE}`)}  hold everything back until ${code(`/findall resume ${EXAMPLE}`)}; ${code(`/findall mute ${EXAMPLE} 2h`)} does so for a time`,
    `• ${code("/findall fold on")}  one line for what was decided before in another run`,
    `• ${code(`/findall stop ${EXAMPLE}`)}  stop following it; the run itself goes on`,
  ].join("\n");
}
