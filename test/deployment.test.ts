import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { SLACK_PATH } from "../src/bot/http-entry.ts";
import { WATCH_STEP } from "../src/bot/workflow/register.ts";
import { configFrom, configVariables } from "../src/config.ts";
import { STEP_OUTPUTS } from "../src/sandbox/fake-slack/people/workflow.ts";
import { MANIFEST_SCOPES } from "../src/sandbox/fake-slack/world.ts";
import { MEMORY_BOUNDS } from "../src/sandbox/own-service.ts";
import { SHORTCUTS } from "../src/slack/controls.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const readJson = (file: string) => JSON.parse(read(file));
const pkg = readJson("package.json");

/** The contract with operators: name → default, null for what must be given or has none. */
const VARIABLES: Readonly<Record<string, string | null>> = {
  SLACK_BOT_TOKEN: null,
  SLACK_APP_TOKEN: null,
  SLACK_SIGNING_SECRET: null,
  SLACK_API_URL: "https://slack.com/api/",
  SLACK_TIMEOUT_MS: "10000",
  PARALLEL_API_KEY: null,
  PARALLEL_BASE_URL: "https://api.parallel.ai",
  PARALLEL_TIMEOUT_MS: "30000",
  MAX_RESULT_BYTES: "67108864",
  REDIS_URL: null,
  REDIS_CLUSTER: "false",
  DATA_DIR: "./data",
  PORT: "3000",
  ROLE: "all",
  POLL_MIN_MS: "5000",
  POLL_MAX_MS: "30000",
  RETENTION_DAYS: "30",
  LOG_LEVEL: "info",
};

/** Every scope of the app and the call that needs it; a scope without a line here is one too many. */
const SCOPES: Readonly<Record<string, string>> = {
  commands: "/findall",
  "chat:write": "chat.postMessage, chat.update, chat.postEphemeral, direct messages to a requester",
  "files:write": "files.getUploadURLExternal and .completeUploadExternal: the export in the thread",
  "channels:history": "conversations.history and .replies: finding an unanswered send in public channels",
  "groups:history": "the same in private channels",
  "im:history": "the same in direct messages",
  "mpim:history": "the same in group direct messages",
  "channels:read": "conversations.info, .members, users.conversations, and member_joined_channel in public channels",
  "groups:read": "the same for private channels",
  "im:read": "conversations.info, .members and users.conversations for direct messages",
  "mpim:read": "the same for group direct messages",
};

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

function dockerfile(): Instruction[] {
  const lines = read("Dockerfile")
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ");
  return [...lines.matchAll(/^([A-Z]+)\s+(.+)$/gm)].map(([, name = "", rest = ""]) => ({ name, rest: rest.trim() }));
}

const instructions = (name: string) =>
  dockerfile()
    .filter((one) => one.name === name)
    .map((one) => one.rest);
const last = (name: string) => instructions(name).at(-1) ?? "";

describe("the image", () => {
  it("copies files that exist and that .dockerignore lets through", () => {
    const ignore = read(".dockerignore")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"));
    expect(ignore[0]).toBe("*");
    const sources = instructions("COPY")
      .filter((rest) => !rest.startsWith("--from"))
      .flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    expect(sources).toContain("src");
    for (const source of sources) {
      expect(existsSync(path.join(root, source)), source).toBe(true);
      expect(ignore).toContain(`!${source}`);
    }
  });

  it("builds with scripts that exist and starts what the build makes", () => {
    const steps = instructions("RUN").join(" && ");
    for (const [, script = ""] of steps.matchAll(/npm run (\S+)/g)) expect(pkg.scripts).toHaveProperty(script);
    expect(steps).toContain("npm ci");
    expect(steps).toContain("npm prune --omit=dev");
    expect(JSON.parse(last("CMD"))).toEqual(["node", "dist/main.js"]);
    expect(existsSync(path.join(root, "src/main.ts"))).toBe(true);
    expect(readJson("tsconfig.build.json").compilerOptions).toMatchObject({ rootDir: "src", outDir: "dist" });
    expect(instructions("COPY").some((rest) => rest.startsWith("--from=build /app/dist"))).toBe(true);
  });

  it("needs no package at run time that is only there for development", () => {
    expect(pkg.dependencies).toHaveProperty("dotenv");
    expect(pkg.dependencies).not.toHaveProperty("typescript");
    expect(pkg.scripts).not.toHaveProperty("prepare"); // would run in `npm ci`, before the sources are there
    expect(pkg.scripts).not.toHaveProperty("postinstall");
  });

  it("runs on an even, current Node, not as root, and stops by the signal that main.ts obeys", () => {
    const major = Number(/NODE_VERSION=(\d+)$/.exec(last("ARG"))?.[1]);
    expect(major % 2).toBe(0);
    expect(major).toBeGreaterThanOrEqual(22);
    expect(instructions("FROM")).toHaveLength(2);
    expect(last("USER")).toBe("node");
    expect(last("STOPSIGNAL")).toBe("SIGTERM");
    expect(read("src/main.ts")).toContain("SIGTERM");
  });

  it("listens where it says, and is asked for its health there", () => {
    const env = last("ENV");
    const port = /PORT=(\d+)/.exec(env)?.[1];
    expect(port).toBe(VARIABLES.PORT);
    expect(last("EXPOSE")).toBe(port);
    expect(last("HEALTHCHECK")).toContain("process.env.PORT}/livez");
    expect(read("src/http.ts")).toContain('"/livez"');
  });

  it("has the bounds on memory that `npm start` has, and that the benchmarks are run with", () => {
    expect(instructions("ENV").join(" ")).toContain(`NODE_OPTIONS="${MEMORY_BOUNDS.join(" ")}"`);
    // What somebody gives themselves comes last, and counts.
    expect(pkg.scripts.start).toContain(`NODE_OPTIONS="${MEMORY_BOUNDS.join(" ")} $NODE_OPTIONS" exec node`);
  });

  it("lets its user write where the embedded Redis keeps its files", () => {
    const directory = /DATA_DIR=(\S+)/.exec(last("ENV"))?.[1];
    expect(instructions("RUN").join("\n")).toContain(`chown node:node ${directory}`);
  });
});

describe("compose.yaml", () => {
  const { services, volumes } = parseYaml(read("compose.yaml"));

  it("starts the service after a Redis that keeps and never evicts", () => {
    const command: string[] = services.redis.command;
    const option = (name: string) => command[command.indexOf(name) + 1];
    expect(option("--appendonly")).toBe("yes");
    expect(option("--maxmemory-policy")).toBe("noeviction");
    expect(services.redis.image).toMatch(/^redis:[78]/);
    const [volume, mount] = services.redis.volumes[0].split(":");
    expect(volumes).toHaveProperty(volume);
    expect(mount).toBe("/data");
    expect(services.notifier.depends_on.redis.condition).toBe("service_healthy");
    expect(services.redis.healthcheck.test).toContain("redis-cli");
  });

  it("gives the service its settings, its Redis and the time to stop", () => {
    const { notifier } = services;
    expect(notifier.env_file).toBe(".env");
    expect(read(".gitignore")).toContain(".env");
    expect(new URL(notifier.environment.REDIS_URL).hostname).toBe("redis");
    expect(Number.parseInt(notifier.stop_grace_period, 10)).toBeGreaterThan(10);
    expect(notifier.ports[0]).toBe(`127.0.0.1:${notifier.environment.PORT}:${notifier.environment.PORT}`);
    for (const name of Object.keys(notifier.environment)) expect(configVariables).toContain(name);
  });
});

describe("the settings", () => {
  const lines = read(".env.example").split("\n");
  const settings = lines.flatMap((line) => {
    const [, comment, name, value] = /^(# )?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name ? [{ name, value: value ?? "", isComment: comment !== undefined }] : [];
  });

  it("are the ones of the contract, in the code as in .env.example", () => {
    expect([...configVariables].sort()).toEqual(Object.keys(VARIABLES).sort());
    expect(settings.map(({ name }) => name).sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it("have the defaults that .env.example shows", () => {
    for (const { name, value } of settings) {
      const expected = VARIABLES[name];
      if (expected) expect(value, name).toBe(expected);
    }
    const shown = Object.fromEntries(
      settings.filter(({ name }) => VARIABLES[name]).map(({ name, value }) => [name, value]),
    );
    const required = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", PARALLEL_API_KEY: "key" };
    expect(configFrom({ ...required, ...shown })).toEqual(configFrom(required));
  });

  it("each have a comment, and what must be given is not commented out", () => {
    const given = settings.filter(({ isComment }) => !isComment).map(({ name }) => name);
    expect(given).toEqual(["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PARALLEL_API_KEY"]);
    lines.forEach((line, at) => {
      const isSetting = /^(# )?[A-Z][A-Z_]+=/.test(line);
      if (isSetting) expect(lines[at - 1], line).toMatch(/^# \S/);
    });
  });
});

describe("manifest.yml", () => {
  const text = read("manifest.yml");
  const manifest = parseYaml(text);
  const command = manifest.features.slash_commands[0];

  it("stays within Slack's limits", () => {
    expect(manifest._metadata.major_version).toBe(2);
    const { name, description, background_color: color } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(color).toMatch(/^#[0-9a-f]{6}$/);
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    expect(command.command).toMatch(/^\/[a-z]{1,31}$/);
    expect(command.description.length).toBeLessThanOrEqual(2_000);
    expect(command.usage_hint.length).toBeLessThanOrEqual(1_000);
  });

  it("asks for exactly the scopes that are used, the ones that the fake Slack grants", () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(SCOPES));
    expect([...MANIFEST_SCOPES].sort()).toEqual(Object.keys(SCOPES).sort());
  });

  it("subscribes to what the bot listens to, with the scopes that this takes", () => {
    const events: string[] = manifest.settings.event_subscriptions.bot_events;
    const sources = readdirSync(path.join(root, "src/bot"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => read(path.join("src/bot", name)));
    const listened = sources.flatMap((source) => [
      ...[...source.matchAll(/app\.event\("(\w+)"/g)].map(([, event]) => (event === "message" ? "message.im" : event)),
      ...(source.includes("app.function(") ? ["function_executed"] : []),
    ]);
    expect([...events].sort()).toEqual([...new Set(listened)].sort());
    for (const scope of ["channels:read", "im:history"]) expect(SCOPES).toHaveProperty(scope);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  it("offers workflows the step that the bot does, as Slack asks of an app with steps", () => {
    expect(Object.keys(manifest.functions)).toEqual([WATCH_STEP]);
    const { input_parameters: inputs, output_parameters: outputs } = manifest.functions[WATCH_STEP];
    const typesOf = ({ properties }: { properties: Record<string, { type: string }> }) =>
      Object.fromEntries(Object.entries(properties).map(([name, { type }]) => [name, type]));
    expect(typesOf(inputs)).toEqual({
      run_id: "string",
      channel: "slack#/types/channel_id",
      requester: "slack#/types/user_id",
    });
    expect(inputs.required).toEqual(["run_id", "channel"]);
    expect(typesOf(outputs)).toEqual(STEP_OUTPUTS);
    expect(manifest.settings.org_deploy_enabled).toBe(true);
  });

  it("offers the shortcuts that the bot answers, within Slack's limits", () => {
    const { shortcuts } = manifest.features;
    expect(shortcuts.map((each: { callback_id: string; type: string }) => [each.callback_id, each.type])).toEqual([
      [SHORTCUTS.watchMessage, "message"],
      [SHORTCUTS.watch, "global"],
    ]);
    for (const { name, description } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it("shows the Home tab, and lets people write in the Messages tab", () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it("names in its hint every command that help explains", () => {
    for (const word of ["list", "status", "stop", "pause", "resume", "mute", "settings", "help"])
      expect(command.usage_hint).toContain(word);
  });

  it("uses Socket Mode as it stands, and HTTP at the right address with its commented lines", () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(command).not.toHaveProperty("url");
    const http = parseYaml(text.replace(/# ((?:request_)?url: )/g, "$1"));
    const urls = [
      http.features.slash_commands[0].url,
      http.settings.event_subscriptions.request_url,
      http.settings.interactivity.request_url,
    ];
    expect(urls).toEqual(Array(3).fill(`https://HOST${SLACK_PATH}`));
  });
});
