/** What only the service itself knows, read from its `/metrics`. */
export interface ServiceNumbers {
  /** Messages that wait in the lanes. */
  readonly laneDepth: number;
  /** Posts whose answer was lost, by how they were resolved. */
  readonly ambiguous: Readonly<Record<string, number>>;
  readonly rateLimited: number;
}

const WITHIN_MS = 1_000;

/** Asks the service; null while it does not answer. */
export async function scrape(port: number | null): Promise<ServiceNumbers | null> {
  if (port === null) return null;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(WITHIN_MS) });
    return answer.ok ? readMetrics(await answer.text()) : null;
  } catch {
    return null;
  }
}

/** Reads the few lines of a Prometheus text that the page shows. */
export function readMetrics(text: string): ServiceNumbers {
  const samples = [...text.matchAll(/^(\w+)(?:\{([^}]*)\})? ([\d.e+-]+)$/gm)];
  const of = (name: string) => samples.filter(([, sample]) => sample === name);
  const total = (name: string) => of(name).reduce((sum, [, , , value]) => sum + Number(value), 0);
  const ambiguous = of("findall_ambiguous_sends_total").map(
    ([, , labels = "", value]) => [/="([^"]*)"/.exec(labels)?.[1] ?? "", Number(value)] as const,
  );
  return {
    laneDepth: total("findall_lane_depth"),
    ambiguous: Object.fromEntries(ambiguous),
    rateLimited: total("findall_slack_rate_limited_total"),
  };
}
