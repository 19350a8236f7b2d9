import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseCommand } from "../src/bot/parse-command.ts";
import { ConfigError, configFrom, configVariables } from "../src/config.ts";
import { createMetrics } from "../src/metrics.ts";
import { CHANNELS, PEOPLE } from "../src/sandbox/fake-slack/world.ts";
import { listStories } from "../src/sandbox/stories/player.ts";

/* What the documents say, held against what there is. */

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const pkg = JSON.parse(read("package.json"));
const readme = read("README.md");
const operations = read("docs/operations.md");

const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll(path.sep, "/")}`),
];

/** The cells of the rows whose first cell is code, of the tables under a heading. */
function rowsUnder(text: string, heading: string): string[][] {
  const [, section = ""] = new RegExp(`^## ${heading}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "m").exec(text) ?? [];
  return [...section.matchAll(/^\| (`.*) \|$/gm)].map(([, row = ""]) => row.split(" | "));
}

const codeIn = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

/** As GitHub makes them. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("a link", () => {
  it.each(DOCUMENTS)("in %s leads somewhere", (document) => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    for (const link of links.filter((each) => !/^https:\/\//.test(each))) {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? document : path.posix.join(path.posix.dirname(document), file);
      expect(existsSync(path.join(root, target)), `${document}: ${link}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(target)), `${document}: ${link}`).toContain(anchor);
    }
  });

  it("is there for every document, so that it can be found from the README", () => {
    const linked = readme + DOCUMENTS.map(read).join("\n");
    for (const document of DOCUMENTS.filter((each) => each.startsWith("docs/"))) {
      const isLinked = linked.includes(`${path.basename(document)})`) || linked.includes("](docs/decisions)");
      expect(isLinked, document).toBe(true);
    }
  });
});

describe("a picture", () => {
  const pictures = readdirSync(path.join(root, "docs", "pictures")).sort();

  it("is in the README, small, and one that npm run screenshots makes", () => {
    const script = read("scripts/screenshots.mjs");
    const shown = new Set([...readme.matchAll(/\(docs\/pictures\/([\w-]+\.png)\)/g)].map(([, name]) => name));
    expect(pictures).toEqual([...shown].sort());
    for (const name of pictures) {
      expect(script).toContain(`"${name.replace(".png", "")}"`);
      expect(statSync(path.join(root, "docs", "pictures", name)).size, name).toBeLessThan(150_000);
    }
  });
});

describe("a command line", () => {
  it.each([...DOCUMENTS, ".ci/run", "compose.yaml"])("in %s runs a script that exists", (document) => {
    const scripts = [...read(document).matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script);
    for (const script of scripts) expect(pkg.scripts, `${document}: npm run ${script}`).toHaveProperty(String(script));
  });

  it("for the tests is the one that .ci/run runs, beside the others that the README names", () => {
    expect(readme).toContain("`npm ci && npm test`");
    const lines = read(".ci/run").split("\n");
    for (const command of ["npm ci", "npm test", "npm run check", "npm run sandbox -- --once"]) {
      expect(readme).toContain(command);
      expect(lines.some((line) => line === command || line.startsWith(`${command} -- --reporter`))).toBe(true);
    }
  });

  it("of the sandbox names stories, people and channels that exist", () => {
    const stories = listStories().map(({ id }) => id);
    for (const [id] of readme.matchAll(/\brun_[a-z_]+/g)) expect(stories).toContain(id);
    expect(readme.toLowerCase()).toContain(Object.keys(PEOPLE)[0]);
    for (const [, channel = ""] of readme.matchAll(/#([a-z]+)(?= ·| ›|\. This)/g))
      expect(CHANNELS).toHaveProperty(channel);
  });

  it("of the sandbox takes every option that it has, and no other", () => {
    const optionsIn = (text: string) => [
      ...new Set([...text.matchAll(/(?<=[\s`[])--[a-z]+/g)].map(([option]) => option)),
    ];
    const [, usage = ""] = /const USAGE = `([^`]+)`/.exec(read("src/sandbox/bin.ts")) ?? [];
    const [, section = ""] = /^## Try it$([\s\S]*?)^## /m.exec(readme) ?? [];
    expect(optionsIn(section).sort()).toEqual(optionsIn(usage).sort());
  });

  it("of Node asks for the version that package.json asks for", () => {
    const [, version] = /Node (\d+\.\d+) or newer/.exec(readme) ?? [];
    expect(pkg.engines.node).toBe(`>=${version}`);
  });
});

describe("a command for people", () => {
  it.each(rowsUnder(readme, "Commands").map(([cell = ""]) => codeIn(cell)[0] ?? ""))("%s is understood", (command) => {
    const kind = parseCommand(command.replace("<run id>", "findall_1")).kind;
    const [, word = ""] = command.split(" ");
    expect(kind).toBe(word.startsWith("<") ? "watch" : word);
  });

  it("is in the manifest's hint exactly when it has a row", () => {
    const hint: string = parseYaml(read("manifest.yml")).features.slash_commands[0].usage_hint;
    const firstWord = (usage: string) => usage.split(" ")[0];
    const rows = rowsUnder(readme, "Commands").map(([cell]) =>
      firstWord(codeIn(cell)[0]?.replace("/findall ", "") ?? ""),
    );
    expect(hint.split(" | ").map(firstWord).sort()).toEqual(rows.sort());
  });
});

describe("the configuration table", () => {
  const rows = rowsUnder(readme, "Configuration").map(([name, value = ""]) => ({
    name: codeIn(name)[0] ?? "",
    value: codeIn(value)[0] ?? null,
    isRequired: value === "required",
  }));
  const REQUIRED = { SLACK_BOT_TOKEN: "xoxb-1", PARALLEL_API_KEY: "key", SLACK_APP_TOKEN: "xapp-1" };
  const defaults = Object.fromEntries(rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));

  it("has a row for every variable and for nothing else", () => {
    expect(rows.map(({ name }) => name)).toEqual(configVariables);
  });

  it("shows the defaults", () => {
    expect(configFrom({ ...REQUIRED, ...defaults })).toEqual(configFrom(REQUIRED));
    const without = rows.filter(({ value, isRequired }) => value === null && !isRequired).map(({ name }) => name);
    expect(without).toEqual(["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "REDIS_URL"]);
    const { slackSigningSecret, redisUrl } = configFrom(REQUIRED).secrets;
    expect([slackSigningSecret, redisUrl]).toEqual([null, null]);
  });

  it.each(Object.keys(defaults))("shows a default of %s that makes a difference", (name) => {
    const other = {
      SLACK_API_URL: "https://a.test",
      PARALLEL_BASE_URL: "https://a.test",
      DATA_DIR: "a",
      ROLE: "bot",
      REDIS_CLUSTER: "true",
      LOG_LEVEL: "warn",
    };
    const value = other[name as keyof typeof other] ?? String(Number(defaults[name]) + 1);
    const redis = { REDIS_URL: "redis://a" };
    expect(configFrom({ ...REQUIRED, ...redis, [name]: value })).not.toEqual(configFrom({ ...REQUIRED, ...redis }));
  });

  it("says what is required", () => {
    const required = rows.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    const problems = () => configFrom({ SLACK_SIGNING_SECRET: "secret" });
    expect(problems).toThrow(ConfigError);
    for (const name of required) expect(problems).toThrow(`${name}: is required`);
    expect(() => configFrom({ ...REQUIRED, SLACK_APP_TOKEN: "" })).toThrow("SLACK_SIGNING_SECRET");
    expect(() => configFrom({ ...REQUIRED, ROLE: "worker" })).toThrow("REDIS_URL");
  });
});

describe("docs/operations.md", () => {
  it("lists the scopes of the manifest", () => {
    const scopes = rowsUnder(operations, "Slack").map(([scope]) => codeIn(scope)[0]);
    expect(scopes).toEqual(parseYaml(read("manifest.yml")).oauth_config.scopes.bot);
  });

  it("lists the metrics with their labels", async () => {
    const metrics = await createMetrics().registry.getMetricsAsJSON();
    const ours = metrics.map(({ name }) => name).filter((name) => name.startsWith("findall_"));
    const rows = rowsUnder(operations, "Metrics");
    expect(rows.map(([name]) => codeIn(name)[0])).toEqual(ours);
    const source = read("src/metrics.ts");
    for (const [name, labels] of rows) {
      const [definition = ""] = new RegExp(`name: "${codeIn(name)[0]}"[^}]*`).exec(source) ?? [];
      const [, names = ""] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
      expect(codeIn(labels), name).toEqual([...names.matchAll(/"(\w+)"/g)].map(([, label]) => label));
    }
  });

  it("lists the checks of /readyz", () => {
    const checks = rowsUnder(operations, "Health").map(([name]) => codeIn(name)[0]);
    const [, inCode = ""] = /const checks = \{([^}]+)\}/.exec(read("src/readiness.ts")) ?? [];
    expect(checks).toEqual([...inCode.matchAll(/(\w+)(?=[,:] |,| $|$)/g)].map(([, name]) => name));
  });

  it("alarms on metrics that exist", async () => {
    const names = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
    for (const [metric] of operations.matchAll(/\bfindall_[a-z_]+/g)) expect(names).toContain(metric);
  });
});

describe("docs/failures.md", () => {
  const text = read("docs/failures.md");
  const claims = [...text.matchAll(/“([^”]+)”((?: and “[^”]+”)*) in \[[^\]]+\]\(\.\.\/([^)]+)\)/g)].flatMap(
    ([, first = "", more = "", file = ""]) =>
      [first, ...[...more.matchAll(/“([^”]+)”/g)].map(([, title = ""]) => title)].map((title) => ({ title, file })),
  );

  it("names a test in every line of its tables", () => {
    const lines = text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| when |"));
    expect(lines.length).toBeGreaterThan(30);
    for (const line of lines) expect(line).toMatch(/ \| “[^”]+”.* in \[[^\]]+\]\(\.\.\/test\/[^)]+\.test\.ts\) \|$/);
    expect(claims.length).toBeGreaterThanOrEqual(lines.length);
  });

  it.each(claims)("names a test that exists: $title", ({ title, file }) => {
    const titles = [
      ...read(file).matchAll(/^\s*(?:it|test)(?:\.concurrent)?(?:\.each\([\s\S]*?\))?\(\s*"([^"]+)"/gm),
    ].map(([, each]) => each);
    expect(titles).toContain(title);
  });
});

describe("docs/decisions/dependencies.md", () => {
  it("has a line for every dependency and for nothing else", () => {
    const listed = [...read("docs/decisions/dependencies.md").matchAll(/^\| (`.+?) \| /gm)].flatMap(([, cell]) =>
      codeIn(cell),
    );
    const installed = Object.keys({ ...pkg.dependencies, ...pkg.devDependencies });
    expect(listed.sort()).toEqual(installed.sort());
  });
});
