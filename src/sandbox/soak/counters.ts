/** What the soak has done and seen, by name. */
export interface Counters {
  readonly count: (name: string, by?: number) => void;
  readonly of: (name: string) => number;
  readonly rows: () => readonly (readonly [string, number])[];
  readonly total: () => number;
}

export function createCounters(): Counters {
  const counts = new Map<string, number>();
  return {
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    of: (name) => counts.get(name) ?? 0,
    rows: () => [...counts].sort(([one], [other]) => one.localeCompare(other)),
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}

/** `p50 1.20 s · p95 3.40 s · p99 5.60 s (n 78)` of times in ms. */
export function percentiles(times: readonly number[]): string {
  if (times.length === 0) return "nothing measured";
  const words = [50, 95, 99].map((percent) => `p${percent} ${(percentile(times, percent) / 1_000).toFixed(2)} s`);
  return `${words.join(" · ")} (n ${times.length})`;
}

export function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
