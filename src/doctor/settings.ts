import { type Config, ConfigError, configFrom, configVariables } from "../config.ts";
import { type Finding, fail, ok } from "./finding.ts";
import { mixupOf, sourceOf } from "./token-kinds.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The service's settings, as far as they can be used. */
export interface Settings {
  /** Complete also when settings are missing: what stands for those is never used. */
  readonly config: Config;
  /** Variables without a usable value; what needs one of them cannot be checked. */
  readonly unusable: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Where the word of the schema needs a hand. */
const MENDS: Readonly<Record<string, string>> = {
  REDIS_URL:
    "redis://user:password@host:6379, or rediss:// for TLS; signs in the password as %XX (README, Configuration)",
  REDIS_CLUSTER: "true for a Redis Cluster, whose nodes REDIS_URL names",
  ROLE: "all, unless bot and worker are scaled apart",
  PORT: "3000, unless something else is there",
  HTTPS_PROXY: "http://host:port, with http:// in front also when it is for https",
  HTTP_PROXY: "http://host:port, with http:// in front",
};

/** For what must be there to read the rest. */
const STAND_INS: Environment = { SLACK_BOT_TOKEN: "xoxb-none", SLACK_APP_TOKEN: "xapp-none", PARALLEL_API_KEY: "none" };
/** A conflict names one of two variables; only without both it is gone. */
const PARTNERS: Readonly<Record<string, readonly string[]>> = {
  REDIS_URL: ["ROLE", "REDIS_CLUSTER"],
  REDIS_CLUSTER: ["REDIS_URL"],
  POLL_MAX_MS: ["POLL_MIN_MS"],
  HTTPS_PROXY: ["https_proxy"],
  HTTP_PROXY: ["http_proxy"],
};

/** Reads the environment by the service's own schema, tells every problem at once, and goes on with what is usable. */
export function readSettings(environment: Environment): Settings {
  const problems = problemsOf(environment);
  const unusable = new Set(problems.map(nameOf));
  const mixups = configVariables.flatMap((name) => {
    const mixup = mixupOf(name, environment[name]?.trim() ?? "");
    return mixup ? [{ name, ...mixup }] : [];
  });
  for (const { name } of mixups) unusable.add(name);
  const mixedUp = new Set(mixups.map(({ name }) => name));
  const findings = [
    ...mixups.map(({ name, text, mend }) => fail("settings", `${name} ${text}`, mend)),
    // Of two lines about one variable the better one is enough.
    ...problems
      .filter((problem) => !mixedUp.has(nameOf(problem)))
      .map((problem) => fail("settings", problem, mendOf(nameOf(problem)))),
  ];
  const { config, without } = usablePart(environment, unusable);
  return {
    config,
    unusable: without,
    findings: findings.length > 0 ? findings : [ok("settings", summaryOf(environment, config))],
  };
}

function problemsOf(environment: Environment): readonly string[] {
  try {
    configFrom(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const nameOf = (problem: string) => problem.slice(0, problem.indexOf(":"));

function mendOf(name: string): string {
  return (
    MENDS[name] ?? sourceOf(name) ?? 'README, "Configuration", says what it may be; without it, the default is used'
  );
}

/** Takes away what is wrong until the rest can be read; a second round finds what only the first one made wrong. */
function usablePart(environment: Environment, unusable: ReadonlySet<string>) {
  const without = new Set(unusable);
  for (let round = 0; ; round++) {
    const rest: Record<string, string | undefined> = { ...environment };
    for (const name of without) {
      rest[name] = STAND_INS[name];
      for (const partner of PARTNERS[name] ?? []) delete rest[partner];
    }
    const problems = problemsOf(rest);
    if (problems.length === 0 || round > configVariables.length) return { config: configFrom(rest), without };
    for (const problem of problems) without.add(nameOf(problem));
  }
}

function summaryOf(environment: Environment, { role, secrets }: Config): string {
  const set = configVariables.filter((name) => environment[name]?.trim()).length;
  const how = role === "worker" ? "" : secrets.slackAppToken ? ", Socket Mode" : ", HTTP mode";
  return `all good; ${set} of ${configVariables.length} variables are set, the others have their defaults; role ${role}${how}`;
}
