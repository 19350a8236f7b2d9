import { redisNodesOf } from "../config.ts";
import { secretRedactor } from "../log.ts";
import { openNetwork } from "../network.ts";
import { type Asking, ask, type Reply } from "./ask.ts";
import { bounded } from "./bounded.ts";
import { clockFinding, clockSample } from "./clock.ts";
import { embeddedFindings } from "./embedded.ts";
import type { Finding } from "./finding.ts";
import { ok } from "./finding.ts";
import { httpModeFindings } from "./http-mode.ts";
import { lookAtPort } from "./listener.ts";
import { nodeFinding } from "./node-version.ts";
import { parallelFinding, parallelQuestion } from "./parallel.ts";
import { anyPortFinding, portFindings } from "./port.ts";
import { proxyFindings } from "./proxy.ts";
import { clusterFindings, redisFindings } from "./redis.ts";
import { lookAtCluster, lookAtRedis } from "./redis-look.ts";
import { type Report, reportOf } from "./report.ts";
import { sanityFindings } from "./sanity.ts";
import { type Environment, readSettings, type Settings } from "./settings.ts";
import { appTokenFinding, botTokenFindings } from "./slack-tokens.ts";

export interface Patient {
  readonly environment: Environment;
  /** As Node tells it of itself, such as `24.1.0`. */
  readonly nodeVersion: string;
  readonly now: () => number;
  /** The longest that one check may take. */
  readonly limitMs: number;
}

type Check = Promise<readonly Finding[]>;

/** Runs every check side by side, and tells them in the order of the report. */
export async function examine(patient: Patient): Promise<Report> {
  const { environment, limitMs } = patient;
  const settings = readSettings(environment);
  const { config, findings } = settings;
  const network = openNetwork(config);
  try {
    const asking: Asking = { fetch: network.fetch, now: patient.now, limitMs };
    const [auth, run] = [askAuth(settings, asking), askParallel(settings, asking)];
    const checks: Check[] = [
      bounded("bot token", limitMs, async () =>
        ofReply(await auth, (reply) => botTokenFindings(config.slack.apiUrl, reply)),
      ),
      bounded("entrance", limitMs, () => lookAtEntrance(settings, asking, auth)),
      bounded("port", limitMs, () => lookAtListener(settings, limitMs)),
      bounded("Redis", limitMs, () => lookAtStore(settings, limitMs)),
      bounded("Parallel", limitMs, async () =>
        ofReply(await run, (reply) => [parallelFinding(config.parallel.baseUrl, reply)]),
      ),
      bounded("clock", limitMs, async () => clockFindings(await auth, await run)),
      bounded("proxy", limitMs, () => proxyFindings(config, environment, settings.unusable, limitMs)),
    ];
    const looked = (await Promise.all(checks)).flat();
    const all = [...findings, nodeFinding(patient.nodeVersion), ...sanityFindings(config), ...looked];
    return reportOf(all, secretRedactor(secretsIn(environment)));
  } finally {
    await network.close();
  }
}

/** Asks Slack who the bot is; null without a token to ask with. */
async function askAuth({ config, unusable }: Settings, asking: Asking): Promise<Reply | null> {
  if (unusable.has("SLACK_BOT_TOKEN") || unusable.has("SLACK_API_URL")) return null;
  return askSlack(config.slack.apiUrl, "auth.test", config.secrets.slackBotToken, asking);
}

async function askParallel({ config, unusable }: Settings, asking: Asking): Promise<Reply | null> {
  if (unusable.has("PARALLEL_API_KEY") || unusable.has("PARALLEL_BASE_URL")) return null;
  return ask(asking, parallelQuestion(config.parallel.baseUrl, config.secrets.parallelApiKey));
}

function askSlack(apiUrl: string, method: string, token: string, asking: Asking): Promise<Reply> {
  return ask(asking, { method: "POST", url: `${apiUrl}${method}`, headers: { authorization: `Bearer ${token}` } });
}

function ofReply(reply: Reply | null, read: (reply: Reply) => readonly Finding[]): readonly Finding[] {
  return reply ? read(reply) : [];
}

async function lookAtEntrance({ config, unusable }: Settings, asking: Asking, auth: Promise<Reply | null>): Check {
  const { role, secrets, slack } = config;
  if (role === "worker")
    return [ok("commands", "none arrive at a worker: neither app-level token nor signing secret is needed")];
  if (unusable.has("SLACK_APP_TOKEN") || unusable.has("SLACK_API_URL")) return [];
  if (secrets.slackAppToken === null) return httpModeFindings(config);
  const reply = await askSlack(slack.apiUrl, "apps.connections.open", secrets.slackAppToken, asking);
  return [appTokenFinding(slack.apiUrl, reply, secrets.slackAppToken, await auth)];
}

async function lookAtListener({ config, unusable }: Settings, limitMs: number): Check {
  if (unusable.has("PORT")) return [];
  return config.port === 0 ? [anyPortFinding()] : portFindings(config.port, await lookAtPort(config.port, limitMs));
}

async function lookAtStore({ config, unusable }: Settings, limitMs: number): Check {
  if (unusable.has("REDIS_URL")) return [];
  const url = config.secrets.redisUrl;
  if (url === null) return embeddedFindings(config.redis, limitMs);
  if (!config.redis.isCluster) return redisFindings(url, await lookAtRedis(url, limitMs));
  const nodes = redisNodesOf(url);
  return clusterFindings(nodes, await lookAtCluster(nodes, limitMs));
}

function clockFindings(auth: Reply | null, run: Reply | null): readonly Finding[] {
  if (!auth && !run) return []; // nobody was asked, for want of settings
  const samples = [clockSample("Slack", auth), clockSample("Parallel", run)];
  return [clockFinding(samples.filter((sample) => sample !== null))];
}

/** As they stand in the environment, usable or not. */
function secretsIn(environment: Environment): readonly string[] {
  const names = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "PARALLEL_API_KEY", "REDIS_URL"];
  const values = names.map((name) => environment[name]?.trim() ?? "");
  const proxies = ["HTTPS_PROXY", "HTTP_PROXY"].flatMap((name) => [environment[name], environment[name.toLowerCase()]]);
  // Without a password there is nothing to hide in an address, and its host is what the report is about.
  return [...values, ...proxies.filter((proxy) => proxy?.includes("@")).map(String)].filter(Boolean);
}
