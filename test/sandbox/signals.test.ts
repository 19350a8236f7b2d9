import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildProduct } from "../support/process.ts";

const BIN = path.resolve(import.meta.dirname, "..", "..", "dist", "sandbox", "bin.js");

/** The sandbox's Redis, once the sandbox has said where it is. */
function redisPortOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += String(chunk);
      const port = /redis:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

async function isOpen(port: number): Promise<boolean> {
  const socket = createConnection(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe("the sandbox's terminal", () => {
  beforeAll(buildProduct, 120_000);

  it.each([
    ["SIGINT while a story plays", ["--once"], (child: ChildProcess) => child.kill("SIGINT")],
    ["SIGTERM", [], (child: ChildProcess) => child.kill("SIGTERM")],
    ["nobody reads its output", ["--once"], (child: ChildProcess) => child.stdout?.destroy()],
  ] as const)("leaves nothing running after: %s", { timeout: 60_000 }, async (_when, args, end) => {
    const child = spawn(process.execPath, [BIN, ...args], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    const port = await redisPortOf(child);
    end(child);
    await ended;
    expect(await isOpen(port)).toBe(false);
  });

  it("names every command to who types there", { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [BIN, "--port", "0"], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += String(chunk);
    });
    await expect.poll(() => output, { timeout: 30_000 }).toContain('"quit" ends');
    const names = "help list settings fold status review export pause resume mute stop digest".split(" ");
    const menu = output.slice(output.indexOf("type here"));
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(menu))).toEqual([]);
    child.stdin.write("quit\n");
    await ended;
  });

  it("leaves nothing running after kill -9 either, a moment later", { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [BIN, "--once"], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    const port = await redisPortOf(child);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => isOpen(port), { timeout: 30_000 }).toBe(false);
  });
});
