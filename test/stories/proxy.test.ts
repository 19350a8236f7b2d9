import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { completed, follow, shown, startTestWorld } from "../support/world.ts";

/** A forward proxy on loopback that tunnels, and remembers where to. */
async function startProxy() {
  const targets: string[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request, socket, head) => {
    targets.push(request.url ?? "");
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) {
      end.on("error", () => {
        upstream.destroy();
        socket.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe("behind a proxy", () => {
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  beforeEach(async () => {
    proxy = await startProxy();
  });
  afterEach(() => proxy.close());
  const portOf = (url: string) => new URL(url).port;

  it("reaches Slack's API, Slack's socket and Parallel through it", async () => {
    await using world = await startTestWorld({ environment: { HTTP_PROXY: proxy.url } });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Behind The Wall" });
    await shown(world, "Behind The Wall");
    run.end();
    await completed(world);
    const ports = new Set(proxy.targets.map((target) => target.split(":")[1]));
    expect(ports).toEqual(new Set([portOf(world.slack.url), portOf(world.findall.baseUrl)]));
  });

  it("goes straight to what NO_PROXY names", async () => {
    await using world = await startTestWorld({ environment: { HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" } });
    world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    expect(proxy.targets).toEqual([]);
  });
});
