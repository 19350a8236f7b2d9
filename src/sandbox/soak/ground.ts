import { connectForCommands } from "../../store/connect.ts";
import { createStore } from "../../store/store.ts";
import { addressesOf } from "../addresses.ts";
import { startFakeFindAll } from "../fake-findall/server.ts";
import { startFakeSlack } from "../fake-slack/index.ts";
import { startOwnRedis } from "../own-redis.ts";

/** What the soak stands on. */
export type Ground = Awaited<ReturnType<typeof openGround>>;

/** Lanes work at once: so soon after a 429 (ms) a call of another lane had left already. */
const ON_ITS_WAY_MS = 500;

/** The longest wait between two polls (ms), but for their spread. */
export const POLL_MAX_MS = 1_500;

const QUICK = {
  POLL_MIN_MS: "300",
  POLL_MAX_MS: String(POLL_MAX_MS),
  SLACK_TIMEOUT_MS: "2000",
  PARALLEL_TIMEOUT_MS: "2500",
  MAX_RESULT_BYTES: "5000000",
};

/** Starts the fakes and a Redis that can be killed, and makes so many channels. */
export async function openGround(directory: string, searchPath: string, channelCount: number) {
  const [slack, findall, redis] = await Promise.all([
    startFakeSlack({ rateLimits: { onItsWayMs: ON_ITS_WAY_MS, hideTooFast: true } }),
    startFakeFindAll(),
    startOwnRedis(directory, searchPath),
  ]);
  if (redis.kind !== "server") throw new Error("the soak kills Redis too: install redis-server");
  const names = Array.from({ length: channelCount }, (_, index) => `soak-${index + 1}`);
  const channels = names.map((name) => slack.addChannel({ name }).id);
  const connection = connectForCommands(redis.url, 10_000);
  connection.on("error", () => {
    // It is killed on purpose; whoever asks it meanwhile is told.
  });
  return {
    slack,
    findall,
    redis,
    channels,
    store: createStore(connection, slack.team.id),
    /** Of a service between the fakes. */
    environment: { ...addressesOf(slack, findall), SLACK_APP_TOKEN: slack.appToken, REDIS_URL: redis.url, ...QUICK },
    close: async () => {
      connection.disconnect();
      await Promise.all([slack.close(), findall.close(), redis.stop()]);
    },
  };
}
