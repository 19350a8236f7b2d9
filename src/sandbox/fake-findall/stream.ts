import { setTimeout as delay } from "node:timers/promises";
import type { WireEvent } from "../../findall/wire.ts";
import { errorAnswer, REF_ID } from "./endpoints.ts";
import type { Fault } from "./faults.ts";
import type { FakeRun } from "./run.ts";
import { NOTHING_SENT, type SendContext, type Sent, send } from "./send.ts";

const HEARTBEAT_MS = 10_000;
const LONGEST_S = 6_000;

/**
 * Answers with a stream of events (findall-api, "Event stream"): the kept ones after `last_event_id`, then what happens,
 * with the run's status at every change and every ten seconds; until `timeout` seconds are over, the run is, or the client
 * leaves. Not compressed, as streams seldom are.
 */
export async function streamEvents(
  context: SendContext,
  run: FakeRun,
  query: URLSearchParams,
  fault: Fault | null,
): Promise<Sent> {
  const after = query.get("last_event_id") || null;
  const seconds = query.has("timeout") ? Number(query.get("timeout")) : null;
  const isValid = seconds === null || (seconds >= 0 && seconds <= LONGEST_S);
  const replay = isValid ? run.eventsAfter(after) : null;
  if (replay === null) return send(context, errorAnswer(422), null);
  const text = replay.map(frameOf).join("");
  switch (fault?.kind) {
    case undefined:
      return live(context, run, after, seconds);
    case "delay":
      await delay(fault.ms, undefined, { signal: context.closing }).catch(() => {});
      return live(context, run, after, seconds);
    case "truncated":
      return begin(context, firstHalf(text), "end");
    case "reset_in_body":
      return begin(context, firstHalf(text), "reset");
    case "stall":
      return begin(context, firstHalf(text), "stall");
    case "silent":
      return begin(context, "", "stall");
    case "events_twice":
      return begin(
        context,
        replay
          .flatMap((event) => [event, event])
          .map(frameOf)
          .join(""),
        "end",
      );
    case "events_again":
      return live(context, run, null, seconds);
    case "error_event": {
      const error = { ref_id: run.id, message: "FindAll run failed due to an unexpected error.", detail: null };
      return begin(context, wholeHalf(replay) + frameOf({ type: "error", error }), "end");
    }
    case "broken_event":
      return begin(
        context,
        `${wholeHalf(replay)}event: findall.candidate.matched\ndata: {"ref_id":"${REF_ID}\n\n`,
        "end",
      );
    default:
      return send(context, { status: 200, body: {} }, fault);
  }
}

async function live(context: SendContext, run: FakeRun, after: string | null, seconds: number | null): Promise<Sent> {
  const { response } = context;
  let last = after;
  let bytes = 0;
  const write = (event: WireEvent) => {
    const frame = frameOf(event);
    bytes += Buffer.byteLength(frame);
    response.write(frame);
  };
  const catchUp = () => {
    for (const event of run.eventsAfter(last) ?? []) {
      write(event);
      last = event.event_id;
    }
  };
  const status = () => {
    // Made up for the moment: no stream can be taken up after it.
    write({ type: "findall.status", event_id: `beat${run.version}`, data: run.runBody() });
    if (!run.isActive) response.end();
  };
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    catchUp();
    status();
    if (response.writableEnded) return;
    const forget = run.onChange(() => {
      catchUp();
      status();
    });
    const heartbeat = setInterval(status, HEARTBEAT_MS);
    const end = seconds === null ? undefined : setTimeout(() => response.end(), seconds * 1_000);
    const stop = () => {
      forget();
      clearInterval(heartbeat);
      clearTimeout(end);
    };
    response.once("close", stop);
    response.once("finish", stop);
  });
  return { status: 200, bytes, decoded: bytes };
}

async function begin({ response }: SendContext, part: string, then: "end" | "reset" | "stall"): Promise<Sent> {
  if (response.destroyed) return NOTHING_SENT;
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  if (part !== "") await new Promise<void>((resolve) => response.write(part, () => resolve()));
  if (then === "end") response.end();
  if (then === "reset") response.socket?.resetAndDestroy();
  const bytes = Buffer.byteLength(part);
  return { status: 200, bytes, decoded: bytes };
}

function frameOf(event: WireEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function firstHalf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

function wholeHalf(events: readonly WireEvent[]): string {
  return events
    .slice(0, Math.floor(events.length / 2))
    .map(frameOf)
    .join("");
}
