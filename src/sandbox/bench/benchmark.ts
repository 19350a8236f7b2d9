/** What a figure must not go beyond. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** One number that a benchmark found. */
export interface Figure {
  /** What was counted or timed, such as "p99, 50 at once". */
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** Null: shown beside the others, promises nothing. */
  readonly bound: Bound | null;
}

export type Unit = "ms" | "s" | "MB" | "cores" | "times" | "%" | "per s" | "";

export interface Outcome {
  readonly figures: readonly Figure[];
  /** What a reader of the figures must know. */
  readonly notes?: readonly string[];
}

/** Where benchmarks find what they need. */
export interface Bench {
  /** `PATH`: where redis-server is looked for. */
  readonly searchPath: string;
  /** The binary of Node that runs this. */
  readonly node: string;
  /** For Node when it runs the service. */
  readonly nodeArgs: readonly string[];
  /** An empty folder, gone afterwards. */
  readonly newFolder: () => string;
  /** Called, each at most once, when the benchmark is broken off. */
  readonly closers: Set<() => Promise<void>>;
  /** One line about what goes on, for whoever waits. */
  readonly say: (line: string) => void;
}

/** One promise of the product and the way to measure it; none depends on another. */
export interface Benchmark {
  readonly name: string;
  /** The promise, as a person would say it. */
  readonly promise: string;
  /** About how long it takes, in seconds. */
  readonly takes: number;
  readonly run: (bench: Bench) => Promise<Outcome>;
}

export function figure(what: string, value: number, unit: Unit, bound: Bound | null = null): Figure {
  return { what, value, unit, bound };
}

export function isMet({ value, bound }: Figure): boolean {
  if (bound === null) return true;
  return "atMost" in bound ? value <= bound.atMost : value >= bound.atLeast;
}

/** The value that the share `share` (0 to 1) of all values does not exceed; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
