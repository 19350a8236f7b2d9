import { createHash } from "node:crypto";
import type { WireCandidate, WireEvent, WireOutputField, WireSchema } from "../../findall/wire.ts";

/** A kept event: one that a stream can be taken up after. */
export interface FakeEvent extends WireEvent {
  readonly event_id: string;
}

interface Rows {
  readonly rows: readonly WireCandidate[];
  readonly spec: WireSchema;
}

export interface EventLog {
  /** Writes down what happened between two states of a run. */
  note(before: Rows, after: Rows): void;
  after(id: string | null): readonly FakeEvent[] | null;
  readonly lastId: string | null;
}

/** The events of one run (findall-api, "Event stream"). Ids are opaque: a later one may well be the smaller. */
export function createEventLog(runId: string, now: () => number): EventLog {
  const events: FakeEvent[] = [];
  const places = new Map<string, number>();
  const add = (type: string, data: unknown) => {
    const event_id = createHash("sha256").update(`${runId}/event/${events.length}`).digest("hex").slice(0, 13);
    places.set(event_id, events.length);
    events.push({ type, timestamp: new Date(now()).toISOString(), event_id, data });
  };
  return {
    note: (before, after) => {
      const known = new Map(before.rows.map((row) => [row.candidate_id, row]));
      for (const row of after.rows) {
        const was = known.get(row.candidate_id);
        if (was !== row) for (const [type, data] of changesOf(was, row)) add(`findall.candidate.${type}`, data);
        known.set(row.candidate_id, row);
      }
      if (after.spec !== before.spec) add("findall.schema.updated", after.spec);
    },
    after: (id) => {
      if (id === null) return events;
      const place = places.get(id);
      return place === undefined ? null : events.slice(place + 1);
    },
    get lastId() {
      return events.at(-1)?.event_id ?? null;
    },
  };
}

function changesOf(was: WireCandidate | undefined, row: WireCandidate): (readonly [string, WireCandidate])[] {
  if (was === undefined) {
    const { output: _output, basis: _basis, ...bare } = row;
    const made = ["generated", { ...bare, match_status: "generated" }] as const;
    return row.match_status === "generated" ? [made] : [made, [row.match_status, row]];
  }
  const added = enrichedKeys(was, row);
  const isJudgedAnew = was.match_status !== row.match_status || added.length === 0;
  return isJudgedAnew ? [[row.match_status, row]] : [["enriched", onlyWith(row, added)]];
}

function enrichedKeys(was: WireCandidate, row: WireCandidate): string[] {
  return Object.entries(row.output ?? {})
    .filter(([key, field]) => isEnrichment(field) && JSON.stringify(field) !== JSON.stringify(was.output?.[key]))
    .map(([key]) => key);
}

function isEnrichment(field: unknown): boolean {
  return typeof field === "object" && field !== null && (field as WireOutputField).type === "enrichment";
}

/** As the documentation's example of `enriched`: only what was looked up. */
function onlyWith(row: WireCandidate, keys: readonly string[]): WireCandidate {
  return {
    ...row,
    output: Object.fromEntries(Object.entries(row.output ?? {}).filter(([key]) => keys.includes(key))),
    basis: (row.basis ?? []).filter(({ field }) => keys.includes(field)),
  };
}
