/** The parts of the API that a fault can be put on. */
export type FakePath = "run" | "result" | "events" | "schema" | "extend" | "enrich" | "cancel";

/** What goes wrong, once the request has been understood. */
export type FaultKind =
  /** Any status with a documented error body; `retryAfter` goes out as given: seconds, a date, or nonsense. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string; readonly body?: unknown }
  /** A gateway's HTML page. */
  | { readonly kind: "html"; readonly status: number; readonly retryAfter?: string }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: "reset" }
  /** The connection is reset in the middle of the body. */
  | { readonly kind: "reset_in_body" }
  /** No answer, ever. */
  | { readonly kind: "hang" }
  /** Headers and half of the body, then nothing. */
  | { readonly kind: "stall" }
  /** A 200 whose JSON stops in the middle. */
  | { readonly kind: "truncated" }
  /** A 200 that is not JSON. */
  | { readonly kind: "not_json" }
  /** A 200 with this body. */
  | { readonly kind: "body"; readonly body: unknown }
  /** A 200 with so many bytes of valid JSON; compressed (a few kB on the wire) when asked for. */
  | { readonly kind: "oversized"; readonly bytes: number }
  /** A stream of events that gives up in the middle, with an event that says so. */
  | { readonly kind: "error_event" }
  /** A stream of events in whose middle is one that is no JSON. */
  | { readonly kind: "broken_event" }
  /** A stream of events that says nothing, not even that it lives. */
  | { readonly kind: "silent" }
  /** A stream of events in which each comes twice, as the documentation leaves open for the one it is taken up after. */
  | { readonly kind: "events_twice" }
  /** A stream of events that begins at the first one, whatever it is to be taken up after. */
  | { readonly kind: "events_again" }
  /** The true answer, late. */
  | { readonly kind: "delay"; readonly ms: number };

export type Fault = FaultKind & {
  /** `any` unless told. */
  readonly path?: FakePath | "any";
  /** Every run unless told. */
  readonly runId?: string;
  /** For ever unless told. */
  readonly times?: number;
};

export interface FaultHandle {
  /** How many requests it has spoiled. */
  readonly hits: number;
  remove(): void;
}

export interface Faults {
  /** The first fault that fits a request is used. */
  add(fault: Fault): FaultHandle;
  clear(): void;
}

/** The server's side: the fault for this request, counted as used. */
export interface FaultTable extends Faults {
  take(path: FakePath, runId: string): Fault | null;
}

export function createFaults(): FaultTable {
  const entries: { readonly fault: Fault; hits: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, hits: 0 };
      entries.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove: () => {
          const at = entries.indexOf(entry);
          if (at >= 0) entries.splice(at, 1);
        },
      };
    },
    clear: () => {
      entries.length = 0;
    },
    take(path, runId) {
      const entry = entries.find(({ fault, hits }) => {
        if (hits >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
        if (fault.runId !== undefined && fault.runId !== runId) return false;
        return (fault.path ?? "any") === "any" || fault.path === path;
      });
      if (entry === undefined) return null;
      entry.hits += 1;
      return entry.fault;
    },
  };
}
