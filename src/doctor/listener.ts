import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fieldsOf } from "./ask.ts";

/** What is found on the service's port. */
export type PortLook =
  | { readonly kind: "free" }
  /** Nothing may listen there: `EACCES`, or taken on another address (`EADDRINUSE`). */
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "stranger" }
  | { readonly kind: "service"; readonly ready: Readonly<Record<string, unknown>> };

/** Asks what listens on this machine's port and, when nothing does, whether the service could: for a moment, as it would. */
export async function lookAtPort(port: number, limitMs: number): Promise<PortLook> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    if ((await getText(port, "/livez", signal)) !== "alive\n") return { kind: "stranger" };
    const ready = fieldsOf(JSON.parse(await getText(port, "/readyz", signal)));
    return "status" in ready && "checks" in ready ? { kind: "service", ready } : { kind: "stranger" };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ECONNREFUSED" ? tryToListen(port) : { kind: "stranger" };
  }
}

/** Not by `fetch`, which refuses to ask on some ports (5060, 6000, …) that a service may well have. */
async function getText(port: number, path: string, signal: AbortSignal): Promise<string> {
  const request = get({ host: "127.0.0.1", port, path, signal, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return text(response);
}

async function tryToListen(port: number): Promise<PortLook> {
  const server = createServer((socket) => socket.destroy()).listen(port);
  try {
    await once(server, "listening");
  } catch (error) {
    return { kind: "refused", code: String((error as NodeJS.ErrnoException).code) };
  }
  server.close();
  await once(server, "close");
  return { kind: "free" };
}
