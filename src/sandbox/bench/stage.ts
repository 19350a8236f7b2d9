import { addressesOf } from "../addresses.ts";
import type { FakeRun, FakeRunOptions } from "../fake-findall/run.ts";
import { type FakeFindAll, startFakeFindAll } from "../fake-findall/server.ts";
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from "../fake-slack/index.ts";
import { PEOPLE } from "../fake-slack/world.ts";
import { type OwnRedis, startOwnRedis } from "../own-redis.ts";
import { createOwnService, ENDS_WITH_US, type OwnService } from "../own-service.ts";
import { type Arrivals, countArrivals } from "./arrivals.ts";
import type { Bench } from "./benchmark.ts";

/** The product as it runs: fakes in this process, redis-server and the service in processes of their own. */
export interface Stage {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  readonly redis: OwnRedis;
  readonly service: OwnService;
  readonly arrivals: Arrivals;
  /** Public channels with the bot and three people in them. */
  readonly channels: readonly string[];
  /** A run that exists and is active. */
  readonly addRun: (id: string, options?: FakeRunOptions) => FakeRun;
  /** Types `/findall <id>`; resolves with the time to its acknowledgement (ms), infinite when there was none. */
  readonly type: (channel: string, text: string) => Promise<number>;
  /** Types `/findall <id>` for each and waits for all cards. */
  readonly follow: (watches: readonly { readonly channel: string; readonly runId: string }[]) => Promise<void>;
  /** One more process on the same Redis; stopped with the stage. */
  readonly addService: (environment: Readonly<Record<string, string>>) => Promise<OwnService>;
}

export interface StageOptions {
  readonly channels: number;
  /** Added to the environment of the service. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly slack?: FakeSlackOptions;
  /** False: Redis and the fakes alone; services are added by hand. */
  readonly start?: boolean;
}

/** Commands typed at a time, as by so many people. */
const TYPED_AT_ONCE = 25;
const CARD_WITHIN_MS = 120_000;

/** Sets the stage, plays, and clears everything away, whatever the play does. */
export async function onStage<T>(bench: Bench, options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    bench.closers.delete(close);
    for (const each of opened.reverse()) await each();
  };
  bench.closers.add(close);
  try {
    return await play(await setStage(bench, options, opened));
  } finally {
    if (bench.closers.has(close)) await close();
  }
}

async function setStage(bench: Bench, options: StageOptions, opened: (() => Promise<unknown>)[]): Promise<Stage> {
  const directory = bench.newFolder();
  const slack = await startFakeSlack(options.slack);
  opened.push(slack.close);
  const findall = await startFakeFindAll();
  opened.push(findall.close);
  const redis = await startOwnRedis(directory, bench.searchPath);
  opened.push(redis.stop);
  if (redis.kind === "memory") throw new Error("the benchmarks need redis-server (or valkey-server) on the PATH");
  const channels = Array.from({ length: options.channels }, (_, index) => channelOf(slack, index));
  const base = {
    ...addressesOf(slack, findall),
    REDIS_URL: redis.url,
    DATA_DIR: directory,
    PATH: bench.searchPath,
    LOG_LEVEL: "silent",
    ...options.environment,
  };
  const create = (environment: Readonly<Record<string, string>>) => {
    const service = createOwnService({
      slack,
      environment: { ...base, ...environment },
      directory,
      nodeArgs: [...ENDS_WITH_US, ...bench.nodeArgs],
    });
    opened.push(service.stop);
    return service;
  };
  const service = create({ SLACK_APP_TOKEN: slack.appToken });
  if (options.start !== false) await service.start();
  const arrivals = countArrivals(slack);
  const type = async (channel: string, text: string) => {
    const { ackMs } = await slack.command({ user: PEOPLE.ana, channel, text });
    return ackMs ?? Number.POSITIVE_INFINITY;
  };
  return {
    slack,
    findall,
    redis,
    service,
    arrivals,
    channels,
    addRun: (id, run) => findall.addRun({ matchLimit: null, ...run, id }),
    type,
    follow: (watches) => followAll(slack, arrivals, type, watches),
    addService: async (environment) => {
      const added = create(environment);
      await added.start();
      return added;
    },
  };
}

function channelOf(slack: FakeSlack, index: number): string {
  const members = [...Object.values(PEOPLE), slack.app.botUserId];
  return slack.addChannel({ id: `C0BENCH${String(index).padStart(4, "0")}`, name: `bench-${index}`, members }).id;
}

async function followAll(
  slack: FakeSlack,
  arrivals: Arrivals,
  type: Stage["type"],
  watches: readonly { readonly channel: string; readonly runId: string }[],
): Promise<void> {
  const left = [...watches];
  const person = async () => {
    for (let next = left.shift(); next; next = left.shift()) await type(next.channel, next.runId);
  };
  await Promise.all(Array.from({ length: TYPED_AT_ONCE }, person));
  await slack.waitFor(() => watches.every(({ channel, runId }) => arrivals.cardAt(channel, runId) !== undefined), {
    timeoutMs: CARD_WITHIN_MS,
    describe: `${watches.length} cards`,
  });
}
