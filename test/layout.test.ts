import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";

/*
 * The shape of the source, read from the source: main → service → { bot, queue, http } → steps → { findall, store, slack,
 * export } → domain. A layer is a folder of src/, or a file that stands beside the folders. When a better cut shows itself, take it
 * and change these tables and CONTRIBUTING.md with it.
 */

/** Which layers a layer may import. What is missing here is forbidden, a new folder included. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  main: ["service", "config"],
  service: ["parts", "actions", "bot", "queue", "http", "steps", "store", "config", "log", "readiness"],
  // which step does what a person asks for
  actions: ["bot", "steps", "store"],
  // what the service is made of, opened before it knows whom it serves
  parts: ["findall", "store", "slack", "steps", "config", "log", "metrics", "network"],
  // bot says things with slack's renderers; what it wants done or known, the steps do
  bot: ["steps", "slack", "domain"],
  queue: ["steps", "domain", "log"],
  http: ["config", "readiness"],
  steps: ["findall", "store", "slack", "export", "domain", "log", "metrics"],
  findall: ["domain"],
  store: ["domain"],
  slack: ["domain"],
  export: ["domain"],
  domain: [],
  // shared, and small
  config: [],
  metrics: [],
  log: ["config"],
  network: ["config"],
  readiness: ["steps", "store"],
  // looks at a deployment from outside, before the service runs and beside it
  doctor: ["config", "network", "findall", "store", "slack", "domain", "log"],
  // the world around the product; it may look into all of it, and only tests look into it
  sandbox: ["service", "parts", "steps", "findall", "store", "slack", "domain", "config", "log"],
};

/** Shared modules are built by the service and handed down: whoever else names them names a type. */
const BUILT_BY_SERVICE = ["log", "metrics", "network", "readiness"];
const BUILDERS = ["service", "parts", "doctor", "sandbox"];

/** Where a package may be imported, "type" after a colon meaning types alone. A package that is not here is a new decision. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "@slack/bolt": ["bot", "sandbox"],
  "@slack/web-api": ["bot", "slack", "sandbox"],
  "@slack/types": ["bot", "slack", "sandbox"],
  bullmq: ["queue"],
  "csv-stringify": ["export"],
  dotenv: ["main", "doctor"],
  "eventsource-parser": ["findall"],
  "fastest-levenshtein": ["bot"],
  ioredis: ["store", "service:type", "parts:type", "queue:type", "readiness:type", "doctor:type"],
  "js-redis-server": ["store"],
  pino: ["log", "sandbox", "parts:type"],
  "prom-client": ["metrics", "http:type"],
  tldts: ["domain"],
  undici: ["findall", "network", "sandbox"],
  ws: ["sandbox"],
  zod: ["config", "findall"],
};

/** The edges of the process, and the one folder with a file that stands for all of it. */
const PROCESS_EDGES = [
  "main.ts",
  "doctor/bin.ts",
  "sandbox/bin.ts",
  "sandbox/bench/bin.ts",
  "sandbox/mortal.ts",
  "sandbox/soak/bin.ts",
];
const INDEXES = ["sandbox/fake-slack/index.ts"];
const LONGEST_FILE = 300;
const NAMELESS = /^(utils?|helpers?|misc|common|shared|lib)$/;

interface SourceFile {
  /** Inside src/, with forward slashes. */
  readonly name: string;
  readonly source: string;
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

const root = path.resolve(import.meta.dirname, "../src");
const files: readonly SourceFile[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name: name.replaceAll(path.sep, "/"), source: readFileSync(path.join(root, name), "utf8") }));

const IMPORTS = [
  /^(?:import|export)\s+(type\s+)?[\w$*{},\s]+?\sfrom\s+"([^"]+)"/gm,
  /^import\s+()"([^"]+)"/gm,
  /\bimport\(\s*()"([^"]+)"/g,
];

function importsOf({ name, source }: SourceFile): Import[] {
  return IMPORTS.flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, type, to = ""]) => ({
      from: name,
      to: to.startsWith(".") ? path.posix.join(path.posix.dirname(name), to) : to,
      isType: Boolean(type),
    })),
  );
}

const isOurs = (to: string) => to.endsWith(".ts");
const layerOf = (name: string) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : name.replace(/\.ts$/, ""));
const packageOf = (to: string) => to.split("/", to.startsWith("@") ? 2 : 1).join("/");
const show = ({ from, to, isType }: Import) => `${from} imports ${isType ? "the type of " : ""}${to}`;

const imports = (all: readonly SourceFile[]) => all.flatMap(importsOf);
const between = (all: readonly SourceFile[]) =>
  imports(all).filter(({ from, to }) => isOurs(to) && layerOf(from) !== layerOf(to));

type Rule = (all: readonly SourceFile[]) => readonly string[];

const pointsDown: Rule = (all) =>
  between(all)
    .filter(({ from, to }) => !LAYERS[layerOf(from)]?.includes(layerOf(to)))
    .map(show);

const sharedAsTypes: Rule = (all) =>
  between(all)
    .filter(
      ({ from, to, isType }) => !isType && BUILT_BY_SERVICE.includes(layerOf(to)) && !BUILDERS.includes(layerOf(from)),
    )
    .map(show);

/** A fake that shares code with the product shares its mistakes, and a test between the two proves nothing. Types have none. */
const fakesStandAlone: Rule = (all) =>
  imports(all)
    .filter(
      ({ from, to, isType }) => /^sandbox\/fake-/.test(from) && isOurs(to) && !isType && !to.startsWith("sandbox/"),
    )
    .map(show);

const packagesAtHome: Rule = (all) =>
  imports(all)
    .filter(({ to }) => !isOurs(to) && !to.startsWith("node:"))
    .filter(({ from, to, isType }) => {
      const homes = PACKAGES[packageOf(to)] ?? [];
      return !homes.includes(layerOf(from)) && !(isType && homes.includes(`${layerOf(from)}:type`));
    })
    .map(show);

/** Also what looks like an alias (`#log`, `@/log`) or leaves out the ending: it is neither a file nor a package we have. */
const plainPaths: Rule = (all) =>
  imports(all)
    .filter(
      ({ to }) =>
        !to.startsWith("node:") &&
        (builtinModules.includes(to) || /^[#~]|^@\//.test(to) || /^\w[\w/-]*\/[\w-]+$/.test(to)),
    )
    .filter(({ to }) => !(packageOf(to) in PACKAGES))
    .map(show);

const processAtTheEdges: Rule = (all) =>
  all
    .filter(({ name }) => !PROCESS_EDGES.includes(name))
    .filter(({ source }) => /\bprocess(\?\.|\.(?=\w)|\[)|[=(,]\s*process\b|"(node:)?process"/.test(source))
    .map(({ name }) => `${name} uses process`);

const noBarrels: Rule = (all) => [
  ...all
    .filter(({ name }) => name.endsWith("index.ts") && !INDEXES.includes(name))
    .map(({ name }) => `${name} is an index`),
  ...all.filter(({ source }) => /^export \*/m.test(source)).map(({ name }) => `${name} passes on all of another file`),
  ...all
    .filter(({ source }) => {
      const statements = source
        .replace(/\/\*[\s\S]*?\*\//g, "")
        .split(/;\s*$/m)
        .map((text) => text.trim())
        .filter(Boolean);
      return statements.length > 0 && statements.every((text) => /^export\s[^(=]*\sfrom\s+"[^"]+"$/.test(text));
    })
    .map(({ name }) => `${name} only passes others on`),
];

const namesThatSay: Rule = (all) =>
  all.flatMap(({ name }) =>
    name
      .replace(/\.ts$/, "")
      .split("/")
      .filter((part) => NAMELESS.test(part) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))
      .map((part) => `${name}: "${part}"`),
  );

const shortFiles: Rule = (all) =>
  all
    .map(({ name, source }) => ({ name, lines: source.replace(/\n$/, "").split("\n").length }))
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ name, lines }) => `${name} has ${lines} lines`);

/** Depth first; a type vanishes when the source is compiled and closes no circle. */
const noCycles: Rule = (all) => {
  const next = new Map<string, string[]>();
  for (const { from, to, isType } of imports(all))
    if (!isType && isOurs(to)) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (name: string, trail: readonly string[]) => {
    if (trail.includes(name)) found.push([...trail.slice(trail.indexOf(name)), name].join(" → "));
    if (trail.includes(name) || done.has(name)) return;
    for (const other of next.get(name) ?? []) walk(other, [...trail, name]);
    done.add(name);
  };
  for (const { name } of all) walk(name, []);
  return found;
};

interface RuleRow {
  readonly title: string;
  readonly rule: Rule;
  /** Source that breaks it: a rule that finds nothing here would find nothing anywhere. */
  readonly broken: Readonly<Record<string, string>>;
}

const RULES: readonly RuleRow[] = [
  {
    title: "imports point down only",
    rule: pointsDown,
    broken: {
      "slack/a.ts": 'import { b } from "../store/b.ts";',
      "domain/a.ts": 'import type { B } from "../steps/b.ts";',
      "new/a.ts": 'import "../domain/b.ts";',
    },
  },
  {
    title: "shared modules are handed down, not reached for",
    rule: sharedAsTypes,
    broken: { "steps/a.ts": 'import { createLogger } from "../log.ts";' },
  },
  {
    title: "the fakes know nothing of the product",
    rule: fakesStandAlone,
    broken: { "sandbox/fake-slack/a.ts": 'import { LIMITS } from "../../slack/limits.ts";' },
  },
  {
    title: "each package has its place",
    rule: packagesAtHome,
    broken: {
      "steps/a.ts": 'import {\n  Queue,\n} from "bullmq";',
      "service.ts": 'import { Redis } from "ioredis";',
      "bot/a.ts": 'const x = await import("left-pad");',
    },
  },
  {
    title: "paths are plain, and Node's own modules are named as such",
    rule: plainPaths,
    broken: {
      "bot/a.ts": 'import { readFile } from "fs";',
      "bot/b.ts": 'import { log } from "#log";',
      "bot/c.ts": 'import { a } from "src/log";',
    },
  },
  {
    title: "process is used at the edges alone",
    rule: processAtTheEdges,
    broken: {
      "steps/a.ts": "const key = process.env.KEY;",
      "bot/a.ts": "const { env } = process;",
      "bot/b.ts": 'import { exit } from "node:process";',
    },
  },
  {
    title: "no file stands in for others",
    rule: noBarrels,
    broken: {
      "slack/index.ts": "const a = 1;",
      "slack/all.ts": 'export * from "./a.ts";',
      "slack/some.ts": 'export { a } from "./a.ts";\nexport type { B } from "./b.ts";\n',
    },
  },
  {
    title: "names are kebab-case and say something",
    rule: namesThatSay,
    broken: { "slack/utils.ts": "", "helpers/a.ts": "", "bot/parseCommand.ts": "" },
  },
  {
    title: `no file is longer than ${LONGEST_FILE} lines`,
    rule: shortFiles,
    broken: { "bot/a.ts": "\n".repeat(LONGEST_FILE + 1) },
  },
  {
    title: "no file imports itself in a circle",
    rule: noCycles,
    broken: { "bot/a.ts": 'import { b } from "./b.ts";\nimport { a } from "./a.ts";' },
  },
];

describe("the source", () => {
  it("is read whole", () => {
    expect(files.length).toBeGreaterThan(100);
    const layers = new Set(files.map(({ name }) => layerOf(name)));
    expect([...layers].sort()).toEqual(Object.keys(LAYERS).sort());
    const written = files.flatMap(({ source }) => [...source.matchAll(/^(?:import|\} from) .*"/gm)]).length;
    expect(imports(files).length).toBeGreaterThanOrEqual(written);
    expect(imports(files)).toContainEqual({ from: "main.ts", to: "service.ts", isType: false });
  });

  it.each(RULES)("$title", ({ rule }) => {
    expect(rule(files)).toEqual([]);
  });

  it.each(RULES)("would be found out where not: $title", ({ rule, broken }) => {
    for (const [name, source] of Object.entries(broken)) expect(rule([{ name, source }]), name).not.toEqual([]);
  });

  it("shows a circle of several files from end to end", () => {
    const circle = { "bot/a.ts": "b", "bot/b.ts": "c", "bot/c.ts": "a" };
    const all = Object.entries(circle).map(([name, to]) => ({ name, source: `import { x } from "./${to}.ts";` }));
    expect(noCycles(all)).toEqual(["bot/a.ts → bot/b.ts → bot/c.ts → bot/a.ts"]);
  });
});
