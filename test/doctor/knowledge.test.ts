import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { SLACK_PATH } from "../../src/bot/http-entry.ts";
import { SLACK_EVENTS } from "../../src/doctor/http-mode.ts";
import { OLDEST_NODE } from "../../src/doctor/node-version.ts";
import { REDIS_VERSIONS } from "../../src/doctor/redis.ts";
import { USED_SCOPES } from "../../src/doctor/scopes.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("what the doctor knows", () => {
  it("is the manifest's scopes", () => {
    const { scopes } = parseYaml(read("manifest.yml")).oauth_config;
    expect(USED_SCOPES.map(({ scope }) => scope)).toEqual(scopes.bot);
  });

  it("is where Slack sends its requests", () => {
    expect(SLACK_EVENTS).toBe(SLACK_PATH);
  });

  it("is the Node that package.json asks for, and the Redis that BullMQ asks for", () => {
    expect(JSON.parse(read("package.json")).engines.node).toBe(`>=${OLDEST_NODE}`);
    const { RedisConnection } = createRequire(import.meta.url)("bullmq");
    expect(REDIS_VERSIONS).toEqual({
      refused: RedisConnection.minimumVersion,
      advised: RedisConnection.recommendedMinimumVersion,
    });
  });
});
