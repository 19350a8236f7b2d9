import { addressesOf } from "./addresses.ts";
import { type FakeFindAll, startFakeFindAll } from "./fake-findall/server.ts";
import { type FakeSlack, startFakeSlack } from "./fake-slack/index.ts";
import { type OwnRedis, startOwnRedis } from "./own-redis.ts";
import { createOwnService, type OwnService } from "./own-service.ts";

/** The sandbox as a person starts it: fakes in this process, Redis and the service in processes that can be killed. */
export interface ProcessWorld {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  readonly redis: OwnRedis;
  /** Not started yet. */
  readonly service: OwnService;
  readonly close: () => Promise<void>;
}

export interface ProcessWorldOptions {
  readonly dataDir: string;
  /** Where redis-server is looked for; empty: Redis in memory. */
  readonly searchPath: string;
  /** Added to the environment of the service. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  readonly entry?: string;
}

/** Starts the fakes and Redis; the service is started by the caller, who may want to show something first. */
export async function startProcessWorld(options: ProcessWorldOptions): Promise<ProcessWorld> {
  const { dataDir, searchPath, nodeArgs, entry } = options;
  const [slack, findall, redis] = await Promise.all([
    startFakeSlack(),
    startFakeFindAll(),
    startOwnRedis(dataDir, searchPath),
  ]);
  const environment = {
    ...addressesOf(slack, findall),
    SLACK_APP_TOKEN: slack.appToken,
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    PATH: searchPath,
    ...options.environment,
  };
  const service = createOwnService({ slack, environment, directory: dataDir, nodeArgs, entry });
  const close = async () => {
    await service.stop();
    await Promise.all([slack.close(), findall.close(), redis.stop()]);
  };
  return { slack, findall, redis, service, close };
}
