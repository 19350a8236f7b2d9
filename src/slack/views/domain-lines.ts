import { domainToASCII, domainToUnicode } from "node:url";

/** The most characters that a field of a form takes; Slack refuses more. */
export const DOMAINS_LENGTH = 3_000;
const MORE = /^\s*… and (\d+) more$/m;

/** Domains as people write them, one a line; never cut inside a name. What does not fit is counted on a last line. */
export function domainLines(domains: readonly string[]): string {
  const written = domains.map(asWritten);
  if (fits(written)) return written.join("\n");
  const shown = written.map((_domain, index) => [...written.slice(0, index), moreLine(domains.length - index)]);
  return (shown.findLast(fits) ?? [moreLine(domains.length)]).join("\n");
}

/** Whether all of them can be shown, and so be changed again. */
export function domainsFit(domains: readonly string[]): boolean {
  return fits(domains.map(asWritten));
}

/** How many domains a text says that it leaves out; null when it holds them all. */
export function leftOutOf(text: string): number | null {
  const [, count] = MORE.exec(text) ?? [];
  return count === undefined ? null : Number(count);
}

function fits(lines: readonly string[]): boolean {
  return lines.join("\n").length <= DOMAINS_LENGTH;
}

function moreLine(count: number): string {
  return `… and ${count} more`;
}

/** `xn--bcher-kva.de` is `bücher.de`, where that is shorter and comes back as the same name. */
function asWritten(domain: string): string {
  const written = domainToUnicode(domain);
  return written !== "" && written.length < domain.length && domainToASCII(written) === domain ? written : domain;
}
