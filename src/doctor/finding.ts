/**
 * `info`: cannot be seen from here, and nobody looked. `warn`: works, but somebody should look at it. `fail`: something
 * that is promised does not hold.
 */
export type Level = "ok" | "info" | "warn" | "fail";

/** One line of the report. Holds no secret, and of foreign text only what `report` makes harmless. */
export interface Finding {
  readonly level: Level;
  /** What was looked at, in one or two words. */
  readonly subject: string;
  readonly text: string;
  /** What to do, in one line; with `info`, how to look by hand. */
  readonly mend: string | null;
}

export function ok(subject: string, text: string): Finding {
  return { level: "ok", subject, text, mend: null };
}

export function info(subject: string, text: string, mend: string): Finding {
  return { level: "info", subject, text, mend };
}

export function warn(subject: string, text: string, mend: string): Finding {
  return { level: "warn", subject, text, mend };
}

export function fail(subject: string, text: string, mend: string): Finding {
  return { level: "fail", subject, text, mend };
}
