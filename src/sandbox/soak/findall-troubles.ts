import type { FakePath, FaultKind } from "../fake-findall/faults.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import type { Chance } from "./chance.ts";
import type { Trouble } from "./trouble.ts";

const PATHS: readonly FakePath[] = ["run", "result", "result", "events", "schema"];

function callFaults(chance: Chance): Readonly<Record<string, FaultKind>> {
  return {
    "429 with Retry-After": { kind: "status", status: 429, retryAfter: String(chance.between(1, 5)) },
    "429 with nonsense": { kind: "status", status: 429, retryAfter: "later" },
    "429 without Retry-After": { kind: "status", status: 429 },
    "500": { kind: "status", status: 500 },
    "503": { kind: "status", status: 503, retryAfter: "1" },
    "connection reset": { kind: "reset" },
    "reset within the body": { kind: "reset_in_body" },
    "no answer": { kind: "hang" },
    "half an answer": { kind: "stall" },
    "broken JSON": { kind: "truncated" },
    "no JSON": { kind: "not_json" },
    "HTML for JSON": { kind: "html", status: 502 },
    "another shape": { kind: "body", body: { detail: [] } },
    slow: { kind: "delay", ms: chance.between(200, 2_000) },
    "30 s slow": { kind: "delay", ms: 30_000 },
  };
}

/** What only a stream of events can do. */
const OF_STREAMS: Readonly<Record<string, FaultKind>> = {
  "stream that fails in the middle": { kind: "error_event" },
  "stream with an event that is no JSON": { kind: "broken_event" },
  "stream that breaks off": { kind: "truncated" },
  "stream that stalls": { kind: "stall" },
  "silent stream": { kind: "silent" },
  "stream that tells everything twice": { kind: "events_twice" },
  "stream that begins again": { kind: "events_again" },
  "stream of no use": { kind: "status", status: 422 },
};

/** Seldom, since the answer is to wait for a minute; where they strike at once. */
const SELDOM: Readonly<Record<string, readonly [FaultKind, FakePath]>> = {
  "401": [{ kind: "status", status: 401 }, "run"],
  "too large": [{ kind: "oversized", bytes: 6_000_000 }, "result"],
};

/** Everything that may happen to Parallel. A 404 comes alone: three in a row end a watch, as they should. */
export function findallTroubles(findall: FakeFindAll, runIds: () => readonly string[]): readonly Trouble[] {
  const ofCalls = (
    name: string,
    weight: number,
    faultOf: (chance: Chance) => FaultKind | undefined,
    paths: readonly FakePath[] = PATHS,
  ): Trouble => ({
    name: `Parallel: ${name}`,
    weight,
    begin: (chance) => {
      const fault = faultOf(chance);
      if (!fault) throw new Error(`no fault ${name}`);
      const handle = findall.faults.add({ ...fault, path: chance.pick(paths), times: chance.between(1, 3) });
      return { lastsMs: chance.between(500, 4_000), end: () => handle.remove(), hits: () => handle.hits };
    },
  });
  const names = Object.keys(callFaults({ between: () => 0 } as unknown as Chance));
  return [
    ...names.map((name) => ofCalls(name, 2, (chance) => callFaults(chance)[name])),
    ...Object.entries(OF_STREAMS).map(([name, fault]) => ofCalls(name, 1, () => fault, ["events"])),
    ...Object.entries(SELDOM).map(([name, [fault, path]]) => ofCalls(name, 0.1, () => fault, [path])),
    {
      name: "Parallel: 404, once",
      weight: 1,
      begin: (chance) => {
        const ids = runIds();
        if (ids.length === 0) return { lastsMs: 0, end: () => {} };
        const fault = { kind: "status", status: 404, path: "run", runId: chance.pick(ids), times: 1 } as const;
        const handle = findall.faults.add(fault);
        return { lastsMs: 3_000, end: () => handle.remove(), hits: () => handle.hits };
      },
    },
  ];
}
