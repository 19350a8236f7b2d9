import { type DestinationStream, type Logger, pino } from "pino";
import { type Config, redisNodesOf } from "./config.ts";

export type { Logger } from "pino";

/**
 * The service's logger: pino, JSON, one line an event. Secrets are cut out of every line as text, wherever a library
 * may have put them (an error's message, a URL, a header), which a list of paths to redact could not promise.
 */
export function createLogger(config: Pick<Config, "logLevel" | "secrets">, destination?: DestinationStream): Logger {
  const out = destination ?? pino.destination(1);
  const redact = secretRedactor(Object.values(config.secrets));
  return pino(
    { level: config.logLevel, base: { service: "findall-notifier" }, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => out.write(redact(line)) },
  );
}

/** Replaces every secret, and anything of the shape of a Slack token, by `[secret]`. */
export function secretRedactor(secrets: readonly (string | null)[]): (text: string) => string {
  const each = secrets.flatMap((secret) => (/^rediss?:/.test(secret ?? "") ? redisNodesOf(secret ?? "") : [secret]));
  const known = each.flatMap((secret) => (secret ? spellings(secret) : [])).filter((secret) => secret.length >= 6);
  return (text) => {
    let clean = text.replace(/\b(?:xox[a-z]|xapp)-[A-Za-z0-9-]{6,}/g, "[secret]");
    for (const secret of known) clean = clean.replaceAll(secret, "[secret]");
    return clean;
  };
}

/** A secret as it may stand in a JSON line: as it is, URL-encoded, or, for a URL, its password alone. */
function spellings(secret: string): string[] {
  const password = URL.canParse(secret) ? new URL(secret).password : "";
  const all = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  if (password) all.push(password, decodeURIComponent(password));
  // A Redis URL without a password is no secret, and hiding it would hide what the operator looks for.
  const isPlainRedisUrl = /^rediss?:/.test(secret) && !password;
  return isPlainRedisUrl ? [] : [...new Set(all)];
}
