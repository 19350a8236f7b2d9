import type { FakeCandidate } from "./fake-findall/candidate.ts";
import type { FakeSlack } from "./fake-slack/index.ts";
import { type LiveContent, type LiveLink, type LiveMention, liveContentOf } from "./fake-slack/live-content.ts";
import type { Ephemeral, StoredMessage, StoredView } from "./fake-slack/model.ts";

/** Looks at everything that the app shows, as it comes, for what pings or leads where it must not. */
export interface LiveAudit {
  /** What was found so far, each once. */
  readonly problems: () => readonly string[];
  /** How many messages, edits, answers and views were looked at. */
  readonly looked: () => number;
  readonly stop: () => void;
}

/** Messages with text of the web, in which nothing may ping at all. */
const FOREIGN = new Set(["findall_candidates", "findall_card"]);
const COMPLETION = "findall_completion";

/**
 * Listens from now on.
 * @param hosts where links may lead besides the workspace itself
 */
export function auditLiveContent(slack: FakeSlack, hosts: ReadonlySet<string>): LiveAudit {
  const found = new Set<string>();
  let looked = 0;
  const ours = new Set([...hosts, new URL(slack.url).host, new URL(slack.team.url).host]);
  const note = (where: string, content: LiveContent, isAllowed: (mention: LiveMention) => boolean) => {
    looked += 1;
    for (const mention of content.mentions.filter((each) => !isAllowed(each)))
      found.add(`${where} pings ${mention.kind} ${mention.target} at ${mention.where}`);
    for (const link of content.links) {
      const problem = linkProblem(link, ours);
      if (problem !== null) found.add(`${where} ${problem} at ${link.where}`);
    }
  };
  const isPerson = (id: string) => slack.people().some((person) => person.id === id);
  const isChannel = (id: string) => slack.channels().some((channel) => channel.id === id);
  const isKnown = ({ kind, target }: LiveMention) =>
    kind === "user" ? isPerson(target) || target === slack.app.botUserId : kind === "channel" && isChannel(target);
  const message = (one: StoredMessage) => {
    if (one.user !== slack.app.botUserId || one.deleted) return;
    const type = one.metadata?.event_type ?? "";
    const content = liveContentOf(one);
    // The one who asked, and nobody else, is told of the end.
    const told = new Set(content.mentions.map(({ target }) => target));
    const isAllowed = (mention: LiveMention) => {
      if (FOREIGN.has(type)) return false;
      return type === COMPLETION
        ? mention.kind === "user" && isPerson(mention.target) && told.size === 1
        : isKnown(mention);
    };
    note(`${one.channel} ${one.ts} (${type || "no type"})`, content, isAllowed);
  };
  const listening = [
    slack.on("message", message),
    slack.on("edit", message),
    slack.on("ephemeral", (one: Ephemeral) => {
      if (one.origin !== "slackbot") note(`an answer to ${one.user}`, liveContentOf(one), isKnown);
    }),
    slack.on("view", ({ user, type, view }: StoredView) => {
      note(`${user}'s ${type}`, liveContentOf({ blocks: (view.blocks ?? []) as readonly unknown[] }), isKnown);
    }),
  ];
  return {
    problems: () => [...found],
    looked: () => looked,
    stop: () => {
      for (const stop of listening) stop();
    },
  };
}

/** Hosts of the pages and sources of candidates that say nothing of their own (`fake-findall/candidate.ts`). */
const INVENTED = /^(?:www\.candidate-\d+|sources)\.example$/;

/** Where links to these candidates and their sources may lead, read from their fields as a browser would. */
export function hostsOf(candidates: readonly FakeCandidate[]): ReadonlySet<string> {
  const urls = candidates.flatMap(({ url, conditions }) => [
    url,
    ...Object.values(conditions ?? {}).flatMap(({ citations }) => citations?.map((each) => each.url) ?? []),
  ]);
  return new Set(urls.flatMap((url) => hostOf(url ?? "") ?? []));
}

function linkProblem({ url, label, auto }: LiveLink, hosts: ReadonlySet<string>): string | null {
  if (auto) return `has “${label}” made a link by Slack`;
  const host = hostOf(url);
  if (host === null || !/^https?:/.test(url)) return `links to ${url.slice(0, 100)}, which is no address of the web`;
  if (!hosts.has(host) && !INVENTED.test(host)) return `links to ${host}, which no candidate named`;
  const named = /^(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#]\S*)?$/i.exec(label.trim())?.[1];
  const isOther = named !== undefined && bare(named) !== bare(host) && !/^\d+(?:\.\d+)*$/.test(named);
  return isOther ? `says “${label}” and leads to ${host}` : null;
}

function hostOf(url: string): string | null {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  if (!URL.canParse(whole)) return null;
  const { protocol, host } = new URL(whole);
  return /^https?:$/.test(protocol) && host !== "" ? host : null;
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}
