import type { RequestListener } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import type { News } from "../../src/domain/news.ts";
import type { FindAllClientOptions } from "../../src/findall/client.ts";
import type { NewsPatience, NewsWanted } from "../../src/findall/events.ts";
import { clientOf } from "./raw-server.ts";

/** Never waited out: for streams that end by themselves. */
export const PATIENT: NewsPatience = { enoughMs: 5_000, idleMs: 5_000, firstMs: 5_000, allMs: 10_000 };
export const ANYTHING: NewsWanted = { isExpected: false, isEnough: () => false };
export const EXPECTED: NewsWanted = { isExpected: true, isEnough: () => false };

/** One message of a stream. */
export const frame = (event: unknown, lineEnd = "\n") => `data: ${JSON.stringify(event)}${lineEnd}${lineEnd}`;

/** What the stream tells of a candidate; its id is `e-` and the candidate's. */
export const told = (id: string, fields: Readonly<Record<string, unknown>> = {}, type = "matched") => ({
  type: `findall.candidate.${type}`,
  timestamp: "2025-11-04T18:48:22.366975Z",
  event_id: `e-${id}`,
  data: { candidate_id: id, name: `Company ${id}`, match_status: type, ...fields },
});

/** Who answers with a stream, piece by piece; then it ends, breaks, or says no more. */
export function streaming(
  pieces: readonly (string | Uint8Array)[],
  then: "ends" | "breaks" | "stays" = "ends",
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return async (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream", ...headers }).flushHeaders();
    for (const piece of pieces) {
      if (piece.length > 0) await new Promise<void>((resolve) => response.write(piece, () => resolve()));
      await turn();
    }
    if (then === "ends") response.end();
    if (then === "breaks") response.destroy();
  };
}

/** What a client hears of a run whose stream is answered so. */
export async function newsOf(
  answer: RequestListener,
  options: Partial<FindAllClientOptions> & { readonly wanted?: NewsWanted; readonly signal?: AbortSignal } = {},
): Promise<News> {
  const { wanted = ANYTHING, signal, ...rest } = options;
  const client = await clientOf(answer, { patience: PATIENT, ...rest });
  return client.getNews("r", "e-0", wanted, { signal });
}

/** The candidates that were told, in order. */
export function idsIn({ events }: Pick<News, "events">): string[] {
  return events.map((event) => (event.kind === "respecified" ? "what the run looks for" : event.candidate.id));
}
