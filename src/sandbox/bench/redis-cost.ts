import { connectForCommands } from "../../store/connect.ts";

/** What a Redis has used so far. */
export interface RedisCost {
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

export async function readRedis(url: string): Promise<RedisCost> {
  const redis = connectForCommands(url, 5_000);
  try {
    await new Promise((resolve) => redis.once("ready", resolve));
    const info = await redis.info("everything");
    const field = (name: string) => Number(new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]);
    return {
      cpuSeconds: field("used_cpu_user") + field("used_cpu_sys"),
      memoryMb: field("used_memory") / 1_048_576,
    };
  } finally {
    redis.disconnect();
  }
}
