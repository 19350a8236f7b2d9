import { type Finding, fail } from "./finding.ts";
import { obstacleOf } from "./reach.ts";

const SUBJECT = "Redis";

/** Error replies by their first word, which is their code (https://redis.io/docs/latest/develop/reference/protocol-spec, "Simple errors"). */
const REPLIES: Readonly<Record<string, readonly [text: string, mend: string]>> = {
  NOAUTH: ["it wants a password", "put it into REDIS_URL: redis://:password@host:6379"],
  WRONGPASS: ["it refuses the user or the password", "correct REDIS_URL; signs in the password are written as %XX"],
  NOPERM: [
    "its user lacks a permission",
    "let the user use all commands but the dangerous ones, and INFO, on the keys findall:* and {findall}:*",
  ],
  READONLY: ["it is a replica, which takes no writes", "let REDIS_URL name the primary"],
  MOVED: ["it is one node of a cluster, which takes only some keys", "set REDIS_CLUSTER=true"],
  OOM: ["its memory is full: it takes no writes", "raise maxmemory"],
  MISCONF: ["it cannot write its file, and takes no writes until it can", "look at its disk and its log"],
  LOADING: ["it is still reading its file", "run this again in a moment"],
  CLUSTERDOWN: ["its cluster is down", "look at its log"],
};

/** What an error of Redis, or of the way to it, means. Error texts can hold what was sent, and are not shown. */
export function redisErrorFinding(host: string, error: Error): Finding {
  const code = /^[A-Z]+(?= )/.exec(error.message)?.[0] ?? "";
  const reply = REPLIES[code];
  if (reply) return fail(SUBJECT, `${host}: ${reply[0]} (${code})`, reply[1]);
  if (error.message.startsWith("ERR DB index")) {
    return fail(
      SUBJECT,
      `${host} has no database of the number in REDIS_URL`,
      "take the number behind the last / away",
    );
  }
  if (error.message.includes("cluster support disabled")) {
    return fail(SUBJECT, `${host} is no cluster`, "take REDIS_CLUSTER=true away, or let REDIS_URL name the cluster");
  }
  if (code === "ERR")
    return fail(SUBJECT, `${host} refuses what the service needs`, "is it a Redis 6.2 or newer, or Valkey?");
  const { text, mend } = obstacleOf(error);
  return fail(
    SUBJECT,
    `${host} cannot be reached: ${text}`,
    `is it running, and is REDIS_URL right (redis:// without TLS, rediss:// with it)? ${mend}`,
  );
}
