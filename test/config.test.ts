import { describe, expect, it } from "vitest";
import { ConfigError, configFrom, redisNodesOf } from "../src/config.ts";
import { createLogger } from "../src/log.ts";

const GOOD = {
  SLACK_BOT_TOKEN: "xoxb-1234567890",
  SLACK_APP_TOKEN: "xapp-1234567890",
  PARALLEL_API_KEY: "key-1234567890",
};

function complaintOf(environment: Record<string, string>): string {
  try {
    configFrom(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

describe("the configuration", () => {
  it("needs two tokens and a key, and has a default for everything else", () => {
    expect(configFrom(GOOD)).toMatchObject({
      slack: { apiUrl: "https://slack.com/api/", timeoutMs: 10_000 },
      parallel: { baseUrl: "https://api.parallel.ai", timeoutMs: 30_000, maxResultBytes: 67_108_864 },
      redis: { dataDir: "./data" },
      port: 3000,
      role: "all",
      poll: { minMs: 5_000, maxMs: 30_000 },
      retentionMs: 30 * 24 * 3_600_000,
      logLevel: "info",
      secrets: { slackSigningSecret: null, redisUrl: null },
    });
  });

  it("names every missing and every wrong variable in one message", () => {
    const complaint = complaintOf({ SLACK_BOT_TOKEN: "xoxp-wrong", PORT: "http", ROLE: "queen", POLL_MIN_MS: "50" });
    for (const name of ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PARALLEL_API_KEY", "PORT", "ROLE", "POLL_MIN_MS"]) {
      expect(complaint).toContain(`${name}:`);
    }
  });

  it("takes several addresses for a Redis Cluster, and only for one", () => {
    const cluster = { REDIS_URL: "redis://:pass,word@a:7001, redis://b:7002", REDIS_CLUSTER: "true" };
    const { redis, secrets } = configFrom({ ...GOOD, ...cluster });
    expect(redis.isCluster).toBe(true);
    expect(redisNodesOf(secrets.redisUrl ?? "")).toEqual(["redis://:pass,word@a:7001", "redis://b:7002"]);
    expect(configFrom({ ...GOOD, REDIS_URL: "redis://a:7001" }).redis.isCluster).toBe(false);
    expect(complaintOf({ ...GOOD, ...cluster, REDIS_CLUSTER: "" })).toContain("REDIS_CLUSTER: must be true when");
    expect(complaintOf({ ...GOOD, REDIS_CLUSTER: "true" })).toContain("REDIS_URL: is required with REDIS_CLUSTER");
    expect(complaintOf({ ...GOOD, ...cluster, REDIS_URL: "redis://a,redis://" })).toContain("REDIS_URL: must be a URL");
  });

  it("never repeats a value, which may be a secret", () => {
    expect(complaintOf({ ...GOOD, SLACK_BOT_TOKEN: "top-secret-value" })).not.toContain("top-secret-value");
  });

  it.each([
    ["REDIS_URL", "redis://:top/secret@10.0.0.1:6379"],
    ["REDIS_URL", "redis://:top%secret@10.0.0.1:6379"],
    ["REDIS_URL", "redis://"],
    ["HTTPS_PROXY", "http://me:top#secret@proxy:8080"],
    ["https_proxy", "proxy:8080"],
    ["PARALLEL_API_KEY", "top–secret"],
    ["SLACK_BOT_TOKEN", "xoxb-top secret"],
  ])("refuses a %s that could never be used, as %s, without repeating it", (name, value) => {
    const complaint = complaintOf({ ...GOOD, [name]: value });
    expect(complaint).toContain(`${name.toUpperCase()}: must be`);
    expect(complaint).not.toContain(value);
    expect(complaint).not.toContain("secret");
  });

  it("wants an app token or a signing secret where there is a bot, and Redis where bot and worker are apart", () => {
    const { SLACK_APP_TOKEN: _, ...withoutApp } = GOOD;
    expect(complaintOf(withoutApp)).toContain("SLACK_SIGNING_SECRET");
    expect(configFrom({ ...withoutApp, SLACK_SIGNING_SECRET: "abc" }).secrets.slackAppToken).toBeNull();
    expect(complaintOf({ ...GOOD, ROLE: "worker" })).toContain("REDIS_URL");
    expect(configFrom({ ...withoutApp, ROLE: "worker", REDIS_URL: "redis://127.0.0.1" }).role).toBe("worker");
  });

  it("reads an empty or blank variable as not set", () => {
    expect(configFrom({ ...GOOD, PORT: "", REDIS_URL: "  " })).toMatchObject({
      port: 3000,
      secrets: { redisUrl: null },
    });
  });

  it("refuses a longest poll interval below the shortest", () => {
    expect(complaintOf({ ...GOOD, POLL_MIN_MS: "20000", POLL_MAX_MS: "10000" })).toContain("POLL_MAX_MS");
    expect(complaintOf({ ...GOOD, POLL_MIN_MS: "60000" })).toContain("POLL_MAX_MS");
  });

  it("takes a proxy from the environment, in capital or small letters", () => {
    expect(configFrom(GOOD).proxy).toBeNull();
    expect(configFrom({ ...GOOD, HTTPS_PROXY: "http://proxy:1", no_proxy: "localhost" }).proxy).toEqual({
      https: "http://proxy:1",
      http: undefined,
      except: "localhost",
    });
  });
});

describe("the log", () => {
  it("cuts secrets out of every line, wherever they stand", () => {
    const lines: string[] = [];
    const config = configFrom({ ...GOOD, REDIS_URL: "redis://user:hunter2hunter2@127.0.0.1:6379", LOG_LEVEL: "trace" });
    const log = createLogger(config, { write: (line) => void lines.push(line) });
    log.info({ url: "https://x?token=xoxb-1234567890", deep: { list: ["key-1234567890"] } }, "with xapp-1234567890");
    log.error({ err: new Error("connect redis://user:hunter2hunter2@127.0.0.1") });
    log.warn({ other: "xoxp-999999-888888" });
    const text = lines.join("");
    for (const secret of [...Object.values(GOOD), "hunter2hunter2", "xoxp-999999"]) expect(text).not.toContain(secret);
    expect(text).toContain("[secret]");
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  it("cuts the passwords out of the addresses of a cluster too", () => {
    const lines: string[] = [];
    const nodes = { REDIS_URL: "redis://:hunter2hunter2@a:1,redis://:hunter3hunter3@b:2", REDIS_CLUSTER: "true" };
    createLogger(configFrom({ ...GOOD, ...nodes }), { write: (line) => void lines.push(line) }).info(
      "redis://:hunter2hunter2@a:1 and hunter3hunter3",
    );
    expect(lines.join("")).not.toMatch(/hunter[23]/);
  });

  it("leaves a Redis address without a password readable", () => {
    const lines: string[] = [];
    const log = createLogger(configFrom({ ...GOOD, REDIS_URL: "redis://cache:6379" }), {
      write: (l) => void lines.push(l),
    });
    log.info("redis://cache:6379");
    expect(lines.join("")).toContain("redis://cache:6379");
  });
});
