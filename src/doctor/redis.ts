import { type Finding, fail, ok, warn } from "./finding.ts";
import { redisErrorFinding } from "./redis-error.ts";
import type { ClusterLook, RedisFacts, RedisLook } from "./redis-look.ts";

const SUBJECT = "Redis";
const AOF = "CONFIG SET appendonly yes, and the same in redis.conf; of a managed Redis, in its console";
const SLOW_MS = 100;
/** A command for a person may take 1.5 s (`BOT_STORE_TIMEOUT_MS`), and some send several. */
const TOO_SLOW_MS = 500;

type Field = (name: string) => string;

/** What to say of a Redis: as in `/readyz`, what makes the service not ready has failed, what degrades it is a warning. */
export function redisFindings(url: string, look: RedisLook): readonly Finding[] {
  const { host } = new URL(url);
  if (look.kind === "trouble") return [redisErrorFinding(host, look.error)];
  const { facts } = look;
  if (fieldOf(facts, "cluster_enabled") === "1") {
    return [fail(SUBJECT, `${host} is one node of a cluster, which takes only some keys`, "set REDIS_CLUSTER=true")];
  }
  return findingsOf(host, facts);
}

/** What to say of a Redis Cluster: of each question the answer of the node that is worst off, with its name. */
export function clusterFindings(nodes: readonly string[], look: ClusterLook): readonly Finding[] {
  const hosts = nodes.map((node) => new URL(node).host).join(", ");
  if (look.kind === "trouble") return [redisErrorFinding(hosts, look.error)];
  const primaries = look.nodes.map(({ host, facts }) => ({ host, findings: findingsOf(host, facts) }));
  const questions = primaries[0]?.findings.map((_, question) => {
    const answers = primaries.flatMap(({ host, findings }) => {
      const answer = findings[question];
      return answer ? [{ host, answer }] : [];
    });
    const worst = LEVELS.map((level) => answers.find(({ answer }) => answer.level === level)).find(Boolean);
    if (!worst || worst.answer.text.startsWith(worst.host)) return worst?.answer;
    return { ...worst.answer, text: `${worst.host}: ${worst.answer.text}` };
  });
  const count = ok(SUBJECT, `a cluster of ${primaries.length} primaries; of each line, the one that is worst off:`);
  return [count, ...(questions ?? []).filter((finding) => finding !== undefined)];
}

const LEVELS = ["fail", "warn", "ok"] as const;

function findingsOf(host: string, facts: RedisFacts): readonly Finding[] {
  const field: Field = (name) => fieldOf(facts, name);
  return [
    facts.writeError ? redisErrorFinding(host, facts.writeError) : speedFinding(host, facts.roundTrips),
    versionFinding(field),
    policyFinding(field),
    persistenceFinding(field, facts),
    memoryFinding(field),
  ];
}

function fieldOf({ info }: RedisFacts, name: string): string {
  return new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
}

function speedFinding(host: string, roundTrips: readonly number[]): Finding {
  const [median = 0] = [...roundTrips].sort((a, b) => a - b).slice(Math.floor(roundTrips.length / 2));
  const text = `${host} answers in ${median < 10 ? median.toFixed(1) : Math.round(median)} ms; a key was written and read`;
  if (median <= SLOW_MS) return ok(SUBJECT, text);
  const mend = "run the service near its Redis: people wait for several of these";
  return median <= TOO_SLOW_MS ? warn(SUBJECT, text, mend) : fail(SUBJECT, text, mend);
}

/**
 * BullMQ 6 refuses a Redis below 5.0.0 and warns below 6.2.0, and asks no version of Valkey and Dragonfly
 * (bullmq 6.7.0, `RedisConnection.minimumVersion` and `recommendedMinimumVersion`; a test holds the numbers).
 */
export const REDIS_VERSIONS = { refused: "5.0.0", advised: "6.2.0" } as const;

function versionFinding(field: Field): Finding {
  if (field("valkey_version")) return ok(SUBJECT, `Valkey ${field("valkey_version")}`);
  if (field("dragonfly_version")) {
    return warn(
      SUBJECT,
      `Dragonfly ${field("dragonfly_version")}: the service was never tried on it`,
      "use Redis or Valkey",
    );
  }
  const version = field("redis_version");
  if (isOlder(version, REDIS_VERSIONS.refused)) {
    return fail(
      SUBJECT,
      `version ${version || "unknown"} is too old: BullMQ refuses it`,
      "install Redis 6.2 or newer, or Valkey",
    );
  }
  if (isOlder(version, REDIS_VERSIONS.advised)) {
    return warn(SUBJECT, `version ${version} is old`, "install Redis 6.2 or newer, or Valkey");
  }
  return ok(SUBJECT, `version ${version}`);
}

function isOlder(version: string, than: string): boolean {
  return (version || "0").localeCompare(than, "en", { numeric: true }) < 0;
}

function policyFinding(field: Field): Finding {
  const policy = field("maxmemory_policy") || "noeviction";
  if (policy === "noeviction") return ok(SUBJECT, "maxmemory-policy noeviction");
  const text = `maxmemory-policy ${policy}`;
  const mend = "CONFIG SET maxmemory-policy noeviction, and the same in redis.conf; of a managed Redis, in its console";
  return Number(field("maxmemory")) > 0
    ? fail(SUBJECT, `${text}: it throws watches away when its memory is full`, mend)
    : warn(SUBJECT, `${text}: it would throw watches away if it had a memory limit`, mend);
}

function persistenceFinding(field: Field, { save }: RedisFacts): Finding {
  const isAof = field("aof_enabled") === "1";
  const broken = isAof ? field("aof_last_write_status") : save ? field("rdb_last_bgsave_status") : "ok";
  if (broken === "err")
    return fail(SUBJECT, "it failed to write its file the last time", "look at its disk and its log");
  if (isAof) return ok(SUBJECT, "AOF on: a restart keeps everything");
  if (save === null) {
    return warn(
      SUBJECT,
      "AOF is off; whether it keeps anything is not to be seen (CONFIG is forbidden)",
      "switch AOF on in its provider's console",
    );
  }
  if (save) return warn(SUBJECT, `snapshots alone (save ${save}): a crash forgets what came after the last one`, AOF);
  return warn(SUBJECT, "keeps nothing on disk: its restart forgets all watches", AOF);
}

function memoryFinding(field: Field): Finding {
  const [used, limit] = [Number(field("used_memory")), Number(field("maxmemory"))];
  if (!(limit > 0)) return ok(SUBJECT, `${megabytes(used)} of memory used, no limit set`);
  const text = `${megabytes(used)} of ${megabytes(limit)} used (maxmemory)`;
  const mend = "raise maxmemory, or lower RETENTION_DAYS: when it is full, nothing can be saved any more";
  if (used >= 0.95 * limit) return fail(SUBJECT, `${text}: full`, mend);
  return used >= 0.8 * limit ? warn(SUBJECT, text, mend) : ok(SUBJECT, text);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(bytes < 104_857_600 ? 1 : 0)} MB`;
}
