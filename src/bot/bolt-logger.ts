import { type Logger, LogLevel } from "@slack/bolt";

/** The part of a pino logger that the bot uses. */
export interface BotLogger {
  child(bindings: Record<string, unknown>): BotLogger;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const SECRETS = [/\bx(?:ox[a-z]|app)-[\w.-]+/gi, /https:\/\/hooks\.slack\.com\/\S+/gi, /([?&]ticket=)[^&\s"]+/gi];

/**
 * Lets Slack's SDK write to our log. Its debug lines quote whole payloads, with tokens and with what people wrote, so
 * they are dropped; everything else is freed of secrets.
 */
export function boltLogger(log: BotLogger): Logger {
  return {
    debug: () => {},
    info: (...parts) => log.info({}, lineOf(parts)),
    warn: (...parts) => log.warn({}, lineOf(parts)),
    error: (...parts) => log.error({}, lineOf(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

/** An error as fields of a log line: enough to find it, nothing secret. The SDK's errors carry requests and headers. */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { error: withoutSecrets(String(error)) };
  const code = "code" in error ? { code: String(error.code) } : {};
  const cause = error.cause instanceof Error ? { cause: withoutSecrets(error.cause.message) } : {};
  return { error: withoutSecrets(error.message), name: error.name, ...code, ...cause, stack: stackOf(error) };
}

function lineOf(parts: readonly unknown[]): string {
  return withoutSecrets(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" "));
}

function stackOf(error: Error): string {
  return withoutSecrets(error.stack ?? "");
}

function withoutSecrets(text: string): string {
  return SECRETS.reduce((cleaned, secret) => cleaned.replace(secret, "[secret]"), text);
}
