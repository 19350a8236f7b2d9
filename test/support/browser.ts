import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { buildProduct } from "./process.ts";

const root = path.resolve(import.meta.dirname, "..", "..");

/** Chromium as CHROMIUM_PATH names it, else the first one on the PATH; null where there is none. */
export const chromiumPath: string | null = findChromium(process.env);

export const hasChromium = chromiumPath !== null;

function findChromium({ CHROMIUM_PATH, PATH = "" }: NodeJS.ProcessEnv): string | null {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const onPath = PATH.split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  const isThere = (file: string) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return (CHROMIUM_PATH ? [CHROMIUM_PATH] : onPath).find(isThere) ?? null;
}

/** The sandbox as `npm run sandbox` starts it, built before, on a free port. */
export interface Sandbox {
  readonly url: string;
  /** From the start of the process until it had printed its address, in ms. */
  readonly addressInMs: number;
  readonly close: () => Promise<void>;
}

export async function startSandbox(): Promise<Sandbox> {
  buildProduct();
  const begun = performance.now();
  const child = spawn(process.execPath, [path.join(root, "scripts", "run.mjs"), "sandbox/bin.js", "--port", "0"], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let addressInMs = 0;
  const gone = once(child, "exit");
  const url = new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown) => {
      output += String(chunk);
      const address = /The sandbox's page: (\S+)/.exec(output)?.[1];
      if (address) addressInMs ||= performance.now() - begun;
      if (address && output.includes("/readyz")) resolve(address);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void gone.then(() => reject(new Error(`the sandbox ended before its page was up:\n${output}`)));
  });
  return {
    url: await url,
    addressInMs,
    close: async () => {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? undefined,
    // Root has no user namespaces to sandbox in. No name is looked up: the page needs nothing but this machine.
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
}

/** A page that is watched: what it asks for elsewhere and what goes wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Requests that would leave this machine. */
  readonly outside: readonly string[];
  /** Console errors, uncaught exceptions and violations of the page's policy. */
  readonly wrongs: readonly string[];
}

/** Where somebody begins: without anything the first person, in the first channel. */
type Place = Readonly<Partial<Record<"user" | "channel" | "thread" | "tab", string>>>;

export async function openPage(
  browser: Browser,
  sandbox: Sandbox,
  place: Place = {},
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const outside: string[] = [];
  const wrongs: string[] = [];
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") outside.push(request.url());
  });
  context.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) wrongs.push(message.text());
  });
  context.on("weberror", (error) => wrongs.push(String(error.error())));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${sandbox.url}?${new URLSearchParams(place)}`);
  return { page, outside, wrongs };
}
