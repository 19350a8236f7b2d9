import { toUSVString } from "node:util";
import type { Finding, Level } from "./finding.ts";

export interface Report {
  readonly status: Level;
  /** 1 when something failed; warnings are no failure. */
  readonly exitCode: 0 | 1;
  readonly checks: readonly Finding[];
}

const LONGEST_TEXT = 400;

/**
 * Puts the findings together.
 * @param redact cuts secrets out of a text, wherever an answer or an error may have brought them from
 */
export function reportOf(findings: readonly Finding[], redact: (text: string) => string): Report {
  const clean = (text: string) => onOneLine(redact(text));
  const checks = findings.map((finding) => ({
    level: finding.level,
    subject: finding.subject,
    text: clean(finding.text),
    mend: finding.mend === null ? null : clean(finding.mend),
  }));
  const has = (level: Level) => checks.some((check) => check.level === level);
  const status = has("fail") ? "fail" : has("warn") ? "warn" : "ok";
  return { status, exitCode: status === "fail" ? 1 : 0, checks };
}

/** The report for people: a line for each check, and below it what to do. */
export function textOf({ checks }: Report): string {
  const width = Math.max(...checks.map(({ subject }) => subject.length));
  const lines = checks.flatMap(({ level, subject, text, mend }) => [
    `${level.padEnd(4)}  ${subject.padEnd(width)}  ${text}`,
    ...(mend === null ? [] : [`${" ".repeat(width + 8)}→ ${mend}`]),
  ]);
  return `${lines.join("\n")}\n\n${summaryOf(checks)}\n`;
}

/** The same for machines. */
export function jsonOf(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function summaryOf(checks: readonly Finding[]): string {
  const count = (level: Level) => checks.filter((check) => check.level === level).length;
  const [warnings, failures] = [count("warn"), count("fail")];
  const unseen = count("info");
  const counts = [
    `${count("ok")} ok`,
    ...(unseen > 0 ? [`${unseen} not checked`] : []),
    `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    `${failures} failed`,
  ].join(", ");
  return `${counts}: ${failures > 0 ? "mend what failed, then run this again" : "nothing stands in the way"}.`;
}

/** Team names and error texts come from outside: nothing in them may move the cursor or fill the screen. */
function onOneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return toUSVString(line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line);
}
