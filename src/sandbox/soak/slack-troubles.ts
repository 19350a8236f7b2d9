import type { FaultKind } from "../fake-slack/faults.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { Chance } from "./chance.ts";
import type { Trouble } from "./trouble.ts";

/** Methods that deliver and look; a person's own calls fail in their own way. */
const POST = "chat.postMessage";
const METHODS = [POST, POST, POST, "chat.update", "chat.update", "conversations.replies", "conversations.history"];
/** Longer than the service waits for an answer. */
const NEVER_MS = 15_000;
/** A slow answer to what is done already; that Slack does it half a minute late is another thing, and not known of it. */
const VERY_SLOW_MS = 30_000;

/** What goes wrong with single calls, by name. */
function callFaults(chance: Chance): Readonly<Record<string, FaultKind>> {
  return {
    "429 with Retry-After": { kind: "rate_limited", retryAfter: chance.between(1, 12) },
    "429 without Retry-After": { kind: "rate_limited", retryAfter: null },
    "429 with nonsense": { kind: "rate_limited", retryAfter: "soon" },
    "429 with Retry-After 0": { kind: "rate_limited", retryAfter: 0 },
    "ratelimited in the body": { kind: "error", error: "ratelimited" },
    "500, not done": { kind: "http", status: 500 },
    "503, done": { kind: "http", status: 503, commit: true },
    "answer lost": { kind: "lost" },
    "connection reset": { kind: "reset" },
    "no answer, done": { kind: "hang", commit: true, ms: NEVER_MS },
    "no answer, not done": { kind: "hang", ms: NEVER_MS },
    slow: { kind: "delay", ms: chance.between(200, 1_200) },
    "internal_error, done": { kind: "error", error: "internal_error", commit: true },
    "fatal_error, not done": { kind: "error", error: "fatal_error" },
    "HTML for JSON, done": { kind: "html", commit: true },
    "HTML for JSON, not done": { kind: "html", status: 502 },
  };
}

/** Refused for its form: a message goes out as plain text then. Never put on plain text, which would end the message. */
const REFUSED = ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"] as const;

/** Everything that may happen to Slack, each with how it is mended. */
export function slackTroubles(slack: FakeSlack, channels: readonly string[]): readonly Trouble[] {
  return [
    ...Object.keys(callFaults(NO_CHANCE)).map(
      (name): Trouble => ({
        name: `Slack: ${name}`,
        weight: 3,
        begin: (chance) => {
          const fault = callFaults(chance)[name];
          if (!fault) throw new Error(`no fault ${name}`);
          const channel = chance.isHit(0.3) ? chance.pick(channels) : undefined;
          const handle = slack.faults.add({
            ...fault,
            method: chance.pick(METHODS),
            channel,
            times: chance.between(1, 4),
          });
          return { lastsMs: chance.between(1_000, 8_000), end: handle.remove, hits: () => handle.hits };
        },
      }),
    ),
    {
      name: "Slack: form refused",
      weight: 1,
      begin: (chance) => {
        const match = (args: Readonly<Record<string, unknown>>) => args.blocks !== undefined && Boolean(args.thread_ts);
        const fault = { kind: "error", error: chance.pick(REFUSED) } as const;
        const handle = slack.faults.add({ ...fault, method: POST, channel: chance.pick(channels), match, times: 1 });
        return { lastsMs: 5_000, end: handle.remove, hits: () => handle.hits };
      },
    },
    {
      name: "Slack: answer after 30 s",
      weight: 2,
      begin: (chance) => {
        const target = { method: chance.pick(METHODS), times: chance.between(1, 3) };
        const handle = slack.faults.add({ ...target, kind: "hang", commit: true, ms: VERY_SLOW_MS });
        return { lastsMs: VERY_SLOW_MS + 1_000, end: handle.remove, hits: () => handle.hits };
      },
    },
    {
      name: "Slack: message_limit_exceeded",
      weight: 1,
      begin: (chance) => {
        const fault = { kind: "error", error: "message_limit_exceeded" } as const;
        const handle = slack.faults.add({ ...fault, method: POST, channel: chance.pick(channels) });
        return { lastsMs: chance.between(1_000, 6_000), end: handle.remove, hits: () => handle.hits };
      },
    },
    ofChannel("channel archived", channels, slack.archive, slack.unarchive),
    ofChannel("app removed from a channel", channels, slack.kick, (channel) => void slack.invite(channel)),
    ofChannel("posting restricted", channels, slack.restrictPosting, (channel) => slack.restrictPosting(channel, null)),
    {
      name: "Slack: card deleted",
      weight: 1,
      begin: (chance) => {
        const channel = chance.pick(channels);
        const cards = slack
          .channel(channel)
          .messages()
          .filter((each) => each.metadata?.event_type === "findall_card");
        const card = cards.at(-1);
        // Whoever deletes it twice does not want it; this one was an accident.
        const isFirst =
          card &&
          slack
            .channel(channel)
            .all()
            .every((each) => each.deleted === false || !isSame(each, card));
        if (card && isFirst) slack.deleteMessage(channel, card.ts);
        return { lastsMs: 1_000, end: () => {} };
      },
    },
    {
      name: "Slack: token revoked",
      weight: 0.2,
      begin: (chance) => {
        slack.revokeToken(chance.pick(["token_revoked", "account_inactive", "invalid_auth"]));
        return { lastsMs: chance.between(1_000, 4_000), end: slack.restoreToken };
      },
    },
    {
      name: "Slack: sockets cut",
      weight: 1,
      begin: () => {
        slack.sockets.cut();
        return { lastsMs: 0, end: () => {} };
      },
    },
    {
      name: "Slack: sockets asked to reconnect",
      weight: 1,
      begin: () => {
        slack.sockets.disconnect();
        return { lastsMs: 0, end: () => {} };
      },
    },
  ];
}

interface Labelled {
  readonly metadata?: { readonly event_payload: Readonly<Record<string, unknown>> };
}

function isSame(one: Labelled, other: Labelled): boolean {
  return one.metadata?.event_payload.id === other.metadata?.event_payload.id;
}

function ofChannel(
  name: string,
  channels: readonly string[],
  begin: (channel: string) => void,
  end: (channel: string) => void,
): Trouble {
  return {
    name: `Slack: ${name}`,
    weight: 1,
    begin: (chance) => {
      const channel = chance.pick(channels);
      begin(channel);
      return { lastsMs: chance.between(1_000, 6_000), end: () => end(channel) };
    },
  };
}

/** For the names alone. */
const NO_CHANCE = { between: () => 0 } as unknown as Chance;
