import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire that can be made slow, or cut. */
export interface TcpProxy {
  readonly port: number;
  /** From now on each piece of data arrives so much later (ms), in either direction. */
  readonly delay: (ms: number) => void;
  /** Breaks every connection; new ones are taken. */
  readonly cut: () => void;
  /** New connections lead to this port; those that stand stay where they are. */
  readonly lead: (port: number) => void;
  readonly close: () => Promise<void>;
}

/** Stands between a client and a port of this machine. */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  let target = port;
  let delayMs = 0;
  const sockets = new Set<Socket>();
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from);
    // What was sent first arrives first, also when the delay has changed meanwhile.
    let last: Promise<void> = Promise.resolve();
    const later = (act: () => void) => {
      const due = new Promise<void>((resolve) => setTimeout(resolve, delayMs));
      last = Promise.all([last, due]).then(act);
    };
    from.on("data", (data) => later(() => void (to.destroyed || to.write(data))));
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      later(() => to.destroy());
    });
  };
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    carry(client, upstream);
    carry(upstream, client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    delay: (ms) => {
      delayMs = ms;
    },
    cut,
    lead: (port) => {
      target = port;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
