import type { FakePath } from "./faults.ts";

/** One request as it was answered. */
export interface FakeRequest {
  readonly path: FakePath | "unknown";
  readonly runId: string;
  /** ms since the epoch, by the fake's clock, when the request came */
  readonly at: number;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Body bytes as sent, compressed or not. */
  readonly bytes: number;
  /** Body bytes before compression. */
  readonly decoded: number;
}

export interface RequestFilter {
  readonly path?: FakeRequest["path"];
  readonly runId?: string;
}

export interface FakeStats {
  /** How many requests came. */
  requests(filter?: RequestFilter): number;
  /** Body bytes sent. */
  bytes(filter?: RequestFilter): number;
  /** The same before compression. */
  decoded(filter?: RequestFilter): number;
  /** When requests came; the last 10,000 of all. */
  times(filter?: RequestFilter): readonly number[];
  /** The next request that fits, once it is answered. */
  next(filter?: RequestFilter): Promise<FakeRequest>;
  reset(): void;
}

export interface StatsRecorder extends FakeStats {
  record(request: FakeRequest): void;
}

interface Sums {
  readonly requests: number;
  readonly bytes: number;
  readonly decoded: number;
}

const KEPT_REQUESTS = 10_000;

export function createStats(): StatsRecorder {
  const totals = new Map<string, { path: FakeRequest["path"]; runId: string } & Sums>();
  const recent: FakeRequest[] = [];
  const waiting: { readonly filter: RequestFilter; readonly resolve: (request: FakeRequest) => void }[] = [];
  const sum = (filter: RequestFilter, field: keyof Sums) =>
    [...totals.values()].filter((total) => fits(total, filter)).reduce((all, total) => all + total[field], 0);

  return {
    requests: (filter = {}) => sum(filter, "requests"),
    bytes: (filter = {}) => sum(filter, "bytes"),
    decoded: (filter = {}) => sum(filter, "decoded"),
    times: (filter = {}) => recent.filter((request) => fits(request, filter)).map(({ at }) => at),
    next: (filter = {}) => new Promise((resolve) => waiting.push({ filter, resolve })),
    reset: () => {
      totals.clear();
      recent.length = 0;
    },
    record(request) {
      const { path, runId } = request;
      const key = `${path} ${runId}`;
      const total = totals.get(key) ?? { path, runId, requests: 0, bytes: 0, decoded: 0 };
      totals.set(key, {
        ...total,
        requests: total.requests + 1,
        bytes: total.bytes + request.bytes,
        decoded: total.decoded + request.decoded,
      });
      recent.push(request);
      if (recent.length > KEPT_REQUESTS) recent.splice(0, recent.length - KEPT_REQUESTS);
      const satisfied = waiting.filter(({ filter }) => fits(request, filter));
      for (const waiter of satisfied) {
        waiting.splice(waiting.indexOf(waiter), 1);
        waiter.resolve(request);
      }
    },
  };
}

function fits(request: Pick<FakeRequest, "path" | "runId">, filter: RequestFilter): boolean {
  if (filter.path !== undefined && filter.path !== request.path) return false;
  return filter.runId === undefined || filter.runId === request.runId;
}
