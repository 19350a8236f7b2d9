// Takes the README's pictures from the running sandbox: `npm run screenshots` writes docs/pictures/*.png. It needs a
// Chromium: the one that CHROMIUM_PATH names, or the first on the PATH.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pictures = path.join(root, "docs", "pictures");

/** A picture that is larger than this takes too long to load in a README. */
const LARGEST = 150_000;

function findChromium({ CHROMIUM_PATH, PATH = "" }) {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const onPath = PATH.split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = (CHROMIUM_PATH ? [CHROMIUM_PATH] : onPath).find((file) => existsSync(file));
  if (!found) throw new Error("No Chromium: install one, or name it in CHROMIUM_PATH.");
  return found;
}

async function startSandbox() {
  const args = [path.join(root, "scripts", "run.mjs"), "sandbox/bin.js", "--port", "0", "--speed", "10"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const address = /The sandbox's page: (\S+)/.exec(output)?.[1];
      if (address && output.includes("/readyz")) resolve(address);
    });
    child.once("exit", () => reject(new Error("the sandbox ended before its page was up")));
  });
  return { child, url };
}

/** Ana starts a run in #research; she and Ben decide about some of it. */
async function playReview(page) {
  const region = (name) => page.locator(`[data-region="${name}"]`);
  const [messages, thread] = [region("messages"), region("thread")];
  await page.locator("#composer").fill("/findall run_demo");
  await page.keyboard.press("Enter");
  await messages.getByRole("button", { name: /\d+ repl/ }).click();
  await messages.getByText(/has completed/).waitFor({ timeout: 60_000 });
  const decide = async (user, verdict, index, words) => {
    await page.locator(`[data-user="${user}"]`).click();
    await thread
      .getByRole("button", { name: new RegExp(`^${verdict}`) })
      .nth(index)
      .click();
    await thread.getByText(words).first().waitFor();
  };
  await decide("U0CAI", "Maybe", 2, "Maybe by cai");
  await decide("U0BEN", "Reject", 1, "Rejected by ben");
  await decide("U0ANA", "Accept", 0, "Accepted by ana");
  // On the card and on the alert.
  await messages
    .getByText(/1 accepted.*1 rejected.*1 maybe/)
    .nth(1)
    .waitFor();
  return { messages, thread };
}

async function shoot(target, name) {
  const file = path.join(pictures, `${name}.png`);
  await target.screenshot({ path: file, animations: "disabled", caret: "hide" });
  const { size } = statSync(file);
  process.stdout.write(`docs/pictures/${name}.png  ${Math.round(size / 1_000)} kB\n`);
  if (size > LARGEST) throw new Error(`${name}.png is larger than ${LARGEST / 1_000} kB`);
}

const { child, url } = await startSandbox();
const browser = await chromium.launch({ executablePath: findChromium(process.env), args: ["--no-sandbox"] });
try {
  mkdirSync(pictures, { recursive: true });
  const wide = await browser.newPage({ viewport: { width: 1280, height: 940 }, colorScheme: "light" });
  await wide.goto(url);
  const { messages, thread } = await playReview(wide);
  await wide.mouse.move(0, 0);
  await wide.evaluate(() => document.activeElement?.blur());
  await shoot(messages.locator(".message").filter({ hasText: "Completed" }).first(), "card");
  await shoot(messages.locator(".message").filter({ hasText: "has completed" }), "alert");
  const decided = thread.locator(".message").filter({ hasText: "Accepted by ana" }).first();
  await decided.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await shoot(wide.locator(".thread"), "thread");
  // Smaller than life, as a README shows it anyway.
  const whole = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 0.75 });
  await whole.goto(wide.url());
  await whole.locator('[data-room="toggle"]').click();
  await whole.mouse.move(0, 0);
  await whole.evaluate(() => document.activeElement?.blur());
  await shoot(whole, "page");
  const narrow = await browser.newPage({ viewport: { width: 390, height: 760 }, colorScheme: "light" });
  await narrow.goto(url);
  await narrow.getByText(/has completed/).waitFor();
  await shoot(narrow, "page-narrow");
} finally {
  await browser.close();
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
}
