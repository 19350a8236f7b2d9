/** One reading of a service's `/metrics`. */
export interface Scrape {
  /** The sum over all labels. */
  readonly total: (name: string) => number;
  /** Observations at or below each bound of a histogram's buckets, by bound; the last one is infinite. */
  readonly buckets: (name: string) => ReadonlyMap<number, number>;
}

/** Asks the service that listens on `port`. */
export async function scrapeAll(port: number | null): Promise<Scrape> {
  if (port === null) throw new Error("the service does not run");
  return readMetricsText(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
}

/** Reads Prometheus' text format. */
export function readMetricsText(text: string): Scrape {
  const samples = [...text.matchAll(/^(\w+)(?:\{([^}]*)\})? (\S+)$/gm)].map(([, name, labels = "", value]) => ({
    name,
    labels,
    value: Number(value),
  }));
  return {
    total: (name) => samples.filter((sample) => sample.name === name).reduce((sum, { value }) => sum + value, 0),
    buckets: (name) =>
      new Map(
        samples
          .filter((sample) => sample.name === `${name}_bucket`)
          .map(({ labels, value }) => [boundOf(labels), value] as const),
      ),
  };
}

/**
 * The bound below which the share `share` (0 to 1) of what was observed between two readings lies, drawn straight within
 * its bucket; infinite when it is beyond the last one.
 */
export function quantileBetween(before: Scrape, after: Scrape, name: string, share: number): number {
  const earlier = before.buckets(name);
  const rows = [...after.buckets(name)].map(([bound, value]) => [bound, value - (earlier.get(bound) ?? 0)] as const);
  const wanted = share * (rows.at(-1)?.[1] ?? 0);
  let [low, below] = [0, 0];
  for (const [bound, count] of rows) {
    if (count >= wanted) {
      if (!Number.isFinite(bound) || count === below) return bound;
      return low + ((bound - low) * (wanted - below)) / (count - below);
    }
    [low, below] = [bound, count];
  }
  return Number.NaN;
}

function boundOf(labels: string): number {
  const bound = /le="([^"]+)"/.exec(labels)?.[1] ?? "";
  return bound === "+Inf" ? Number.POSITIVE_INFINITY : Number(bound);
}
