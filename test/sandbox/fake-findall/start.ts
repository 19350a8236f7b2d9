import { onTestFinished } from "vitest";
import { createFindAllClient, type FindAllClient, type FindAllClientOptions } from "../../../src/findall/client.ts";
import { FindAllError } from "../../../src/findall/error.ts";
import {
  type FakeFindAll,
  type FakeFindAllOptions,
  startFakeFindAll,
} from "../../../src/sandbox/fake-findall/server.ts";

/** A fake and the real client for it; both end with the test. */
export async function startFake(
  options: FakeFindAllOptions = {},
  clientOptions: Partial<FindAllClientOptions> = {},
): Promise<{ readonly findall: FakeFindAll; readonly client: FindAllClient }> {
  const findall = await startFakeFindAll(options);
  const client = createFindAllClient({
    baseUrl: findall.baseUrl,
    apiKey: findall.apiKey,
    timeoutMs: 5000,
    maxResultBytes: 10_000_000,
    ...clientOptions,
  });
  onTestFinished(async () => {
    await findall.close();
    await client.close();
  });
  return { findall, client };
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

/** A POST as the vendor's own clients would send it. */
export function post(findall: FakeFindAll, path: string, body: unknown = {}): Promise<Response> {
  return fetch(`${findall.baseUrl}/v1beta/findall/runs/${path}`, {
    method: "POST",
    headers: { "x-api-key": findall.apiKey, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
