import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fake-findall/faults.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import type { FaultSpec } from "../fake-slack/faults.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { Machine, Machines } from "./machines.ts";

/** Where a trouble is caused, and by whom. */
export interface Scene {
  readonly user: string;
  readonly channel: string;
}

/** Something that goes wrong on request. */
export interface Trouble {
  readonly id: string;
  readonly group: "Slack" | "This channel" | "Parallel" | "Machines";
  readonly title: string;
  /** What it does, in a sentence. */
  readonly detail: string;
  /** A switch stays on until it is taken away; a push happens once. */
  readonly kind: "switch" | "push";
  readonly isOn: (scene: Scene) => boolean;
  /** How many calls it has spoiled so far. */
  readonly hits: () => number;
  /** Why it cannot be caused here, or null. */
  readonly obstacle: (scene: Scene) => string | null;
  readonly cause: (scene: Scene) => unknown;
  readonly takeAway: (scene: Scene) => unknown;
}

/** A clear pause, so that the service notices that its Redis or its process was away. */
const RESTART_PAUSE_MS = 1_000;

/** Every trouble of the control room. */
export function createTroubles(slack: FakeSlack, findall: FakeFindAll, machines: Machines): readonly Trouble[] {
  return [
    ...slackTroubles(slack),
    ...channelTroubles(slack),
    ...parallelTroubles(findall),
    ...machineTroubles(machines),
  ];
}

type Named = Pick<Trouble, "id" | "title" | "detail">;
type Handle = { readonly hits: number; remove(): void };

/** A trouble made of faults: on while they are in place. */
function faulty(group: Trouble["group"], named: Named, add: () => readonly Handle[]): Trouble {
  let handles: readonly Handle[] = [];
  return {
    ...named,
    group,
    kind: "switch",
    isOn: () => handles.length > 0,
    hits: () => handles.reduce((sum, handle) => sum + handle.hits, 0),
    obstacle: () => null,
    cause: () => {
      if (handles.length === 0) handles = add();
    },
    takeAway: () => {
      for (const handle of handles) handle.remove();
      handles = [];
    },
  };
}

function slackTroubles(slack: FakeSlack): Trouble[] {
  const fault = (named: Named, ...specs: readonly FaultSpec[]) =>
    faulty("Slack", named, () => specs.map((spec) => slack.faults.add(spec)));
  let isRevoked = false;
  return [
    fault(
      { id: "slack_429", title: "Slack 429", detail: "Posts and edits are refused: try again in 5 seconds." },
      { method: "chat.postMessage", kind: "rate_limited", retryAfter: 5 },
      { method: "chat.update", kind: "rate_limited", retryAfter: 5 },
    ),
    fault(
      { id: "slack_500", title: "Slack 500", detail: "Every call to Slack fails before anything is done." },
      { method: "*", kind: "http", status: 500 },
    ),
    fault(
      { id: "slack_lost", title: "Answer lost", detail: "Posts arrive, but nobody tells the service so." },
      { method: "chat.postMessage", kind: "lost" },
    ),
    {
      id: "token_revoked",
      group: "Slack",
      title: "Token revoked",
      detail: "The installation is dead: every call is refused.",
      kind: "switch",
      isOn: () => isRevoked,
      hits: () => 0,
      obstacle: () => null,
      cause: () => {
        isRevoked = true;
        slack.revokeToken();
      },
      takeAway: () => {
        isRevoked = false;
        slack.restoreToken();
      },
    },
  ];
}

function channelTroubles(slack: FakeSlack): Trouble[] {
  const infoOf = ({ channel }: Scene) => slack.channel(channel).info;
  const common = { group: "This channel", kind: "switch", hits: () => 0 } as const;
  const notHere = (scene: Scene) => (infoOf(scene).kind === "im" ? "Not in a direct message." : null);
  const lastCard = ({ channel }: Scene) =>
    slack
      .channel(channel)
      .roots()
      .findLast((message) => message.metadata?.event_type === "findall_card");
  return [
    {
      ...common,
      id: "kicked",
      title: "Bot kicked",
      detail: "FindAll is no member of this channel. Taken away: it is invited.",
      isOn: (scene) => !infoOf(scene).members.has(slack.app.botUserId),
      obstacle: notHere,
      cause: ({ channel }) => slack.kick(channel),
      takeAway: ({ channel, user }) => slack.invite(channel, { by: user }),
    },
    {
      ...common,
      id: "archived",
      title: "Channel archived",
      detail: "Nobody can post here.",
      isOn: (scene) => infoOf(scene).archived,
      obstacle: notHere,
      cause: ({ channel }) => slack.archive(channel),
      takeAway: ({ channel }) => slack.unarchive(channel),
    },
    {
      ...common,
      id: "card_deleted",
      kind: "push",
      title: "Delete the card",
      detail: "Somebody deletes the newest status card of this channel.",
      isOn: () => false,
      obstacle: (scene) => (lastCard(scene) ? null : "There is no card here yet."),
      cause: (scene) => {
        const card = lastCard(scene);
        if (card) slack.deleteMessage(scene.channel, card.ts);
      },
      takeAway: () => {},
    },
  ];
}

function parallelTroubles(findall: FakeFindAll): Trouble[] {
  const fault = (id: string, title: string, detail: string, spec: Fault) =>
    faulty("Parallel", { id, title, detail }, () => [findall.faults.add(spec)]);
  return [
    fault("parallel_down", "Parallel down", "Connections are reset.", { kind: "reset" }),
    fault("parallel_slow", "Parallel slow", "Answers take 5 seconds.", { kind: "delay", ms: 5_000 }),
    fault("parallel_401", "Parallel 401", "The API key is refused.", { kind: "status", status: 401 }),
    fault("parallel_404", "Parallel 404", "Runs are unknown; three times in a row end a watch.", {
      kind: "status",
      status: 404,
    }),
    fault("parallel_json", "Broken JSON", "Answers stop in the middle.", { kind: "truncated" }),
  ];
}

function machineTroubles({ service, redis }: Machines): Trouble[] {
  const noService = "The service shares this process.";
  const noRedis = "Redis is in memory here: install redis-server.";
  return [
    stopped(service, noService, {
      id: "worker_killed",
      title: "Worker killed",
      detail: "kill -9 on the service. Taken away: it starts again.",
    }),
    restarted(service, noService, {
      id: "worker_restart",
      title: "Kill and restart",
      detail: "kill -9 on the service, and a new one a second later.",
    }),
    stopped(redis, noRedis, { id: "redis_down", title: "Redis down", detail: "redis-server is stopped." }),
    restarted(redis, noRedis, {
      id: "redis_restart",
      title: "Restart Redis",
      detail: "redis-server is stopped, and started a second later.",
    }),
  ];
}

function stopped(machine: Machine | null, obstacle: string, named: Named): Trouble {
  return {
    ...named,
    group: "Machines",
    kind: "switch",
    isOn: () => machine !== null && !machine.isUp(),
    hits: () => 0,
    obstacle: () => (machine ? null : obstacle),
    cause: () => machine?.stop(),
    takeAway: () => machine?.start(),
  };
}

function restarted(machine: Machine | null, obstacle: string, named: Named): Trouble {
  return {
    ...stopped(machine, obstacle, named),
    kind: "push",
    isOn: () => false,
    cause: async () => {
      await machine?.stop();
      await sleep(RESTART_PAUSE_MS);
      await machine?.start();
    },
  };
}
