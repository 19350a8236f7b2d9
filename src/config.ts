import { z } from "zod";

/** A switch-like variable that is set but empty counts as not set: `.env` files are full of `NAME=`. */
const text = z.string().trim().min(1);
const optionalText = text.optional();

const url = (fallback: string) =>
  text
    .default(fallback)
    .refine(isHttpUrl, "must be an http(s) URL")
    .transform((value) => value.replace(/\/+$/, ""));

const integer = (fallback: number, min: number, max: number) =>
  text
    .default(String(fallback))
    .refine((value) => /^\d+$/.test(value), "must be a whole number")
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`);

/** What goes into a header: a key pasted with a stray character would look like an API that is away. */
const secret = text.refine(
  (value) => /^[\x21-\x7e]+$/.test(value),
  "must be plain letters, digits and signs, without blanks",
);

const prefixed = (prefix: string) => secret.refine((value) => value.startsWith(prefix), `must start with "${prefix}"`);

const schema = z.object({
  SLACK_BOT_TOKEN: prefixed("xoxb-"),
  SLACK_APP_TOKEN: prefixed("xapp-").optional(),
  SLACK_SIGNING_SECRET: optionalText,
  SLACK_API_URL: url("https://slack.com/api/"),
  SLACK_TIMEOUT_MS: integer(10_000, 100, 120_000),
  PARALLEL_API_KEY: secret,
  PARALLEL_BASE_URL: url("https://api.parallel.ai"),
  PARALLEL_TIMEOUT_MS: integer(30_000, 100, 600_000),
  MAX_RESULT_BYTES: integer(67_108_864, 1_024, 1_073_741_824),
  REDIS_URL: text
    .refine((value) => /^rediss?:\/\//.test(value), { error: "must start with redis:// or rediss://", abort: true })
    .refine(
      (value) => redisNodesOf(value).every(isRedisUrl),
      "must be a URL; write signs in the password as %XX (/ is %2F, # is %23)",
    )
    .optional(),
  REDIS_CLUSTER: z.enum(["true", "false"], "must be true or false").default("false"),
  DATA_DIR: text.default("./data"),
  PORT: integer(3000, 0, 65_535),
  ROLE: z.enum(["all", "bot", "worker"], "must be all, bot or worker").default("all"),
  POLL_MIN_MS: integer(5_000, 100, 600_000),
  POLL_MAX_MS: integer(30_000, 100, 3_600_000),
  RETENTION_DAYS: integer(30, 1, 3_650),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "must be a pino level")
    .default("info"),
});

/** Rules between variables, looked at beside the schema so that one start names every problem. */
function conflictsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  const problems: string[] = [];
  if (env.ROLE !== "worker" && !env.SLACK_APP_TOKEN && !env.SLACK_SIGNING_SECRET) {
    problems.push("SLACK_APP_TOKEN: set it for Socket Mode, or set SLACK_SIGNING_SECRET to receive events over HTTP");
  }
  if (Number(env.POLL_MAX_MS ?? 30_000) < Number(env.POLL_MIN_MS ?? 5_000)) {
    problems.push("POLL_MAX_MS: must not be smaller than POLL_MIN_MS");
  }
  if (env.ROLE && env.ROLE !== "all" && !env.REDIS_URL) {
    problems.push("REDIS_URL: is required when ROLE splits bot and worker");
  }
  const nodes = redisNodesOf(env.REDIS_URL ?? "");
  if (env.REDIS_CLUSTER === "true" && nodes.length === 0) {
    problems.push("REDIS_URL: is required with REDIS_CLUSTER=true; one or more addresses of the cluster, by commas");
  }
  if (env.REDIS_CLUSTER !== "true" && nodes.length > 1) {
    problems.push("REDIS_CLUSTER: must be true when REDIS_URL has several addresses");
  }
  return problems;
}

/** The service's settings, typed and complete. Tokens and keys live in `secrets` alone. */
export interface Config {
  readonly slack: { readonly apiUrl: string; readonly timeoutMs: number };
  readonly parallel: { readonly baseUrl: string; readonly timeoutMs: number; readonly maxResultBytes: number };
  /** For the embedded Redis: where it keeps its file, and where a server binary is looked for (`PATH`). */
  readonly redis: {
    readonly dataDir: string;
    readonly searchPath: string;
    /** `redisUrl` names nodes of a Redis Cluster; the others are found by asking them. */
    readonly isCluster: boolean;
  };
  /** From `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, also in small letters; null: no proxy. */
  readonly proxy: { readonly https?: string; readonly http?: string; readonly except?: string } | null;
  readonly port: number;
  readonly role: "all" | "bot" | "worker";
  readonly poll: { readonly minMs: number; readonly maxMs: number };
  readonly retentionMs: number;
  readonly logLevel: string;
  readonly secrets: {
    readonly slackBotToken: string;
    readonly slackAppToken: string | null;
    readonly slackSigningSecret: string | null;
    readonly parallelApiKey: string;
    /** May hold a password; of a cluster, several addresses separated by commas. Null: the embedded Redis. */
    readonly redisUrl: string | null;
  };
}

/** All problems of the environment at once; `message` is what the operator reads. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** One line each, `NAME: what is wrong`; none where the message alone tells. */
  readonly problems: readonly string[];

  constructor(message: string, options: ErrorOptions & { readonly problems?: readonly string[] } = {}) {
    super(message, options);
    this.problems = options.problems ?? [];
  }
}

/** Names of every variable the service reads. */
export const configVariables: readonly string[] = Object.keys(schema.shape);

/**
 * Turns environment variables into the service's settings.
 * @throws ConfigError naming every missing or wrong variable; values are never repeated, since they may be secrets
 */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const name of configVariables) {
    const value = environment[name]?.trim();
    if (value) given[name] = value;
  }
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given))),
    ...conflictsIn(given),
    ...proxyProblems(environment),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(report(problems), { problems });
  const env = parsed.data;
  return {
    slack: { apiUrl: `${env.SLACK_API_URL}/`, timeoutMs: env.SLACK_TIMEOUT_MS },
    parallel: {
      baseUrl: env.PARALLEL_BASE_URL,
      timeoutMs: env.PARALLEL_TIMEOUT_MS,
      maxResultBytes: env.MAX_RESULT_BYTES,
    },
    redis: {
      dataDir: env.DATA_DIR,
      searchPath: environment.PATH ?? "",
      isCluster: env.REDIS_CLUSTER === "true",
    },
    proxy: proxyFrom(environment),
    port: env.PORT,
    role: env.ROLE,
    poll: { minMs: env.POLL_MIN_MS, maxMs: env.POLL_MAX_MS },
    retentionMs: env.RETENTION_DAYS * 24 * 3_600_000,
    logLevel: env.LOG_LEVEL,
    secrets: {
      slackBotToken: env.SLACK_BOT_TOKEN,
      slackAppToken: env.SLACK_APP_TOKEN ?? null,
      slackSigningSecret: env.SLACK_SIGNING_SECRET ?? null,
      parallelApiKey: env.PARALLEL_API_KEY,
      redisUrl: env.REDIS_URL ?? null,
    },
  };
}

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0] ?? "environment");
  return `${name}: ${name in given ? issue.message : "is required"}`;
}

function report(problems: readonly string[]): string {
  const lines = problems.map((problem) => `  ${problem}`).join("\n");
  return `FindAll Notifier cannot start. Please mend these settings (README, "Configuration"):\n${lines}`;
}

function proxyProblems(environment: Readonly<Record<string, string | undefined>>): string[] {
  const proxy = proxyFrom(environment);
  const wrong = (value: string | undefined) => value !== undefined && !isHttpUrl(value);
  return [
    ...(wrong(proxy?.https) ? ["HTTPS_PROXY: must be an http(s) URL"] : []),
    ...(wrong(proxy?.http) ? ["HTTP_PROXY: must be an http(s) URL"] : []),
  ];
}

function proxyFrom(environment: Readonly<Record<string, string | undefined>>): Config["proxy"] {
  const read = (name: string) => environment[name] || environment[name.toLowerCase()] || undefined;
  const [https, http, except] = [read("HTTPS_PROXY"), read("HTTP_PROXY"), read("NO_PROXY")];
  return https || http ? { https, http, except } : null;
}

/** The addresses in a `REDIS_URL`; a comma inside a password separates nothing. */
export function redisNodesOf(value: string): string[] {
  return value.split(/\s*,\s*(?=rediss?:\/\/)/).filter(Boolean);
}

/** A host there must be: without one a password's sign has cut the address off. */
function isRedisUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { hostname, username, password } = new URL(value);
  return hostname !== "" && [username, password].every((part) => !/%(?![0-9a-f]{2})/i.test(part));
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
