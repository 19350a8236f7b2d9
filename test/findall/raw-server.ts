import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createFindAllClient, type FindAllClient, type FindAllClientOptions } from "../../src/findall/client.ts";
import { FindAllError } from "../../src/findall/error.ts";

export const KEY = "secret-key-1234";

/** A server that answers exactly what a test wants, and a client for it; both end with the test. */
export async function clientOf(
  answer: RequestListener,
  options: Partial<FindAllClientOptions> = {},
): Promise<FindAllClient & { readonly requests: readonly IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = createFindAllClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: KEY,
    timeoutMs: 5000,
    maxResultBytes: 1_000_000,
    ...options,
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return { ...client, requests };
}

/** The error a call ends with; anything but a `FindAllError` fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<FindAllError> {
  const outcome = await call.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (outcome instanceof FindAllError) return outcome;
  throw outcome;
}
