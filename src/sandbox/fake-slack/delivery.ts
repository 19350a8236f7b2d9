import { setTimeout as sleep } from "node:timers/promises";
import { deliverOverHttp, type HttpTarget, type Signature } from "./http-delivery.ts";
import type { Ack, EnvelopeType, Json } from "./model.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { World } from "./world.ts";

/** Something Slack tells the app. */
export interface Envelope {
  readonly type: EnvelopeType;
  readonly payload: Json;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

export interface DeliveryOptions {
  /** Slack gives up after three seconds. */
  readonly ackTimeoutMs?: number;
  /** Pauses before the retries of an event that was not acknowledged. Slack's are 0, 1 and 5 minutes. */
  readonly eventRetryDelaysMs?: readonly number[];
}

export interface Delivery {
  send(envelope: Envelope, signature?: Signature): Promise<Ack>;
  /** An event, with Slack's retries until it is acknowledged; gives every attempt. */
  sendEvent(payload: Json, signature?: Signature): Promise<readonly Ack[]>;
  /** From now on over HTTP to this address; null means Socket Mode again. */
  useHttp(url: string | null): void;
  close(): void;
}

/** The way from Slack to the app: Socket Mode or signed HTTP requests. */
export function createDelivery(world: World, sockets: SocketMode, options: DeliveryOptions = {}): Delivery {
  const { ackTimeoutMs = 3_000, eventRetryDelaysMs = [0, 200, 1_000] } = options;
  const stop = new AbortController();
  let target: HttpTarget | null = null;

  const send = async (envelope: Envelope, signature?: Signature): Promise<Ack> => {
    const at = world.now();
    const via = target ? "http" : "socket";
    const ack = target
      ? await deliverOverHttp(target, envelope, ackTimeoutMs, signature)
      : await sockets.deliver(envelope, ackTimeoutMs);
    const record = { ...ack, type: envelope.type, at, via, retry: envelope.retry?.attempt ?? 0 } as const;
    world.deliveries.push(record);
    world.changes.emit("delivery", record);
    return ack;
  };

  const sendEvent = async (payload: Json, signature?: Signature): Promise<readonly Ack[]> => {
    const attempts = [await send({ type: "events_api", payload }, signature)];
    for (const [index, delay] of eventRetryDelaysMs.entries()) {
      const last = attempts.at(-1);
      if (last?.acked || stop.signal.aborted) break;
      await sleep(delay, undefined, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted) break;
      const reason = last?.failure === "operation_timeout" ? "http_timeout" : "http_error";
      attempts.push(await send({ type: "events_api", payload, retry: { attempt: index + 1, reason } }, signature));
    }
    return attempts;
  };

  return {
    send,
    sendEvent,
    useHttp: (url) => {
      target = url === null ? null : { url, signingSecret: world.credentials.signingSecret };
    },
    close: () => stop.abort(),
  };
}
