import net from "node:net";

/** Tests speak to this machine alone: a connection to anywhere else fails the test that tried it. */
const connect = net.Socket.prototype.connect;

function guarded(this: net.Socket, ...args: unknown[]) {
  const [first] = args.flat() as [{ host?: string; port?: number; path?: string } | number | string | undefined];
  const host =
    typeof first === "object" && first !== null ? first.host : typeof args[1] === "string" ? args[1] : undefined;
  if (host && !["127.0.0.1", "::1", "localhost"].includes(host)) {
    throw new Error(`a test tried to reach ${host}; only loopback is allowed`);
  }
  return (connect as (...all: unknown[]) => net.Socket).apply(this, args);
}

// This runs for each file of a worker, and one guard is enough.
if (connect.name !== guarded.name) net.Socket.prototype.connect = guarded as typeof connect;
